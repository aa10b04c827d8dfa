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
    return (keys >> width).astype(np.intp), (keys & ((1 << width) - 1)).astype(np.intp), sums


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
    """
    wide = int(events[-1] - events[0]).bit_length()
    places = np.arange(len(actors)) + 1 - (np.cumsum(later) - later)
    partners = np.arange(int(later.sum())) + np.repeat(places, later)
    found = np.repeat(actors << (width + wide) | (events - events[0]), later) | (actors << wide)[partners]
    found.sort()
    return _summed(found >> wide, weights, (found & ((1 << wide) - 1)) + events[0])


def _merged(
    keys: Longs, more: Longs, sums: list[Floats], added: list[Floats]
) -> tuple[Longs, list[Floats]]:
    """Return two sorted runs of keys as one, and of the keys of both the sums together."""
    both = np.concatenate([keys, more])
    order = np.argsort(both, kind="stable")
    together = [np.concatenate(each) for each in zip(sums, added, strict=True)]
    return _summed(both[order], together, order)


def _summed(keys: Longs, values: Sequence[Floats], places: Longs) -> tuple[Longs, list[Floats]]:
    """Return sorted keys once each, and the sums of their values, which stand at places of the values.

    Most keys come once, so the first value of each is taken and the few others are added.
    """
    new = np.ones(len(keys), dtype=bool)
    np.not_equal(keys[1:], keys[:-1], out=new[1:])
    again = np.flatnonzero(~new)
    key = again - np.arange(1, len(again) + 1)  # the place, among the keys, of each that comes again
    firsts, sums = places[new], []
    for value in values:
        found = value[firsts]
        np.add.at(found, key, value[places[again]])
        sums.append(found)
    return keys[new], sums
