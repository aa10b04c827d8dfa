"""The operations of the Regional Fund: every record, every county, and no person."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.iris import Iris
from ontology import names as n

Outside = Callable[..., Any]  # the fixture of tests/loaders/conftest.py
File = Callable[..., Path]
FILE = "data/tillvaxtverket_erdf_2014_2020/projektbanken_eruf_2014-2020_2016-10-14.json"
RECORD = {
    "_source": "http://projektbank.tillvaxtverket.se",
    "ärende-id": "20200001",
    "stödmottagare": "Exempelbolaget AB",
    "beviljat_belopp_sek": 181567,
    "beviljat_belopp_eur": 0,
    "projektnamn": "Ett projekt",
    "projektbeskrivning": "Om det.",
    "projekt_starttid": "2015-01-01",
    "projekt_sluttid": "2017-12-31",
    "projektledare": "Namn Namnsson",
    "telnr": "0000",
    "e-post": "n@example.org",
    "län": "Skåne, Blekinge",
    "kommuner": "ÖstraGöinge, Karlshamn",
    "uppdateringsdatum": "2016-10-14 01:17:38",
    "område": "Skåne-Blekinge",
    "insatsområde": "Fri lydelse",
    "tematiskt_mål": "Tekniskt stöd",
}


@pytest.fixture
def file(tmp_path: Path) -> File:
    """Write records, each the example with changes, as the project bank gives them."""

    def write(*changes: dict[str, object]) -> Path:
        path = tmp_path / "operations.json"
        path.write_text(json.dumps([{**RECORD, **change} for change in changes], ensure_ascii=False), "utf-8")
        return path

    return write


def test_a_record_becomes_a_project_with_grant_and_beneficiary(outside: Outside, file: File) -> None:
    read = outside("erdf_se", file({}))
    project = Iris().thing("project", "erdf-se.20200001")
    lines = set(read.lines)
    assert f"{project} <{n.type_}> <{n.Project}>" in lines
    assert {line.split()[2] for line in lines if line.startswith(f"{project} <{n.coversTerritory}>")} == {
        Iris().reference(key) for key in ("county/10", "county/12", "municipality/1082", "municipality/1256")
    }
    assert [line for line in lines if line.endswith(f'<{n.altLabel}> "Exempelbolaget AB"')]
    assert read.violations() == []


def test_columns_about_persons_are_dropped_and_counted(outside: Outside, file: File) -> None:
    read = outside("erdf_se", file({}, {"ärende-id": "20200002", "telnr": ""}))
    assert read.fed.balance.personal == 5
    assert not [line for line in read.lines if "Namnsson" in line or "example.org" in line]


def test_a_description_with_contact_details_is_withheld(outside: Outside, file: File) -> None:
    read = outside("erdf_se", file({"projektbeskrivning": "Ring 013-12 34 56, eller skriv."}))
    assert read.fed.balance.loaded == 1
    assert not [line for line in read.lines if f"<{n.description}>" in line]
    assert "projektbeskrivning: withheld where it seems to hold a telephone number" in read.fed.balance.notes


def test_a_refused_record_is_not_shown_since_it_names_a_person(
    outside: Outside, file: File, tmp_path: Path
) -> None:
    read = outside("erdf_se", file({}, {"ärende-id": "20200002", "projekt_sluttid": "2014-01-01"}))
    (reject,) = read.fed.first_rejects
    assert (reject.field, reject.value) == ("projekt_sluttid", "2014-01-01")
    assert "Namnsson" not in (tmp_path / "rejects.csv").read_text("utf-8")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kommuner": "Ingenstans"}, "kommuner"),
        ({"län": "Ingenland"}, "län"),
        ({"beviljat_belopp_sek": -1}, "beviljat_belopp_sek"),
        ({"beviljat_belopp_sek": "många"}, "beviljat_belopp_sek"),
        ({"tematiskt_mål": "Annat"}, "tematiskt_mål"),
        ({"ärende-id": ""}, "ärende-id"),
        ({"projekt_starttid": "2015-02-30"}, "projekt_starttid"),
        ({"stödmottagare": None}, "stödmottagare"),
    ],
)
def test_a_bad_record_is_set_aside_by_its_field(
    outside: Outside, file: File, change: dict[str, object], field: str
) -> None:
    read = outside("erdf_se", file({"ärende-id": "1"}, {"ärende-id": "2", **change}))
    assert [reject.field for reject in read.fed.first_rejects] == [field]
    assert (read.fed.balance.loaded, read.fed.balance.rejected) == (1, 1)


@pytest.mark.shared_data
def test_all_374_operations_load(outside: Outside, shared: Path) -> None:
    read = outside("erdf_se", shared / FILE)
    balance = read.fed.balance
    assert (balance.read, balance.loaded, balance.rejected, balance.duplicates) == (374, 374, 0, 0)
    assert {line.split("'")[1] for line in balance.notes} == {
        "ÖstraGöinge",
        "LillaEdet",
        "UpplandsVäsby",
        "Stenungssund",
    }
    told = (
        "?p samspel:hasParticipation/samspel:byOrganisation ?o ; "
        "samspel:fundedBy/<https://schema.org/amount>/samspel:amount ?sek"
    )
    (row,) = read.store.rows(_ask("(COUNT(DISTINCT ?o) AS ?organisations) (SUM(?sek) AS ?sum)", told)).dicts()
    assert (row["organisations"], row["sum"]) == ("221", "4354438151")
    counties = _ask("DISTINCT ?c", "?p samspel:coversTerritory ?c . ?c a samspel:County")
    assert len(read.store.rows(counties).rows) == 21
    whole = "<https://w3id.org/samspel/id/nuts/SE>"
    nationwide = (
        f"?p a samspel:Project ; samspel:coversTerritory {whole} . MINUS {{ {_part} FILTER(?c != {whole}) }}"
    )
    assert len(read.store.rows(_ask("DISTINCT ?p", nationwide)).rows) == 13
    assert read.violations() == []


_part = "?p samspel:coversTerritory ?c"


def _ask(columns: str, pattern: str) -> str:
    return f"PREFIX samspel: <{n.SAMSPEL}> SELECT {columns} WHERE {{ {pattern} }}"
