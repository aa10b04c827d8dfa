"""Networks on the disk: every measure on DuckDB is what our arrays give; what is kept and refused."""

from dataclasses import fields
from pathlib import Path

import pytest

from queries.columnar import export, measured
from queries.columnar.large import LargeNetwork
from queries.columnar.on_duckdb import OnDuckDB
from queries.columnar.work import filled, steps
from queries.errors import MeaninglessError, ParameterError
from queries.measure import Column, MeasureResult, Setting
from queries.network import Network
from queries.network_filters import Filter
from tests.queries import classics
from tests.queries.columnar.conftest import CASES, WITHIN, dated, of_arrays

NETWORKS = {
    "dated": dated(),
    "davis": classics.davis(),
    "karate": classics.karate(),
    "two modes": classics.davis_two_mode(),
    "scattered": classics.scattered(),
    "without weak edges": Filter(min_weight=3).apply(classics.davis()),
    "large events weigh less": Filter(max_size=8, large="down_weighted").apply(classics.davis()),
}


def large(folder: Path, network: Network) -> LargeNetwork:
    made = export.write(folder, network)
    return LargeNetwork(made, OnDuckDB(made, 500))


def alike(found: MeasureResult, expected: MeasureResult) -> None:
    """Hold a result against another: all is the same but the engine, and numbers are within the tolerance."""
    apart = ("engine", "engine_version", "values", "columns", "facts", "tables")
    for field in fields(MeasureResult):
        if field.name not in apart:
            assert getattr(found, field.name) == getattr(expected, field.name), field.name
    assert [row[:2] for row in found.values] == [row[:2] for row in expected.values]
    within = WITHIN.get(found.measure.name, 1e-9)
    for key, value in expected.by_id.items():
        assert found.by_id[key] == (None if value is None else pytest.approx(value, rel=1e-12, abs=within))
    for one, other in zip(found.columns, expected.columns, strict=True):
        assert one == Column(other.name, other.title_sv, other.title_en, one.values)
        assert one.values == pytest.approx(other.values, abs=1e-12, nan_ok=True)
    facts = {fact.name: fact.value for fact in expected.facts}
    assert {fact.name: fact.value for fact in found.facts} == pytest.approx(facts, abs=1e-12)
    for table, told in zip(found.tables, expected.tables, strict=True):
        assert (table.name, table.header, len(table.rows)) == (told.name, told.header, len(told.rows))
        for row, right in zip(table.rows, told.rows, strict=True):
            assert list(row) == [pytest.approx(x, rel=1e-12) if isinstance(x, float) else x for x in right]


@pytest.mark.parametrize("on", NETWORKS)
def test_every_measure_is_what_our_arrays_give(on: str, tmp_path: Path) -> None:
    found = large(tmp_path / "export", NETWORKS[on])
    compared = 0
    for name, given in CASES:
        expected = of_arrays(name, NETWORKS[on], given)
        if isinstance(expected, MeasureResult):
            result = measured.run(name, found, **given)
            assert (result.engine, result.engine_version[0].isdigit()) == ("duckdb", True)
            alike(result, expected)
            compared += 1
        else:
            with pytest.raises(MeaninglessError) as refused:
                measured.run(name, found, **given)
            assert str(refused.value) == str(expected)
    assert compared >= (len(CASES) if on == "dated" else 4)
    found.work.runner.close()


def test_all_measures_of_engines_are_tested() -> None:
    assert {name for name, _ in CASES} == set(measured.KNOWN)


def test_a_run_that_was_broken_off_goes_on_where_it_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = large(tmp_path / "export", classics.karate())
    monkeypatch.setattr(measured, "ROUNDS", 5)
    with pytest.raises(MeaninglessError, match="PageRank had not settled after 5 rounds"):
        measured.run("pagerank", found)
    found.work.runner.drop("ranks_count_0_85__stopped")
    monkeypatch.undo()
    kept: list[str] = []
    keep = OnDuckDB.keep

    class Broken(Exception):
        """The process dies."""

    def breaking(self: OnDuckDB, table: str, sql: str) -> None:
        kept.append(table)
        if table.endswith("__0007"):
            raise Broken
        keep(self, table, sql)

    monkeypatch.setattr(OnDuckDB, "keep", breaking)
    with pytest.raises(Broken):
        measured.run("pagerank", found)
    assert "ranks_count_0_85__0006" in found.work.runner.stored()
    found.work.runner.close()

    def telling(self: OnDuckDB, table: str, sql: str) -> None:
        kept.append(table)
        keep(self, table, sql)

    monkeypatch.setattr(OnDuckDB, "keep", telling)
    made = export.read(tmp_path / "export")
    kept.clear()
    again = LargeNetwork(made, OnDuckDB(made, 500))
    expected = of_arrays("pagerank", classics.karate(), {})
    assert isinstance(expected, MeasureResult)
    alike(measured.run("pagerank", again), expected)
    assert kept[0] == "ranks_count_0_85__0007"
    assert "ranks_count_0_85__0006" not in again.work.runner.stored()
    kept.clear()
    measured.run("pagerank", again)
    assert kept == []  # all of it is there
    again.work.runner.close()


def test_a_second_run_over_the_same_export_is_told_to_wait(tmp_path: Path) -> None:
    made = export.write(tmp_path / "export", classics.davis())
    (made.folder / "work").write_text("in the way", "utf-8")
    with pytest.raises(ParameterError, match=r"cannot be worked in .* work on a copy of the export"):
        OnDuckDB(made, 500)


def test_what_engines_cannot_do_is_refused(tmp_path: Path) -> None:
    found = large(tmp_path / "export", classics.davis())
    wrong: tuple[tuple[str, dict[str, Setting], str], ...] = (
        ("betweenness", {}, "'betweenness' is not computed by duckdb; it computes degree, strength"),
        ("nonsense", {}, "'nonsense' is not computed by duckdb"),
        ("degree", {"engine": "scipy"}, "The engine is duckdb already; leave out engine=scipy"),
        ("strength", {"weight": "none"}, "'weight' is 'none'; expected one of count, newman, amount"),
        ("pagerank", {"damping": 1}, "'damping' is 1.0; expected a number of at least 0 and below 1"),
    )
    for name, given, message in wrong:
        with pytest.raises(ParameterError, match=message):
            measured.run(name, found, **given)
    found.work.runner.close()
    with pytest.raises(ParameterError, match="'dask' is no engine of exports; expected one of duckdb, spark"):
        measured.runner(export.read(tmp_path / "export"), "dask", master="", partitions=1, memory_mb=1)


def test_a_text_in_a_step_stays_a_text() -> None:
    assert "CASE 'a''; DROP TABLE x' WHEN" in filled("arcs", {"weight": "a'; DROP TABLE x"})


def test_every_step_says_first_what_it_gives_and_is_used() -> None:
    code = "".join(path.read_text("utf-8") for path in Path(measured.__file__).parent.glob("*.py"))
    for step in steps():
        assert filled_start(step).startswith("-- ")
        name = step.removesuffix("_start").removesuffix("_step").replace("periods_", "")
        assert f'"{name}"' in code, step


def filled_start(step: str) -> str:
    return (Path(measured.__file__).parent / "steps" / f"{step}.sql").read_text("utf-8")
