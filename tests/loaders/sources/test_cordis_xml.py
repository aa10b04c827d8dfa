"""CORDIS project XML: the same words as the tables, one file or many; a fault refuses its project alone."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from ontology import names as n

Outside = Callable[..., Any]  # the fixture of tests/loaders/conftest.py

ID = "https://w3id.org/samspel/id/"
XML = """<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://cordis.europa.eu">
  <rcn>264556</rcn><id>101117736</id><acronym>SWITCH</acronym>
  <identifiers><grantDoi>10.3030/101117736</grantDoi></identifiers>
  <objective>A new system.</objective><title>Precision</title>
  <startDate>2024-09-01</startDate><endDate>2029-08-31</endDate><ecMaxContribution>1496795.0</ecMaxContribution>
  <relations><associations>
    <organization type="coordinator" source="corda" order="1" ecContribution="1496795" sme="false"
      totalCost="1496795,5">
      <id>999852236</id><vatNumber>SE202100309601</vatNumber><legalName>LINKOPINGS UNIVERSITET</legalName>
      <shortName>LIU</shortName>
      <relations><categories><category classification="organizationActivityType"><code>HES</code></category>
      </categories></relations>
    </organization>
    <programme type="relatedLegalBasis"><code>HORIZON.1.1</code><title>ERC</title></programme>
    <programme type="relatedTopic"><code>ERC-2023-STG</code><title>Starting</title>
      <frameworkProgramme>HORIZON</frameworkProgramme></programme>
  </associations><categories>
    <category classification="euroSciVoc"><code>/21/39/225</code><title>oncology</title>
      <displayCode>/medical and health sciences/clinical medicine/oncology</displayCode></category>
  </categories></relations>
</project>
"""
TABLES = {
    "project.csv": (
        "id;acronym;title;startDate;endDate;ecMaxContribution;legalBasis;topics;frameworkProgramme;objective;grantDoi\n"
        "101117736;SWITCH;Precision;2024-09-01;2029-08-31;1496795;HORIZON.1.1;ERC-2023-STG;HORIZON;"
        "A new system.;10.3030/101117736\n"
    ),
    "organization.csv": (
        "projectID;organisationID;vatNumber;name;shortName;SME;activityType;order;role;ecContribution;totalCost\n"
        "101117736;999852236;SE202100309601;LINKOPINGS UNIVERSITET;LIU;false;HES;1;coordinator;"
        "1496795;1496795.5\n"
    ),
    "topics.csv": "projectID;topic;title\n101117736;ERC-2023-STG;Starting\n",
    "legalBasis.csv": "projectID;legalBasis;title;uniqueProgrammePart\n101117736;HORIZON.1.1;ERC;true\n",
    "euroSciVoc.csv": (
        "projectID;euroSciVocCode;euroSciVocPath;euroSciVocTitle;euroSciVocDescription\n"
        "101117736;/21/39/225;/medical and health sciences/clinical medicine/oncology;oncology;\n"
    ),
}


def _file(folder: Path, text: str, name: str = "101117736.xml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_xml_and_tables_say_the_same(outside: Outside, tmp_path: Path) -> None:
    in_xml = outside("cordis", _file(tmp_path, XML))
    in_tables = outside("cordis", *(_file(tmp_path, text, name) for name, text in TABLES.items()))
    assert set(in_xml.lines) == set(in_tables.lines)
    assert in_xml.violations() == []
    assert any(
        f"<{n.byOrganisation}> <{ID}organisation/linkopings-universitet>" in line for line in in_xml.lines
    )


def test_an_archive_of_many_is_read_beside_a_table(outside: Outside, tmp_path: Path) -> None:
    archive = tmp_path / "xml.zip"
    with ZipFile(archive, "w") as package:
        package.writestr("xml/101117736.xml", XML)
        package.writestr("xml/2.xml", XML.replace("<id>101117736</id>", "<id>2</id>"))
    outcome = outside("cordis", archive, _file(tmp_path, TABLES["topics.csv"], "topics.csv"))
    assert outcome.fed.balance.read == 3
    assert outcome.fed.counts["Project"] == 2
    assert outcome.violations() == []


def test_a_person_among_the_participants_is_left_out_alone(outside: Outside, tmp_path: Path) -> None:
    person = (
        '<organization type="participant" order="2"><id>7</id><legalName>SOMEBODY NAMED</legalName>'
        '<relations><categories><category classification="organizationActivityType"><code>PRC</code>'
        "</category></categories></relations></organization>"
    )
    outcome = outside("cordis", _file(tmp_path, XML.replace("</associations>", f"{person}</associations>")))
    assert outcome.fed.counts["Participation"] == 1
    assert "SOMEBODY" not in "".join(outcome.lines)
    assert dict(outcome.fed.balance.notes) == {
        "organization: left out where it seems to be a natural person": 1
    }


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("<id>101117736</id>", "<id>x1</id>", "id"),
        ("<title>Precision</title>", "", "title"),
        ("2024-09-01", "2024-09-31", "startDate"),
        ("2029-08-31", "2019-08-31", "endDate"),
        ('type="coordinator"', 'type="boss"', "organization/@type"),
        ('order="1"', 'order=""', "organization/@order"),
        ('ecContribution="1496795"', 'ecContribution="-1"', "@ecContribution"),
        ('sme="false"', 'sme="maybe"', "@sme"),
        ("<id>999852236</id>", "<id>PIC</id>", "organization/id"),
        ("<code>HES</code>", "<code>XYZ</code>", "category/code"),
        ("<frameworkProgramme>HORIZON<", "<frameworkProgramme>H77<", "frameworkProgramme"),
        ("/medical and health sciences/clinical medicine/oncology<", "<", "category/displayCode"),
    ],
)
def test_a_fault_refuses_its_project_and_no_other(
    outside: Outside, tmp_path: Path, old: str, new: str, column: str
) -> None:
    assert old in XML
    bad = _file(tmp_path, XML.replace(old, new))
    outcome = outside(
        "cordis", bad, _file(tmp_path, XML.replace("<id>101117736</id>", "<id>2</id>"), "2.xml")
    )
    (reject,) = outcome.fed.first_rejects
    assert (reject.file, reject.field) == ("101117736.xml", column)
    assert outcome.fed.balance.loaded == 1
    assert not any("cordis.101117736" in line for line in outcome.lines)


@pytest.mark.shared_data
def test_the_real_project_loads(outside: Outside, shared: Path) -> None:
    outcome = outside("cordis", shared / "data/cordis_xml/101117736.xml")
    assert (outcome.fed.balance.read, outcome.fed.balance.loaded) == (1, 1)
    assert f"<{ID}project/cordis.101117736> <{n.topic}> <{ID}euroscivoc/225>" in outcome.lines
    assert outcome.violations() == []
