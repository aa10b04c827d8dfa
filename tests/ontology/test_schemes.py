"""The concept schemes: one a file, keys as notations, names and meanings in both languages."""

import re
from pathlib import Path

import pytest
from rdflib import DCTERMS, RDF, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from ontology import names as n
from ontology import vocabulary

MODEL = vocabulary.ROOM.parent / "docs" / "model.md"
SCHEMES = vocabulary.schemes()


def languages(graph: Graph, subject: Node, predicate: Node) -> list[str]:
    return sorted(str(o.language) for o in graph.objects(subject, predicate) if isinstance(o, Literal))


def keys(path: Path) -> set[str]:
    return {str(notation) for notation in vocabulary.read([path]).objects(None, SKOS.notation)}


def test_there_are_the_schemes_of_the_model() -> None:
    assert [path.stem for path in SCHEMES] == [
        "actor-kind", "area-kind", "evidence-level", "goal-kind", "match-method", "role", "status", "theme",
        "unknown",
    ]  # fmt: skip


@pytest.mark.parametrize("path", SCHEMES, ids=lambda path: path.stem)
def test_a_file_holds_one_scheme_named_after_it(path: Path) -> None:
    graph = vocabulary.read([path])
    scheme = URIRef(f"{n.BASE}id/scheme/{path.stem}")
    assert list(graph.subjects(RDF.type, SKOS.ConceptScheme)) == [scheme]
    assert languages(graph, scheme, SKOS.prefLabel) == ["en", "sv"]
    assert languages(graph, scheme, SKOS.definition) == ["en", "sv"]
    assert graph.value(scheme, DCTERMS.license) is not None


@pytest.mark.parametrize("path", SCHEMES, ids=lambda path: path.stem)
def test_a_concept_has_key_names_and_meanings(path: Path) -> None:
    graph = vocabulary.read([path])
    scheme = URIRef(f"{n.BASE}id/scheme/{path.stem}")
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    assert concepts
    assert set(graph.subjects()) == concepts | {scheme}
    for concept in concepts:
        notation = graph.value(concept, SKOS.notation)
        assert str(concept) == f"{n.BASE}id/{path.stem}/{notation}"
        assert graph.value(concept, SKOS.inScheme) == scheme
        assert languages(graph, concept, SKOS.prefLabel) == ["en", "sv"]
        assert languages(graph, concept, SKOS.definition) == ["en", "sv"]
        for definition in graph.objects(concept, SKOS.definition):
            assert len(str(definition).split()) >= 4
        assert ((concept, RDF.type, URIRef(n.Role)) in graph) is (path.stem == "role")


@pytest.mark.parametrize("path", SCHEMES, ids=lambda path: path.stem)
def test_no_two_concepts_of_a_scheme_share_a_name(path: Path) -> None:
    graph = vocabulary.read([path])
    for language in ("sv", "en"):
        names = [
            str(o) for o in graph.objects(None, SKOS.prefLabel)
            if isinstance(o, Literal) and o.language == language
        ]  # fmt: skip
        assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "scheme", ["role", "actor-kind", "area-kind", "status", "evidence-level", "goal-kind", "unknown"]
)
def test_the_keys_are_those_of_the_model(scheme: str) -> None:
    found = re.search(rf"`{scheme}`: ([^·\n]+)", MODEL.read_text(encoding="utf-8"))
    assert found is not None
    listed = re.sub(r"\([^)]*\)", "", found.group(1)).rpartition(":")[2]
    assert {key.strip() for key in listed.split(",")} == keys(vocabulary.ROOM / "schemes" / f"{scheme}.ttl")


def test_the_method_of_the_matches_has_a_name() -> None:
    assert "compound-lexical-1" in keys(vocabulary.ROOM / "schemes" / "match-method.ttl")
