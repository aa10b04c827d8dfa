"""Bodies as they come in: so many bytes at most, counted while they come, and not slower than a limit.

A body may stand still for `seconds`, and `seconds` plus one for each SLOWEST bytes is the most that may be
waited for it altogether; the time that we take to read it is not counted.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from time import monotonic

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.door.answers import answer

SLOWEST = 10_000  # bytes a second
SMALL = 65_536  # for paths that take no body of ours
_LINGER, _DRAINED = 2.0, 4_000_000  # seconds and bytes read after a refusal, so that the client sees it
_CLOSE = (b"connection", b"close")
Cap = Callable[[str, bytes], int]


class Refused(Exception):
    """A body is too large or too slow."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


def caps(query_bytes: int, upload_bytes: int) -> Cap:
    """Return the function that says how long a body may be at a path, by its type."""
    form = 3 * query_bytes + 1000  # every byte of a form may be written as three

    def cap(path: str, media: bytes) -> int:
        if path.startswith("/store"):
            return upload_bytes
        if path not in ("/sparql", "/sparql/"):
            return SMALL
        if media.startswith(b"application/sparql-update"):
            return upload_bytes
        return form if media.startswith(b"application/x-www-form-urlencoded") else query_bytes

    return cap


class Bodies:
    """Hold the bodies of requests to their limits; reads, which have none, pass untouched."""

    def __init__(self, app: ASGIApp, cap: Cap, seconds: float) -> None:
        self._app, self._cap, self._seconds = app, cap, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, with its body watched."""
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            return await self._app(scope, receive, send)
        said = dict(scope["headers"])
        most = self._cap(scope["path"], said.get(b"content-type", b"").lower())
        body = _Body(receive, most, self._seconds)
        begun = False

        async def noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            if int(said.get(b"content-length", b"0")) > most:
                raise _too_large(most)
            await self._app(scope, body.receive, noted)
        except Refused as error:
            if begun:
                raise
            await _refuse(error, receive, send)


class _Body:
    """The body of one request on its way in."""

    def __init__(self, receive: Receive, most: int, seconds: float) -> None:
        self._receive, self._most, self._seconds = receive, most, seconds
        self._read, self._waited, self._ended = 0, 0.0, False

    async def receive(self) -> Message:
        """Return the next piece; raise Refused when it is too much or does not come."""
        if self._ended:  # what comes now is the client's going away
            return await self._receive()
        left = min(self._seconds, self._seconds + self._read / SLOWEST - self._waited)
        begun = monotonic()
        try:
            async with asyncio.timeout(max(left, 0.001)):
                message = await self._receive()
        except TimeoutError:
            raise _too_slow(self._seconds) from None
        self._waited += monotonic() - begun
        self._read += len(message.get("body", b""))
        if self._read > self._most:
            raise _too_large(self._most)
        self._ended = message["type"] != "http.request" or not message.get("more_body", False)
        return message


async def _refuse(error: Refused, receive: Receive, send: Send) -> None:
    """Send the sentence, then read on a little: a connection closed upon unread bytes loses the answer."""
    await answer(send, error.status, str(error), [_CLOSE], whole=False)
    if error.status == 413:
        with suppress(TimeoutError):
            async with asyncio.timeout(_LINGER):
                await _drain(receive)
    await send({"type": "http.response.body"})


async def _drain(receive: Receive) -> None:
    read, more = 0, True
    while more and read < _DRAINED:
        message = await receive()
        read += len(message.get("body", b""))
        more = bool(message.get("more_body", False))


def _too_large(most: int) -> Refused:
    return Refused(413, f"The body is larger than the {most} bytes that are taken here.")


def _too_slow(seconds: float) -> Refused:
    return Refused(
        408,
        f"The body came too slowly: it may stand still for {seconds:g} seconds, and {SLOWEST} bytes a second "
        "are expected after that.",
    )
