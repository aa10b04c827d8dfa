"""Project who took part in what on who met whom: every pair of partners found once, for all weights."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.intp]
Floats = NDArray[np.float64]
PAIRS_AT_ONCE = 4_000_000  # bounds the memory where large events overlap much


def project(
    actors: Ints, events: Ints, many: int, weights: Sequence[Floats]
) -> tuple[Ints, Ints, list[Floats]]:
    """Return the pairs of actors that met, i < j in order, and for each weight its sum over their events.

    `actors` and `events` are the ends of the ties, no tie twice, sorted by actor and then by event;
    `many` is how many actors there are; a weight has one number an event. It equals the upper half of
    B diag(w) B' for each weight w, without the lower half, and finds the pairs once for all of them.

    >>> a, e = np.array([0, 0, 1, 1, 2]), np.array([0, 1, 0, 1, 0])
    >>> i, j, (count,) = project(a, e, 3, [np.ones(2)])
    >>> list(zip(i.tolist(), j.tolist(), count.tolist()))
    [(0, 1, 2.0), (0, 2, 1.0), (1, 2, 1.0)]
    """
    order = np.argsort(events, kind="stable")  # by event, and in each by actor
    actors, events = actors[order], events[order]
    ends = np.searchsorted(events, events, side="right")
    later = ends - np.arange(len(events)) - 1  # partners that come after, in the same event
    keys, sums = np.zeros(0, dtype=np.int64), [np.zeros(0) for _ in weights]
    for first, last in _pieces(later):
        more, added = _pairs(actors, events, later, first, last, many, weights)
        together = [np.concatenate(each) for each in zip(sums, added, strict=True)]
        keys, sums = _summed(np.concatenate([keys, more]), together)
    return (keys // max(many, 1)).astype(np.intp), (keys % max(many, 1)).astype(np.intp), sums


def _pieces(later: Ints) -> list[tuple[int, int]]:
    """Part the ties so that each part makes about PAIRS_AT_ONCE pairs."""
    parts = np.cumsum(later) // PAIRS_AT_ONCE
    starts = [0, *(np.flatnonzero(np.diff(parts)) + 1).tolist(), len(later)]
    return list(pairwise(starts)) if len(later) else []


def _pairs(
    actors: Ints, events: Ints, later: Ints, first: int, last: int, many: int, weights: Sequence[Floats]
) -> tuple[NDArray[np.int64], list[Floats]]:
    """Return each pair that the ties first to last begin, as a key, and its event's weights; summed."""
    times = later[first:last]
    one = np.repeat(np.arange(first, last), times)
    before = np.repeat(np.cumsum(times) - times, times)
    other = one + 1 + np.arange(len(one)) - before
    keys = actors[one].astype(np.int64) * many + actors[other]
    event = events[one]
    return _summed(keys, [weight[event] for weight in weights])


def _summed(keys: NDArray[np.int64], weights: list[Floats]) -> tuple[NDArray[np.int64], list[Floats]]:
    if not len(keys):
        return keys, weights
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    starts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
    return keys[starts], [np.add.reduceat(weight[order], starts) for weight in weights]
