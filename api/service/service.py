"""The service that the front asks: jobs to the workers on the snapshot in service, swapped without a gap."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from api.service.begun import Begun
from api.service.connection import End, Ended, Task, Worker
from api.service.figures import Figures
from api.service.forks import Forked, Gone, Nursery, Zygote
from api.service.frames import BROKEN, END, WHOLE, Frame, Headers, write_job
from api.service.lanes import Full, SlowLane, SlowOnes
from api.service.pool import Limits, Pool
from api.service.worker import too_much_memory
from api.settings import Settings
from api.snapshot import look, outage
from graph.errors import StoreError
from graph.generations import Home
from graph.keyed import Keyed
from graph.seal import Seal, broken, seal

LONG, _WAITING = 2, 8  # long queries at once, for which as many workers are kept, and those that wait
_SHARE = 5  # of them, for one client
_LOOK = 1.0  # seconds between two looks for a newer generation
_ELSEWHERE = ", or take the whole data from /dumps/ and ask it on your own machine."


class Refusal(Exception):
    """A job is not answered; `status` and the sentence are for the client."""

    def __init__(self, status: int, sentence: str, headers: Headers | None = None) -> None:
        super().__init__(sentence)
        self.status = status
        self.headers = headers or []


class Broken(Exception):
    """An answer that had begun cannot be ended; the connection must be cut, so that the client sees it."""


class Pieces:
    """The body of a large answer, as its worker makes it; to be closed whatever happens."""

    def __init__(self, pool: Pool, worker: Worker, told: Callable[[Ended], Refusal]) -> None:
        self._pool, self._worker, self._told = pool, worker, told
        self._open = True

    async def next(self) -> bytes | None:
        """Return the next piece, None at the end; raise Broken when there is no whole end."""
        try:
            frame = await self._worker.frame()
        except Ended as ended:
            raise Broken(str(self._told(ended))) from ended
        if frame.kind == BROKEN:
            raise Broken(frame.data.decode())
        if frame.kind == END:
            self._give_back(whole=True)
            return None
        return frame.data

    def close(self) -> None:
        """Let go of the worker, which is ended when it has not ended its answer."""
        self._give_back(whole=False)

    def _give_back(self, whole: bool) -> None:
        if self._open:
            self._open = False
            self._pool.give_back(self._worker, whole)


@dataclass
class Reply:
    """An answer: whole, or with pieces that come from a worker as they are made."""

    status: int
    headers: Headers
    body: bytes
    pieces: Pieces | None = None


@dataclass(frozen=True)
class Asked:
    """A job: what to do, for whom, by what it is remembered when slow, and how its going away is heard of."""

    job: Mapping[str, object]
    client: str
    key: Callable[[], object]
    seconds: float
    fast: float = 0.25  # processor seconds of the fast lane
    left: Callable[[], Awaitable[None]] | None = None
    begun: Begun | None = None  # when it has been given to a worker already


class Service:
    """Workers on the generation in service."""

    def __init__(self, settings: Settings, figures: Figures) -> None:
        self._settings, self._figures = settings, figures
        self._limits = Limits(settings.workers)
        self._lane = SlowLane(LONG, _WAITING, _SHARE)
        self._slow_ones = SlowOnes()
        self._changing = asyncio.Lock()
        self._nursery: Nursery | None = None
        self._pool: Pool | None = None
        self._retired: set[Pool] = set()
        self._home = Home(settings.store)
        self._seal: Seal | None = None
        self._mark: object = None
        self._looking: asyncio.Task[None] | None = None
        self._released = ""
        self.trouble: str | None = None
        self.changed: Callable[[str], None] = lambda _: None
        figures.watch(
            slow_jobs_running=lambda: self._lane.running,
            slow_jobs_waiting=lambda: self._lane.waiting,
            jobs_running=lambda: len(self._pool.busy) if self._pool else 0,
            jobs_queued=lambda: self._pool.queued if self._pool else 0,
        )

    async def start(self) -> None:
        """Start the nursery and the first workers."""
        self._nursery = Nursery(self._settings)
        await self.renew()
        self._looking = asyncio.get_running_loop().create_task(self._look())

    async def stop(self) -> None:
        """End all workers, zygotes and the nursery."""
        if self._looking is not None:
            self._looking.cancel()
        for pool in (*self._retired, *filter(None, [self._pool])):
            pool.close()
        if self._nursery is not None:
            await asyncio.to_thread(self._nursery.close)

    @property
    def version(self) -> str:
        """The name of the data in service."""
        return self._pool.zygote.version if self._pool is not None else ""

    @property
    def page_version(self) -> str:
        """The name of all that pages are made of: the data in service, and the releases beside them."""
        return f"{self.version}{self._released}"

    @property
    def keyed(self) -> Keyed | None:
        """What is said of each thing of the data in service, where the front may look it up itself."""
        return self._pool.zygote.keyed if self._pool is not None else None

    @property
    def pool(self) -> Pool:
        """The workers in service."""
        if self._pool is None:
            raise Refusal(
                503, self.trouble or "There is nothing to answer from yet.", [(b"retry-after", b"5")]
            )
        return self._pool

    @property
    def lane(self) -> SlowLane:
        """The lane of long queries."""
        return self._lane

    async def writer(self) -> Forked:
        """Fork a process that carries out one write."""
        if self._nursery is None:
            raise Refusal(503, "The server is ending.", [(b"retry-after", b"5")])
        return await self._nursery.writer()

    def broken(self) -> str | None:
        """Return a sentence when there is nothing to answer from, or the store is not what was opened."""
        if self._pool is None:
            return self.trouble or "The snapshot is being opened."
        if self._settings.endpoint:
            return self.trouble or outage(self._settings)
        return self.trouble or (None if self._seal is None else broken(self._home, self._seal))

    async def renew(self) -> None:
        """Put the newest generation into service; what runs on the old one ends there."""
        self._released = released(self._settings.store)
        async with self._changing:
            mark = look(self._settings.store)
            if self._pool is not None and mark == self._mark and not self._pool.zygote.channel.closed:
                return
            await self._change()
            self._mark = mark

    async def ask(self, asked: Asked) -> Reply:
        """Have a job done; raise Refusal when it cannot be."""
        if asked.begun is not None and asked.begun.late:
            raise self._full(asked.begun.pool.impatient())
        pool, worker = _taken(asked) or await self._lent(asked)
        frame = await self._first(pool, worker, asked)
        if frame.head is None:
            raise Broken
        if frame.kind == WHOLE:
            pool.give_back(worker, whole=True)
            return Reply(frame.head.status, frame.head.headers, frame.data)
        pieces = Pieces(pool, worker, lambda ended: self._ended(ended, asked.seconds))
        return Reply(frame.head.status, frame.head.headers, b"", pieces)

    @property
    def open(self) -> bool:
        """Tell whether there is something to answer from, and room in the queue."""
        return self._pool is not None and self._pool.open

    def begin(self, asked: Asked, heard: Callable[[], None]) -> Begun | None:
        """Give a job to a worker or the queue for one; None when it is known to be slow, or no place is."""
        if not self.open or self._slow(asked):
            return None
        return Begun(self.pool, _task(asked), write_job(asked.job), heard)

    def _slow(self, asked: Asked) -> bool:
        return bool(self._slow_ones) and asked.key() in self._slow_ones

    async def _lent(self, asked: Asked) -> tuple[Pool, Worker]:
        """Return a worker of the snapshot in service that has the job.

        While a job waits in the slow lane its snapshot may retire and end: then the next one has it.
        """
        alone = bool(asked.job.get("services"))
        while True:
            pool = self.pool
            try:
                return pool, await pool.lend(_task(asked), write_job(asked.job), self._slow(asked), alone)
            except Full as full:
                raise self._full(full) from full
            except Gone as gone:
                if pool is self._pool:
                    raise self._full(Full(503, "The snapshot is being changed.")) from gone

    async def _first(self, pool: Pool, worker: Worker, asked: Asked) -> Frame:
        try:
            return await worker.frame()
        except Ended as ended:
            pool.give_back(worker, whole=False)
            raise self._ended(ended, asked.seconds) from ended
        except BaseException:
            pool.give_back(worker, whole=False)
            raise

    async def _change(self) -> None:
        if self._nursery is None:
            return
        try:
            zygote = await self._opened(self._nursery)
        except (StoreError, Gone) as error:
            self.trouble = str(error) or "The process that opens snapshots has ended; start samspel again."
            return
        self._seal = None if self._settings.endpoint else seal(self._home, zygote.generation)
        pool = Pool(zygote, self._limits, self._lane, self._slow_ones, self._figures)
        await pool.start()
        before, self._pool, self.trouble = self._pool, pool, None
        if before is not None:
            before.retire()
            self._retired = {each for each in {*self._retired, before} if not each.zygote.channel.closed}
        self._figures.changed.inc()
        self.changed(zygote.version)

    async def _opened(self, nursery: Nursery) -> Zygote:
        """Open the newest snapshot; a nursery that somebody killed is replaced by a new one."""
        try:
            return await nursery.open()
        except Gone:
            self._nursery = Nursery(self._settings)
            await asyncio.to_thread(nursery.close)
            return await self._nursery.open()

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(_LOOK)
            with suppress(OSError):
                await self.renew()

    def _ended(self, ended: Ended, seconds: float) -> Refusal:
        self._figures.ended.inc((ended.why.value,))
        if ended.why == End.time:
            return Refusal(
                504,
                f"The query ran longer than {seconds:g} seconds, the most that one may. "
                f"Ask for less (LIMIT, fewer patterns){_ELSEWHERE}",
            )
        if ended.full is not None:
            return self._full(ended.full)
        if ended.why == End.left:
            return Refusal(499, "The client has gone.")
        return Refusal(413, too_much_memory(self._settings))

    def _full(self, full: Full) -> Refusal:
        self._figures.refused.inc((str(full.status),))
        return Refusal(
            full.status,
            f"{full} Try again in a few seconds{_ELSEWHERE}",
            [(b"retry-after", b"5")],
        )


def _task(asked: Asked) -> Task:
    return Task(asked.client, asked.key, asked.seconds, asked.fast, left=asked.left)


def _taken(asked: Asked) -> tuple[Pool, Worker] | None:
    """Return the worker that has begun a job already."""
    taken = asked.begun.take() if asked.begun is not None else None
    if asked.begun is None or taken is None:
        return None
    task, worker = taken
    task.left = asked.left
    return asked.begun.pool, worker


def released(store: Path) -> str:
    """Return what tells one state of a store's releases from the next."""
    try:
        return f".{(store / 'releases').stat().st_mtime_ns:x}"
    except OSError:
        return ""
