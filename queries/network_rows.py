"""Read the two-mode rows of a `.rq` file: which actors, which events, and who took part in what."""

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from graph.columns import Column, column
from queries.errors import AskError

Row = Mapping[str, str | None]
Table = Mapping[str, Column]
Side = Literal["actor", "event"]
Ints = NDArray[np.intp]
Floats = NDArray[np.float64]


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
    """What actors meet in: a project, an area; `since` and `until` are its outermost dates as text.

    Of several funds or areas all are kept, parted by `|`. `total` is the largest amount that is stated of
    it, in `currency`; stated in several currencies it is not known.
    """

    id: str
    label: str
    kind: str | None = None
    since: str | None = None
    until: str | None = None
    fund: str | None = None
    area: str | None = None
    total: float | None = None
    currency: str | None = None


@dataclass(frozen=True)
class Tie:
    """One actor in one event, once, with all its roles; `amount` sums the amounts of its roles."""

    actor: str
    event: str
    roles: tuple[str, ...] = ()
    amount: float | None = None


@dataclass(frozen=True, eq=False)
class TwoMode:
    """What rows say, each part sorted by id, whatever the order and the repetitions of the rows.

    A tie is a place in four arrays: the index of its actor and of its event, its amount (nan where it is
    not known) and the number of its set of roles in `role_sets`.
    """

    actors: tuple[Node, ...]
    events: tuple[Event, ...]
    tie_actor: Ints
    tie_event: Ints
    amounts: Floats
    roles: Ints
    role_sets: tuple[tuple[str, ...], ...]

    @property
    def ties(self) -> tuple[Tie, ...]:
        """The ties as objects, made anew each time."""
        return tuple(
            Tie(
                self.actors[actor].id,
                self.events[event].id,
                self.role_sets[roles],
                None if math.isnan(amount) else amount,
            )
            for actor, event, roles, amount in zip(
                self.tie_actor.tolist(),
                self.tie_event.tolist(),
                self.roles.tolist(),
                self.amounts.tolist(),
                strict=True,
            )
        )


def gather(name: str, rows: Iterable[Row]) -> TwoMode:
    """Gather rows into actors, events and ties; refuse a row that names neither an actor nor an event."""
    held = list(rows)
    for number, row in enumerate(held, start=1):
        if not row.get("actor") and not row.get("event"):
            raise NetworkError(
                f"Network {name!r}, row {number}: neither 'actor' nor 'event' is bound "
                f"(columns: {', '.join(sorted(row)) or 'none'}); the query must return at least one of them."
            )
    columns = dict.fromkeys(key for row in held for key in row)
    return gather_columns(name, {key: column(row.get(key) for row in held) for key in columns})


def gather_columns(name: str, table: Table, more: Sequence[Table] = ()) -> TwoMode:
    """Gather the columns of rows; tables of `more` tell further of the actors and events of the first."""
    tables = (table, *more)
    actor_ids, actors = _ids(table, "actor")
    event_ids, events = _ids(table, "event")
    length = max(len(actors), len(events))
    actors, events = (side if len(side) else np.full(length, -1) for side in (actors, events))
    if (neither := (actors < 0) & (events < 0)).any():
        raise NetworkError(
            f"Network {name!r}, row {int(np.argmax(neither)) + 1}: neither 'actor' nor 'event' is bound "
            f"(columns: {', '.join(sorted(table)) or 'none'}); the query must return at least one of them."
        )
    of_actor = _Told(tables, "actor", actor_ids)
    of_event = _Told(tables, "event", event_ids)
    rows = np.flatnonzero((actors >= 0) & (events >= 0))
    pairs = actors[rows].astype(np.int64) * max(len(event_ids), 1) + events[rows]
    keys, tie = np.unique(pairs, return_inverse=True)
    tie_actor, tie_event = keys // max(len(event_ids), 1), keys % max(len(event_ids), 1)

    def ends(at: int) -> str:
        return f"{actor_ids[tie_actor[at]]} in {event_ids[tie_event[at]]}"

    roles, role_sets = _roles(table.get("role"), rows, tie, len(keys))
    return TwoMode(
        actors=_actors(actor_ids, of_actor),
        events=_events(name, event_ids, of_event),
        tie_actor=tie_actor.astype(np.intp),
        tie_event=tie_event.astype(np.intp),
        amounts=_amounts(name, table, rows, tie, len(keys), ends),
        roles=roles,
        role_sets=role_sets,
    )


class _Told:
    """What the columns of tables tell of things."""

    def __init__(self, tables: Sequence[Table], key: str, ids: Sequence[str]) -> None:
        place = {each: at for at, each in enumerate(ids)}
        self._many = len(ids)
        self._tables = [
            (table, np.array([place.get(text, -1) for text in table[key].texts] + [-1], dtype=np.intp))
            for table in tables
            if key in table
        ]
        self._key = key

    def pairs(self, name: str) -> tuple[Ints, Ints, list[str]]:
        """Return what a column tells: things and places of texts, each pair once and in order; the texts."""
        found = [(each, place) for each, place in self._tables if name in each]
        texts = sorted({text for each, _ in found for text in each[name].texts if text})
        number = {text: at for at, text in enumerate(texts)}
        keys = [np.zeros(0, dtype=np.int64)]
        for each, place in found:
            told = np.array([number.get(text, -1) for text in each[name].texts] + [-1], dtype=np.int64)
            thing, value = place[_codes(each[self._key])], told[_codes(each[name])]
            known = (thing >= 0) & (value >= 0)
            keys.append(np.unique(thing[known] * len(texts) + value[known]))
        both = np.unique(np.concatenate(keys))
        width = max(len(texts), 1)
        return (both // width).astype(np.intp), (both % width).astype(np.intp), texts

    def texts(self, name: str, chosen: Callable[[Iterable[str]], str]) -> list[str | None]:
        """Return one text a thing, chosen among several, which come in order."""
        things, values, texts = self.pairs(name)
        found: list[str | None] = [None] * self._many
        starts = np.flatnonzero(np.diff(things, prepend=-1))
        lengths = np.diff(starts, append=len(things))
        for thing, start, length in zip(
            things[starts].tolist(), starts.tolist(), lengths.tolist(), strict=True
        ):
            if length == 1:
                found[thing] = texts[values[start]]
            else:
                found[thing] = chosen(texts[at] for at in values[start : start + length].tolist())
        return found


def _codes(found: Column) -> Ints:
    return np.frombuffer(found.codes, dtype=np.int32).astype(np.intp) if len(found.codes) else _nothing()


def _nothing() -> Ints:
    return np.zeros(0, dtype=np.intp)


def _ids(table: Table, key: str) -> tuple[list[str], Ints]:
    """Return the sorted ids of a column, and the place of each row's among them."""
    if key not in table:
        return [], _nothing()
    texts = table[key].texts
    ids = sorted(text for text in texts if text)
    place = {text: at for at, text in enumerate(ids)}
    return ids, np.array([place.get(text, -1) for text in texts] + [-1], dtype=np.intp)[_codes(table[key])]


def _actors(ids: Sequence[str], told: _Told) -> tuple[Node, ...]:
    columns = told.texts("actorLabel", min), told.texts("actorKind", _all), told.texts("actorTerritory", _all)
    return tuple(
        Node(key, label or _end(key), kind, territory)
        for key, label, kind, territory in zip(ids, *columns, strict=True)
    )


def _events(name: str, ids: Sequence[str], told: _Told) -> tuple[Event, ...]:
    columns = (
        *(told.texts("eventLabel", min), told.texts("eventKind", _all)),
        *(told.texts("from", min), told.texts("to", max)),
        *(told.texts("eventFund", _all), told.texts("eventArea", _all)),
    )
    currencies = told.texts("eventCurrency", _all)
    totals = [
        None if "|" in (currency or "") else total
        for currency, total in zip(currencies, _totals(name, ids, told), strict=True)
    ]
    return tuple(
        Event(key, label or _end(key), *rest)
        for key, label, *rest in zip(ids, *columns, totals, currencies, strict=True)
    )


def _totals(name: str, ids: Sequence[str], told: _Told) -> list[float | None]:
    things, values, texts = told.pairs("eventAmount")
    found: list[float | None] = [None] * len(ids)
    numbers: dict[int, float] = {}
    for thing, value in zip(things.tolist(), values.tolist(), strict=True):
        if value not in numbers:
            numbers[value] = _number(name, ids[thing], texts[value])
        found[thing] = max(numbers[value], found[thing] or -math.inf)
    return found


def _roles(
    found: Column | None, rows: Ints, tie: Ints, many: int
) -> tuple[Ints, tuple[tuple[str, ...], ...]]:
    """Return the number of each tie's set of roles, and the sets."""
    codes = np.zeros(many, dtype=np.intp)
    if found is None or not found.texts:
        return codes, ((),)
    texts = sorted(text for text in found.texts if text)
    place = {text: at for at, text in enumerate(texts)}
    told = np.array([place.get(text, -1) for text in found.texts] + [-1], dtype=np.int64)[_codes(found)[rows]]
    known = told >= 0
    pairs = np.unique(tie[known] * len(texts) + told[known])
    ties, roles = pairs // len(texts), pairs % len(texts)
    codes[ties] = roles + 1
    sets: dict[tuple[str, ...], int] = {(): 0} | {(text,): at + 1 for at, text in enumerate(texts)}
    starts = np.flatnonzero(np.diff(ties, prepend=-1))
    lengths = np.diff(starts, append=len(ties))
    for start, length in zip(starts[lengths > 1].tolist(), lengths[lengths > 1].tolist(), strict=True):
        several = tuple(texts[at] for at in roles[start : start + length].tolist())
        codes[ties[start]] = sets.setdefault(several, len(sets))
    return codes, tuple(sets)


def _amounts(name: str, table: Table, rows: Ints, tie: Ints, many: int, ends: Callable[[int], str]) -> Floats:
    """Sum the amounts of each tie, once for each participation, or where none is told for each role."""
    found = np.full(many, math.nan)
    if "amount" not in table or not table["amount"].texts:
        return found
    texts, codes = table["amount"].texts, _codes(table["amount"])[rows]
    known = codes >= 0
    part = table.get("participation") or table.get("role")
    parts = _codes(part)[rows][known] if part else np.zeros(int(known.sum()), dtype=np.intp)
    pairs = np.unique(np.stack([tie[known], parts, codes[known]], axis=1), axis=0)
    numbers = np.array([_float(text) for text in texts])
    if (wrong := ~np.isfinite(numbers[pairs[:, 2]])).any():
        where, _, at = pairs[int(np.argmax(wrong))].tolist()
        _number(name, ends(where), texts[at])
    found[pairs[:, 0]] = 0.0
    np.add.at(found, pairs[:, 0], numbers[pairs[:, 2]])
    return found


def _end(key: str) -> str:
    return re.split(r"[/#]", key.rstrip("/#"))[-1] or key


def _all(texts: Iterable[str]) -> str:
    return "|".join(texts)


def _number(name: str, where: str, text: str) -> float:
    number = _float(text)
    if not math.isfinite(number):
        raise NetworkError(
            f"Network {name!r}, {where}: the amount {text!r} is not a number; let the query return a decimal."
        )
    return number


def _float(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan
