"""How few steps it is from each node to the others."""

import importlib

import networkx as nx
import numpy as np

from queries.engines import ENGINE, igraph_of, networkit_of, networkx_of, pick
from queries.measure import Measure, MeasureResult, Note, require, result
from queries.network import Floats, Ints, Network
from queries.paths import distances, others, parts, require_all_pairs

KNOWN = ("igraph", "networkit", "scipy", "networkx")

MEASURE = Measure(
    name="closeness",
    title_sv="Närhet (closeness)",
    title_en="Closeness",
    summary_sv="Hur få steg det är till alla andra, gånger den andel av nätverket som alls kan nås.",
    summary_en="How few steps it is to all others, times the share of the network that can be reached.",
    parameters=(ENGINE,),
)


def measure(network: Network, engine: str = "auto") -> MeasureResult:
    """Compute the closeness of each node, improved for networks of several parts.

    Idea: whoever has few steps to all others hears of things early. Where some cannot be reached the mean
    distance alone would flatter small parts; so it is multiplied by the share that can be reached.

    Formula: C_i = (r_i / (N - 1)) (m_i / D_i), where r_i is how many others i can reach of the N nodes,
    D_i is the sum of its distances to them in steps, and m_i is the smallest sum possible: r_i; in a
    two-mode network o_i + 2 s_i with o_i of the reached on the other side and s_i on i's own side.

    Parameters: engine, the library that computes. Every library gives D_i; the rest is ours, so that all
    give the same.

    Odd input: an isolate reaches nobody and has 0. A single node is refused, and so are more than 20,000
    nodes. Several parts are told in a note. Weights are left out: they are no distances.

    Reference: Freeman (1979), Social Networks 1, 215-239; several parts: Wasserman and Faust (1994), Social
    Network Analysis, chapter 5; two-mode: Borgatti and Everett (1997), Social Networks 19, 243-269.

    >>> rows = [{"actor": a, "event": e} for a, e in ("ap", "bp", "bq", "cq", "dr")]
    >>> found = measure(Network.from_rows("example", rows, "one-mode"))
    >>> [(key, round(value, 4)) for key, _, value in found.values]
    [('a', 0.4444), ('b', 0.6667), ('c', 0.4444), ('d', 0.0)]
    """
    require(MEASURE, network, nodes=2)
    require_all_pairs(MEASURE, network)
    n = len(network.nodes)
    chosen = pick("closeness", engine, KNOWN, n)
    own, other = others(network, parts(network))
    sums = np.rint(_SUMS[chosen](network, own + other))
    values = (own + other) / (n - 1) * (other + 2 * own) / np.maximum(sums, 1)
    many = len(network.components)
    notes = [_apart(many)] if many > 1 else []
    return result(MEASURE, network, values.tolist(), engine=chosen, notes=notes)


def _by_igraph(network: Network, reached: Ints) -> Floats:
    found = np.array(igraph_of(network).closeness(normalized=False))
    return _by(1, found, reached)


def _by_networkit(network: Network, reached: Ints) -> Floats:
    kinds = importlib.import_module("networkit").centrality
    run = kinds.Closeness(networkit_of(network), True, kinds.ClosenessVariant.GENERALIZED).run()
    found = np.array(run.scores()) * (len(reached) - 1)
    return _by(reached**2, found, reached)


def _by_networkx(network: Network, reached: Ints) -> Floats:
    graph = networkx_of(network)
    found = nx.closeness_centrality(graph, wf_improved=False)
    values = np.array([found[node] for node in graph])
    return _by(reached, values, reached)


def _by_scipy(network: Network, reached: Ints) -> Floats:
    sums = [np.maximum(block, 0).sum(axis=0) for block in distances(network)]
    return np.concatenate(sums).astype(np.float64)


def _by(above: Ints | int, below: Floats, reached: Ints) -> Floats:
    return np.asarray(np.divide(above, below, out=np.zeros(len(below)), where=reached > 0))


_SUMS = {"igraph": _by_igraph, "networkit": _by_networkit, "networkx": _by_networkx, "scipy": _by_scipy}


def _apart(many: int) -> Note:
    return Note(
        f"Nätverket har {many} delar utan förbindelse: närheten är nedräknad med den andel som kan nås.",
        f"The network has {many} components: closeness is scaled down by the share that can be reached.",
    )
