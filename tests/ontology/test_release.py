"""Releases: what differs between two sets of terms, and what the version and the change history owe to it."""

from dataclasses import replace
from pathlib import Path

import pytest
from rdflib import Graph

from ontology import history, release, vocabulary
from ontology.release import Release, Term

CLASS = Term(("owl:Class",), ("rdfs:subClassOf samspel:Top",), ("label@en top", "label@sv topp"))
OLD = Release("1.2.3", {"Bird": CLASS, "Nest": CLASS})
EARLY = replace(OLD, version="0.1.0")
LEAVING = replace(CLASS, deprecated=True, replaced=True)


def made(version: str, **terms: Term) -> Release:
    return Release(version, terms)


def check(old: Release, new: Release) -> list[str]:
    """Check a pair whose change history names every term."""
    return release.check(old, new, {new.version: frozenset({*old.terms, *new.terms})})


def test_ours_may_be_released_after_the_last_release() -> None:
    assert release.check(release.releases()[-1], release.current(), history.told()) == []


def test_the_first_release_is_as_it_was() -> None:
    first = release.releases()[0]
    assert (first.version, len(first.terms)) == ("0.1.0", 105)
    assert {"FundingPlatform", "nutsLevel", "parallelTo"} <= set(first.terms)
    assert first.terms["StrengthArea"].kinds == ("owl:Class",)


def test_what_changed_since_the_first_release_is_found() -> None:
    found = release.compare(release.releases()[0], release.current())
    assert {"FundingPlatform", "ResearchInstitute", "nutsLevel", "follows", "postIn"} <= set(found.removed)
    assert {"organisationNumber", "retrievedOn"} <= set(found.added)
    assert found.level == "major"


@pytest.mark.parametrize(
    ("new", "level"),
    [
        pytest.param({"Bird": CLASS, "Nest": CLASS}, "none", id="nothing"),
        pytest.param({"Bird": replace(CLASS, texts=("label@en b",)), "Nest": CLASS}, "patch", id="text"),
        pytest.param({"Bird": replace(CLASS, axioms=()), "Nest": CLASS}, "minor", id="axiom"),
        pytest.param({"Bird": CLASS, "Nest": CLASS, "Egg": CLASS}, "minor", id="added"),
        pytest.param({"Bird": CLASS, "Nest": LEAVING}, "major", id="deprecated"),
        pytest.param({"Bird": CLASS}, "major", id="removed"),
        pytest.param(
            {"Bird": replace(CLASS, kinds=("owl:ObjectProperty",)), "Nest": CLASS}, "major", id="kind"
        ),
    ],
)
def test_the_level_of_a_change(new: dict[str, Term], level: str) -> None:
    assert release.compare(OLD, made("2.0.0", **new)).level == level
    assert check(OLD, made("2.0.0", **{"Nest": LEAVING, **new})) == []


@pytest.mark.parametrize(
    ("old", "version", "terms", "least"),
    [
        pytest.param(OLD, "1.2.3", {"Bird": replace(CLASS, texts=()), "Nest": CLASS}, "1.2.4", id="text"),
        pytest.param(OLD, "1.2.4", {"Bird": CLASS, "Nest": CLASS, "Egg": CLASS}, "1.3.0", id="added"),
        pytest.param(OLD, "1.9.0", {"Bird": CLASS, "Nest": LEAVING}, "2.0.0", id="deprecated"),
        pytest.param(EARLY, "0.1.1", {"Bird": CLASS}, "0.2.0", id="early-removed"),
        pytest.param(OLD, "1.2.2", {"Bird": CLASS, "Nest": CLASS}, "1.2.3", id="backwards"),
    ],
)
def test_a_version_that_says_too_little_is_refused(
    old: Release, version: str, terms: dict[str, Term], least: str
) -> None:
    (sentence,) = check(old, made(version, **terms))
    assert f"'{version}'" in sentence and f"make it {least} or later" in sentence
    assert check(old, made(least, **terms)) == []


def test_a_term_may_vanish_before_the_first_stable_version_only() -> None:
    assert check(EARLY, made("0.2.0", Bird=CLASS)) == []
    (sentence,) = check(OLD, made("2.0.0", Bird=CLASS))
    assert sentence.startswith("core.ttl: Nest was in 1.2.3 and is gone; keep it with owl:deprecated")


def test_a_deprecated_term_says_what_replaces_it() -> None:
    (sentence,) = check(OLD, made("2.0.0", Bird=CLASS, Nest=replace(LEAVING, replaced=False)))
    assert "Nest is deprecated" in sentence and "dcterms:isReplacedBy" in sentence


def test_what_came_and_went_stands_in_the_change_history() -> None:
    sentences = release.check(EARLY, made("0.2.0", Bird=CLASS, Egg=CLASS), {"0.2.0": frozenset({"Egg"})})
    assert [sentence.partition(" was")[0] for sentence in sentences] == ["CHANGELOG.md: Nest"]


@pytest.mark.parametrize("version", ["", "1.0", "one.two.three"])
def test_a_version_is_three_numbers(version: str) -> None:
    (sentence,) = release.check(OLD, made(version, **OLD.terms), {})
    assert repr(version) in sentence and "three numbers" in sentence


def test_a_release_is_the_same_after_writing_and_reading(tmp_path: Path) -> None:
    ours = release.current()
    assert release.read(release.write(ours, tmp_path)) == ours


def test_a_deprecated_term_is_read_from_turtle() -> None:
    text = vocabulary.CORE.read_text("utf-8")
    changed = text + (
        "samspel:Role owl:deprecated true ; dcterms:isReplacedBy org:Role .\n"
        "samspel:Fund owl:deprecated true .\n"
    )
    terms = release.of(Graph().parse(data=changed, format="turtle")).terms
    assert (terms["Role"].deprecated, terms["Role"].replaced) == (True, True)
    assert (terms["Fund"].deprecated, terms["Fund"].replaced) == (True, False)
    assert not release.current().terms["Role"].deprecated


def test_a_term_knows_since_when_and_whether_it_is_gone() -> None:
    assert release.since("StrengthArea") == "0.1.0"
    assert release.since("organisationNumber") == "0.2.0"
    assert release.gone("FundingPlatform") and not release.gone("StrengthArea") and not release.gone("Nope")


def test_the_command_prints_the_comparison_and_writes_nothing_unasked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = sorted(release.FOLDER.glob("*"))
    assert release.main() == 0
    said = capsys.readouterr()
    assert said.out.startswith(f"{release.releases()[-1].version} -> {release.current().version}: ")
    assert said.err == "" and sorted(release.FOLDER.glob("*")) == before
