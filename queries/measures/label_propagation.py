"""Which nodes share a label after each has taken that of its closest partners, round by round."""

import numpy as np

from queries.engines import ENGINE, pick
from queries.measure import Column, Fact, Measure, Measured, MeasureResult, Note, require, result
from queries.network import Floats, Ints, Network, Weight
from queries.partitions import modularity
from queries.weighting import weighting

KNOWN = ("scipy",)
GRAIN = 1_000_000  # votes are whole numbers of so many to a weight of 1, so that all engines sum them alike
ROUNDS = 200

MEASURE = Measure(
    name="label_propagation",
    title_sv="Grupper genom spridning",
    title_en="Communities by propagation",
    summary_sv="Grupper där var och en är där de flesta av dess partner är; även för mycket stora nätverk.",
    summary_en="Groups in which each node is where most of its partners are; for very large networks too.",
    parameters=(weighting("count"), ENGINE),
    order="lowest first",
    groups=True,
)


def measure(network: Network, weight: Weight = "count", engine: str = "auto") -> MeasureResult:
    """Give each node the label that weighs most among its partners, until none changes.

    Idea: who works together ends with one label. Nothing is optimised, and what one label spreads over may
    be most of a dense network: `communities` divides better. But a round reads each edge once, in any
    engine, so this goes where those cannot.

    Formula: at first l_i = i. In a round half of the nodes take l_i = argmax over l of the sum of
    round(10^6 w_ij) over the partners j with l_j = l; a node keeps its label if it is among the best, and
    takes the smallest of the best else. Round 2b and 2b + 1 are of the nodes whose number has 0 and 1 as
    its bit b mod B, where B is the number of bits: so any two neighbours take turns, and none can change
    labels for ever. The modularity Q of the result is as in `communities`, with resolution 1.

    Parameters: weight, what w_ij is; engine, the library that computes.

    Labels: the largest community is 1; of equal ones the one with the first node.

    Odd input: an isolate is a community alone; without edges there is nothing to divide: refused. There is
    no chance in it: the same network gives the same communities, but other ids of nodes may give others. If
    labels still change after 200 rounds, a note says so.

    Reference: Raghavan, Albert and Kumara (2007), Near linear time algorithm to detect community structures
    in large-scale networks, Physical Review E 76, 036106; in turns: Cordasco and Gargano (2010),
    Community detection via semi-synchronous label propagation algorithms, IEEE BASNA.

    >>> rows = [{"actor": a, "event": e} for a, e in ("ap", "bp", "cp", "cq", "dq", "dr", "er", "fr")]
    >>> found = measure(Network.from_rows("example", rows, "one-mode"))
    >>> [(key, value) for key, _, value in found.values]
    [('a', 1), ('b', 1), ('c', 1), ('d', 2), ('e', 2), ('f', 2)]
    """
    require(MEASURE, network, nodes=2, edges=1)
    chosen = pick(MEASURE.name, engine, KNOWN, len(network.nodes))
    values = network.weights(weight)
    labels, settled = _by_scipy(network, values)
    places = _places(labels)
    return told(network, places, modularity(network, values, places, 1.0), settled, weight, chosen)


def told(
    network: Measured, places: Ints, quality: float, settled: bool, weight: Weight, engine: str
) -> MeasureResult:
    """Put the communities that an engine found, 1 being the largest, together with their sizes."""
    sizes = np.bincount(places)
    return result(
        MEASURE,
        network,
        places.tolist(),
        engine=engine,
        parameters={"weight": weight},
        columns=[Column("size", "Noder i gruppen", "Nodes in the community", tuple(sizes[places].tolist()))],
        facts=[
            Fact("communities", "Antal grupper", "Communities", len(sizes) - 1),
            Fact("modularity", "Modularitet", "Modularity", quality),
        ],
        notes=[] if settled else [_UNSETTLED],
    )


def turn(round: int, nodes: int) -> tuple[int, int]:
    """Return the bit of a node's number, as the power of two, and its value, whose nodes' turn it is.

    >>> [turn(each, 3) for each in range(5)]
    [(1, 0), (1, 1), (2, 0), (2, 1), (1, 0)]
    """
    bits = max((nodes - 1).bit_length(), 1)
    return int(2 ** (round // 2 % bits)), round % 2


def _by_scipy(network: Network, values: Floats) -> tuple[Ints, bool]:
    n = len(network.nodes)
    ends = np.concatenate([network.sources, network.targets])
    partners = np.concatenate([network.targets, network.sources])
    votes = np.floor(np.concatenate([values, values]) * GRAIN + 0.5).astype(np.int64)
    labels, still = np.arange(n), 0
    for round in range(ROUNDS):
        unit, side = turn(round, n)
        mine = ends // unit % 2 == side
        before = labels
        labels = _voted(labels, ends[mine], partners[mine], votes[mine])
        still = 0 if (labels != before).any() else still + 1
        if still == 2:  # both halves had their turn
            return labels, True
    return labels, False


def _voted(labels: Ints, ends: Ints, partners: Ints, votes: Ints) -> Ints:
    if not len(ends):
        return labels
    keys, place = np.unique(ends * len(labels) + labels[partners], return_inverse=True)
    node, label = np.divmod(keys, len(labels))
    sums = np.zeros(len(keys), dtype=np.int64)
    np.add.at(sums, place, votes)
    order = np.lexsort((label, label != labels[node], -sums, node))
    first = order[np.unique(node[order], return_index=True)[1]]
    found = labels.copy()
    found[node[first]] = label[first]
    return found


def _places(labels: Ints) -> Ints:
    """Number communities from 1: the largest first, of equal ones the one with the first node."""
    _, first, place, sizes = np.unique(labels, return_index=True, return_inverse=True, return_counts=True)
    numbers = np.empty(len(sizes), dtype=np.intp)
    numbers[np.lexsort((first, -sizes))] = np.arange(1, len(sizes) + 1)
    return numbers[place]


_UNSETTLED = Note(
    f"Grupperna hade inte kommit till ro efter {ROUNDS} omgångar; läs dem som ett förslag.",
    f"The communities had not settled after {ROUNDS} rounds; read them as a suggestion.",
)
