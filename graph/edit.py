"""Change the graphs of a store by hand: quads come and go, and the merge follows (docs/decisions/0010).

The default graph is the merge of all named graphs. What is put into it goes to a graph of its own;
what is taken from it leaves every graph that says it.
"""

from collections.abc import Iterable, Iterator, Sequence

from pyoxigraph import DefaultGraph, NamedNode, Quad, QuerySolutions, Triple

from graph.errors import EditRefused
from graph.store import Store

MOST = 2_000_000  # quads, the merge among them: larger stores are changed by loading sources
_MANY = 2_000  # quads; of more the graphs are written again, which is faster than removing one by one


class Edit:
    """Changes to one store, each seen by the next; `edits` takes what is put into the default graph."""

    def __init__(self, store: Store, edits: str, derived: Iterable[str] = (), most: int = MOST) -> None:
        self.edits = edits
        self._store = store
        self._derived, self._most = frozenset(derived), most
        self._touched: set[str] = set()
        self.came = self.went = self.left = 0
        self._bounded()

    def apply(self, gone: Iterable[Quad], come: Iterable[Quad]) -> None:
        """Take quads away, then put others in; quads of the default graph are led to named graphs.

        What is taken from the default graph and put back into it stays in the graphs that say it.
        """
        before, after = set(gone), set(come)
        same = {quad for quad in before & after if self._said(quad)}
        lost = {found for quad in before - same for found in self._said(quad)}
        won = {self._placed(quad) for quad in after if quad not in same or set(self._said(quad)) <= lost}
        lost -= won
        won = {quad for quad in won if not self._store.holds(quad)}
        again = {quad for quad in lost if _name(quad) in self._derived}  # these are made again anyway
        lost -= again
        self._refuse_derived(won)
        self._exchange(lost, won)
        self._touched |= {_name(quad) for quad in (*lost, *won)}
        self.came += len(won)
        self.went += len(lost)
        self.left += len(again)
        self._bounded()

    def replace(self, graph: str, come: Iterable[Quad]) -> None:
        """Put quads in the place of all that a named graph held."""
        self.apply(self.quads(graph), come)

    def quads(self, graph: str | None = None) -> Iterator[Quad]:
        """Yield the quads of a named graph, or of all named graphs."""
        return self._store.quads(graph)

    def solutions(
        self, query: str, default: Sequence[str] | None, named: Sequence[str] | None, base: str
    ) -> QuerySolutions:
        """Run a SELECT on what the store says now, over a dataset of these graphs when they are given."""
        return self._store.solutions(query, default, named, base)

    def exists(self, graph: str) -> bool:
        """Tell whether a graph says anything; an empty graph is none."""
        return next(self.quads(graph), None) is not None

    @property
    def touched(self) -> frozenset[str]:
        """The graphs that changed."""
        return frozenset(self._touched)

    def _exchange(self, lost: set[Quad], won: set[Quad]) -> None:
        """Take quads of named graphs away and put others in; the merge follows."""
        if len(lost) > _MANY:
            self._write_again(lost)
            self._store.add(_merged(quad) for quad in [*self.quads(), *won])
        else:
            self._store.remove(lost)
            silent = {quad.triple for quad in lost} - {quad.triple for quad in won}
            self._store.remove(_plain(triple) for triple in silent if not self._store.saying(triple))
            self._store.add(_merged(quad) for quad in won)
        self._store.add(won)

    def _write_again(self, lost: set[Quad]) -> None:
        """Empty the merge, and the graphs that lose something, and put back what those keep."""
        self._store.clear_merge()
        for name in {_name(quad) for quad in lost}:
            kept = [quad for quad in self.quads(name) if quad not in lost]
            self._store.forget(name)
            self._store.add(kept)

    def _placed(self, quad: Quad) -> Quad:
        if isinstance(quad.graph_name, DefaultGraph):
            return within(quad, self.edits)
        return quad

    def _said(self, quad: Quad) -> list[Quad]:
        """Return the quads of named graphs that go when this one goes."""
        if isinstance(quad.graph_name, DefaultGraph):
            return self._store.saying(quad.triple)
        return [quad] if self._store.holds(quad) else []

    def _refuse_derived(self, won: Iterable[Quad]) -> None:
        for quad in won:
            if (name := _name(quad)) in self._derived:
                raise EditRefused(
                    f"Graph {name} follows from the others and is made again after each change, so nothing "
                    "can be put into it; name another graph."
                )

    def _bounded(self) -> None:
        if len(self._store) > self._most:
            raise EditRefused(
                f"The store holds {len(self._store)} quads; changes by hand are made up to {self._most}. "
                "Give what changes a source of its own and load it: samspel load."
            )


def within(quad: Quad, graph: str) -> Quad:
    """Return what a quad says as a quad of a graph."""
    return Quad(quad.subject, quad.predicate, quad.object, NamedNode(graph))


def _merged(quad: Quad) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object)


def _plain(triple: Triple) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object)


def _name(quad: Quad) -> str:
    return quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
