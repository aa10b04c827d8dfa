"""The slow lane: few run at once, few wait, and no client has more than its share of either."""

import asyncio
import os
import signal
import sys
import time
from collections import Counter, OrderedDict, deque
from contextlib import suppress
from pathlib import Path

from api.service.forks import Forked

_REMEMBERED = 10_000  # slow queries
_FOR = 600.0  # seconds


class Full(Exception):
    """The slow lane takes no more; `status` is 429 when it is this client's own share that is full."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


class Ticket:
    """A place in the slow lane, running or waiting; who waits is stopped, or has no process yet."""

    def __init__(self, client: str, process: Forked | None, ready: "asyncio.Future[None] | None") -> None:
        self.client, self.process, self.ready = client, process, ready

    def go(self) -> None:
        """Let it run."""
        if self.process is not None:
            self.process.kill(signal.SIGCONT)
        if self.ready is not None and not self.ready.done():
            self.ready.set_result(None)


class SlowLane:
    """Places for queries that have used more processor than the fast lane allows."""

    def __init__(self, running: int, waiting: int, share: int) -> None:
        self.most_running, self._most_waiting, self._share = running, waiting, share
        self._running: set[Ticket] = set()
        self._waiting: deque[Ticket] = deque()
        self._clients: Counter[str] = Counter()

    @property
    def running(self) -> int:
        """How many run."""
        return len(self._running)

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._waiting)

    def has_place(self, client: str) -> bool:
        """Tell whether a client's job could run or wait here."""
        room = len(self._running) < self.most_running or len(self._waiting) < self._most_waiting
        return room and self._clients[client] < self._share

    def move(self, client: str, process: Forked) -> Ticket:
        """Take over a process that runs: it goes on behind all others, or is stopped for now."""
        ticket = self._enter(client, process, None)
        give_way(process.pid)
        if ticket not in self._running:
            process.kill(signal.SIGSTOP)
        return ticket

    async def enter(self, client: str, seconds: float) -> Ticket:
        """Wait for a place without a process; raise Full when none comes free in time."""
        ticket = self._enter(client, None, asyncio.get_running_loop().create_future())
        if ticket in self._running or ticket.ready is None:
            return ticket
        try:
            await asyncio.wait_for(ticket.ready, seconds)
        except TimeoutError as error:
            self.leave(ticket)
            raise Full(503, f"No place for a long query came free within {seconds:g} seconds.") from error
        except asyncio.CancelledError:
            self.leave(ticket)
            raise
        return ticket

    def leave(self, ticket: Ticket) -> None:
        """Free a place; who has waited longest gets it."""
        self._clients[ticket.client] -= 1
        if not self._clients[ticket.client]:
            del self._clients[ticket.client]
        self._running.discard(ticket)
        with suppress(ValueError):
            self._waiting.remove(ticket)
        while self._waiting and len(self._running) < self.most_running:
            following = self._waiting.popleft()
            self._running.add(following)
            following.go()

    def _enter(self, client: str, process: Forked | None, ready: "asyncio.Future[None] | None") -> Ticket:
        if self._clients[client] >= self._share:
            raise Full(
                429,
                f"{self._share} long queries of yours run or wait, the most that one client may have.",
            )
        if len(self._running) >= self.most_running and len(self._waiting) >= self._most_waiting:
            raise Full(
                503,
                f"{self.most_running} long queries run and {self._most_waiting} wait, the most that may.",
            )
        self._clients[client] += 1
        ticket = Ticket(client, process, ready)
        if len(self._running) < self.most_running:
            self._running.add(ticket)
        else:
            self._waiting.append(ticket)
        return ticket


class SlowOnes:
    """Remembers which queries were slow, so that they do not go through the fast lane again."""

    def __init__(self) -> None:
        self._until: OrderedDict[object, float] = OrderedDict()

    def add(self, key: object) -> None:
        """Remember a slow query for a while."""
        self._until[key] = time.monotonic() + _FOR
        self._until.move_to_end(key)
        if len(self._until) > _REMEMBERED:
            self._until.popitem(last=False)

    def forget(self, key: object) -> None:
        """Forget a query that was quick after all."""
        self._until.pop(key, None)

    def __len__(self) -> int:
        return len(self._until)

    def __contains__(self, key: object) -> bool:
        return self._until.get(key, 0.0) > time.monotonic()


def used(pid: int) -> float | None:
    """Return the processor seconds that a process has used; None where that cannot be told (not Linux)."""
    if sys.platform != "linux":
        return None
    try:
        return time.clock_gettime((~pid << 3) | 2)
    except OSError:
        return None


def give_way(pid: int) -> None:
    """Let a process run only when no other wants the processor (Linux), or with low priority elsewhere."""
    if sys.platform != "linux":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, pid, 15)
        return
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            os.sched_setscheduler(int(task.name), os.SCHED_IDLE, os.sched_param(0))
