"""Check a graph larger than memory part by part: each part is a share of the things, with all they lead to.

The lines are read once. Each goes into a file for its subject's share; where a shape walks a predicate
backwards, or makes its objects nodes to be checked, into that of its object's share too. What shapes read
of things further away (`graph/reach.py`) is held whole beside every part, and so are the classes of all
things, as numbers (`graph/class_index.py`): whatever a part leads to has its classes there. So each thing
is checked once, in its own part, against all that the whole graph would answer.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO

from graph.class_index import ClassIndex
from graph.errors import StoreError
from graph.findings import Finding
from graph.reach import Reach
from graph.shapes import Rule
from graph.triples import TYPE, Triples

SIZE = 60_000  # lines of a part; smaller shares are checked together
_SHARES = 128
_SENT = 50_000  # objects that are remembered as sent to their share already
_BUFFER = 1 << 16


def findings(
    rules: Sequence[Rule],
    reach: Reach,
    around: Iterable[str],
    lines: Iterable[bytes],
    folder: Path | None = None,
    size: int = SIZE,
) -> Iterator[Finding]:
    """Yield what rules object to in lines of N-Triples, each with dot and line end, and in those around them.

    The files take as much disk as the lines. They lie in `folder` without a name: a kill leaves none.
    """
    with ExitStack() as stack:
        spool = _Spool(_files(stack, folder), reach)
        spool.read(lines)
        base = Triples([*around, *spool.far])
        base.add(spool.classes.lines(base.linked()))
        for shares in spool.together(size):
            here = _is_in(shares)
            part = Triples(spool.lines(shares), base)
            part.add(spool.classes.lines(thing for thing in part.linked() if not here(thing)))
            for rule in rules:
                yield from rule.findings(part, here)


class _Spool:
    """The lines in a file for each share of the things, and what is held of all of them."""

    def __init__(self, files: Sequence[IO[bytes]], reach: Reach) -> None:
        self._files = files
        self._counts = [0] * len(files)
        self._towards, self._objects, self._far = (
            frozenset(map(str.encode, names)) for names in (reach.towards, reach.objects, reach.far)
        )
        self._sent = set[bytes]()
        self.far: list[str] = []
        self.classes = ClassIndex()

    def read(self, lines: Iterable[bytes]) -> None:
        """Put every line where it is needed."""
        apart = {TYPE.encode(), *self._towards, *self._objects, *self._far}
        put = [file.write for file in self._files]
        counts = self._counts
        try:
            for line in lines:
                subject, predicate, rest = line.split(b" ", 2)
                share = hash(subject) % _SHARES
                put[share](line)
                counts[share] += 1
                if predicate in apart:
                    self._put_apart(line, subject, predicate, rest[:-3])
        except OSError as error:
            raise StoreError(
                f"The graph cannot be cut into parts to be validated: {error.strerror}. "
                "It takes as much room on the disk as its lines; make room and try again."
            ) from error

    def together(self, size: int) -> Iterator[frozenset[int]]:
        """Yield the shares, in groups of about so many lines."""
        held, count = set[int](), 0
        for share, more in enumerate(self._counts):
            if held and count + more > size:
                yield frozenset(held)
                held, count = set(), 0
            held.add(share)
            count += more
        yield frozenset(held)

    def lines(self, shares: Iterable[int]) -> Iterator[str]:
        """Yield the lines of shares, without dot and line end."""
        for share in sorted(shares):
            self._files[share].seek(0)
            for line in self._files[share]:
                yield line[:-3].decode()

    def _put_apart(self, line: bytes, subject: bytes, predicate: bytes, value: bytes) -> None:
        if predicate == TYPE.encode():
            self.classes.put(subject, value)
        if predicate in self._far:
            self.far.append(line[:-3].decode())
        if predicate in self._towards or (predicate in self._objects and self._is_new(value)):
            share = hash(value) % _SHARES
            if share != hash(subject) % _SHARES:
                self._files[share].write(line)
                self._counts[share] += 1

    def _is_new(self, value: bytes) -> bool:
        """Tell whether a thing must be sent to its share; one line is enough, more do no harm."""
        if value in self._sent:
            return False
        if len(self._sent) >= _SENT:
            self._sent.clear()
        self._sent.add(value)
        return True


def _files(stack: ExitStack, folder: Path | None) -> list[IO[bytes]]:
    return [
        stack.enter_context(tempfile.TemporaryFile(dir=folder, buffering=_BUFFER)) for _ in range(_SHARES)
    ]


def _is_in(shares: frozenset[int]) -> Callable[[str], bool]:
    return lambda node: hash(node.encode()) % _SHARES in shares
