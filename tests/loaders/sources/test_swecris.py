"""Swecris: every grant once, subjects with both names, and nothing about persons.

The rows of RJ are not in the stored file: twins are tested on files made by hand in the same layout.
"""

import csv
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from graph.iris import Iris
from loaders.personal_data import found_in
from loaders.reviewed import LOOKUPS, rows
from ontology import names as n

Outside = Callable[..., Any]  # the fixture of tests/loaders/conftest.py
File = Callable[..., Path]
FILE = "data/swecris/swecris_export_kth_vinnova.csv"
ROW = {
    "ProjectId": "2020-00001_Vinnova",
    "ProjectTitleSv": "Ett projekt",
    "ProjectTitleEn": "A project",
    "ProjectAbstractSv": "Syfte och mål:\r\nAtt växa.",
    "ProjectAbstractEn": "Purpose and goal:\r\n<p>To grow &amp; thrive.</p>",
    "ProjectStartDate": "2020-01-01 00:00:00",
    "ProjectEndDate": "2021-12-31 00:00:00",
    "CoordinatingOrganisationId": "202100-3096",
    "CoordinatingOrganisationNameSv": "Linköpings universitet",
    "CoordinatingOrganisationNameEn": "Linköping University",
    "CoordinatingOrganisationTypeOfOrganisationSv": "Universitet",
    "CoordinatingOrganisationTypeOfOrganisationEn": "University",
    "FundingOrganisationId": "202100-5216",
    "FundingOrganisationNameSv": "Vinnova",
    "FundingOrganisationNameEn": "Vinnova",
    "FundingOrganisationTypeOfOrganisationSv": "Stat, regioner, kommuner, församlingar",
    "FundingOrganisationTypeOfOrganisationEn": "Governmental",
    "FundingsSek": "500000.0",
    "FundingYear": "2020",
    "FundingStartDate": "2020-01-01",
    "FundingEndDate": "2021-12-31",
    "TypeOfAwardId": "1",
    "TypeOfAwardDescrSv": "Projektbidrag",
    "TypeOfAwardDescrEn": "Project grant",
    "UpdatedDate": "10/25/2024 10:01:55",
    "LoadedDate": "07/17/2025 23:54:06",
    "InvolvedPeople": "",
    "Scbs": "",
}
RJ = {"ProjectId": "2020-00001_RJ", "FundingsSek": "500000"}
PEOPLE = "¤¤¤43471¤Namn Namnsson¤0000-0002-0000-0000¤Principal Investigator¤Projektledare¤Male"
SOLE_TRADER = "190101-0000"  # no number of anybody: 000 is never given
COMPANY = {
    "CoordinatingOrganisationId": "556074-3089",
    "CoordinatingOrganisationTypeOfOrganisationSv": "Företag",
}


@pytest.fixture
def file(tmp_path: Path) -> File:
    """Write rows, each the example with changes, as the export gives them."""

    def write(*changes: dict[str, str]) -> Path:
        path = tmp_path / "swecris.csv"
        with path.open("w", encoding="utf-8", newline="") as target:
            writer = csv.DictWriter(target, ROW, delimiter=";", quoting=csv.QUOTE_ALL)
            writer.writeheader()
            writer.writerows({**ROW, **change} for change in changes)
        return path

    return write


def test_a_row_becomes_a_project_with_its_grant_and_coordinator(outside: Outside, file: File) -> None:
    read = outside("swecris", file({}))
    project = Iris().thing("project", "swecris.2020-00001_Vinnova")
    grant = Iris().thing("grant", "swecris.2020-00001_Vinnova")
    funder = Iris().thing("organisation", "orgnr-2021005216")
    assert {
        f'{project} <{n.prefLabel}> "Ett projekt"@sv',
        f'{project} <{n.prefLabel}> "A project"@en',
        f'{project} <{n.identifier}> "2020-00001_Vinnova"',
        f'{project} <{n.identifier}> "Vinnova 2020-00001"',
        f'{project} <{n.endDate}> "2021-12-31"^^<{n.XSD}date>',
        f'{project} <{n.modified}> "2024-10-25"^^<{n.XSD}date>',
        f"{grant} <{n.schemaAmount}> {Iris().thing('amount', 'SEK-500000')}",
        f"{grant} <{n.disbursedBy}> {funder}",
        f'{Iris().thing("organisation", "linkopings-universitet")} <{n.altLabel}> "Linköping University"@en',
    } <= set(read.lines)
    assert read.violations() == []
    assert not read.fed.balance.unmapped


def test_a_company_is_one_and_a_university_is_none(outside: Outside, file: File) -> None:
    read = outside("swecris", file({}, {"ProjectId": "2_Vinnova", **COMPANY}))
    companies = [line.split()[0] for line in read.lines if line.endswith(f"<{n.Company}>")]
    assert companies == [Iris().thing("organisation", "orgnr-5560743089")]


@pytest.mark.parametrize("order", [1, -1])
def test_a_copy_by_rj_is_counted_once_in_any_order(outside: Outside, file: File, order: int) -> None:
    read = outside("swecris", file(*[{}, RJ][::order]))
    assert (read.fed.balance.loaded, read.fed.balance.duplicates) == (1, 1)
    assert read.fed.balance.notes["RJ repeats Vinnova: same number, title and amount; counted once"] == 1
    assert not [line for line in read.lines if "_RJ" in line]


@pytest.mark.parametrize(
    ("change", "note"),
    [
        ({"FundingsSek": "500001"}, "RJ and Vinnova: same number and title, other amount; both loaded"),
        (
            {"ProjectTitleSv": "Något annat"},
            "RJ and Vinnova: same number, other title; different projects, both loaded",
        ),
        ({"ProjectId": "2020-00001_VR"}, None),
        ({"ProjectId": "2020-00002_RJ"}, None),
    ],
)
def test_what_only_resembles_a_copy_is_loaded(
    outside: Outside, file: File, change: dict[str, str], note: str | None
) -> None:
    read = outside("swecris", file({}, {**RJ, **change}))
    assert (read.fed.balance.loaded, read.fed.balance.duplicates) == (2, 0)
    assert list(read.fed.balance.notes) == ([note] if note else [])


def test_the_amounts_of_copies_do_not_double_the_money(outside: Outside, file: File) -> None:
    numbers = [{"ProjectId": f"2020-{number:05}_{who}"} for number in range(50) for who in ("RJ", "Vinnova")]
    read = outside("swecris", file(*numbers))
    assert (read.fed.balance.read, read.fed.balance.duplicates) == (100, 50)
    assert len([line for line in read.lines if f"<{n.schemaAmount}>" in line]) == 50


@pytest.mark.parametrize(
    ("value", "fine"),
    [
        ("2013", True),
        ("2025-01-01", True),
        ("2026-05-01 12:00:00", True),
        ("01/05/2026", False),
        ("2025-02-30", False),
    ],
)
def test_the_start_of_funding_has_three_forms_and_no_other(
    outside: Outside, file: File, value: str, fine: bool
) -> None:
    read = outside("swecris", file({}, {"ProjectId": "2_Vinnova", "FundingStartDate": value}))
    assert [reject.field for reject in read.fed.first_rejects] == ([] if fine else ["FundingStartDate"])


def test_columns_that_name_persons_are_dropped_and_counted(
    outside: Outside, file: File, tmp_path: Path
) -> None:
    told = {
        "InvolvedPeople": PEOPLE,
        "ProjectAbstractSv": "Namnsson leder arbetet.",
        "ProjectAbstractEn": "Namnsson leads the work.",
    }
    read = outside("swecris", file(told, {"ProjectId": "2_Vinnova", "FundingsSek": "många", **told}))
    assert (read.fed.balance.personal, read.fed.balance.rejected) == (6, 1)
    written = "".join(read.lines) + (tmp_path / "rejects.csv").read_text("utf-8") + str(read.fed)
    assert "Namnsson" not in written
    assert "0000-0002" not in written


@pytest.mark.parametrize(
    "number", [SOLE_TRADER, SOLE_TRADER.replace("-", ""), "19" + SOLE_TRADER, SOLE_TRADER[:-1]]
)
def test_a_sole_trader_leaves_the_row_out_unseen(
    outside: Outside, file: File, tmp_path: Path, number: str
) -> None:
    trader = {
        "ProjectId": "2_Vinnova",
        "CoordinatingOrganisationId": number,
        "ProjectTitleSv": "Namns verkstad",
    }
    read = outside("swecris", file({}, trader))
    assert (read.fed.balance.loaded, read.fed.balance.left_out) == (1, 1)
    written = "".join(read.lines) + (tmp_path / "rejects.csv").read_text("utf-8")
    assert SOLE_TRADER[:-1] not in written
    assert "Namns verkstad" not in written


@pytest.mark.parametrize("number", ["", "NULL"])
def test_a_coordinator_without_number_is_not_told_of(outside: Outside, file: File, number: str) -> None:
    read = outside(
        "swecris",
        file({"CoordinatingOrganisationId": number, "CoordinatingOrganisationNameSv": "Namns verkstad"}),
    )
    assert read.fed.counts["Project"] == 1
    assert "Participation" not in read.fed.counts
    assert not [line for line in read.lines if "verkstad" in line]
    assert sum(read.fed.balance.notes.values()) == 1


def test_the_word_null_is_no_name(outside: Outside, file: File) -> None:
    read = outside("swecris", file({"CoordinatingOrganisationNameSv": "NULL"}))
    assert not [line for line in read.lines if "NULL" in line]
    assert list(read.fed.balance.notes) == [
        "CoordinatingOrganisation: the name is the word NULL; taken as unknown"
    ]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ProjectTitleSv": "", "ProjectTitleEn": ""}, "ProjectTitleSv"),
        ({"ProjectId": "2020-00002"}, "ProjectId"),
        ({"FundingsSek": "-5"}, "FundingsSek"),
        ({"ProjectEndDate": "2019-12-31 00:00:00"}, "ProjectEndDate"),
        ({"CoordinatingOrganisationId": "202100-3097"}, "CoordinatingOrganisationId"),
        ({"Scbs": "Fysik"}, "Scbs"),
        (
            {"Scbs": "¤¤¤ 1: Naturvetenskap, Natural Sciences, 203: Maskinteknik, Mechanical Engineering"},
            "Scbs",
        ),
        ({"UpdatedDate": "25/10/2024 10:01:55"}, "UpdatedDate"),
    ],
)
def test_a_bad_row_is_refused_with_its_column(
    outside: Outside, file: File, change: dict[str, str], field: str
) -> None:
    read = outside("swecris", file({}, {"ProjectId": "2_Vinnova", **change}))
    assert [reject.field for reject in read.fed.first_rejects] == [field]


def test_a_title_in_one_language_is_enough(outside: Outside, file: File) -> None:
    read = outside("swecris", file({"ProjectTitleSv": ""}))
    assert read.fed.balance.loaded == 1
    assert read.violations() == []


def test_subjects_are_concepts_with_both_names_whatever_commas_stand_in_them(
    outside: Outside, file: File
) -> None:
    packed = (
        "¤¤¤ 1: Naturvetenskap, Natural Sciences, 103: Fysik, Physical Sciences, 10305: Astronomi, "
        "astrofysik och kosmologi, Astronomy, Astrophysics and Cosmology ¤¤¤ 1: Naturvetenskap, "
        "Natural Sciences, 102: Data- och informationsvetenskap (Datateknik)\u00a0\u00a0\u00a0 , "
        "Computer and Information Sciences"
    )
    read = outside("swecris", file({"Scbs": packed}))
    subject, above = Iris().thing("scb-subject", "10305"), Iris().thing("scb-subject", "103")
    project = Iris().thing("project", "swecris.2020-00001_Vinnova")
    assert {
        f'{subject} <{n.prefLabel}> "Astronomi, astrofysik och kosmologi"@sv',
        f'{subject} <{n.prefLabel}> "Astronomy, Astrophysics and Cosmology"@en',
        f"{subject} <{n.SKOS}broader> {above}",
        f"{project} <{n.topic}> {subject}",
        f"{project} <{n.topic}> {Iris().thing('scb-subject', '102')}",
    } <= set(read.lines)
    assert len([line for line in read.lines if line.startswith(f"{project} <{n.topic}>")]) == 2
    assert read.fed.counts["ConceptScheme"] == 1
    assert (read.fed.counts["Concept"], read.fed.balance.notes.total()) == (4, 0)


def test_an_unknown_subject_is_taken_as_printed_and_noted(outside: Outside, file: File) -> None:
    read = outside(
        "swecris", file({"Scbs": "¤¤¤ 7: Nytt, New ¤¤¤ 8: Ett, två och tre, Four ¤¤¤ 1: Annat, Other"})
    )
    assert f'{Iris().thing("scb-subject", "7")} <{n.prefLabel}> "New"@en' in read.lines
    assert f'{Iris().thing("scb-subject", "8")} <{n.prefLabel}> "Ett, två och tre, Four"@sv' in read.lines
    assert f'{Iris().thing("scb-subject", "1")} <{n.prefLabel}> "Naturvetenskap"@sv' in read.lines
    assert read.fed.balance.notes.total() == 3


def test_every_subject_of_the_table_has_one_above_it() -> None:
    codes = {row["code"] for _, row in rows(LOOKUPS / "scb_subjects.csv", "code", "sv", "en")}
    assert {code[:length] for code in codes for length in (1, 3)} <= codes


def test_loading_twice_is_loading_once(outside: Outside, file: File) -> None:
    path = file({}, {"ProjectId": "2_Vinnova"})
    assert outside("swecris", path).fed.fingerprint == outside("swecris", path).fed.fingerprint
    assert outside("swecris", path, path).fed.balance.duplicates == 2


@pytest.mark.shared_data
def test_the_stored_export_loads_but_for_one_row(once: Outside, shared: Path) -> None:
    read = once("swecris", shared / FILE)
    balance = read.fed.balance
    assert (balance.read, balance.loaded, balance.duplicates) == (1408, 1407, 0)
    assert [(reject.line, reject.field) for reject in read.fed.first_rejects] == [(24565, "ProjectEndDate")]
    assert (read.fed.counts["Participation"], read.fed.counts["Organisation"]) == (1406, 306)
    assert read.fed.counts["Concept"] == 234
    assert not balance.unmapped
    assert not [note for note in balance.notes if note.startswith("Scbs")]
    assert read.violations() == []


@pytest.mark.shared_data
def test_the_granted_sum_is_that_of_the_file(once: Outside, shared: Path) -> None:
    lines = once("swecris", shared / FILE).lines
    granted = [line.rpartition("SEK-")[2][:-1] for line in lines if f"<{n.schemaAmount}>" in line]
    with (shared / FILE).open(encoding="utf-8-sig", newline="") as file:
        stated = {row["ProjectId"]: row["FundingsSek"] for row in csv.DictReader(file, delimiter=";")}
    refused = stated.pop("2008-02147_Vinnova")
    assert sum(map(Decimal, granted)) == sum(Decimal(value) for value in stated.values() if value)
    assert sum(map(Decimal, granted)) + Decimal(refused) == Decimal(4_320_150_059)


@pytest.mark.shared_data
def test_no_text_of_the_columns_about_persons_is_said(outside: Outside, shared: Path, tmp_path: Path) -> None:
    """Load the stored export with a person planted in its first row, and look for what the columns hold."""
    with (shared / FILE).open(encoding="utf-8-sig", newline="") as stored:
        export = list(csv.DictReader(stored, delimiter=";"))
    export[0] |= {
        "InvolvedPeople": PEOPLE,
        "ProjectAbstractSv": "Ansvarig för arbetet är Namn Namnsson vid lärosätet.",
    }
    path = tmp_path / "planted.csv"
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, export[0], delimiter=";", quoting=csv.QUOTE_ALL)
        writer.writeheader()
        writer.writerows(export)
    read = outside("swecris", path)
    assert read.fed.balance.read == 1408
    hidden = {
        line.strip()
        for row in export
        for column in ("InvolvedPeople", "ProjectAbstractSv", "ProjectAbstractEn")
        for line in row[column].splitlines()
        if len(line.strip()) > 30  # a longer line of an abstract is nobody's title
    }
    assert len(hidden) > 5000
    literals = {
        line.partition('"')[2].rpartition('"')[0].replace('\\"', '"') for line in read.lines if '"' in line
    }
    said = "\n".join(literals)
    assert not [text for text in hidden if text in said]
    written = "\n".join(read.lines) + (tmp_path / "rejects.csv").read_text("utf-8") + str(read.fed)
    assert "Namnsson" not in written and "0000-0002" not in written
    assert f"<{n.description}>" not in written
    assert not [text for text in literals if not text.startswith(("Bidrag", "Grant")) and found_in(text)]
