"""Which nodes work more with each other than with the rest: communities by modularity, over many runs."""

from collections import Counter

import numpy as np

from queries.engines import ENGINE, pick
from queries.measure import Column, Fact, Measure, MeasureResult, Note, Parameter, Value, require, result
from queries.network import Floats, Ints, Network, Weight
from queries.partitions import Divider, Method, modularity
from queries.weighting import weighting

RUNS = 10
UNSURE_BELOW = 0.8  # mean agreement of the runs under which a note warns

MEASURE = Measure(
    name="communities",
    title_sv="Grupper",
    title_en="Communities",
    summary_sv="Vilka noder som samarbetar mer med varandra än med övriga, och hur säkert det är.",
    summary_en="Which nodes work more with each other than with the rest, and how surely.",
    parameters=(
        weighting("count"),
        Parameter(
            name="runs",
            default=RUNS,
            summary_sv="Antal körningar, var och en med eget frö och egen ordning på noderna.",
            summary_en="How many runs, each with a seed and an order of the nodes of its own.",
            at_least=1,
            at_most=200,
        ),
        Parameter(
            name="resolution",
            default=1.0,
            summary_sv="Över 1 ger fler och mindre grupper, under 1 färre och större.",
            summary_en="Above 1 gives more and smaller groups, below 1 fewer and larger ones.",
            at_least=0.01,
        ),
        Parameter(
            name="seed",
            default=0,
            summary_sv="Frö för den första körningen.",
            summary_en="Seed of the first run.",
            at_least=0,
        ),
        Parameter(
            name="method",
            default="louvain",
            summary_sv="louvain eller leiden; leiden håller ihop varje grupp, men finns bara i igraph.",
            summary_en="louvain or leiden; leiden keeps each community connected, but is igraph's only.",
            choices=("louvain", "leiden"),
        ),
        ENGINE,
    ),
    order="lowest first",
    groups=True,
)


def measure(
    network: Network,
    weight: Weight = "count",
    runs: int = RUNS,
    resolution: float = 1.0,
    seed: int = 0,
    method: Method = "louvain",
    engine: str = "auto",
) -> MeasureResult:
    """Divide the nodes into communities and say how stable the division is.

    Idea: Louvain and Leiden move nodes between groups as long as modularity grows; where that ends depends
    on chance and on the order of the nodes. So it runs many times, with another seed and order each time,
    and the run that agrees most with all the others is reported. Each node gets its own stability: how
    often, over all runs, it is together with the others of its community.

    Formula: Q = sum over communities c of (L_c / m - r (D_c / 2m)^2), where m is the sum of all weights,
    L_c that of the edges inside c, D_c the sum of the strengths of c's nodes and r the resolution.
    Agreement of two runs: adjusted Rand index, 1 when equal, about 0 when no better than chance.
    Stability of node i in community C: mean over the other j in C of the share of runs with i and j
    together; for a community of one node, the share of runs in which it is alone.

    Parameters: weight, as in `constraint`; runs; resolution r; seed of the first run; method; engine
    (runs of igraph and of networkx differ, as their chances do).

    Labels: the largest community is 1; of equal ones the one with the first label in the alphabet.

    Odd input: without edges there is nothing to divide: refused. Each isolate is its own community. Low
    agreement is said in a note, and so is a two-mode network, whose edges this modularity does not expect.

    Reference: Blondel, Guillaume, Lambiotte and Lefebvre (2008), Fast unfolding of communities in large
    networks, J. Stat. Mech. P10008; Traag, Waltman and van Eck (2019), From Louvain to Leiden, Scientific
    Reports 9, 5233; Newman (2004), Physical Review E 70, 056131; Hubert and Arabie (1985),
    Comparing partitions, J. Classification 2, 193-218.

    >>> rows = [{"actor": a, "event": e} for a, e in ("ap", "bp", "cp", "cq", "dq", "dr", "er", "fr")]
    >>> found = measure(Network.from_rows("example", rows, "one-mode"))
    >>> [(key, value) for key, _, value in found.values]
    [('a', 1), ('b', 1), ('c', 1), ('d', 2), ('e', 2), ('f', 2)]
    """
    require(MEASURE, network, nodes=2, edges=1)
    values, known = network.weights(weight), ("igraph", "networkx") if method == "louvain" else ("igraph",)
    chosen_engine = pick(MEASURE.name, engine, known, len(network.nodes))
    divider = Divider(network, values, chosen_engine, method, resolution)
    found = np.array([divider.labels(seed + run) for run in range(runs)])
    agreement = _agreement(found)
    scores = np.array([modularity(network, values, labels, resolution) for labels in found])
    chosen = found[_best(agreement, scores, found)]
    mean = float(agreement[np.triu_indices(runs, k=1)].mean()) if runs > 1 else None
    stability: tuple[Value, ...] = tuple(float(v) for v in _together(found, chosen)) if runs > 1 else ()
    return result(
        MEASURE,
        network,
        [int(label) for label in chosen],
        engine=chosen_engine,
        parameters={
            "weight": weight,
            "runs": runs,
            "resolution": resolution,
            "seed": seed,
            "method": method,
        },
        columns=[Column("stability", "Stabilitet", "Stability", stability)] if stability else [],
        facts=_facts(chosen, modularity(network, values, chosen, resolution), scores, mean),
        notes=_notes(network, mean),
    )


def _agreement(found: Ints) -> Floats:
    runs = len(found)
    table = np.eye(runs)
    for a in range(runs):
        for b in range(a):
            table[a, b] = table[b, a] = _adjusted_rand(found[a], found[b])
    return table


def _adjusted_rand(one: Ints, other: Ints) -> float:
    """Return the agreement of two divisions beyond chance; 1 when both are the same trivial one."""
    both = _pairs(one * (int(other.max()) + 1) + other)
    first, second = _pairs(one), _pairs(other)
    expected = first * second / (len(one) * (len(one) - 1) / 2)
    largest = (first + second) / 2
    return (both - expected) / (largest - expected) if largest != expected else 1.0


def _pairs(labels: Ints) -> float:
    sizes = np.unique(labels, return_counts=True)[1]
    return float((sizes * (sizes - 1) / 2).sum())


def _best(agreement: Floats, scores: Floats, found: Ints) -> int:
    """Return the run that agrees most with the others; ties by modularity, then by the labels."""
    mean, height = np.round(agreement.mean(axis=1), 12), np.round(scores, 12)
    return min(range(len(found)), key=lambda at: (-mean[at], -height[at], found[at].tolist()))


def _together(found: Ints, chosen: Ints) -> Floats:
    sizes = np.bincount(chosen)[chosen]
    share = np.zeros(len(chosen))
    for labels in found:
        pair = chosen * (int(labels.max()) + 1) + labels
        mates = _count(pair)
        alone = _count(labels) == 1
        share += np.where(sizes > 1, (mates - 1) / np.maximum(sizes - 1, 1), alone)
    return share / len(found)


def _count(labels: Ints) -> Ints:
    _, place, counts = np.unique(labels, return_inverse=True, return_counts=True)
    return counts[place]


def _facts(chosen: Ints, score: float, scores: Floats, mean: float | None) -> list[Fact]:
    facts = [
        Fact("communities", "Antal grupper", "Communities", int(chosen.max())),
        Fact("modularity", "Modularitet", "Modularity", score),
        Fact("modularity_lowest", "Lägsta modularitet", "Lowest modularity", float(scores.min())),
        Fact("modularity_highest", "Högsta modularitet", "Highest modularity", float(scores.max())),
    ]
    if mean is not None:
        facts.append(Fact("agreement", "Körningarnas samstämmighet", "Agreement of the runs", mean))
    return facts


def _notes(network: Network, mean: float | None) -> list[Note]:
    notes = []
    if mean is None:
        notes.append(
            Note(
                "En enda körning säger inget om hur stabila grupperna är; ange runs=10.",
                "One run says nothing about how stable the communities are; give runs=10.",
            )
        )
    elif mean < UNSURE_BELOW:
        notes.append(
            Note(
                f"Körningarna ger olika grupper (samstämmighet {mean:.2f}): läs dem som ett förslag.",
                f"The runs give different communities (agreement {mean:.2f}): read them as a suggestion.",
            )
        )
    if alone := Counter(len(part) for part in network.components)[1]:
        notes.append(
            Note(
                f"{alone} {'nod' if alone == 1 else 'noder'} utan kanter är "
                f"{'en egen grupp' if alone == 1 else 'var sin grupp'}.",
                f"{alone} {'node' if alone == 1 else 'nodes'} without edges "
                f"{'is a community' if alone == 1 else 'are communities'} alone.",
            )
        )
    if network.mode == "two-mode":
        notes.append(
            Note(
                "Modulariteten väntar sig kanter mellan alla noder; jämför den inte med andra nätverks.",
                "This modularity expects edges between all nodes; do not compare it with other networks.",
            )
        )
    return notes
