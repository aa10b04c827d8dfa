"""Filters: what is left of a network, what is said of it, and which are refused."""

from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.errors import MeaninglessError, ParameterError, UnknownName
from queries.measure import run
from queries.network import MODES, Floats, Mode, Network, Row
from queries.network_filters import Filter

ROWS: list[Row] = [
    {"actor": actor, "actorTerritory": territory, "actorKind": kind, "event": event, **told}
    for event, actors, told in (
        ("p", "ab", {"from": "2014-05-01", "to": "2016-12-31", "eventFund": "ERUF", "eventArea": "skog"}),
        ("q", "abcd", {"from": "2017-01-01", "to": "2019-12-31", "eventFund": "Horizon"}),
        ("r", "cd", {"from": "2021-01-01", "eventFund": "ERUF", "eventArea": "vatten"}),
        ("s", "de", {}),
        ("t", "e", {"from": "2015", "to": "2015", "eventArea": "skog"}),
    )
    for actor in actors
    for territory, kind in [
        ("Kalmar län" if actor in "abe" else "Uppsala län", "sme" if actor == "a" else "park")
    ]
]
PAIRS = st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("pqrstu")), max_size=30)


@pytest.fixture
def network() -> Network:
    return Network.from_rows("x", [*ROWS, {"actor": "z"}], "one-mode")


def pairs(network: Network) -> dict[str, float]:
    return {
        network.ids[i] + network.ids[j]: float(count)
        for i, j, count in zip(network.sources, network.targets, network.counts, strict=True)
    }


def events(network: Network) -> str:
    return "".join(event.id for event in network.events)


def test_a_filter_that_asks_for_nothing_returns_the_same(network: Network) -> None:
    assert Filter().apply(network) is network


@pytest.mark.parametrize(
    ("since", "until", "left"),
    [
        ("2016", "2016", "p"),
        ("2016-12-31", "2017-01-01", "pq"),
        ("2022", None, "r"),
        (None, "2014-04-30", ""),
        (None, "2015", "pt"),
        ("2015", None, "pqrt"),
    ],
)
def test_events_that_overlap_the_period_are_kept(
    network: Network, since: str | None, until: str | None, left: str
) -> None:
    found = Filter(since=since, until=until).apply(network)
    assert events(found) == left
    assert any(note.en.startswith("1 event without dates is left out") for note in found.notes)


def test_who_loses_all_events_leaves_and_who_never_had_any_stays(network: Network) -> None:
    found = Filter(since="2015", until="2015").apply(network)
    assert found.ids == ("a", "b", "e", "z"), "e was alone in t"
    assert pairs(found) == {"ab": 1}


def test_areas_and_funds_are_found_whatever_the_case(network: Network) -> None:
    assert events(Filter(fund="eruf").apply(network)) == "pr"
    assert events(Filter(area="Skog").apply(network)) == "pt"
    assert events(Filter(area="skog", fund="ERUF").apply(network)) == "p"


def test_territory_and_kind_keep_actors_and_share_events_among_those_left(network: Network) -> None:
    found = Filter(territory="Uppsala län").apply(network)
    assert (found.ids, pairs(found)) == (("c", "d"), {"cd": 2})
    assert found.weights("newman").tolist() == [2.0], "in q two are left, who share it alone"
    assert Filter(kind="park", territory="Kalmar län").apply(network).ids == ("b", "e")


def test_weak_edges_go_and_their_nodes_stay(network: Network) -> None:
    found = Filter(min_weight=2).apply(network)
    assert (pairs(found), found.ids) == ({"ab": 2, "cd": 2}, network.ids)
    assert found.notes[1].en == "5 of 7 edges weigh less than 2 (count) and are left out."
    with pytest.raises(ParameterError, match="lost its weak edges already"):
        Filter(kind="park").apply(found)


def test_large_events_are_set_aside_and_counted(network: Network) -> None:
    found = Filter(max_size=2).apply(network)
    assert (pairs(found), events(found), found.ids) == ({"ab": 1, "cd": 1, "de": 1}, "prst", network.ids)
    assert (
        found.notes[1].en == "1 event of more than 2 actors (at most 4) is set aside: nobody meets in them."
    )


def test_large_events_can_weigh_less(network: Network) -> None:
    found = Filter(max_size=2, large="down_weighted").apply(network)
    third = pytest.approx(1 / 3)
    assert pairs(found) == {"ab": 1 + third.expected, "cd": 1 + third.expected, "de": 1} | dict.fromkeys(
        ("ac", "ad", "bc", "bd"), third.expected
    )
    assert np.array_equal(found.weights("newman"), network.weights("newman"))
    again = Filter(fund="Horizon").apply(found)
    assert set(pairs(again).values()) == {third.expected}, "the factors go with the events"


@given(PAIRS, st.integers(2, 5))
def test_down_weighted_nobody_gets_more_of_an_event_than_of_one_within_the_bound(
    ties: list[tuple[str, str]], bound: int
) -> None:
    network = Network.from_rows("x", [{"actor": a, "event": e} for a, e in ties], "one-mode")
    found = Filter(max_size=bound, large="down_weighted").apply(network)
    strength: Floats = np.asarray(found.adjacency("count").sum(axis=1))
    had = np.diff(network.incidence.indptr)
    assert np.all(strength <= had * (bound - 1) + 1e-9)


@pytest.mark.parametrize("mode", MODES)
def test_filters_hold_for_both_modes(mode: Mode) -> None:
    network = Network.from_rows("x", ROWS, mode)
    found = Filter(fund="ERUF", max_size=3, large="down_weighted").apply(network)
    assert events(found) == "pr"
    assert {node.id for node in found.nodes if node.side == "actor"} == set("abcd")


def test_what_was_asked_goes_with_the_numbers(network: Network) -> None:
    found = run("degree", Filter(since="2016", fund="ERUF", max_size=30).apply(network))
    assert found.filters == (("from", "2016"), ("fund", "ERUF"), ("max_size", "30"), ("large", "set_aside"))
    assert "Only a part of the network: from=2016, fund=ERUF, max_size=30, large=set_aside." in {
        note.en for note in found.notes
    }


def test_a_network_of_edges_alone_is_filtered_by_its_nodes_only() -> None:
    graph = Network.from_networkx(nx.path_graph(4), "x")
    placed = replace(
        graph,
        nodes=tuple(replace(node, territory="A" if node.id < "3" else "B") for node in graph.nodes),
    )
    assert pairs(Filter(territory="A").apply(placed)) == {"01": 1, "12": 1}
    with pytest.raises(MeaninglessError, match="has edges only, no events to filter"):
        Filter(fund="ERUF").apply(graph)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"since": "16"}, "Filter 'from' is '16'; expected a year"),
        ({"until": "2016-1-1"}, "Filter 'to' is '2016-1-1'"),
        ({"max_size": 1}, "at least 2 actors"),
        ({"min_weight": 0}, "a number above 0"),
        ({"min_weight": 1, "weight": "size"}, "'weight' is 'size'; expected one of count, newman"),
        ({"max_size": 9, "large": "gone"}, "expected one of set_aside, down_weighted"),
    ],
)
def test_a_filter_that_cannot_be_meant_is_refused(wrong: dict[str, str], message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        Filter(**wrong)  # type: ignore[arg-type]  # what a user may write


def test_a_value_that_nothing_has_names_the_nearest(network: Network) -> None:
    with pytest.raises(UnknownName, match=r"no fund in this network 'ERUV'. Did you mean 'ERUF'"):
        Filter(fund="ERUV").apply(network)
    with pytest.raises(UnknownName, match=r"no kind in this network 'university'. There are: park, sme"):
        Filter(kind="university").apply(network)


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(MeaninglessError, match="ends before it begins"):
        Filter(since="2017", until="2016")


@pytest.mark.parametrize(
    ("asked", "nodes", "edges"),
    [
        (Filter(around="a"), "abcd", {"ab": 2, "ac": 1, "ad": 1, "bc": 1, "bd": 1, "cd": 2}),
        (Filter(around="e"), "de", {"de": 1}),
        (
            Filter(around="e", steps=2),
            "abcde",
            {"ab": 2, "cd": 2, "de": 1, "ac": 1, "ad": 1, "bc": 1, "bd": 1},
        ),
        (Filter(around="a", min_weight=2), "ab", {"ab": 2}),
        (Filter(around="c", min_weight=2, steps=3), "cd", {"cd": 2}),
        (Filter(around="z"), "z", {}),
    ],
)
def test_what_is_near_stays_with_the_edges_that_it_still_has(
    network: Network, asked: Filter, nodes: str, edges: dict[str, float]
) -> None:
    left = asked.apply(network)
    assert "".join(left.ids) == nodes and pairs(left) == edges
    assert ("around", str(asked.around)) in left.filters


def test_what_is_near_in_two_modes_and_among_edges_alone() -> None:
    two = Filter(around="a").apply(Network.from_rows("x", ROWS, "two-mode"))
    assert two.ids == ("a", "p", "q") and events(two) == "pq" and len(two.sources) == 2
    path: nx.Graph[str] = nx.path_graph(["k", "l", "m", "n"])
    assert Filter(around="l").apply(Network.from_networkx(path, "x")).ids == ("k", "l", "m")


def test_near_to_nobody_is_refused(network: Network) -> None:
    with pytest.raises(UnknownName, match="node in this part of the network 'a'"):
        Filter(around="a", territory="Uppsala län").apply(network)
    with pytest.raises(ParameterError, match="'steps' is 0"):
        Filter(around="a", steps=0)
    with pytest.raises(ParameterError, match="lost what is farther away already"):
        Filter(kind="sme").apply(Filter(around="a").apply(network))
