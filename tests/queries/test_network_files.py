"""Files of networks: what each format holds, that it comes back, and what no file may hold."""

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import igraph
import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.errors import UnknownName
from queries.measure import MeasureResult, run
from queries.network import MODES, Mode, Network, NetworkError, Row
from queries.network_files import FORMATS, Attribute, as_gexf, as_graphml, clean_attributes, nodes_csv, write

ROWS: list[Row] = [
    {
        "actor": "urn:a",
        "actorLabel": 'Åsa <&> "Ö"',
        "actorKind": "cluster",
        "event": "urn:p",
        "eventLabel": "P, ett",
        "role": "owner",
        "amount": "2.5",
        "from": "2024-04-01",
        "to": "2029-03-29",
    },
    {"actor": "urn:a", "event": "urn:p", "role": "financier"},
    {"actor": "urn:b", "actorLabel": "Järn", "event": "urn:p", "from": "2023-01-01"},
    {"actor": "urn:b", "event": "urn:q"},
    {"actor": "urn:a", "event": "urn:q"},
    {"actor": "urn:c", "actorLabel": "Ensam", "event": None},
]
XML_TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), min_size=1
)


@pytest.fixture
def network() -> Network:
    return Network.from_rows("exempel", ROWS, "one-mode")


@pytest.fixture
def measures(network: Network) -> list[MeasureResult]:
    return [run("strength", network), run("constraint", network)]


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_edges_as_csv(network: Network) -> None:
    assert table(write(network, "csv")) == [
        {
            "source": "urn:a",
            "target": "urn:b",
            "source_label": 'Åsa <&> "Ö"',
            "target_label": "Järn",
            "count": "2",
            "newman": "2.0",
            "events": "urn:p|urn:q",
            "first_from": "2023-01-01",
            "last_to": "2029-03-29",
        }
    ]


def test_edges_of_a_two_mode_network_carry_roles_and_amount() -> None:
    first = table(write(Network.from_rows("x", ROWS, "two-mode"), "csv"))[0]
    assert first["source"] == "urn:a"
    assert (first["count"], first["roles"], first["amount"]) == ("1", "financier|owner", "2.5")


def test_nodes_as_csv_hold_isolates_and_leave_the_undefined_empty(
    network: Network, measures: list[MeasureResult]
) -> None:
    found = table(nodes_csv(network, measures))
    assert [row["id"] for row in found] == ["urn:a", "urn:b", "urn:c"]
    assert [row["strength"] for row in found] == ["2.0", "2.0", "0.0"]
    assert [row["strength_partners"] for row in found] == ["1", "1", "0"]
    assert [row["constraint"] for row in found] == ["1.0", "1.0", ""]
    assert found[0]["kind"] == "cluster"


def test_json_holds_nodes_links_and_events(network: Network, measures: list[MeasureResult]) -> None:
    text = write(network, "json", measures)
    found = json.loads(text)
    assert "Åsa" in text
    assert (found["name"], found["mode"]) == ("exempel", "one-mode")
    assert found["nodes"][2] == {
        "id": "urn:c",
        "label": "Ensam",
        "side": "actor",
        "strength": 0.0,
        "strength_partners": 0,
    }
    assert found["links"][0]["events"] == ["urn:p", "urn:q"]
    assert found["events"][0] == {
        "id": "urn:p",
        "label": "P, ett",
        "from": "2023-01-01",
        "to": "2029-03-29",
    }


def test_graphml_comes_back_in_networkx_and_igraph(
    network: Network, measures: list[MeasureResult], tmp_path: Path
) -> None:
    text = as_graphml(network, measures)
    graph = nx.parse_graphml(text)
    assert graph.nodes["urn:a"]["label"] == 'Åsa <&> "Ö"'
    assert graph.nodes["urn:a"]["constraint"] == 1.0
    assert graph.edges["urn:a", "urn:b"]["count"] == 2
    assert "constraint" not in graph.nodes["urn:c"]
    file = tmp_path / "network.graphml"
    file.write_text(text, "utf-8")
    read = igraph.Graph.Read_GraphML(str(file))
    assert read.vs["label"] == ['Åsa <&> "Ö"', "Järn", "Ensam"]
    assert read.es["weight"] == [2]


def test_gexf_comes_back_and_is_static_and_without_a_clock(
    network: Network, measures: list[MeasureResult]
) -> None:
    text = as_gexf(network, measures)
    graph = nx.read_gexf(io.BytesIO(text.encode()), version="1.3")
    assert graph.nodes["urn:a"]["label"] == 'Åsa <&> "Ö"'
    assert graph.nodes["urn:b"]["strength"] == 2.0
    assert graph.edges["urn:a", "urn:b"]["weight"] == 2
    assert graph.edges["urn:a", "urn:b"]["last_to"] == "2029-03-29"
    assert 'mode="static"' in text
    assert "lastmodifieddate" not in text


@given(XML_TEXT)
def test_any_label_survives_graphml_gexf_and_json(label: str) -> None:
    network = Network.from_rows("x", [{"actor": "a", "actorLabel": label}], "one-mode")
    assert nx.parse_graphml(as_graphml(network)).nodes["a"]["label"] == label
    root = ElementTree.fromstring(as_gexf(network))  # noqa: S314 - our own text
    assert [node.get("label") for node in root.iter("{http://gexf.net/1.3}node")] == [label]
    assert json.loads(write(network, "json"))["nodes"][0]["label"] == label


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("mode", MODES)
def test_every_format_takes_an_empty_network_and_is_the_same_each_time(form: str, mode: Mode) -> None:
    assert write(Network.from_rows("x", [], mode), form)
    once, again = (write(Network.from_rows("x", rows, mode), form) for rows in (ROWS, ROWS[::-1]))
    assert once == again


def test_weights_that_are_not_whole_stay_numbers_of_one_type() -> None:
    graph: nx.Graph[int] = nx.Graph()
    graph.add_weighted_edges_from([(1, 2, 1), (2, 3, 0.5)])
    text = as_graphml(Network.from_networkx(graph, "x", "weight"))
    assert text.count('attr.name="count"') == 1
    assert nx.parse_graphml(text).edges["2", "3"]["count"] == 0.5


def test_an_unknown_format_is_refused(network: Network) -> None:
    with pytest.raises(UnknownName, match="graphml"):
        write(network, "graphlm")


def test_a_measure_of_another_network_is_refused(network: Network) -> None:
    other = run("degree", Network.from_rows("annat", ROWS[:2], "one-mode"))
    with pytest.raises(NetworkError, match=r"'degree' was taken of other nodes .* 'annat'"):
        write(network, "json", [other])


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
        ("start", 3, "dynamic"),
        ("end", "2024", "dynamic"),
        ("value", float("nan"), "leave it out"),
        ("value", float("inf"), "leave it out"),
    ],
)
def test_what_no_format_can_hold_is_refused(name: str, value: Attribute, said: str) -> None:
    with pytest.raises(NetworkError, match=said):
        clean_attributes({name: value})
