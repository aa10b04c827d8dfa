"""GraphML: networkx and igraph read back every attribute."""

from collections.abc import Callable
from pathlib import Path

import igraph
import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.attributes import Clean
from queries.format import Export, write
from queries.network import Network

XML_TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), min_size=1
)


def test_networkx_reads_back_every_attribute(
    text: Callable[[str], str],
    told_nodes: dict[str, Clean],
    told_edges: dict[tuple[str, str], Clean],
    export: Export,
) -> None:
    graph = nx.parse_graphml(text("graphml"))
    for (key, node), point in zip(told_nodes.items(), export.positions or (), strict=True):
        node["name"] = key
        node["x"], node["y"] = point
    assert dict(graph.nodes(data=True)) == told_nodes
    found = {tuple(sorted((a, b))): data for a, b, data in graph.edges(data=True)}
    assert found == {tuple(sorted(k)): {"weight": v["count"], **v} for k, v in told_edges.items()}
    assert graph.graph["name"] == export.network.name
    assert "strength (weight=count): scipy 1." in graph.graph["measures"]
    assert not graph.is_directed()


def test_igraph_reads_back_every_attribute(
    text: Callable[[str], str],
    told_nodes: dict[str, Clean],
    told_edges: dict[tuple[str, str], Clean],
    tmp_path: Path,
) -> None:
    file = tmp_path / "network.graphml"
    file.write_text(text("graphml"), "utf-8", newline="\n")
    graph = igraph.Graph.Read_GraphML(str(file))
    assert graph.vs["name"] == list(told_nodes)
    for vertex in graph.vs:
        known = {name: value for name, value in vertex.attributes().items() if value == value and value != ""}
        own = {n: v for n, v in known.items() if n not in ("id", "name", "x", "y")}
        assert own == told_nodes[vertex["name"]]
    for edge in graph.es:
        ends = graph.vs[edge.source]["name"], graph.vs[edge.target]["name"]
        told = told_edges.get(ends) or told_edges[ends[::-1]]
        known = {n: v for n, v in edge.attributes().items() if v == v and v != ""}
        assert known == {"weight": told["count"], **told}
    assert len(graph.es) == len(told_edges)


@given(XML_TEXT)
def test_any_label_survives(label: str) -> None:
    network = Network.from_rows("x", [{"actor": "a", "actorLabel": label}], "one-mode")
    assert nx.parse_graphml(write("graphml", Export(network))).nodes["a"]["label"] == label


def test_weights_that_are_not_whole_stay_numbers_of_one_type() -> None:
    graph: nx.Graph[int] = nx.Graph()
    graph.add_weighted_edges_from([(1, 2, 1), (2, 3, 0.5)])
    text = write("graphml", Export(Network.from_networkx(graph, "x", "weight")))
    assert text.count('attr.name="count"') == 1
    assert 'attr.name="count" attr.type="double"' in text
    assert nx.parse_graphml(text).edges["2", "3"]["count"] == 0.5


@pytest.mark.parametrize("mode", ["one-mode"], indirect=True)
def test_what_is_undefined_is_left_out(text: Callable[[str], str]) -> None:
    assert "constraint" not in nx.parse_graphml(text("graphml")).nodes["urn:c"]
