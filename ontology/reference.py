"""Gather what the files of the vocabulary say of a term: kinds, neighbours, alignments, shapes, examples."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from rdflib import OWL, PROV, RDF, RDFS, SH, SKOS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from ontology import vocabulary
from ontology.names import SAMSPEL

EXAMPLES: Final = vocabulary.ROOM / "examples"
REFUSED_BY: Final = "# refused by: "
_SCHEMA: Final = Namespace("https://schema.org/")
_DOMAIN: Final = RDFS.domain | _SCHEMA.domainIncludes
_RANGE: Final = RDFS.range | _SCHEMA.rangeIncludes
_TARGETS: Final = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)


@dataclass(frozen=True)
class Alignment:
    """How a term stands to one of another vocabulary: the relation, the term and its short name."""

    relation: str
    term: str
    short: str


@dataclass(frozen=True)
class Rule:
    """A shape that a term's data must hold to: its name, the severities it uses, and its messages."""

    shape: str
    label: str
    severities: tuple[str, ...]
    messages: tuple[str, ...]


@dataclass(frozen=True)
class Reference:
    """What the files say of a term, beside its entry; IRIs, but for inverse names and examples."""

    kinds: tuple[str, ...]
    above: tuple[str, ...]
    below: tuple[str, ...]
    domain: tuple[str, ...]
    range: tuple[str, ...]
    inverse: tuple[str, ...]
    examples: tuple[str, ...]
    alignments: tuple[Alignment, ...]


def reference(iri: str) -> Reference:
    """Return what core.ttl and alignments.ttl say of a term."""
    core, node = _core(), URIRef(iri)
    above = _iris(core, core.objects(node, RDFS.subClassOf | RDFS.subPropertyOf))
    return Reference(
        kinds=_iris(core, core.objects(node, RDF.type)),
        above=above,
        below=_iris(core, core.subjects(RDFS.subClassOf | RDFS.subPropertyOf, node)),
        domain=_iris(core, core.objects(node, _DOMAIN)),
        range=_iris(core, core.objects(node, _RANGE)),
        inverse=tuple(sorted(str(name) for name in core.objects(node, PROV.inverse))),
        examples=tuple(sorted(str(text) for text in core.objects(node, SKOS.example))),
        alignments=_alignments(node),
    )


def fields(iri: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the properties that begin at a class or one above it, and those that end there."""
    core, family = _core(), _family(iri)
    return (
        _iris(core, (p for each in family for p in core.subjects(_DOMAIN, each))),
        _iris(core, (p for each in family for p in core.subjects(_RANGE, each))),
    )


def rules(iri: str, language: str) -> tuple[Rule, ...]:
    """Return the shapes for a class and the classes above it, or those that look at a property."""
    shapes, node = _shapes(), URIRef(iri)
    family = _family(iri)
    found = []
    for shape in _named(shapes):
        parts = _parts(shape)
        looking = [part for part in parts if node in _paths(part)]
        if node in _targets(shapes, shape, _TARGETS[1:]) or looking:
            found.append(_rule(shapes, shape, looking or parts, language))
        elif family & _targets(shapes, shape, _TARGETS[:1]):
            found.append(_rule(shapes, shape, parts, language))
    own = {str(shape) for shape in _named(shapes) if node in _targets(shapes, shape, _TARGETS)}
    return tuple(sorted(found, key=lambda rule: (rule.shape not in own, rule.shape)))


def examples(iri: str) -> tuple[Path, ...]:
    """Return the valid examples that use a term, its own first; for a kind of concept, the schemes."""
    own = kebab(iri.rpartition("#")[2])
    found = [path for path, used in _used(EXAMPLES) if iri in used]
    if not found:
        found = [path for path in vocabulary.schemes() if iri in _uses(path)]
    return tuple(sorted(found, key=lambda path: (path.stem != own, len(path.read_text("utf-8")), path)))


def refusal(iri: str, shapes: Iterable[str]) -> tuple[Path, str] | None:
    """Return an invalid example that shows a term, and the shape that refuses it; the first shape's first."""
    invalid = [(path, used, refused_by(path)) for path, used in _used(EXAMPLES / "invalid")]
    is_class = iri in vocabulary.classes()
    for shape in shapes:
        fitting = [(iri not in used, path) for path, used, by in invalid if by == shape]
        kept = [(far, path) for far, path in fitting if is_class or not far]
        if kept:
            return min(kept)[1], shape
    return None


def refused_by(path: Path) -> str:
    """Return the shape that an invalid example says it is refused by, in its first line."""
    return path.read_text("utf-8").partition("\n")[0].removeprefix(REFUSED_BY)


def kebab(name: str) -> str:
    """Return the name of a class as its example's file is called.

    >>> kebab("StrengthArea")
    'strength-area'
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()


def _family(iri: str) -> set[Node]:
    """Return a class and the classes above it, those of others left out."""
    above = _core().transitive_objects(URIRef(iri), RDFS.subClassOf)
    return {node for node in above if isinstance(node, URIRef) and node.startswith(SAMSPEL)}


def _alignments(node: URIRef) -> tuple[Alignment, ...]:
    graph = _aligned()
    found = [
        Alignment(str(relation), str(term), term.n3(graph.namespace_manager))
        for relation, term in graph.predicate_objects(node)
        if isinstance(term, URIRef)
    ]
    return tuple(sorted(found, key=lambda each: (each.relation, each.short)))


def _rule(shapes: Graph, shape: URIRef, parts: Iterable[Node], language: str) -> Rule:
    """Gather the messages and severities of the parts of a shape, in the reader's language."""
    told = dict.fromkeys(
        text for part in parts for text in sorted(_in_language(shapes.objects(part, SH.message), language))
    )
    severities = {
        str(shapes.value(part, SH.severity) or SH.Violation).rpartition("#")[2]
        for part in parts
        if (part, SH.message, None) in shapes
    }
    label = next(iter(_in_language(shapes.objects(shape, RDFS.label), language)), str(shape))
    return Rule(str(shape), label, tuple(sorted(severities)), tuple(told))


def _in_language(values: Iterable[Node], language: str) -> list[str]:
    return [str(value) for value in values if isinstance(value, Literal) and value.language == language]


def _named(shapes: Graph) -> list[URIRef]:
    return sorted(shape for shape in shapes.subjects(RDF.type, SH.NodeShape) if isinstance(shape, URIRef))


def _targets(shapes: Graph, shape: URIRef, predicates: Iterable[URIRef]) -> set[Node]:
    return {target for predicate in predicates for target in shapes.objects(shape, predicate)}


@cache
def _parts(root: Node | None) -> tuple[Node, ...]:
    """Return a node of the shapes and all that hangs on it by blank nodes, in order."""
    return () if root is None else tuple(dict.fromkeys((root, *_below(_shapes(), root))))


@cache
def _paths(part: Node) -> frozenset[Node]:
    """Return the properties that a part of a shape looks at."""
    return frozenset(_parts(_shapes().value(part, SH.path)))


def _below(shapes: Graph, node: Node) -> Iterator[Node]:
    for value in sorted(shapes.objects(node), key=str):
        if isinstance(value, BNode):
            yield value
            yield from _below(shapes, value)
        elif isinstance(node, BNode):
            yield value


def _iris(graph: Graph, nodes: Iterable[Node | None]) -> tuple[str, ...]:
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, URIRef):
            found.add(str(node))
        elif isinstance(node, BNode) and (union := graph.value(node, OWL.unionOf)) is not None:
            found.update(map(str, Collection(graph, union)))
    return tuple(sorted(found))


@cache
def _used(folder: Path) -> tuple[tuple[Path, frozenset[str]], ...]:
    return tuple((path, _uses(path)) for path in sorted(folder.glob("*.ttl")))


@cache
def _uses(path: Path) -> frozenset[str]:
    """Return the properties and classes that a file uses."""
    graph = vocabulary.read([path])
    return frozenset({*map(str, graph.predicates()), *map(str, graph.objects(None, RDF.type))})


@cache
def _core() -> Graph:
    return vocabulary.read([vocabulary.CORE])


@cache
def _aligned() -> Graph:
    return vocabulary.read([vocabulary.ALIGNMENTS])


@cache
def _shapes() -> Graph:
    return vocabulary.read([vocabulary.SHAPES])
