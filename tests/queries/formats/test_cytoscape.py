"""Cytoscape JSON: networkx reads it back, and every element has an id of its own."""

import json
from collections.abc import Callable

import networkx as nx

from queries.attributes import Clean
from queries.format import Export


def test_networkx_reads_back_every_attribute(
    text: Callable[[str], str],
    told_nodes: dict[str, Clean],
    told_edges: dict[tuple[str, str], Clean],
    export: Export,
) -> None:
    graph = nx.cytoscape_graph(json.loads(text("cytoscape")))
    assert graph.graph["name"] == export.network.name
    for key, node in told_nodes.items():
        assert dict(graph.nodes[key]) == {"id": key, "value": key, "name": node["label"], **node}
    for ends, edge in told_edges.items():
        found = dict(graph.edges[ends])
        assert {found.pop("source"), found.pop("target")} == set(ends)
        assert str(found.pop("id")).startswith("e")
        assert found == {"weight": edge["count"], **edge}
    assert graph.size() == len(told_edges)


def test_ids_are_unique_and_positions_stand_beside_the_data(
    text: Callable[[str], str], export: Export
) -> None:
    elements = json.loads(text("cytoscape"))["elements"]
    ids = [element["data"]["id"] for kind in ("nodes", "edges") for element in elements[kind]]
    assert len(set(ids)) == len(ids)
    points = [(node["position"]["x"], node["position"]["y"]) for node in elements["nodes"]]
    assert points == list(export.positions or ())
