"""lint: 0 findings on our vocabulary, and each rule finds the fault that is made for it."""

import re
from pathlib import Path

import pytest
from rdflib import Graph

from ontology import lint, robot, vocabulary
from ontology.lint import Rule, Words
from ontology.names import SAMSPEL

SPACE = "https://example.org/o#"
SOUND = """
@prefix : <https://example.org/o#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix vann: <http://purl.org/vocab/vann/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<https://example.org/o> a owl:Ontology ;
    dcterms:license <https://example.org/licence> ;
    dcterms:title "Ord"@sv , "Words"@en ;
    dcterms:description "Ord till prov."@sv , "Words on trial."@en ;
    owl:versionIRI <https://example.org/o/1.0.0> ; owl:versionInfo "1.0.0" ;
    vann:preferredNamespacePrefix "o" ; vann:preferredNamespaceUri "https://example.org/o#" .
:Bird a owl:Class ;
    rdfs:label "fågel"@sv , "bird"@en ; skos:example "koltrast" ; rdfs:isDefinedBy <https://example.org/o> ;
    skos:definition "Djur med fjädrar och näbb."@sv , "Animal with feathers and a beak."@en .
:Nest a owl:Class ;
    rdfs:label "bo"@sv , "nest"@en ; skos:example "holk" ; rdfs:isDefinedBy <https://example.org/o> ;
    skos:definition "Plats där en fågel ruvar."@sv , "Place where a bird broods."@en .
:broodsIn a owl:ObjectProperty ; rdfs:domain :Bird ; rdfs:range :Nest ; prov:inverse "nestOf" ;
    rdfs:label "ruvar i"@sv , "broods in"@en ; skos:example "koltrast → holk" ;
    rdfs:isDefinedBy <https://example.org/o> ;
    skos:definition "Går från fågeln till dess bo."@sv , "Leads from the bird to its nest."@en .
[] a owl:AllDisjointClasses ; owl:members ( :Bird :Nest ) .
"""
LABELS = 'rdfs:label "fågel"@sv , "bird"@en'
DESCRIPTION = 'dcterms:description "Ord till prov."@sv , "Words on trial."@en ;'
DEPRECATED = ":Nest owl:deprecated true ."
FAULTS: dict[Rule, tuple[str, str]] = {  # a text of the sound vocabulary, and what stands in its place
    lint.label: (LABELS, 'rdfs:label "fågel"@sv , "bird"@en , "fowl"@en'),
    lint.definition: ("Animal with feathers and a beak.", "Bird with feathers."),
    lint.languages: ('"Words"@en', '"Words"@de'),
    lint.naming: (":broodsIn", ":BroodsIn"),
    lint.cycle: ("[] a", ":Bird rdfs:subClassOf :Nest . :Nest rdfs:subClassOf :Bird .\n[] a"),
    lint.unused: (":Nest", ":Roost"),
    lint.undeclared: ("rdfs:range :Nest", "rdfs:range :Net"),
    lint.domain: ("rdfs:domain :Bird ;", ""),
    lint.range_: ("rdfs:range :Nest ;", ""),
    lint.inverse: ('prov:inverse "nestOf"', 'prov:inverse "broodsIn"'),
    lint.header: ("dcterms:license <https://example.org/licence> ;", ""),
    lint.defined_by: ('"holk" ; rdfs:isDefinedBy <https://example.org/o> ;', '"holk" ;'),
    lint.example: ('skos:example "holk" ;', ""),
    lint.disjoint: ("( :Bird :Nest )", "( :Bird )"),
    lint.foreign: ("[] a", 'foaf:Agent a owl:Class ; rdfs:label "aktör"@sv , "agent"@en .\n[] a'),
    robot.annotation_whitespace: ('"koltrast"', '"koltrast "'),
    robot.deprecated_boolean_datatype: ("[] a", ':Nest owl:deprecated "true" .\n[] a'),
    robot.deprecated_class_reference: ("[] a", f":Bird rdfs:subClassOf :Nest . {DEPRECATED}\n[] a"),
    robot.deprecated_property_reference: (
        "[] a",
        ":sitsIn a owl:ObjectProperty ; rdfs:subPropertyOf :broodsIn . :broodsIn owl:deprecated true .\n[] a",
    ),
    robot.duplicate_definition: ("Place where a bird broods.", "Animal with feathers and a beak."),
    robot.duplicate_label: ('"nest"@en', '"bird"@en'),
    robot.illegal_use_of_built_in_vocabulary: ("[] a", 'rdf:type rdfs:comment "is"@en .\n[] a'),
    robot.label_formatting: ('"nest"@en', '"nest\\tbox"@en'),
    robot.label_whitespace: ('"nest"@en', '"nest  box"@en'),
    robot.missing_label: (LABELS + " ;", ""),
    robot.missing_ontology_description: (DESCRIPTION, ""),
    robot.missing_ontology_license: ("dcterms:license <https://example.org/licence> ;", ""),
    robot.missing_ontology_title: ('dcterms:title "Ord"@sv , "Words"@en ;', ""),
    robot.misused_obsolete_label: ('"nest"@en', '"obsolete nest"@en'),
    robot.misused_replaced_by: ("[] a", ":Nest dcterms:isReplacedBy :Bird .\n[] a"),
    robot.multiple_definitions: ('beak."@en', 'beak."@en , "Animal that mostly flies."@en'),
    robot.multiple_labels: (LABELS, 'rdfs:label "fågel"@sv , "bird"@en , "fowl"@en'),
    robot.multiple_equivalent_class_definitions: (
        "[] a",
        ":Bird owl:equivalentClass [ owl:intersectionOf ( :Nest ) ] , [ owl:intersectionOf () ] .\n[] a",
    ),
}  # fmt: skip
FURTHER: list[tuple[Rule, str, str]] = [
    (lint.definition, "Place where a bird broods.", "Place where a bird broods"),
    (lint.definition, "Place where a bird broods.", "Nest."),
    (lint.definition, ', "Place where a bird broods."@en', ""),
    (lint.naming, ":Nest", ":nest"),
    (lint.undeclared, "rdfs:range :Nest", "rdfs:range foaf:Agent"),
    (lint.cycle, "prov:inverse", "rdfs:subPropertyOf :broodsIn ; prov:inverse"),
    (lint.inverse, 'prov:inverse "nestOf"', "owl:inverseOf :broodsIn"),
    (lint.inverse, ':Nest a owl:Class ;', ':Nest a owl:Class ; prov:inverse "homeOf" ;'),
    (lint.header, 'owl:versionInfo "1.0.0"', 'owl:versionInfo "1.0"'),
    (lint.header, 'owl:versionInfo "1.0.0"', 'owl:versionInfo "1.0.1"'),
    (lint.header, "a owl:Ontology ;", ""),
]  # fmt: skip
USED = frozenset(SPACE + name for name in ("Bird", "Nest", "broodsIn", "BroodsIn", "nest"))


def words(turtle: str) -> Words:
    return Words(Graph().parse(data=turtle, format="turtle"), USED, SPACE)


def at_work() -> frozenset[str]:
    """Return our terms that an example, a shape or a scheme uses."""
    examples = (vocabulary.ROOM / "examples").glob("*.ttl")
    texts = [path.read_text("utf-8") for path in (*examples, vocabulary.SHAPES, *vocabulary.schemes())]
    return frozenset(SAMSPEL + name for text in texts for name in re.findall(r"samspel:(\w+)", text))


def ours(*paths: Path) -> Words:
    return Words(vocabulary.read(paths), at_work())


@pytest.mark.parametrize(
    "paths",
    [(vocabulary.CORE,), (vocabulary.CORE, vocabulary.ALIGNMENTS)],
    ids=["core", "core and alignments"],
)
def test_our_vocabulary_has_no_finding(paths: tuple[Path, ...]) -> None:
    assert lint.lint(ours(*paths), (*lint.RULES, *robot.RULES)) == []


@pytest.mark.parametrize("path", vocabulary.schemes(), ids=lambda path: path.stem)
def test_a_scheme_has_no_finding(path: Path) -> None:
    assert lint.lint(ours(path), (lint.header, lint.languages, *robot.RULES)) == []


def test_the_shapes_have_no_finding() -> None:
    about_terms = {robot.missing_label}  # a shape that others refer to needs no name of its own
    rules = [rule for rule in robot.RULES if rule not in about_terms]
    assert lint.lint(ours(vocabulary.SHAPES), (lint.header, lint.languages, *rules)) == []


def test_the_sound_vocabulary_has_no_finding() -> None:
    assert lint.lint(words(SOUND), (*lint.RULES, *robot.RULES)) == []


def test_every_rule_has_a_fault_made_for_it() -> None:
    assert set(FAULTS) == {*lint.RULES, *robot.RULES}


@pytest.mark.parametrize("rule", FAULTS, ids=lint.name)
def test_a_rule_finds_its_fault(rule: Rule) -> None:
    found_by(rule, *FAULTS[rule])


@pytest.mark.parametrize(("rule", "old", "new"), FURTHER)
def test_a_rule_finds_its_other_faults(rule: Rule, old: str, new: str) -> None:
    found_by(rule, old, new)


def found_by(rule: Rule, old: str, new: str) -> None:
    assert old in SOUND
    findings = lint.lint(words(SOUND.replace(old, new)), (rule,))
    assert findings
    assert {finding.rule for finding in findings} == {lint.name(rule)}
    assert all(finding.says.endswith(".") for finding in findings)
