"""Every measure's whole result on one small network and one small matrix, as it was read and found right.

Values are held against literature and other engines elsewhere; here nothing of a result may change unseen:
facts, tables, notes, settings, refusals. After a change that is meant, run this file with Python: it writes
the answers anew. Read the difference before it is kept.
"""

import json
import math
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from queries import matrix_measure, measure
from queries.errors import AskError
from queries.matrix import Matrix
from queries.measure import Measure, MeasureResult, Setting
from queries.network import Network, Row

GOLDEN = Path(__file__).parents[1] / "golden" / "measures.json"
ACTORS = {  # their county and kind
    "a": ("X", "company"),
    "b": ("X", "sme"),
    "c": ("X", "university"),
    "d": ("Y", "university"),
    "e": ("Y", "agency"),
    "f": ("Y", "company"),
    "g": ("Z", "agency"),
    "h": ("Z", "sme"),
    "i": ("Z", "association"),
    "j": ("", ""),
    "k": ("X", "company"),
}
EVENTS = {  # who takes part, from and to which year, with how much each
    "p": ("abc", "2008", "2010", "100"),
    "q": ("abcd", "2009", "2012", "50"),
    "r": ("de", "2012", "2013", ""),
    "s": ("defg", "2015", "2018", "80"),
    "t": ("gh", "2016", "", "10.5"),
    "u": ("ghij", "2018", "2021", "7"),
    "v": ("ad", "2022", "2024", "30"),
    "w": ("k", "2021", "2022", "5"),
}
ROWS: list[Row] = [
    {
        "actor": actor,
        "actorLabel": f"Actor {actor}",
        "actorTerritory": ACTORS[actor][0] or None,
        "actorKind": ACTORS[actor][1] or None,
        "event": event,
        "from": begin,
        "to": end or None,
        "amount": money or None,
    }
    for event, (actors, begin, end, money) in EVENTS.items()
    for actor in actors
]
PROJECTS = [
    [12, 6, 9, 0, 3],
    [10, 10, 0, 6, 0],
    [7, 8, 1, 6, 0],
    [0, 10, 0, 15, 8],
    [10, 0, 0, 1, 20],
    [2, 1, 0, 0, 0],
]
DECLARED = [[at == row or at == 0 for at in range(5)] for row in range(6)]
GROUPS = ["g", "g", "h", "h", None]


MORE: dict[str, list[dict[str, Setting]]] = {  # what is no choice among words
    "backbone": [{"alpha": 0.3}],
    "betweenness": [{"pivots": 4}],
    "bridging": [{"pivots": 4, "seed": 2}],
    "lq": [{"min_cell": 1}, {"threshold": 1.2}],
    "hoover": [{"min_cell": 1}],
    "priority_gap": [{"min_cell": 1}],
    "rich_club": [{"runs": 3, "seed": 1}],
}
NETWORKS = ("one-mode", "two-mode", "a pair")
MATRICES = ("regions", "alike", "nothing")


@cache
def network(place: str) -> Network:
    """Return one of NETWORKS."""
    few = [row for row in ROWS if row["event"] == "v"]
    return Network.from_rows(
        place, few if place == "a pair" else ROWS, "two-mode" if place == "two-mode" else "one-mode"
    )


@cache
def matrix(place: str) -> Matrix:
    """Return one of MATRICES."""
    if place != "regions":
        return Matrix.from_array(place, [[6, 6], [8, 8]] if place == "alike" else [[0, 0]], ["g", "h"])
    return Matrix.from_array(place, PROJECTS, GROUPS, DECLARED)


def asked(found: Measure) -> list[dict[str, Setting]]:
    """Return the settings to run with: as it is, and each choice of each parameter but the engine's."""
    ways: list[dict[str, Setting]] = [{}, *MORE.get(found.name, ())]
    for each in found.parameters:
        if each.name != "engine":
            ways += [{each.name: choice} for choice in each.choices if choice != each.default]
    return ways


def told(name: str, place: str, way: Mapping[str, Setting]) -> dict[str, Any]:
    """Return a result as plain values, or the sentence by which it is refused."""
    found: MeasureResult | matrix_measure.MatrixResult
    try:
        if place in NETWORKS:
            found = measure.run(name, network(place), **way)
        else:
            found = matrix_measure.run(name, matrix(place), **way)
    except AskError as error:
        return {"refused": str(error)}
    plain = {
        "parameters": dict(found.parameters),
        "rows": [found.header, *found.rows],
        "facts": {fact.name: [fact.title_sv, fact.title_en, fact.value] for fact in found.facts},
        "tables": {
            table.name: [table.title_sv, table.title_en, table.header, *table.rows] for table in found.tables
        },
        "notes": [[note.sv, note.en] for note in found.notes],
    }
    if isinstance(found, MeasureResult):
        plain["engine"] = found.engine
        plain["columns"] = [[column.name, column.title_sv, column.title_en] for column in found.columns]
    return plain


def _named(name: str, place: str, way: Mapping[str, Setting]) -> str:
    return " ".join((name, place, *(f"{key}={value}" for key, value in way.items())))


@cache
def kept() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(GOLDEN.read_text("utf-8"))
    return found


def same(one: Any, other: Any, within: float = 1e-9) -> bool:
    """Tell whether two plain values are the same but for the last digits of numbers."""
    if isinstance(one, float) or isinstance(other, float):
        return None not in (one, other) and math.isclose(one, other, rel_tol=within, abs_tol=within / 1000)
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key], within) for key in one)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(same(*pair, within) for pair in zip(one, other, strict=True))
    return bool(one == other)


WAYS = [
    (name, place, way)
    for family, places in ((measure, NETWORKS), (matrix_measure, MATRICES))
    for name, each in family.measures().items()
    for place in places
    for way in (asked(each) if place == places[0] else [{}])
]


@pytest.mark.parametrize(("name", "place", "way"), WAYS, ids=[_named(*each) for each in WAYS])
def test_a_result_is_the_one_that_was_read(name: str, place: str, way: dict[str, Setting]) -> None:
    found = told(name, place, way)
    wanted = kept()[_named(name, place, way)]
    for part, value in found.items():
        assert same(value, wanted[part]), f"{part}: {value}, and there was {wanted[part]}"
    assert found.keys() == wanted.keys()


ENGINED = [
    (name, engine)
    for name, each in measure.measures().items()
    if any(parameter.name == "engine" for parameter in each.parameters)
    for engine in getattr(import_module(f"queries.measures.{name}"), "KNOWN", ())  # not where it is by dice
]


@pytest.mark.parametrize(("name", "engine"), ENGINED)
def test_each_engine_gives_the_same(name: str, engine: str) -> None:
    for place in NETWORKS:
        if "refused" not in kept()[f"{name} {place}"]:
            found, usual = (measure.run(name, network(place), engine=each) for each in (engine, "auto"))
            assert found.engine == engine
            assert same(found.by_id, usual.by_id, 1e-6)


def test_nothing_is_kept_that_is_not_asked() -> None:
    assert list(kept()) == [_named(*each) for each in WAYS]


if __name__ == "__main__":
    said = (f'"{_named(*way)}": {json.dumps(told(*way), ensure_ascii=False)}' for way in WAYS)
    GOLDEN.write_text("{\n" + ",\n".join(said) + "\n}\n", "utf-8")
