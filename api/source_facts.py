"""What the page of sources tells of each: its dates, what it speaks of, what was refused, what it lacks."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Final

from api.snapshot import Snapshot
from loaders import run
from loaders.source import Source
from queries import missing
from queries.answer import ask
from queries.catalogue import query

STALE: Final = 365  # days from a source's own date to the edition, after which it is called old
_LINES: Final = 50_000  # of a file of refused records that are read
_REASONS: Final = 5


@dataclass(frozen=True)
class Why:
    """Why records were refused: the column, the reason as a sentence, and how many."""

    field: str
    reason: str
    many: int


@dataclass(frozen=True)
class Gap:
    """How many things of a class lack what a column tells: nothing said, or said to be unknown."""

    name: str
    of: int
    lacks: tuple[tuple[str, int, int], ...]


def days_between(day: str | None, made: str) -> int | None:
    """Return how many days a source's own date lies before the edition was made; None where one is unknown.

    >>> days_between("2025-11-01", "2026-11-28T10:00:00Z"), days_between(None, "2026-11-28")
    (392, None)
    """
    try:
        return (date.fromisoformat(made[:10]) - date.fromisoformat(day or "")).days
    except ValueError:
        return None


def times(snapshot: Snapshot) -> dict[str, tuple[str, str]]:
    """Return the first and the last day or year that each graph speaks of."""
    return snapshot.kept(
        ("times",),
        lambda: {
            str(row["graph"]): (row["first"] or "", row["last"] or "")
            for row in ask(snapshot.store, query("coverage")).rows.dicts()
        },
    )


def changed(snapshot: Snapshot) -> dict[str, str]:
    """Return the last day on which a record of each graph is said to be changed, where its source says so."""
    return snapshot.kept(
        ("changed",),
        lambda: {
            str(row["graph"]): (row["last"] or "")[:10]
            for row in ask(snapshot.store, query("last-changes")).rows.dicts()
        },
    )


def refused(folder: Path, name: str) -> tuple[Why, ...]:
    """Return the commonest reasons in a source's file of refused records; none where there is no file."""
    path = folder / "rejects" / f"{name}.csv"
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            found = Counter((row["field"], row["reason"]) for row in _rows(lines))
    except (OSError, UnicodeDecodeError, csv.Error, KeyError):
        return ()
    ordered = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Why(field, reason, many) for (field, reason), many in ordered[:_REASONS])


def _rows(lines: Iterator[str]) -> Iterator[dict[str, str]]:
    return islice(csv.DictReader(lines), _LINES)


def readable() -> dict[str, Source]:
    """Return the sources that samspel can read, by name."""
    return dict(sorted(run.every().items()))


def gaps(snapshot: Snapshot) -> list[Gap]:
    """Return how much the things of each class lack."""
    found = snapshot.kept(("missing",), lambda: missing.missing(snapshot.store))
    return [
        Gap(
            each.name,
            each.of,
            tuple((lack.column, len(lack.nothing), len(lack.unknown)) for lack in each.lacks),
        )
        for each in found
    ]
