"""How many of each node's partners are not redundant: Burt's effective size."""

import networkx as nx
import numpy as np

from queries.engines import ENGINE, networkx_of, pick
from queries.measure import Column, Measure, MeasureResult, Note, Value, require, result
from queries.network import Floats, Network, Weight
from queries.triangles import node_sums, require_one_mode, triangles
from queries.weighting import weighting

KNOWN = ("scipy", "networkx")

MEASURE = Measure(
    name="effective_size",
    title_sv="Effektiv storlek (Burt)",
    title_en="Burt's effective size",
    summary_sv="Antalet partner minus dem som noden ändå når genom andra partner: hur många skilda kretsar.",
    summary_en="The number of partners less those reached through other partners anyway: separate circles.",
    parameters=(weighting("none"), ENGINE),
)


def measure(network: Network, weight: Weight = "none", engine: str = "auto") -> MeasureResult:
    """Compute Burt's effective size of each node's circle.

    Idea: ten partners that all work with each other bring about as much news as one. Effective size takes
    from each partner the part of it that the node reaches through its other partners.

    Formula: e_i = sum over partners j of i of (1 - sum over q of p_iq m_jq), with
    p_iq = w_iq / sum over k of w_ik and m_jq = w_jq / max over k of w_jk. w_ij is the weight of the edge
    between i and j; p_iq is the share of i's work that goes to q; m_jq is j's tie to q against j's
    strongest; q runs over the nodes other than i and j. Without weights it is d_i - 2 t_i / d_i for d_i
    partners with t_i ties among them. The column efficiency is e_i / d_i.

    Parameters: weight, what w_ij is: the number of shared events (count), Newman's share of them (newman),
    the money (amount), or 1 (none); engine, the library that computes. networkx is asked node by node: its
    way for all nodes at once is wrong with weights (its issue 8906).

    Odd input: an isolate has no partners, its value is undefined (None, counted in a note). With one
    partner it is 1. In a two-mode network partners are never tied to each other: refused.

    Reference: Burt (1992), Structural Holes, Harvard University Press, chapter 2;
    Borgatti (1997), Structural holes: unpacking Burt's redundancy measures, Connections 20, 35-38.

    >>> rows = [{"actor": a, "event": e} for a, e in ("ap", "bp", "cp", "cq", "dq", "er")]
    >>> found = measure(Network.from_rows("example", rows, "one-mode"))
    >>> [(key, value and round(value, 4)) for key, _, value in found.values]
    [('a', 1.0), ('b', 1.0), ('c', 2.3333), ('d', 1.0), ('e', None)]
    """
    require(MEASURE, network, nodes=2, edges=1)
    require_one_mode(MEASURE, network)
    chosen = pick("effective_size", engine, KNOWN, len(network.nodes))
    weights = network.weights(weight)
    size = node_sums(network, (weights > 0).astype(np.float64))
    found = _by_networkx(network, weights) if chosen == "networkx" else _by_scipy(network, weights, size)
    defined = (size > 0).tolist()
    values = [value if known else None for value, known in zip(found.tolist(), defined, strict=True)]
    efficiency = (found / np.maximum(size, 1)).tolist()
    column: list[Value] = [value if known else None for value, known in zip(efficiency, defined, strict=True)]
    alone = defined.count(False)
    return result(
        MEASURE,
        network,
        values,
        engine=chosen,
        parameters={"weight": weight},
        columns=[Column("efficiency", "Effektivitet", "Efficiency", tuple(column))],
        notes=[_undefined(alone)] if alone else [],
    )


def _by_scipy(network: Network, weights: Floats, size: Floats) -> Floats:
    """Take from the number of partners what each triangle makes redundant at its three corners."""
    total = node_sums(network, weights)
    strongest = np.zeros(len(size))
    for ends in (network.sources, network.targets):
        np.maximum.at(strongest, ends, weights)
    share = 1 / np.where(total > 0, total, 1)
    most = 1 / np.where(strongest > 0, strongest, 1)
    redundant = np.zeros(len(size))
    for a, b, c, ab, ac, bc in triangles(network):
        for i, j, q, ij, iq, jq in ((a, b, c, ab, ac, bc), (b, a, c, ab, bc, ac), (c, a, b, ac, bc, ab)):
            parts = weights[jq] * (weights[iq] * most[j] + weights[ij] * most[q]) * share[i]
            redundant += np.bincount(i, weights=parts, minlength=len(size))
    return np.asarray(size - redundant)


def _by_networkx(network: Network, weights: Floats) -> Floats:
    graph = networkx_of(network, weights)
    found = nx.effective_size(graph, nodes=list(graph), weight="weight")
    return np.array([found[node] for node in graph])


def _undefined(many: int) -> Note:
    return Note(
        f"{many} {'nod' if many == 1 else 'noder'} utan partner har inget värde: måttet är odefinierat där.",
        f"{many} {'node' if many == 1 else 'nodes'} without partners "
        f"{'has' if many == 1 else 'have'} no value: it is undefined there.",
    )
