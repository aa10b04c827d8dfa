"""core.ttl: the terms, what is said of each, and their agreement with names.py."""

import re
from itertools import combinations

import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, VANN, Graph, Literal, Namespace, URIRef
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
    n.legalName, n.unitName, n.startDate, n.endDate, n.decidedOn, n.scbCode, n.nutsCode, n.isoCode, n.score,
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


@pytest.mark.parametrize("term", TERMS, ids=name)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_term_has_one_label_and_one_definition(term: str, language: str) -> None:
    (label,) = in_language(term, RDFS.label, language)
    (definition,) = in_language(term, SKOS.definition, language)
    assert len(definition.split()) >= 4
    assert definition.rstrip(".").casefold() != label.casefold()
    assert not definition.casefold().startswith(f"{label.casefold()} ")
    assert definition.endswith(".")
    assert (URIRef(term), RDFS.isDefinedBy, ONTOLOGY) in CORE


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("predicate", [RDFS.label, SKOS.definition], ids=["label", "definition"])
def test_no_two_classes_share_their_words(predicate: Node, language: str) -> None:
    for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty):
        texts = [in_language(t, predicate, language)[0] for t in TERMS if (URIRef(t), RDF.type, kind) in CORE]
        assert len(texts) == len(set(texts))


def test_scope_notes_come_in_both_languages() -> None:
    noted = {str(term) for term in CORE.subjects(SKOS.scopeNote)}
    assert {n.Territory, n.RegionAuthority, n.Fund, n.Agency, n.StrengthArea, n.ChallengeArea} <= noted
    assert {n.KnowledgeArea, n.ClusterOrganisation, n.Collaboration, n.Strategy, n.Programme} <= noted
    for term in noted:
        assert len(in_language(term, SKOS.scopeNote, "sv")) == 1
        assert len(in_language(term, SKOS.scopeNote, "en")) == 1


def test_functional_properties_are_those_that_define_a_conflict() -> None:
    assert {str(term) for term in CORE.subjects(RDF.type, OWL.FunctionalProperty)} == FUNCTIONAL


def test_header_names_version_licence_and_prefix() -> None:
    assert CORE.value(ONTOLOGY, OWL.versionIRI) == URIRef(f"{n.BASE}ontology/0.1.0")
    assert CORE.value(ONTOLOGY, OWL.versionInfo) == Literal("0.1.0")
    assert CORE.value(ONTOLOGY, DCTERMS.license) == URIRef(
        "https://creativecommons.org/publicdomain/zero/1.0/"
    )
    assert CORE.value(ONTOLOGY, VANN.preferredNamespacePrefix) == Literal("samspel")
    assert CORE.value(ONTOLOGY, VANN.preferredNamespaceUri) == Literal(n.SAMSPEL)
    for predicate in (DCTERMS.title, DCTERMS.description):
        languages = [o.language for o in CORE.objects(ONTOLOGY, predicate) if isinstance(o, Literal)]
        assert sorted(str(language) for language in languages) == ["en", "sv"]


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
        (n.Statement, n.RDF + "Statement"),
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


def test_every_term_is_at_work_in_an_example_a_shape_or_a_scheme() -> None:
    paths = [*(vocabulary.ROOM / "examples").glob("*.ttl"), vocabulary.SHAPES, *vocabulary.schemes()]
    used = {
        found for path in paths for found in re.findall(r"samspel:(\w+)", path.read_text(encoding="utf-8"))
    }
    assert {name(term) for term in TERMS} <= used
