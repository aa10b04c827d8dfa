"""How far the partners of each node are tied to each other."""

import importlib
from typing import cast

import networkx as nx
import numpy as np

from queries.engines import ENGINE, igraph_of, networkit_of, networkx_of, pick
from queries.measure import Column, Fact, Measure, MeasureResult, Note, require, result
from queries.measures.degree import partners
from queries.network import Floats, Network
from queries.triangles import count_triangles, require_one_mode

KNOWN = ("igraph", "scipy", "networkit", "networkx")

MEASURE = Measure(
    name="clustering",
    title_sv="Klustring kring noden",
    title_en="Local clustering",
    summary_sv="Andelen av nodens par av partner som samarbetar: 1 i en sluten krets, 0 mellan kretsar.",
    summary_en="The share of a node's pairs of partners that work together: 1 in a closed circle, 0 between.",
    parameters=(ENGINE,),
)


def measure(network: Network, engine: str = "auto") -> MeasureResult:
    """Compute the local clustering coefficient of each node.

    Idea: do a node's partners know each other too? Every project of three or more is a closed circle by
    itself; so in networks of projects the coefficient is high, and low values are what tells.

    Formula: C_i = t_i / (d_i (d_i - 1) / 2), where t_i is the number of triangles through i and d_i the
    number of its partners. The facts give the mean over the nodes that have a value, and the mean with 0
    for those that have none (as networkx does).

    Parameters: engine, the library that computes t_i.

    Odd input: with fewer than two partners there is no pair, and the value is undefined (None, counted in
    a note). Edges count 1, whatever their weight. A two-mode network has no triangles: refused; its
    `transitivity` is that of four-cycles.

    Reference: Watts and Strogatz (1998), Collective dynamics of 'small-world' networks, Nature 393, 440-442.

    >>> rows = [{"actor": a, "event": e} for a, e in ("ap", "bp", "cp", "cq", "dq", "er")]
    >>> found = measure(Network.from_rows("example", rows, "one-mode"))
    >>> [(key, value and round(value, 4)) for key, _, value in found.values]
    [('a', 1.0), ('b', 1.0), ('c', 0.3333), ('d', None), ('e', None)]
    """
    require(MEASURE, network)
    require_one_mode(MEASURE, network)
    chosen = pick("clustering", engine, KNOWN, len(network.nodes))
    degree = partners(network)
    pairs = degree * (degree - 1) / 2
    closed = np.rint(_TRIANGLES[chosen](network, pairs))
    defined = pairs > 0
    share = closed / np.where(defined, pairs, 1)
    undefined = int(np.count_nonzero(~defined))
    facts = [
        Fact("mean_with_zeros", "Medel, odefinierade som 0", "Mean, undefined as 0", float(share.mean()))
    ]
    if defined.any():
        mean = float(share[defined].mean())
        facts.insert(0, Fact("mean", "Medel av de definierade", "Mean of the defined", mean))
    return result(
        MEASURE,
        network,
        [value if known else None for value, known in zip(share.tolist(), defined.tolist(), strict=True)],
        engine=chosen,
        columns=[Column("triangles", "Trianglar", "Triangles", tuple(closed.astype(int).tolist()))],
        facts=facts,
        notes=[_undefined(undefined)] if undefined else [],
    )


def _by_igraph(network: Network, pairs: Floats) -> Floats:
    return np.array(igraph_of(network).transitivity_local_undirected(mode="zero")) * pairs


def _by_networkit(network: Network, pairs: Floats) -> Floats:
    found = importlib.import_module("networkit").centrality.LocalClusteringCoefficient(networkit_of(network))
    return np.array(found.run().scores()) * pairs


def _by_networkx(network: Network, pairs: Floats) -> Floats:
    graph = networkx_of(network)
    found = cast("dict[int, float]", nx.clustering(graph))
    return np.array([found[node] for node in graph]) * pairs


def _by_scipy(network: Network, pairs: Floats) -> Floats:
    return count_triangles(network).astype(np.float64)


_TRIANGLES = {"igraph": _by_igraph, "scipy": _by_scipy, "networkit": _by_networkit, "networkx": _by_networkx}


def _undefined(many: int) -> Note:
    return Note(
        f"{many} {'nod' if many == 1 else 'noder'} med färre än två partner har inget värde.",
        f"{many} {'node' if many == 1 else 'nodes'} with fewer than two partners "
        f"{'has' if many == 1 else 'have'} no value.",
    )
