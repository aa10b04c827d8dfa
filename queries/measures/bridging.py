"""Who stands between dense parts: betweenness of those whose partners have many partners themselves."""

import numpy as np

from queries.engines import ENGINE
from queries.measure import Column, Fact, Measure, MeasureResult, Value, require, result
from queries.measures.betweenness import PIVOTS, SEED, between
from queries.network import Network
from queries.triangles import node_sums, require_one_mode

INTERMEDIARIES = ("science-park", "cluster", "incubator")
_TOP = 0.1  # the share of the nodes that counts as the top

MEASURE = Measure(
    name="bridging",
    title_sv="Broposition",
    title_en="Bridging centrality",
    summary_sv="Förmedling gånger brokoefficient: hög för den som ligger mellan täta delar av nätverket.",
    summary_en="Betweenness times bridging coefficient: high for who lies between dense parts.",
    parameters=(
        PIVOTS,
        SEED,
        ENGINE,
    ),
)


def measure(network: Network, pivots: int = 0, seed: int = 0, engine: str = "auto") -> MeasureResult:
    """Multiply each node's betweenness by how much its partners outnumber it in partners.

    Idea: a hub has high betweenness in the midst of things. A bridge has few partners, each at home in a
    dense part of its own. Science parks, clusters and incubators are meant to be that, so their places
    are told of.

    Formula: B_i = b_i psi_i with the bridging coefficient psi_i = (1 / d_i) / sum over partners j of 1 / d_j,
    where b_i is the normalised betweenness and d the number of partners. Rank 1 is the highest; of equal
    values all have the best rank.

    Parameters: pivots, seed and engine, as in `betweenness`.

    Odd input: an isolate has no value. Two-mode networks are refused: their events are all between.

    Reference: Hwang, Cho, Zhang and Ramanathan (2006), Bridging centrality: identifying bridging nodes in
    scale-free networks, KDD 2006.

    >>> rows = [{"actor": a, "event": e} for a, e in ("ap", "bp", "cp", "cq", "dq", "dr", "er", "fr")]
    >>> found = measure(Network.from_rows("example", rows, "one-mode"))
    >>> [(key, round(value, 4)) for key, _, value in found.values if value]
    [('c', 0.15), ('d', 0.15)]
    """
    require(MEASURE, network, nodes=3, edges=2)
    require_one_mode(MEASURE, network)
    found = between(network, pivots, seed, engine)
    n, degrees = len(network.nodes), node_sums(network, np.ones(len(network.sources)))
    inverse = np.divide(1, degrees, out=np.zeros(n), where=degrees > 0)
    around = np.bincount(network.sources, inverse[network.targets], n)
    around = around + np.bincount(network.targets, inverse[network.sources], n)
    coefficient = np.divide(inverse, around, out=np.zeros(n), where=around > 0)
    product = found.shares * coefficient
    there = degrees > 0
    rank = np.searchsorted(np.sort(-np.round(product[there], 12)), -np.round(product, 12)) + 1
    values: list[Value] = [float(v) if t else None for v, t in zip(product, there, strict=True)]
    return result(
        MEASURE,
        network,
        values,
        engine=found.engine,
        parameters=found.parameters,
        columns=[
            Column("rank", "Plats", "Rank", _or_none(rank.tolist(), there.tolist())),
            Column(
                "coefficient",
                "Brokoefficient",
                "Bridging coefficient",
                _or_none(coefficient.tolist(), there.tolist()),
            ),
        ],
        facts=_intermediaries(network, rank.tolist(), values),
        notes=found.notes,
    )


def _or_none(values: list[float], there: list[bool]) -> tuple[Value, ...]:
    return tuple(value if known else None for value, known in zip(values, there, strict=True))


def _intermediaries(network: Network, rank: list[int], values: list[Value]) -> list[Fact]:
    """Tell of those that are meant to be bridges; one of value 0 is none, whatever its rank."""
    ours = [
        (place, value)
        for node, place, value in zip(network.nodes, rank, values, strict=True)
        if value is not None and set((node.kind or "").split("|")) & set(INTERMEDIARIES)
    ]
    if not ours:
        return []
    top = max(1, int(sum(value is not None for value in values) * _TOP))
    bridges = [place for place, value in ours if value]
    facts = [
        Fact("intermediaries", "Mellanaktörer med partner", "Intermediaries with partners", len(ours)),
        Fact("bridging_intermediaries", "Varav broar", "Of them bridges", len(bridges)),
        Fact(
            "intermediaries_in_top_tenth",
            "Varav i den översta tiondelen",
            "Of them in the top tenth",
            sum(place <= top for place in bridges),
        ),
    ]
    best = ("best_rank_of_intermediary", "Bästa mellanaktörens plats", "Best rank of one")
    return [*facts, Fact(*best, min(bridges))] if bridges else facts
