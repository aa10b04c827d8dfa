"""The soak tells what grew, and an error at once; the hour itself is `make soak`."""

import pytest

from benchmarks import soak
from benchmarks.campaign.served import Server
from benchmarks.processes import Held


def held(memory: int, handles: int = 90, processes: int = 10) -> Held:
    return Held(processes, handles, memory)


def test_what_grew_in_the_last_third_is_told() -> None:
    warming, flat, more = [held(100)] * 3, [held(200)] * 3, [held(240, 98)] * 3
    assert list(soak.growth([*warming, *flat, *flat])) == []
    assert list(soak.growth([*warming, *flat, *more])) == [
        "memory grew from 200 to 240",
        "memory of a process grew from 20 to 24",
    ]
    leaping = [held(200), held(300)] * 9  # a median would leap from 200 to 300
    assert list(soak.growth([*leaping, *leaping, *leaping[:9], *[held(300)] * 3, *leaping[:6]])) == []
    another = [held(240, 98, 11)] * 3
    assert list(soak.growth([*warming, *flat, *another])) == [
        "memory grew from 200 to 240",
        "memory of a process grew from 20 to 22",  # of which less is allowed: workers come and go, but alike
    ]
    worker = [held(217, 98, 11)] * 3  # one more, of the same size, is no growth
    assert list(soak.growth([*warming, *flat, *worker])) == []
    assert list(soak.growth([held(1)])) == ["It was too short to tell whether anything grows."]


def test_an_error_is_told_at_once_and_counted(capsys: pytest.CaptureFixture[str]) -> None:
    run = soak.Soak(Server.__new__(Server))
    for _ in range(2):
        run.wrong("page /: 500")
    assert capsys.readouterr().err.count("s  page /: 500") == 2
    run.seconds["page"] += [0.1, 0.2, 0.3]
    run.held += [held(2_000_000)] * 3
    lines = "\n".join(soak.table(run))
    assert "errors that are not by design: 2" in lines and "| page | 3 | 200 | " in lines
    assert "| 3 | 2, 2 | 0 | 90, 90 | 10.0, 10 |" in lines
