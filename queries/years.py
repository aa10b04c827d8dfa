"""In which events the ends of each edge met, and in which years: for all edges at once."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from queries.network import Event, Floats, Ints, Network

Span = tuple[int, int]  # the first and the last year, both included
_YEAR: Final = re.compile(r"\d{4}(?![^-T])")


@dataclass(frozen=True, eq=False)
class Years:
    """The first and the last known year of each event, NaN where neither is known.

    An event of which only one end is known has that year as both: it was there at least then.
    """

    first: Floats
    last: Floats

    @property
    def outermost(self) -> Span | None:
        """The first and the last year of all; None where no year is known."""
        both = np.concatenate([self.first, self.last])
        known = both[np.isfinite(both)]
        return (int(known.min()), int(known.max())) if len(known) else None


@dataclass(frozen=True, eq=False)
class Meetings:
    """The events of each edge (or node): those of edge e are `events[starts[e]:starts[e + 1]]`, in order."""

    starts: Ints
    events: Ints

    def least(self, values: Floats) -> Floats:
        """Return for each edge the least known value of its events, NaN where there is none."""
        return self._folded(np.fmin, values)

    def most(self, values: Floats) -> Floats:
        """Return for each edge the largest known value of its events, NaN where there is none."""
        return self._folded(np.fmax, values)

    def _folded(self, fold: np.ufunc, values: Floats) -> Floats:
        found = np.full(len(self.starts) - 1, np.nan)
        some = np.diff(self.starts) > 0
        if some.any():
            found[some] = fold.reduceat(values[self.events], self.starts[:-1][some])
        return found

    def lists(self, block: slice = slice(None)) -> Iterator[list[int]]:
        """Yield the places of the events of each edge."""
        bounds = np.stack([self.starts[:-1][block], self.starts[1:][block]], axis=1).tolist()
        if bounds:
            first = bounds[0][0]
            found = self.events[first : bounds[-1][1]].tolist()
            yield from (found[a - first : b - first] for a, b in bounds)


def year(text: str | None) -> int | None:
    """Return the year that a date begins with, None where it begins with none.

    >>> year("2024-04-01"), year("2024"), year("våren 2024"), year(None)
    (2024, 2024, None, None)
    """
    found = _YEAR.match(text or "")
    return int(found.group()) if found else None


def years(network: Network) -> Years:
    """Return the years of the events of a network."""

    def known(texts: Sequence[str | None]) -> Floats:
        found = [year(text) for text in texts]
        return np.array([np.nan if each is None else each for each in found], dtype=np.float64)

    since, until = known([it.since for it in network.events]), known([it.until for it in network.events])
    return Years(np.fmin(since, until), np.fmax(since, until))


def meetings(network: Network) -> Meetings:
    """Return the events in which the ends of each edge met; in two-mode the event at the end of it.

    Each event is taken apart into its pairs of actors, all events of one size together: as many steps as
    there are pairs, in memory as large as what is found.
    """
    if network.mode == "two-mode":
        place = {event.id: at for at, event in enumerate(network.events)}
        ends = [place[network.ids[j]] for j in network.targets.tolist()]
        return Meetings(np.arange(len(ends) + 1, dtype=np.intp), np.array(ends, dtype=np.intp))
    nodes = len(network.nodes)
    keys = network.sources.astype(np.int64) * nodes + network.targets
    order = np.argsort(keys, kind="stable")
    found = [_known(keys[order], *part) for part in _pairs(network)]
    edges = order[np.concatenate([at for at, _ in found])] if found else np.zeros(0, dtype=np.intp)
    events = np.concatenate([met for _, met in found]) if found else np.zeros(0, dtype=np.intp)
    return _gathered(edges, events, len(keys))


def attended(network: Network) -> Meetings:
    """Return the events of each node; an event, which two-mode networks have as nodes, has itself."""
    starts, events = network.incidence.indptr, network.incidence.indices
    if network.mode == "one-mode":
        return Meetings(starts.astype(np.intp), events.astype(np.intp))
    place = {event.id: at for at, event in enumerate(network.events)}
    own = [(at, place[node.id]) for at, node in enumerate(network.nodes) if node.side == "event"]
    actors = np.array([at for at, node in enumerate(network.nodes) if node.side == "actor"], dtype=np.intp)
    nodes = np.concatenate([np.repeat(actors, np.diff(starts)), [at for at, _ in own]]).astype(np.intp)
    return _gathered(nodes, np.concatenate([events, [e for _, e in own]]).astype(np.intp), len(network.nodes))


def spans(events: Sequence[Event], outermost: Span) -> tuple[Span, ...]:
    """Return when something lasted that lasted as long as any of some events; () for always.

    An event lasts from its first to its last year; where one is not known, from or to the outermost year.
    One without both bounds nothing: what takes part in it is always there. Spans that meet are one.

    >>> spans([Event("p", "p", None, "2015", "2017"), Event("q", "q", None, "2018")], (2014, 2020))
    ((2015, 2020),)
    >>> spans([Event("p", "p", None, "2015", "2016"), Event("q", "q", None, "2018")], (2014, 2020))
    ((2015, 2016), (2018, 2020))
    """
    found = [(year(event.since), year(event.until)) for event in events]
    if (None, None) in found:
        return ()
    known = sorted((a or min(outermost[0], b or a or 0), b or max(outermost[1], a or 0)) for a, b in found)
    merged: list[Span] = []
    for first, last in known:
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = merged[-1][0], max(merged[-1][1], last)
        else:
            merged.append((first, last))
    return tuple(merged)


def _pairs(network: Network) -> Iterator[tuple[Ints, Ints]]:
    """Yield pairs of actors as one number each, with the event that they share."""
    nodes, by_event = len(network.nodes), network.incidence.tocsc()
    by_event.sort_indices()
    starts, actors = by_event.indptr.astype(np.int64), by_event.indices.astype(np.int64)
    sizes = np.diff(starts)
    for size in np.unique(sizes[sizes > 1]).tolist():
        events = np.flatnonzero(sizes == size)
        members = actors[starts[events][:, None] + np.arange(size)]
        for apart in range(1, size):
            pairs = members[:, :-apart] * nodes + members[:, apart:]
            yield pairs.ravel(), np.repeat(events, size - apart)


def _known(keys: Ints, pairs: Ints, events: Ints) -> tuple[Ints, Ints]:
    """Return the places of those pairs that are edges; a network may have left some out."""
    at = np.searchsorted(keys, pairs)
    there = keys[np.minimum(at, len(keys) - 1)] == pairs if len(keys) else np.zeros(len(pairs), dtype=bool)
    return at[there], events[there]


def _gathered(rows: Ints, events: Ints, many: int) -> Meetings:
    order = np.lexsort((events, rows))
    starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=many))]).astype(np.intp)
    return Meetings(starts, events[order])
