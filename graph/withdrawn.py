"""The things that an earlier release held and the newest does not: a list that outlives the releases.

It is a CSV with the header `iri,last_version,withdrawn`: the thing, the last version that held it, and the
day of the first version that did not. A thing that returns leaves the list.
"""

import csv
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from graph.errors import StoreDamaged
from graph.release_files import WHOLE, write_text
from graph.thing_lists import ADDED, REMOVED, Change

FILE = "withdrawn.csv"
HEADER = ("iri", "last_version", "withdrawn")


@dataclass(frozen=True)
class Withdrawn:
    """A thing that is no longer there: the last version that held it, and since when it is gone."""

    last_version: str
    withdrawn: str


def read(path: Path) -> dict[str, Withdrawn]:
    """Return the withdrawn things of a list; none when there is no such file."""
    try:
        rows = list(csv.reader(path.read_text("utf-8").splitlines()))
    except FileNotFoundError:
        return {}
    if not rows or tuple(rows[0]) != HEADER or any(len(row) != len(HEADER) for row in rows):
        raise StoreDamaged(f"{path}: expected a CSV with the columns {', '.join(HEADER)}. Publish again.")
    return {iri: Withdrawn(version, day) for iri, version, day in rows[1:]}


def after(
    before: Path | None, changes: Iterable[Change], bases: tuple[str, ...], version: str
) -> dict[str, Withdrawn]:
    """Return the withdrawn things after a release that brings these changes to the one before it."""
    if before is None:
        return {}
    found = read(before / FILE)
    for change in _things(changes, bases):
        if change.kind == ADDED:
            found.pop(change.iri, None)
        elif change.kind == REMOVED:
            found[change.iri] = Withdrawn(before.name, version[:10])
    return found


def written(found: Mapping[str, Withdrawn]) -> str:
    """Write a list, sorted by IRI."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows((iri, gone.last_version, gone.withdrawn) for iri, gone in sorted(found.items()))
    return out.getvalue()


def mend(folder: Path, newest: str | None) -> None:
    """Put the list of the newest release beside the releases, whole, where it is not there yet."""
    if newest is None:
        return
    text, target = (folder / newest / FILE).read_text("utf-8"), folder / FILE
    if target.exists() and target.read_text("utf-8") == text:
        return
    fresh = folder / f".{FILE}.{os.getpid()}"
    write_text(fresh, text)
    fresh.replace(target)


def _things(changes: Iterable[Change], bases: tuple[str, ...]) -> Iterator[Change]:
    begins = tuple(f"{base}id/" for base in bases)
    return (change for change in changes if change.part == WHOLE and change.iri.startswith(begins))
