"""How near each node is to the others, when some cannot be reached."""

import importlib

import networkx as nx
import numpy as np

from queries.engines import ENGINE, igraph_of, networkit_of, networkx_of, pick
from queries.measure import Measure, MeasureResult, require, result
from queries.network import Floats, Ints, Network
from queries.paths import distances, is_actor, require_all_pairs

KNOWN = ("igraph", "networkit", "scipy", "networkx")

MEASURE = Measure(
    name="harmonic",
    title_sv="Harmonisk närhet",
    title_en="Harmonic centrality",
    summary_sv="Medelvärdet av ett delat med avståndet till varje annan nod; den som inte nås ger noll.",
    summary_en="The mean of one by the distance to each other node; who cannot be reached gives zero.",
    parameters=(ENGINE,),
)


def measure(network: Network, engine: str = "auto") -> MeasureResult:
    """Compute the harmonic centrality of each node.

    Idea: like closeness, but each other node gives its own nearness, and one that cannot be reached gives
    nothing. So networks of several parts need no correction.

    Formula: H_i = (1 / m_i) sum over j other than i of 1 / d_ij, where d_ij is the length in steps of the
    shortest path between i and j (1 / d_ij is 0 without one), and m_i is the largest sum possible: N - 1
    for N nodes; in a two-mode network o_i + s_i / 2 with o_i nodes on the other side and s_i others on
    i's own side, which are two steps away at best.

    Parameters: engine, the library that computes.

    Odd input: an isolate has 0. A single node is refused, and so are more than 20,000 nodes. Weights are
    left out: they are no distances.

    Reference: Marchiori and Latora (2000), Harmony in the small-world, Physica A 285, 539-546;
    Boldi and Vigna (2014), Axioms for centrality, Internet Mathematics 10, 222-262.
    The two-mode bound follows Borgatti and Everett (1997), Social Networks 19, 243-269.

    >>> rows = [{"actor": a, "event": e} for a, e in ("ap", "bp", "bq", "cq", "dr")]
    >>> found = measure(Network.from_rows("example", rows, "one-mode"))
    >>> [(key, round(value, 4)) for key, _, value in found.values]
    [('a', 0.5), ('b', 0.6667), ('c', 0.5), ('d', 0.0)]
    """
    require(MEASURE, network, nodes=2)
    require_all_pairs(MEASURE, network)
    chosen = pick("harmonic", engine, KNOWN, len(network.nodes))
    values = _SUMS[chosen](network) / _largest(network)
    return result(MEASURE, network, values.tolist(), engine=chosen)


def _by_igraph(network: Network) -> Floats:
    return np.array(igraph_of(network).harmonic_centrality(normalized=False))


def _by_networkit(network: Network) -> Floats:
    kinds = importlib.import_module("networkit").centrality
    return np.array(kinds.HarmonicCloseness(networkit_of(network), False).run().scores())


def _by_networkx(network: Network) -> Floats:
    graph = networkx_of(network)
    found = nx.harmonic_centrality(graph)
    return np.array([found[node] for node in graph], dtype=np.float64)


def _by_scipy(network: Network) -> Floats:
    return np.concatenate([_nearness(block).sum(axis=0) for block in distances(network)])


def _nearness(steps: Ints) -> Floats:
    return np.divide(1, steps, out=np.zeros(steps.shape), where=steps > 0)


_SUMS = {"igraph": _by_igraph, "networkit": _by_networkit, "networkx": _by_networkx, "scipy": _by_scipy}


def _largest(network: Network) -> Floats:
    n = len(network.nodes)
    if network.mode == "one-mode":
        return np.full(n, n - 1.0)
    actor = is_actor(network)
    own = np.where(actor == 1, actor.sum(), n - actor.sum())
    return np.asarray(n - own + (own - 1) / 2, dtype=np.float64)
