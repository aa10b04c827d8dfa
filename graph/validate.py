"""Hold a graph against the SHACL shapes and tell what was found, shape by shape, in Swedish and English."""

import io
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, islice
from pathlib import Path
from typing import Literal

import pyoxigraph as ox
from rdflib import BNode, Graph, URIRef
from rdflib import Literal as Text
from rdflib.term import Node

from graph import parts, reference
from graph.compiler import compiled
from graph.errors import GraphError, TermError
from graph.findings import Finding, Report, in_order
from graph.reach import reach as reached
from graph.shapes import Rule
from graph.store import Store
from graph.triples import Triples
from ontology import vocabulary

Data = Graph | Store | Path | str | Iterable[str]
Engine = Literal["fast", "pyshacl"]
WHOLE = 200_000  # triples of a store that are held in memory at once


def validate(
    data: Data,
    shapes: Graph | None = None,
    context: Graph | None = None,
    engine: Engine = "fast",
    folder: Path | None = None,
) -> Report:
    """Validate a graph, a store, a file, N-Quads text or lines of it (graph names are passed over).

    Without `shapes` the shapes of the ontology room are used. `context` is added to the data before
    it is looked at: without one, the concept schemes, so that a source can be validated on its own.
    Both engines find the same; `pyshacl` is the reference (docs/decisions/0007). A store of more than
    WHOLE triples is checked in parts (`graph/parts.py`); they are files without a name in `folder`, or
    where the system keeps temporary files.
    """
    found = (
        _by_reference(data, shapes, context)
        if engine == "pyshacl"
        else _by_rules(data, shapes, context, folder)
    )
    return Report(tuple(sorted(set(found), key=in_order)))


def lines(data: Data) -> list[str]:
    """Return data of any kind as N-Triples lines without the final dot."""
    if isinstance(data, Store):
        return data.lines()
    if isinstance(data, Graph):
        return [" ".join(map(_written, triple)) for triple in data]
    if isinstance(data, Path):
        return _file(data)
    return _parsed(data if isinstance(data, str) else "\n".join(data), "data")


def _by_rules(
    data: Data, shapes: Graph | None, context: Graph | None, folder: Path | None
) -> Iterable[Finding]:
    rules = _own_rules() if shapes is None else compiled(Triples(lines(shapes)))
    around = _scheme_lines() if context is None else lines(context)
    if isinstance(data, Store):
        return _stored(data, rules, around, folder)
    return _whole(rules, chain(around, lines(data)))


def _stored(
    store: Store, rules: Sequence[Rule], around: Sequence[str], folder: Path | None
) -> Iterable[Finding]:
    reach, raw = reached(rules), iter(store.raw())
    first = list(islice(raw, WHOLE))
    if reach.in_parts and len(first) == WHOLE:
        return parts.findings(rules, reach, around, chain(_emptied(first), raw), folder)
    return _whole(rules, chain(around, (line[:-3].decode() for line in chain(_emptied(first), raw))))


def _whole(rules: Sequence[Rule], said: Iterable[str]) -> Iterable[Finding]:
    triples = Triples(said)
    return (finding for rule in rules for finding in rule.findings(triples))


def _emptied(lines: list[bytes]) -> Iterator[bytes]:
    """Yield lines and let go of each."""
    lines.reverse()
    while lines:
        yield lines.pop()


def _by_reference(data: Data, shapes: Graph | None, context: Graph | None) -> Iterable[Finding]:
    return reference.findings(
        data if isinstance(data, Graph) else reference.graph(lines(data)),
        vocabulary.read(vocabulary.schemes()) if context is None else context,
        vocabulary.read([vocabulary.SHAPES]) if shapes is None else shapes,
    )


@cache
def _own_rules() -> tuple[Rule, ...]:
    return compiled(Triples(_file(vocabulary.SHAPES)))


@cache
def _scheme_lines() -> tuple[str, ...]:
    return tuple(line for path in vocabulary.schemes() for line in _file(path))


def _file(path: Path) -> list[str]:
    try:
        content = path.read_text(encoding="utf-8")
    except OSError as error:
        raise GraphError(f"{path}: cannot be read: {error.strerror}.") from error
    form = ox.RdfFormat.from_extension(path.suffix.removeprefix("."))
    if form is None:
        raise GraphError(
            f"{path}: the ending {path.suffix!r} is no RDF format; expected .nq, .nt, .ttl or .trig."
        )
    return _parsed(content, str(path), form)


def _parsed(content: str, name: str, form: ox.RdfFormat = ox.RdfFormat.N_QUADS) -> list[str]:
    try:
        quads = ox.parse(io.BytesIO(content.encode()), format=form)
        return [f"{quad.subject} {quad.predicate} {quad.object}" for quad in quads]
    except SyntaxError as error:
        raise TermError(f"{name}:{error.lineno}: this is not {form.name}: {error.msg}.") from error


def _written(node: Node) -> str:
    match node:
        case URIRef():
            return str(ox.NamedNode(str(node)))
        case BNode():
            return str(ox.BlankNode(str(node)))
        case Text() if node.language:
            return str(ox.Literal(str(node), language=node.language))
        case Text() if node.datatype:
            return str(ox.Literal(str(node), datatype=ox.NamedNode(str(node.datatype))))
    return str(ox.Literal(str(node)))


__all__ = ["Data", "Engine", "Finding", "Report", "lines", "validate"]
