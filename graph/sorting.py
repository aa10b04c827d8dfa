"""Sort more lines than memory holds: sorted runs in unnamed files, merged while they are read."""

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

RUN = 300_000  # lines held in memory at once


def in_order(lines: Iterable[bytes], folder: Path, run: int = RUN) -> Iterator[bytes]:
    """Yield lines, each with its line end, in the order of their bytes; a kill leaves no file behind."""
    ahead = iter(lines)
    with ExitStack() as files:
        runs: list[Iterable[bytes]] = []
        held = sorted(islice(ahead, run))
        while following := list(islice(ahead, run)):
            file = files.enter_context(tempfile.TemporaryFile(dir=folder))
            file.writelines(held)
            file.seek(0)
            runs.append(file)
            held = sorted(following)
        yield from heapq.merge(*runs, held)
