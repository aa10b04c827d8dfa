"""Describe the whole dataset in VoID: counted from the snapshot, once a generation.

The class, property and link parts are counted over the merge of all graphs, in which a triple stands once;
the subsets are the sources' graphs with the counts and licences of the provenance graph.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from api import ahead
from api.snapshot import Snapshot
from graph.iris import Iris
from graph.manifest import Manifest
from graph.provenance import VOID
from ontology import names as n
from ontology.names import FOAF, SAMSPEL, XSD
from queries.answer import ask
from queries.catalogue import query

_RELEASE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\.(\d+))?")
_DUMP = re.compile(r"samspel\.(?:nq|nt|ttl|trig)(?:\.gz)?")
_EXAMPLES: Final = ("StrengthArea", "Project", "Organisation", "County")
_FORMATS: Final = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML")
Said = tuple[str | NamedNode, str, NamedNode | Literal]


@dataclass(frozen=True)
class Links:
    """Links from our things to those of another dataset, by one property."""

    target: str
    predicate: str
    count: int


@dataclass(frozen=True)
class Subset:
    """The graph of a source: who published it, under what licence, how many triples."""

    graph: str
    publisher: str
    licence: str
    day: str
    triples: int


@dataclass(frozen=True)
class Dataset:
    """What the VoID description of a generation holds."""

    iri: str
    space: str
    day: str
    triples: int
    entities: int
    subjects: int
    objects: int
    classes: tuple[tuple[str, int], ...]
    properties: tuple[tuple[str, int], ...]
    links: tuple[Links, ...]
    subsets: tuple[Subset, ...]
    examples: tuple[str, ...]

    @property
    def vocabularies(self) -> tuple[str, ...]:
        """The namespaces of the classes and properties."""
        used = (iri for iri, _ in (*self.classes, *self.properties))
        return tuple(sorted({re.sub(r"[^/#]*\Z", "", iri) for iri in used}))


def read(snapshot: Snapshot, iris: Iris) -> Dataset:
    """Return the description of the generation in service."""
    return snapshot.kept(("dataset", iris.base), lambda: _read(snapshot, iris))


def _read(snapshot: Snapshot, iris: Iris) -> Dataset:
    rows = partial(ahead.table, snapshot)
    space = iris.space
    counts = {key: int(value) for key, value in rows("void-counts", {"space": space})[0].items()}
    return Dataset(
        iri=iris.dataset()[1:-1],
        space=space,
        day=_day(snapshot.manifest),
        triples=counts["triples"],
        entities=counts["entities"],
        subjects=counts["subjects"],
        objects=counts["objects"],
        classes=tuple((row["class"], int(row["n"])) for row in rows("void-classes")),
        properties=tuple((row["property"], int(row["n"])) for row in rows("void-properties")),
        links=tuple(Links(row["target"], row["property"], int(row["n"])) for row in rows("void-links")),
        subsets=tuple(
            Subset(row["graph"], row["publisher"], row["licence"], row["day"], int(row["triples"]))
            for row in rows("provenance")
        ),
        examples=tuple(found for name in _EXAMPLES if (found := _example(snapshot, name, space))),
    )


def triples(dataset: Dataset, iris: Iris, dumps: Iterable[str]) -> list[Triple]:
    """Return the description as triples; `dumps` are addresses of files under the base."""
    return [
        Triple(NamedNode(subject) if isinstance(subject, str) else subject, NamedNode(predicate), value)
        for subject, predicate, value in (*_whole(dataset, iris, dumps), *_parts(dataset, iris))
    ]


def dumps(store: Path) -> list[str]:
    """Return the dumps of the newest release, as paths under the base."""
    folder = store / "releases"
    named = [path for path in (folder.iterdir() if folder.is_dir() else ()) if path.is_dir()]
    found = [(match, path) for path in named if (match := _RELEASE.fullmatch(path.name))]
    if not found:
        return []
    newest = max(found, key=lambda each: (each[0][1], int(each[0][2] or 1)))[1]
    files = sorted(path.name for path in newest.iterdir() if _DUMP.fullmatch(path.name))
    return [f"dumps/{newest.name}/{name}" for name in files]


def _whole(dataset: Dataset, iris: Iris, files: Iterable[str]) -> Iterator[Said]:
    it = dataset.iri
    about = iris.place(".well-known/void")[1:-1]
    yield about, n.type_, NamedNode(VOID + "DatasetDescription")
    yield about, FOAF + "primaryTopic", NamedNode(it)
    yield it, n.type_, NamedNode(VOID + "Dataset")
    yield it, n.title, Literal("samspel: regionala innovationssystem i Sverige", language="sv")
    yield it, n.title, Literal("samspel: regional innovation ecosystems of Sweden", language="en")
    yield it, n.modified, Literal(dataset.day, datatype=NamedNode(XSD + "date"))
    yield it, FOAF + "homepage", NamedNode(iris.place("")[1:-1])
    yield it, VOID + "uriSpace", Literal(dataset.space)
    yield it, VOID + "sparqlEndpoint", NamedNode(iris.place("sparql")[1:-1])
    yield it, VOID + "triples", _number(dataset.triples)
    yield it, VOID + "entities", _number(dataset.entities)
    yield it, VOID + "distinctSubjects", _number(dataset.subjects)
    yield it, VOID + "distinctObjects", _number(dataset.objects)
    yield it, VOID + "classes", _number(len(dataset.classes))
    yield it, VOID + "properties", _number(len(dataset.properties))
    for form in _FORMATS:
        yield it, VOID + "feature", NamedNode(f"http://www.w3.org/ns/formats/{form}")
    for path in files:
        yield it, VOID + "dataDump", NamedNode(iris.place(path)[1:-1])
    for iri in dataset.examples:
        yield it, VOID + "exampleResource", NamedNode(iri)
    for space in dataset.vocabularies:
        yield it, VOID + "vocabulary", NamedNode(space)


def _parts(dataset: Dataset, iris: Iris) -> Iterator[Said]:
    it = dataset.iri

    def named(kind: str, at: int) -> NamedNode:
        return NamedNode(iris.dataset(f"{kind}-{at}")[1:-1])

    for at, (iri, count) in enumerate(dataset.classes):
        yield it, VOID + "classPartition", named("class", at)
        yield named("class", at), VOID + "class", NamedNode(iri)
        yield named("class", at), VOID + "entities", _number(count)
    for at, (iri, count) in enumerate(dataset.properties):
        yield it, VOID + "propertyPartition", named("property", at)
        yield named("property", at), VOID + "property", NamedNode(iri)
        yield named("property", at), VOID + "triples", _number(count)
    for subset in dataset.subsets:
        yield it, VOID + "subset", NamedNode(subset.graph)
        yield subset.graph, n.type_, NamedNode(VOID + "Dataset")
        yield subset.graph, n.publisher, Literal(subset.publisher)
        yield subset.graph, n.licence, NamedNode(subset.licence)
        yield subset.graph, n.modified, Literal(subset.day, datatype=NamedNode(XSD + "date"))
        yield subset.graph, VOID + "triples", _number(subset.triples)
    for at, links in enumerate(dataset.links):
        node, target = named("links", at), named("target", _at(dataset, links.target))
        yield it, VOID + "subset", node
        yield node, n.type_, NamedNode(VOID + "Linkset")
        yield node, VOID + "subjectsTarget", NamedNode(it)
        yield node, VOID + "objectsTarget", target
        yield node, VOID + "linkPredicate", NamedNode(links.predicate)
        yield node, VOID + "triples", _number(links.count)
        yield target, n.type_, NamedNode(VOID + "Dataset")
        yield target, VOID + "uriSpace", Literal(links.target)


def _at(dataset: Dataset, target: str) -> int:
    return [links.target for links in dataset.links].index(target)


def _example(snapshot: Snapshot, name: str, space: str) -> str | None:
    """Return a thing of a class with an address of ours."""
    rows = ask(snapshot.store, query("term-uses"), {"term": SAMSPEL + name}).rows.rows
    found = sorted(cell.value for (cell,) in rows if isinstance(cell, NamedNode))
    return next((iri for iri in found if iri.startswith(space)), None)


def _day(manifest: Manifest) -> str:
    return manifest.made[:10]


def _number(value: int) -> Literal:
    return Literal(str(value), datatype=NamedNode(XSD + "integer"))
