"""Whether nodes of the same group are tied to each other more than chance would have it."""

import numpy as np

from queries.errors import MeaninglessError
from queries.grouping import BY, By, grouping
from queries.measure import Fact, Measure, MeasureResult, Table, Value, require, result
from queries.network import Network, Weight
from queries.triangles import node_sums
from queries.weighting import weighting

MEASURE = Measure(
    name="attribute_assortativity",
    title_sv="Sortering efter grupp",
    title_en="Assortativity by group",
    summary_sv="Andelen av nodens kanter som går till den egna gruppen, och hela nätverkets koefficient.",
    summary_en="The share of a node's edges that go to its own group, and the coefficient of the network.",
    parameters=(BY, weighting("none")),
)


def measure(network: Network, by: By = "territory", weight: Weight = "none") -> MeasureResult:
    """Compute Newman's assortativity coefficient by a group of nodes, and each node's share of own ties.

    Idea: if a county's organisations mostly meet their own, that may be since they have many edges. The
    coefficient compares with edges dealt out anew among the same ends: 0 is chance, 1 all within groups.

    Formula: r = (sum over g of e_gg - sum over g of a_g^2) / (1 - sum over g of a_g^2), where e_gh is the
    share of the edges' weight that joins group g with h (each edge seen from both ends) and a_g the sum
    of e_gh over h. For node i: the sum of w_ij over j in its group, by the sum of w_ij over all j in groups.

    Parameters: by, what makes a group; weight, how edges count.

    Odd input: nodes in no group, or in several, are left out with their edges (a note counts them); a node
    without a counted edge has no value. Refused are fewer than two groups, a two-mode network, and edges
    that all have both ends in one and the same group.

    Reference: Newman (2003), Mixing patterns in networks, Physical Review E 67, 026126.

    >>> rows = [
    ...     {"actor": a, "actorTerritory": t, "event": e}
    ...     for a, t, e in (("a", "X", "p"), ("b", "X", "p"), ("b", "X", "q"), ("c", "Y", "q"))
    ... ]
    >>> found = measure(Network.from_rows("example", rows, "one-mode"))
    >>> [(key, value) for key, _, value in found.values], round(found.facts[0].value, 4)
    ([('a', 1.0), ('b', 0.5), ('c', 0.0)], -0.3333)
    """
    require(MEASURE, network, nodes=2, edges=1)
    groups = grouping(MEASURE, network, by)
    values, many = network.weights(weight), len(groups.names)
    codes = groups.codes.astype(np.int32) if many**2 < 2**31 else groups.codes  # half the memory of each edge
    one, other = codes[network.sources], codes[network.targets]
    counted = (one >= 0) & (other >= 0)
    known = slice(None) if counted.all() else counted  # a copy less where all are
    pairs = (one * many + other)[known]
    mixing = np.bincount(pairs, weights=values[known], minlength=many * many).reshape(many, many)
    mixing = mixing + mixing.T
    total = mixing.sum()
    shares = mixing.sum(axis=1) / total if total else np.zeros(many)
    chance = float((shares**2).sum())
    if not total or chance >= 1 - 1e-12:
        raise MeaninglessError(
            f"The edges of the network {network.name!r} join fewer than two groups by {by}: assortativity "
            "compares groups, so at least two must have edges."
        )
    coefficient = (float(np.trace(mixing)) / total - chance) / (1 - chance)
    own, every = (
        node_sums(network, np.where(mask, values, 0)) for mask in (counted & (one == other), counted)
    )
    found: list[Value] = [float(o / e) if e else None for o, e in zip(own, every, strict=True)]
    rows = tuple(
        (
            name,
            int(groups.sizes[at]),
            float(shares[at]),
            float(mixing[at, at] / total),
            float(shares[at] ** 2),
        )
        for at, name in enumerate(groups.names)
    )
    return result(
        MEASURE,
        network,
        found,
        engine="scipy",
        parameters={"by": by, "weight": weight},
        facts=[Fact("assortativity", "Sortering", "Assortativity", float(coefficient))],
        notes=groups.notes(),
        tables=[
            Table("groups", "Grupper", "Groups", ("group", "nodes", "ends", "within", "by_chance"), rows)
        ],
    )
