"""A remote store: any SPARQL 1.1 endpoint that holds the named graphs and their merge, asked as ours is.

Where the endpoint's default graph is not the merge (docs/remote-stores.md), a graph of its own holds it; the
named graphs are then those beside it, whose IRIs begin as its does up to the last slash.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Final

from pyoxigraph import (
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    parse_query_results,
)

from graph.asked import Answer, Asked, Dataset, Rows
from graph.endpoint import Endpoint, Line
from graph.errors import QueryError, StoreError
from graph.store import Store

_JSON: Final = "application/sparql-results+json"
_TRIPLES: Final = "application/n-triples"
_FOLDER: Final = Path(__file__).parent / "sparql"
_GRAPH: Final = "urn:samspel:the-graph"  # stands in graph.rq for the graph that is asked for
_PROLOGUE: Final = r"(?:\s|#[^\n]*(?:\n|\Z)|(?:BASE|PREFIX\s+[^\s:<]*:)\s*<[^<>]*>)*+"
_FORM: Final = re.compile(_PROLOGUE + r"(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
_TRUTH: Final = {True: b'{"head":{},"boolean":true}', False: b'{"head":{},"boolean":false}'}
_remembered: ContextVar[dict[tuple[str, str], Rows] | None] = ContextVar("remembered", default=None)


class Remote(Asked):
    """A SPARQL endpoint; what it holds is looked up once for each object, `anew` looks again."""

    def __init__(self, endpoint: Endpoint, line: Line | None = None) -> None:
        self.endpoint = endpoint
        self._line = line or Line(endpoint)
        self._named: tuple[str, ...] | None = None
        self._counts: dict[str, int] | None = None

    def anew(self) -> "Remote":
        """Return the same store over the same connections, of which nothing is known yet."""
        return Remote(self.endpoint, self._line)

    @property
    def sent(self) -> int:
        """How many queries went to the endpoint so far."""
        return self._line.sent

    def close(self) -> None:
        """Close the connections."""
        self._line.close()

    def __len__(self) -> int:
        return sum(self.counts().values()) + self.merged()

    def run(self, query: str, dataset: Dataset | None = None, base: str | None = None) -> Answer:
        """Run any SPARQL query, its answer read whole; the endpoint has a base of its own."""
        form = _form(query)
        media = _JSON if form in ("SELECT", "ASK") else _TRIPLES
        if dataset is None:
            body = self._line.send(query, media, self._beside(query))
        else:
            body = self._line.send(query, media, dataset.named, dataset.default)
        with self._refusals():
            if form == "ASK":
                return _truth(body)
            if form == "SELECT":
                for _ in _solutions(body):  # read later, a fault in it would come where nobody expects one
                    pass
                return _solutions(body)
            return Store.of(body).run(_text("merge"))

    def rows(self, query: str) -> Rows:
        """Run a SELECT and return all its rows; within `remembering`, ask it once."""
        known = _remembered.get()
        if known is None:
            return super().rows(query)
        key = (self.endpoint.url, query)
        if key not in known:
            known[key] = super().rows(query)
        return known[key]

    def graphs(self) -> tuple[str, ...]:
        """Return the IRIs of the named graphs, sorted."""
        if self._named is None:
            self._named = tuple(sorted(self.counts()))
        return self._named

    def counts(self) -> dict[str, int]:
        """Return how many triples each named graph holds."""
        if self._counts is None:
            body = self._line.send(_text("counts"), _JSON)  # of all graphs, since none are known yet
            with self._refusals():
                self._counts = {
                    graph.value: int(count.value)
                    for graph, count in _solutions(body)
                    if isinstance(graph, NamedNode)
                    and isinstance(count, Literal)
                    and self._is_ours(graph.value)
                }
        return self._counts

    def merged(self) -> int:
        """Return how many triples the merge holds."""
        return sum(
            int(cell.value) for (cell,) in super().rows(_text("size")).rows if isinstance(cell, Literal)
        )

    def raw(self, graph: str | None = None) -> Iterator[bytes]:
        """Yield a graph's triples, or those of the merge, as N-Triples lines, each once."""
        text = _text("merge") if graph is None else _text("graph").replace(_GRAPH, graph)
        body = self._line.send(text, _TRIPLES, self._beside(text))
        with self._refusals():
            yield from Store.of(body).raw()

    def _beside(self, query: str) -> tuple[str, ...]:
        """Return the graphs that GRAPH may find; none need be named where the endpoint holds ours alone."""
        named = self.endpoint.default_graph and re.search(r"\bGRAPH\b", query, re.IGNORECASE)
        return self.graphs() if named else ()

    def _is_ours(self, graph: str) -> bool:
        merge = self.endpoint.default_graph
        return not merge or (graph != merge and graph.startswith(merge.rpartition("/")[0] + "/"))

    @contextmanager
    def _refusals(self) -> Iterator[None]:
        try:
            yield
        except (SyntaxError, ValueError) as error:
            raise StoreError(
                f"{self.endpoint.name}: what it answers cannot be read as a SPARQL answer: {error}."
            ) from error
        except StoreError as error:
            raise StoreError(f"{self.endpoint.name}: what it answers cannot be read: {error}") from error


@contextmanager
def remembering() -> Iterator[None]:
    """Ask a remote store each SELECT once while the block lasts."""
    token = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(token)


def _form(query: str) -> str:
    found = _FORM.match(query.removeprefix("\ufeff"))
    if found is None:
        raise QueryError("A query begins with SELECT, ASK, CONSTRUCT or DESCRIBE (after its prefixes).")
    return found[1].upper()


def _solutions(body: bytes) -> QuerySolutions:
    found = parse_query_results(body, QueryResultsFormat.JSON)
    if isinstance(found, QueryBoolean):
        raise ValueError("a truth value came where rows were expected")
    return found


def _truth(body: bytes) -> QueryBoolean:
    """Return the answer to an ASK; Virtuoso 7 gives it as a row with 1 or 0."""
    found = parse_query_results(body, QueryResultsFormat.JSON)
    if not isinstance(found, QueryBoolean):
        cells = [row[0] for row in found]
        said = any(isinstance(cell, Literal) and cell.value in ("1", "true") for cell in cells)
        found = parse_query_results(_TRUTH[said], QueryResultsFormat.JSON)
    return found if isinstance(found, QueryBoolean) else _truth(_TRUTH[False])


@cache
def _text(name: str) -> str:
    return (_FOLDER / f"{name}.rq").read_text("utf-8")
