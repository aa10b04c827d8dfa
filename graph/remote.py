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
from graph.errors import AnswerCut, QueryError, StoreError
from graph.patience import patiently
from graph.store import Store

_JSON: Final = "application/sparql-results+json"
_TRIPLES: Final = "application/n-triples"
_FOLDER: Final = Path(__file__).parent / "sparql"
GRAPH: Final = "urn:samspel:the-graph"  # stands in our texts for the graph that is meant
STAGING: Final = "urn:samspel:staging:"  # begins the graphs of a push in the making, which nobody is shown
_DEEPEST: Final = 8  # digits of the smallest slice
_UNCUT: Final = 1_000  # triples that every engine gives in one answer
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
            return Store.of(body).run(text_of("merge"))

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
            self._counts = {graph: count for graph, count in self._counted() if self._is_ours(graph)}
        return self._counts

    def staged(self) -> dict[str, int]:
        """Return how many triples each graph of a push in the making holds now."""
        counted = patiently(self.endpoint, lambda: list(self._counted()))
        return {graph: count for graph, count in counted if graph.startswith(STAGING)}

    def size(self, graph: str) -> int:
        """Return how many triples a graph holds now, one of a push in the making too."""
        body = patiently(self.endpoint, lambda: self._line.send(_of("graph_size", graph), _JSON, default=()))
        with self._refusals():
            return sum(int(cell.value) for (cell,) in _solutions(body) if isinstance(cell, Literal))

    @property
    def virtuoso(self) -> bool:
        """Tell whether the endpoint has said that it is a Virtuoso."""
        return self._line.engine.startswith("Virtuoso")

    def merged(self) -> int:
        """Return how many triples the merge holds."""
        return sum(
            int(cell.value) for (cell,) in super().rows(text_of("size")).rows if isinstance(cell, Literal)
        )

    def raw(self, graph: str | None = None) -> Iterator[bytes]:
        """Yield a graph's triples, or those of the merge, as N-Triples lines, each once.

        Of a large graph they come in slices: all triples of those subjects whose MD5 begins alike, so that
        no answer is large, none is in need of an order, and each may be asked for again. A graph with blank
        nodes comes whole, since these have new names in each answer.
        """
        expected = self.merged() if graph is None else self.counts().get(graph, 0)
        yield from self._slice(graph, "", expected)

    def has_blank(self, graph: str | None = None) -> bool:
        """Tell whether a graph, or the merge, has blank nodes."""
        return self.ask(_of("blank", graph))

    def _slice(self, graph: str | None, start: str, expected: int) -> Iterator[bytes]:
        """Yield the triples of a slice; of one too large, or cut (which not all tell), in smaller ones."""
        whole = expected <= self.endpoint.chunk or (not start and self.has_blank(graph))
        if whole and (found := self._read(graph, start)) is not None:
            if len(found) == expected:
                yield from found.raw()
                return
            if len(found) > expected or expected <= _UNCUT:
                raise self._changed(graph, expected, len(found))
        if len(start) == _DEEPEST or (whole and not start and self.has_blank(graph)):
            raise AnswerCut(
                f"{self.endpoint.name}: only a part of {graph or 'the merge'} came. "
                "Let the endpoint give more (Virtuoso: ResultSetMaxRows)."
            )
        slices = self._slices(graph, start)
        if sum(slices.values()) != expected:
            raise self._changed(graph, expected, sum(slices.values()))
        for longer, count in sorted(slices.items()):
            yield from self._slice(graph, longer, count)

    def _read(self, graph: str | None, start: str) -> Store | None:
        """Return the triples of a slice, or of a whole graph; None when the endpoint tells that it cuts."""
        text = _of("slice", graph).replace("the-slice", start) if start else _of("graph", graph)
        beside = self._beside(text)
        try:
            body = patiently(self.endpoint, lambda: self._line.send(text, _TRIPLES, beside))
        except AnswerCut:
            return None
        with self._refusals():
            return Store.of(body)

    def _slices(self, graph: str | None, start: str) -> dict[str, int]:
        """Return the slices of a slice, one digit longer, and how many triples each has."""
        text = _of("slices", graph).replace("the-slice", start)
        rows = patiently(self.endpoint, lambda: super(Remote, self).rows(text)).rows
        return {
            longer.value: int(count.value)
            for longer, count in rows
            if isinstance(longer, Literal) and isinstance(count, Literal)
        }

    def _changed(self, graph: str | None, expected: int, found: int) -> StoreError:
        return StoreError(
            f"{self.endpoint.name}: {expected} triples were expected in {graph or 'the merge'}, "
            f"{found} came. It was changed while it was read: try again."
        )

    def _counted(self) -> Iterator[tuple[str, int]]:
        """Yield all graphs that the endpoint has, with their counts."""
        body = self._line.send(text_of("counts"), _JSON, default=())  # of all graphs: none are known yet
        with self._refusals():
            for graph, count in _solutions(body):
                if isinstance(graph, NamedNode) and isinstance(count, Literal):
                    yield graph.value, int(count.value)

    def _beside(self, query: str) -> tuple[str, ...]:
        """Return the graphs that GRAPH may find; none need be named where the endpoint holds ours alone."""
        named = self.endpoint.default_graph and re.search(r"\bGRAPH\b", query, re.IGNORECASE)
        return self.graphs() if named else ()

    def _is_ours(self, graph: str) -> bool:
        merge = self.endpoint.default_graph
        if graph.startswith(STAGING):
            return False
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


def _of(name: str, graph: str | None) -> str:
    """Return a query of ours about a named graph, or about the merge."""
    text = text_of(name)
    return text.replace(f"GRAPH <{GRAPH}>", "") if graph is None else text.replace(GRAPH, graph)


@cache
def text_of(name: str) -> str:
    """Return a query or an update of ours, as it stands in its file."""
    path = _FOLDER / f"{name}.rq"
    return (path if path.exists() else path.with_suffix(".ru")).read_text("utf-8")
