"""shapes.ttl: well formed, in two languages, and about every class."""

import pyshacl
import pytest
from rdflib import RDF, SH, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from ontology import names as n
from ontology import vocabulary

SHAPES = vocabulary.read([vocabulary.SHAPES])
NAMED = sorted(str(shape) for shape in SHAPES.subjects(RDF.type, SH.NodeShape))
NO_CONSTRAINT = {
    SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.property, SH.path, SH.message, SH.severity,
}  # fmt: skip


def reporting_shapes() -> set[Node]:
    """Return the shapes whose findings are read: named ones with constraints, and their properties."""
    properties: set[Node] = {o for shape in NAMED for o in SHAPES.objects(URIRef(shape), SH.property)}
    constrained: set[Node] = {URIRef(shape) for shape in NAMED if own_constraints(URIRef(shape))}
    return properties | constrained


def own_constraints(shape: Node) -> set[Node]:
    return {p for p in SHAPES.predicates(shape) if str(p).startswith(str(SH))} - NO_CONSTRAINT


def test_every_finding_has_a_message_in_both_languages() -> None:
    for shape in reporting_shapes():
        languages = [o.language for o in SHAPES.objects(shape, SH.message) if isinstance(o, Literal)]
        path = SHAPES.value(shape, SH.path)
        assert sorted(str(language) for language in languages) == ["en", "sv"], (shape, path)


def test_every_property_shape_says_something() -> None:
    for shape in reporting_shapes():
        assert own_constraints(shape), SHAPES.value(shape, SH.path)


def test_messages_are_sentences() -> None:
    for message in SHAPES.objects(None, SH.message):
        assert str(message).endswith("."), message
        assert len(str(message).split()) >= 4, message


def test_severities_are_violation_and_warning() -> None:
    assert set(SHAPES.objects(None, SH.severity)) == {SH.Warning}


@pytest.mark.parametrize("iri", vocabulary.classes(), ids=lambda iri: iri.rpartition("#")[2])
def test_every_class_has_a_shape(iri: str) -> None:
    targets = {str(target) for target in SHAPES.objects(None, SH.targetClass)}
    core = vocabulary.read([vocabulary.CORE])
    above = {str(up) for up in core.transitive_objects(URIRef(iri), URIRef(n.RDFS + "subClassOf"))}
    assert targets & (above - {n.SKOS + "Concept"})


def test_the_shapes_are_shacl() -> None:
    conforms, _, text = pyshacl.validate(
        Graph(), shacl_graph=SHAPES, meta_shacl=True, inference="none", do_owl_imports=False
    )
    assert conforms, text


def test_no_sparql_and_no_imports() -> None:
    assert not list(SHAPES.subjects(SH.sparql))
    assert not list(SHAPES.triples((None, URIRef("http://www.w3.org/2002/07/owl#imports"), None)))


def test_a_value_of_a_scheme_is_asked_to_be_in_it() -> None:
    labels_of_matching = {"theme"}  # a scheme that stems are looked up in; no property of ours leads to it
    schemes = {path.stem for path in vocabulary.schemes()} - labels_of_matching
    asked = {
        str(SHAPES.value(shape, SH.hasValue)).removeprefix(f"{n.BASE}id/scheme/")
        for shape in SHAPES.subjects(SH.path, SKOS.inScheme)
        if SHAPES.value(shape, SH.hasValue) is not None
    }
    assert asked == schemes
