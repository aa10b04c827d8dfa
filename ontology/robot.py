"""The rules of ROBOT's report that are ERROR by default, with skos:definition as definition property.

After report_profile.txt and the report queries of ontodev/robot. ROBOT counts labels whatever their language;
in a vocabulary of two languages each language is counted by itself. skos:prefLabel is a concept's label.
"""

from collections import defaultdict
from collections.abc import Iterator

from rdflib import DC, DCTERMS, OWL, RDF, RDFS, SKOS, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from ontology.lint import Rule, Words

_LABELS = (RDFS.label, SKOS.prefLabel)
_REPLACED_BY = (URIRef("http://purl.obolibrary.org/obo/IAO_0100001"), DCTERMS.isReplacedBy)
_BUILT_IN = (str(RDF), str(RDFS), str(OWL), str(XSD))
_LOGICAL = (
    OWL.equivalentClass,
    OWL.disjointWith,
    RDFS.subClassOf,
    OWL.equivalentProperty,
    RDFS.subPropertyOf,
)
Found = Iterator[tuple[Node, str]]


def annotation_whitespace(words: Words) -> Found:
    """No text begins or ends in white space (a warning in ROBOT, an error here)."""
    for subject, value in words.graph.subject_objects():
        if isinstance(value, Literal) and str(value) != str(value).strip():
            yield subject, f"{str(value)!r} begins or ends in white space."


def deprecated_boolean_datatype(words: Words) -> Found:
    """owl:deprecated has a boolean."""
    for subject, value in words.graph.subject_objects(OWL.deprecated):
        if not isinstance(value, Literal) or value.datatype != XSD.boolean:
            yield subject, f"owl:deprecated is {str(value)!r}, which is no xsd:boolean."


def deprecated_class_reference(words: Words) -> Found:
    """No axiom names a deprecated class, and none is said of it."""
    yield from _references(words.graph, {OWL.Class}, (OWL.equivalentClass, RDFS.subClassOf))


def deprecated_property_reference(words: Words) -> Found:
    """No axiom names a deprecated property, and none is said of it."""
    kinds = {OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}
    used = (OWL.equivalentProperty, RDFS.subPropertyOf, OWL.inverseOf, OWL.onProperty)
    yield from _references(words.graph, kinds, used)


def _references(graph: Graph, kinds: set[URIRef], used: tuple[URIRef, ...]) -> Found:
    for term in _deprecated(graph):
        if not kinds & set(graph.objects(term, RDF.type)):
            continue
        for user in {user for predicate in used for user in graph.subjects(predicate, term)}:
            yield term, f"It is deprecated, but an axiom of {user} names it."
        for predicate in set(graph.predicates(term)) & set(_LOGICAL):
            yield term, f"It is deprecated, but {predicate} is said of it."


def duplicate_definition(words: Words) -> Found:
    """No two terms share a definition."""
    yield from _shared(words, (SKOS.definition,))


def duplicate_label(words: Words) -> Found:
    """No two terms share a label."""
    yield from _shared(words, _LABELS)


def _shared(words: Words, predicates: tuple[URIRef, ...]) -> Found:
    users: dict[Node, set[Node]] = defaultdict(set)
    for predicate in predicates:
        for subject, value in words.graph.subject_objects(predicate):
            users[value].add(subject)
    for value, subjects in users.items():
        if len(subjects) > 1:
            yield from ((subject, f"{str(value)!r} is said of another term too.") for subject in subjects)


def illegal_use_of_built_in_vocabulary(words: Words) -> Found:
    """Nothing is said of the words of RDF, RDFS, OWL and XSD."""
    for subject in set(words.graph.subjects()):
        if str(subject).startswith(_BUILT_IN):
            yield subject, "It belongs to RDF, RDFS, OWL or XSD, and nothing may be said of it."


def label_formatting(words: Words) -> Found:
    """No label holds a line break or a tab."""
    for subject, text in _labels(words.graph):
        if "\n" in text or "\t" in text:
            yield subject, f"Its label {text!r} holds a line break or a tab."


def label_whitespace(words: Words) -> Found:
    """No label begins or ends in white space, or holds two spaces in a row."""
    for subject, text in _labels(words.graph):
        if text != text.strip() or "  " in text:
            yield subject, f"The white space of its label {text!r} is not in order."


def missing_label(words: Words) -> Found:
    """What is described has a label."""
    graph = words.graph
    named = {subject for subject, _ in _labels(graph)} | set(graph.subjects(RDF.type, OWL.Ontology))
    for subject in set(graph.subjects()) - named - _deprecated(graph):
        if isinstance(subject, URIRef) and set(graph.predicates(subject)) != {RDF.type}:
            yield subject, "It is described and has no label."


def missing_ontology_description(words: Words) -> Found:
    """A module has a description."""
    yield from _lacking(words.graph, DC.description, DCTERMS.description)


def missing_ontology_license(words: Words) -> Found:
    """A module has a licence."""
    yield from _lacking(words.graph, DCTERMS.license)


def missing_ontology_title(words: Words) -> Found:
    """A module has a title."""
    yield from _lacking(words.graph, DC.title, DCTERMS.title)


def _lacking(graph: Graph, *predicates: Node) -> Found:
    for module in graph.subjects(RDF.type, OWL.Ontology):
        if not set(predicates) & set(graph.predicates(module)):
            yield module, f"Its header has no {predicates[-1]}."


def misused_obsolete_label(words: Words) -> Found:
    """Only a deprecated term is called obsolete."""
    for subject, text in _labels(words.graph):
        if text.casefold().startswith("obsolete") and subject not in _deprecated(words.graph):
            yield subject, f"It is called {text!r} and is not deprecated."


def misused_replaced_by(words: Words) -> Found:
    """Only a deprecated term is replaced by another."""
    for predicate in _REPLACED_BY:
        for subject in set(words.graph.subjects(predicate)) - _deprecated(words.graph):
            yield subject, f"{predicate} is said of it, but it is not deprecated."


def multiple_definitions(words: Words) -> Found:
    """A term has at most one definition in a language."""
    yield from _several(words.graph, (SKOS.definition,))


def multiple_labels(words: Words) -> Found:
    """A term that is not deprecated has at most one label in a language."""
    yield from _several(words.graph, _LABELS)


def _several(graph: Graph, predicates: tuple[URIRef, ...]) -> Found:
    for predicate in predicates:
        for subject in set(graph.subjects(predicate)) - _deprecated(graph):
            tags = [o.language for o in graph.objects(subject, predicate) if isinstance(o, Literal)]
            if len(tags) != len(set(tags)):
                yield subject, f"{predicate} is said of it more than once in a language."


def multiple_equivalent_class_definitions(words: Words) -> Found:
    """A class has at most one definition by an intersection."""
    graph = words.graph
    for term in set(graph.subjects(OWL.equivalentClass)):
        bodies = [
            o for o in graph.objects(term, OWL.equivalentClass) if (o, OWL.intersectionOf, None) in graph
        ]
        if len(bodies) > 1:
            yield term, f"It has {len(bodies)} definitions by intersection; make them one."


def _labels(graph: Graph) -> Iterator[tuple[Node, str]]:
    for predicate in _LABELS:
        for subject, value in graph.subject_objects(predicate):
            yield subject, str(value)


def _deprecated(graph: Graph) -> set[Node]:
    return {term for term, value in graph.subject_objects(OWL.deprecated) if str(value) in ("true", "1")}


RULES: tuple[Rule, ...] = (
    annotation_whitespace, deprecated_boolean_datatype, deprecated_class_reference,
    deprecated_property_reference, duplicate_definition, duplicate_label, illegal_use_of_built_in_vocabulary,
    label_formatting, label_whitespace, missing_label, missing_ontology_description, missing_ontology_license,
    missing_ontology_title, misused_obsolete_label, misused_replaced_by, multiple_definitions,
    multiple_equivalent_class_definitions, multiple_labels,
)  # fmt: skip
