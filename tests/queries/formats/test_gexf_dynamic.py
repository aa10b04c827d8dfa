"""GEXF with time: the spells are the years of the events, and networkx reads them."""

import io
from collections.abc import Callable
from xml.etree import ElementTree

import networkx as nx
import pytest

from queries.errors import MeaninglessError
from queries.format import Export, write
from queries.network import Network, Row

ROWS: list[Row] = [
    {"actor": "a", "event": "p", "from": "2015-04-01", "to": "2016-03-31"},
    {"actor": "b", "event": "p"},
    {"actor": "a", "event": "q", "from": "2019", "to": "2020"},
    {"actor": "b", "event": "q"},
    {"actor": "c", "event": "q"},
    {"actor": "c", "event": "r", "from": "2022-01-01"},  # runs on
    {"actor": "d", "event": "r"},
    {"actor": "d", "event": "s", "to": "2012-12-31"},  # began before anything known
    {"actor": "e", "event": "s"},
    {"actor": "e", "event": "t"},  # no year at all
    {"actor": "f", "event": "t"},
    {"actor": "g", "event": None},
    {"actor": "h", "event": "u", "from": "2024-01-01", "to": "2024-06-30"},
]


def read(mode: str) -> "nx.Graph[str]":
    network = Network.from_rows("x", ROWS, "two-mode" if mode == "two-mode" else "one-mode")
    return nx.read_gexf(io.BytesIO(write("gexf_dynamic", Export(network)).encode()), version="1.3")


def test_an_edge_is_there_in_the_years_of_its_events() -> None:
    found = {tuple(sorted(ends)): data.get("spells") for *ends, data in read("one-mode").edges(data=True)}
    assert found == {
        ("a", "b"): [(2015, 2016), (2019, 2020)],
        ("a", "c"): [(2019, 2020)],
        ("b", "c"): [(2019, 2020)],
        ("c", "d"): [(2022, 2024)],
        ("d", "e"): [(2012, 2012)],
        ("e", "f"): None,
    }


def test_a_node_is_there_while_any_of_its_events_lasts() -> None:
    graph = read("one-mode")
    assert graph.graph["mode"] == "dynamic"
    assert (graph.graph["start"], graph.graph["end"]) == ("2012", "2024")
    assert {node: data.get("spells") for node, data in graph.nodes(data=True)} == {
        "a": [(2015, 2016), (2019, 2020)],
        "b": [(2015, 2016), (2019, 2020)],
        "c": [(2019, 2020), (2022, 2024)],
        "d": [(2012, 2012), (2022, 2024)],
        "e": None,
        "f": None,
        "g": None,
        "h": [(2024, 2024)],
    }


def test_in_two_mode_an_event_is_there_in_its_own_years() -> None:
    graph = read("two-mode")
    assert graph.nodes["q"]["spells"] == graph.edges["c", "q"]["spells"] == [(2019, 2020)]
    assert "spells" not in graph.nodes["t"]
    assert "spells" not in graph.edges["f", "t"]
    assert graph.nodes["c"]["spells"] == [(2019, 2020), (2022, 2024)]


def test_no_edge_is_there_when_its_ends_are_not() -> None:
    for mode in ("one-mode", "two-mode"):
        graph = read(mode)
        for *ends, data in graph.edges(data=True):
            for end in ends:
                around = graph.nodes[end].get("spells")
                assert around is None or all(
                    any(a <= first and last <= b for a, b in around) for first, last in data["spells"]
                )


def test_the_first_and_last_year_are_attributes_too(text: Callable[[str], str]) -> None:
    graph = nx.read_gexf(io.BytesIO(text("gexf_dynamic").encode()), version="1.3")
    years = [(data.get("first_year"), data.get("last_year")) for *_, data in graph.edges(data=True)]
    assert (2020, 2020) in years and (2017, 2018) in years


def test_it_follows_the_schema(text: Callable[[str], str]) -> None:
    root = ElementTree.fromstring(text("gexf_dynamic"))  # noqa: S314 - our own text
    ns = "{http://gexf.net/1.3}"
    assert all(len(spells) > 0 for spells in root.iter(f"{ns}spells"))
    graph = root.find(f"{ns}graph")
    assert graph is not None
    assert (graph.get("timeformat"), graph.get("timerepresentation")) == ("double", "interval")


def test_a_network_without_years_is_refused() -> None:
    network = Network.from_rows("x", [{"actor": "a", "event": "p"}], "one-mode")
    with pytest.raises(
        MeaninglessError, match=r"No event of the network 'x' has a year.* take the format gexf"
    ):
        write("gexf_dynamic", Export(network))
