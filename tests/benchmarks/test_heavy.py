"""The smallest run of the comparison with Virtuoso: both really answer, and alike."""

from pathlib import Path

import pytest

from benchmarks import heavy, heavy_data
from benchmarks.heavy import Compared, Took
from benchmarks.peers import virtuoso
from graph.store import Store
from ontology.names import SAMSPEL

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="reads /proc")


def test_every_catalogued_query_is_asked_and_a_panel_about_what_most_points_to(store: Store) -> None:
    asked = {each.name: each for each in heavy.questions(store)}
    assert {"cq03", "cq03 (last choices)", "organisations", "county-funds", "project-facts"} <= set(asked)
    assert asked["cq03 (last choices)"].address == "/api/queries/cq03?level=all"
    assert asked["organisations"].address == ""
    most = store.rows(
        f"SELECT ?x (COUNT(*) AS ?n) {{ VALUES ?c {{ <{SAMSPEL}County> <{SAMSPEL}StatisticalRegion> }} "
        "?x a ?c . ?s ?p ?x } GROUP BY ?x ORDER BY DESC(?n) LIMIT 1"
    )
    assert f"VALUES ?thing {{ <{next(iter(most.dicts()))['x']}> }}" in asked["region-projects"].text
    assert len(asked) > 150


def test_ratios_say_who_takes_longer() -> None:
    ours, theirs = Took(0.2, 0.1, 3), Took(0.3, 0.4, 3)
    found = Compared("cq03", ours, 0.01, theirs, (Took(0.5, 0.4, 3), Took(1.0, 0.9, 3)))
    assert (round(found.ratio, 3), round(found.thrift, 3), found.at_first) == (1.5, 4, 2)
    assert not found.once
    quick = Took(0.002, 0.002, 3)
    assert Compared("cq03", quick, 0.001, quick, (quick, theirs)).once


@pytest.mark.skipif(not virtuoso.installed(), reason="Virtuoso is not installed")
def test_both_answer_alike_over_bundled_and_made_up_data(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heavy, "HEAVY", 0.0)
    home = heavy_data.make(tmp_path / "store", tmp_path, 32_000)
    assert abs(home.manifest().merged - 32_000) < 1_000
    found = {each.name: each for each in heavy.run(home, tmp_path, ("cq03", "fund-counties", "counties"), 1)}
    printed = capsys.readouterr().out
    assert "NOT ALIKE" not in printed and "4 asked; 4 heavy, 0 the first time only" in printed
    assert set(found) == {"cq03", "cq03 (last choices)", "fund-counties", "counties"}
    assert all(each.ours.rows > 0 and each.ours.seconds > 0 for each in found.values())
    assert 15 < found["fund-counties"].ours.rows <= 21, "nearly every county, by chance"
