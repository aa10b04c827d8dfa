"""The source `kohesio`: three layouts, their traps, and the real Irish rows."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from loaders.feed import Feed
from loaders.sink import Sink
from loaders.sources import kohesio

Outside = Callable[..., Any]  # the fixture of tests/loaders/conftest.py
SAMPLE = "data/kohesio/IE_valid_example.csv"
PERSON = "121212-1212"  # Skatteverket's example of a personal number; nobody has it

# What public readers show of a real row; the columns they do not show are empty.
GOTTSUNDA = {
    "Operation_Unique_Identifier": "https://linkedopendata.eu/entity/Q7361953",
    "Operation_Local_Identifier": "2021SE05SFPR001_23-017-S01",
    "Operation_Name_English": "Gottsunda",
    "Operation_Name_Programme_Language": "Gottsunda växer",
    "Country": "Sweden",
    "CountryCode": "SE",
    "Postal_Code": "",
    "Operation_Start_Date": "04/09/2023",
    "Operation_End_Date": "",
    "Cofinancing_Rate": "40.0",
    "Total_Eligible_Expenditure_amount": "337478.4",
    "Total_Eligible_Expenditure_Currency": "EUR",
    "Project_EU_Budget": "134991.36",
    "Beneficiary_Unique_Identifier": "https://linkedopendata.eu/entity/Q2757713",
    "Beneficiary_Name": "Uppsala kommun",
    "Beneficiary_Local_Identifier": "2120003005",
    "Location_Indicator_latitude_longitude": "",
    "Category_Of_Intervention": "117.0",
    "Thematic_Objective_ID": "",
    "Policy_Objective_ID": "",
    "Fund_Code": "ESF+",
    "Programme_Code": "",
    "Programme_Name": "ESF+",
    "Programming_Period": "2021-2027",
    "NUTS1_Code": "",
    "NUTS2_Code": "",
    "NUTS3_Code": "SE121",
    "ManagingAuthority": "",
}


@pytest.fixture
def load(outside: Outside, tmp_path: Path) -> Outside:
    """Load rows that differ from the real one in what is named."""

    def read(*changes: dict[str, str], drop: tuple[str, ...] = (), beside: Path | None = None) -> Any:
        path = tmp_path / "SE-pp21-27-latest.csv"
        rows = [{**GOTTSUNDA, **change} for change in changes]
        columns = [column for column in rows[0] if column not in drop]
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(rows)
        return outside("kohesio", *([beside] if beside else []), path)

    return read


def _told(outcome: Any, subject: str, predicate: str) -> set[str]:
    """Return what is said of a thing, things as `kind/key`, literals as they are written."""
    found = set()
    for line in outcome.lines:
        about, by, value = line.split(" ", 2)
        if about.endswith(f"/id/{subject}>") and by.endswith((f"#{predicate}>", f"/{predicate}>")):
            found.add(value[1:-1].partition("/id/")[2] or value if value[0] == "<" else value)
    return found


def test_the_real_row_is_said_whole(load: Outside) -> None:
    outcome = load({})
    project = "project/kohesio.Q7361953"
    assert _told(outcome, project, "prefLabel") == {'"Gottsunda"@en', '"Gottsunda växer"@sv'}
    assert _told(outcome, project, "identifier") == {
        '"Q7361953"',
        '"2021SE05SFPR001_23-017-S01"',
        '"ESF 23-017-S01"',
    }
    assert _told(outcome, project, "exactMatch") == {"<https://linkedopendata.eu/entity/Q7361953>"}
    assert _told(outcome, project, "startDate") == {'"2023-09-04"^^<http://www.w3.org/2001/XMLSchema#date>'}
    assert _told(outcome, project, "endDate") == set()
    assert _told(outcome, project, "totalBudget") == {"amount/EUR-337478.4"}
    assert _told(outcome, project, "euContribution") == {"amount/EUR-134991.36"}
    assert _told(outcome, project, "coversTerritory") == {"county/03"}
    assert _told(outcome, "grant/kohesio.Q7361953", "underScheme") == {"fund/socialfonden-plus"}
    (part,) = _told(outcome, project, "hasParticipation")
    (organisation,) = _told(outcome, part, "byOrganisation")
    assert _told(outcome, organisation, "organisationNumber") == {'"212000-3005"'}
    assert _told(outcome, organisation, "identifier") == {'"Kohesio Q2757713"'}
    assert outcome.violations() == []
    (note,) = outcome.fed.balance.notes.items()
    assert "source esf" in note[0] and note[1] == 1


def test_summaries_are_said_without_marks_and_without_contact_details(load: Outside) -> None:
    texts = {
        "Operation_Summary_English": "<p>Growth &amp; work</p>",
        "Operation_Summary_Programme_Language": "Fråga n@example.org.",
    }
    outcome = load(texts)
    assert _told(outcome, "project/kohesio.Q7361953", "description") == {'"Growth & work"@en'}
    assert (
        outcome.fed.balance.notes["Operation_Summary: withheld where it seems to hold an e-mail address"] == 1
    )


def test_numbers_as_floats_and_iso_dates_are_read(load: Outside) -> None:
    changes = {"Beneficiary_Local_Identifier": "2120003005.0", "Operation_End_Date": "2026-01-31"}
    outcome = load({**changes, "Thematic_Objective_ID": "9.0", "Policy_Objective_ID": "PO04"})
    project = "project/kohesio.Q7361953"
    assert _told(outcome, project, "endDate") == {'"2026-01-31"^^<http://www.w3.org/2001/XMLSchema#date>'}
    assert _told(outcome, project, "subject") == {"thematic-objective/9", "policy-objective/4"}
    assert outcome.violations() == []


def test_two_beneficiaries_of_one_operation_tell_its_money_once(load: Outside) -> None:
    other = {
        "Beneficiary_Unique_Identifier": "https://linkedopendata.eu/entity/Q2",
        "Beneficiary_Name": "Äldreförvaltningen, Uppsala kommun",
    }
    outcome = load({}, other, {})
    balance = outcome.fed.balance
    assert (balance.read, balance.loaded, balance.duplicates, balance.rejected) == (3, 2, 1, 0)
    assert len(_told(outcome, "project/kohesio.Q7361953", "totalBudget")) == 1
    (part,) = _told(outcome, "project/kohesio.Q7361953", "hasParticipation")  # one number, two names
    (organisation,) = _told(outcome, part, "byOrganisation")
    assert _told(outcome, organisation, "altLabel") == {'"Uppsala kommun"', f'"{other["Beneficiary_Name"]}"'}


def test_a_row_that_says_other_money_of_the_same_operation_is_refused(load: Outside) -> None:
    outcome = load(
        {}, {"Beneficiary_Name": "En annan", "Project_EU_Budget": "1", "Beneficiary_Local_Identifier": ""}
    )
    (reject,) = outcome.fed.first_rejects
    assert (reject.line, reject.field) == (3, "Operation_Unique_Identifier")
    assert len(_told(outcome, "project/kohesio.Q7361953", "euContribution")) == 1


def test_a_refused_row_does_not_stand_against_the_next(load: Outside) -> None:
    outcome = load({"Operation_End_Date": "01/01/2000"}, {})
    balance = outcome.fed.balance
    assert (balance.loaded, balance.rejected) == (1, 1)


@pytest.mark.parametrize(
    "number", [PERSON, PERSON.replace("-", ""), f"19{PERSON}", "12121212", "SE121212121201"]
)
def test_a_sole_trader_is_left_out_and_not_shown(load: Outside, tmp_path: Path, number: str) -> None:
    outcome = load({"Beneficiary_Local_Identifier": number, "Operation_Start_Date": "misprint"}, {})
    assert outcome.fed.balance.left_out == outcome.fed.balance.rejected == 1
    assert number not in (tmp_path / "rejects.csv").read_text("utf-8")


def test_numbers_of_other_countries_are_not_said(load: Outside) -> None:
    outcome = load(
        {"Country": "Italy", "CountryCode": "IT", "Beneficiary_Local_Identifier": "RSSMRA00A01H501X"}
    )
    assert outcome.fed.balance.loaded == 1
    assert not any("RSSMRA" in line for line in outcome.lines)
    assert _told(outcome, "project/kohesio.Q7361953", "coversTerritory") == set()
    assert _told(outcome, "project/kohesio.Q7361953", "altLabel") == {'"Gottsunda växer"@it'}


@pytest.mark.parametrize(
    ("where", "territories"),
    [
        ({"NUTS3_Code": "SE121|SE123"}, {"county/03", "county/05"}),
        ({"Location_Indicator_latitude_longitude": "17.6389, 59.8586"}, {"municipality/0380"}),
        ({"NUTS2_Code": "SE12"}, {"nuts/SE12"}),
        ({"Location_Indicator_latitude_longitude": "-9.0491, 53.2744"}, set()),
        ({}, set()),
    ],
)
def test_the_place_is_nuts_3_then_the_point_then_nuts_2(
    load: Outside, where: dict[str, str], territories: set[str]
) -> None:
    outcome = load({"NUTS3_Code": "", **where})
    assert _told(outcome, "project/kohesio.Q7361953", "coversTerritory") == territories
    missing = "a Swedish operation has no place that is known, and covers no territory"
    assert (missing in outcome.fed.balance.notes) == (not territories)


def test_an_operation_in_all_counties_is_nation_wide(load: Outside) -> None:
    regions = Path(kohesio.__file__).parent.parent / "snapshots/sweden/counties.csv"
    with regions.open(encoding="utf-8", newline="") as file:
        codes = [row["nuts_code"] for row in csv.DictReader(file)]
    outcome = load({"NUTS3_Code": "|".join(codes)})
    assert _told(outcome, "project/kohesio.Q7361953", "coversTerritory") == {"nuts/SE"}


def test_several_funds_are_told_apart(load: Outside) -> None:
    outcome = load({"Fund_Code": "ERDF|ESF|JTF", "Programme_Code": "2021SE05SFPR"})
    funds = {"fund/eruf", "fund/socialfonden", "fund/fonden-for-en-rattvis-omstallning"}
    programme = "programme/2021SE05SFPR001"
    assert _told(outcome, "grant/kohesio.Q7361953", "underScheme") == {*funds, programme}
    assert _told(outcome, programme, "isPartOf") == funds
    assert _told(outcome, "fund/eruf", "prefLabel") == set()  # the seeds say it
    assert outcome.violations() == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("Fund_Code", "XYZ"),
        ("Fund_Code", "ERDF|ESF|CF|JTF"),
        ("Programme_Code", "ESF+"),
        ("Cofinancing_Rate", "140"),
        ("Project_EU_Budget", "-1"),
        ("Operation_Start_Date", "31/02/2023"),
        ("Total_Eligible_Expenditure_Currency", ""),
        ("Total_Eligible_Expenditure_Currency", "euro"),
        ("Beneficiary_Local_Identifier", "2120003006"),
        ("Operation_Unique_Identifier", ""),
    ],
)
def test_a_bad_value_is_refused_with_its_column(load: Outside, column: str, value: str) -> None:
    (reject,) = load({column: value}, {"Operation_Unique_Identifier": "Q1"}).fed.first_rejects
    assert (reject.line, reject.field) == (2, column)


def test_a_rate_that_does_not_fit_is_noted_and_nothing_changed(load: Outside) -> None:
    outcome = load({"Cofinancing_Rate": "0.5"})
    assert any("rate differs" in note for note in outcome.fed.balance.notes)
    assert _told(outcome, "project/kohesio.Q7361953", "euContribution") == {"amount/EUR-134991.36"}


def test_an_older_release_takes_its_names_from_the_file_of_beneficiaries(
    load: Outside, tmp_path: Path
) -> None:
    drop = ("Beneficiary_Name", "Beneficiary_Local_Identifier", "CountryCode", "NUTS1_Code", "NUTS2_Code")
    alone = load({}, drop=drop)
    assert _told(alone, "project/kohesio.Q7361953", "hasParticipation") == set()
    assert any("file of beneficiaries" in note for note in alone.fed.balance.notes)
    beside = tmp_path / "latest_SE-latest.csv"
    uri = GOTTSUNDA["Beneficiary_Unique_Identifier"]
    beside.write_text(f"Beneficiary,BeneficiaryLabel\n{uri},Uppsala kommun\n", "utf-8")
    outcome = load({}, drop=drop, beside=beside)
    assert outcome.fed.balance.read == 1
    (part,) = _told(outcome, "project/kohesio.Q7361953", "hasParticipation")
    (organisation,) = _told(outcome, part, "byOrganisation")
    assert _told(outcome, organisation, "altLabel") == {'"Uppsala kommun"'}


def test_a_missing_name_is_told_and_no_organisation_called_nan(load: Outside) -> None:
    outcome = load({"Beneficiary_Name": "nan"})
    assert _told(outcome, "project/kohesio.Q7361953", "hasParticipation") == set()
    assert not any("nan" in line.split(" ")[0] for line in outcome.lines)


@pytest.mark.shared_data
def test_the_real_irish_rows_load(outside: Outside, shared: Path) -> None:
    outcome = outside("kohesio", shared / SAMPLE)
    fed = outcome.fed
    assert (fed.balance.read, fed.balance.loaded, fed.balance.notes) == (5, 5, {})
    assert fed.balance.unmapped == {}
    assert {name: fed.counts[name] for name in ("Project", "Participation", "Programme")} == {
        "Project": 5,
        "Participation": 5,
        "Programme": 1,
    }
    assert not any("coversTerritory" in line for line in outcome.lines)
    assert outcome.violations() == []


@pytest.mark.shared_data
@pytest.mark.parametrize("rate", ["Cofinancing_Rate", "CoFinancing_Rate"])
def test_both_headings_of_the_rate_are_known(
    outside: Outside, shared: Path, tmp_path: Path, rate: str
) -> None:
    path = tmp_path / "import.csv"
    text = (shared / SAMPLE).read_text("utf-8").replace("Cofinancing_Rate", rate)
    path.write_text(text.replace(",50,", ",500,", 1), "utf-8")
    fed = outside("kohesio", path).fed
    (reject,) = fed.first_rejects
    assert (reject.line, reject.field, fed.balance.loaded) == (2, rate, 4)


@pytest.mark.shared_data
def test_every_column_of_the_table_schema_is_known(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    layouts: list[Any] = []
    feed = Feed(kohesio.SOURCE, [], Sink(None))
    monkeypatch.setattr(feed, "tables", lambda *found: layouts.extend(found))
    kohesio.load(feed)
    schema = json.loads((shared / "data/kohesio/kohesio_table_schema.json").read_text("utf-8"))
    columns = {column["name"] for column in schema["fields"]}
    (layout,) = [each for each in layouts if each.kind == "operations, to be imported"]
    assert len(columns) == 33
    assert columns - layout.known() == set()
    assert layout.fits([*columns])
