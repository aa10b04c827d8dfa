"""Write graphs as the files of a release: N-Quads, TriG and Turtle, compressed; same facts, same bytes.

Nothing is held in memory but one run of the sort: lines are sorted in unnamed files, and the other
forms are made from the sorted ones while they are read.
"""

import gzip
import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from pyoxigraph import NamedNode, Quad, RdfFormat, parse, serialize

from graph.sorting import in_order
from graph.store import Store
from graph.thing_lists import Entry, listed

WHOLE = "samspel"  # the name of the files that hold all graphs
FORMS = {"nq": RdfFormat.N_QUADS, "trig": RdfFormat.TRIG, "ttl": RdfFormat.TURTLE}
_LINES = ".lines"
_BLOCK = 1 << 20


@dataclass(frozen=True)
class File:
    """A file of a release."""

    name: str
    bytes: int
    sha256: str


def write_graph(
    store: Store, graph: str, name: str, folder: Path, prefixes: Mapping[str, str]
) -> Iterator[Entry]:
    """Write a named graph as NAME.nq.gz, NAME.trig.gz and NAME.ttl.gz; yield its things on the way."""
    end = f" <{graph}> .\n".encode()
    with compressed(folder / f"{name}.nq.gz") as quads, (folder / _LINES).open("wb") as kept:
        yield from listed(_written(in_order(store.raw(graph), folder), kept, quads, end))
    node = NamedNode(graph)
    with (folder / _LINES).open("rb") as lines:
        _serialize(lines, RdfFormat.N_TRIPLES, folder / f"{name}.ttl.gz", RdfFormat.TURTLE, prefixes)
        lines.seek(0)
        quads_of = (Quad(q.subject, q.predicate, q.object, node) for q in _parsed(lines, RdfFormat.N_TRIPLES))
        with compressed(folder / f"{name}.trig.gz") as file:
            serialize(quads_of, cast("IO[bytes]", file), format=RdfFormat.TRIG, prefixes=dict(prefixes))
    (folder / _LINES).unlink()


def write_merge(store: Store, folder: Path, prefixes: Mapping[str, str]) -> Iterator[Entry]:
    """Write the merge of all graphs, each triple once, as samspel.ttl.gz; yield its things on the way."""
    with (folder / _LINES).open("wb") as kept:
        yield from listed(_written(in_order(store.raw(), folder), kept))
    with (folder / _LINES).open("rb") as lines:
        _serialize(lines, RdfFormat.N_TRIPLES, folder / f"{WHOLE}.ttl.gz", RdfFormat.TURTLE, prefixes)
    (folder / _LINES).unlink()


def write_whole(names: Iterable[str], folder: Path, prefixes: Mapping[str, str]) -> None:
    """Put the N-Quads of all graphs together as samspel.nq.gz, and write them as samspel.trig.gz."""
    with compressed(folder / f"{WHOLE}.nq.gz") as whole:
        for name in names:
            with gzip.open(folder / f"{name}.nq.gz") as part:
                while block := part.read(_BLOCK):
                    whole.write(block)
    with gzip.open(folder / f"{WHOLE}.nq.gz") as quads:
        _serialize(
            cast("IO[bytes]", quads), RdfFormat.N_QUADS, folder / f"{WHOLE}.trig.gz", RdfFormat.TRIG, prefixes
        )


@contextmanager
def compressed(path: Path) -> Iterator[gzip.GzipFile]:
    """Open a compressed file that names no time and no file, so that equal content gives equal bytes."""
    with path.open("wb") as raw:
        with gzip.GzipFile("", "wb", 6, raw, mtime=0) as file:
            yield file
        raw.flush()
        os.fsync(raw.fileno())


def measured(path: Path) -> File:
    """Return a file's size and its sha256."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            found.update(block)
    return File(path.name, path.stat().st_size, found.hexdigest())


def write_text(path: Path, text: str) -> None:
    """Write a text so that it survives a power cut."""
    with durable(path) as file:
        file.write(text)


@contextmanager
def durable(path: Path) -> Iterator[IO[str]]:
    """Open a text to write, which survives a power cut once the block has ended."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def _written(
    lines: Iterable[bytes], kept: IO[bytes], quads: gzip.GzipFile | None = None, end: bytes = b""
) -> Iterator[bytes]:
    """Write each line as a triple, and as a quad where that is wanted, while it passes."""
    for line in lines:
        kept.write(line)
        if quads is not None:
            quads.write(line.removesuffix(b" .\n") + end)
        yield line


def _parsed(file: IO[bytes], form: RdfFormat) -> Iterator[Quad]:
    return iter(parse(file, format=form))


def _serialize(
    source: IO[bytes], given: RdfFormat, target: Path, form: RdfFormat, prefixes: Mapping[str, str]
) -> None:
    quads = _parsed(source, given)
    what = (quad.triple for quad in quads) if form == RdfFormat.TURTLE else quads
    with compressed(target) as file:
        serialize(what, cast("IO[bytes]", file), format=form, prefixes=dict(prefixes))
