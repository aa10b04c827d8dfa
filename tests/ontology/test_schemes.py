"""The concept schemes: one a file, keys as notations, names and meanings in both languages."""

import csv
import json
import re
from pathlib import Path

import pytest
from rdflib import DCTERMS, RDF, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from ontology import names as n
from ontology import vocabulary

MODEL = vocabulary.ROOM.parent / "docs" / "model.md"
ACTOR_KINDS = vocabulary.ROOM.parent / "loaders" / "lookups" / "actor_kinds.csv"
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


def actor_kinds() -> list[dict[str, str]]:
    with ACTOR_KINDS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_words_of_registers_lead_to_kinds_of_actors() -> None:
    rows = actor_kinds()
    assert {row["kind"] for row in rows} <= keys(vocabulary.ROOM / "schemes" / "actor-kind.ttl")
    assert len({(row["source"], row["word"]) for row in rows}) == len(rows)
    assert all(value and value == value.strip() for row in rows for value in row.values())


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("source", "file", "column", "delimiter"),
    [
        ("cordis", "cordis_h2020/h2020_organizations_out_formatted_latest.csv", "activityType", ","),
        ("swecris", "swecris/*.csv", "CoordinatingOrganisationTypeOfOrganisationSv", ";"),
        ("swecris", "swecris/*.csv", "FundingOrganisationTypeOfOrganisationEn", ";"),
    ],
    ids=["cordis", "swecris-sv", "swecris-en"],
)
def test_every_word_of_the_stored_registers_has_its_kind(
    shared: Path, source: str, file: str, column: str, delimiter: str
) -> None:
    (path,) = (shared / "data").glob(file)
    with path.open(encoding="utf-8-sig", newline="") as content:
        words = {row[column] for row in csv.DictReader(content, delimiter=delimiter)}
    assert words <= {row["word"] for row in actor_kinds() if row["source"] == source}


@pytest.mark.shared_data
@pytest.mark.parametrize("version", [1, 2])
def test_every_type_of_ror_has_its_kind(shared: Path, version: int) -> None:
    records = json.loads((shared / "data" / "ror" / f"ror_se_v{version}.json").read_text("utf-8"))
    found = {word for record in records for word in record["types"]}
    assert found <= {row["word"] for row in actor_kinds() if row["source"] == "ror"}
