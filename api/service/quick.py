"""Answer a request that came before, byte for byte, without taking it apart again."""

from http import HTTPStatus

from api.service.frames import Headers

_ROOM = 32_000_000
_LARGEST_REQUEST = 4_096
_OF_EACH_REQUEST = (b"x-request-id", b"date", b"server")


class Quick:
    """Whole requests, and the answers to them, as they go over the wire."""

    def __init__(self, room: int = _ROOM) -> None:
        self._room, self._size = room, 0
        self._answers: dict[bytes, tuple[bytes, bytes]] = {}

    def get(self, request: bytes) -> tuple[bytes, bytes] | None:
        """Return the head of an answer up to where more headers may stand, and what follows them."""
        return self._answers.get(request)

    def put(self, request: bytes, status: int, headers: Headers, body: bytes) -> None:
        """Keep an answer; when there is no more room, begin anew."""
        if len(request) > _LARGEST_REQUEST or request in self._answers:
            return
        line = f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n".encode()
        named = b"".join(b"%s: %s\r\n" % pair for pair in headers if pair[0] not in _OF_EACH_REQUEST)
        size = len(request) + len(line) + len(named) + len(body)
        if self._size + size > self._room:
            self.clear()
        self._answers[request] = line + named, b"\r\n" + body
        self._size += size

    def clear(self) -> None:
        """Forget all answers."""
        self._answers.clear()
        self._size = 0
