"""Change the store by hand: an update, or a graph put, added to or taken away; a new generation each."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from pyoxigraph import Quad

from api.derive import DERIVED, conforms, derive, graph_of, told
from api.update_run import Dataset, run
from graph import provenance
from graph.edit import Edit
from graph.errors import EditRefused
from graph.foreign import EDITS
from graph.generations import Draft, Home
from graph.iris import Iris


@dataclass(frozen=True)
class Done:
    """What an edit came to: the generation in service, whether a graph is new, or was there at all."""

    generation: int
    came: int
    went: int
    left: int = 0
    created: bool = False
    found: bool = True

    def sentence(self) -> str:
        """Return it in words."""
        left = f" {self.left} in derived graphs were left, since those are made again." if self.left else ""
        if not self.came and not self.went:
            return f"Nothing had to be changed; generation {self.generation} stays in service.{left}"
        return f"{self.came} quads came, {self.went} went; generation {self.generation} is in service.{left}"


Documents = Callable[[str], list[Quad]]


def update(home: Home, iris: Iris, text: str, dataset: Dataset | None = None) -> Done:
    """Run a SPARQL update."""
    with _edit(home, iris) as (edit, _):
        run(edit, text, iris.stored("")[1:-1], dataset)
    return _done(home, edit)


def put(home: Home, iris: Iris, graph: str, documents: Documents) -> Done:
    """Put documents in the place of all that a graph holds."""
    with _edit(home, iris, graph) as (edit, existed):
        edit.replace(graph, documents(graph))
    return _done(home, edit, created=not existed)


def post(home: Home, iris: Iris, graph: str, documents: Documents) -> Done:
    """Add documents to a graph."""
    with _edit(home, iris, graph) as (edit, existed):
        edit.apply((), documents(graph))
    return _done(home, edit, created=not existed)


def delete(home: Home, iris: Iris, graph: str) -> Done:
    """Take a graph away."""
    with _edit(home, iris, graph) as (edit, existed):
        edit.replace(graph, ())
    return _done(home, edit, found=existed)


@contextmanager
def _edit(home: Home, iris: Iris, graph: str | None = None) -> Iterator[tuple[Edit, bool]]:
    """Make one generation: what is changed in the block, then what follows from it, then the checks."""
    derived = [graph_of(iris, name) for name in DERIVED]
    if graph in derived:
        raise EditRefused(
            f"Graph {graph} follows from the others and is made again after each change; it cannot be "
            "written. Change what it follows from."
        )
    with home.draft(conforms(lambda _: None, iris, home.folder)) as draft:
        origins = told(draft, iris)
        edit = Edit(draft.store, graph_of(iris, EDITS), derived)
        yield edit, graph is not None and edit.exists(graph)
        if edit.touched:
            draft.edited(sorted(edit.touched))
            derive(draft, iris, _origins(draft, origins, edit.touched))


def _origins(draft: Draft, known: list[str], touched: frozenset[str]) -> list[str]:
    """Return what is known of where the graphs come from, with the counts of those that changed renewed."""
    graphs = draft.manifest.graphs
    counts = {name: entry.count for name, entry in graphs.items() if name in touched}
    return provenance.recounted(provenance.of_graphs(known, graphs), counts)


def _done(home: Home, edit: Edit, created: bool = False, found: bool = True) -> Done:
    number = home.current() or 0
    return Done(number, edit.came, edit.went, edit.left, created, found)
