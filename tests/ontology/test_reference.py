"""What the files say of a term: neighbours, alignments, shapes, examples and refusals."""

import pytest

from ontology import names as n
from ontology import reference, vocabulary

SHAPES = "https://w3id.org/samspel/shapes#"


def test_a_class_has_its_neighbours() -> None:
    said = reference.reference(n.PriorityArea)
    assert set(said.below) == {n.StrengthArea, n.ChallengeArea, n.KnowledgeArea}
    assert n.Concept in said.above
    begin, end = reference.fields(n.StrengthArea)
    assert {n.ledBy, n.areaKind} <= set(begin)
    assert {n.matchArea, n.covers} <= set(end)


def test_a_property_has_domain_range_kinds_and_inverse() -> None:
    said = reference.reference(n.ledBy)
    assert (said.domain, said.range, said.inverse) == ((n.PriorityArea,), (n.Organisation,), ("leads",))
    assert "http://www.w3.org/2002/07/owl#FunctionalProperty" in reference.reference(n.scbCode).kinds
    assert set(reference.reference(n.covers).range) == {n.PriorityArea, n.AreaSet}


def test_alignments_tell_relation_and_foreign_term() -> None:
    found = {(each.relation, each.short) for each in reference.reference(n.Project).alignments}
    assert ("http://www.w3.org/2002/07/owl#equivalentClass", "eurio:Project") in found


@pytest.mark.parametrize(("language", "word"), [("sv", "slag"), ("en", "kind")])
def test_a_class_is_held_to_its_own_shape_first_and_to_those_above(language: str, word: str) -> None:
    rules = reference.rules(n.StrengthArea, language)
    assert rules[0].shape == f"{SHAPES}StrengthArea" and word in rules[0].messages[0]
    assert f"{SHAPES}PriorityArea" in {rule.shape for rule in rules}
    assert f"{SHAPES}Fund" not in {rule.shape for rule in rules}


def test_a_property_sees_only_the_messages_about_itself() -> None:
    (rule,) = (rule for rule in reference.rules(n.nutsCode, "en") if rule.shape == f"{SHAPES}County")
    assert rule.messages == ("A county must have a NUTS 3 code, like SE123.",)
    loads = reference.rules(n.recordsRead, "en")
    assert loads and all(rule.messages for rule in loads)


def test_a_warning_is_told_as_one() -> None:
    rules = {rule.shape: rule for rule in reference.rules(n.StrengthArea, "en")}
    assert rules[f"{SHAPES}EnglishName"].severities == ("Warning",)
    assert rules[f"{SHAPES}Name"].severities == ("Violation",)


def test_examples_begin_with_the_own_one() -> None:
    assert reference.examples(n.Organisation)[0].stem == "organisation"
    assert reference.examples(n.StrengthArea)[0].stem == "strength-area"
    assert [path.stem for path in reference.examples(n.Role)] == ["role"]


def test_a_refusal_shows_the_term_and_names_its_shape() -> None:
    found = reference.refusal(n.ledBy, [rule.shape for rule in reference.rules(n.ledBy, "en")])
    assert found is not None
    path, shape = found
    assert path.stem == "area-led-by-group" and shape == reference.refused_by(path)
    assert reference.refusal(n.ledBy, []) is None


def test_every_class_has_a_constraint_and_a_refusal_or_is_a_kind_of_concept() -> None:
    for iri in vocabulary.classes():
        shapes = [rule.shape for rule in reference.rules(iri, "en")]
        assert iri == n.Role or (shapes and reference.refusal(iri, shapes)), iri
