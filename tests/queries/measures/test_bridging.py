"""Bridging centrality: a path by hand, ranks of equals, who has no value, who is meant to be a bridge."""

import networkx as nx
import pytest

from queries.errors import MeaninglessError
from queries.measures.bridging import measure
from queries.network import Network, Row


def path(kinds: dict[str, str]) -> Network:
    """Return a - b - c - d - e, and f who met nobody."""
    rows: list[Row] = [
        {"actor": actor, "event": f"{one}{other}", "actorKind": kinds.get(actor)}
        for one, other in ("ab", "bc", "cd", "de")
        for actor in (one, other)
    ]
    return Network.from_rows("path", [*rows, {"actor": "f", "actorKind": kinds.get("f")}], "one-mode")


def test_a_path_by_hand() -> None:
    found = measure(path({}))
    # b: 3 of 10 pairs, coefficient (1 / 2) / (1 + 1 / 2); c: 4 of 10, (1 / 2) / (1 / 2 + 1 / 2)
    expected = {"a": 0, "b": 0.3 / 3, "c": 0.4 / 2, "d": 0.3 / 3, "e": 0}
    assert found.by_id == {key: pytest.approx(value) for key, value in expected.items()} | {"f": None}
    rank, coefficient = (column.values for column in found.columns)
    assert rank == (4, 2, 1, 2, 4, None)
    assert coefficient[:5] == pytest.approx([2, 1 / 3, 1 / 2, 1 / 3, 2]) and coefficient[5] is None
    assert found.facts == ()


def test_bridges_that_are_meant_to_be() -> None:
    found = measure(path({"b": "company|cluster", "c": "science-park", "e": "incubator", "f": "cluster"}))
    assert [(fact.name, fact.value) for fact in found.facts] == [
        ("intermediaries", 3),
        ("bridging_intermediaries", 2),
        ("intermediaries_in_top_tenth", 1),
        ("best_rank_of_intermediary", 1),
    ]


def test_the_top_is_a_tenth_of_those_with_a_value() -> None:
    graph: nx.Graph[int] = nx.path_graph(20)
    middle = {str(node): "cluster" for node in (7, 8, 9, 10, 11)}
    rows: list[Row] = [
        {"actor": str(node), "event": f"{one}-{other}", "actorKind": middle.get(str(node))}
        for one, other in graph.edges
        for node in (one, other)
    ]
    found = measure(Network.from_rows("long", [*rows, {"actor": "alone"}], "one-mode"))
    told = {fact.name: fact.value for fact in found.facts}
    assert told["intermediaries_in_top_tenth"] == 2  # 9 and 10, who both have rank 1
    assert told["bridging_intermediaries"] == 5 and told["best_rank_of_intermediary"] == 1


def test_too_little_is_refused() -> None:
    two: list[Row] = [{"actor": actor, "event": "p"} for actor in "ab"]
    three: list[Row] = [*two, {"actor": "c"}]
    for rows in (two, three):
        with pytest.raises(MeaninglessError):
            measure(Network.from_rows("small", rows, "one-mode"))
    measure(
        Network.from_rows("enough", [*two, *({"actor": actor, "event": "q"} for actor in "bc")], "one-mode")
    )
