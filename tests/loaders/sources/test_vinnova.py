"""Vinnova: the documented fields of a project, its placeholders, and nothing about persons.

No file of real projects was at hand; the examples are made by hand after the documented fields.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.iris import Iris
from loaders.errors import LayoutError
from ontology import names as n

Outside = Callable[..., Any]  # the fixture of tests/loaders/conftest.py
File = Callable[..., Path]
PROJECT: dict[str, object] = {
    "Diarienummer": "2017-00001",
    "Ärenderubrik": "Ett projekt",
    "ÄrenderubrikEngelska": "A project",
    "DiarienummerAnsokningsomgang": "2016-00003",
    "DiarienummerUtlysning": "2016-00002",
    "DiarienummerProgram": "2016-00001",
    "MalSvenska": "Att Namnsson växer.",
    "ResultatSvenska": "xx",
    "ImplementationSvenska": "I tre steg.",
    "MalEngelska": "x",
    "ResultatEngelska": "x",
    "ImplementationEngelska": "",
    "Projektreferat": "Namnsson växte.",
    "BeviljatBidrag": 6000000,
    "ProjektStart": "2017-07-01",
    "ProjektSlut": "2019-06-30",
    "KoordinatorOrg": "Exempelbolaget AB",
    "KoordinatorArb": "Namn Namnsson",
    "LankLista": [
        {"Beskrivning": "", "URL": ""},
        {"Beskrivning": "Webb", "URL": "https://example.org/projekt"},
        {"Beskrivning": "Skriv", "URL": "mailto:n@example.org"},
    ],
    "Status": "Avslutat",
}
CALL = {
    "Diarienummer": "2016-00002",
    "Titel": "En utlysning",
    "AnsokningsomgangDnrLista": [{"DiarienummerAnsokningsomgang": "2016-00003"}],
    "KontaktLista": [{"Namn": "Namn Namnsson"}],
}
PROGRAMME = {
    "Diarienummer": "2016-00001",
    "Titel": "Ett program",
    "UtlysningDnrLista": [{"DiarienummerUtlysning": "2016-00002"}],
}


@pytest.fixture
def file(tmp_path: Path) -> File:
    """Write records as the API gives them."""

    def write(*records: dict[str, object], name: str = "projekt") -> Path:
        path = tmp_path / f"{name}.json"
        path.write_text(json.dumps(records, ensure_ascii=False), "utf-8")
        return path

    return write


def test_a_record_becomes_a_project_with_grant_programme_and_coordinator(
    outside: Outside, file: File
) -> None:
    read = outside("vinnova", file(PROJECT))
    project, grant = (
        Iris().thing("project", "vinnova.2017-00001"),
        Iris().thing("grant", "vinnova.2017-00001"),
    )
    assert {
        f'{project} <{n.prefLabel}> "A project"@en',
        f'{project} <{n.identifier}> "Vinnova 2017-00001"',
        f'{project} <{n.startDate}> "2017-07-01"^^<{n.XSD}date>',
        f"{project} <{n.seeAlso}> <https://example.org/projekt>",
        f"{grant} <{n.schemaAmount}> {Iris().thing('amount', 'SEK-6000000')}",
        f"{grant} <{n.underScheme}> {Iris().thing('programme', 'vinnova.2016-00001')}",
        f"{grant} <{n.disbursedBy}> {Iris().thing('organisation', 'orgnr-2021005216')}",
        f'{Iris().thing("organisation", "vinnova.exempelbolaget-ab")} <{n.altLabel}> "Exempelbolaget AB"',
    } <= set(read.lines)
    assert read.violations() == []
    assert not read.fed.balance.unmapped


def test_placeholders_are_no_text(outside: Outside, file: File) -> None:
    read = outside("vinnova", file({**PROJECT, "ÄrenderubrikEngelska": "XX", "LankLista": []}))
    assert not [line for line in read.lines if '"x' in line.lower()]


def test_the_name_in_swecris_is_the_same_identifier(outside: Outside, file: File) -> None:
    said = [line for line in outside("vinnova", file(PROJECT)).lines if '"Vinnova 2017-00001"' in line]
    assert [line.split()[1] for line in said] == [f"<{n.identifier}>"]


def test_persons_are_dropped_and_counted(outside: Outside, file: File, tmp_path: Path) -> None:
    bad = {**PROJECT, "Diarienummer": "2017-00002", "BeviljatBidrag": "många"}
    read = outside("vinnova", file(PROJECT, bad))
    assert read.fed.balance.personal == 14
    assert not [line for line in read.lines if f"<{n.description}>" in line]
    written = "".join(read.lines) + (tmp_path / "rejects.csv").read_text("utf-8") + str(read.fed)
    assert "Namnsson" not in written
    assert "n@example.org" not in written


def test_a_coordinator_that_may_be_a_person_is_not_told_of(outside: Outside, file: File) -> None:
    read = outside("vinnova", file({**PROJECT, "KoordinatorOrg": "Firma Namn Namnsson"}))
    assert (read.fed.balance.loaded, "Participation" in read.fed.counts) == (1, False)
    assert "Namnsson" not in "".join(read.lines) + str(read.fed)
    assert [note for note in read.fed.balance.notes if "no word tells an organisation" in note]


@pytest.mark.parametrize("name", ["", "x"])
def test_a_project_without_coordinator_is_loaded_and_noted(outside: Outside, file: File, name: str) -> None:
    read = outside("vinnova", file({**PROJECT, "KoordinatorOrg": name, "LankLista": None}))
    assert (read.fed.balance.loaded, "Participation" in read.fed.counts) == (1, False)
    assert read.fed.balance.notes.total() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"Ärenderubrik": "x", "ÄrenderubrikEngelska": ""}, "Ärenderubrik"),
        ({"ProjektSlut": "2016-01-01"}, "ProjektSlut"),
        ({"ProjektStart": "juli 2017"}, "ProjektStart"),
        ({"LankLista": "https://example.org"}, "LankLista"),
        ({"LankLista": {"URL": "https://example.org"}}, "LankLista"),
    ],
)
def test_a_bad_record_is_refused_with_its_field(
    outside: Outside, file: File, change: dict[str, object], field: str
) -> None:
    read = outside("vinnova", file(PROJECT, {**PROJECT, "Diarienummer": "2017-00002", **change}))
    assert [reject.field for reject in read.fed.first_rejects] == [field]


def test_lists_of_programmes_and_calls_are_passed_over(outside: Outside, file: File) -> None:
    read = outside("vinnova", file(PROJECT), file(CALL, name="utlysningar"), file(PROGRAMME, name="program"))
    assert read.fed.balance.forms["utlysningar.json"] == "calls, passed over"
    assert read.fed.balance.forms["program.json"] == "programmes, passed over"
    assert read.fed.balance.read == 1
    assert "Namnsson" not in "".join(read.lines)


def test_the_layout_of_the_newer_api_is_refused_by_name(outside: Outside, file: File) -> None:
    newer = {"diarienummer": "2017-00001", "titel": "Ett projekt", "organisationer": []}
    with pytest.raises(LayoutError, match="fit no layout of this source"):
        outside("vinnova", file(newer))


def test_loading_twice_is_loading_once(outside: Outside, file: File) -> None:
    path = file(PROJECT, {**PROJECT, "Diarienummer": "2017-00002"})
    assert outside("vinnova", path).fed.fingerprint == outside("vinnova", path).fed.fingerprint
    assert outside("vinnova", path, path).fed.balance.duplicates == 2
