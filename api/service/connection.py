"""The front's end of a worker: the connection to it, the job in its hands, and why it ended."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import cast

from api.service.forks import Forked
from api.service.frames import WHOLE, Frame, Incoming
from api.service.lanes import Full, Ticket

_HELD_BACK = 1 << 20  # bytes of an answer in the front before its worker must wait


class End(StrEnum):
    """Why a worker ended before its answer did."""

    time = "time"
    left = "client left"
    full = "no place"
    broke = "worker broke off"


class Ended(Exception):
    """A worker ended before its answer did."""

    def __init__(self, why: End, full: Full | None = None) -> None:
        super().__init__(why)
        self.why, self.full = why, full


@dataclass(eq=False)
class Task:
    """A job in a worker's hands."""

    client: str
    key: Callable[[], object]  # what is remembered of it when it is slow
    seconds: float  # how long it may take
    fast: float = 0.25  # processor seconds that it has in the fast lane
    began: float = 0.0
    deadline: float = 0.0
    used_before: float = 0.0
    left: Callable[[], Awaitable[None]] | None = None  # returns when the client has gone
    watcher: "asyncio.Task[None] | None" = None
    ticket: Ticket | None = None


class Worker(asyncio.Protocol):
    """A connection to a worker."""

    def __init__(self, process: Forked) -> None:
        self.process = process
        self.task: Task | None = None
        self.why = End.broke
        self.full: Full | None = None
        self.alone = False
        self.dead = False
        self.heard: Callable[[], None] | None = None  # called when there is something to be taken
        self._incoming = Incoming()
        self._frames: deque[Frame] = deque()
        self._size = 0
        self._next: asyncio.Future[None] | None = None
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the connection."""
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is no subclass of it

    def data_received(self, data: bytes) -> None:
        """Take what the worker says."""
        for frame in self._incoming.feed(data):
            self._frames.append(frame)
            self._size += len(frame.data)
        if self._size > _HELD_BACK and self._transport is not None:
            self._transport.pause_reading()
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        """Note that the worker has ended."""
        self.dead = True
        self.process.forget()
        self._wake()

    def give(self, job: bytes) -> None:
        """Give the worker a job."""
        if self._transport is not None:
            self._transport.write(job)

    async def frame(self) -> Frame:
        """Return the next piece of the answer; raise Ended when the worker ended first."""
        while not self._frames:
            if self.dead:
                raise Ended(self.why, self.full)
            self._next = asyncio.get_running_loop().create_future()
            await self._next
        found = self._frames.popleft()
        self._size -= len(found.data)
        if not self._frames and self._transport is not None and not self.dead:
            self._transport.resume_reading()
        return found

    def whole(self) -> Frame | None:
        """Return the answer if all of it has come in one frame."""
        if not self._frames or self._frames[0].kind != WHOLE:
            return None
        found = self._frames.popleft()
        self._size -= len(found.data)
        return found

    def kill(self, why: End) -> None:
        """End the worker at once."""
        self.why = why
        self.process.kill()
        self.close()

    def close(self) -> None:
        """Close the connection; an idle worker ends itself."""
        if self._transport is not None:
            self._transport.abort()

    def _wake(self) -> None:
        if self._next is not None and not self._next.done():
            self._next.set_result(None)
        if self.heard is not None:
            self.heard()
