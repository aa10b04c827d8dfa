"""How often each node lies on the shortest ways between others."""

import importlib
from typing import NamedTuple

import networkx as nx
import numpy as np

from queries.engines import ENGINE, igraph_of, networkit_of, networkx_of, pick
from queries.measure import Measure, MeasureResult, Note, Parameter, Setting, require, result
from queries.network import Floats, Ints, Network, Sparse
from queries.paths import blocks, breadth_first

EXACT_UP_TO = 5_000  # nodes; above, the parameter pivots=0 means SAMPLE nodes
SAMPLE = 250
ALL = ("igraph", "networkit", "scipy", "networkx")
FROM_PIVOTS = ("igraph", "scipy", "networkx")  # networkit draws starting nodes of its own

PIVOTS = Parameter(
    name="pivots",
    default=0,
    summary_sv="Hur många startnoder som räknas; 0: alla, eller 250 lottade om noderna är över 5000.",
    summary_en="How many starting nodes to use; 0: all, or 250 drawn by lot above 5000 nodes.",
    at_least=0,
)
SEED = Parameter(
    name="seed",
    default=0,
    summary_sv="Frö för lottningen av startnoder.",
    summary_en="Seed of the draw of starting nodes.",
    at_least=0,
)
MEASURE = Measure(
    name="betweenness",
    title_sv="Förmedling (betweenness)",
    title_en="Betweenness",
    summary_sv="Andelen av de kortaste vägarna mellan andra som går genom noden: en bro mellan grupper.",
    summary_en="The share of the shortest paths between others that pass the node: a bridge of groups.",
    parameters=(
        PIVOTS,
        SEED,
        ENGINE,
    ),
)


def measure(network: Network, pivots: int = 0, seed: int = 0, engine: str = "auto") -> MeasureResult:
    """Compute the normalised betweenness of each node.

    Idea: whoever lies on the shortest ways between others can pass things on, or hold them back. The
    weights are left out: they say how close two nodes are, not how far it is between them.

    Formula: b_i = (1 / m_i) sum over pairs {s, t} without i of g_st(i) / g_st, where g_st is the number of
    shortest paths between s and t, g_st(i) how many of them pass i, and m_i the largest sum possible:
    (N - 1)(N - 2) / 2 for N nodes; in a two-mode network that of the best placed node of i's own side.
    Pairs without a path add nothing. From P starting nodes only, the sum is multiplied by N / P.

    Parameters: pivots, the number P of starting nodes, 0 for all of them (up to 5000 nodes; 250 drawn by
    lot above); seed, for the draw; engine, the library that computes. The starting nodes are the same
    whatever the engine; networkit cannot be told them and computes only from all.

    Odd input: fewer than 3 nodes are refused, no node can lie between. Isolates have 0. In several
    components a node lies between nodes of its own component only, yet is divided by all pairs: a note
    says so.

    Reference: Freeman (1977), A set of measures of centrality based on betweenness, Sociometry 40, 35-41;
    Brandes (2001), A faster algorithm for betweenness centrality, J. Math. Sociology 25, 163-177;
    sampling: Brandes and Pich (2007), Int. J. Bifurcation and Chaos 17, 2303-2318;
    two-mode: Borgatti and Everett (1997), Social Networks 19, 243-269.

    >>> rows = [{"actor": a, "event": e} for a, e in ("ap", "bp", "bq", "cq", "cr", "dr")]
    >>> found = measure(Network.from_rows("example", rows, "one-mode"))
    >>> [(key, round(value, 4)) for key, _, value in found.values]
    [('a', 0.0), ('b', 0.6667), ('c', 0.6667), ('d', 0.0)]
    """
    require(MEASURE, network, nodes=3)
    found = between(network, pivots, seed, engine)
    return result(
        MEASURE,
        network,
        found.shares.tolist(),
        engine=found.engine,
        parameters=found.parameters,
        notes=found.notes,
    )


class Between(NamedTuple):
    """The betweenness of each node, and how it was found."""

    shares: Floats
    engine: str
    parameters: dict[str, Setting]
    notes: list[Note]


def between(network: Network, pivots: int, seed: int, engine: str) -> Between:
    """Return the normalised betweenness of at least three nodes; see `measure`."""
    n = len(network.nodes)
    starts = _starts(n, pivots, seed)
    chosen = pick("betweenness", engine, ALL if len(starts) == n else FROM_PIVOTS, n)
    raw = _SUMS[chosen](network, starts) * (n / len(starts))
    largest = _largest(network)
    used: dict[str, Setting] = {"pivots": len(starts)}
    if len(starts) < n:
        used["seed"] = seed
    notes = [_sampled(len(starts), n)] if len(starts) < n else []
    if len(network.components) > 1:
        notes.append(_apart(len(network.components)))
    return Between(np.divide(raw, largest, out=np.zeros(n), where=largest > 0), chosen, used, notes)


def _starts(n: int, pivots: int, seed: int) -> Ints:
    wanted = pivots or (n if n <= EXACT_UP_TO else SAMPLE)
    if wanted >= n:
        return np.arange(n)
    return np.sort(np.random.default_rng(seed).choice(n, wanted, replace=False))


def _by_igraph(network: Network, starts: Ints) -> Floats:
    every = len(starts) == len(network.nodes)
    return np.array(igraph_of(network).betweenness(sources=None if every else starts.tolist()))


def _by_networkit(network: Network, starts: Ints) -> Floats:
    found = importlib.import_module("networkit").centrality.Betweenness(networkit_of(network))
    return np.array(found.run().scores()) / 2


def _by_networkx(network: Network, starts: Ints) -> Floats:
    graph = networkx_of(network)
    found = nx.betweenness_centrality_subset(graph, starts.tolist(), list(graph))
    return np.array([found[node] for node in graph])


def _by_scipy(network: Network, starts: Ints) -> Floats:
    """Sum the dependencies of Brandes over the starting nodes, many of them at a time."""
    total, adjacency = np.zeros(len(network.nodes)), network.adjacency()
    for some in blocks(starts, len(total)):
        total += _dependencies(adjacency, some)
    return total / 2


_SUMS = {"igraph": _by_igraph, "networkit": _by_networkit, "scipy": _by_scipy, "networkx": _by_networkx}


def _dependencies(adjacency: Sparse, starts: Ints) -> Floats:
    paths, distance = breadth_first(adjacency, starts)
    passing = np.zeros_like(paths)  # what passes each node on the way from each start
    for level in range(int(distance.max()), 1, -1):
        here = distance == level
        given = np.divide(1 + passing, paths, out=np.zeros_like(paths), where=here)
        passing += np.where(distance == level - 1, paths * (adjacency @ given), 0)
    return np.asarray(passing.sum(axis=1))


def _largest(network: Network) -> Floats:
    n = len(network.nodes)
    if network.mode == "one-mode":
        return np.full(n, (n - 1) * (n - 2) / 2)
    actors = sum(node.side == "actor" for node in network.nodes)
    own = {"actor": _largest_of_side(actors, n - actors), "event": _largest_of_side(n - actors, actors)}
    return np.array([own[node.side] for node in network.nodes])


def _largest_of_side(own: int, other: int) -> float:
    """Return the largest sum a node can have among `own` nodes, with `other` on the other side."""
    s, t = divmod(own - 1, other) if other else (0, 0)
    return (other**2 * (s + 1) ** 2 + other * (s + 1) * (2 * t - s - 1) - t * (2 * s - t + 3)) / 2


def _sampled(used: int, nodes: int) -> Note:
    return Note(
        f"Skattat från {used} av {nodes} startnoder: räkna med fel upp till en tiondel av det högsta värdet.",
        f"Estimated from {used} of {nodes} starting nodes: expect errors up to a tenth of the highest value.",
    )


def _apart(parts: int) -> Note:
    return Note(
        f"Nätverket har {parts} delar utan förbindelse: måttet jämför bara inom varje del.",
        f"The network has {parts} components: betweenness compares only within each of them.",
    )
