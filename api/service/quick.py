"""Whole requests and whole answers, byte for byte, as they go over the wire; for one version of the data."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus

from starlette.types import Scope

_ROOM = 32_000_000  # bytes
LARGEST_REQUEST = 4_096
_ONCE = 20_000  # requests that have come once
_OF_EACH_REQUEST = (b"x-request-id", b"date", b"server")


@dataclass(frozen=True, slots=True)
class Ready:
    """An answer: its head, to which what is each request's own is added, its body, and whose it is."""

    status: int
    head: bytes
    body: bytes
    scope: dict[str, object]


class Quick:
    """Answers to requests that may come again."""

    def __init__(self, room: int = _ROOM) -> None:
        self._room, self._size, self._version = room, 0, ""
        self._answers: dict[bytes, Ready] = {}
        self._once: set[int] = set()
        self.get = self._answers.get

    def put(
        self, version: str, scope: Scope, status: int, headers: Iterable[tuple[bytes, bytes]], body: bytes
    ) -> None:
        """Keep the answer to the request `scope["raw"]`; when there is no more room, begin anew."""
        named = b"".join(b"%s: %s\r\n" % pair for pair in headers if pair[0] not in _OF_EACH_REQUEST)
        told = {name: scope[name] for name in ("path", "method", "query_string")}
        self._put(version, scope["raw"], Ready(status, line(status) + named, body, told))

    def again(self, version: str, request: bytes, ready: Ready) -> None:
        """Keep an answer that is quickly found anew once its request has come a second time."""
        seen = hash(request)
        if seen in self._once:
            self._put(version, request, ready)
        elif len(self._once) < _ONCE:
            self._once.add(seen)
        else:
            self._once = {seen}

    def _put(self, version: str, request: bytes, ready: Ready) -> None:
        if version != self._version or len(request) > LARGEST_REQUEST or request in self._answers:
            return
        size = len(request) + len(ready.head) + len(ready.body)
        if self._size + size > self._room:
            self.renew(version)
        self._answers[request] = ready
        self._size += size

    def renew(self, version: str) -> None:
        """Forget all answers; those of this version are kept from now on."""
        self._answers.clear()
        self._size, self._version = 0, version


@cache
def line(status: int) -> bytes:
    """Return the first line of an answer.

    >>> line(200)
    b'HTTP/1.1 200 OK\\r\\n'
    """
    return f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n".encode()
