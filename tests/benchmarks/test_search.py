"""The made-up names are as stated, all ways of searching find the same, and the bench runs when tiny."""

from pathlib import Path

import pytest

from benchmarks import search, search_data
from benchmarks.peers.search import Fts5, Scan


def test_the_bench_runs_and_says_whether_its_goal_is_reached(capsys: pytest.CaptureFixture[str]) -> None:
    search.main(400)
    said = capsys.readouterr().out
    assert "goal 50 ms: reached" in said and said.count("our time in all") == 2
    assert "nan" not in said


def test_searches_are_of_all_sorts_and_always_the_same(tmp_path: Path) -> None:
    names = search_data.write(tmp_path / "data.nt", 60)
    assert len(names) == 60 and names == search_data.write(tmp_path / "again.nt", 60)
    asked = search_data.asked(names, 200)
    assert len(asked) == 200 and asked == search_data.asked(names, 200)
    assert sum(kind == "project" for _, kind in asked) == 20


def test_all_ways_find_a_name_by_itself(tmp_path: Path) -> None:
    store, beside, names = search._stored(tmp_path, 300)
    rows = search._rows(store)
    ours, scan, fts5 = search._index(store, beside), Scan.of(rows), Fts5.make(tmp_path / "names.sqlite", rows)
    for name in names[::10]:
        assert ours.search(name).hits[0].label == scan.search(name)[0] == fts5.search(name)[0] == name
    slip = max(names[0].split(), key=len)
    wrong = slip[:3] + slip[4:]
    assert ours.search(wrong).total and fts5.search(wrong)
    fts5.close()
