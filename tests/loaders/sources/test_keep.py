"""The source `keep`: two sheets and their join. No real file is at hand: rows are made by hand."""

import csv
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Outside = Callable[..., Any]  # the fixture of tests/loaders/conftest.py
PERSON = "121212-1212"  # Skatteverket's example of a personal number; nobody has it
PROGRAMME = "2014 - 2020 INTERREG VB North Sea"
PROJECT = "project/keep.2014-2020-interreg-vb-north-sea.COBEN"

COBEN = {
    "Period": "2014-2020",
    "Programme": PROGRAMME,
    "Project acronym": "COBEN",
    "Project name in English": "Community Benefits",
    "Project start": "2019-01-01",
    "Project end": "N.a.",
    "Project's total budget / expenditure": "2349367.02",
    "Project's EU funding": "1879493.6",
    "Union co-financing rate": "80%",
}
LEAD = {
    "Programme": PROGRAMME,
    "Project acronym": "COBEN",
    "Organisation in English": "University of Oldenburg",
    "Lead partner": "Yes",
    "Country code": "DE",
    "Participant Identification Code": "",
    "Partner’s ID if not PIC": "",
    "Type of Organisation": "Higher education and research organisations",
    "NUTS3 code (or equivalent)": "",
    "ERDF contribution (2014-2020 only)": "119846",
}
UPPSALA = {
    **LEAD,
    "Organisation in English": "Uppsala Municipality",
    "Lead partner": "No",
    "Country code": "SE",
    "Participant Identification Code": "951881080.0",
    "NUTS3 code (or equivalent)": "SE121",
}


@pytest.fixture
def load(outside: Outside, tmp_path: Path) -> Outside:
    """Load projects and partners, each in a table of its own, the partners first."""

    def read(projects: list[dict[str, str]], partners: list[dict[str, str]]) -> Any:
        for name, rows in (("partners", partners), ("projects", projects)):
            with (tmp_path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, rows[0])
                writer.writeheader()
                writer.writerows(rows)
        return outside("keep", tmp_path / "partners.csv", tmp_path / "projects.csv")

    return read


def _told(outcome: Any, subject: str, predicate: str) -> set[str]:
    """Return what is said of a thing, things as `kind/key`, literals as they are written."""
    found = set()
    for line in outcome.lines:
        about, by, value = line.split(" ", 2)
        if about.endswith(f"/id/{subject}>") and by.endswith((f"#{predicate}>", f"/{predicate}>")):
            found.add(value[1:-1].partition("/id/")[2] if value[0] == "<" else value)
    return found


def test_a_project_and_its_partners_are_joined(load: Outside) -> None:
    outcome = load([COBEN], [LEAD, UPPSALA])
    assert _told(outcome, PROJECT, "prefLabel") == {'"Community Benefits"@en'}
    assert _told(outcome, PROJECT, "endDate") == set()
    assert _told(outcome, PROJECT, "euContribution") == {"amount/EUR-1879493.6"}
    parts = _told(outcome, PROJECT, "hasParticipation")
    roles = {role for part in parts for role in _told(outcome, part, "inRole")}
    assert roles == {"role/coordinator", "role/partner"}
    uppsala = "organisation/pic-951881080"
    assert _told(outcome, uppsala, "identifier") == {'"PIC 951881080"'}
    assert _told(outcome, uppsala, "locatedIn") == {"county/03"}
    assert _told(outcome, "organisation/keep.university-of-oldenburg", "locatedIn") == set()
    assert outcome.fed.balance.notes == {}
    assert outcome.violations() == []


def test_both_tables_are_counted_once_and_told_as_they_were_read(load: Outside) -> None:
    fed = load([COBEN], [LEAD, UPPSALA, LEAD]).fed
    balance = fed.balance
    assert (balance.read, balance.loaded, balance.duplicates) == (4, 3, 1)
    assert {name: form.partition(":")[0] for name, form in balance.forms.items()} == {
        "projects.csv": "projects",
        "partners.csv": "partners",
    }
    assert balance.unmapped == {}


def test_partners_of_a_refused_project_are_refused(load: Outside) -> None:
    broken = {**COBEN, "Project acronym": "OTHER", "Project end": "2018-01-01"}
    lost = {**UPPSALA, "Project acronym": "OTHER"}
    outcome = load([COBEN, broken], [LEAD, lost])
    assert [(reject.file, reject.field) for reject in outcome.fed.first_rejects] == [
        ("projects.csv", "Project end"),
        ("partners.csv", "Project acronym"),
    ]
    assert not any("OTHER" in line for line in outcome.lines)


def test_two_acronyms_that_come_to_one_key_are_not_merged(load: Outside) -> None:
    first, second = {**COBEN, "Project acronym": "CO BEN"}, {**COBEN, "Project acronym": "CO-BEN"}
    outcome = load([first, second], [{**LEAD, "Project acronym": "CO BEN"}])
    (reject,) = outcome.fed.first_rejects
    assert (reject.value, reject.reason) == ("CO-BEN", "another project has the same key")


def test_a_swedish_partner_without_pic_is_known_by_its_number(load: Outside) -> None:
    partner = {**UPPSALA, "Participant Identification Code": "N.a.", "Partner’s ID if not PIC": "2120003005"}
    outcome = load([COBEN], [LEAD, partner])
    assert any('"212000-3005"' in line for line in outcome.lines)


def test_a_sole_trader_is_left_out_and_not_shown(load: Outside, tmp_path: Path) -> None:
    outcome = load([COBEN], [LEAD, {**UPPSALA, "Partner’s ID if not PIC": PERSON}])
    assert outcome.fed.balance.left_out == outcome.fed.balance.rejected == 1
    assert PERSON not in (tmp_path / "rejects.csv").read_text("utf-8")


def test_a_number_of_another_country_is_not_said(load: Outside) -> None:
    outcome = load([COBEN], [{**LEAD, "Partner’s ID if not PIC": PERSON}])
    assert outcome.fed.balance.rejected == 0
    assert not any(PERSON in line for line in outcome.lines)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("Lead partner", "Maybe"),
        ("Lead partner", ""),
        ("Organisation in English", ""),
        ("Participant Identification Code", "E10"),
        ("ERDF contribution (2014-2020 only)", "much"),
    ],
)
def test_a_bad_value_is_refused_with_its_column(load: Outside, column: str, value: str) -> None:
    (reject,) = load([COBEN], [{**UPPSALA, column: value}, LEAD]).fed.first_rejects
    assert (reject.line, reject.field) == (2, column)


def _sheet(rows: list[dict[str, str]]) -> str:
    lines = [list(rows[0]), *(list(row.values()) for row in rows)]
    told = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{value}</t></is></c>' for value in line) + "</row>"
        for line in lines
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{main}"><sheetData>{told}</sheetData></worksheet>'


def test_the_two_sheets_of_a_workbook_are_read(outside: Outside, tmp_path: Path) -> None:
    path = tmp_path / "keep.xlsx"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{kind}"><sheets>'
            '<sheet name="Projects" sheetId="1" r:id="r1"/>'
            '<sheet name="Partners" sheetId="2" r:id="r2"/></sheets></workbook>',
        )
        file.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}">'
            + "".join(
                f'<Relationship Id="r{i}" Type="{kind}/worksheet" Target="worksheets/sheet{i}.xml"/>'
                for i in (1, 2)
            )
            + "</Relationships>",
        )
        file.writestr("xl/worksheets/sheet1.xml", _sheet([COBEN]))
        file.writestr("xl/worksheets/sheet2.xml", _sheet([LEAD, UPPSALA]))
    outcome = outside("keep", path)
    assert (outcome.fed.balance.read, outcome.fed.balance.loaded) == (3, 3)
    assert len(_told(outcome, PROJECT, "hasParticipation")) == 2
