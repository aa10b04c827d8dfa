"""Fields of EuroSciVoc: the path decides, a code only when it is as deep, and parents are always there."""

from pathlib import Path

import pytest

from graph.iris import Iris
from loaders.reading.table import tables
from loaders.reviewed import rows
from loaders.science_fields import TABLE, ScienceFields
from loaders.source import SNAPSHOTS, Facts

BIOLOGY = "/natural sciences/biological sciences"


def test_a_path_of_the_table_has_one_field_whatever_its_code() -> None:
    fields = ScienceFields.reviewed()
    assert {fields.find(BIOLOGY, code).key for code in ("/23/49", "/49", "/", "", "/23/50")} == {"49"}


def test_an_older_name_leads_to_the_field_of_today() -> None:
    fields = ScienceFields.reviewed()
    found = fields.find("/social sciences/sociology/globalization", "/1369")
    assert found.number == "1369"
    assert found.paths[0].startswith("social sciences/other social sciences/")
    assert found.paths[1] == "social sciences/sociology/globalization"


def test_a_new_path_is_keyed_by_a_code_as_deep_and_hangs_below_what_is_known() -> None:
    fields = ScienceFields.reviewed()
    found = fields.find(f"{BIOLOGY}/new biology/newer biology", "/23/49/900001/900002")
    assert [each.key for each in fields.upwards(found)] == ["900002", "900001", "49", "23"]
    assert found.name == "newer biology"


@pytest.mark.parametrize("code", ["", "/", "/900003", "/23/900003", "x"])
def test_a_new_path_without_a_code_as_deep_is_keyed_by_itself(code: str) -> None:
    fields = ScienceFields.reviewed()
    found = fields.find(f"{BIOLOGY}/unheard", code)
    assert found.key == ScienceFields.reviewed().find(f"{BIOLOGY}/unheard ").key
    assert found.key.startswith("path-")
    assert (found.number, found.broader) == (None, "49")


@pytest.mark.parametrize("path", ["", "/", "  "])
def test_an_empty_path_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="a path such as"):
        ScienceFields.reviewed().find(path, "/23")


def test_what_a_file_adds_stays_out_of_the_table() -> None:
    ScienceFields.reviewed().find("/unheard", "/900004")
    assert "900004" not in {field.key for field in ScienceFields.reviewed()}


def test_the_bundled_concepts_have_the_same_names_and_paths_here() -> None:
    fields = {field.key: field for field in ScienceFields.reviewed()}
    bundled = [
        row
        for _, row in rows(SNAPSHOTS / "mappings" / "concepts.csv", "scheme", "code", "name_en", "path")
        if row["scheme"] == "euroscivoc"
    ]
    assert len(bundled) == 51
    for row in bundled:
        assert fields[row["code"]].name == row["name_en"]
        assert fields[row["code"]].paths[0] == row["path"]


def test_every_field_of_the_table_has_one_number_and_all_its_parents() -> None:
    fields = list(ScienceFields.reviewed())
    known = {field.key for field in fields}
    assert len(fields) == len(known) == 1_018
    assert sum(field.broader is None for field in fields) == 6
    assert all(field.broader is None or field.broader in known for field in fields)
    assert sum(len(field.paths) for field in fields) == len(list(rows(TABLE))) == 1_021


def test_a_field_is_told_with_its_number_name_paths_and_parent() -> None:
    facts = Facts(Iris())
    ScienceFields.reviewed().find(BIOLOGY).tell(facts)
    told = {(predicate.rpartition("#")[2].strip(">"), obj) for _, predicate, obj in facts.triples}
    assert ("notation", '"49"') in told
    assert ("prefLabel", '"biological sciences"@en') in told
    assert ("altLabel", '"natural sciences/biological sciences"@en') in told
    assert ("broader", "<https://w3id.org/samspel/id/euroscivoc/23>") in told
    assert ("inScheme", "<https://w3id.org/samspel/id/scheme/euroscivoc>") in told


@pytest.mark.shared_data
def test_every_row_of_two_releases_leads_its_path_to_one_field_of_the_table(shared: Path) -> None:
    fields = ScienceFields.reviewed()
    led: dict[str, set[str]] = {}
    codes: set[str] = set()
    for release in ("2023-06", "2026-04"):
        (table,) = tables(
            shared / f"data/cordis_horizon/euroSciVoc.{release}.xlsx", lambda reject: pytest.fail(str(reject))
        )
        for _, (_, code, path, *_) in table.rows():
            assert fields.known(path)
            codes.add(code)
            led.setdefault(path, set()).add(fields.find(path, code).key)
    assert len(codes) > 1_500
    assert {len(keys) for keys in led.values()} == {1}
