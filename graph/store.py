"""The embedded store: one generation, asked by SPARQL; the only module that opens an Oxigraph store.

Every source has its named graph. The default graph holds their merge, each triple once, so that a
query without GRAPH counts a fact once however many sources say it (docs/decisions/0003).
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import BinaryIO, cast

from pyoxigraph import (
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
)
from pyoxigraph import Store as Oxigraph

from graph.asked import Answer as Answer
from graph.asked import Asked as Asked
from graph.asked import Cell as Cell
from graph.asked import Dataset, Node, Sink
from graph.asked import Lines as Lines
from graph.asked import Rows as Rows
from graph.asked import shown as shown
from graph.columns import Column
from graph.errors import QueryError, StoreDamaged, StoreError
from graph.kept import kept
from graph.manifest import ADVICE
from graph.terms import Term

PIECE = 32 << 20  # bytes of N-Triples loaded at once: larger pieces are no faster and take more memory
_PIPE = 1 << 18
_SMALL = 200_000  # quads of a store whose graphs are read in one piece, which is faster than by a pipe


class Store(Asked):
    """Triples in named graphs and their merge, in memory or on disk."""

    def __init__(self, inner: Oxigraph, beside: Path | None = None) -> None:
        self._inner, self._beside = inner, beside

    @classmethod
    def open(cls, folder: Path, beside: Path | None = None) -> "Store":
        """Open the store in a folder for reading; columns of what never changes are kept `beside`."""
        try:
            return cls(Oxigraph.read_only(str(folder)), beside)
        except (OSError, RuntimeError) as error:
            raise StoreError(f"{folder}: the store cannot be opened: {error}.") from error

    @classmethod
    def create(cls, folder: Path) -> "Store":
        """Open the store in a folder for writing, making it when it is not there."""
        try:
            return cls(Oxigraph(str(folder)))
        except (OSError, RuntimeError) as error:
            raise StoreError(f"{folder}: the store cannot be opened for writing: {error}.") from error

    @classmethod
    def memory(cls) -> "Store":
        """Make an empty store in memory."""
        return cls(Oxigraph())

    @classmethod
    def of(cls, triples: bytes) -> "Store":
        """Make a store in memory whose merge holds N-Triples; nobody says them in a named graph."""
        made = cls.memory()
        with _storing():
            made._inner.bulk_load(triples, format=RdfFormat.N_TRIPLES)
        return made

    def in_memory(self) -> "Store":
        """Return a copy held in memory, which answers 3-5 times faster than the disk."""
        copy = Store.memory()
        with _reading():
            data = self._inner.dump(format=RdfFormat.N_QUADS)
        if data is not None:
            copy._inner.bulk_load(_in_order(data), format=RdfFormat.N_QUADS)
        return copy

    def merge_in_memory(self) -> "Store":
        """Return a copy of the merge alone, held in memory; its named graphs are missing."""
        return Store.of(_in_order(self._text(DefaultGraph())))

    def both_in_memory(self) -> tuple["Store", "Store"]:
        """Return copies of the merge alone and of the whole, which reads the merge from the disk once."""
        merge = _in_order(self._text(DefaultGraph()))
        said = (
            _in_order(self._text(NamedNode(graph))).replace(b" .\n", f" <{graph}> .\n".encode())
            for graph in self.graphs()
        )
        whole = Store.memory()
        with _storing():
            whole._inner.bulk_load(b"".join((merge, *said)), format=RdfFormat.N_QUADS)
        return Store.of(merge), whole

    def _text(self, graph: NamedNode | DefaultGraph) -> bytes:
        """Return a graph's triples as N-Triples; a line end stands nowhere but at the end of one."""
        with _reading():
            return self._inner.dump(format=RdfFormat.N_TRIPLES, from_graph=graph) or b""

    def close(self) -> None:
        """Let go of the files; the store cannot be used after this."""
        self.__dict__.pop("_inner", None)

    def __len__(self) -> int:
        with _reading():
            return len(self._inner)

    def run(self, query: str, dataset: Dataset | None = None, base: str | None = None) -> Answer:
        """Run any SPARQL query over the merge of all graphs, or over those of a dataset."""
        with _refusals():
            if dataset is None:
                return self._inner.query(query, base_iri=base)
            return self._inner.query(
                query,
                base_iri=base,
                default_graph=[NamedNode(name) for name in dataset.default],
                named_graphs=[NamedNode(name) for name in dataset.named],
            )

    def columns(self, query: str, keep: bool = False) -> dict[str, Column]:
        """Run a SELECT and return its columns; those to keep are read from a file the next time."""
        made = super().columns
        return kept(self._beside, query, lambda: made(query)) if keep and self._beside else made(query)

    def graphs(self) -> tuple[str, ...]:
        """Return the IRIs of the named graphs, sorted."""
        with _reading():
            names = [node.value for node in self._inner.named_graphs() if isinstance(node, NamedNode)]
        return tuple(sorted(names))

    def lines(self, graph: str | None = None) -> list[str]:
        """Return a graph's triples as sorted N-Triples lines; without a name, those of the merge."""
        name = DefaultGraph() if graph is None else NamedNode(graph)
        return sorted(line.removesuffix(" .") for line in self._text(name).decode().split("\n") if line)

    def raw(self, graph: str | None = None) -> Iterator[bytes]:
        """Yield a graph's triples, or those of the merge, as N-Triples lines with dot and line end.

        They come in the order of the store's index; of a large store while it is read, so memory stays small.
        """
        name = DefaultGraph() if graph is None else NamedNode(graph)
        if len(self) <= _SMALL:
            yield from BytesIO(self._text(name))
            return
        ahead, behind = os.pipe()
        trouble: list[Exception] = []
        reader = Thread(target=self._write, args=(behind, name, trouble))
        reader.start()
        try:
            with os.fdopen(ahead, "rb", buffering=_PIPE) as lines:
                yield from lines
        finally:
            reader.join()
        with _reading():
            for error in trouble:
                raise error

    def write(
        self, out: Sink, form: RdfFormat, graph: str | None, prefixes: Mapping[str, str] | None = None
    ) -> None:
        """Write a graph's triples, or those of the merge, to a file in a format."""
        name = DefaultGraph() if graph is None else NamedNode(graph)
        with _reading():
            self._inner.dump(
                cast("BinaryIO", out), format=form, from_graph=name, prefixes=dict(prefixes or {})
            )

    def replace(self, graph: str, lines: Sequence[str]) -> None:
        """Put lines (N-Triples without the final dot) in the place of all that a named graph held."""
        self.drop(graph)
        self.load(graph, ["".join(f"{line} .\n" for line in lines).encode()])

    def drop(self, graph: str) -> None:
        """Remove a named graph; meant for graphs whose lines fit into memory."""
        gone = set(self.lines(graph)) if graph in self.graphs() else set()
        with _storing(graph):
            if gone:
                self._inner.remove_graph(NamedNode(graph))
            self._forget(gone)

    def load(self, graph: str, pieces: Iterable[bytes]) -> None:
        """Add pieces of N-Triples text, each of whole lines, to a named graph and to the merge."""
        name = NamedNode(graph)
        for piece in pieces:
            with _storing(graph):
                if b"_:" in piece:  # the engine gives blank nodes new labels at each load
                    self._inner.extend(_twice(piece, name))
                    continue
                self._inner.bulk_load(piece, format=RdfFormat.N_TRIPLES, to_graph=name)
                self._inner.bulk_load(piece, format=RdfFormat.N_TRIPLES)

    def _refusals(self) -> AbstractContextManager[None]:
        return _refusals()

    def solutions(
        self,
        query: str,
        default: Sequence[str] | None = None,
        named: Sequence[str] | None = None,
        base: str | None = None,
    ) -> QuerySolutions:
        """Run a SELECT, over a dataset of these graphs when they are given."""
        with _refusals():
            found = self._inner.query(
                query,
                base_iri=base,
                default_graph=None if default is None else [NamedNode(each) for each in default],
                named_graphs=None if named is None else [NamedNode(each) for each in named],
            )
        if not isinstance(found, QuerySolutions):
            raise QueryError("A SELECT query was expected here.")
        return found

    def change(self, update: str, base: str | None = None) -> None:
        """Run a SPARQL update as the engine does it, which knows nothing of the merge: for scratch stores."""
        with _refusals("update"):
            self._inner.update(update, base_iri=base)

    def quads(self, graph: str | None = None) -> Iterator[Quad]:
        """Yield the quads of a named graph; without a name, those of all named graphs."""
        where = None if graph is None else NamedNode(graph)
        with _reading():
            for quad in self._inner.quads_for_pattern(None, None, None, where):
                if not isinstance(quad.graph_name, DefaultGraph):
                    yield quad

    def match(
        self,
        subject: Node | None = None,
        predicate: str | None = None,
        value: Cell = None,
        named: bool = False,
    ) -> Iterator[Quad]:
        """Yield the quads of the merge, or of the `named` graphs, that match, in the order of an index."""
        link, where = predicate and NamedNode(predicate), None if named else DefaultGraph()
        with _reading():
            for quad in self._inner.quads_for_pattern(subject, link or None, value, where):
                if not (named and isinstance(quad.graph_name, DefaultGraph)):
                    yield quad

    def every_quad(self) -> list[Quad]:
        """Return all quads, those of the default graph too."""
        with _reading():
            return list(self._inner)

    def saying(self, triple: Triple) -> list[Quad]:
        """Return the quads of named graphs that say a triple."""
        return list(self.match(triple.subject, triple.predicate.value, triple.object, named=True))

    def holds(self, quad: Quad) -> bool:
        """Tell whether a quad is there."""
        with _reading():
            return quad in self._inner

    def add(self, quads: Iterable[Quad]) -> None:
        """Add quads as they are; the merge is the caller's."""
        with _storing():
            self._inner.extend(quads)

    def remove(self, quads: Iterable[Quad]) -> None:
        """Remove quads as they are; the merge is the caller's."""
        with _storing():
            for quad in quads:
                self._inner.remove(quad)

    def clear_merge(self) -> None:
        """Empty the default graph, to be filled again by the caller."""
        with _storing():
            self._inner.clear_graph(DefaultGraph())

    def forget(self, graph: str) -> None:
        """Remove a named graph, also an empty one from the engine's list; the merge is the caller's."""
        with _storing(graph):
            self._inner.remove_graph(NamedNode(graph))

    def backup(self, folder: Path) -> None:
        """Copy the store into a folder that does not exist yet (hard links where the disk allows)."""
        with _storing():
            self._inner.backup(str(folder))

    def flush(self) -> None:
        """Make everything written so far survive a power cut."""
        with _storing():
            self._inner.flush()

    def _write(self, behind: int, name: NamedNode | DefaultGraph, trouble: list[Exception]) -> None:
        """Write a graph into a pipe; when nobody reads it any more, that is the end."""
        try:
            with os.fdopen(behind, "wb", buffering=_PIPE) as file:
                self._inner.dump(file, format=RdfFormat.N_TRIPLES, from_graph=name)
        except BrokenPipeError:
            pass
        except (OSError, RuntimeError) as error:
            trouble.append(error)

    def _forget(self, lines: Iterable[str]) -> None:
        """Take triples out of the merge that no named graph says any more."""
        data = "".join(f"{line} .\n" for line in lines).encode()
        for quad in parse(BytesIO(data), format=RdfFormat.N_TRIPLES):
            others = self._inner.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
            if all(isinstance(other.graph_name, DefaultGraph) for other in others):
                self._inner.remove(quad)


def _in_order(text: bytes) -> bytes:
    """Return lines sorted, so that what is said of a thing lies together in the engine's memory.

    The store on disk gives them in the order of its hashes, in which a join of four over a million triples
    takes a fifth longer, and one of two half as long again.
    """
    return b"\n".join(sorted(text.removesuffix(b"\n").split(b"\n"))) + b"\n" if text else text


def pieces(path: Path, size: int = PIECE) -> Iterator[bytes]:
    """Yield a file of lines in pieces of whole lines, each a little more than `size` bytes."""
    try:
        with path.open("rb") as file:
            while piece := file.read(size):
                yield piece + file.readline()
    except OSError as error:
        raise StoreError(f"{path}: cannot be read: {error.strerror}.") from error


def joined(lines: Iterable[bytes], size: int = PIECE) -> Iterator[bytes]:
    """Yield lines put together to pieces of about `size` bytes."""
    held, length = list[bytes](), 0
    for line in lines:
        held.append(line)
        length += len(line)
        if length >= size:
            yield b"".join(held)
            held, length = [], 0
    if held:
        yield b"".join(held)


@contextmanager
def _storing(graph: str | None = None) -> Iterator[None]:
    """Tell what is no N-Triples, and when the disk takes no more."""
    what = "The store" if graph is None else f"Graph {graph}"
    try:
        yield
    except SyntaxError as error:
        raise StoreError(f"{what}: what was to be loaded is no N-Triples: {error}.") from error
    except (OSError, RuntimeError) as error:
        raise StoreError(
            f"{what}: cannot be stored: {error}. What was in service stays; make room and try again."
        ) from error


@contextmanager
def _reading() -> Iterator[None]:
    """Tell in a sentence when what lies on the disk is broken, which may show only now."""
    try:
        yield
    except (OSError, RuntimeError) as error:
        raise StoreDamaged(f"The stored data cannot be read: {error}. {ADVICE}") from error


@contextmanager
def _refusals(what: str = "query") -> Iterator[None]:
    """Tell what the engine refuses; rows are made while they are read, so reading them can fail too."""
    try:
        yield
    except SyntaxError as error:
        raise QueryError(f"The {what} cannot be parsed: {error}.") from error
    except (ValueError, OSError, RuntimeError) as error:
        raise QueryError(f"The {what} cannot be run: {error}.") from error


def _twice(piece: bytes, graph: NamedNode) -> Iterator[Quad]:
    """Yield each triple for its graph and for the merge, with the same blank nodes in both."""
    for quad in parse(BytesIO(piece), format=RdfFormat.N_TRIPLES):
        yield Quad(quad.subject, quad.predicate, quad.object, graph)
        yield quad


def as_term(cell: NamedNode | Literal) -> Term:
    """Return a term of an answer as N-Triples text, to be said again."""
    return Term(str(cell))
