"""Whole requests and whole answers, byte for byte, as they go over the wire; for one version of the data."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus

from starlette.types import Scope

_ROOM = 32_000_000  # bytes
LARGEST_REQUEST = 4_096
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
        self.get = self._answers.get

    def put(
        self, version: str, scope: Scope, status: int, headers: Iterable[tuple[bytes, bytes]], body: bytes
    ) -> None:
        """Keep the answer to the request `scope["raw"]`; when there is no more room, begin anew."""
        request: bytes = scope["raw"]
        if version != self._version or len(request) > LARGEST_REQUEST or request in self._answers:
            return
        begin = line(status)
        named = b"".join(b"%s: %s\r\n" % pair for pair in headers if pair[0] not in _OF_EACH_REQUEST)
        size = len(request) + len(begin) + len(named) + len(body)
        if self._size + size > self._room:
            self.renew(version)
        told = {name: scope[name] for name in ("path", "method", "query_string")}
        self._answers[request] = Ready(status, begin + named, body, told)
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
