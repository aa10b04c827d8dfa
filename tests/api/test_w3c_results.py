"""The W3C's tests of result formats: CSV, TSV and JSON, written as our endpoint writes them."""

import csv
import io
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest
from rdflib import RDF, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.query import Result
from rdflib.term import Node

from api.guard import check
from api.sparql_run import write
from graph.store import Store

SUITES = Path(__file__).parents[2] / ".venv" / "w3c"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
MEDIA = {".csv": "text/csv", ".tsv": "text/tab-separated-values", ".srj": "application/sparql-results+json"}

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")


class Case(NamedTuple):
    """A test of the manifest: its query, its data and the result that is expected."""

    name: str
    query: Path
    data: Path
    result: Path


def cases() -> list[Case]:
    """Return the tests of both manifests."""
    found = []
    for path in sorted(SUITES.glob("*/manifest.ttl")):
        graph = Graph().parse(path)
        (entries,) = graph.objects(graph.value(predicate=RDF.type, object=MF.Manifest), MF.entries)
        for test in Collection(graph, entries):
            action = graph.value(test, MF.action)
            ends = [graph.value(action, QT.query), graph.value(action, QT.data), graph.value(test, MF.result)]
            files = [path.parent / str(end).rpartition("/")[2] for end in ends if isinstance(end, URIRef)]
            found.append(Case(str(graph.value(test, MF.name)), *files))
    return found


def answered(case: Case) -> str:
    """Return our answer to a test's query."""
    store = Store.memory()
    lines = Graph().parse(case.data).serialize(format="nt")
    store.load("urn:data", [lines.encode()])
    out = io.BytesIO()
    write(store, check(case.query.read_text("utf-8"), 10_000), MEDIA[case.result.suffix], out)
    return out.getvalue().decode()


def rows(text: str, suffix: str) -> object:
    """Return a result so that it can be compared: rows in any order, any labels, numbers by their value.

    The store keeps numbers by value: what came as 1.0e6 is written as 1000000, and a negativeInteger
    as an integer. A text of type xsd:string and a plain one are the same since RDF 1.1.
    """
    if suffix == ".csv":
        table = list(csv.reader(io.StringIO(text, newline="")))
        return table[0], Counter(tuple(map(_plain, row)) for row in table[1:])
    form = {".srj": "json", ".tsv": "tsv"}[suffix]
    found = Result.parse(io.BytesIO(text.encode()), format=form)
    if found.type == "ASK":
        return found.askAnswer
    return found.vars, Counter(
        frozenset((str(name), _term(term)) for name, term in row.items()) for row in found.bindings
    )


def _plain(cell: str) -> str | float:
    if cell.startswith("_:"):
        return "_:"
    return float(cell) if _NUMBER.fullmatch(cell) else cell


def _term(term: Node) -> object:
    if isinstance(term, BNode):
        return "_:"
    if isinstance(term, Literal) and isinstance(term.value, int | float | Decimal):
        return XSD.integer if isinstance(term.value, int) else term.datatype, float(term.value)
    if isinstance(term, Literal) and term.datatype == XSD.string:
        return Literal(str(term)).n3()
    return term.n3() if isinstance(term, Literal | URIRef) else term


@pytest.mark.skipif(not SUITES.is_dir(), reason="the W3C's tests are not here: sh scripts/w3c.sh .venv/w3c")
@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_results_are_written_as_the_standard_says(case: Case) -> None:
    assert rows(answered(case), case.result.suffix) == rows(
        case.result.read_text("utf-8"), case.result.suffix
    )
