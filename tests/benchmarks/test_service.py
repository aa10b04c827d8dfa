"""The smallest run of the service's benchmark: what it prints is of servers that really answered."""

from pathlib import Path

import pytest

from benchmarks import asking, processes, service, service_data
from benchmarks.asking import Took
from benchmarks.peers.endpoints import ENDPOINTS, US, Endpoint, Running, running
from benchmarks.rounds import Goal, compare

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="reads /proc")
TRIPLES = 440
OURS = next(each for each in ENDPOINTS if each.name == US)
THREADS = next(each for each in ENDPOINTS if each.name == "FastAPI, threads")


def stands(name: str, port: int = 1) -> Running:
    """A contestant that is not asked anything."""
    return Running(Endpoint(name, lambda *_: ()), 1, port, Path())


def test_the_same_seed_gives_the_same_triples_about_as_many_as_wanted(tmp_path: Path) -> None:
    files = [service_data.write(tmp_path / name, TRIPLES).file.read_text("utf-8") for name in "ab"]
    other = service_data.write(tmp_path / "c", TRIPLES, seed=2).file.read_text("utf-8")
    lines = files[0].splitlines()
    assert files[0] == files[1] != other
    assert len(set(lines)) == len(lines)
    assert abs(len(lines) - TRIPLES) < TRIPLES / 10


def test_contestants_answer_the_same_and_are_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = service_data.write(tmp_path / "data.nt", TRIPLES)
    with running(OURS, data.file, tmp_path) as ours, running(THREADS, data.file, tmp_path) as theirs:
        there, question = [ours, theirs], service_data.lookup(data)
        service._alike(there, data)
        assert capsys.readouterr().out == ""
        for each in there:
            one = asking.one_by_one(each, asking.query(each, question), 0, 20)
            assert one.failed == 0
            assert 0 < one.cpu < 1
        for asked in service_data.constructs(data):
            took = asking.one_by_one(ours, asking.query(ours, asked), 0, 2)
            assert took.failed == 0
        rows = asking.large(ours, asking.query(ours, service_data.rows(300)), 0)
        assert rows.body.count(b'"s":') == 300
        assert 0 < rows.first <= rows.total
        if asking.have_wrk():
            fast = asking.many(ours, asking.query(ours, question), 0, 1, 2)
            assert (fast.rate > 10, fast.failed) == (True, 0)
        held = processes.held(ours.pid)
        assert held.processes > 3
        assert held.handles > held.processes
        wrong = asking.Wanted("/sparql?query=NUMBER", "text/csv", 9)
        assert asking.one_by_one(ours, wrong, 0, 3).failed == 3
    assert not (tmp_path / US).exists()


def test_goals_are_held_against_the_ratios_of_each_round(capsys: pytest.CaptureFixture[str]) -> None:
    given = {"samspel": [100.0, 10.0, 300.0], "oxigraph, disk": [200.0, 5.0, 100.0]}
    contestants = [stands(name) for name in given]
    compare("t", contestants, lambda each, number: Took(given[each.name][number], 0.001), 3, Goal(3))
    said = capsys.readouterr().out
    assert "not reached: 2.00x of 3x" in said
    compare("t", contestants, lambda each, number: Took(given[each.name][number], 0.001), 3, Goal(2))
    assert "at least 2x: reached (2.00x)" in capsys.readouterr().out


def test_what_fails_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    compare("t", [stands(US)], lambda *_: Took(1, 0.001, failed=2), 2, Goal(1))
    assert "4 FAILED" in capsys.readouterr().out


def test_a_chunked_body_that_does_not_end_is_no_answer() -> None:
    assert asking._joined(b"3\r\nabc\r\n2;x\r\nde\r\n0\r\n\r\n") == b"abcde"
    with pytest.raises(ValueError, match="subsection not found"):
        asking._joined(b"3\r\nabc\r\n")
