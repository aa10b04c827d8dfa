"""The goals, targets and indicators: the publisher's IRIs, names in English, one record a concept."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from loaders.concepts import BROADER, SDG
from loaders.errors import FileError, LayoutError
from ontology import names as n

Outside = Callable[..., Any]  # the fixture of tests/loaders/conftest.py
File = Callable[..., Path]

PREFIXES = """@prefix sdg: <http://metadata.un.org/sdg/> .
@prefix sdgo: <http://metadata.un.org/sdg/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dct: <http://purl.org/dc/terms/> .
"""
GOAL = """sdg:1 a sdgo:Goal, skos:Concept ; skos:prefLabel "End poverty"@en, "Fin a la pobreza"@es ;
  skos:altLabel "No poverty"@en ; skos:notation "01"^^sdgo:SDGCode, "1"^^sdgo:SDGCodeCompact ;
  skos:note "Goal 1"@en ; skos:narrower sdg:1.1 ; skos:exactMatch <http://www.wikidata.org/entity/Q50214636> .
"""
TARGET = """sdg:1.1 a sdgo:Target, skos:Concept ; skos:broader sdg:1 ; skos:prefLabel "Eradicate"@en ;
  skos:notation "1.1"^^sdgo:SDGCodeCompact .
"""
INDICATOR = """sdg:C200303 a sdgo:Indicator, skos:Concept ; skos:broader sdg:1.5, sdg:11.5 ;
  skos:prefLabel "Deaths"@en ; skos:notation "1.5.1"^^sdgo:SDGCodeCompact, "11.5.1"^^sdgo:SDGCodeCompact ;
  sdgo:custodianAgency "UNDRR" ; sdgo:tier sdgo:tier_I .
"""


@pytest.fixture
def file(tmp_path: Path) -> File:
    """Write Turtle below the prefixes."""

    def write(*parts: str, name: str = "kos.ttl") -> Path:
        path = tmp_path / name
        path.write_text("".join((PREFIXES, *parts)), "utf-8")
        return path

    return write


def said(read: Any, key: str, predicate: str) -> set[str]:
    start = f"<{SDG}{key}> <{predicate}> "
    return {line.removeprefix(start) for line in read.lines if line.startswith(start)}


def test_concepts_keep_their_iris_and_their_names_in_english(outside: Outside, file: File) -> None:
    read = outside("sdg", file(GOAL, TARGET, INDICATOR))
    assert said(read, "1", n.prefLabel) == {'"End poverty"@en'}
    assert said(read, "1", n.altLabel) == {'"No poverty"@en'}
    assert said(read, "1", n.notation) == {'"1"'}
    assert said(read, "1", n.exactMatch) == {"<http://www.wikidata.org/entity/Q50214636>"}
    assert said(read, "1.1", BROADER) == {f"<{SDG}1>"}
    assert said(read, "C200303", n.notation) == {'"1.5.1"', '"11.5.1"'}
    assert said(read, "C200303", n.inScheme) == {"<https://w3id.org/samspel/id/scheme/sdg>"}
    assert (read.fed.balance.read, read.fed.counts["Concept"]) == (3, 3)
    assert not read.fed.balance.unmapped
    assert read.violations() == []


def test_of_two_english_names_the_one_that_breaks_off_is_not_taken(outside: Outside, file: File) -> None:
    broken = TARGET.replace('"Eradicate"@en', '"Erad"@en, "Eradicate"@en')
    read = outside("sdg", file(GOAL, broken))
    assert said(read, "1.1", n.prefLabel) == {'"Eradicate"@en'}
    assert sum(read.fed.balance.notes.values()) == 1


def test_a_bundled_goal_keeps_its_name(outside: Outside, file: File) -> None:
    read = outside("sdg", file(GOAL.replace("sdg:1 a", "sdg:2 a").replace('"1"^^', '"2"^^')))
    assert said(read, "2", n.prefLabel) == set()
    assert '"End poverty"@en' in said(read, "2", n.altLabel)


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('"Eradicate"@en', '"Erradicar"@es', "skos:prefLabel"),
        ("sdgo:SDGCodeCompact", "sdgo:SDGCode", "skos:notation"),
    ],
    ids=["name", "code"],
)
def test_a_bad_concept_is_refused_with_its_line(
    outside: Outside, file: File, old: str, new: str, field: str
) -> None:
    read = outside("sdg", file(GOAL, TARGET.replace(old, new), INDICATOR))
    assert (read.fed.balance.loaded, read.fed.balance.rejected) == (2, 1)
    (reject,) = read.fed.first_rejects
    assert (reject.field, reject.record) == (field, f"{SDG}1.1")
    assert reject.line == 7  # where the goal names it first


def test_subjects_are_read_for_what_is_described(outside: Outside, file: File) -> None:
    subjects = (
        "sdg:1 dct:subject <http://eurovoc.europa.eu/758> .\nsdg:SI_POV dct:subject <http://x.org/1> .\n"
    )
    read = outside("sdg", file(subjects, name="subjects.ttl"), file(GOAL))
    assert said(read, "1", n.topic) == {"<http://eurovoc.europa.eu/758>"}
    assert said(read, "SI_POV", n.topic) == set()
    assert (read.fed.balance.read, sum(read.fed.balance.notes.values())) == (2, 1)


def test_a_property_that_nothing_is_known_of_is_told(outside: Outside, file: File) -> None:
    read = outside("sdg", file(GOAL, "sdg:1 sdgo:mood sdgo:good ."))
    assert read.fed.balance.unmapped == {"kos.ttl: http://metadata.un.org/sdg/ontology#mood": 1}


def test_files_that_hold_none_of_it_are_refused(outside: Outside, file: File, tmp_path: Path) -> None:
    with pytest.raises(LayoutError, match="goals, targets and indicators"):
        outside("sdg", file("sdg:1 a skos:Concept ."))
    with pytest.raises(FileError, match=r"kos\.ttl:5"):
        outside("sdg", file("sdg:1 a "))
    (tmp_path / "goals.csv").write_text("a,b\n", "utf-8")
    with pytest.raises(FileError, match="no RDF file"):
        outside("sdg", tmp_path / "goals.csv")


@pytest.mark.shared_data
def test_the_real_file_gives_17_goals_169_targets_and_232_indicators(outside: Outside, shared: Path) -> None:
    folder = shared / "data" / "sdg"
    concepts = folder / "sdg-kos-goals-targets-indicators.ttl"
    read = outside("sdg", concepts, folder / "sdg-kos-subject-mappings.ttl")
    balance = read.fed.balance
    assert (balance.read, balance.loaded, balance.rejected) == (418 + 137, 418 + 137, 0)
    assert read.fed.counts["Concept"] == 418
    keys = {line.split(">")[0].removeprefix(f"<{SDG}") for line in read.lines}
    assert sum(key.isdigit() for key in keys) == 17
    assert sum("." in key for key in keys) == 169
    assert sum(key.startswith("C") for key in keys) == 232
    assert not balance.unmapped
    assert not [line for line in read.lines if f"<{n.prefLabel}>" in line and not line.endswith("@en")]
    assert sum(f"<{n.prefLabel}>" in line for line in read.lines) == 418
    assert read.violations() == []
