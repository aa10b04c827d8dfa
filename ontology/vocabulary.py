"""Find and read the room's Turtle files, and look up what its terms and concepts are called."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rdflib import RDF, SKOS, Graph, Literal, URIRef
from rdflib.namespace import RDFS
from rdflib.term import Node

from ontology.names import BASE, SAMSPEL

ROOM = Path(__file__).parent
CORE = ROOM / "core.ttl"
ALIGNMENTS = ROOM / "alignments.ttl"
SHAPES = ROOM / "shapes.ttl"


@dataclass(frozen=True)
class Entry:
    """What a term or concept is called and means, in one language (Swedish where that one is missing)."""

    iri: str
    label: str
    definition: str
    note: str | None
    notation: str | None


def schemes() -> list[Path]:
    """Return the files of the concept schemes, in order of name."""
    return sorted((ROOM / "schemes").glob("*.ttl"))


def files() -> list[Path]:
    """Return the files that make up the vocabulary: core, alignments, shapes and schemes."""
    return [CORE, ALIGNMENTS, SHAPES, *schemes()]


def read(paths: Iterable[Path]) -> Graph:
    """Read Turtle files into one new graph."""
    graph = Graph()
    for path in paths:
        graph.parse(path, format="turtle")
    return graph


def entry(iri: str, language: str = "sv") -> Entry | None:
    """Return the entry of a term or concept of ours, or None when the vocabulary does not hold it."""
    node = URIRef(iri)
    label = _text(node, RDFS.label, language) or _text(node, SKOS.prefLabel, language)
    definition = _text(node, SKOS.definition, language)
    if label is None or definition is None:
        return None
    notation = _vocabulary().value(node, SKOS.notation)
    return Entry(
        iri,
        label,
        definition,
        _text(node, SKOS.scopeNote, language),
        None if notation is None else str(notation),
    )


def label(iri: str, language: str = "sv") -> str | None:
    """Return the name of a term or concept."""
    found = entry(iri, language)
    return None if found is None else found.label


def definition(iri: str, language: str = "sv") -> str | None:
    """Return the meaning of a term or concept."""
    found = entry(iri, language)
    return None if found is None else found.definition


def terms() -> list[str]:
    """Return the IRIs of our classes and properties, in order of name."""
    subjects = _vocabulary().subjects(RDFS.isDefinedBy, URIRef(f"{BASE}ontology"))
    return sorted(str(term) for term in subjects if str(term).startswith(SAMSPEL))


def concepts(scheme: str) -> list[str]:
    """Return the IRIs of the concepts of a scheme, named by its key (`"role"`), in order."""
    found = _vocabulary().subjects(SKOS.inScheme, URIRef(f"{BASE}id/scheme/{scheme}"))
    return sorted(str(concept) for concept in found)


def classes() -> list[str]:
    """Return the IRIs of our classes, in order of name."""
    graph = _vocabulary()
    owl_class = URIRef("http://www.w3.org/2002/07/owl#Class")
    return [term for term in terms() if (URIRef(term), RDF.type, owl_class) in graph]


@cache
def _vocabulary() -> Graph:
    return read([CORE, *schemes()])


def _text(subject: URIRef, predicate: URIRef, language: str) -> str | None:
    texts = {_language(value): str(value) for value in _vocabulary().objects(subject, predicate)}
    return texts.get(language) or texts.get("sv")


def _language(value: Node) -> str | None:
    return value.language if isinstance(value, Literal) else None
