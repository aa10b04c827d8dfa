"""Between whom each node is the go-between: the roles of Gould and Fernandez."""

import numpy as np
from scipy.sparse import csr_array

from queries.grouping import BY, By, Grouping, grouping
from queries.measure import Column, Fact, Measure, MeasureResult, require, result
from queries.network import Floats, Ints, Network
from queries.triangles import triangles

ROLES = ("coordinator", "itinerant", "gatekeeper", "liaison")
_TITLES = {
    "coordinator": ("Samordnare", "Coordinator"),
    "itinerant": ("Konsult", "Itinerant broker"),
    "gatekeeper": ("Grindvakt", "Gatekeeper"),
    "liaison": ("Förbindelse", "Liaison"),
}

MEASURE = Measure(
    name="brokerage",
    title_sv="Mellanhandsroller",
    title_en="Brokerage roles",
    summary_sv="Hur många par av partner som möts bara genom noden, efter vems grupp de hör till.",
    summary_en="How many pairs of partners meet through the node only, by whose group they belong to.",
    parameters=(BY,),
)


def measure(network: Network, by: By = "territory") -> MeasureResult:
    """Count the pairs of partners of each node that are not tied themselves, by five roles made four.

    Idea: who stands between two others can join them or hold them apart. Within its own group it
    coordinates; between two of another group it is a consultant from outside; between its own group and
    another it is a gatekeeper; between two different other groups it is a liaison.

    Formula: for node j and each pair i < k of its partners without an edge i-k, with groups g:
    coordinator g_i = g_j = g_k; itinerant (consultant) g_i = g_k != g_j; gatekeeper g_i = g_j != g_k or the
    other way round (in an undirected network the representative is the same pair seen from the other
    side); liaison all three different. The value is the sum of the roles.

    Parameters: by, what makes a group.

    Odd input: nodes in no group, or in several, neither broker nor are brokered (a note counts them); an
    isolate has 0. Each project is a clique, in which nobody brokers: only those in several projects do.
    Fewer than two groups and two-mode networks are refused.

    Reference: Gould and Fernandez (1989), Structures of mediation, Sociological Methodology 19, 89-126.

    >>> rows = [
    ...     {"actor": a, "actorTerritory": t, "event": e}
    ...     for a, t, e in (("a", "X", "p"), ("b", "X", "p"), ("b", "X", "q"), ("c", "Y", "q"))
    ... ]
    >>> found = measure(Network.from_rows("example", rows, "one-mode"))
    >>> [(key, value) for key, _, value in found.values], found.columns[2].values
    ([('a', 0), ('b', 1), ('c', 0)], (0, 1, 0))
    """
    require(MEASURE, network, nodes=3, edges=2)
    groups = grouping(MEASURE, network, by)
    roles = _all_pairs(network, groups) - _closed_pairs(network, groups)
    roles = np.rint(roles).astype(np.intp)
    known = groups.codes >= 0
    total = roles.sum(axis=0)
    columns = [
        Column(
            role,
            *_TITLES[role],
            tuple(int(v) if k else None for v, k in zip(roles[at], known, strict=True)),
        )
        for at, role in enumerate(ROLES)
    ]
    facts = [Fact(role, *_TITLES[role], int(roles[at].sum())) for at, role in enumerate(ROLES)]
    brokers = Fact("brokers", "Mellanhänder", "Brokers", int(np.count_nonzero(total)))
    return result(
        MEASURE,
        network,
        [int(value) if there else None for value, there in zip(total, known, strict=True)],
        engine="scipy",
        parameters={"by": by},
        columns=columns,
        facts=[brokers, *facts],
        notes=groups.notes(),
    )


def _all_pairs(network: Network, groups: Grouping) -> Floats:
    """Return roles × nodes: all pairs of partners, tied or not, counted by the partners' groups."""
    n, codes, many = len(network.nodes), groups.codes, len(groups.names)
    ends = np.concatenate([network.sources, network.targets])
    others = np.concatenate([network.targets, network.sources])
    counted = (codes[ends] >= 0) & (codes[others] >= 0)
    ends, others = ends[counted], others[counted]
    met = csr_array((np.ones(len(ends)), (ends, codes[others])), shape=(n, many))
    degree = np.asarray(met.sum(axis=1), dtype=np.float64)
    same = np.asarray((met.power(2).sum(axis=1) - degree) / 2, dtype=np.float64)
    own = np.bincount(ends[codes[ends] == codes[others]], minlength=n).astype(np.float64)
    within = own * (own - 1) / 2
    away = degree - own
    return np.stack([within, same - within, own * away, away * (away - 1) / 2 - (same - within)])


def _closed_pairs(network: Network, groups: Grouping) -> Floats:
    """Return roles × nodes: the pairs that are tied themselves, one a corner of each triangle."""
    n, codes = len(network.nodes), groups.codes
    found = np.zeros((len(ROLES), n))
    for some in triangles(network):
        corners = (some.a, some.b, some.c)
        known = np.logical_and.reduce([codes[corner] >= 0 for corner in corners])
        a, b, c = (corner[known] for corner in corners)
        for j, i, k in ((a, b, c), (b, a, c), (c, a, b)):
            role = _role(codes[i], codes[j], codes[k])
            for at in range(len(ROLES)):
                found[at] += np.bincount(j[role == at], minlength=n)
    return found


def _role(i: Ints, j: Ints, k: Ints) -> Ints:
    apart = np.where((i == j) | (k == j), 2, 3)
    return np.where(i == k, np.where(i == j, 0, 1), apart)
