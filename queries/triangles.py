"""The triangles of a network, block by block: what clustering and structural holes are summed over."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from queries.errors import MeaninglessError
from queries.measure import Measure
from queries.network import Floats, Ints, Network
from queries.ranges import ranges

AT_ONCE = 2_000_000  # possible triangles held in memory


class Triangles(NamedTuple):
    """Some triangles: their three nodes a, b, c, and the places of the edges between them."""

    a: Ints
    b: Ints
    c: Ints
    ab: Ints
    ac: Ints
    bc: Ints


def triangles(network: Network) -> Iterator[Triangles]:
    """Find each triangle of the network once.

    Edges point from the node of fewer partners to that of more. So every node points at few (at most
    the square root of twice the edges), and for each edge it is enough to try what the one of its ends
    that points at fewer points at.

    >>> rows = [{"actor": a, "event": e} for a, e in ("ap", "bp", "cp", "cq", "dq")]
    >>> found = next(triangles(Network.from_rows("example", rows, "one-mode")))
    >>> sorted(int(node[0]) for node in found[:3])
    [0, 1, 2]
    """
    n, m = len(network.nodes), len(network.sources)
    degree = np.bincount(network.sources, minlength=n) + np.bincount(network.targets, minlength=n)
    node = np.argsort(degree, kind="stable")  # by rank
    rank = np.empty(n, dtype=np.intp)
    rank[node] = np.arange(n)
    ends = np.stack([rank[network.sources], rank[network.targets]])
    keys = ends.min(axis=0) * n + ends.max(axis=0)
    edge = np.argsort(keys)
    keys = keys[edge]
    low, high = np.divmod(keys, max(n, 1))
    first = np.searchsorted(low, np.arange(n + 1))
    points_at = np.diff(first)
    short = np.where(points_at[low] <= points_at[high], low, high)
    long = low + high - short
    tried = np.cumsum(points_at[short])
    at = 0
    while at < m:
        start = int(tried[at - 1]) if at else 0
        end = max(at + 1, int(np.searchsorted(tried, start + AT_ONCE, side="right")))
        lengths = points_at[short[at:end]]
        one = np.repeat(np.arange(at, end), lengths)
        two = ranges(first[short[at:end]], lengths)
        wanted = long[one] * n + high[two]
        three = np.searchsorted(keys, wanted)
        closed = np.flatnonzero(keys[np.minimum(three, m - 1)] == wanted)
        one, two, three = one[closed], two[closed], three[closed]
        nodes = node[short[one]], node[long[one]], node[high[two]]
        yield Triangles(*nodes, edge[one], edge[two], edge[three])
        at = end


def count_triangles(network: Network) -> Ints:
    """Return in how many triangles each node is."""
    found = np.zeros(len(network.nodes), dtype=np.intp)
    for some in triangles(network):
        for corner in (some.a, some.b, some.c):
            found += np.bincount(corner, minlength=len(found))
    return found


def node_sums(network: Network, weights: Floats) -> Floats:
    """Return the sum of the weights of each node's edges."""
    n = len(network.nodes)
    at_sources = np.bincount(network.sources, weights=weights, minlength=n)
    return np.asarray(
        at_sources + np.bincount(network.targets, weights=weights, minlength=n), dtype=np.float64
    )


def require_one_mode(measure: Measure, network: Network) -> None:
    """Refuse a two-mode network, where two partners of a node are never tied to each other."""
    if network.mode == "two-mode":
        raise MeaninglessError(
            f"The measure {measure.name!r} asks how a node's partners are tied to each other; in the "
            f"two-mode network {network.name!r} they never are. Ask it of a one-mode network."
        )
