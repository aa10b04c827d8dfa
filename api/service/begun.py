"""A job given to a worker, or to the queue for one, before it is known how its answer must be sent."""

import asyncio
from collections.abc import Callable

from api.service.connection import Task, Worker
from api.service.frames import Frame
from api.service.pool import Pool


class Begun:
    """A job that belongs to nobody's coroutine yet.

    `heard` is called when the worker says something or ends, and when no worker came free in time, which
    `late` tells. One of these must follow: `whole` with an answer, `take`, `leave` or `close`.
    """

    def __init__(self, pool: Pool, task: Task, job: bytes, heard: Callable[[], None]) -> None:
        self.pool = pool
        self._task, self._job, self._heard = task, job, heard
        self._open = True
        self.late = False
        self._worker = pool.lend_at_once(task, job)
        self._place: asyncio.Future[Worker] | None = None
        self._patience: asyncio.TimerHandle | None = None
        if self._worker is not None:
            self._worker.heard = heard
        else:
            self._place = pool.queue_up()
            self._place.add_done_callback(self._got)
            loop = asyncio.get_running_loop()
            self._patience = loop.call_later(pool.limits.patience, self._impatient)

    def whole(self) -> Frame | None:
        """Return the answer when all of it has come in one frame, and give the worker back."""
        frame = self._worker.whole() if self._worker is not None and self._open else None
        if frame is not None:
            self._close(whole=True)
        return frame

    def take(self) -> tuple[Task, Worker] | None:
        """Hand task and worker over to who goes on with them; None when there is none in our hands."""
        if not self._open:
            return None
        if self._worker is None:
            self._leave_the_queue()
            return None
        self._open, self._worker.heard = False, None
        return self._task, self._worker

    def leave(self) -> None:
        """Want no answer: a worker that is soon done comes back, one that is not is ended."""
        if self._worker is None:
            return self._leave_the_queue()
        self._task.left = _at_once
        self._worker.heard = self._end
        return None

    def close(self) -> None:
        """End the worker, unless it is in other hands."""
        if self._worker is None:
            self._leave_the_queue()
        elif self._open:
            self._close(whole=False)

    def _end(self) -> None:
        if self.whole() is None:
            self.close()

    def _close(self, whole: bool) -> None:
        self._open = False
        if self._worker is not None:
            self._worker.heard = None
            self.pool.give_back(self._worker, whole)

    def _got(self, place: "asyncio.Future[Worker]") -> None:
        if self._patience is not None:
            self._patience.cancel()
        if place.cancelled():
            return None
        worker = place.result()
        if not self._open:
            return self.pool.hand_on(worker)
        self._worker, worker.heard = worker, self._heard
        return self.pool.give(worker, self._task, self._job)

    def _impatient(self) -> None:
        self.late = True
        self._leave_the_queue()
        self._heard()

    def _leave_the_queue(self) -> None:
        self._open = False
        if self._place is not None:
            self._place.cancel()  # has no effect on one that has its worker, which goes on to the next then


async def _at_once() -> None:
    """Return as the client has gone already."""
