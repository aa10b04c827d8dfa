"""How deep in the dense middle of the network each node sits."""

import importlib

import networkx as nx
import numpy as np

from queries.engines import ENGINE, igraph_of, networkit_of, networkx_of, pick
from queries.measure import Fact, Measure, Measured, MeasureResult, require, result
from queries.network import Ints, Network
from queries.ranges import ranges

KNOWN = ("scipy", "igraph", "networkit", "networkx")

MEASURE = Measure(
    name="k_core",
    title_sv="Kärntal",
    title_en="Core number",
    summary_sv="Det största k för vilket noden hör till en grupp där alla har minst k partner i gruppen.",
    summary_en="The largest k for which the node is in a group where all have at least k partners in it.",
    parameters=(ENGINE,),
)


def measure(network: Network, engine: str = "auto") -> MeasureResult:
    """Find the core number of each node.

    Idea: take away all nodes with fewer than k partners, again and again; what stays is the k-core, a
    group that holds together. A node with many loose partners has a low core number.

    Formula: c_i = max of k such that i is in H_k, where H_k is the largest set of nodes of which each
    has at least k partners inside the set. Edges count 1, whatever their weight.

    Parameters: engine, the library that computes.

    Odd input: an isolate has 0; no nodes are refused. A single project of n actors is by itself an
    (n - 1)-core: large projects make high numbers. In a two-mode network actors and events peel together.

    Reference: Seidman (1983), Network structure and minimum degree, Social Networks 5, 269-287;
    Batagelj and Zaversnik (2003), An O(m) algorithm for cores decomposition of networks.

    >>> rows = [{"actor": a, "event": e} for a, e in ("ap", "bp", "cp", "cq", "dq", "er")]
    >>> found = measure(Network.from_rows("example", rows, "one-mode"))
    >>> [(key, value) for key, _, value in found.values]
    [('a', 2), ('b', 2), ('c', 2), ('d', 1), ('e', 0)]
    """
    require(MEASURE, network)
    chosen = pick("k_core", engine, KNOWN, len(network.nodes))
    return told(network, _CORES[chosen](network), chosen)


def told(network: Measured, cores: Ints, engine: str) -> MeasureResult:
    """Put the core numbers that an engine found together with the innermost core."""
    deepest = int(cores.max())
    return result(
        MEASURE,
        network,
        cores.tolist(),
        engine=engine,
        facts=[
            Fact("deepest_core", "Innersta kärnans k", "k of the innermost core", deepest),
            Fact(
                "nodes_in_deepest_core",
                "Noder i innersta kärnan",
                "Nodes in the innermost core",
                int(np.count_nonzero(cores == deepest)),
            ),
        ],
    )


def _by_scipy(network: Network) -> Ints:
    """Peel layer by layer: all nodes of at most k partners at once, then those that this bares."""
    adjacency = network.adjacency()
    first, partner = adjacency.indptr.astype(np.intp), adjacency.indices
    left = np.diff(first)  # partners not yet peeled
    cores, stays = np.zeros(len(left), dtype=np.intp), np.ones(len(left), dtype=bool)
    staying, k = np.arange(len(left)), 0
    while len(staying):
        k = max(k, int(left[staying].min()))
        layer = staying[left[staying] <= k]
        while len(layer):
            cores[layer], stays[layer] = k, False
            met = partner[ranges(first[layer], first[layer + 1] - first[layer])]
            near, lost = np.unique(met[stays[met]], return_counts=True)
            left[near] -= lost
            layer = near[left[near] <= k].astype(np.intp)
        staying = staying[stays[staying]]
    return cores


def _by_igraph(network: Network) -> Ints:
    return np.array(igraph_of(network).coreness(), dtype=np.intp)


def _by_networkit(network: Network) -> Ints:
    found = importlib.import_module("networkit").centrality.CoreDecomposition(networkit_of(network))
    return np.array(found.run().scores(), dtype=np.intp)


def _by_networkx(network: Network) -> Ints:
    graph = networkx_of(network)
    found = nx.core_number(graph)
    return np.array([found[node] for node in graph], dtype=np.intp)


_CORES = {"scipy": _by_scipy, "igraph": _by_igraph, "networkit": _by_networkit, "networkx": _by_networkx}
