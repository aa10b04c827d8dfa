"""Candidates for a merge: few and right on the real files, and ready to be reviewed."""

import csv
import json
from pathlib import Path

import pytest

from loaders import candidates as candidates_module
from loaders.candidates import Candidate, candidates, write_review
from loaders.errors import LayoutError
from loaders.matching import Keys, Line, Matcher, number_from_vat, own_key, read_table

KNOWN = {
    "innovatum-science-park": ("Innovatum Science Park",),
    "umea-universitet": ("Umeå universitet", "Umeå University"),
    "ror-05pft2x28": ("Umeå kommun", "Umeå Municipality"),
    "orgnr-5560360793": ("SAAB Aktiebolag",),
}


def test_a_likely_pair_is_proposed_with_the_name_that_is_nearest() -> None:
    found = candidates({"erdf_se.umea-universitetet": "Umeå Universitetet"}, KNOWN)
    assert [(one.candidate, one.candidate_name) for one in found] == [
        ("umea-universitet", "Umeå universitet")
    ]
    assert 0.75 <= found[0].score < 1


def test_a_short_name_and_an_unlike_one_are_not_proposed() -> None:
    assert candidates({"erdf_se.saab": "Saab", "erdf_se.kalmar-kommun": "Kalmar kommun"}, KNOWN) == []


def test_an_organisation_is_no_candidate_for_itself() -> None:
    assert candidates({"umea-universitet": "Umeå universitet"}, KNOWN) == []


def test_a_pair_that_a_reviewed_line_keeps_apart_is_not_proposed_again() -> None:
    unresolved = {"erdf_se.innovatum-ab": "Innovatum AB"}
    assert [one.candidate for one in candidates(unresolved, KNOWN)] == ["innovatum-science-park"]
    apart = Line("name", "innovatum-ab", "erdf_se", "different", "innovatum-science-park", "mine.csv:2", 1)
    assert candidates(unresolved, KNOWN, Matcher([apart])) == []


def test_work_grows_with_the_names_and_not_with_their_square(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0

    def counted(one: str, other: str) -> float:
        nonlocal compared
        compared += 1
        return 0.0

    monkeypatch.setattr(candidates_module, "similarity", counted)
    known = {f"orgnr-{at}": (f"Bolaget nummer {at % 211} i staden {at % 97}",) for at in range(2000)}
    assert candidates({f"a.{at}": f"Bolaget nummer {at % 211}" for at in range(200)}, known) == []
    assert 0 < compared <= 200 * 50


def test_a_review_file_becomes_lines_of_the_table_when_the_verdicts_are_filled_in(tmp_path: Path) -> None:
    path = tmp_path / "review.csv"
    found = [
        Candidate(
            "erdf_se.innovatum-ab", "Innovatum AB", "innovatum-science-park", "Innovatum Science Park", 0.76
        ),
        Candidate("pic-997989351", "UNIVERSEUM AB", "orgnr-5560360793", "Another, AB", 0.8),
    ]
    write_review(path, found)
    with pytest.raises(LayoutError, match="fill in same or different"):
        list(read_table(path))
    with path.open(encoding="utf-8", newline="") as file:
        lines = [row | {"verdict": "same", "as_of": "2026-11-21"} for row in csv.DictReader(file)]
    assert lines[0]["why"] == "UNIVERSEUM AB ~ Another, AB (0.80)"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, lines[0])
        writer.writeheader()
        writer.writerows(lines)
    matcher = Matcher(read_table(path))
    for one in found:
        pic = one.key.removeprefix("pic-") if one.key.startswith("pic-") else None
        assert matcher.resolve(Keys(None, None, pic, None, one.name, "erdf_se")).key == one.candidate


def _names_of_cordis(shared: Path) -> dict[str, tuple[str, str]]:
    """Return the Swedish organisations of CORDIS with a number: PIC to (number, name)."""
    path = shared / "data" / "cordis_h2020" / "h2020_organizations_out_formatted_latest.csv"
    found = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if number := number_from_vat(row["vatNumber"]):
                found[row["organisationID"]] = number, row["name"]
    return found


def _names_of_swecris(shared: Path) -> dict[str, tuple[str, ...]]:
    path = shared / "data" / "swecris" / "swecris_export_kth_vinnova.csv"
    found: dict[str, set[str]] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            if number := row["CoordinatingOrganisationId"]:
                named = {row["CoordinatingOrganisationNameSv"], row["CoordinatingOrganisationNameEn"]} - {""}
                found.setdefault(own_key("number", number), set()).update(named)
    return {key: tuple(sorted(names)) for key, names in found.items()}


@pytest.mark.shared_data
def test_candidates_are_right_where_the_number_tells_between_cordis_and_swecris(shared: Path) -> None:
    cordis, swecris = _names_of_cordis(shared), _names_of_swecris(shared)
    truth = {pic: own_key("number", number) for pic, (number, _) in cordis.items()}
    found = candidates({pic: name for pic, (_, name) in cordis.items()}, swecris)
    right = [one for one in found if truth[one.key] == one.candidate]
    assert (len(found), len(right)) == (21, 19)
    assert (
        sum(key in swecris for key in truth.values()) == 21
    )  # two bear another name there: Swerea, now RISE


@pytest.mark.shared_data
def test_candidates_are_right_where_a_key_tells_between_cordis_and_ror(shared: Path) -> None:
    reviewed, known = Matcher.reviewed(), dict[str, set[str]]()
    for file in ("ror_se_v1.json", "ror_se_v2.json"):
        for record in json.loads((shared / "data" / "ror" / file).read_text("utf-8")):
            key = reviewed.resolve(Keys(None, record["id"], None, None, "", "ror")).key
            labels = [one["value"] for one in record.get("names", []) if "acronym" not in one["types"]]
            older = [one["label"] for one in record.get("labels", [])] + record.get("aliases", [])
            known.setdefault(key, set()).update(labels, older, [record["name"]] if "name" in record else [])
    cordis = _names_of_cordis(shared)
    truth = {
        pic: reviewed.resolve(Keys(number, None, None, None, "", "cordis")).key
        for pic, (number, _) in cordis.items()
    }
    found = candidates(
        {pic: name for pic, (_, name) in cordis.items()},
        {key: tuple(sorted(names)) for key, names in known.items()},
    )
    right = {one.key for one in found if truth[one.key] == one.candidate}
    assert (len(found), len(right)) == (21, 20)
    assert [pic for pic, key in truth.items() if key in known and pic not in right] == ["999522921"]
