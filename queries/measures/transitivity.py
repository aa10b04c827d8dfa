"""How often the partner of a partner is a partner: closed groups at each node and in the whole network."""

import numpy as np

from queries.engines import ENGINE, pick
from queries.measure import Fact, Measure, MeasureResult, Note, Value, require, result
from queries.measures.clustering import measure as local_clustering
from queries.measures.degree import partners
from queries.network import Floats, Network, Sparse

ROWS_AT_ONCE = 500  # bounds the memory of A A

MEASURE = Measure(
    name="transitivity",
    title_sv="Slutna trianglar (transitivitet)",
    title_en="Closed triangles (transitivity)",
    summary_sv="Antalet trianglar genom noden; för hela nätverket hur ofta en partners partner är partner.",
    summary_en="The triangles through the node; for the whole network how often a partner's partner is one.",
    parameters=(ENGINE,),
)


def measure(network: Network, engine: str = "auto") -> MeasureResult:
    """Count the triangles at each node, and their share in the whole network.

    Idea: if i works with j and j with k, do i and k work together? The mean of `clustering` counts each
    node alike; transitivity counts each pair of partners alike, so that nodes of many partners weigh more.

    Formula: the value of i is t_i, the triangles through it; for the network
    T = sum of t_i / sum of d_i (d_i - 1) / 2, where d_i is the number of partners of i.
    In a two-mode network no triangle is possible: t_i is then the number of closed four-cycles (two actors
    that meet in two events) through i, and T = 4 c / l, where c is the number of four-cycles and l that of
    paths of three edges, the sum over edges (i, j) of (d_i - 1)(d_j - 1).

    Parameters: engine, the library that counts triangles; four-cycles are counted by scipy only.

    Odd input: an isolate has 0. Where no node has two partners (no path of three edges in two modes) T is
    undefined: the fact is left out, and a note says so. No nodes are refused.

    Reference: Wasserman and Faust (1994), Social Network Analysis, chapter 6; Newman (2001), Physical Review
    E 64, 016131; two-mode: Robins and Alexander (2004), Small worlds among interlocking directors,
    Computational and Mathematical Organization Theory 10, 69-94.

    >>> rows = [{"actor": a, "event": e} for a, e in ("ap", "bp", "cp", "cq", "dq", "er")]
    >>> found = measure(Network.from_rows("example", rows, "one-mode"))
    >>> [(key, value) for key, _, value in found.values], found.facts[0].value
    ([('a', 1), ('b', 1), ('c', 1), ('d', 0), ('e', 0)], 0.6)
    """
    require(MEASURE, network)
    if network.mode == "two-mode":
        return _four_cycles(network, engine)
    local = local_clustering(network, engine)
    counts = local.columns[0].values
    degree = partners(network)
    pairs, closed = int((degree * (degree - 1)).sum()) // 2, sum(int(value or 0) for value in counts)
    facts = [_share(closed / pairs)] if pairs else []
    facts.append(Fact("triangles", "Trianglar", "Triangles", closed // 3))
    names = {"mean": "average_clustering", "mean_with_zeros": "average_clustering_with_zeros"}
    facts += [
        Fact(names[fact.name], f"Klustring: {fact.title_sv}", f"Clustering: {fact.title_en}", fact.value)
        for fact in local.facts
    ]
    return _result(network, counts, local.engine, facts, bool(pairs))


def _four_cycles(network: Network, engine: str) -> MeasureResult:
    pick("transitivity", engine, ("scipy",), len(network.nodes))
    counts, degree = _squares(network.adjacency()), partners(network) - 1
    squares = int(counts.sum()) // 4
    paths = int((degree[network.sources] * degree[network.targets]).sum())
    facts = [_share(4 * squares / paths)] if paths else []
    facts.append(Fact("four_cycles", "Fyrcykler", "Four-cycles", squares))
    return _result(network, tuple(counts.astype(int).tolist()), "scipy", facts, bool(paths))


def _squares(adjacency: Sparse) -> Floats:
    """Count the four-cycles through each node: pairs of the partners it shares with another node."""
    found = [np.zeros(0)]
    degree = np.diff(adjacency.indptr)
    for first in range(0, len(degree), ROWS_AT_ONCE):
        shared = adjacency[first : first + ROWS_AT_ONCE] @ adjacency
        shared.data = shared.data * (shared.data - 1) / 2
        own = degree[first : first + ROWS_AT_ONCE]
        found.append(np.asarray(shared.sum(axis=1)) - own * (own - 1) / 2)
    return np.concatenate(found)


def _share(value: float) -> Fact:
    return Fact("transitivity", "Transitivitet", "Transitivity", value)


def _result(
    network: Network, counts: tuple[Value, ...], engine: str, facts: list[Fact], defined: bool
) -> MeasureResult:
    notes = [] if defined else [_UNDEFINED]
    return result(MEASURE, network, counts, engine=engine, facts=facts, notes=notes)


_UNDEFINED = Note(
    "Inga vägar finns som kunde slutas: nätverkets transitivitet är odefinierad.",
    "There are no paths that could be closed: the transitivity of the network is undefined.",
)
