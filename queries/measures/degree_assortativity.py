"""Whether nodes with many partners are tied to others with many."""

import numpy as np

from queries.errors import MeaninglessError
from queries.measure import Fact, Measure, MeasureResult, Note, Value, require, result
from queries.measures.degree import partners
from queries.network import Network

MEASURE = Measure(
    name="degree_assortativity",
    title_sv="Sortering efter antal partner",
    title_en="Assortativity by degree",
    summary_sv="Hur många partner nodens partner har i medeltal, och hela nätverkets koefficient.",
    summary_en="How many partners a node's partners have on average, and the coefficient of the network.",
)


def measure(network: Network) -> MeasureResult:
    """Correlate the numbers of partners at the two ends of the edges.

    Idea: above 0 the well connected meet the well connected; below 0 they are the hubs of those who know
    few others. A projection of large projects leans to above 0 by itself: all actors of a large project
    have many partners, namely each other. Compare with rewired networks (`samspel compare --by null`).

    Formula: Pearson's correlation of d_i and d_j over all edges, each seen from both ends, where d is the
    number of partners. For node i the mean of d_j over its partners j.

    Odd input: an isolate has no value. Refused is a network in which all ends have the same number of
    partners, where the correlation is undefined. In a two-mode network actors and events are correlated.

    Reference: Newman (2002), Assortative mixing in networks, Physical Review Letters 89, 208701.

    >>> rows = [{"actor": a, "event": e} for a, e in ("ap", "bp", "bq", "cq", "br", "dr")]
    >>> found = measure(Network.from_rows("example", rows, "one-mode"))
    >>> [(key, value) for key, _, value in found.values], round(found.facts[0].value, 6)
    ([('a', 3.0), ('b', 1.0), ('c', 3.0), ('d', 3.0)], -1.0)
    """
    require(MEASURE, network, nodes=2, edges=1)
    degrees, ends = partners(network), 2 * len(network.sources)
    values, many = (each.tolist() for each in np.unique(degrees, return_counts=True))
    squares, cubes = (
        sum(d**power * count for d, count in zip(values, many, strict=True)) for power in (2, 3)
    )
    spread = ends * cubes - squares**2  # node i is the end of d_i edges; whole numbers, so exact
    if not spread:
        raise MeaninglessError(
            f"All tied nodes of the network {network.name!r} have {values[-1]} partners: there is nothing to "
            "correlate."
        )
    n, weights = len(network.nodes), degrees.astype(np.float64)
    sums = np.bincount(network.sources, weights[network.targets], n)
    sums += np.bincount(network.targets, weights[network.sources], n)
    coefficient = (ends * int(degrees @ sums.astype(np.intp)) - squares**2) / spread
    found: list[Value] = [float(s / d) if d else None for s, d in zip(sums, degrees, strict=True)]
    return result(
        MEASURE,
        network,
        found,
        engine="scipy",
        facts=[Fact("assortativity", "Sortering", "Assortativity", coefficient)],
        notes=[_TWO_MODE] if network.mode == "two-mode" else [],
    )


_TWO_MODE = Note(
    "I ett nätverk med två slags noder jämförs aktörers antal händelser med händelsers antal aktörer.",
    "In a two-mode network actors' numbers of events are compared with events' numbers of actors.",
)
