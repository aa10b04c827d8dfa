"""The things that an earlier release held and the newest does not: a list that outlives the releases.

It is a CSV with the header `iri,last_version,withdrawn`, sorted by IRI: the thing, the last version that held
it, and the day of the first version that did not. A thing that returns leaves the list. The list grows with
the years, so nobody holds it whole: it is read and written line by line, and a thing is found by halving.
"""

import csv
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from heapq import merge
from mmap import ACCESS_READ, mmap
from pathlib import Path

from graph.errors import StoreDamaged, StoreError
from graph.release_files import WHOLE, durable, measured
from graph.thing_lists import ADDED, REMOVED, Change

FILE = "withdrawn.csv"
HEADER = ("iri", "last_version", "withdrawn")
_REMEDY = "publish again; if that says the same of a release's own list, restore it from a backup."


@dataclass(frozen=True)
class Withdrawn:
    """A thing that is no longer there: the last version that held it, and since when it is gone."""

    iri: str
    last_version: str
    withdrawn: str


def read(path: Path) -> Iterator[Withdrawn]:
    """Yield the withdrawn things of a list; none when there is no such file."""
    with suppress(FileNotFoundError), path.open("rb") as file:
        _hold(path, file.readline())
        for line in file:
            yield _row(path, line)


def count(path: Path) -> int:
    """Return how many things a list holds; 0 when there is no such file."""
    try:
        with path.open("rb") as file:
            _hold(path, file.readline())
            return sum(1 for _ in file)
    except FileNotFoundError:
        return 0


def find(path: Path, iri: str) -> Withdrawn | None:
    """Return a thing of a list, reading no more lines than halving takes; None when it is not there."""
    try:
        with path.open("rb") as file:
            begin = len(_hold(path, file.readline()))
            with mmap(file.fileno(), 0, access=ACCESS_READ) as lines:
                return _found(path, lines, begin, iri)
    except FileNotFoundError:
        return None  # nothing has been withdrawn, or nothing published
    except OSError as error:
        raise StoreError(f"{path}: cannot be read: {error.strerror}.") from error


def after(
    before: Path | None, changes: Iterable[Change], bases: tuple[str, ...], version: str
) -> Iterator[Withdrawn]:
    """Yield the withdrawn things after a release that brings these changes to the one before it."""
    if before is None:
        return
    changed = {each.iri: each.kind for each in _things(changes, bases)}
    old = (each for each in read(before / FILE) if each.iri not in changed)
    gone = sorted(iri for iri, kind in changed.items() if kind == REMOVED)
    fresh = (Withdrawn(iri, before.name, version[:10]) for iri in gone)
    yield from merge(old, fresh, key=lambda each: each.iri)


def write(path: Path, found: Iterable[Withdrawn]) -> None:
    """Write a list of things that come sorted by IRI, so that it survives a power cut."""
    with durable(path) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows((each.iri, each.last_version, each.withdrawn) for each in found)


def mend(folder: Path, newest: str | None) -> None:
    """Put the list of the newest release beside the releases, whole, where it is not there yet."""
    if newest is None:
        return
    source, target = folder / newest / FILE, folder / FILE
    if target.exists() and measured(target) == measured(source):
        return
    fresh = folder / f".{FILE}.{os.getpid()}"
    with source.open(encoding="utf-8", newline="") as lines, durable(fresh) as file:
        shutil.copyfileobj(lines, file)
    fresh.replace(target)


def _found(path: Path, lines: mmap, low: int, iri: str) -> Withdrawn | None:
    high = len(lines)
    while low < high:
        middle = (low + high) // 2
        begin = max(lines.rfind(b"\n", low, middle) + 1, low)
        end = lines.find(b"\n", middle, high) + 1 or high
        row = _row(path, lines[begin:end])
        if row.iri == iri:
            return row
        low, high = (end, high) if row.iri < iri else (low, begin)
    return None


def _hold(path: Path, header: bytes) -> bytes:
    """Return the first line of a list as it is; refuse another."""
    if header.decode("utf-8", "replace").rstrip().split(",") != list(HEADER):
        raise StoreDamaged(
            f"{path}:1: the columns {','.join(HEADER)} were expected, "
            f"found {header[:80].decode('utf-8', 'replace').rstrip()!r}; {_REMEDY}"
        )
    return header


def _row(path: Path, line: bytes) -> Withdrawn:
    try:
        (cells,) = csv.reader([line.decode().rstrip("\r\n")])
        return Withdrawn(*cells)
    except (ValueError, TypeError, csv.Error) as error:  # no text, no row, or not three cells
        said = line[:80].decode("utf-8", "replace").rstrip()
        raise StoreDamaged(
            f"{path}: a row of {','.join(HEADER)} was expected, found {said!r}; {_REMEDY}"
        ) from error


def _things(changes: Iterable[Change], bases: tuple[str, ...]) -> Iterator[Change]:
    begins = tuple(f"{base}id/" for base in bases)
    kinds = (ADDED, REMOVED)
    return (
        each for each in changes if each.part == WHOLE and each.kind in kinds and each.iri.startswith(begins)
    )
