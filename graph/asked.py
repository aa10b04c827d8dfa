"""What can be asked, wherever its triples lie: one interface for the embedded store and for a remote one."""

from abc import ABC, abstractmethod
from array import array
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import BinaryIO, Protocol, cast

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    parse,
    serialize,
)

from graph.columns import Column, Numbered
from graph.errors import QueryError
from graph.manifest import content

Node = NamedNode | BlankNode | Triple
Cell = NamedNode | BlankNode | Literal | Triple | None
Answer = QuerySolutions | QueryBoolean | QueryTriples


class Sink(Protocol):
    """What the engine can write to."""

    def write(self, data: bytes, /) -> int:
        """Take a piece."""

    def flush(self) -> None:
        """Pass on what was held back."""


@dataclass(frozen=True)
class Dataset:
    """The graphs that a query is asked over, by name: those merged as its default graph, those named."""

    default: tuple[str, ...]
    named: tuple[str, ...]


@dataclass(frozen=True)
class Rows:
    """The answer to a SELECT: column names and rows of RDF terms (None where unbound)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def dicts(self) -> Iterator[dict[str, str | None]]:
        """Yield each row as texts: the value of a literal, the IRI of a node."""
        for row in self.rows:
            yield {
                name: None if cell is None else shown(cell)
                for name, cell in zip(self.columns, row, strict=True)
            }


class Asked(ABC):
    """Triples in named graphs and their merge, which is the default graph; here they are only read."""

    @abstractmethod
    def __len__(self) -> int:
        """Count the quads: those of the named graphs and those of the merge."""

    @abstractmethod
    def run(self, query: str, dataset: Dataset | None = None, base: str | None = None) -> Answer:
        """Run any SPARQL query over the merge of all graphs, or over those of a dataset."""

    def match(
        self,
        subject: Node | None = None,
        predicate: str | None = None,
        value: Cell = None,
        named: bool = False,
    ) -> Iterator[Quad] | None:
        """Yield the quads of the merge, or of the `named` graphs, that match, in the order of an index.

        No query is parsed or planned, which takes longer than to read what is said of one thing. None where
        nothing but queries is answered.
        """
        return None

    @abstractmethod
    def graphs(self) -> tuple[str, ...]:
        """Return the IRIs of the named graphs, sorted."""

    @abstractmethod
    def raw(self, graph: str | None = None) -> Iterator[bytes]:
        """Yield a graph's triples, or those of the merge, as N-Triples lines with dot and line end."""

    @abstractmethod
    def close(self) -> None:
        """Let go of files and connections; nothing can be asked after this."""

    @abstractmethod
    def _refusals(self) -> AbstractContextManager[None]:
        """Tell in a sentence what is refused while an answer is read."""

    def rows(self, query: str) -> Rows:
        """Run a SELECT and return all its rows."""
        found = self._solutions(query)
        columns = tuple(variable.value for variable in found.variables)
        with self._refusals():
            return Rows(columns, tuple(map(tuple, found)))

    def columns(self, query: str, keep: bool = False) -> dict[str, Column]:
        """Run a SELECT and return its columns as texts, each text held once: for answers of many rows.

        `keep` says that it will be asked again; only a store that never changes can keep the answer.
        """
        found = self._solutions(query)
        names = [variable.value for variable in found.variables]
        numbered, codes = [Numbered() for _ in names], [array("i") for _ in names]
        together = list(zip(numbered, codes, strict=True))
        with self._refusals():
            for row in found:
                for (known, taken), cell in zip(together, row, strict=True):
                    taken.append(-1 if cell is None else known[shown(cell)])
        return {
            name: Column(taken, tuple(known)) for name, (known, taken) in zip(names, together, strict=True)
        }

    def _solutions(self, query: str) -> QuerySolutions:
        """Run a SELECT; no answer of another kind may live on in a traceback: its thread must drop it."""
        found = self.run(query)
        if not isinstance(found, QuerySolutions):
            del found
            raise QueryError("A SELECT query was expected here.")
        return found

    def ask(self, query: str) -> bool:
        """Run an ASK."""
        found = self.run(query)
        if not isinstance(found, QueryBoolean):
            del found
            raise QueryError("An ASK query was expected here.")
        return bool(found)

    def construct(self, query: str) -> tuple[Triple, ...]:
        """Run a CONSTRUCT or DESCRIBE and return its triples."""
        found = self.run(query)
        if not isinstance(found, QueryTriples):
            del found
            raise QueryError("A CONSTRUCT or DESCRIBE query was expected here.")
        with self._refusals():
            return tuple(found)

    def lines(self, graph: str | None = None) -> list[str]:
        """Return a graph's triples as sorted N-Triples lines; without a name, those of the merge."""
        return sorted(line.decode().removesuffix(" .\n") for line in self.raw(graph))

    def write(
        self, out: Sink, form: RdfFormat, graph: str | None, prefixes: Mapping[str, str] | None = None
    ) -> None:
        """Write a graph's triples, or those of the merge, to a file in a format."""
        lines = b"".join(self.raw(graph))
        triples = (quad.triple for quad in parse(lines, format=RdfFormat.N_TRIPLES))
        serialize(triples, cast("BinaryIO", out), format=form, prefixes=dict(prefixes or {}))

    def stream(self, graph: str | None = None) -> "Lines":
        """Return a graph's triples, or those of the merge, as lines to be read any number of times."""
        return Lines(self, graph)

    def digest(self, graph: str) -> tuple[int, str]:
        """Return how many triples a graph holds and a hash of them, whatever order they were loaded in."""
        return content(self.raw(graph))


@dataclass(frozen=True)
class Lines:
    """A graph's triples as N-Triples lines without the final dot, in the order in which they come."""

    store: Asked
    graph: str | None = None

    def __iter__(self) -> Iterator[str]:
        return (line[:-3].decode() for line in self.store.raw(self.graph))


def shown(cell: NamedNode | BlankNode | Literal | Triple) -> str:
    """Return a term as text for a person: a literal's value, an IRI, a blank node's label."""
    return str(cell) if isinstance(cell, Triple) else cell.value
