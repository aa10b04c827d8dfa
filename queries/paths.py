"""Shortest paths from many nodes at a time, by products of sparse matrices, and what is reached at all."""

from collections.abc import Iterator

import numpy as np

from queries.errors import MeaninglessError
from queries.measure import Measure
from queries.network import Floats, Ints, Network, Sparse

CELLS_AT_ONCE = 1_000_000  # starting nodes × nodes held in memory
ALL_UP_TO = 20_000  # nodes; the distances between all pairs of more would take many minutes


def blocks(starts: Ints, nodes: int) -> Iterator[Ints]:
    """Part the starting nodes so that a matrix of nodes × starts stays within bounds."""
    step = max(1, CELLS_AT_ONCE // max(nodes, 1))
    for first in range(0, len(starts), step):
        yield starts[first : first + step]


def breadth_first(adjacency: Sparse, starts: Ints) -> tuple[Floats, Ints]:
    """Return, in columns of starts, how many shortest paths lead to each node and how long they are.

    A node that is not reached has no path, and length -1.
    """
    shape = adjacency.shape[0], len(starts)
    paths, distance = np.zeros(shape), np.full(shape, -1)
    paths[starts, np.arange(len(starts))] = 1
    distance[starts, np.arange(len(starts))] = 0
    reached = paths.copy()
    while reached.any():
        reached = np.where(distance < 0, np.asarray(adjacency @ reached), 0)
        distance[reached > 0] = distance.max() + 1
        paths += reached
    return paths, distance


def distances(network: Network) -> Iterator[Ints]:
    """Give the lengths of the shortest paths from all nodes, some columns at a time; -1: no path."""
    adjacency, n = network.adjacency(), len(network.nodes)
    for starts in blocks(np.arange(n), n):
        yield breadth_first(adjacency, starts)[1]


def parts(network: Network) -> Ints:
    """Return the component of each node, 0 being the largest."""
    found = np.zeros(len(network.nodes), dtype=np.intp)
    for label, members in enumerate(network.components):
        found[list(members)] = label
    return found


def is_actor(network: Network) -> Ints:
    """Return 1 for each actor and 0 for each event."""
    return np.array([node.side == "actor" for node in network.nodes], dtype=np.intp)


def others(network: Network, part: Ints) -> tuple[Ints, Ints]:
    """Return how many other nodes of its component are on each node's own side and on the other side.

    In a one-mode network all are counted as of the other side: each can be one step away.
    """
    if network.mode == "one-mode":
        size = np.bincount(part)[part]
        return np.zeros_like(size), size - 1
    actor = is_actor(network)
    actors = np.bincount(part, weights=actor)[part].astype(np.intp)
    events = np.bincount(part, weights=1 - actor)[part].astype(np.intp)
    return np.where(actor == 1, actors, events) - 1, np.where(actor == 1, events, actors)


def require_all_pairs(measure: Measure, network: Network) -> None:
    """Refuse a network of so many nodes that the distances of all pairs would take too long."""
    if len(network.nodes) > ALL_UP_TO:
        raise MeaninglessError(
            f"The measure {measure.name!r} needs the distances between all pairs, for at most {ALL_UP_TO} "
            f"nodes; the network {network.name!r} has {len(network.nodes)}. Filter it by period or "
            "territory, or ask for betweenness, which can be sampled."
        )
