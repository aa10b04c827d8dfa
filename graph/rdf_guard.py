"""Read RDF that strangers send: one graph, UTF-8, no document type in XML, no context from elsewhere."""

import re
from collections.abc import Iterator
from io import BytesIO

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from graph.errors import TermError

FORMS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/x-turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/trig": RdfFormat.TRIG,
    "application/n-quads": RdfFormat.N_QUADS,
}
_TYPE = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)


def form(media: str) -> RdfFormat | None:
    """Return the format of a media type, None when graphs are not taken in it.

    >>> form("text/turtle; charset=utf-8").name
    'Turtle'
    """
    return FORMS.get(media.partition(";")[0].strip().lower())


def read(data: bytes, format: RdfFormat, graph: str) -> Iterator[Quad]:
    """Yield the triples of a document as quads of a graph, whose IRI is the base of relative ones.

    Blank nodes get labels of their own, so that two documents never mean the same one by chance.
    """
    if format == RdfFormat.RDF_XML:
        _refuse_types(data)
    name = NamedNode(graph)
    try:
        for quad in parse(
            BytesIO(data),
            format=format,
            base_iri=graph,
            without_named_graphs=True,
            rename_blank_nodes=True,
        ):
            yield Quad(quad.subject, quad.predicate, quad.object, name)
    except SyntaxError as error:
        raise TermError(f"What was sent is no {format.name} that can be taken: {_reason(error)}.") from error


def _refuse_types(data: bytes) -> None:
    """Refuse declarations: a kilobyte of entities within entities grows to gigabytes when it is read."""
    if found := _TYPE.search(data):
        line = data.count(b"\n", 0, found.start()) + 1
        raise TermError(
            f"Line {line} of the RDF/XML holds <!{found[1].decode().upper()}: document types and entities "
            "are refused, since they can grow without end. Write the IRIs out, or send Turtle."
        )


def _reason(error: SyntaxError) -> str:
    if "LoadDocumentCallback" in str(error):
        return "its JSON-LD context lies elsewhere and nothing is fetched; write the context into it"
    return str(error.msg or error).rstrip(".")
