"""Natural persons among organisations are recognised, and a removal survives every reload."""

import csv
from pathlib import Path

import pytest

from loaders.errors import LayoutError, RecordError
from loaders.persons import COLUMNS, REMOVALS, Removals, natural_person, record_of, sole_trader


@pytest.mark.parametrize(
    "number",
    [
        *("811218-9876", "8112189876", "811218+9876", "811278-9873", "19811218-9876", "198112189876"),
        *("18811218-9876", " 811218 - 9876 ", "SE811218987601", "se 811218-9876 01", "811218-T987"),
    ],
)
def test_a_personal_number_is_a_sole_traders(number: str) -> None:
    assert sole_trader(number)


@pytest.mark.parametrize(
    "number",
    [
        *("202100-3096", "2321000040", "556036-0793", "SE202100309601", "202100309601", "162021003096"),
        *("DE812345678", "", "NULL", "2012-06-01", "999852236"),
    ],
)
def test_an_organisations_number_is_not(number: str) -> None:
    assert not sole_trader(number)


def test_a_participant_without_size_vat_and_city_is_a_person() -> None:
    assert natural_person("PRC", "", "", "")
    assert natural_person("PRC", "False", "SE811218987601", "Stockholm")


@pytest.mark.parametrize(
    ("activity_type", "sme", "vat", "city"),
    [("PUB", "", "", ""), ("PRC", "True", "", ""), ("PRC", "", "DE812345670", ""), ("PRC", "", "", "Kiruna")],
)
def test_a_participant_that_says_one_of_them_is_none(
    activity_type: str, sme: str, vat: str, city: str
) -> None:
    assert not natural_person(activity_type, sme, vat, city)


def test_the_committed_list_is_read_and_holds_nobody() -> None:
    assert REMOVALS.read_text("utf-8") == ",".join(COLUMNS) + "\n"
    assert not Removals.read().holds("swecris", "2025-00966_Vinnova")


def test_a_removal_is_held_by_every_later_read_and_names_nobody(tmp_path: Path) -> None:
    beside = tmp_path / "removals.csv"
    before = Removals.read(beside)
    added = before.add(beside, "cordis", "890123456", "2026-11-21", "asked for by letter")
    assert not before.holds("cordis", "890123456")
    for removals in (added, Removals.read(beside)):
        assert removals.holds("cordis", "890123456")
        assert not removals.holds("swecris", "890123456")
    assert "890123456" not in beside.read_text("utf-8")


def test_a_removal_is_written_once_after_whatever_stands_there(tmp_path: Path) -> None:
    beside = tmp_path / "removals.csv"
    first = record_of("cordis", "1")
    beside.write_text(f"source,record,as_of,why\ncordis,{first},2026-11-20,asked", "utf-8")
    removals = Removals.read(beside)
    for record_id in ("1", "2", "2"):
        removals = removals.add(beside, "cordis", record_id, "2026-11-21", "asked, again")
    with beside.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert [row[1] for row in rows[1:]] == [first, record_of("cordis", "2")]


@pytest.mark.parametrize(
    ("as_of", "why", "field"),
    [("today", "asked", "as_of"), ("2026-11-21", "", "why"), ("2026-11-21", "811218-9876 asked", "why")],
)
def test_a_removal_without_day_or_with_personal_data_is_refused(
    tmp_path: Path, as_of: str, why: str, field: str
) -> None:
    with pytest.raises(RecordError, match=field) as caught:
        Removals.read().add(tmp_path / "removals.csv", "cordis", "1", as_of, why)
    assert "811218" not in str(caught.value)
    assert not (tmp_path / "removals.csv").exists()


def test_a_list_that_holds_record_ids_themselves_is_refused_without_repeating_them(tmp_path: Path) -> None:
    beside = tmp_path / "removals.csv"
    beside.write_text("source,record,as_of,why\ncordis,890123456,2026-11-21,asked\n", "utf-8")
    with pytest.raises(LayoutError, match=r"removals.csv:2: record") as caught:
        Removals.read(beside)
    assert "890123456" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "person"),
    [("Exempel Limited", False), ("Exempel GmbH", False), ("EXEMPEL S.R.L.", False), ("EXEMPEL SA", True)],
)
def test_a_companys_legal_form_clears_it_unless_it_is_a_surname_too(name: str, person: bool) -> None:
    assert natural_person("PRC", "", "", "", name) == person


@pytest.mark.shared_data
def test_the_persons_that_cordis_lists_as_organisations_are_found(shared: Path) -> None:
    path = shared / "data" / "cordis_h2020" / "h2020_organizations_out_formatted_latest.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = ("activityType", "SME", "vatNumber", "city", "name")
    assert len(rows) == 2721
    assert sum(natural_person(*(row[column] for column in columns)) for row in rows) == 5
    assert sum(natural_person(*(row[column] for column in columns[:4])) for row in rows) == 6  # one company
