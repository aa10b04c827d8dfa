"""Networks to and from the graphs of networkx and igraph."""

from collections.abc import Hashable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from queries.network_rows import Floats, Ints, NetworkError, Node

if TYPE_CHECKING:
    import igraph
    import networkx as nx

Key = TypeVar("Key", bound=Hashable)


def taken(graph: "nx.Graph[Key]", name: str, weight: str | None) -> tuple[tuple[Node, ...], Ints, Floats]:
    """Return the nodes, the edges as rows of two indexes, and the weights of an undirected graph."""
    import networkx as nx  # heavy, and only here

    if graph.is_directed() or graph.is_multigraph() or nx.number_of_selfloops(graph):
        raise NetworkError(f"Graph {name!r} has directions, parallel edges or loops; give a simple nx.Graph.")
    labels = {str(node): str(data.get("label", node)) for node, data in graph.nodes(data=True)}
    if len(labels) < len(graph):
        raise NetworkError(f"Graph {name!r} has two nodes with the same text as id; rename one of them.")
    place = {key: at for at, key in enumerate(sorted(labels))}
    edges = sorted(
        (*sorted((place[str(a)], place[str(b)])), float(data.get(weight, 1) if weight else 1))
        for a, b, data in graph.edges(data=True)
    )
    ends = np.array([edge[:2] for edge in edges], dtype=np.intp).reshape(-1, 2)
    counts = np.array([edge[2] for edge in edges], dtype=np.float64)
    return tuple(Node(key, labels[key]) for key in place), ends, counts


def to_networkx(
    name: str, nodes: Sequence[Node], sources: Ints, targets: Ints, weights: Floats
) -> "nx.Graph[str]":
    """Return a graph of networkx with the attributes of nodes, and weights on edges."""
    import networkx as nx  # heavy, and only here

    graph: nx.Graph[str] = nx.Graph(name=name)
    for node in nodes:
        graph.add_node(node.id, label=node.label, kind=node.kind, territory=node.territory, side=node.side)
    for i, j, value in zip(sources.tolist(), targets.tolist(), weights.tolist(), strict=True):
        graph.add_edge(nodes[i].id, nodes[j].id, weight=value)
    return graph


def to_igraph(nodes: Sequence[Node], sources: Ints, targets: Ints, weights: Floats) -> "igraph.Graph":
    """Return a graph of igraph with names, labels and weights, if igraph is installed."""
    try:
        made = import_module("igraph").Graph(
            len(nodes), list(zip(sources.tolist(), targets.tolist(), strict=True))
        )
    except ImportError as error:
        raise NetworkError(
            "igraph is not installed; install it with `pip install igraph` (no measure of ours needs it)."
        ) from error
    made.vs["name"], made.vs["label"] = [node.id for node in nodes], [node.label for node in nodes]
    made.es["weight"] = weights.tolist()
    return made
