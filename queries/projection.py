"""Project who took part in what on who met whom: every pair of partners found once, for all weights."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.intp]
Floats = NDArray[np.float64]
Longs = NDArray[np.int64]
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
    width = int(many).bit_length()  # bits of an actor
    ties = np.sort(events.astype(np.int64) << width | actors)  # by event, and in each by actor
    events, actors = ties >> width, ties & ((1 << width) - 1)
    later = np.cumsum(np.bincount(events))[events] - np.arange(len(ties)) - 1  # partners after, in the event
    keys, sums = np.zeros(0, dtype=np.int64), [np.zeros(0) for _ in weights]
    for first, last in _pieces(events, later, width):
        more, added = _pairs(actors[first:last], events[first:last], later[first:last], width, weights)
        keys, sums = _merged(keys, more, sums, added) if len(keys) else (more, added)
    before = keys >> width
    keys &= (1 << width) - 1
    return before.astype(np.intp, copy=False), keys.astype(np.intp, copy=False), sums


def _pieces(events: Longs, later: Longs, width: int) -> list[tuple[int, int]]:
    """Part the ties between events: about PAIRS_AT_ONCE pairs each, whose events have numbers that fit."""
    if not len(events):
        return []
    room = 1 << max(63 - 2 * width, 0)
    pairs = np.cumsum(np.bincount(events, weights=later)).astype(np.int64)  # up to each event
    parts = np.maximum(pairs // PAIRS_AT_ONCE, np.arange(len(pairs)) // room)[events]
    starts = [0, *(np.flatnonzero(np.diff(parts)) + 1).tolist(), len(events)]
    return list(pairwise(starts))


def _pairs(
    actors: Longs, events: Longs, later: Longs, width: int, weights: Sequence[Floats]
) -> tuple[Longs, list[Floats]]:
    """Return each pair of the ties of whole events as a key, and the sums of its events' weights.

    A pair and its event are one number each, so that sorting numbers brings the events of a pair together.
    Half of the time is the kernel's, for new memory: numbers are changed where they stand, and let go early.
    """
    wide = int(events[-1] - events[0]).bit_length()
    partners = np.repeat(np.arange(len(actors)) + 1 - (np.cumsum(later) - later), later)
    partners += np.arange(len(partners))
    found = (actors << wide)[partners]
    del partners
    found |= np.repeat(actors << (width + wide) | (events - events[0]), later)
    found.sort()
    new = _new(found >> wide)
    first, again = found[new], found[~new]
    del found
    event, more = (each & ((1 << wide) - 1) for each in (first, again))
    event += events[0]
    more += events[0]
    first >>= wide
    return first, _summed(new, weights, event, more)


def _merged(keys: Longs, more: Longs, sums: list[Floats], added: list[Floats]) -> tuple[Longs, list[Floats]]:
    """Return two sorted runs of keys as one, and of the keys of both the sums together."""
    both = np.concatenate([keys, more])
    order = np.argsort(both, kind="stable")
    both = both[order]
    new = _new(both)
    together = [np.concatenate(each) for each in zip(sums, added, strict=True)]
    return both[new], _summed(new, together, order[new], order[~new])


def _new(keys: Longs) -> NDArray[np.bool_]:
    """Tell of sorted keys which are not the same as the one before."""
    new = np.ones(len(keys), dtype=bool)
    np.not_equal(keys[1:], keys[:-1], out=new[1:])
    return new


def _summed(new: NDArray[np.bool_], values: Sequence[Floats], first: Longs, again: Longs) -> list[Floats]:
    """Return the sums of values by key: those that stand at `first`, with the few at `again` added."""
    places = np.flatnonzero(~new)
    key = places - np.arange(1, len(places) + 1)  # as many new keys stand before, the last of them its own
    return [_added(value, first, key, again) for value in values]


def _added(value: Floats, first: Longs, key: Longs, again: Longs) -> Floats:
    """Return the values at `first`, to which at `key` those at `again` are added."""
    alike = len(value) and bool((value == value[0]).all())  # as when events are counted
    found = np.full(len(first), value[0]) if alike else value[first]
    np.add.at(found, key, value[0] if alike else value[again])
    return found
