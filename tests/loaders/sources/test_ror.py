"""ROR: two schemas, one node an organisation, the newest version of each record, and counties."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from graph.iris import Iris
from loaders.persons import Removals
from ontology import names as n

Outside = Callable[..., Any]  # the fixture of tests/loaders/conftest.py
File = Callable[..., Path]

NEW: dict[str, Any] = {
    "admin": {"last_modified": {"date": "2024-10-21", "schema_version": "2.0"}},
    "domains": ["exempel.se"],
    "established": 1977,
    "external_ids": [
        {"all": ["501100005784"], "preferred": None, "type": "fundref"},
        {"all": ["grid.000000.b"], "preferred": "grid.000000.b", "type": "grid"},
        {"all": ["0000 0001 0304 6002"], "preferred": None, "type": "isni"},
        {"all": ["Q1", "Q2"], "preferred": "Q2", "type": "wikidata"},
    ],
    "id": "https://ror.org/0aaaaaa11",
    "links": [
        {"type": "website", "value": "https://www.exempel.se"},
        {"type": "wikipedia", "value": "http://en.wikipedia.org/wiki/Exempel"},
    ],
    "locations": [
        {
            "geonames_details": {
                "country_code": "SE",
                "country_subdivision_code": "E",
                "lat": 58.41086,
                "lng": 15.62157,
                "name": "Linköping",
            },
            "geonames_id": 2694762,
        }
    ],
    "names": [
        {"lang": None, "types": ["acronym"], "value": "EX"},
        {"lang": "en", "types": ["ror_display", "label"], "value": "Example Institute"},
        {"lang": "sv", "types": ["label"], "value": "Exempelinstitutet"},
        {"lang": "sv", "types": ["alias"], "value": "Exemplet"},
    ],
    "relationships": [],
    "status": "active",
    "types": ["facility", "funder"],
}
OLD: dict[str, Any] = {
    "id": "https://ror.org/0aaaaaa11",
    "name": "Old Example Institute",
    "email_address": None,
    "ip_addresses": [],
    "established": 1977,
    "types": ["Facility"],
    "relationships": [],
    "addresses": [{"lat": 58.41086, "lng": 15.62157, "city": "Linköping"}],
    "links": ["https://www.exempel.se"],
    "aliases": ["Exemplet"],
    "acronyms": ["EX"],
    "status": "active",
    "wikipedia_url": "http://en.wikipedia.org/wiki/Exempel",
    "labels": [{"label": "Exempelinstitutet", "iso639": "sv"}],
    "country": {"country_name": "Sweden", "country_code": "SE"},
    "external_ids": {
        "GRID": {"all": "grid.000000.b", "preferred": "grid.000000.b"},
        "OrgRef": {"all": ["7"]},
    },
}
THIS = Iris().thing("organisation", "ror-0aaaaaa11")


@pytest.fixture
def file(tmp_path: Path) -> File:
    """Write records to a JSON file of this name."""

    def write(*records: dict[str, Any], name: str = "records.json") -> Path:
        path = tmp_path / name
        path.write_text(json.dumps(records, ensure_ascii=False), "utf-8")
        return path

    return write


def changed(record: dict[str, Any], **changes: object) -> dict[str, Any]:
    return {**copy.deepcopy(record), **changes}


def at(**details: object) -> list[dict[str, Any]]:
    return [{"geonames_details": {"country_code": "SE", **details}, "geonames_id": 1}]


def said(read: Any, predicate: str, subject: str = THIS) -> set[str]:
    start = f"{subject} <{predicate}> "
    return {line.removeprefix(start) for line in read.lines if line.startswith(start)}


def test_a_record_of_schema_2_becomes_an_organisation(outside: Outside, file: File) -> None:
    read = outside("ror", file(NEW))
    iris = Iris()
    assert said(read, n.type_) == {f"<{n.Organisation}>"}
    assert said(read, n.altLabel) == {'"Example Institute"@en', '"Exempelinstitutet"@sv'}
    assert said(read, n.hiddenLabel) == {'"EX"', '"Exemplet"@sv'}
    assert said(read, n.identifier) == {
        '"ROR 0aaaaaa11"',
        '"GRID grid.000000.b"',
        '"ISNI 0000 0001 0304 6002"',
        '"FundRef 501100005784"',
    }
    assert said(read, n.exactMatch) == {
        "<https://ror.org/0aaaaaa11>",
        "<http://www.wikidata.org/entity/Q2>",
    }
    assert said(read, n.homepage) == {"<https://www.exempel.se>"}
    assert said(read, n.locatedIn) == {iris.thing("county", "05")}
    assert said(read, n.actorKind) == {
        iris.thing("actor-kind", "research-organisation"),
        iris.thing("actor-kind", "research-funder"),
    }
    assert said(read, n.prefLabel) == set()
    assert read.violations() == []


def test_a_record_of_schema_1_becomes_the_same_organisation(outside: Outside, file: File) -> None:
    read = outside("ror", file(OLD))
    assert said(read, n.altLabel) == {'"Old Example Institute"', '"Exempelinstitutet"@sv'}
    assert said(read, n.hiddenLabel) == {'"EX"', '"Exemplet"'}
    assert said(read, n.identifier) == {'"ROR 0aaaaaa11"', '"GRID grid.000000.b"'}
    assert said(read, n.locatedIn) == {Iris().thing("county", "05")}
    assert read.violations() == []


@pytest.mark.parametrize("turned", [False, True], ids=["old-first", "new-first"])
@pytest.mark.parametrize(
    ("older", "newer"),
    [
        (OLD, NEW),
        (changed(NEW, admin={"last_modified": {"date": "2023-01-01"}}, established=1), NEW),
    ],
    ids=["schemas", "days"],
)
def test_the_newest_version_stands_in_either_order(
    outside: Outside, file: File, older: dict[str, Any], newer: dict[str, Any], turned: bool
) -> None:
    files = [file(older, name="old.json"), file(newer, name="new.json")]
    read = outside("ror", *(reversed(files) if turned else files))
    balance = read.fed.balance
    assert (balance.read, balance.loaded, balance.duplicates, balance.rejected) == (2, 1, 1, 0)
    assert sorted(read.lines) == sorted(outside("ror", file(newer)).lines)


def test_records_elsewhere_are_passed_over_and_noted(outside: Outside, file: File) -> None:
    foreign = changed(NEW, id="https://ror.org/0bbbbbb22")
    foreign["locations"][0]["geonames_details"]["country_code"] = "NO"
    read = outside("ror", file(NEW, foreign))
    assert (read.fed.balance.read, read.fed.balance.loaded) == (1, 1)
    assert read.fed.balance.notes == {"a record without a place in Sweden was passed over": 1}


def test_a_published_package_is_read_with_its_tables_passed_over(outside: Outside, tmp_path: Path) -> None:
    package = tmp_path / "v1.63-ror-data.zip"
    with ZipFile(package, "w") as archive:
        archive.writestr("v1.63-ror-data.json", json.dumps([OLD]))
        archive.writestr("v1.63-ror-data.csv", "id,name\n1,2\n")
        archive.writestr("v1.63-ror-data_schema_v2.json", json.dumps([NEW]))
    read = outside("ror", package)
    assert (read.fed.balance.read, read.fed.balance.loaded, read.fed.balance.duplicates) == (2, 1, 1)
    assert sorted(read.fed.files) == [
        "v1.63-ror-data.zip/v1.63-ror-data.json",
        "v1.63-ror-data.zip/v1.63-ror-data_schema_v2.json",
    ]


def test_letters_that_are_missing_are_replaced_by_the_town(outside: Outside, file: File) -> None:
    by_point = changed(NEW, locations=at(lat=57.70716, lng=11.96679, name="Gothenburg"))
    by_name = changed(
        NEW, id="https://ror.org/0bbbbbb22", locations=at(lat=56.66157, lng=16.36163, name="Kalmar")
    )
    read = outside("ror", file(by_point, by_name))
    assert said(read, n.locatedIn) == {Iris().thing("county", "14")}
    assert said(read, n.locatedIn, Iris().thing("organisation", "ror-0bbbbbb22")) == {
        Iris().thing("county", "08")
    }


def test_successors_are_linked_both_ways_when_they_are_there(outside: Outside, file: File) -> None:
    relations = [
        {"id": "https://ror.org/0bbbbbb22", "label": "B", "type": "successor"},
        {"id": "https://ror.org/0cccccc33", "label": "C", "type": "successor"},
        {"id": "https://ror.org/0bbbbbb22", "label": "B", "type": "parent"},
    ]
    ended = changed(NEW, relationships=relations, status="inactive")
    read = outside("ror", file(ended, changed(NEW, id="https://ror.org/0bbbbbb22")))
    other = Iris().thing("organisation", "ror-0bbbbbb22")
    assert said(read, n.isReplacedBy) == {other}
    assert said(read, n.replaces, other) == {THIS}
    assert read.fed.balance.notes == {
        "a successor or predecessor that is not in the files was passed over": 1
    }
    assert read.violations() == []


def test_no_link_leads_to_a_record_that_was_refused(outside: Outside, file: File) -> None:
    relations = [{"id": "https://ror.org/0bbbbbb22", "label": "B", "type": "Successor"}]
    refused = changed(NEW, id="https://ror.org/0bbbbbb22", types=["unheard-of"])
    read = outside("ror", file(changed(NEW, relationships=relations), refused))
    assert (read.fed.balance.loaded, read.fed.balance.rejected) == (1, 1)
    assert said(read, n.isReplacedBy) == set()
    assert read.violations() == []


def test_no_link_leads_to_a_record_on_the_removal_list(outside: Outside, file: File, tmp_path: Path) -> None:
    gone, listed = "https://ror.org/0bbbbbb22", tmp_path / "removals.csv"
    Removals(frozenset()).add(listed, "ror", gone, "2026-11-21", "asked for")
    relations = [{"id": gone, "label": "B", "type": "successor"}]
    records = file(changed(NEW, relationships=relations), changed(NEW, id=gone))
    read = outside("ror", records, removals=listed)
    assert (read.fed.balance.loaded, read.fed.balance.left_out) == (1, 1)
    assert "0bbbbbb22" not in "".join(read.lines)


@pytest.mark.parametrize("status", ["inactive", "withdrawn"])
def test_an_end_that_is_not_dated_is_an_unknown(outside: Outside, file: File, status: str) -> None:
    read = outside("ror", file(changed(NEW, status=status)))
    about = {line.split()[0] for line in read.lines if line.endswith(f"<{n.subject}> {THIS}")}
    assert len(about) == 1
    (statement,) = about
    assert said(read, n.predicate, statement) == {f"<{n.validUntil}>"}
    assert said(read, n.unknownKind, statement) == {Iris().thing("unknown", "not-stated")}
    assert said(read, n.object_, statement) == set()
    assert read.violations() == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"id": "https://ror.org/nothing"}, "ror"),
        ({"types": ["unheard-of"]}, "types"),
        ({"status": "asleep"}, "status"),
        ({"names": [{"lang": None, "types": ["acronym"], "value": "EX"}]}, "names"),
        ({"names": [{"lang": None, "types": ["label"], "value": None}]}, "value"),
        ({"names": ["EX"]}, "record"),
        ({"links": [{"type": "website", "value": "not an address"}]}, "links"),
        ({"locations": at(country_subdivision_code="ZZ")}, "country_subdivision_code"),
        ({"external_ids": [{"type": "wikidata", "all": ["P31"]}]}, "external_ids"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_bad_record_is_refused_and_the_rest_loads(
    outside: Outside, file: File, changes: dict[str, object], field: str
) -> None:
    good = changed(NEW, id="https://ror.org/0bbbbbb22")
    read = outside("ror", file(changed(NEW, **changes), good))
    balance = read.fed.balance
    assert (balance.read, balance.loaded, balance.rejected) == (2, 1, 1)
    assert [reject.field for reject in read.fed.first_rejects] == [field]


def test_an_unknown_field_of_a_record_is_told(outside: Outside, file: File) -> None:
    read = outside("ror", file(changed(NEW, mood="good")))
    assert read.fed.balance.unmapped == {"records.json: mood": 1}


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("files", "read", "loaded", "duplicates"),
    [
        (["ror_se_v1.json"], 293, 293, 0),
        (["ror_se_v2.json"], 257, 257, 0),
        (["ror_se_v1.json", "ror_se_v2.json"], 550, 418, 132),
    ],
    ids=["schema-1", "schema-2", "both"],
)
def test_the_real_records_load_whole(
    once: Outside, shared: Path, files: list[str], read: int, loaded: int, duplicates: int
) -> None:
    found = once("ror", *(shared / "data" / "ror" / file for file in files))
    balance = found.fed.balance
    assert (balance.read, balance.loaded, balance.duplicates) == (read, loaded, duplicates)
    assert found.fed.counts["Organisation"] == loaded
    assert not balance.unmapped
    located = {line.split()[0] for line in found.lines if f"<{n.locatedIn}>" in line}
    assert len(located) == loaded
    assert found.violations() == []


@pytest.mark.shared_data
def test_the_order_of_the_real_files_is_irrelevant(once: Outside, shared: Path) -> None:
    files = [shared / "data" / "ror" / f"ror_se_v{number}.json" for number in (1, 2)]
    assert sorted(once("ror", *files).lines) == sorted(once("ror", *reversed(files)).lines)


@pytest.mark.shared_data
def test_linkoping_university_is_one_node_with_the_bundled_one(once: Outside, shared: Path) -> None:
    read = once("ror", shared / "data" / "ror" / "ror_se_v2.json")
    university = Iris().thing("organisation", "linkopings-universitet")
    assert '"ROR 05ynxx418"' in said(read, n.identifier, university)
    assert said(read, n.locatedIn, university) == {Iris().thing("county", "05")}
