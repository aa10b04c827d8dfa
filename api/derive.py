"""Renew what follows from the graphs of a draft, and check it: at a build and at an edit."""

from collections.abc import Callable, Sequence
from pathlib import Path

from graph import links, turtle
from graph.errors import CheckFailed
from graph.foreign import tolerated
from graph.generations import Draft
from graph.iris import Iris
from graph.store import Store
from graph.validate import validate
from ontology import vocabulary
from queries import executables, match, missing, naming

Tell = Callable[[str], None]
DERIVED = ("ontology", "queries", "provenance", "names", "inferred")


def derive(draft: Draft, iris: Iris, origins: Sequence[str], tell: Tell = lambda _: None) -> None:
    """Renew the graphs that follow from the others: vocabulary, queries, provenance, names, what we infer."""
    draft.replace(graph_of(iris, "ontology"), turtle.lines([vocabulary.CORE, *vocabulary.schemes()], iris))
    draft.replace(graph_of(iris, "queries"), executables.lines(iris))
    draft.replace(graph_of(iris, "provenance"), origins)
    tell("Naming organisations")
    if (lines := naming.names(draft.store, iris)) or graph_of(iris, "names") in draft.manifest.graphs:
        draft.replace(graph_of(iris, "names"), lines)
    tell("Matching needs and strengths")
    draft.replace(graph_of(iris, "inferred"), match.infer(draft.store, iris))
    if draft.changed:
        draft.manifest = draft.manifest.with_counts(missing.counted(draft.store))


def told(draft: Draft, iris: Iris) -> list[str]:
    """Return what the draft says of where its graphs come from."""
    graph = graph_of(iris, "provenance")
    return draft.store.lines(graph) if graph in draft.manifest.graphs else []


def conforms(tell: Tell, iris: Iris, folder: Path) -> Callable[[Store], None]:
    """Return the check of a new generation: no shape is broken, and no link of ours leads nowhere."""

    def check(store: Store) -> None:
        tell("Validating")
        report, lost = validate(store, folder=folder), links.dangling(store.stream(), iris.base)
        found = [each for each in (*report.violations, *lost) if not tolerated(store, iris, each)]
        if found:
            shown = "\n".join(f"  {finding}" for finding in found[:10])
            raise CheckFailed(
                f"The new generation does not conform to the shapes; the old one stays in service:\n{shown}"
            )

    return check


def graph_of(iris: Iris, name: str) -> str:
    """Return the IRI of the graph of a source, or of what follows from them."""
    return iris.graph(name)[1:-1]
