"""A worker: does one job at a time on the snapshot that it was forked with; it may be ended at any moment."""

import asyncio
import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from select import select
from socket import socket
from typing import cast

from pyoxigraph import RdfFormat
from starlette.types import ASGIApp

from api import confine
from api.service import frames
from api.service.frames import Job
from api.service.outlet import Outlet, TooLarge
from api.settings import Settings
from api.snapshot import Snapshot, Source


@dataclass(frozen=True)
class Desk:
    """What a worker works with: the settings, the snapshot and the app of pages."""

    settings: Settings
    snapshots: Source
    app: ASGIApp

    def snapshot(self) -> Snapshot:
        """Return the snapshot, which is opened when it is first asked for."""
        return self.snapshots.current()


_SMALL = 200_000  # quads of a snapshot that is read once by each worker
Answer = Callable[[Desk, Job, Outlet], None]


def run(sock: socket, desk: Desk, answers: Mapping[str, Answer]) -> None:
    """Work until the front has gone; never returns."""
    confine.die_with_parent()
    confine.no_core()
    confine.limit_memory(desk.settings.memory_mb * 1_000_000 + confine.STACK)
    before = threading.stack_size(confine.STACK)
    thread = threading.Thread(target=_work, args=(sock, desk, answers))
    thread.start()
    threading.stack_size(before)
    thread.join()
    os._exit(1)  # the thread ends the process itself when all is well


def _work(sock: socket, desk: Desk, answers: Mapping[str, Answer]) -> None:
    asyncio.set_event_loop(asyncio.new_event_loop())
    file = sock.makefile("rb")
    _touch(sock, desk)
    closed = bool(desk.settings.endpoint)  # a remote store is asked through the network
    while (job := frames.read_job(file)) is not None:
        if not closed and not job.get("services"):  # only a job that may ask another machine may reach one
            closed = confine.no_sockets()
        _answer(sock, desk, answers[cast("str", job["do"])], job)
    os._exit(0)


def _touch(sock: socket, desk: Desk) -> None:
    """Read a small snapshot once while there is nothing to do.

    The engine counts references where it reads, so the first touch of each page copies it.
    """
    if not desk.settings.endpoint and not select([sock], [], [], 0)[0]:
        snapshot = desk.snapshot()
        if snapshot.manifest.quads() < _SMALL:
            snapshot.store.write(_Nowhere(), RdfFormat.N_TRIPLES, None)


class _Nowhere:
    """Takes what is written and forgets it."""

    def write(self, data: bytes, /) -> int:
        """Forget a piece."""
        return len(data)

    def flush(self) -> None:
        """Do nothing."""


def _answer(sock: socket, desk: Desk, answer: Answer, job: Job) -> None:
    out = Outlet(sock, desk.settings.max_result_bytes, bool(job.get("gzip")))
    try:
        answer(desk, job, out)
    except TooLarge:
        out.refuse(413, _too_large(desk.settings.max_result_bytes))
    except OSError:
        os._exit(1)  # the front has gone
    except MemoryError:
        out.refuse(413, too_much_memory(desk.settings))
        os._exit(1)
    except BaseException as error:  # noqa: BLE001  # a panic of the engine is no Exception
        out.refuse(500, f"The answer could not be made: {type(error).__name__}: {error}")
        os._exit(1)


def too_much_memory(settings: Settings) -> str:
    """Say what ended a worker that no limit of time or size ended."""
    return (
        f"The query ended its worker: it needed more than {settings.memory_mb} MB of memory, or nests too "
        "deeply. Ask for less, or take the whole data from /dumps/ and ask it on your own machine."
    )


def _too_large(limit: int) -> str:
    return (
        f"The answer is larger than {limit} bytes, the most that is given at once. Ask for less "
        "(LIMIT, fewer columns), or take the whole data from /dumps/."
    )
