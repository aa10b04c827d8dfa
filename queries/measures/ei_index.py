"""Whether nodes work within their own group or across groups."""

import numpy as np

from queries.grouping import BY, By, grouping
from queries.measure import Fact, Measure, MeasureResult, Table, Value, require, result
from queries.network import Floats, Network, Weight
from queries.weighting import weighting

MEASURE = Measure(
    name="ei_index",
    title_sv="E-I-index",
    title_en="E-I index",
    summary_sv="Från -1 (bara inom den egna gruppen) till 1 (bara utanför den).",
    summary_en="From -1 (only within the own group) to 1 (only outside it).",
    parameters=(BY, weighting("none")),
)


def measure(network: Network, by: By = "territory", weight: Weight = "none") -> MeasureResult:
    """Compare ties that leave a group with those that stay in it.

    Idea: does a county's research meet its own companies, or those elsewhere? A group of few can hardly
    tie within itself, so the value that mixing at random would give stands beside each group's own.

    Formula: for node i, (E_i - I_i) / (E_i + I_i), where E_i sums the weights w_ij of its edges to other
    groups and I_i those to its own. For a group E and I are the sums over its nodes; for the whole network
    each edge counts once. Expected of group g if each of its nodes met any other with the same chance:
    1 - 2 (n_g - 1) / (N - 1), with n_g nodes of g among N nodes in groups.

    Parameters: by, what makes a group; weight, how edges count.

    Odd input: nodes in no group, or in several, are left out with their edges (a note counts them); a node
    without a counted edge has no value. Fewer than two groups and two-mode networks are refused.

    Reference: Krackhardt and Stern (1988), Informal networks and organizational crises, Social Psychology
    Quarterly 51, 123-140.

    >>> rows = [
    ...     {"actor": a, "actorTerritory": t, "event": e}
    ...     for a, t, e in zip("abccd", "XXYYY", "pppqq")
    ... ]
    >>> found = measure(Network.from_rows("example", rows, "one-mode"))
    >>> [(key, value) for key, _, value in found.values]
    [('a', 0.0), ('b', 0.0), ('c', 0.3333333333333333), ('d', -1.0)]
    """
    require(MEASURE, network, nodes=2, edges=1)
    groups = grouping(MEASURE, network, by)
    n, codes = len(network.nodes), groups.codes
    ends = np.stack([codes[network.sources], codes[network.targets]])
    counted = (ends >= 0).all(axis=0)
    same = counted & (ends[0] == ends[1])
    values = network.weights(weight)
    inside, outside = (_sums(network, np.where(mask, values, 0), n) for mask in (same, counted & ~same))
    many, size = len(groups.names), int(groups.sizes.sum())
    known = codes >= 0
    within, across = (np.bincount(codes[known], part[known], many) for part in (inside, outside))
    external, internal = float(values[counted & ~same].sum()), float(values[same].sum())
    pairs = size * (size - 1) / 2
    own = float((groups.sizes * (groups.sizes - 1) / 2).sum())
    rows = [
        (
            name,
            int(groups.sizes[at]),
            float(within[at]) / 2,
            float(across[at]),
            _index(float(across[at]), float(within[at])),
            _expected(int(groups.sizes[at]), size),
        )
        for at, name in enumerate(groups.names)
    ]
    facts = [
        Fact("external", "Vikt mellan grupper", "Weight between groups", external),
        Fact("internal", "Vikt inom grupper", "Weight within groups", internal),
    ]
    if (whole := _index(external, internal)) is not None:
        facts.append(Fact("ei_index", "E-I för hela nätverket", "E-I of the whole network", whole))
    facts.append(
        Fact("expected", "Väntat vid slumpvis blandning", "Expected if mixed at random", 1 - 2 * own / pairs)
    )
    return result(
        MEASURE,
        network,
        [_index(float(e), float(i)) for e, i in zip(outside, inside, strict=True)],
        engine="scipy",
        parameters={"by": by, "weight": weight},
        facts=facts,
        notes=groups.notes(),
        tables=[Table("groups", "Grupper", "Groups", _HEADER, tuple(rows))],
    )


_HEADER = ("group", "nodes", "internal", "external", "ei_index", "expected")


def _sums(network: Network, values: Floats, n: int) -> Floats:
    at_sources = np.bincount(network.sources, values, n)
    return np.asarray(at_sources + np.bincount(network.targets, values, n))


def _index(external: float, internal: float) -> Value:
    both = external + internal
    return (external - internal) / both if both else None


def _expected(own: int, size: int) -> Value:
    return 1 - 2 * (own - 1) / (size - 1) if size > 1 else None
