"""Which events lie on each edge, and their years: the same as one edge at a time."""

import math
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.network import Event, Network, Row
from queries.years import Span, attended, meetings, spans, year, years

TIES = st.lists(st.tuples(st.sampled_from("abcdefghi"), st.sampled_from("pqrstuv")), max_size=40)
YEARS = {"p": (2010, 2012), "q": (2011, None), "r": (None, 2020), "s": (None, None), "t": (1999, 2001)}


def rows(ties: list[tuple[str, str]]) -> list[Row]:
    def dated(event: str) -> Row:
        first, last = YEARS.get(event, (2015, 2015))
        return {"from": f"{first}-06-01" if first else None, "to": f"{last}-01-31" if last else None}

    return [{"actor": actor, "event": event, **dated(event)} for actor, event in ties]


@given(TIES, st.sampled_from(["one-mode", "two-mode"]))
def test_the_events_of_all_edges_are_those_of_each(ties: list[tuple[str, str]], mode: str) -> None:
    network = Network.from_rows("x", rows(ties), "one-mode" if mode == "one-mode" else "two-mode")
    found = [tuple(network.events[at] for at in places) for places in meetings(network).lists()]
    ends = zip(network.sources.tolist(), network.targets.tolist(), strict=True)
    assert found == [network.edge_events(i, j) for i, j in ends]


@given(TIES)
def test_a_network_with_edges_left_out_keeps_the_events_of_the_others(ties: list[tuple[str, str]]) -> None:
    whole = Network.from_rows("x", rows(ties), "one-mode")
    kept = np.arange(len(whole.sources)) % 2 == 1
    part = replace(
        whole,
        sources=whole.sources[kept][::-1].copy(),
        targets=whole.targets[kept][::-1].copy(),
        counts=whole.counts[kept][::-1].copy(),
        newman=None,
    )
    found = [[part.events[at].id for at in places] for places in meetings(part).lists()]
    ends = zip(part.sources.tolist(), part.targets.tolist(), strict=True)
    assert found == [[event.id for event in whole.edge_events(i, j)] for i, j in ends]


@given(TIES, st.sampled_from(["one-mode", "two-mode"]))
def test_the_events_of_nodes_are_those_that_rows_name(ties: list[tuple[str, str]], mode: str) -> None:
    network = Network.from_rows("x", rows(ties), "one-mode" if mode == "one-mode" else "two-mode")
    for node, places in zip(network.nodes, attended(network).lists(), strict=True):
        named = {node.id} if node.side == "event" else {event for actor, event in ties if actor == node.id}
        assert {network.events[at].id for at in places} == named


@given(TIES)
def test_the_years_of_an_edge_are_the_outermost_of_its_events(ties: list[tuple[str, str]]) -> None:
    network = Network.from_rows("x", rows(ties), "one-mode")
    met, known = meetings(network), years(network)
    firsts, lasts = met.least(known.first).tolist(), met.most(known.last).tolist()
    for at, places in enumerate(met.lists()):
        told = [year(text) for e in places for text in (network.events[e].since, network.events[e].until)]
        found = [each for each in told if each is not None]
        assert (firsts[at], lasts[at]) == (min(found), max(found)) if found else math.isnan(firsts[at])


def test_a_block_of_edges_has_the_events_of_those_edges() -> None:
    ties = [(actor, event) for actor in "abcde" for event in "pqr"]
    met = meetings(Network.from_rows("x", rows(ties), "one-mode"))
    whole = list(met.lists())
    assert [*met.lists(slice(0, 3)), *met.lists(slice(3, 6)), *met.lists(slice(6, 99))] == whole
    assert list(met.lists(slice(99, 120))) == []


def test_events_of_many_sizes_are_taken_apart_rightly() -> None:
    ties = [(f"a{actor:03}", f"e{size:03}") for size in (1, 2, 3, 70, 200) for actor in range(size)]
    network = Network.from_rows("x", rows(ties), "one-mode")
    met = meetings(network)
    assert np.diff(met.starts).tolist() == network.counts.tolist()
    assert len(met.events) == 1 + 3 + 70 * 69 // 2 + 200 * 199 // 2


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2024-04-01", 2024),
        ("2024", 2024),
        ("2024-04-01T00:00:00", 2024),
        ("2024T", 2024),
        ("20245", None),
        ("2024/25", None),
        ("våren 2024", None),
        ("", None),
        (None, None),
    ],
)
def test_a_year_is_read_from_a_date_alone(text: str | None, found: int | None) -> None:
    assert year(text) == found


@pytest.mark.parametrize(
    ("dates", "found"),
    [
        ([(2015, 2017)], ((2015, 2017),)),
        ([(2015, 2017), (2018, 2019)], ((2015, 2019),)),
        ([(2015, 2017), (2019, 2019)], ((2015, 2017), (2019, 2019))),
        ([(2015, 2020), (2016, 2017)], ((2015, 2020),)),
        ([(2019, 2019), (2015, 2015)], ((2015, 2015), (2019, 2019))),
        ([(2018, None)], ((2018, 2030),)),
        ([(None, 2012)], ((2010, 2012),)),
        ([(None, None)], ()),
        ([(2015, 2017), (None, None)], ()),
        ([], ()),
    ],
)
def test_spans_are_the_years_of_any_event(
    dates: list[tuple[int | None, int | None]], found: tuple[Span, ...]
) -> None:
    def told(number: int | None) -> str | None:
        return None if number is None else date(number, 7, 1).isoformat()

    events = [Event(str(at), "", None, told(a), told(b)) for at, (a, b) in enumerate(dates)]
    assert spans(events, (2010, 2030)) == found
    assert spans(events[::-1], (2010, 2030)) == found


def test_without_any_year_there_are_no_outermost() -> None:
    assert years(Network.from_rows("x", rows([("a", "s")]), "one-mode")).outermost is None
    assert years(Network.from_rows("x", rows([("a", "q"), ("a", "t")]), "one-mode")).outermost == (1999, 2011)
