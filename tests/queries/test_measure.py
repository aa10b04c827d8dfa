"""Measures: found by convention, documented, run with settings as text, the same however rows come."""

import doctest
import importlib
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import queries.measures
from queries.engines import ENGINES
from queries.errors import MeaninglessError, ParameterError, UnknownName
from queries.measure import MeasureResult, Parameter, measures, run
from queries.network import Network, Row

NAMES = sorted(file.stem for file in Path(queries.measures.__file__ or "").parent.glob("[!_]*.py"))
LINE: list[Row] = [{"actor": actor, "event": event} for actor, event in ("ap", "bp", "bq", "cq", "dr")]
TOLD: list[Row] = [  # the same with all that a measure may group by
    {**row, "actorTerritory": county, "actorKind": kind, "from": year}
    for row, county, kind, year in zip(
        LINE,
        "XYYXX",
        ("sme", "agency", "agency", "sme", "sme"),
        ("2008", "2008", "2015", "2015", "2015"),
        strict=True,
    )
]
PAIRS = st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("pqrst")), min_size=6, max_size=25)


def network(pairs: list[tuple[str, str]]) -> Network:
    return Network.from_rows("x", [{"actor": a, "event": e} for a, e in pairs], "one-mode")


def measured(name: str, given: Network) -> MeasureResult | None:
    try:
        return run(name, given)
    except MeaninglessError:
        return None


def test_every_file_is_a_measure_of_its_name() -> None:
    assert list(measures()) == NAMES
    assert {"degree", "strength", "betweenness", "constraint", "k_core", "communities"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_measure_is_titled_in_both_languages_and_fully_described(name: str) -> None:
    measure, module = measures()[name], importlib.import_module(f"queries.measures.{name}")
    assert all((measure.title_sv, measure.title_en, measure.summary_sv, measure.summary_en))
    text = module.measure.__doc__
    for part in ("Idea:", "Formula:", "Odd input:", "Reference", ">>>"):
        assert part in text
    for parameter in measure.parameters:
        assert parameter.name in text
        assert parameter.read(parameter.default) == parameter.default


@pytest.mark.parametrize(
    "name",
    ["queries.network", "queries.attributes", "queries.years", *(f"queries.measures.{n}" for n in NAMES)],
)
def test_the_examples_in_the_docstrings_hold(name: str) -> None:
    found = doctest.testmod(importlib.import_module(name))
    assert found.attempted > 0
    assert found.failed == 0


@pytest.mark.parametrize("name", NAMES)
def test_every_measure_refuses_an_empty_network(name: str) -> None:
    with pytest.raises(MeaninglessError, match=r"needs at least .* has 0 nodes and 0 edges"):
        run(name, network([]))


@pytest.mark.parametrize("name", NAMES)
def test_a_result_says_what_it_was_computed_from_and_by(name: str) -> None:
    found = run(name, Network.from_rows("linje", TOLD, "one-mode"))
    assert (found.measure, found.network, found.mode) == (measures()[name], "linje", "one-mode")
    assert (found.nodes, found.edges, found.components) == (4, 2, 2)
    assert found.engine in ENGINES
    assert found.engine_version[0].isdigit()
    assert [key for key, _, _ in found.values] == ["a", "b", "c", "d"]
    assert found.header == ("id", "label", name, *(column.name for column in found.columns))
    assert {len(row) for row in found.rows} == {len(found.header)}
    assert "färre än 10 noder (4)" in found.notes[0].sv
    assert all(note.sv and note.en for note in found.notes)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=15)
@given(pairs=PAIRS, random=st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(name: str, pairs: list[tuple[str, str]], random: Random) -> None:
    mixed = [*pairs]
    random.shuffle(mixed)
    assert measured(name, network(pairs)) == measured(name, network(mixed))


@pytest.mark.parametrize("name", [name for name in NAMES if not measures()[name].groups])
@settings(max_examples=25)
@given(pairs=PAIRS, names=st.permutations("abcdefgh"))
def test_renaming_nodes_renames_the_values(name: str, pairs: list[tuple[str, str]], names: list[str]) -> None:
    new = dict(zip("abcdefgh", names, strict=True))
    one = measured(name, network(pairs))
    other = measured(name, network([(new[a], e) for a, e in pairs]))
    assert (one is None) == (other is None)
    if one and other:
        moved = {new[key]: value for key, value in one.by_id.items()}
        assert moved.keys() == other.by_id.keys()
        for key, value in moved.items():
            assert value == (None if value is None else pytest.approx(other.by_id[key], abs=1e-12))


def test_rows_are_sorted_the_highest_first_then_as_swedes_sort() -> None:
    names = {"a": "Örebro", "b": "Åre", "c": "Arboga", "d": "Zinkgruvan"}
    rows: list[Row] = [{**row, "actorLabel": names[row["actor"] or ""]} for row in LINE]
    found = run("degree", Network.from_rows("x", rows, "one-mode"))
    assert [row[1:3] for row in found.rows] == [("Åre", 2), ("Arboga", 1), ("Örebro", 1), ("Zinkgruvan", 0)]


def test_where_low_is_of_interest_the_lowest_come_first_and_the_undefined_last() -> None:
    found = run("constraint", Network.from_rows("x", LINE, "one-mode"))
    assert [row[0] for row in found.rows] == ["b", "a", "c", "d"]
    assert found.rows[-1][2] is None


def test_an_unknown_measure_is_refused_with_a_hint() -> None:
    with pytest.raises(UnknownName, match="Did you mean 'betweenness'"):
        run("betweeness", network([("a", "p")]))


def test_an_unknown_parameter_is_refused() -> None:
    with pytest.raises(ParameterError, match="'degree' has no parameter 'weight'; it has none"):
        run("degree", network([("a", "p")]), weight="count")
    with pytest.raises(ParameterError, match="it has weight, runs, resolution, seed, method, engine"):
        run("communities", network([("a", "p")]), weigth="count")


def test_settings_may_come_as_text() -> None:
    found = run("communities", Network.from_rows("x", LINE, "one-mode"), runs="3", resolution="0.5")
    assert dict(found.parameters) == {
        "weight": "count",
        "runs": 3,
        "resolution": 0.5,
        "seed": 0,
        "method": "louvain",
    }


@pytest.mark.parametrize(
    ("parameter", "value", "expected"),
    [
        (Parameter("weight", "count", "", "", ("count", "none")), "ton", "one of count, none"),
        (Parameter("runs", 20, "", "", at_least=1), "0", "a whole number of at least 1"),
        (Parameter("runs", 20, "", "", at_least=1), "many", "a whole number of at least 1"),
        (Parameter("runs", 20, "", "", at_least=1), 2.5, "a whole number"),
        (Parameter("runs", 20, "", "", at_least=1), float("inf"), "a whole number"),
        (Parameter("shift", 0, "", ""), "1.5", "a whole number"),
        (Parameter("resolution", 1.0, "", ""), "nan", "a number"),
        (Parameter("resolution", 1.0, "", ""), "inf", "a number"),
    ],
)
def test_a_wrong_setting_is_refused(parameter: Parameter, value: str | float, expected: str) -> None:
    with pytest.raises(ParameterError, match=f"Parameter '{parameter.name}' is .* expected {expected}"):
        parameter.read(value)


def test_ten_nodes_need_no_warning() -> None:
    ten = [(f"n{at}", "p") for at in range(10)]
    assert run("degree", network(ten)).notes == ()
