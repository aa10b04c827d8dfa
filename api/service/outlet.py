"""Send an answer to the front as it is made: small ones whole, large ones in pieces, none above a limit."""

import zlib
from collections.abc import Sequence
from socket import socket

from api.service import frames

HELD = 128 * 1024  # bytes kept back before a page begins: what is smaller has a real status and length
HELD_ROWS = HELD // 2  # likewise of an answer to a query, whose first rows somebody may wait for
_PIECE = 128 * 1024
_GZIP = 31  # window bits of zlib that make it gzip
_LEVEL = 1  # the front's clients are near or patient; more would cost more than it saves


class TooLarge(Exception):
    """An answer is larger than answers may be."""


def packed(data: bytes) -> bytes:
    """Return a small answer as gzip, as an outlet packs it."""
    pack = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
    return pack.compress(data) + pack.flush()


class Outlet:
    """A file that an answer is written to."""

    def __init__(self, sock: socket, limit: int, packed: bool = False, held: int = HELD) -> None:
        self._sock, self._limit, self._least = sock, limit, held
        self._pack = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP) if packed else None
        self._status, self._headers = 200, list[tuple[bytes, bytes]]()
        self._held, self._size, self._total = list[bytes](), 0, 0
        self.started = False

    def begin(self, status: int, headers: Sequence[tuple[bytes, bytes]]) -> None:
        """Say what the answer begins with; it is sent later, when there is enough of it."""
        self._status, self._headers = status, list(headers)
        if self._pack is not None:
            self._headers.append((b"content-encoding", b"gzip"))

    def write(self, data: bytes) -> int:
        """Take a piece of the body; raise TooLarge when that is too much of it."""
        self._total += len(data)
        if self._total > self._limit:
            raise TooLarge
        piece = bytes(data) if self._pack is None else self._pack.compress(data)
        if piece:
            self._held.append(piece)
            self._size += len(piece)
        if self._size > (_PIECE if self.started else self._least):
            self._send()
        return len(data)

    def flush(self) -> None:
        """Do nothing: pieces are sent when they are large enough."""

    def finish(self) -> None:
        """Send what is left."""
        if self._pack is not None:
            self._held.append(self._pack.flush())
        body = b"".join(self._held)
        if self.started:
            self._sock.sendall((frames.data(body) if body else b"") + frames.end())
        else:
            self._sock.sendall(frames.whole(self._status, self._headers, body))

    def refuse(self, status: int, sentence: str, headers: Sequence[tuple[bytes, bytes]] = ()) -> None:
        """Answer with a sentence instead, or break off what has begun."""
        if self.started:
            self._sock.sendall(frames.broken(sentence))
            return
        text = f"{sentence}\n".encode()
        head = [(b"content-type", b"text/plain; charset=utf-8"), *headers]
        self._sock.sendall(frames.whole(status, head, text))

    def _send(self) -> None:
        begin = b"" if self.started else frames.start(self._status, self._headers)
        self._sock.sendall(begin + frames.data(b"".join(self._held)))
        self.started = True
        self._held, self._size = [], 0
