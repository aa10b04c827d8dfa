"""What the five documents could mislead a loader to: one test for each trap that field.md names."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

Statements = list[dict[str, str]]
Triples = set[tuple[str, str, str]]
S3 = "project/s3-plattform-smaland-oarna"
SHORT = {"Uppsala": "03", "Sörmland": "04", "Östergötland": "05", "Örebro": "18", "Västmanland": "19"}
KNOWLEDGE = (
    "trä och skog",
    "livsmedel",
    "besöksnäring",
    "industriell utveckling",
    "digital tjänsteutveckling",
)


def _values(triples: Triples, subject: str, predicate: str) -> set[str]:
    return {value for s, p, value in triples if (s, p) == (subject, predicate)}


def _subjects(triples: Triples, predicate: str, value: str) -> set[str]:
    return {s for s, p, v in triples if (p, v) == (predicate, value)}


def _said(statements: Statements, **parts: str) -> Iterator[dict[str, str]]:
    return (said for said in statements if parts.items() <= said.items())


def _line(shared: Path, key: str, number: int) -> str:
    (path,) = (shared / "seeds").glob(f"{key}_*.txt")
    return path.read_text("utf-8").split("\n")[number - 1]


def test_authority_is_not_county(all_triples: Triples) -> None:
    assert _values(all_triples, "organisation/region-ostergotland", "governs") == {"county/05"}
    assert {"RegionAuthority", "Organisation"} <= _values(
        all_triples, "organisation/region-ostergotland", "type"
    )
    organisations = _subjects(all_triples, "type", "Organisation")
    assert not organisations & _subjects(all_triples, "type", "Territory")
    governed = {(s, v) for s, p, v in all_triples if p == "governs"}
    assert len(governed) >= 21
    assert not [(s, p, v) for s, p, v in all_triples if (s, v) in governed and p != "governs"]
    assert not [triple for triple in all_triples if triple[1] == "sameAs"]


def test_oms_is_an_area_a_project_and_a_cooperation(all_triples: Triples) -> None:
    named = _subjects(all_triples, "altLabel", "ÖMS") | _subjects(all_triples, "prefLabel", "ÖMS")
    assert named == {"nuts/SE12", "project/oms", "organisation/oms-samverkan"}
    kinds = {
        "ProgrammeArea": "nuts/SE12",
        "Project": "project/oms",
        "Collaboration": "organisation/oms-samverkan",
    }
    for kind, thing in kinds.items():
        assert _subjects(all_triples, "type", kind) & named == {thing}


def test_skiss_list_of_financiers_holds_the_owner_too(seed_statements: Statements) -> None:
    parts = {
        said["object"].split(".", 1)[1]: (said["lines"], said["asPrinted"])
        for said in _said(seed_statements, subject="project/skiss", predicate="hasParticipation")
    }
    assert parts["region-ostergotland.owner"] == ("34", "Region Östergötland")
    assert parts["region-ostergotland.financier"] == ("38", "Region Östergötland")
    financiers = {part.split(".")[0] for part in parts if part.endswith(".financier")}
    assert financiers == {"region-ostergotland", "tillvaxtverket"}  # the fund in the list is no organisation


def test_fund_and_agency_in_one_token_are_two_things(
    seed_statements: Statements, all_triples: Triples
) -> None:
    of_token = list(
        _said(seed_statements, asPrinted="Tillväxtverket ERUF", subject="grant/s3-plattform-eruf")
    )
    assert {(said["predicate"], said["object"]) for said in of_token if said["predicate"] != "prefLabel"} == {
        ("underScheme", "fund/eruf"),
        ("disbursedBy", "organisation/tillvaxtverket"),
    }
    assert {said["status"] for said in of_token} == {"derived"}
    assert not _subjects(all_triples, "type", "Fund") & _subjects(all_triples, "type", "Organisation")
    assert not [
        value for _, p, value in all_triples if p.endswith("Label") and value == "Tillväxtverket ERUF"
    ]


def test_five_years_are_not_the_exact_period(seed_statements: Statements) -> None:
    def of(predicate: str) -> dict[str, str]:
        (said,) = _said(seed_statements, subject=S3, predicate=predicate)
        return said

    assert (of("statedDuration")["object"], of("statedDuration")["lines"]) == ("P5Y", "3")
    assert of("startDate")["lines"] == of("endDate")["lines"] == "26"
    start, end = (date.fromisoformat(of(name)["object"]) for name in ("startDate", "endDate"))
    assert (start.replace(year=start.year + 5) - end).days == 3  # a full five years end on 31 March


def test_the_same_post_stands_in_two_units(seed_statements: Statements, seed_triples: Triples) -> None:
    post = "post/ostergotland-strateg-innovation"
    units = {
        said["fromDocument"]: said["object"]
        for said in _said(seed_statements, subject=post, predicate="unitName")
    }
    assert units == {
        "000": "Enheten för näringslivsutveckling",
        "001": "Enheten för tillväxt och marknadsföring",
    }
    posts = _subjects(seed_triples, "type", "Post")
    assert {thing for thing in posts if thing.startswith("post/ostergotland")} == {post}


@pytest.mark.parametrize(
    ("printed", "name", "organisation"),
    [
        ("Sankt Kors fastighets AB", "Sankt Kors Fastighets AB", "sankt-kors-fastighets"),
        ("Norrköpings Science Park AB", "Norrköping Science Park", "norrkopings-science-park"),
        ("Linköpings Science Park AB", "Linköping Science Park", "linkopings-science-park"),
    ],
    ids=["Sankt Kors fastighets AB", "Norrköpings Science Park AB", "Linköpings Science Park AB"],
)
def test_a_name_printed_otherwise_is_the_same_organisation(
    printed: str, name: str, organisation: str, all_triples: Triples, seed_statements: Statements
) -> None:
    thing = f"organisation/{organisation}"
    assert _subjects(all_triples, "altLabel", printed) == _subjects(all_triples, "prefLabel", name) == {thing}
    folded = {printed.casefold(), name.casefold()}
    alike = {s for s, p, v in all_triples if p.endswith(("Label", "Name")) and v.casefold() in folded}
    assert {s for s in alike if s.startswith("organisation/")} == {thing}
    (said,) = _said(seed_statements, subject=thing, predicate="altLabel", object=printed)
    assert (said["fromDocument"], said["lines"], said["status"]) == ("000", "42", "literal")


def test_a_space_is_missing_after_naringar(seed_statements: Statements, all_triples: Triples) -> None:
    printed = "Biobaserade näringar- hållbar produktion och effektiv distribution"
    mended = "Biobaserade näringar - hållbar produktion och effektiv distribution"
    area = "area/sormland-biobaserade-naringar"
    assert (
        _subjects(all_triples, "prefLabel", mended) == _subjects(all_triples, "altLabel", printed) == {area}
    )
    (said,) = _said(seed_statements, subject=area, predicate="prefLabel")
    assert (said["asPrinted"], said["status"]) == (printed, "derived")


def test_the_lower_case_list_and_the_capitalised_list_name_the_same_five(
    seed_statements: Statements, seed_triples: Triples
) -> None:
    areas = _subjects(seed_triples, "type", "KnowledgeArea")
    assert len(areas) == 5
    lower = {
        said["subject"]: said["object"]
        for said in _said(seed_statements, predicate="altLabel", fromDocument="004", lines="9")
    }
    upper = {
        said["subject"]: said["object"]
        for said in _said(seed_statements, predicate="prefLabel", fromDocument="004")
        if said["subject"] in areas
    }
    assert set(lower) == set(upper) == areas
    assert set(lower.values()) == set(KNOWLEDGE)
    assert {area: name.lower() for area, name in upper.items()} == lower


def test_knowledge_areas_strength_areas_and_challenge_areas_are_three_things(all_triples: Triples) -> None:
    kinds = {"StrengthArea": "strength", "ChallengeArea": "challenge", "KnowledgeArea": "knowledge"}
    members = {name: _subjects(all_triples, "type", name) for name in kinds}
    assert sum(map(len, members.values())) == len(set.union(*members.values()))
    assert set.union(*members.values()) <= _subjects(all_triples, "type", "PriorityArea")
    for name, kind in kinds.items():
        assert {v for area in members[name] for v in _values(all_triples, area, "areaKind")} == {
            f"area-kind/{kind}"
        }
    assert len([area for area in members["KnowledgeArea"] if area.startswith("area/smaland-oarna-")]) == 5


@pytest.mark.shared_data
def test_the_doubled_word_is_left_in_the_document(
    shared: Path, seed_statements: Statements, seed_triples: Triples
) -> None:
    assert "en del av av projektet" in _line(shared, "001", 27)
    (said,) = _said(seed_statements, subject="activity/kommunturnen", predicate="isPartOf")
    assert (said["lines"], said["asPrinted"]) == ("27", "Kommunturnén är en del av")
    assert not [value for _, _, value in seed_triples if re.search(r"\bav av\b", value)]


@pytest.mark.shared_data
def test_the_order_of_the_counties_differs_in_every_list(shared: Path, seed_triples: Triples) -> None:
    lines = [_line(shared, *place) for place in (("002", 21), ("002", 23), ("003", 32))]
    orders = [re.findall("|".join(SHORT), line.replace("Östra", "")) for line in lines]
    assert [sorted(order) for order in orders] == [sorted(SHORT)] * 3
    assert len({tuple(order) for order in orders}) == 3
    counties = {f"county/{code}" for code in SHORT.values()}
    assert _subjects(seed_triples, "within", "nuts/SE12") == counties
    for project in ("project/oms", "project/east-central-sweden"):
        partners = {
            part.split(".")[1]
            for part in _values(seed_triples, project, "hasParticipation")
            if "partner" in part
        }
        governed = {
            v for partner in partners for v in _values(seed_triples, f"organisation/{partner}", "governs")
        }
        assert governed == counties
