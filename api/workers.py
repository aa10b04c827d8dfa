"""Threads for free queries: room for deep recursion, a bounded queue, and no wait for them at the end."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import TypeVar

STACK = 512 * 1024 * 1024  # address space, touched only as used: deep queries recurse in the engine
WAITING = 32  # jobs that may wait for a thread
T = TypeVar("T")


class Busy(Exception):
    """So many jobs wait that one more would wait too long."""


class Workers:
    """A fixed number of daemon threads that run jobs in turn."""

    def __init__(self, count: int, stack: int = STACK) -> None:
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._count, self._open, self._lock = count, 0, threading.Lock()
        before = threading.stack_size(stack)
        try:
            for number in range(count):
                threading.Thread(target=self._work, name=f"sparql-{number}", daemon=True).start()
        finally:
            threading.stack_size(before)

    def submit(self, job: Callable[[], T]) -> "Future[T]":
        """Run a job in a thread; raise Busy when too many wait already."""
        with self._lock:
            if self._open >= self._count + WAITING:
                raise Busy(f"{self._count} queries run and {WAITING} wait.")
            self._open += 1
        future: Future[T] = Future()
        self._jobs.put(lambda: self._run(job, future))
        return future

    def close(self) -> None:
        """Let the threads end once they have nothing to do."""
        for _ in range(self._count):
            self._jobs.put(None)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()

    def _run(self, job: Callable[[], T], future: "Future[T]") -> None:
        try:
            if future.set_running_or_notify_cancel():
                _settle(job, future)
        finally:
            with self._lock:
                self._open -= 1


def _settle(job: Callable[[], T], future: "Future[T]") -> None:
    try:
        found = job()
    except Exception as error:  # noqa: BLE001  # it belongs to whoever waits for the job
        future.set_exception(error)
    except BaseException as error:  # noqa: BLE001  # a panic of the engine is none, and would end the server
        future.set_exception(RuntimeError(f"The engine broke off: {error}"))
    else:
        future.set_result(found)
