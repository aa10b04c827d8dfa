"""When a job leaves the fast lane: for what it used itself, and sooner when others wait."""

import asyncio
import time
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from api.door.metrics import Registry
from api.service import pool as rooms
from api.service.connection import Task, Worker
from api.service.figures import Figures
from api.service.lanes import SlowLane, SlowOnes
from api.service.pool import Limits, Pool

if TYPE_CHECKING:
    from api.service.forks import Forked, Zygote


@pytest.mark.parametrize(
    ("fast", "spent", "waiting", "moves"),
    [
        (0.25, 0.04, True, False),
        (0.25, 0.06, True, True),
        (0.25, 0.06, False, False),
        (0.25, 0.26, False, True),
        (2.0, 0.3, True, False),  # a page, the first of its kind in a new worker
        (2.0, 0.5, True, True),
        (2.0, 1.9, False, False),
    ],
)
def test_a_job_leaves_the_fast_lane_sooner_when_others_wait(
    monkeypatch: pytest.MonkeyPatch, fast: float, spent: float, waiting: bool, moves: bool
) -> None:
    async def look() -> list[object]:
        moved: list[object] = []
        pool = Pool(cast("Zygote", None), Limits(1), SlowLane(1, 1, 1), SlowOnes(), Figures(Registry()))
        monkeypatch.setattr(Pool, "_move", lambda _, worker, task: moved.append(task))
        monkeypatch.setattr(rooms, "used", lambda _: spent)
        if waiting:
            pool.queue_up()
        now = time.monotonic()
        task = Task("a", lambda: "key", 10.0, fast, began=now, deadline=now + 10)
        worker = Worker(cast("Forked", SimpleNamespace(pid=1)))
        pool._look_at_fast(worker, task, now)
        return moved

    assert bool(asyncio.run(look())) == moves
