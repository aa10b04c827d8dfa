"""The front's ends of the nursery and its zygotes: ask, and get a message with open handles back."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections import deque
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from api.settings import Settings
from graph.errors import StoreError
from graph.keyed import Keyed

_MESSAGE = 65_536
_HANDLES = 4
_OPEN, _FORK, _WRITE = b"open\n", b"fork\n", b"write\n"


class Gone(Exception):
    """The process at the other end has ended."""


@dataclass(frozen=True)
class Forked:
    """A new process: its number, the socket to it, and a handle that names it for good (Linux)."""

    pid: int
    sock: socket.socket
    handle: int | None

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send it a signal; nothing happens when it has ended."""
        with suppress(ProcessLookupError, OSError):
            if self.handle is not None:
                signal.pidfd_send_signal(self.handle, number)
            else:
                os.kill(self.pid, number)

    def forget(self) -> None:
        """Let go of the handle."""
        if self.handle is not None:
            os.close(self.handle)


class Channel:
    """A socket on which each question is answered by one line, with handles."""

    def __init__(self, sock: socket.socket) -> None:
        sock.setblocking(False)
        self._sock = sock
        self._waiting: deque[asyncio.Future[tuple[dict[str, object], list[int]]]] = deque()
        self._loop = asyncio.get_running_loop()
        self.closed = False
        self._loop.add_reader(sock.fileno(), self._read)

    async def ask(self, message: bytes) -> tuple[dict[str, object], list[int]]:
        """Send a message, or none, and return the next answer."""
        if self.closed:
            raise Gone
        future = self._loop.create_future()
        self._waiting.append(future)
        if message:
            try:
                self._sock.sendall(message)
            except OSError:
                self.close()
        said, handles = await future
        return said, handles

    def close(self) -> None:
        """Close the socket; the process at the other end ends itself."""
        if self.closed:
            return
        self.closed = True
        self._loop.remove_reader(self._sock.fileno())
        self._sock.close()
        while self._waiting:
            future = self._waiting.popleft()
            if not future.done():
                future.set_exception(Gone())

    def _read(self) -> None:
        try:
            text, handles, _, _ = socket.recv_fds(self._sock, _MESSAGE, _HANDLES)
        except BlockingIOError:
            return
        except OSError:
            text, handles = b"", []
        if not text:
            self.close()
            return
        if self._waiting and not self._waiting[0].done():
            self._waiting.popleft().set_result((json.loads(text), handles))
        else:  # whoever asked has given up
            if self._waiting:
                self._waiting.popleft()
            for handle in handles:
                os.close(handle)


class Nursery:
    """The process that zygotes are forked from."""

    def __init__(self, settings: Settings) -> None:
        ours, theirs = socket.socketpair()
        room = str(Path(__file__).parents[2])
        self._process = subprocess.Popen(  # noqa: S603  # our own module
            [sys.executable, "-m", "api.service.nursery", str(theirs.fileno())],
            stdin=subprocess.PIPE,
            pass_fds=[theirs.fileno()],
            env={
                **os.environ,
                "RUST_BACKTRACE": "0",  # to write one of a query that has no memory left takes seconds
                "PYTHONPATH": os.pathsep.join(filter(None, [room, os.environ.get("PYTHONPATH")])),
            },
        )
        theirs.close()
        stdin = self._process.stdin
        if stdin is not None:
            stdin.write(json.dumps(asdict(settings), default=str).encode())
            stdin.close()
        self._channel = Channel(ours)

    async def open(self) -> "Zygote":
        """Fork a zygote on the snapshot in service; raise StoreError when it cannot be opened."""
        forked = _forked(await self._channel.ask(_OPEN))
        forked.forget()
        channel = Channel(forked.sock)
        said, handles = await channel.ask(b"")
        if "error" in said:
            channel.close()
            raise StoreError(str(said["error"]))
        keyed = _opened(handles)
        quads = int(str(said["quads"]))
        return Zygote(channel, int(str(said["generation"])), str(said["version"]), quads, keyed)

    async def writer(self) -> Forked:
        """Fork a process that carries out one write."""
        return _forked(await self._channel.ask(_WRITE))

    def close(self) -> None:
        """End the process and wait for its end."""
        self._channel.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


@dataclass(frozen=True)
class Zygote:
    """A process that holds a snapshot and forks workers on it."""

    channel: Channel
    generation: int
    version: str
    quads: int
    keyed: Keyed | None = None  # what is said of each thing, to be looked up without a worker

    async def fork(self) -> Forked:
        """Fork a worker."""
        return _forked(await self.channel.ask(_FORK))

    def close(self) -> None:
        """Let it end; workers that are at work end with it."""
        self.channel.close()
        if self.keyed is not None:
            self.keyed.close()


def _opened(handles: list[int]) -> Keyed | None:
    """Open the file that came with a snapshot; its handle is not needed afterwards."""
    for handle in handles:
        try:
            return Keyed(handle)
        finally:
            os.close(handle)
    return None


def _forked(answer: tuple[dict[str, object], list[int]]) -> Forked:
    said, handles = answer
    if not handles:
        raise Gone
    return Forked(
        int(str(said["pid"])), socket.socket(fileno=handles[0]), handles[1] if handles[1:] else None
    )
