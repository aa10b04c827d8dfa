"""Lists of things with a hash of what is said of each: what tells one release from the next.

A list is a compressed file of lines `PART <IRI> HASH`, sorted by part and IRI. Two lists are compared
while they are read, so that neither need fit into memory, and no older generation is needed.
"""

import gzip
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path

Entry = tuple[bytes, bytes]  # <IRI> and hash
Row = tuple[bytes, bytes, bytes]  # part, <IRI> and hash
ADDED, REMOVED, CHANGED, SAME = "added", "removed", "changed", "same"


@dataclass(frozen=True)
class Change:
    """What became of a thing in a part: it was added, removed or changed, or is the same."""

    part: str
    iri: str
    kind: str


@dataclass(frozen=True)
class Counts:
    """How many things of a part were added, removed or changed, and how many are the same."""

    added: int = 0
    removed: int = 0
    changed: int = 0
    same: int = 0

    @property
    def any(self) -> bool:
        """Tell whether anything differs."""
        return bool(self.added or self.removed or self.changed)

    def json(self) -> dict[str, int]:
        """Return the counts as a JSON object."""
        return asdict(self)


def listed(lines: Iterable[bytes]) -> Iterator[Entry]:
    """Yield each subject of sorted N-Triples lines with a hash of its lines."""
    for subject, said in groupby(lines, key=lambda line: line.partition(b" ")[0]):
        found = hashlib.blake2b(digest_size=8)
        for line in said:
            found.update(line)
        yield subject, found.hexdigest().encode()


def line(part: str, entry: Entry) -> bytes:
    """Write an entry as a line of a list."""
    return b"%s %s %s\n" % (part.encode(), *entry)


def read(path: Path) -> Iterator[Row]:
    """Yield the rows of a list."""
    with gzip.open(path) as file:
        for text in file:
            part, iri, mark = text.split()
            yield part, iri, mark


def compare(older: Iterable[Row], newer: Iterable[Row]) -> Iterator[Change]:
    """Yield what became of each thing; both lists come sorted by part and IRI."""
    before, after = iter(older), iter(newer)
    old, new = next(before, None), next(after, None)
    while old is not None or new is not None:
        if new is None or (old is not None and old[:2] < new[:2]):
            assert old is not None  # noqa: S101  # one of the two is there
            yield _change(old, REMOVED)
            old = next(before, None)
        elif old is None or new[:2] < old[:2]:
            yield _change(new, ADDED)
            new = next(after, None)
        else:
            yield _change(new, SAME if old[2] == new[2] else CHANGED)
            old, new = next(before, None), next(after, None)


def noted(changes: Iterable[Change], file: gzip.GzipFile) -> Iterator[Change]:
    """Write each change that is one as a line `PART KIND <IRI>` while it passes."""
    for change in changes:
        if change.kind != SAME:
            file.write(f"{change.part} {change.kind} <{change.iri}>\n".encode())
        yield change


def read_changes(path: Path) -> Iterator[Change]:
    """Yield the changes that were noted."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for text in file:
            part, kind, iri = text.split()
            yield Change(part, iri[1:-1], kind)


def counted(changes: Iterable[Change]) -> dict[str, Counts]:
    """Count changes part by part."""
    found: dict[str, Counter[str]] = {}
    for change in changes:
        found.setdefault(change.part, Counter())[change.kind] += 1
    return {part: Counts(**counts) for part, counts in sorted(found.items())}


def _change(row: Row, kind: str) -> Change:
    return Change(row[0].decode(), row[1].decode()[1:-1], kind)
