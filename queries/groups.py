"""Part a network by the territory or kind of its actors, or by the period, year or fund of its events."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Literal, get_args

import numpy as np

from queries.collation import swedish
from queries.errors import MeaninglessError
from queries.network import Event, Network
from queries.redrawn import Mask, part

By = Literal["territory", "kind", "period", "year", "fund", "null"]
BYS: Final[tuple[By, ...]] = get_args(By)
PERIODS: Final = ((2000, 2006), (2007, 2013), (2014, 2020), (2021, 2027))  # of the structural funds
_YEAR = re.compile(r"(\d{4})")


@dataclass(frozen=True)
class Group:
    """A part of a network by its name."""

    name: str
    network: Network


def groups(network: Network, by: By) -> list[Group]:
    """Return the parts of a network, sorted; an actor or event with several values is in several parts.

    By territory or kind: the actors that have it, with the events that any of them is in. By period, year or
    fund: the events that have it, with the actors in them; an event counts in every year that it runs, from
    its first to its last day, and in its first year only when no last day is known.
    """
    if not network.events:
        raise MeaninglessError(
            f"The network {network.name!r} has edges only and no events, so it cannot be parted by {by}; "
            "read it from rows of actor and event."
        )
    if by in ("territory", "kind"):
        return _by_actors(network, lambda at: _values(getattr(network.actors[at], by)), by)
    if by == "fund":
        return _by_events(network, lambda event: _values(event.fund), by)
    return _by_events(network, _periods if by == "period" else _years, by)


def _by_actors(network: Network, of: Callable[[int], list[str]], by: str) -> list[Group]:
    members = _members([of(at) for at in range(network.incidence.shape[0])])
    _some(network, members, by, "actor")
    found = []
    for name in sorted(members, key=swedish):
        actors = _mask(members[name], network.incidence.shape[0])
        events = np.asarray(network.incidence[np.flatnonzero(actors)].sum(axis=0)) > 0
        found.append(Group(name, part(network, actors, events)))
    return found


def _by_events(network: Network, of: Callable[[Event], list[str]], by: str) -> list[Group]:
    members = _members([of(event) for event in network.events])
    _some(network, members, by, "event")
    found = []
    for name in sorted(members, key=swedish):
        events = _mask(members[name], len(network.events))
        actors = np.asarray(network.incidence[:, np.flatnonzero(events)].sum(axis=1)) > 0
        found.append(Group(name, part(network, actors, events)))
    return found


def _members(values: Iterable[list[str]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for at, names in enumerate(values):
        for name in names:
            found.setdefault(name, []).append(at)
    return found


def _mask(places: list[int], size: int) -> Mask:
    found = np.zeros(size, dtype=bool)
    found[places] = True
    return found


def _some(network: Network, members: dict[str, list[int]], by: str, what: str) -> None:
    if not members:
        wanted = "dates" if by in ("period", "year") else f"a {by}"
        raise MeaninglessError(
            f"No {what} of the network {network.name!r} has {wanted}, so it cannot be parted by {by}; "
            "choose another way, or load a source that tells it."
        )


def _values(text: str | None) -> list[str]:
    return [each for each in (text or "").split("|") if each]


def _span(event: Event) -> tuple[int, int] | None:
    first, last = (_YEAR.match(day or "") for day in (event.since, event.until))
    if first is None:
        return None
    begun = int(first[1])
    return begun, max(begun, int(last[1])) if last else begun


def _years(event: Event) -> list[str]:
    span = _span(event)
    return [str(year) for year in range(span[0], span[1] + 1)] if span else []


def _periods(event: Event) -> list[str]:
    span = _span(event)
    if span is None:
        return []
    return [f"{first}-{last}" for first, last in PERIODS if span[0] <= last and span[1] >= first]
