"""How closed the circle around each node is: Burt's constraint."""

import networkx as nx
import numpy as np

from queries.engines import ENGINE, igraph_of, networkx_of, pick
from queries.measure import Measure, MeasureResult, Note, require, result
from queries.network import Floats, Network, Weight
from queries.triangles import node_sums, require_one_mode, triangles
from queries.weighting import weighting

KNOWN = ("scipy", "igraph", "networkx")

MEASURE = Measure(
    name="constraint",
    title_sv="Inlåsning (Burts constraint)",
    title_en="Burt's constraint",
    summary_sv="Hur mycket nodens partner också hänger ihop med varandra; lågt värde tyder på en mäklare.",
    summary_en="How far a node's partners are tied to each other as well; a low value suggests a broker.",
    parameters=(weighting("none"), ENGINE),
    order="lowest first",
)


def measure(network: Network, weight: Weight = "none", engine: str = "auto") -> MeasureResult:
    """Compute Burt's constraint of each node.

    Idea: a node whose partners do not know each other sits over a structural hole and can carry things
    across. Constraint says how much of a node's work leads, directly or through others, back to the same
    partner: low for a broker, high inside one closed circle.

    Formula: c_i = sum over partners j of i of (p_ij + sum over q of p_iq p_qj)^2 with
    p_ij = w_ij / sum over k of w_ik. w_ij is the weight of the edge between i and j; p_ij is the share of
    i's work that goes to j; q runs over the nodes other than i and j.

    Parameters: weight, what w_ij is: the number of shared events (count), Newman's share of them
    (newman), the money (amount), or 1 (none); engine, the library that computes.

    Odd input: an isolate has no partners, its constraint is undefined (None, counted in a note). With one
    partner it is 1: such a node is never a broker. In small closed circles it can be above 1. In a
    two-mode network partners are never tied to each other: refused.

    Reference: Burt (1992), Structural Holes, Harvard University Press, chapter 2;
    Borgatti (1997), Structural holes: unpacking Burt's redundancy measures, Connections 20, 35-38.

    >>> rows = [{"actor": a, "event": e} for a, e in ("ap", "bp", "bq", "cq", "dr")]
    >>> found = measure(Network.from_rows("example", rows, "one-mode"))
    >>> [(key, value) for key, _, value in found.values]
    [('a', 1.0), ('b', 0.5), ('c', 1.0), ('d', None)]
    """
    require(MEASURE, network, nodes=2, edges=1)
    require_one_mode(MEASURE, network)
    chosen = pick("constraint", engine, KNOWN, len(network.nodes))
    weights = network.weights(weight)
    found = _CONSTRAINT[chosen](network, weights)
    defined = (node_sums(network, weights) > 0).tolist()
    alone = defined.count(False)
    return result(
        MEASURE,
        network,
        [value if known else None for value, known in zip(found.tolist(), defined, strict=True)],
        engine=chosen,
        parameters={"weight": weight},
        notes=[_undefined(alone)] if alone else [],
    )


def _by_scipy(network: Network, weights: Floats) -> Floats:
    """Gather, for each edge, what leads to its other end through the triangles on it."""
    m = len(weights)
    total = node_sums(network, weights)
    share = 1 / np.where(total > 0, total, 1)
    through = np.zeros(m)  # sum over q of w_iq w_qj / s_q, the same from both ends
    for a, b, c, ab, ac, bc in triangles(network):
        for q, ij, iq, qj in ((c, ab, ac, bc), (b, ac, ab, bc), (a, bc, ab, ac)):
            through += np.bincount(ij, weights=weights[iq] * weights[qj] * share[q], minlength=m)
    squares = (weights + through) ** 2
    return node_sums(network, squares) * share**2


def _by_igraph(network: Network, weights: Floats) -> Floats:
    return np.array(igraph_of(network).constraint(weights=weights.tolist()))


def _by_networkx(network: Network, weights: Floats) -> Floats:
    graph = networkx_of(network, weights)
    found = nx.constraint(graph, weight="weight")
    return np.array([found[node] for node in graph])


_CONSTRAINT = {"scipy": _by_scipy, "igraph": _by_igraph, "networkx": _by_networkx}


def _undefined(many: int) -> Note:
    return Note(
        f"{many} {'nod' if many == 1 else 'noder'} utan partner har inget värde: måttet är odefinierat där.",
        f"{many} {'node' if many == 1 else 'nodes'} without partners "
        f"{'has' if many == 1 else 'have'} no value: it is undefined there.",
    )
