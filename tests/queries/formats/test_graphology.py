"""Graphology JSON against the structure that its documentation gives, which Gephi Lite takes."""

import json
from collections.abc import Callable

from queries.attributes import Clean
from queries.format import Export

# https://graphology.github.io/serialization: the keys of a graph, a node and an edge
GRAPH = {"attributes", "options", "nodes", "edges"}
NODE = {"key", "attributes"}
EDGE = {"key", "source", "target", "attributes", "undirected"}
OPTIONS = {"allowSelfLoops", "multi", "type"}


def test_it_has_the_documented_structure(text: Callable[[str], str]) -> None:
    found = json.loads(text("graphology"))
    assert set(found) == GRAPH
    assert set(found["options"]) == OPTIONS
    assert found["options"]["type"] == "undirected"
    assert all(set(node) == NODE for node in found["nodes"])
    assert all(set(edge) == EDGE and edge["undirected"] is True for edge in found["edges"])
    keys = [node["key"] for node in found["nodes"]]
    assert len(set(keys)) == len(keys)
    assert all({edge["source"], edge["target"]} <= set(keys) for edge in found["edges"])
    assert len({edge["key"] for edge in found["edges"]}) == len(found["edges"])
    # sigma takes `type` for a program that draws, and no lists; Gephi Lite wants scalars
    each = [*found["nodes"], *found["edges"]]
    assert all("type" not in one["attributes"] for one in each)
    assert all(isinstance(value, str | int | float) for one in each for value in one["attributes"].values())


def test_every_attribute_comes_back(
    text: Callable[[str], str],
    told_nodes: dict[str, Clean],
    told_edges: dict[tuple[str, str], Clean],
    export: Export,
) -> None:
    found = json.loads(text("graphology"))
    for node, (x, y) in zip(told_nodes.values(), export.positions or (), strict=True):
        node |= {"x": x, "y": -y}
    assert {node["key"]: node["attributes"] for node in found["nodes"]} == told_nodes
    edges = {(edge["source"], edge["target"]): edge["attributes"] for edge in found["edges"]}
    assert edges == {ends: {"weight": edge["count"], **edge} for ends, edge in told_edges.items()}
