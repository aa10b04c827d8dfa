"""CORDIS organisations: keys by VAT and PIC, money, places, persons left out, every planted fault found."""

import csv
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks.cordis_like import write
from benchmarks.faults import COLUMNS, KINDS, agreement, quoted
from ontology import names as n

Outside = Callable[..., Any]  # the fixture of tests/loaders/conftest.py

ID = "https://w3id.org/samspel/id/"
ROW = {
    "projectID": "883204",
    "projectAcronym": "RADION",
    "organisationID": "999852236",
    "vatNumber": "SE202100309601",
    "name": "LINKOPINGS UNIVERSITET",
    "shortName": "LIU",
    "SME": "False",
    "activityType": "HES",
    "street": "CAMPUS VALLA",
    "postCode": "581 83",
    "city": "LINKOPING",
    "country": "SE",
    "nutsCode": "",
    "geolocation": "58.4108,15.6214",
    "organizationURL": "http://www.liu.se",
    "contactForm": "https://ec.europa.eu/contact-form/project/999852236/883204",
    "contentUpdateDate": "2023-04-29 01:07:00",
    "rcn": "1905866",
    "order": "2",
    "role": "participant",
    "ecContribution": "103437.5",
    "netEcContribution": "103437.5",
    "totalCost": "103437,5",
    "endOfParticipation": "False",
    "active": "",
}
ABROAD = {
    **ROW,
    "organisationID": "999979888",
    "vatNumber": "ATU37675002",
    "name": "TECHNISCHE UNIVERSITAET WIEN",
    "country": "AT",
    "nutsCode": "AT130",
    "geolocation": "48.1986,16.3699",
    "order": "3",
}


def _file(
    folder: Path, *rows: dict[str, str], name: str = "organization.csv", columns: tuple[str, ...] = COLUMNS
) -> Path:
    path = folder / name
    text = quoted(columns) + "".join(quoted([row[column] for column in columns]) for row in rows)
    path.write_text(text, "utf-8")
    return path


def _about(outcome: Any, subject: str) -> set[str]:
    start = f"<{ID}{subject}> "
    return {line.removeprefix(start) for line in outcome.lines if line.startswith(start)}


def _by(outcome: Any) -> list[str]:
    mark = f"<{n.byOrganisation}> <{ID}organisation/"
    return [line.partition(mark)[2].rstrip(">") for line in outcome.lines if mark in line]


def test_a_row_says_the_participation_with_one_decimal_for_comma_and_point(
    outside: Outside, tmp_path: Path
) -> None:
    outcome = outside("cordis", _file(tmp_path, ROW))
    assert outcome.violations() == []
    assert outcome.fed.balance.unmapped == {}
    participation = "participation/cordis.883204.linkopings-universitet.participant.2"
    assert _about(outcome, participation) == {
        f"<{n.type_}> <{n.Participation}>",
        f"<{n.byOrganisation}> <{ID}organisation/linkopings-universitet>",
        f"<{n.inRole}> <{ID}role/participant>",
        f"<{n.euContribution}> <{ID}amount/EUR-103437.5>",
        f"<{n.totalBudget}> <{ID}amount/EUR-103437.5>",
    }
    assert _about(outcome, "project/cordis.883204") == {
        f"<{n.type_}> <{n.Project}>",
        f'<{n.prefLabel}> "RADION"@en',
        f'<{n.identifier}> "883204"',
        f"<{n.hasParticipation}> <{ID}{participation}>",
    }


def test_a_row_says_the_organisation_by_the_curated_slug_and_in_its_municipality(
    outside: Outside, tmp_path: Path
) -> None:
    outcome = outside("cordis", _file(tmp_path, ROW))
    assert _about(outcome, "organisation/linkopings-universitet") == {
        f"<{n.type_}> <{n.Organisation}>",
        f'<{n.altLabel}> "LINKOPINGS UNIVERSITET"',
        f'<{n.hiddenLabel}> "LIU"',
        f'<{n.identifier}> "PIC 999852236"',
        f'<{n.identifier}> "VAT SE202100309601"',
        f'<{n.organisationNumber}> "202100-3096"',
        f"<{n.actorKind}> <{ID}actor-kind/education-establishment>",
        f"<{n.homepage}> <http://www.liu.se>",
        f"<{n.locatedIn}> <{ID}municipality/0580>",
    }


def test_an_organisation_abroad_has_its_pic_and_vat_and_no_place(outside: Outside, tmp_path: Path) -> None:
    outcome = outside("cordis", _file(tmp_path, ABROAD))
    found = _about(outcome, "organisation/pic-999979888")
    assert f'<{n.identifier}> "VAT ATU37675002"' in found
    assert not any(n.locatedIn in each or n.organisationNumber in each for each in found)
    assert outcome.violations() == []


def test_a_nuts_code_counts_before_the_point_and_one_of_no_county_after_it(
    outside: Outside, tmp_path: Path
) -> None:
    def located(**values: str) -> list[str]:
        outcome = outside("cordis", _file(tmp_path, {**ROW, **values}))
        mark = f"<{n.locatedIn}> <{ID}"
        told = _about(outcome, "organisation/linkopings-universitet")
        return [each.removeprefix(mark).rstrip(">") for each in told if each.startswith(mark)]

    assert located(nutsCode="SE110") == ["county/01"]
    assert located(nutsCode="SE1") == ["municipality/0580"]
    assert located(nutsCode="SE1", geolocation="") == ["nuts/SE1"]
    assert located(nutsCode="XX", geolocation="") == []


def test_a_postcode_counts_where_the_user_has_a_table_and_there_is_no_point(
    outside: Outside, tmp_path: Path
) -> None:
    postcodes = tmp_path / "postcodes.csv"
    postcodes.write_text("postcode,nuts3\n58183,SE123\n", "utf-8")
    file = _file(tmp_path, {**ROW, "geolocation": ""})
    outcome = outside("cordis", file, postcodes=postcodes)
    assert f"<{n.locatedIn}> <{ID}county/05>" in _about(outcome, "organisation/linkopings-universitet")


def test_a_vat_number_counts_for_its_pic_in_rows_and_files_without_it(
    outside: Outside, tmp_path: Path
) -> None:
    without = {**ROW, "vatNumber": "", "projectID": "1"}
    later = {**ROW, "projectID": "2"}
    outcome = outside("cordis", _file(tmp_path, without, name="a.csv"), _file(tmp_path, later, name="b.csv"))
    assert _by(outcome) == ["linkopings-universitet"] * 2


def test_of_two_vat_numbers_of_one_pic_neither_is_taken(outside: Outside, tmp_path: Path) -> None:
    one = {**ROW, "organisationID": "17"}
    other = {**one, "vatNumber": "SE232100004001", "projectID": "2"}
    outcome = outside("cordis", _file(tmp_path, one, other))
    assert _by(outcome) == ["pic-17"] * 2
    assert not any("VAT" in line for line in outcome.lines)
    assert dict(outcome.fed.balance.notes) == {
        "organisationID: PIC 17 stands with two VAT numbers; neither was taken": 1
    }


@pytest.mark.parametrize("vat", ["NOTAPPLICABLE", "MISSING", "N/A", "-"])
def test_a_word_in_the_place_of_a_vat_number_is_none(outside: Outside, tmp_path: Path, vat: str) -> None:
    outcome = outside("cordis", _file(tmp_path, {**ROW, "vatNumber": vat}, {**ROW, "order": "3"}))
    assert _by(outcome) == ["linkopings-universitet"] * 2


def test_a_vat_number_with_a_wrong_check_digit_gives_no_organisation_number(
    outside: Outside, tmp_path: Path
) -> None:
    outcome = outside(
        "cordis", _file(tmp_path, {**ROW, "organisationID": "17", "vatNumber": "SE202100309701"})
    )
    assert _by(outcome) == ["pic-17"]
    assert not any(n.organisationNumber in line for line in outcome.lines)


def test_a_private_firm_is_a_company_and_a_small_one_if_it_says_so(outside: Outside, tmp_path: Path) -> None:
    firm = {**ABROAD, "activityType": "PRC", "SME": "True", "organizationURL": "see our page"}
    outcome = outside("cordis", _file(tmp_path, firm))
    found = _about(outcome, "organisation/pic-999979888")
    assert {
        f"<{n.type_}> <{n.Company}>",
        f"<{n.actorKind}> <{ID}actor-kind/company>",
        f"<{n.actorKind}> <{ID}actor-kind/sme>",
    } <= found
    assert not any(n.homepage in each for each in found)
    assert dict(outcome.fed.balance.notes) == {"organizationURL: left out where it holds no web address": 1}


@pytest.mark.parametrize("url", ["info@example.org", "http://a b.se", "none"])
def test_what_is_no_web_address_is_left_out_and_refuses_nothing(
    outside: Outside, tmp_path: Path, url: str
) -> None:
    outcome = outside("cordis", _file(tmp_path, {**ROW, "organizationURL": url}))
    assert outcome.fed.balance.loaded == 1
    assert not any(n.homepage in line or url in line for line in outcome.lines)


def test_what_seems_to_be_a_person_is_left_out_and_shown_nowhere(outside: Outside, tmp_path: Path) -> None:
    bare = {"activityType": "PRC", "SME": "", "vatNumber": "", "city": ""}
    person = {**ABROAD, **bare, "name": "SOMEBODY NAMED", "organisationID": "7", "role": "no role"}
    trader = {**ROW, "vatNumber": "SE000000000001", "name": "SOMEBODY ELSE", "organisationID": "8"}
    outcome = outside(
        "cordis", _file(tmp_path, ROW, person, trader, {**trader, "vatNumber": "", "order": "9"})
    )
    balance = outcome.fed.balance
    assert (balance.read, balance.loaded, balance.rejected, balance.left_out) == (4, 1, 3, 3)
    told = "".join(map(str, outcome.fed.first_rejects)) + (tmp_path / "rejects.csv").read_text("utf-8")
    assert "SOMEBODY" not in told + "".join(outcome.lines)
    assert "0000000000" not in told + "".join(outcome.lines)


def test_a_repeated_row_is_a_duplicate_and_one_that_differs_beside_its_key_is_refused(
    outside: Outside, tmp_path: Path
) -> None:
    rows = (ROW, ROW, {**ROW, "totalCost": "1"}, {**ROW, "role": "thirdParty"}, {**ROW, "order": "9"})
    balance = outside("cordis", _file(tmp_path, *rows)).fed.balance
    assert (balance.read, balance.loaded, balance.duplicates, balance.rejected) == (5, 3, 1, 1)


def test_with_the_table_of_projects_a_project_keeps_its_title_alone(outside: Outside, tmp_path: Path) -> None:
    projects = tmp_path / "project.csv"
    projects.write_text(
        "id;acronym;title;objective;legalBasis\n883204;RADION;Rays and ions;Rays;H2020-EU.1.\n", "utf-8"
    )
    for files in ((_file(tmp_path, ROW), projects), (projects, _file(tmp_path, ROW))):
        outcome = outside("cordis", *files)
        labels = {each for each in _about(outcome, "project/cordis.883204") if n.prefLabel in each}
        assert labels == {f'<{n.prefLabel}> "Rays and ions"@en'}
        assert outcome.violations() == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("projectID", ""),
        ("projectID", "88X"),
        ("organisationID", ""),
        ("organisationID", "PIC"),
        ("role", "boss"),
        ("order", "first"),
        ("SME", "maybe"),
        ("endOfParticipation", "2"),
        ("active", "yes"),
        ("ecContribution", "-1"),
        ("totalCost", "10,5,1"),
        ("geolocation", "91.5,17.9"),
        ("country", "SWE"),
        ("contentUpdateDate", "2023-02-30 09:00:00"),
        ("activityType", "XYZ"),
        ("name", ""),
    ],
)
def test_a_bad_value_refuses_the_row_and_names_the_column(
    outside: Outside, tmp_path: Path, column: str, value: str
) -> None:
    outcome = outside("cordis", _file(tmp_path, ABROAD, {**ROW, column: value}))
    assert [(each.line, each.field, each.value) for each in outcome.fed.first_rejects] == [(3, column, value)]
    assert _by(outcome) == ["pic-999979888"]


@pytest.mark.parametrize("form", ["True", "true"])
def test_booleans_of_every_release_are_read(outside: Outside, tmp_path: Path, form: str) -> None:
    row = {**ROW, "SME": form, "endOfParticipation": form, "active": form}
    assert outside("cordis", _file(tmp_path, row)).fed.balance.loaded == 1


def test_every_planted_fault_is_found_on_its_line_and_no_other(outside: Outside, tmp_path: Path) -> None:
    file = tmp_path / "organization.csv"
    truth = write(file, 20_000, seed=7)
    balance = outside("cordis", file).fed.balance
    with (tmp_path / "rejects.csv").open(encoding="utf-8", newline="") as source:
        rejects = [(int(row["line"]), row["field"]) for row in csv.DictReader(source)]
    found = agreement(truth, rejects)
    kinds = Counter(fault.kind for fault in truth)
    assert set(KINDS) <= set(kinds)
    assert (found.planted, found.rejected, found.fields) == (200, 200, 200)
    assert (found.precision, found.recall) == (1.0, 1.0)
    assert (balance.read, balance.rejected, balance.duplicates) == (20_000, 200, kinds["duplicate"])


@pytest.mark.shared_data
def test_the_real_file_loads_but_for_what_seems_to_be_persons(once: Outside, shared: Path) -> None:
    outcome = once("cordis", shared / "data/cordis_h2020/h2020_organizations_out_formatted_latest.csv")
    balance = outcome.fed.balance
    assert (balance.read, balance.loaded, balance.duplicates) == (2_721, 2_716, 0)
    assert (balance.rejected, balance.left_out) == (5, 5)
    assert balance.unmapped == {}
    counts = outcome.fed.counts
    assert (counts["Participation"], counts["Organisation"], counts["Project"]) == (2_716, 1_813, 336)
    assert outcome.violations() == []


@pytest.mark.shared_data
def test_the_real_file_knows_the_swedish_organisations_by_number_and_place(
    once: Outside, shared: Path
) -> None:
    outcome = once("cordis", shared / "data/cordis_h2020/h2020_organizations_out_formatted_latest.csv")
    numbers = {line.split(" ")[0] for line in outcome.lines if f"<{n.organisationNumber}>" in line}
    places = {line.split(" ")[0] for line in outcome.lines if f"<{n.locatedIn}>" in line}
    assert len(numbers) == 43
    assert len(places) >= 40
    assert {
        f"<{ID}organisation/linkopings-universitet>",
        f"<{ID}organisation/region-ostergotland>",
    } <= numbers
    assert not any("SE20210030960" in line and "linkopings-universitet" not in line for line in outcome.lines)


@pytest.mark.shared_data
def test_a_table_derived_from_the_official_one_is_read_by_its_names(outside: Outside, shared: Path) -> None:
    folder = shared / "data/cordis_horizon"
    outcome = outside("cordis", folder / "hopon_orgs.csv", folder / "hopon_projects.csv")
    balance = outcome.fed.balance
    assert (balance.read, balance.loaded, balance.unmapped) == (298, 298, {})
    assert all(each.startswith(("pic-", "orgnr-")) or "-" in each for each in _by(outcome))
    assert len(_by(outcome)) == 250
