"""Write what a store says as files: sorted N-Quads, the same bytes for the same facts."""

from collections.abc import Iterator
from pathlib import Path

from graph.errors import StoreError
from graph.store import Store

FILE = "samspel.nq"


def dump(store: Store, target: Path) -> list[Path]:
    """Write all named graphs to `target/samspel.nq`, or to `target` itself when its name ends in .nq."""
    path = target if target.suffix == ".nq" else target / FILE
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{quad}\n" for quad in quads(store))
    except OSError as error:
        raise StoreError(f"{path}: cannot be written: {error.strerror}.") from error
    return [path]


def quads(store: Store) -> Iterator[str]:
    """Yield the quads of all named graphs in order of graph, then of line."""
    for graph in store.graphs():
        for line in store.lines(graph):
            yield f"{line} <{graph}> ."
