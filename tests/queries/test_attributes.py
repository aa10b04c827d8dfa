"""The attributes of nodes and edges that all files share, and what no file may hold."""

import networkx as nx
import pytest

from queries import attributes
from queries.attributes import (
    Attribute,
    about,
    clean_attributes,
    edge_columns,
    edges,
    node_columns,
    nodes,
    told,
)
from queries.measure import run
from queries.network import Network, NetworkError, Row

ROWS: list[Row] = [
    {
        "actor": "a",
        "actorLabel": "Åsa",
        "actorKind": "cluster",
        "event": "p",
        "role": "owner",
        "amount": "2.5",
    },
    {"actor": "a", "event": "p", "role": "financier", "from": "2024-04-01", "to": "2029-03-29"},
    {"actor": "b", "event": "p", "from": "2023-01-01"},
    {"actor": "b", "event": "q"},
    {"actor": "a", "event": "q"},
    {"actor": "c", "event": None},
]


def one_mode() -> Network:
    return Network.from_rows("exempel", ROWS, "one-mode")


def test_attributes_are_cleaned() -> None:
    given: dict[str, Attribute] = {
        "none": None,
        "empty": (),
        "list": ["a", "b"],
        "bool": True,
        "line": "a\r\nb\rc",
        "int": 3,
        "float": 0.5,
    }
    clean = clean_attributes(given)
    assert clean == {"list": "a|b", "bool": 1, "line": "a\nb\nc", "int": 3, "float": 0.5}
    assert type(clean["bool"]) is int


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("label", "a\x00b", "XML cannot"),
        ("label", "a\x1bb", "XML cannot"),
        ("label", "\ufffe", "XML cannot"),
        ("roles", ("a", "b\x07"), "XML cannot"),
        ("roles", ("a|b", "c"), "parts the items"),
        ("roles", ("a|b",), "parts the items"),
        ("start", 3, "dynamic"),
        ("end", "2024", "dynamic"),
        ("value", float("nan"), "leave it out"),
        ("value", float("inf"), "leave it out"),
    ],
)
def test_what_no_format_can_hold_is_refused(name: str, value: Attribute, said: str) -> None:
    with pytest.raises(NetworkError, match=said):
        clean_attributes({name: value})


def test_an_edge_says_how_often_in_what_and_when() -> None:
    (edge,) = edges(one_mode())
    assert edge.pop("amount", 2.5) == 2.5  # where networks have such weights
    assert edge == {
        "source": "a",
        "target": "b",
        "count": 2,
        "newman": 2.0,
        "events": "p|q",
        "first_year": 2023,
        "last_year": 2029,
    }
    assert type(edge["count"]) is int


def test_an_edge_of_two_modes_carries_roles_and_amount() -> None:
    first, second, *_ = edges(Network.from_rows("x", ROWS, "two-mode"))
    assert (first["count"], first["roles"], first["amount"]) == (1, "financier|owner", 2.5)
    assert second == {"source": "a", "target": "q", "count": 1}


@pytest.mark.parametrize("mode", ["one-mode", "two-mode"])
def test_every_attribute_is_of_the_kind_that_its_column_says(mode: str) -> None:
    network = Network.from_rows("x", ROWS, "one-mode" if mode == "one-mode" else "two-mode")
    values = [run(name, network) for name in ("degree", "strength", "communities")]
    kinds = {"text": str, "whole": int, "number": float}
    for columns, rows in (
        (node_columns(network, values), nodes(network, values)),
        (edge_columns(network), edges(network)),
    ):
        for row in rows:
            own = {name: value for name, value in row.items() if name not in ("id", "source", "target")}
            assert all(type(value) is kinds[columns.kinds[name]] for name, value in own.items())


def test_blocks_of_edges_give_the_same_as_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[Row] = [{"actor": a, "event": e, "from": "2020"} for a in "abcdef" for e in "pqr"]
    network = Network.from_rows("x", rows, "one-mode")
    whole = list(edges(network))
    monkeypatch.setattr(attributes, "EDGES_AT_ONCE", 4)
    assert list(edges(network)) == whole
    assert len(whole) == 15


def test_edges_of_networkx_have_no_events() -> None:
    graph: nx.Graph[int] = nx.Graph()
    graph.add_weighted_edges_from([(1, 2, 0.5), (2, 3, 1)])
    network = Network.from_networkx(graph, "x", "weight")
    assert list(edges(network)) == [
        {"source": "1", "target": "2", "count": 0.5},
        {"source": "2", "target": "3", "count": 1.0},
    ]


def test_an_event_whose_id_holds_a_bar_is_refused() -> None:
    network = Network.from_rows("x", [{"actor": a, "event": "p|q"} for a in "ab"], "one-mode")
    with pytest.raises(NetworkError, match="parts the items"):
        list(edges(network))


def test_a_measure_of_another_network_is_refused() -> None:
    other = run("degree", Network.from_rows("annat", ROWS[:2], "one-mode"))
    with pytest.raises(NetworkError, match=r"'degree' was taken of other nodes .* 'annat'"):
        list(nodes(one_mode(), [other]))


def test_how_measures_were_taken_is_told_with_their_snapshot() -> None:
    network = Network.from_rows("x", ROWS, "one-mode", "2026-11-28")
    said = told([run("degree", network), run("strength", network)])
    assert said.startswith("degree: scipy 1.")
    assert "; strength (weight=count): scipy 1." in said
    assert said.endswith(", data 2026-11-28")


def test_a_file_says_of_the_whole_what_is_known() -> None:
    assert about(one_mode()) == {"name": "exempel", "mode": "one-mode"}
    network = Network.from_rows("x", ROWS, "two-mode", "2026-11-28")
    assert list(about(network, [run("degree", network)])) == ["name", "mode", "snapshot", "measures"]
