"""Shuffle who took part in what, or who is tied to whom, and keep how many each has."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from queries.errors import MeaninglessError
from queries.network import Network, Sparse
from queries.redrawn import rewritten

Whole = NDArray[np.int64]
BURN_IN = 30  # rounds before the first network is taken
BETWEEN = 5  # rounds between two that are taken


def traded(incidence: Sparse, rounds: int, random: np.random.Generator) -> Sparse:
    """Rewire an incidence by rounds of curveball trades; sums of rows and columns stay exactly the same.

    In a round the actors are paired at random. Of what only one of a pair takes part in, all is put in
    one heap, shuffled and dealt out again, to each as many as it had; what both take part in stays. Every
    incidence with the same sums becomes equally likely. All pairs of a round trade at once, by sorting.

    Reference: Strona, Nappo, Boccacci, Fattorini and San-Miguel-Ayanz (2014), A fast and unbiased procedure
    to randomize ecological binary matrices with fixed row and column totals, Nature Communications 5, 4114;
    Carstens, Hamann, Meyer, Penschuck, Tran and Wagner (2018), Parallel and I/O-efficient randomisation of
    massive networks using global curveball trades, ESA 2018 (the rounds).

    >>> before = csr_array(np.array([[1.0, 1, 0, 0], [0, 0, 1, 1], [1, 0, 1, 0]]))
    >>> after = traded(before, 5, np.random.default_rng(0))
    >>> after.sum(axis=1).tolist(), after.sum(axis=0).tolist()
    ([2.0, 2.0, 2.0], [2.0, 1.0, 2.0, 1.0])
    """
    height, width = incidence.shape
    ends = incidence.tocoo()
    rows, columns = ends.row.astype(np.int64), ends.col.astype(np.int64)
    for _ in range(rounds):
        rows = _round(rows, columns, height, width, random)
    after: Sparse = csr_array((np.ones(len(rows)), (rows, columns)), shape=(height, width))
    after.sort_indices()
    return after


def _round(rows: Whole, columns: Whole, height: int, width: int, random: np.random.Generator) -> Whole:
    """Let all pairs of a random pairing trade; return the new row of each tie, whose column stays."""
    seats = random.permutation(height)
    seat = np.empty(height, dtype=np.int64)
    seat[seats] = np.arange(height)
    place = seat[rows]
    pair = place // 2
    key = pair * width + columns
    order = np.argsort(key, kind="stable")
    same = np.flatnonzero(key[order][1:] == key[order][:-1])
    free = np.ones(len(rows), dtype=bool)
    free[order[same]] = free[order[same + 1]] = False
    heap = np.flatnonzero(free)
    owners = heap[np.argsort(place[heap], kind="stable")]  # as many seats of each as it had
    dealt = heap[np.lexsort((random.random(len(heap)), pair[heap]))]
    after = rows.copy()
    after[dealt] = rows[owners]  # both are sorted by pair, so a heap is dealt inside its pair
    return after


def _swapped(network: Network, rounds: int, random: np.random.Generator) -> Network:
    """Rewire the edges of a network without events by double swaps; every node keeps its number of partners.

    In a round the edges are paired at random, and a-b with c-d become a-d with c-b unless that makes a loop
    or an edge that is there. An edge carries its weight along, so strengths are not kept.

    Reference: Maslov and Sneppen (2002), Specificity and stability in topology of protein networks,
    Science 296, 910-913.
    """
    size = len(network.nodes)
    one, other = network.sources.astype(np.int64), network.targets.astype(np.int64)
    for _ in range(rounds):
        one, other = _swap(one, other, size, random)
    low, high = np.minimum(one, other).astype(np.intp), np.maximum(one, other).astype(np.intp)
    order = np.lexsort((high, low))
    return replace(
        network, sources=low[order], targets=high[order], counts=network.counts[order], newman=None
    )


def _swap(one: Whole, other: Whole, size: int, random: np.random.Generator) -> tuple[Whole, Whole]:
    many = len(one) // 2
    order = random.permutation(len(one))
    first, second = order[:many], order[many : 2 * many]
    turned = random.random(many) < 0.5
    a, b = one[first], other[first]
    c, d = np.where(turned, other[second], one[second]), np.where(turned, one[second], other[second])
    made = np.concatenate([_key(a, d, size), _key(c, b, size)])
    there = np.isin(made, _key(one, other, size))
    _, place, times = np.unique(made, return_inverse=True, return_counts=True)
    wrong = there | (times[place] > 1) | np.concatenate([a == d, c == b])
    right = ~(wrong[:many] | wrong[many:])
    other = other.copy()
    one = one.copy()
    other[first[right]] = d[right]
    one[second[right]], other[second[right]] = c[right], b[right]
    return one, other


def _key(one: Whole, other: Whole, size: int) -> Whole:
    return np.minimum(one, other) * size + np.maximum(one, other)


def each_rewired(network: Network, runs: int, seed: int) -> Iterator[Network]:
    """Yield so many rewired networks, each BETWEEN rounds from the one before; refuse what has no other form.

    A network with events trades who takes part in what; one that brought only edges swaps their ends.
    """
    random = np.random.default_rng(seed)
    shuffle = _trade if network.events else _swapped
    now = shuffle(network, BURN_IN, random)
    if _same(network, now) and _same(network, now := shuffle(network, 10 * BURN_IN, random)):
        raise MeaninglessError(
            f"The network {network.name!r} cannot be rewired: no other one has as many "
            f"{_HELD[not network.events]}, so there is nothing to compare with."
        )
    yield now
    for _ in range(runs - 1):
        now = shuffle(now, BETWEEN, random)
        yield now


_HELD = ("events of each actor and actors of each event", "partners of each node")


def _trade(network: Network, rounds: int, random: np.random.Generator) -> Network:
    return rewritten(network, traded(network.incidence, rounds, random))


def _same(one: Network, other: Network) -> bool:
    if one.events:
        return np.array_equal(one.incidence.indices, other.incidence.indices)
    return np.array_equal(one.sources, other.sources) and np.array_equal(one.targets, other.targets)
