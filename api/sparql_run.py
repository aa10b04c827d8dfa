"""Run a checked query and write its answer in the standard format that was asked for."""

import re
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import BinaryIO, cast

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    serialize,
)

from api import plain_sparql
from api.guard import Checked, Refused, place
from api.negotiate import choose
from api.sparql_tokens import in_order, star
from graph.asked import Asked, Dataset, Rows, Sink
from graph.errors import QueryError
from graph.store import Store

ROWS_SHOWN = 1000
_POSITION = re.compile(r"error at (\d+):(\d+): expected (.*)", re.DOTALL)
_REASON = re.compile(r"[A-Z][a-z][a-zA-Z ]{8,}")
_SIGN = re.compile(r'"[^"]*"')
_AROUND = 60  # characters of a line shown before and after a mistake

TABLES = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "application/xml": QueryResultsFormat.XML,
    "text/xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
GRAPHS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/trig": RdfFormat.TRIG,
    "application/n-quads": RdfFormat.N_QUADS,
    "text/n3": RdfFormat.N3,
    "application/xml": RdfFormat.RDF_XML,
    "application/json": RdfFormat.JSON_LD,
    "text/plain": RdfFormat.N_TRIPLES,
}
FORMS = {  # names for the parameter `format`: of a table, of a graph
    "json": ("application/sparql-results+json", "application/ld+json"),
    "xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "csv": ("text/csv", None),
    "tsv": ("text/tab-separated-values", None),
    "ttl": (None, "text/turtle"),
    "nt": (None, "application/n-triples"),
    "jsonld": (None, "application/ld+json"),
    "rdf": (None, "application/rdf+xml"),
    "trig": (None, "application/trig"),
    "nq": (None, "application/n-quads"),
}
PREFIXES = {
    "samspel": "https://w3id.org/samspel/ontology#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "org": "http://www.w3.org/ns/org#",
    "foaf": "http://xmlns.com/foaf/0.1/",
}


@dataclass(frozen=True)
class Shown:
    """An answer for a page: the first rows of a SELECT, the word of an ASK, or triples as Turtle."""

    rows: Rows | None = None
    more: bool = False
    truth: bool | None = None
    turtle: str | None = None


class _Capped(BytesIO):
    """Takes what the engine writes until it is too much."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def write(self, data: bytes, /) -> int:  # type: ignore[override]  # the engine writes bytes only
        if self.tell() + len(data) > self._limit:
            raise Refused(
                413, f"The answer is larger than {self._limit} bytes. Ask for less: LIMIT, or fewer columns."
            )
        return super().write(data)


def prefixes(query: str) -> dict[str, str]:
    """Return the prefixes that a query begins with: its asker knows them, and each costs time at each IRI.

    >>> prefixes("PREFIX e: <http://e.org/> CONSTRUCT WHERE { ?s ?p ?o }")
    {'e': 'http://e.org/'}
    """
    found = plain_sparql.prologue(query)
    return {name: iri[1:-1] for name, iri in plain_sparql.prefixes(found).items()}


def chosen(form: str, accept: object, wanted: object = None) -> str:
    """Return the media type to answer a form of query in: by a name of FORMS, else by an Accept header."""
    table = form in ("SELECT", "ASK")
    offers = tuple(TABLES if table else GRAPHS)
    if wanted is not None:
        found = FORMS.get(str(wanted), (None, None))[0 if table else 1]
        if found is None:
            raise Refused(400, f"Format {wanted!r} does not fit a {form}; there are {', '.join(FORMS)}.")
        return found
    media = choose(accept if isinstance(accept, str) else None, offers)
    if media is None:
        raise Refused(406, f"A {form} can be answered as {', '.join(offers)} or text/html.")
    return media


def write(
    store: Asked,
    query: Checked,
    media: str,
    out: Sink,
    dataset: Dataset | None = None,
    base: str | None = None,
    instead: str | None = None,
) -> None:
    """Write the answer to a query to a file, in a media type of TABLES or GRAPHS.

    `instead` is a query with the same answer that is answered faster.
    """
    answer = _ask(store, query, dataset, base, instead)
    try:
        if isinstance(answer, QueryTriples):
            told = prefixes(query.text) or PREFIXES
            serialize(answer, cast("BinaryIO", out), format=GRAPHS[media], prefixes=told)
        else:
            answer.serialize(cast("BinaryIO", out), format=TABLES[media])
    except (ValueError, RuntimeError) as error:
        raise Refused(400, f"The query cannot be run: {error}.") from error
    finally:
        del answer  # else it lives on in a traceback, and its own thread must drop it


def shown(store: Asked, query: Checked, limit: int) -> Shown:
    """Return the answer to a query for a page."""
    answer = _ask(store, query)
    if isinstance(answer, QueryBoolean):
        return Shown(truth=bool(answer))
    try:
        if isinstance(answer, QueryTriples):
            out = _Capped(limit)
            serialize(answer, out, format=RdfFormat.TURTLE, prefixes=PREFIXES)
            return Shown(turtle=out.getvalue().decode())
        columns = tuple(variable.value for variable in answer.variables)
        rows = tuple(tuple(row) for row in islice(answer, ROWS_SHOWN + 1))
    except (ValueError, OSError) as error:
        raise Refused(400, f"The query cannot be run: {error}.") from error
    finally:
        del answer
    return Shown(Rows(columns, rows[:ROWS_SHOWN]), len(rows) > ROWS_SHOWN)


def _ask(
    store: Asked,
    query: Checked,
    dataset: Dataset | None = None,
    base: str | None = None,
    instead: str | None = None,
) -> QuerySolutions | QueryBoolean | QueryTriples:
    if instead is not None:
        with suppress(QueryError):  # what is wrong is told of the query as it was written
            return store.run(instead, dataset, base)
    try:
        return store.run(_with_columns(query), dataset, base)
    except QueryError as error:
        raise Refused(400, sentence(query.text, str(error))) from error


def _with_columns(query: Checked) -> str:
    """Return the query with `SELECT *` spelt out: the standard wants the columns in order of appearance."""
    found = star(query.tokens)
    if query.form != "SELECT" or found is None:
        return query.text
    answer = Store.memory().run(query.text)
    if not isinstance(answer, QuerySolutions):
        return query.text
    names = in_order(query.tokens, [variable.value for variable in answer.variables])
    if not names:
        return query.text
    columns = " ".join(f"?{name}" for name in names)
    return f"{query.text[: found.at]} {columns} {query.text[found.at + 1 :]}"


def sentence(text: str, message: str, what: str = "query") -> str:
    """Return what is wrong, where; the engine counts a missing keyword's own length into the column."""
    found = _POSITION.search(message)
    if found is None:
        return message
    line, column, expected = int(found[1]), int(found[2]), found[3].rstrip(".").strip()
    if re.fullmatch(r"[A-Z_]{2,}", expected):
        column, expected = max(column - len(expected), 1), ""
    lines = text.split("\n")
    at = min(sum(len(each) + 1 for each in lines[: line - 1]) + column - 1, len(text))
    near = text[at : at + 30].split("\n")[0].strip()
    return (
        f"The {what} cannot be parsed at {place(text, at)}: "
        f"{f'found {near!r}' if near else 'the text ends too early'}{_hint(expected)}.\n{_caret(text, at)}"
    )


def _caret(text: str, at: int) -> str:
    """Return the line of a place in a text, with a caret under the place."""
    begin = text.rfind("\n", 0, at) + 1
    line = text[begin:].split("\n")[0].rstrip("\r")
    cut = max(at - begin - _AROUND, 0)
    shown = line[cut : cut + 2 * _AROUND].replace("\t", " ")
    return f"{shown}\n{' ' * (at - begin - cut)}^"


def _hint(expected: str) -> str:
    """Return the part of the engine's expectations that a person can use."""
    reasons: list[str] = _REASON.findall(expected)
    if reasons:
        return f" ({reasons[0].strip().rstrip(',')})"
    signs = [sign for sign in _SIGN.findall(expected) if sign.strip('"')]
    return f"; expected one of {' '.join(signs[:8])}" if signs else ""
