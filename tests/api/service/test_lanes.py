"""The slow lane: who runs, who waits, who is refused; and what a process is told."""

import asyncio
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.service.forks import Forked
from api.service.lanes import Full, SlowLane, SlowOnes, give_way, used


@pytest.fixture
def sleepers() -> Iterator[list[Forked]]:
    """Three processes that sleep."""
    processes = [subprocess.Popen(["sleep", "60"]) for _ in range(3)]
    with socket.socket() as nothing:
        yield [Forked(each.pid, nothing, None) for each in processes]
    for each in processes:
        each.kill()
        each.wait()


def state(process: Forked) -> str:
    """Return the letter of a process's state, when it has settled."""
    end = time.monotonic() + 5
    while (found := Path(f"/proc/{process.pid}/stat").read_text().rpartition(") ")[2][0]) == "R":
        assert time.monotonic() < end
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="states are read in /proc")
def test_who_waits_is_stopped_and_goes_on_in_turn(sleepers: list[Forked]) -> None:
    first, second, third = sleepers
    lane = SlowLane(running=1, waiting=2, share=3)
    tickets = [lane.move("a", each) for each in (first, second, third)]
    assert (lane.running, lane.waiting) == (1, 2)
    assert (state(first), state(second), state(third)) == ("S", "T", "T")
    lane.leave(tickets[0])
    assert (state(second), state(third)) == ("S", "T")
    lane.leave(tickets[2])
    lane.leave(tickets[1])
    assert (lane.running, lane.waiting) == (0, 0)


def test_a_full_lane_and_a_full_share_are_different_refusals() -> None:
    async def fill() -> None:
        lane = SlowLane(running=1, waiting=1, share=1)
        held = await lane.enter("a", 1)
        with pytest.raises(Full, match="1 long queries of yours") as share:
            await lane.enter("a", 1)
        assert share.value.status == 429
        waiting = asyncio.create_task(lane.enter("b", 60))
        await asyncio.sleep(0)
        with pytest.raises(Full) as full:
            await lane.enter("c", 1)
        assert full.value.status == 503
        lane.leave(held)
        lane.leave(await waiting)
        with pytest.raises(Full, match=r"within 0\.01 seconds"):
            held = await lane.enter("a", 1)
            await lane.enter("b", 0.01)
        lane.leave(held)
        assert (lane.running, lane.waiting) == (0, 0)

    asyncio.run(fill())


def test_what_was_slow_is_remembered_within_bounds() -> None:
    slow = SlowOnes()
    for key in range(10_001):
        slow.add(key)
    assert 0 not in slow and 1 in slow and 10_000 in slow and "other" not in slow


@pytest.mark.skipif(not hasattr(os, "SCHED_IDLE"), reason="idle scheduling is Linux's")
def test_a_slow_process_gives_way(sleepers: list[Forked]) -> None:
    give_way(sleepers[0].pid)
    assert os.sched_getscheduler(sleepers[0].pid) == os.SCHED_IDLE
    assert (used(sleepers[0].pid) or 0.0) < 1
    assert used(2**22 + 1) is None
    sleepers[0].kill(signal.SIGCONT)
