"""core.ttl: the terms, what is said of each, and their agreement with names.py."""

import re
from itertools import combinations

import pytest
from rdflib import OWL, PROV, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from ontology import names as n
from ontology import vocabulary

SCHEMA = Namespace("https://schema.org/")
ONTOLOGY = URIRef(f"{n.BASE}ontology")
CORE = vocabulary.read([vocabulary.CORE])
KINDS = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty}
TERMS = sorted(
    str(term) for kind in KINDS for term in CORE.subjects(RDF.type, kind) if str(term).startswith(n.SAMSPEL)
)
FUNCTIONAL = {
    n.legalName, n.organisationNumber, n.unitName, n.startDate, n.endDate, n.decidedOn,
    n.scbCode, n.nutsCode, n.isoCode, n.score,
}  # fmt: skip


def in_language(term: str, predicate: Node, language: str) -> list[str]:
    values = CORE.objects(URIRef(term), predicate)
    return [str(value) for value in values if isinstance(value, Literal) and value.language == language]


def name(term: str) -> str:
    return term.removeprefix(n.SAMSPEL)


def test_names_and_core_hold_the_same_terms() -> None:
    named = {
        value
        for value in vars(n).values()
        if isinstance(value, str) and value.startswith(n.SAMSPEL) and value != n.SAMSPEL
    }
    assert named == set(TERMS)


def test_names_are_spelt_as_their_terms() -> None:
    for key, value in vars(n).items():
        if isinstance(value, str) and value.startswith(n.SAMSPEL) and value != n.SAMSPEL:
            assert value == n.SAMSPEL + key


def test_every_term_is_of_one_kind() -> None:
    assert len(TERMS) == len(set(TERMS))


def test_scope_notes_come_in_both_languages() -> None:
    noted = {str(term) for term in CORE.subjects(SKOS.scopeNote)}
    assert {n.Territory, n.RegionAuthority, n.Fund, n.Agency, n.StrengthArea, n.ChallengeArea} <= noted
    assert {n.KnowledgeArea, n.ClusterOrganisation, n.Collaboration, n.Strategy, n.Programme} <= noted
    for term in noted:
        assert len(in_language(term, SKOS.scopeNote, "sv")) == 1
        assert len(in_language(term, SKOS.scopeNote, "en")) == 1


def test_functional_properties_are_those_that_define_a_conflict() -> None:
    assert {str(term) for term in CORE.subjects(RDF.type, OWL.FunctionalProperty)} == FUNCTIONAL


def test_the_terms_are_at_most_forty_classes_and_sixty_properties() -> None:
    kinds = [(URIRef(term), RDF.type, OWL.Class) in CORE for term in TERMS]
    assert kinds.count(True) <= 40
    assert kinds.count(False) <= 60


def test_dates_years_and_durations_are_named_where_owl_has_no_datatype() -> None:
    ranges = set(CORE.objects(None, RDFS.range))
    assert not ranges & {XSD.date, XSD.gYear, XSD.duration}
    loose = {str(term) for term in CORE.subjects(SCHEMA.rangeIncludes, XSD.date)}
    assert loose == {n.startDate, n.endDate, n.decidedOn, n.retrievedOn, n.validFrom, n.validUntil}
    for term in loose:
        assert CORE.value(URIRef(term), RDFS.range) == RDFS.Literal


def test_a_property_between_things_has_a_name_backwards() -> None:
    to_concepts = {str(term) for term in CORE.subjects(RDFS.range, SKOS.Concept)} | {n.inRole}
    things = {term for term in TERMS if (URIRef(term), RDF.type, OWL.ObjectProperty) in CORE} - to_concepts
    assert {str(term) for term in CORE.subjects(PROV.inverse)} == things


def test_the_inverse_of_within_is_the_one_of_geosparql() -> None:
    (backwards,) = CORE.subjects(OWL.inverseOf, URIRef(n.within))
    geo = "http://www.opengis.net/ont/geosparql#"
    assert (backwards, RDFS.subPropertyOf, URIRef(f"{geo}sfContains")) in CORE


def test_every_term_of_ours_in_any_file_exists() -> None:
    for path in vocabulary.files():
        found = set(re.findall(r"samspel:(\w+)", path.read_text(encoding="utf-8")))
        assert {n.SAMSPEL + local for local in found} <= set(TERMS), path.name


def test_domains_and_ranges_are_declared_classes_or_datatypes() -> None:
    for predicate in (RDFS.domain, RDFS.range, SCHEMA.domainIncludes, SCHEMA.rangeIncludes, RDFS.subClassOf):
        for value in CORE.objects(None, predicate):
            known = (value, RDF.type, OWL.Class) in CORE
            assert known or str(value).startswith(n.XSD) or value == RDFS.Literal, value


def test_foreign_superproperties_are_declared() -> None:
    for value in CORE.objects(None, RDFS.subPropertyOf):
        assert (value, RDF.type, OWL.ObjectProperty) in CORE, value


@pytest.mark.parametrize(
    ("ours", "foreign"),
    [
        (n.SourceDocument, n.PROV + "Entity"),
        (n.SourceDocument, n.FOAF + "Document"),
        (n.AreaSet, n.SKOS + "ConceptScheme"),
        (n.PriorityArea, n.SKOS + "Concept"),
        (n.Organisation, n.ORG + "Organization"),
        (n.Collaboration, n.ORG + "OrganizationalCollaboration"),
        (n.Role, n.ORG + "Role"),
        (n.NeedMatch, n.PROV + "Entity"),
        (n.Strategy, n.PROV + "Plan"),
    ],
    ids=lambda iri: iri.replace("#", "/").rpartition("/")[2],
)
def test_what_is_cheap_and_right_is_a_subclass(ours: str, foreign: str) -> None:
    assert (URIRef(ours), RDFS.subClassOf, URIRef(foreign)) in CORE


def disjoint_pairs(graph: Graph) -> set[frozenset[Node]]:
    groups = graph.subjects(RDF.type, OWL.AllDisjointClasses)
    members = [graph.value(group, OWL.members) for group in groups]
    lists = [list(Collection(graph, member)) for member in members if member is not None]
    return {frozenset(pair) for found in lists for pair in combinations(found, 2)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (n.Territory, n.Organisation),
        (n.Fund, n.Organisation),
        (n.Fund, n.Programme),
        (n.Strategy, n.Programme),
        (n.StrengthArea, n.KnowledgeArea),
        (n.Statement, n.SourceDocument),
    ],
)
def test_what_is_easily_confused_is_disjoint(one: str, other: str) -> None:
    assert frozenset({URIRef(one), URIRef(other)}) in disjoint_pairs(CORE)


def test_no_class_lies_under_two_disjoint_ones() -> None:
    pairs = disjoint_pairs(CORE)
    for term in TERMS:
        above = set(CORE.transitive_objects(URIRef(term), RDFS.subClassOf))
        assert not [pair for pair in pairs if pair <= above], term


def test_nothing_in_the_examples_is_two_disjoint_things() -> None:
    examples = vocabulary.read((vocabulary.ROOM / "examples").glob("*.ttl"))
    pairs = disjoint_pairs(CORE)
    for thing in set(examples.subjects()):
        types = set(examples.objects(thing, RDF.type))
        above = {up for found in types for up in CORE.transitive_objects(found, RDFS.subClassOf)}
        assert not [pair for pair in pairs if pair <= above], thing
