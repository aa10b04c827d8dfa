"""The source `esf`: its bilingual headings and traps. No real file is at hand: rows are made by hand."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Outside = Callable[..., Any]  # the fixture of tests/loaders/conftest.py
PERSON = "121212-1212"  # Skatteverket's example of a personal number; nobody has it

ROW = {
    "Diarienummer / Operation ID": "23-017-S01",
    "Stödmottagare / Beneficiary": "UPPSALA KOMMUN",
    "Projektägare organisationsnummer / Beneficiary ID": "2120003005",
    "Projektägare ort / Beneficiary city": "UPPSALA",
    "Stödmottagarens land / Beneficiary country": "Sverige",
    "Namn på insatsen / Operation Name": "Gottsunda växer",
    "Programområde / Priority": "",
    "Specifikt mål / Specific objective concerned": "",
    "Interventionsområde / Intervention field": "",
    "Total projektbudget / Total budget SEK": "4 973 906",
    "Unionens medfinansieringsgrad / Union co-financing rate": "90%",
    "EU-stöd i SEK / EU contribution SEK": "",
    "Sammanfattning / Summary": "<p>Insatser &amp; stöd</p>",
    "Sammanfattning engelsk / Summary in english": "<p></p>",
    "Startdatum / Start date": "2023-09-04",
    "Slutdatum / End date": "2028-03-31",
    "EU-fond / EU fund": "ESF+",
    "Program CCI / Program CCI": "2021SE05SFPR",
}
PROJECT = "project/esf.23-017-S01"


@pytest.fixture
def load(outside: Outside, tmp_path: Path) -> Outside:
    """Load rows that differ from the first in what is named by the beginning of its heading."""

    def read(*changes: dict[str, str]) -> Any:
        path = tmp_path / "projektbank.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, ROW, delimiter=";")
            writer.writeheader()
            writer.writerows({**ROW, **change} for change in changes)
        return outside("esf", path)

    return read


def _column(begins: str) -> str:
    return next(column for column in ROW if column.startswith(begins))


def _told(outcome: Any, subject: str, predicate: str) -> set[str]:
    """Return what is said of a thing, things as `kind/key`, literals as they are written."""
    found = set()
    for line in outcome.lines:
        about, by, value = line.split(" ", 2)
        if about.endswith(f"/id/{subject}>") and by.endswith((f"#{predicate}>", f"/{predicate}>")):
            found.add(value[1:-1].partition("/id/")[2] if value[0] == "<" else value)
    return found


def test_a_row_is_said_whole(load: Outside) -> None:
    outcome = load({})
    assert _told(outcome, PROJECT, "prefLabel") == {'"Gottsunda växer"@sv'}
    assert _told(outcome, PROJECT, "identifier") == {'"23-017-S01"', '"ESF 23-017-S01"'}
    assert _told(outcome, PROJECT, "description") == {'"Insatser & stöd"@sv'}
    assert _told(outcome, PROJECT, "totalBudget") == {"amount/SEK-4973906"}
    assert _told(outcome, PROJECT, "euContribution") == set()
    assert _told(outcome, "grant/esf.23-017-S01", "underScheme") == {
        "fund/socialfonden-plus",
        "programme/2021SE05SFPR001",
    }
    (organisation,) = _told(outcome, "participation/esf.23-017-S01.beneficiary", "byOrganisation")
    assert _told(outcome, organisation, "organisationNumber") == {'"212000-3005"'}
    assert _told(outcome, organisation, "locatedIn") == {"municipality/0380"}
    assert outcome.fed.balance.unmapped == {}
    assert outcome.violations() == []


def test_it_shares_an_identifier_an_organisation_and_a_programme_with_kohesio(
    load: Outside, outside: Outside, tmp_path: Path
) -> None:
    path = tmp_path / "SE-pp21-27-latest.csv"
    path.write_text(
        "Operation_Unique_Identifier,Operation_Local_Identifier,Operation_Name_Programme_Language,Country,"
        "Beneficiary_Unique_Identifier,Beneficiary_Name,Beneficiary_Local_Identifier,"
        "Project_EU_Budget,Fund_Code,Programme_Code\n"
        "https://linkedopendata.eu/entity/Q7361953,2021SE05SFPR001_23-017-S01,Gottsunda växer,Sweden,"
        "https://linkedopendata.eu/entity/Q2757713,Uppsala kommun,2120003005,134991.36,ESF+,"
        "2021SE05SFPR001\n",
        "utf-8",
    )
    theirs, ours = outside("kohesio", path), load({})
    twin = "project/kohesio.Q7361953"
    assert '"ESF 23-017-S01"' in _told(theirs, twin, "identifier") & _told(ours, PROJECT, "identifier")
    (part,) = _told(theirs, twin, "hasParticipation")
    assert _told(theirs, part, "byOrganisation") == _told(
        ours, "participation/esf.23-017-S01.beneficiary", "byOrganisation"
    )
    theirs.store.replace("https://w3id.org/samspel/graph/esf", ours.lines)
    unnamed = "must have a skos:prefLabel"  # the names are chosen when the store is built
    assert [found for found in theirs.violations() if unnamed not in found] == []


@pytest.mark.parametrize("number", [PERSON, PERSON.replace("-", ""), f"19{PERSON}", "12121212"])
def test_a_sole_trader_is_left_out_and_not_shown(load: Outside, tmp_path: Path, number: str) -> None:
    outcome = load({_column("Projektägare org"): number}, {_column("Diarienummer"): "23-018-S01"})
    assert outcome.fed.balance.left_out == outcome.fed.balance.rejected == 1
    assert number not in (tmp_path / "rejects.csv").read_text("utf-8")


def test_a_beneficiary_abroad_has_neither_number_nor_municipality(load: Outside) -> None:
    change = {_column("Stödmottagarens land"): "Finland", _column("Projektägare org"): "0201256-6"}
    outcome = load(change)
    (organisation,) = _told(outcome, "participation/esf.23-017-S01.beneficiary", "byOrganisation")
    assert organisation == "organisation/esf.uppsala-kommun"
    assert _told(outcome, organisation, "organisationNumber") == set()
    assert _told(outcome, organisation, "locatedIn") == set()


def test_a_summary_with_contact_details_is_withheld_and_noted(load: Outside) -> None:
    outcome = load({_column("Sammanfattning /"): "<p>Skriv till n@example.org</p>"})
    assert _told(outcome, PROJECT, "description") == set()
    assert list(outcome.fed.balance.notes) == [
        "Sammanfattning / Summary: withheld where it seems to hold an e-mail address"
    ]


def test_a_postal_town_that_is_no_municipality_is_noted(load: Outside) -> None:
    outcome = load({_column("Projektägare ort"): "ÖSTERBYBRUK"})
    (note,) = outcome.fed.balance.notes
    assert "postal town" in note


@pytest.mark.parametrize(
    ("begins", "value"),
    [
        ("Diarienummer", ""),
        ("Namn på", ""),
        ("Stödmottagare /", ""),
        ("Projektägare org", "2120003006"),
        ("Total projektbudget", "4.973.906"),
        ("Unionens", "190%"),
        ("Startdatum", "2023-02-31"),
        ("Slutdatum", "2020-01-01"),
        ("EU-fond", "XYZ"),
        ("Program CCI", "ESF+"),
    ],
)
def test_a_bad_value_is_refused_with_its_column(load: Outside, begins: str, value: str) -> None:
    outcome = load({_column(begins): value}, {_column("Diarienummer"): "23-018-S01"})
    (reject,) = outcome.fed.first_rejects
    assert (reject.line, reject.field) == (2, _column(begins))
    assert outcome.fed.balance.loaded == 1
