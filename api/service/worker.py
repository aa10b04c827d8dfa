"""A worker: does one job at a time on the snapshot that it was forked with; it may be ended at any moment."""

import asyncio
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from select import select
from socket import socket
from typing import BinaryIO, cast

from starlette.types import ASGIApp

from api import confine
from api.service import frames, prefault
from api.service.frames import Job
from api.service.outlet import HELD, HELD_ROWS, Outlet, TooLarge
from api.settings import Settings
from api.snapshot import Snapshot, Source


@dataclass(frozen=True)
class Desk:
    """What a worker works with: settings, snapshot, app of pages, and the memory there was at the fork."""

    settings: Settings
    snapshots: Source
    app: ASGIApp
    shared: list[prefault.Range] = field(default_factory=list)

    def snapshot(self) -> Snapshot:
        """Return the snapshot, which is opened when it is first asked for."""
        return self.snapshots.current()


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
    spare = prefault.copied(desk.shared)
    closed = bool(desk.settings.endpoint)  # a remote store is asked through the network
    while (job := _next(sock, file, spare)) is not None:
        if not closed and not job.get("services"):  # only a job that may ask another machine may reach one
            closed = confine.no_sockets()
        _answer(sock, desk, answers[cast("str", job["do"])], job)
    os._exit(0)


def _next(sock: socket, file: BinaryIO, spare: Iterator[None]) -> Job | None:
    """Return the next job; the time until it comes is used."""
    while not select([sock], [], [], 0)[0] and next(spare, spare) is not spare:
        pass
    return frames.read_job(file)


def _answer(sock: socket, desk: Desk, answer: Answer, job: Job) -> None:
    held = HELD if job["do"] == "page" else HELD_ROWS
    out = Outlet(sock, desk.settings.max_result_bytes, bool(job.get("gzip")), held)
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
