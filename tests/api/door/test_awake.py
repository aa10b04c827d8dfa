"""The front looks at its sockets for a moment after an answer, for a client that asks again and again."""

from collections.abc import Callable, Iterator

import pytest

from api.door import awake
from api.door.awake import AT_ONCE, MOMENT, Awake


class Loop:
    """Runs what is wanted soon, when it is told to; knows how often that was."""

    def __init__(self) -> None:
        self.soon: list[tuple[Callable[..., None], tuple[object, ...]]] = []

    def call_soon(self, function: Callable[..., None], *given: object) -> None:
        """Take what is to be called."""
        self.soon.append((function, given))

    def turn(self) -> bool:
        """Call what is to be called; tell whether there is more."""
        calls, self.soon = self.soon, []
        for function, given in calls:
            function(*given)
        return bool(self.soon)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """The time, in its one place."""
    now = [100.0]
    monkeypatch.setattr(awake, "monotonic", lambda: now[0])
    yield now


def test_it_looks_for_who_asks_at_once_and_ends(clock: list[float]) -> None:
    loop, kept = Loop(), Awake(lambda: True)
    asker = object()
    kept.answered(asker, loop)  # type: ignore[arg-type]
    kept.answered(asker, loop)  # type: ignore[arg-type]
    assert not loop.soon, "the first two answers say nothing yet of what lies between them"
    clock[0] += AT_ONCE / 2
    kept.answered(asker, loop)  # type: ignore[arg-type]
    assert len(loop.soon) == 1 and loop.turn()
    clock[0] += AT_ONCE / 2
    kept.answered(asker, loop)  # type: ignore[arg-type]
    assert len(loop.soon) == 1, "it looks once, not once an answer"
    clock[0] += MOMENT / 2
    assert loop.turn()
    clock[0] += MOMENT
    assert not loop.turn(), "the moment is over"
    kept.answered(asker, loop)  # type: ignore[arg-type]
    assert loop.turn(), "and begins again"


def test_it_sleeps_for_who_takes_his_time_and_where_many_ask(clock: list[float]) -> None:
    loop, kept = Loop(), Awake(lambda: True)
    first, second = object(), object()
    for _ in range(3):
        kept.answered(first, loop)  # type: ignore[arg-type]
        clock[0] += AT_ONCE
    for _ in range(3):
        kept.answered(first, loop)  # type: ignore[arg-type]
        kept.answered(second, loop)  # type: ignore[arg-type]
    assert not loop.soon


def test_it_does_not_look_while_a_query_runs(clock: list[float]) -> None:
    idle = [False]
    loop, kept = Loop(), Awake(lambda: idle[0])
    asker = object()
    for _ in range(4):
        kept.answered(asker, loop)  # type: ignore[arg-type]
        clock[0] += AT_ONCE / 4
    assert len(loop.soon) == 1 and not loop.turn()
    idle[0] = True
    kept.answered(asker, loop)  # type: ignore[arg-type]
    assert loop.turn()
