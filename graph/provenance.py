"""Say which source gave which graph, under what licence, from which file; no clock, so builds agree.

When a graph was loaded stands in the manifest of the generation.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.iris import Iris
from graph.terms import Term, Triple, day, integer, iri, text
from ontology import names as n

VOID = "http://rdfs.org/ns/void#"
_LEADS_ON = (iri(n.PROV + "wasGeneratedBy"), iri(n.PROV + "used"))


@dataclass(frozen=True)
class Origin:
    """What is known of a graph's origin: names, rights, files (name -> sha256) and counts."""

    graph: str
    title_sv: str
    title_en: str
    publisher: str
    licence: str
    url: str
    as_of: str
    files: Mapping[str, str]
    read: int
    rejected: int
    triples: int


def lines(origins: Iterable[Origin], iris: Iris) -> list[str]:
    """Return the provenance graph as sorted N-Triples lines."""
    return sorted({f"{s} {p} {o}" for origin in origins for s, p, o in _triples(origin, iris)})


def of_graphs(known: Iterable[str], graphs: Iterable[str]) -> list[str]:
    """Return those lines of a provenance graph that speak of these graphs, their loads and their files."""
    by_subject: dict[str, list[tuple[str, str]]] = {}
    for line in known:
        subject, predicate, obj = line.split(" ", 2)
        by_subject.setdefault(subject, []).append((predicate, obj))
    found: list[str] = []
    waiting = [f"<{graph}>" for graph in graphs]
    while waiting:
        subject = waiting.pop()
        said = by_subject.pop(subject, [])
        found += [f"{subject} {predicate} {obj}" for predicate, obj in said]
        waiting += [obj for predicate, obj in said if predicate in _LEADS_ON]
    return sorted(found)


def recounted(known: Iterable[str], counts: Mapping[str, int]) -> list[str]:
    """Return lines of a provenance graph with other counts of triples for these graphs."""
    marks = {f"<{graph}> <{VOID}triples> ": integer(count) for graph, count in counts.items()}
    return [
        next((mark + count for mark, count in marks.items() if line.startswith(mark)), line) for line in known
    ]


def _triples(origin: Origin, iris: Iris) -> Iterable[Triple]:
    graph, load = iris.graph(origin.graph), iris.thing("load", origin.graph.replace("_", "-"))
    yield _say(graph, n.type_, iri(n.PROV + "Entity"))
    yield _say(graph, n.type_, iri(VOID + "Dataset"))
    yield _say(graph, n.title, text(origin.title_sv, "sv"))
    yield _say(graph, n.title, text(origin.title_en, "en"))
    yield _say(graph, n.publisher, text(origin.publisher))
    yield _say(graph, n.licence, iri(origin.licence))
    yield _say(graph, n.source, iri(origin.url))
    yield _say(graph, n.modified, day(origin.as_of))
    yield _say(graph, VOID + "triples", integer(origin.triples))
    yield _say(graph, n.PROV + "wasGeneratedBy", load)
    yield _say(load, n.type_, iri(n.PROV + "Activity"))
    yield _say(load, n.prefLabel, text(f"Inläsning av {origin.graph}", "sv"))
    yield _say(load, n.prefLabel, text(f"Load of {origin.graph}", "en"))
    yield _say(load, n.recordsRead, integer(origin.read))
    yield _say(load, n.recordsRejected, integer(origin.rejected))
    for name, digest in sorted(origin.files.items()):
        file = iris.digest("file", origin.graph, name, digest)
        yield _say(load, n.PROV + "used", file)
        yield _say(file, n.type_, iri(n.PROV + "Entity"))
        yield _say(file, n.title, text(name))
        yield _say(file, n.sha256, text(digest))


def _say(subject: Term, predicate: str, obj: Term) -> Triple:
    return subject, iri(predicate), obj
