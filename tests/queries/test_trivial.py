"""Ties that rest on one event only are found, counted and warned of."""

import doctest

import networkx as nx
import pytest

import queries.trivial
from queries.network import Network, Row
from queries.network_filters import Filter
from queries.trivial import single_events, single_table, trivial_notes, without_trivial

LARGE: list[Row] = [{"actor": f"r{n}", "event": "all"} for n in range(5)]
PAIR: list[Row] = [{"actor": f"r{n}", "event": "pair"} for n in range(2)]


def network(*parts: list[Row]) -> Network:
    return Network.from_rows("x", [row for part in parts for row in part], "one-mode")


def test_the_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(queries.trivial).failed == 0


def test_one_project_that_makes_all_pairs_is_told() -> None:
    found = single_events(network(LARGE, PAIR))
    assert found.share == found.largest_share == 0.9
    kept, gone = without_trivial(network(LARGE, PAIR))
    assert (int(kept.sum()), gone) == (1, 9)
    (note,) = trivial_notes(network(LARGE, PAIR))
    assert note.en == "One event, all, alone makes 90% of the edges: mostly that is measured."


def test_each_edge_knows_its_only_event() -> None:
    given = network(LARGE, PAIR, [{"actor": "r4", "event": "z"}, {"actor": "s", "event": "z"}])
    of = single_events(given).of
    for at, (i, j) in enumerate(zip(given.sources.tolist(), given.targets.tolist(), strict=True)):
        events = given.edge_events(i, j)
        assert of[at] == (given.events.index(events[0]) if len(events) == 1 else -1)


def test_single_events_spread_are_told_otherwise() -> None:
    pairs: list[Row] = [{"actor": f"{side}{n}", "event": f"e{n}"} for n in range(4) for side in "ab"]
    (note,) = trivial_notes(network(pairs))
    assert note.en == "100% of the edges rest on one event each (e0 makes the most, 25%)."
    assert trivial_notes(network(PAIR, [{**row, "event": "again"} for row in PAIR])) == []


def test_the_table_lists_the_events() -> None:
    assert single_table(network(LARGE, PAIR)).dicts() == [
        {"event": "all", "label": "all", "actors": 5, "pairs": 10, "only_here": 9, "share": 0.9}
    ]


def test_events_that_count_less_are_still_one_event() -> None:
    given = Filter(max_size=3, large="down_weighted").apply(network(LARGE, PAIR))
    assert single_events(given).share == 0.9


@pytest.mark.parametrize("mode", ["edges", "two-mode"])
def test_without_pairs_of_events_nothing_is_told(mode: str) -> None:
    given = (
        Network.from_networkx(nx.path_graph(3), "x")
        if mode == "edges"
        else Network.from_rows("x", LARGE, "two-mode")
    )
    assert single_events(given).largest is None
    assert trivial_notes(given) == []
    assert single_events(network([{"actor": "a"}])).share is None
