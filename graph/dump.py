"""Write what a store says as files: sorted N-Quads, views in N-Triples and Turtle; same facts, same bytes."""

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from pyoxigraph import RdfFormat, Triple, parse, serialize

from graph.asked import Asked
from graph.errors import StoreError
from graph.sorting import in_order

FILE = "samspel.nq"
FORMS = (RdfFormat.TURTLE, RdfFormat.N_TRIPLES)
_PREFIX = re.compile(r"^PREFIX (\w+): <([^>]+)>", re.MULTILINE)


def dump(store: Asked, target: Path) -> list[Path]:
    """Write all named graphs to `target/samspel.nq`, or to `target` itself when its name ends in .nq."""
    path = target if target.suffix == ".nq" else target / FILE
    _write(path, _quads(store, path.parent))
    return [path]


def dump_view(store: Asked, name: str, queries: Iterable[str], folder: Path) -> list[Path]:
    """Write the triples that CONSTRUCT queries make to `folder/NAME.ttl` and `folder/NAME.nt`."""
    parts = list(queries)
    paths = []
    for form in FORMS:
        paths.append(folder / f"{name}.{form.file_extension}")
        _write(paths[-1], [view(store, parts, form)])
    return paths


def view(store: Asked, queries: Iterable[str], form: RdfFormat) -> bytes:
    """Return the triples that CONSTRUCT queries make, each once and sorted, in one of FORMS.

    Turtle is written with the prefixes that the queries declare.
    """
    parts = list(queries)
    lines = sorted({f"{triple} .\n" for part in parts for triple in store.construct(part)})
    data = "".join(lines).encode()
    if form == RdfFormat.N_TRIPLES:
        return data
    prefixes = dict(sorted(pair for part in parts for pair in _PREFIX.findall(part)))
    out = BytesIO()
    serialize(_triples(data), out, format=form, prefixes=_used(prefixes, data))
    return out.getvalue()


def _quads(store: Asked, folder: Path) -> Iterator[bytes]:
    """Yield the quads of all named graphs in order of graph, then of line; sort in a folder's files."""
    for graph in store.graphs():
        end = f" <{graph}> .\n".encode()
        for line in in_order(store.raw(graph), folder):
            yield line.removesuffix(b" .\n") + end


def _triples(data: bytes) -> Iterator[Triple]:
    return (quad.triple for quad in parse(data, format=RdfFormat.N_TRIPLES))


def _used(prefixes: dict[str, str], data: bytes) -> dict[str, str]:
    return {prefix: iri for prefix, iri in prefixes.items() if f"<{iri}".encode() in data}


def _write(path: Path, parts: Iterable[bytes]) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.writelines(parts)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written: {error.strerror}.") from error
