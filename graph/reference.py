"""Run pyshacl, the reference that the fast engine is held against, and read what it found."""

from collections.abc import Iterable, Iterator
from itertools import chain

import pyoxigraph as ox
from rdflib import SH, XSD, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from graph.errors import GraphError, TermError
from graph.findings import Finding


def findings(data: Graph, context: Graph, shapes: Graph) -> Iterator[Finding]:
    """Yield what pyshacl objects to in the data and its context taken together."""
    union = Graph()
    for triple in chain(context, data):
        union.add(triple)
    results = _run(union, shapes)
    for result in results.objects(None, SH.result):
        yield _finding(result, results, shapes)


def graph(lines: Iterable[str]) -> Graph:
    """Return N-Triples lines (without the final dot) as rdflib's graph, literals as they are written."""
    found = Graph()
    content = "".join(f"{line} .\n" for line in lines).encode()
    for quad in ox.parse(content, format=ox.RdfFormat.N_TRIPLES):
        found.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    return found


def _run(data: Graph, shapes: Graph) -> Graph:
    import pyshacl  # slow to import, and most commands never need the reference

    try:
        _, results, text = pyshacl.validate(
            data, shacl_graph=shapes, inference="none", inplace=True, do_owl_imports=False, meta_shacl=False
        )
    except pyshacl.errors.ReportableRuntimeError as error:
        raise GraphError(f"The shapes cannot be used: {error}") from error
    if not isinstance(results, Graph):
        raise GraphError(f"The shapes cannot be used: {text}")
    return results


def _term(term: object) -> Node:
    match term:
        case ox.NamedNode():
            return URIRef(term.value)
        case ox.BlankNode():
            return BNode(term.value)
        case ox.Literal() if term.language:
            return Literal(term.value, lang=term.language)
        case ox.Literal() if term.datatype.value == str(XSD.string):
            return Literal(term.value)
        case ox.Literal():
            return Literal(term.value, datatype=URIRef(term.datatype.value), normalize=False)
    raise TermError(f"{term} is a triple within a triple; the shapes know nothing of those.")


def _finding(result: Node, results: Graph, shapes: Graph) -> Finding:
    messages = {
        message.language: str(message)
        for message in results.objects(result, SH.resultMessage)
        if isinstance(message, Literal)
    }
    focus, value = results.value(result, SH.focusNode), results.value(result, SH.value)
    plain = next(iter(messages.values()), "")
    return Finding(
        shape=_owner(results.value(result, SH.sourceShape), shapes),
        focus=_text(focus) or "",
        path=_path(results.value(result, SH.resultPath), results),
        value=_text(value),
        severity=str(results.value(result, SH.resultSeverity)).rpartition("#")[2],
        message_sv=messages.get("sv", plain),
        message_en=messages.get("en", plain),
        component=str(results.value(result, SH.sourceConstraintComponent)),
        value_is_iri=isinstance(value, URIRef),
        focus_is_literal=isinstance(focus, Literal),
    )


def _owner(shape: Node | None, shapes: Graph) -> str:
    """Return the named node shape that a (blank) property shape belongs to."""
    while isinstance(shape, BNode):
        shape = next(iter(shapes.subjects(SH.property, shape)), None)
    return str(shape)


def _path(node: Node | None, graph: Graph) -> str | None:
    """Write a property path as SPARQL does, with full IRIs in angle brackets where it is not one property."""
    if node is None or isinstance(node, URIRef):
        return _text(node)
    if (inverse := graph.value(node, SH.inversePath)) is not None:
        return f"^<{inverse}>"
    if (parts := graph.value(node, SH.alternativePath)) is not None:
        return "|".join(f"<{part}>" for part in Collection(graph, parts))
    return "/".join(f"<{part}>" for part in Collection(graph, node))


def _text(node: Node | None) -> str | None:
    """Return a node as plain text; a blank node keeps its mark `_:`."""
    if node is None:
        return None
    return f"_:{node}" if isinstance(node, BNode) else str(node)
