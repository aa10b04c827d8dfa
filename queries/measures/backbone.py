"""Which edges matter to at least one of their ends: the backbone by the disparity filter."""

import numpy as np

from queries.measure import (
    Column,
    Fact,
    Measure,
    MeasureResult,
    Note,
    Parameter,
    Table,
    Value,
    require,
    result,
)
from queries.network import Floats, Network, Weight
from queries.triangles import node_sums
from queries.weighting import weighting

_SHOWN = 100  # edges in the table, the surest first

MEASURE = Measure(
    name="backbone",
    title_sv="Stomme",
    title_en="Backbone",
    summary_sv="Hur många av nodens kanter som är för tunga för att vara slump (disparitetsfiltret).",
    summary_en="How many of a node's edges are too heavy to be chance (the disparity filter).",
    parameters=(
        weighting("count", "none"),
        Parameter(
            name="alpha",
            default=0.05,
            summary_sv="Hur sannolik en så tung kant högst får vara av slump.",
            summary_en="How likely by chance an edge so heavy may be at most.",
            at_least=0.0,
            at_most=1.0,
        ),
    ),
)


def measure(network: Network, weight: Weight = "count", alpha: float = 0.05) -> MeasureResult:
    """Count the edges of each node that stay in the backbone.

    Idea: of a node that gives most of its work to one partner, that edge says something; of one that
    spreads itself evenly, none does. What is kept is heavy for one of its ends, so small and large nodes
    both keep their ties. Pictures of large networks are drawn of it.

    Formula: alpha_ij = (1 - w_ij / s_i)^(k_i - 1), the chance that one of the k_i edges of i gets so large a
    share if the strength s_i is dealt out at random; an edge is kept if the smaller of alpha_ij and
    alpha_ji is below alpha. A node with one edge cannot tell it from chance: alpha_ij is 1.

    Parameters: weight, how edges count; alpha, between 0 and 1.

    Odd input: without edges refused. Edges that all weigh the same are hardly ever kept.

    Reference: Serrano, Boguna and Vespignani (2009), Extracting the multiscale backbone of complex weighted
    networks, PNAS 106, 6483-6488.

    >>> rows = [{"actor": a, "event": e} for e in "pqrstuv" for a in "ab"]
    >>> rows += [{"actor": a, "event": e} for a, e in ("aw", "cw", "ax", "dx", "ay", "ey")]
    >>> found = measure(Network.from_rows("example", rows, "one-mode"))
    >>> [(key, value) for key, _, value in found.values]
    [('a', 1), ('b', 1), ('c', 0), ('d', 0), ('e', 0)]
    """
    require(MEASURE, network, nodes=2, edges=1)
    chance = significance(network, weight)
    kept = chance < alpha
    n = len(network.nodes)
    ends = np.concatenate([network.sources[kept], network.targets[kept]])
    found = np.bincount(ends, minlength=n)
    degrees = np.bincount(np.concatenate([network.sources, network.targets]), minlength=n)
    share: list[Value] = [float(f / d) if d else None for f, d in zip(found, degrees, strict=True)]
    surest = np.flatnonzero(kept)[np.argsort(chance[kept], kind="stable")][:_SHOWN]
    rows = tuple(
        (
            network.nodes[network.sources[at]].label,
            network.nodes[network.targets[at]].label,
            float(network.weights(weight)[at]),
            float(chance[at]),
        )
        for at in surest
    )
    title = ("De säkraste kanterna", "The surest edges")
    return result(
        MEASURE,
        network,
        [int(value) for value in found],
        engine="scipy",
        parameters={"weight": weight, "alpha": alpha},
        columns=[Column("share", "Andel av kanterna", "Share of the edges", tuple(share))],
        facts=[
            Fact("kept_edges", "Kanter i stommen", "Edges kept", int(kept.sum())),
            Fact("share_kept", "Andel av kanterna", "Share kept", float(kept.mean())),
            Fact("kept_nodes", "Noder i stommen", "Nodes kept", int(np.count_nonzero(found))),
        ],
        notes=[_cut(int(kept.sum()))] if kept.sum() > _SHOWN else [],
        tables=[Table("edges", *title, ("source", "target", "weight", "alpha"), rows)],
    )


def _cut(kept: int) -> Note:
    return Note(
        f"Tabellen visar de {_SHOWN} säkraste av {kept} kanter.",
        f"The table shows the {_SHOWN} surest of {kept} edges.",
    )


def significance(network: Network, weight: Weight = "count") -> Floats:
    """Return for each edge how likely one so heavy is by chance, by the end to which it matters more."""
    values = network.weights(weight)
    sums = node_sums(network, values)
    degrees = node_sums(network, np.ones(len(values)))
    chances = [
        np.power(np.clip(1 - values / sums[ends], 0, 1), degrees[ends] - 1)
        for ends in (network.sources, network.targets)
    ]
    return np.minimum(*chances)
