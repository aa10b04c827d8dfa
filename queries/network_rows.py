"""Read the two-mode rows of a `.rq` file: which actors, which events, and who took part in what."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from queries.errors import AskError

Row = Mapping[str, str | None]
Side = Literal["actor", "event"]


class NetworkError(AskError):
    """A network cannot be read, converted or written."""


@dataclass(frozen=True)
class Node:
    """A node of a network; of several kinds or territories all are kept, parted by `|`."""

    id: str
    label: str
    kind: str | None = None
    territory: str | None = None
    side: Side = "actor"


@dataclass(frozen=True)
class Event:
    """What actors meet in: a project, an area; `since` and `until` are its outermost dates as text."""

    id: str
    label: str
    kind: str | None = None
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True)
class Tie:
    """One actor in one event, once, with all its roles; `amount` sums the amounts of its roles."""

    actor: str
    event: str
    roles: tuple[str, ...] = ()
    amount: float | None = None


@dataclass(frozen=True)
class TwoMode:
    """What rows say, each part sorted by id, whatever the order and the repetitions of the rows."""

    actors: tuple[Node, ...]
    events: tuple[Event, ...]
    ties: tuple[Tie, ...]


@dataclass
class _Seen:
    actors: dict[str, dict[str, set[str]]] = field(default_factory=lambda: defaultdict(_columns))
    events: dict[str, dict[str, set[str]]] = field(default_factory=lambda: defaultdict(_columns))
    ties: dict[tuple[str, str], set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))


def _columns() -> dict[str, set[str]]:
    return defaultdict(set)


def gather(name: str, rows: Iterable[Row]) -> TwoMode:
    """Gather rows into actors, events and ties; refuse a row that names neither an actor nor an event."""
    seen = _Seen()
    for number, row in enumerate(rows, start=1):
        actor, event = row.get("actor"), row.get("event")
        if not actor and not event:
            raise NetworkError(
                f"Network {name!r}, row {number}: neither 'actor' nor 'event' is bound "
                f"(columns: {', '.join(sorted(row)) or 'none'}); the query must return at least one of them."
            )
        if actor:
            _note(
                seen.actors[actor], row, {"label": "actorLabel", "kind": "actorKind", "in": "actorTerritory"}
            )
        if event:
            _note(
                seen.events[event],
                row,
                {"label": "eventLabel", "kind": "eventKind", "from": "from", "to": "to"},
            )
        if actor and event:
            seen.ties[actor, event].add((row.get("role") or "", row.get("amount") or ""))
    return TwoMode(
        actors=tuple(_actor(key, seen.actors[key]) for key in sorted(seen.actors)),
        events=tuple(_event(key, seen.events[key]) for key in sorted(seen.events)),
        ties=tuple(_tie(name, key, seen.ties[key]) for key in sorted(seen.ties)),
    )


def _note(found: dict[str, set[str]], row: Row, columns: Mapping[str, str]) -> None:
    for key, column in columns.items():
        if value := row.get(column):
            found[key].add(value)


def _actor(key: str, found: Mapping[str, set[str]]) -> Node:
    return Node(key, _label(key, found), _all(found, "kind"), _all(found, "in"))


def _event(key: str, found: Mapping[str, set[str]]) -> Event:
    since, until = min(found["from"], default=None), max(found["to"], default=None)
    return Event(key, _label(key, found), _all(found, "kind"), since, until)


def _tie(name: str, key: tuple[str, str], found: set[tuple[str, str]]) -> Tie:
    roles = tuple(sorted({role for role, _ in found if role}))
    amounts = [_number(name, key, text) for _, text in sorted(found) if text]
    return Tie(*key, roles, math.fsum(amounts) if amounts else None)


def _label(key: str, found: Mapping[str, set[str]]) -> str:
    return min(found["label"], default="") or re.split(r"[/#]", key.rstrip("/#"))[-1] or key


def _all(found: Mapping[str, set[str]], column: str) -> str | None:
    return "|".join(sorted(found[column])) or None


def _number(name: str, key: tuple[str, str], text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise NetworkError(
            f"Network {name!r}, {key[0]} in {key[1]}: the amount {text!r} is not a number; "
            "let the query return a decimal."
        )
    return number
