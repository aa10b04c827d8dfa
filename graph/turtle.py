"""Read Turtle files into lines that come out the same each time, blank nodes included."""

from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, NamedNode, Quad, RdfFormat, parse

from graph.errors import TermError
from graph.iris import Iris


def lines(paths: Iterable[Path], iris: Iris) -> list[str]:
    """Return the triples of Turtle files as sorted N-Triples lines; blank nodes become well-known IRIs."""
    found: set[str] = set()
    names: set[str] = set()
    for path in paths:
        if path.stem in names:
            raise TermError(f"{path}: another file is named {path.stem!r} too; their blank nodes would meet.")
        names.add(path.stem)
        dataset = _read(path)
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        found.update(_line(quad, f"{iris.base}.well-known/genid/{path.stem}-") for quad in dataset)
    return sorted(found)


def _read(path: Path) -> Dataset:
    try:
        return Dataset(parse(path=str(path), format=RdfFormat.TURTLE))
    except SyntaxError as error:
        raise TermError(f"{path}: no Turtle: {error}.") from error
    except OSError as error:
        raise TermError(f"{path}: cannot be read: {error.strerror or error}.") from error


def _line(quad: Quad, prefix: str) -> str:
    def named(node: object) -> object:
        return NamedNode(prefix + node.value) if isinstance(node, BlankNode) else node

    return f"{named(quad.subject)} {quad.predicate} {named(quad.object)}"
