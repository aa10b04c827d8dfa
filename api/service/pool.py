"""The front's side of the workers of one snapshot: lend them out, watch them, end them, replace them.

A watcher looks at all that run, fifty times a second: past its time a worker is killed; past the fast
lane's share of the processor it moves to the slow lane and a fresh one takes its place.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from api.service.connection import End, Task, Worker
from api.service.figures import Figures
from api.service.forks import Gone, Zygote
from api.service.lanes import Full, SlowLane, SlowOnes, give_way, used

_LOOK = 0.02  # seconds between two looks at those that run
_LONG = 0.1  # seconds after which the client's going away is watched for
_IN_A_QUEUE = 0.2  # of a job's processor seconds in the fast lane, when others wait
_FAST_WALL = 2.0  # seconds of the fast lane, however little processor: a slow reader holds a worker too


@dataclass
class Limits:
    """How many workers there are, how long jobs may wait, and how many may."""

    workers: int
    queue: int = 64
    patience: float = 5.0  # seconds in the queue


@dataclass(eq=False)
class Pool:
    """The workers on one snapshot."""

    zygote: Zygote
    limits: Limits
    lane: SlowLane
    slow_ones: SlowOnes
    figures: Figures
    busy: set[Worker] = field(default_factory=set)
    _fast: set[Worker] = field(default_factory=set)  # those of the fast lane, idle or not
    _idle: list[Worker] = field(default_factory=list)
    _slow: list[Worker] = field(default_factory=list)  # those that give way to all others, and are idle
    _queue: "deque[asyncio.Future[Worker]]" = field(default_factory=deque)
    _coming: int = 0
    _retired: bool = False
    _looking: bool = False
    _forking: "set[asyncio.Task[None]]" = field(default_factory=set)

    async def start(self) -> None:
        """Fork the first workers."""
        await asyncio.gather(*(self._fork() for _ in range(self.limits.workers)))

    @property
    def queued(self) -> int:
        """How many wait for a worker of the fast lane."""
        return len(self._queue)

    @property
    def open(self) -> bool:
        """Tell whether a job would find a worker, or a place in the queue."""
        return not self._retired and len(self._queue) < self.limits.queue

    async def lend(self, task: Task, job: bytes, heavy: bool = False, alone: bool = False) -> Worker:
        """Give a job to a worker; raise Full when there is none in time, Gone when the snapshot has ended.

        `heavy` jobs go through the slow lane from the start; one that runs `alone` gets a worker of its own.
        """
        if heavy:
            task.ticket = await self.lane.enter(task.client, task.seconds)
        try:
            worker = await self._worker(heavy, alone)
        except BaseException:
            self._leave(task)
            raise
        if task.ticket is not None:
            task.ticket.process = worker.process
            give_way(worker.process.pid)
        worker.alone = alone
        self.give(worker, task, job)
        return worker

    def lend_at_once(self, task: Task, job: bytes) -> Worker | None:
        """Give a job to a worker that is idle now; None when there is none."""
        worker = None if self._queue else self._idle_one()
        if worker is not None:
            self.give(worker, task, job)
        return worker

    def give(self, worker: Worker, task: Task, job: bytes) -> None:
        """Give a job to a worker that is at hand."""
        task.began = time.monotonic()
        task.deadline = task.began + task.seconds
        task.used_before = used(worker.process.pid) or 0.0
        worker.task = task
        self.busy.add(worker)
        worker.give(job)
        if not self._looking:
            self._looking = True
            asyncio.get_running_loop().call_later(_LOOK, self._look)

    def give_back(self, worker: Worker, whole: bool) -> None:
        """Take a worker back; one that was alone, or is in the middle of something, is ended.

        One of the slow lane is kept for the next long job: a new one would copy each page that it touches.
        """
        task, worker.task = worker.task, None
        self.busy.discard(worker)
        slow = task is not None and task.ticket is not None
        if task is not None:
            if slow and whole:
                self._think_again(worker, task)
            self._leave(task)
            self.figures.seconds.observe(time.monotonic() - task.began, ("slow" if slow else "fast",))
        if whole and not slow and not worker.dead and worker in self._fast:
            self.hand_on(worker)
        elif whole and slow and not worker.dead and not worker.alone and self._keeps_slow():
            self._slow.append(worker)
        else:
            worker.kill(worker.why)
            self._fast.discard(worker)
            self._replace()
        self._end_if_retired()

    def retire(self) -> None:
        """Take no more jobs; end when those that run and wait are done."""
        self._retired = True
        self._end_if_retired()

    def close(self) -> None:
        """End all workers now."""
        self._retired = True
        for worker in [*self.busy, *self._idle, *self._slow]:
            worker.kill(End.left)
        self._idle.clear()
        self._slow.clear()
        for future in self._queue:
            future.cancel()
        self.zygote.close()

    async def _worker(self, heavy: bool, alone: bool) -> Worker:
        while heavy and not alone and self._slow:
            worker = self._slow.pop()
            if not worker.dead:
                return worker
        return await (self._fresh() if heavy or alone else self._free())

    def _keeps_slow(self) -> bool:
        return not self._retired and len(self._slow) < self.lane.most_running

    def _idle_one(self) -> Worker | None:
        while self._idle:
            worker = self._idle.pop()
            if not worker.dead:
                return worker
            self._fast.discard(worker)
            self._replace()
        return None

    async def _free(self) -> Worker:
        if worker := self._idle_one():
            return worker
        future = self.queue_up()
        try:
            async with asyncio.timeout(self.limits.patience):
                return await future
        except TimeoutError as error:
            self._take_back(future)
            raise self.impatient() from error
        except asyncio.CancelledError:
            self._take_back(future)
            raise

    def queue_up(self) -> "asyncio.Future[Worker]":
        """Return what will be a worker of the fast lane; raise Full when too many wait for one."""
        if len(self._queue) >= self.limits.queue:
            raise Full(503, f"{len(self._queue)} queries wait already.")
        future: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._queue.append(future)
        return future

    def impatient(self) -> Full:
        """Return what is said to who has waited for a worker in vain."""
        return Full(503, f"No worker came free within {self.limits.patience:g} seconds.")

    def _take_back(self, future: "asyncio.Future[Worker]") -> None:
        """Hand a worker on that came in the moment in which its taker gave up."""
        if future.done() and not future.cancelled():
            self.hand_on(future.result())

    async def _fresh(self) -> Worker:
        process = await self.zygote.fork()
        worker = Worker(process)
        await asyncio.get_running_loop().create_connection(lambda: worker, sock=process.sock)
        return worker

    async def _fork(self) -> None:
        self._coming += 1
        try:
            worker = await self._fresh()
        except Gone:
            return
        finally:
            self._coming -= 1
        self._fast.add(worker)
        self.hand_on(worker)

    def _replace(self) -> None:
        """Fork as many workers as the fast lane lacks."""
        if self._retired and not self._queue:
            return
        if len(self._fast) + self._coming < self.limits.workers:
            forking = asyncio.get_running_loop().create_task(self._fork())
            self._forking.add(forking)
            forking.add_done_callback(self._forking.discard)

    def hand_on(self, worker: Worker) -> None:
        """Give a worker to who waits for one, or let it wait itself."""
        while self._queue:
            future = self._queue.popleft()
            if not future.done():
                future.set_result(worker)
                return
        if self._retired:
            worker.close()
        else:
            self._idle.append(worker)

    def _end_if_retired(self) -> None:
        if self._retired and not self.busy and not self._queue:
            for worker in (*self._idle, *self._slow):
                worker.close()
            self._idle.clear()
            self._slow.clear()
            self.zygote.close()

    def _leave(self, task: Task) -> None:
        if task.watcher is not None:
            task.watcher.cancel()
        if task.ticket is not None:
            self.lane.leave(task.ticket)

    def _look(self) -> None:
        now = time.monotonic()
        for worker in tuple(self.busy):
            if worker.task is not None and not worker.dead:
                self._look_at(worker, worker.task, now)
        self._looking = bool(self.busy)
        if self._looking:
            asyncio.get_running_loop().call_later(_LOOK, self._look)

    def _look_at(self, worker: Worker, task: Task, now: float) -> None:
        if now > task.deadline:
            worker.kill(End.time)
            return
        if task.left is not None and task.watcher is None and now - task.began > _LONG:
            task.watcher = asyncio.get_running_loop().create_task(_watch(worker, task.left))
        if task.ticket is None:
            self._look_at_fast(worker, task, now)

    def _look_at_fast(self, worker: Worker, task: Task, now: float) -> None:
        """Move what is slow; only what takes the processor is remembered as slow, not what waits for it."""
        so_far = _so_far(worker, task, now)
        if so_far > task.fast:
            self.slow_ones.add(task.key())
            return self._move(worker, task)
        waited_for = self._queue and so_far > task.fast * _IN_A_QUEUE and self.lane.has_place(task.client)
        if waited_for or now - task.began > max(_FAST_WALL, task.fast):
            self._move(worker, task)
        return None

    def _think_again(self, worker: Worker, task: Task) -> None:
        """Let a job that was slow once, in a new worker or for other data, through the fast lane again."""
        if _so_far(worker, task, time.monotonic()) <= task.fast:
            self.slow_ones.forget(task.key())

    def _move(self, worker: Worker, task: Task) -> None:
        self.figures.moved.inc()
        try:
            task.ticket = self.lane.move(task.client, worker.process)
        except Full as full:
            worker.full = full
            worker.kill(End.full)
        self._fast.discard(worker)
        self._replace()


def _so_far(worker: Worker, task: Task, now: float) -> float:
    """Return the processor seconds that a job has used; those of the clock where they cannot be told."""
    spent = used(worker.process.pid)
    return now - task.began if spent is None else spent - task.used_before


async def _watch(worker: Worker, left: Callable[[], Awaitable[None]]) -> None:
    await left()
    worker.kill(End.left)
