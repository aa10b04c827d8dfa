"""Whether those with many partners are tied to each other more than their many ties explain."""

import numpy as np

from queries.errors import MeaninglessError
from queries.measure import Fact, Measure, MeasureResult, Note, Parameter, Table, Value, require, result
from queries.network import Floats, Network
from queries.rewiring import each_rewired
from queries.triangles import node_sums, require_one_mode

_CLUB = 3  # nodes: of fewer no club is told of
_ROWS = 50

MEASURE = Measure(
    name="rich_club",
    title_sv="De rikas klubb",
    title_en="Rich club",
    summary_sv="Hur stor del av nodens partner som har minst lika många partner som den själv.",
    summary_en="The share of a node's partners that have at least as many partners as itself.",
    parameters=(
        Parameter(
            name="runs",
            default=20,
            summary_sv="Hur många omkopplade nätverk som jämförs med.",
            summary_en="How many rewired networks to compare with.",
            at_least=1,
            at_most=200,
        ),
        Parameter(
            name="seed",
            default=0,
            summary_sv="Frö för omkopplingen.",
            summary_en="Seed of the rewiring.",
            at_least=0,
        ),
    ),
)


def measure(network: Network, runs: int = 20, seed: int = 0) -> MeasureResult:
    """Compare how densely the nodes of more than k partners are tied with rewired networks.

    Idea: nodes of many partners meet each other often just because they meet many. Only what goes beyond
    networks in which all take part as often, but with others, tells of a club.

    Formula: phi(k) = 2 E_k / (N_k (N_k - 1)), where N_k nodes have more than k partners and E_k edges join
    them; rho(k) = phi(k) / mean phi(k) of the rewired networks (actors keep their numbers of events,
    events their sizes; a network of edges only is rewired by swapping ends). Above 1 there is a club.
    For node i: the share of its partners j with d_j >= d_i.

    Parameters: runs, how many rewired networks; seed, of the first.

    Odd input: where no other network has the same numbers there is nothing to compare with, which a note
    says; an isolate has no value; k with fewer than three nodes left are not told of; rho is undefined
    where the rewired ones have no such edges. In a rewired projection the numbers of partners change: k is
    counted anew in each.

    Reference: Colizza, Flammini, Serrano and Vespignani (2006), Detecting rich-club ordering in complex
    networks, Nature Physics 2, 110-115.

    >>> rows = [{"actor": a, "event": e} for a, e in ("ap", "bp", "cp", "aq", "dq", "br", "er", "cs", "fs")]
    >>> found = measure(Network.from_rows("example", rows, "one-mode"), runs=3)
    >>> [(key, value) for key, _, value in found.values][:2], found.tables[0].rows[0][:4]
    ([('a', 0.6666666666666666), ('b', 0.6666666666666666)], (0, 6, 6, 0.4))
    """
    require(MEASURE, network, nodes=3, edges=2)
    require_one_mode(MEASURE, network)
    n, degrees = len(network.nodes), node_sums(network, np.ones(len(network.sources)))
    one, other = degrees[network.sources], degrees[network.targets]
    above = np.bincount(network.sources, other >= one, n) + np.bincount(network.targets, one >= other, n)
    levels = _levels(degrees)
    own = _density(network, levels)
    mean, notes = _rewired(network, levels, runs, seed)
    rows = tuple(
        (
            int(k),
            int(np.count_nonzero(degrees > k)),
            int(np.count_nonzero((one > k) & (other > k))),
            float(phi),
            None if mean is None else float(mean[at]),
            None if mean is None or not mean[at] else float(phi / mean[at]),
        )
        for at, (k, phi) in enumerate(zip(levels, own, strict=True))
    )
    ratios = [row[5] for row in rows if row[5] is not None]
    values: list[Value] = [float(a / d) if d else None for a, d in zip(above, degrees, strict=True)]
    highest = [Fact("highest_rho", "Högsta kvot", "Highest ratio", max(ratios))] if ratios else []
    return result(
        MEASURE,
        network,
        values,
        engine="scipy",
        parameters={"runs": runs, "seed": seed},
        facts=highest,
        notes=notes,
        tables=[Table("levels", "Efter antal partner", "By partners", _HEADER, rows)],
    )


_ENOUGH = 20
_HEADER = ("k", "nodes", "edges", "phi", "phi_rewired", "rho")


def _rewired(network: Network, levels: Floats, runs: int, seed: int) -> tuple[Floats | None, list[Note]]:
    """Return the mean density of rewired networks at each level, or None and the reason."""
    try:
        drawn = np.array([_density(each, levels) for each in each_rewired(network, runs, seed)])
    except MeaninglessError as error:
        return None, [Note(f"Inget att jämföra med: {error}", f"Nothing to compare with: {error}")]
    return drawn.mean(axis=0), [_few(runs)] if runs < _ENOUGH else []


def _levels(degrees: Floats) -> Floats:
    """Return the numbers of partners to tell of, at most _ROWS, with three nodes above each."""
    found = np.unique(np.concatenate([[0], degrees]))
    sorted_up = np.sort(degrees)
    found = found[len(degrees) - np.searchsorted(sorted_up, found, side="right") >= _CLUB]
    some: Floats = found[
        np.unique(np.linspace(0, len(found) - 1, min(_ROWS, len(found))).round().astype(int))
    ]
    return some


def _density(network: Network, levels: Floats) -> Floats:
    degrees = node_sums(network, np.ones(len(network.sources)))
    lower = np.sort(np.minimum(degrees[network.sources], degrees[network.targets]))
    edges = len(lower) - np.searchsorted(lower, levels, side="right")
    nodes = len(degrees) - np.searchsorted(np.sort(degrees), levels, side="right")
    pairs = nodes * (nodes - 1) / 2
    found: Floats = np.divide(edges, pairs, out=np.zeros(len(levels)), where=pairs > 0)
    return found


def _few(runs: int) -> Note:
    return Note(
        f"Bara {runs} omkopplade nätverk: kvoten är osäker; ange runs={_ENOUGH} eller fler.",
        f"Only {runs} rewired networks: the ratio is unsure; give runs={_ENOUGH} or more.",
    )
