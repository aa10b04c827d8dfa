"""vocabulary: the room's files, and what terms and concepts are called."""

from ontology import names as n
from ontology import vocabulary


def test_files_are_core_alignments_shapes_and_schemes() -> None:
    files = vocabulary.files()
    assert [path.name for path in files[:3]] == ["core.ttl", "alignments.ttl", "shapes.ttl"]
    assert files[3:] == vocabulary.schemes()
    assert all(path.is_file() for path in files)


def test_no_turtle_file_of_the_room_is_forgotten() -> None:
    room = set(vocabulary.ROOM.rglob("*.ttl")) - set((vocabulary.ROOM / "examples").rglob("*.ttl"))
    assert room == set(vocabulary.files())


def test_a_term_is_called_by_its_language() -> None:
    assert vocabulary.label(n.StrengthArea) == "styrkeområde"
    assert vocabulary.label(n.StrengthArea, "en") == "strength area"
    assert vocabulary.label(n.StrengthArea, "fi") == "styrkeområde"


def test_a_concept_is_called_by_its_name_and_key() -> None:
    found = vocabulary.entry(f"{n.BASE}id/role/owner", "en")
    assert found is not None
    assert (found.label, found.notation, found.note) == ("project owner", "owner", None)
    assert vocabulary.definition(f"{n.BASE}id/role/owner") == (
        "Har ansvaret för projektet inför den som finansierar det."
    )


def test_a_term_easily_confused_has_a_note() -> None:
    found = vocabulary.entry(n.RegionAuthority)
    assert found is not None
    assert found.note is not None
    assert found.note.startswith("Myndigheten, inte länet")


def test_what_is_not_ours_has_no_entry() -> None:
    assert vocabulary.entry(n.homepage) is None
    assert vocabulary.label(n.SAMSPEL + "NoSuchTerm") is None
    assert vocabulary.definition(n.SAMSPEL + "NoSuchTerm") is None


def test_concepts_of_a_scheme_come_in_order() -> None:
    assert vocabulary.concepts("status") == [
        f"{n.BASE}id/status/{key}" for key in ("derived", "inferred", "literal")
    ]
    assert vocabulary.concepts("no-such-scheme") == []


def test_terms_and_classes_are_ours() -> None:
    assert n.County in vocabulary.classes()
    assert n.within in vocabulary.terms()
    assert n.within not in vocabulary.classes()
    assert all(term.startswith(n.SAMSPEL) for term in vocabulary.terms())
