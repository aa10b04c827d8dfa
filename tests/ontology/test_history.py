"""The change history: two languages, known terms, and errors that name the line."""

import pytest

from ontology import history, release

HEAD = "# Changes\n\n## [1.0.0] - 2030-01-31\n### Added\n"


def test_a_change_is_read_with_its_terms_and_both_languages() -> None:
    (change,) = history.read(f"{HEAD}- `Egg`, `lays`\n  - sv: Nya ord.\n  - en: New terms.\n")
    assert (change.version, change.date, change.kind) == ("1.0.0", "2030-01-31", "Added")
    assert change.terms == ("Egg", "lays")
    assert (change.told("sv"), change.told("en")) == ("Nya ord.", "New terms.")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f"{HEAD}- `Egg`\n  - en: New.\n", "CHANGELOG.md:6"),
        (f"{HEAD}- `Egg`\n  - sv: Ny.\n", "CHANGELOG.md:7"),
        ("## [1.0] - 2030-01-31\n", "CHANGELOG.md:1"),
        ("## [1.0.0] - 2030-01-31\n### Invented\n", "CHANGELOG.md:2"),
        ("- `Egg`\n  - sv: Ny.\n  - en: New.\n", "CHANGELOG.md:1"),
    ],
    ids=["no Swedish", "no English", "no version", "no kind", "no heading"],
)
def test_what_is_not_in_form_is_refused_with_its_line(text: str, place: str) -> None:
    with pytest.raises(ValueError, match=f"^{place}: "):
        history.read(text)


def test_ours_names_terms_that_there_are_or_were_and_its_versions_fall() -> None:
    known = {name for made in (*release.releases(), release.current()) for name in made.terms}
    assert [name for change in history.changes() for name in change.terms if name not in known] == []
    versions = [release.numbered(change.version) for change in history.changes()]
    assert versions == sorted(versions, reverse=True)
    assert history.changes()[0].version == release.current().version


def test_a_term_is_told_its_changes() -> None:
    assert [change.kind for change in history.of("parallelTo")] == ["Removed"]
    assert history.of("StrengthArea") == ()
