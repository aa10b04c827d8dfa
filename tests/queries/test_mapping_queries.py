"""The queries of the mappings: their goldens, and what was checked by hand of each."""

from pathlib import Path

import pytest

from graph.store import Store
from queries import catalogue
from queries.answer import ask

Row = dict[str, str | None]
GOLDEN = Path(__file__).parent.parent / "golden" / "queries"
NAMES = ("area-mappings", "areas-by-concept", "related-areas", "unmapped-areas")


def answered(store: Store, name: str, **given: str) -> list[Row]:
    return list(ask(store, catalogue.query(name), given).rows.dicts())


def test_these_are_the_queries_of_the_category() -> None:
    found = [name for name, query in catalogue.queries().items() if query.category == "mapping"]
    assert sorted(found) == list(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_answer_is_the_golden(store: Store, name: str) -> None:
    found = ask(store, catalogue.query(name)).write("csv")
    assert found == (GOLDEN / f"{name}.csv").read_text("utf-8")


def test_every_mapping_is_a_row(store: Store) -> None:
    rows = answered(store, "area-mappings", place="all")
    assert len(rows) == 297
    assert {row["evidence"] for row in rows} == {"samspel-mappings-2026 inferred"}
    assert all(str(row["because"]).startswith("Av ordalydelsen ”") for row in rows)


def test_the_areas_of_gotland_by_hand(store: Store) -> None:
    rows = answered(store, "area-mappings", place="Gotlands län")
    assert {(row["area"], row["scheme"], row["code"], row["relation"]) for row in rows} == {
        ("Besöksnäring", "nace2.1", "I", "skos:narrowMatch"),
        ("Besöksnäring", "nace2.1", "79", "skos:narrowMatch"),
        ("Besöksnäring", "sdg", "8", "skos:relatedMatch"),
        ("Livsmedel", "euroscivoc", "377", "skos:relatedMatch"),
        ("Livsmedel", "nace2.1", "10", "skos:narrowMatch"),
        ("Livsmedel", "sdg", "2", "skos:relatedMatch"),
    }


def test_the_goal_of_energy_brings_seven_areas_together(store: Store) -> None:
    (energy,) = (row for row in answered(store, "areas-by-concept") if row["code"] == "7")
    areas = str(energy["areas"]).split(" | ")
    assert energy["n"] == "7" == str(len(areas))
    assert "Energiteknik (Norrbottens län)" in areas
    assert "Systemlösningar med solel (Värmlands län)" not in areas  # replaced by a newer version


@pytest.mark.parametrize(
    ("vocabulary", "count"), [("any", 1), ("euroscivoc", 13), ("nace2.1", 14), ("sdg", 44)]
)
def test_what_is_not_mapped_is_listed(store: Store, vocabulary: str, count: int) -> None:
    rows = answered(store, "unmapped-areas", vocabulary=vocabulary)
    assert len(rows) == count
    (told,) = (row for row in rows if row["because"])
    assert (told["area"], told["unknown"]) == ("Värdeskapande tjänster", "not-stated")


def test_mapped_and_unmapped_areas_are_all_areas(store: Store) -> None:
    for vocabulary in ("euroscivoc", "nace2.1", "sdg"):
        mapped = answered(store, "area-mappings", place="all", vocabulary=vocabulary)
        areas = {(row["area"], row["territory"], row["time"]) for row in mapped}
        assert len(areas) + len(answered(store, "unmapped-areas", vocabulary=vocabulary)) == 108


def test_a_narrower_area_points_to_the_wider_one(store: Store) -> None:
    rows = answered(store, "related-areas", kind="broadMatch")
    found = {(row["area"], row["other"]) for row in rows}
    assert ("Skoglig bioekonomi", "Bioekonomi") in found
    assert ("Förnybar energi", "Energi") in found
    assert not {(other, area) for area, other in found} & found
    assert {row["relation"] for row in rows} == {"skos:broadMatch"}


def test_one_pair_of_the_seeds_and_of_ours_is_one_row_with_both_places(store: Store) -> None:
    (pair,) = (
        row
        for row in answered(store, "related-areas")
        if (row["area"], row["other"], row["otherTerritory"])
        == ("Hållbar livsmedelsförsörjning", "Livsmedel", "Småland med öarna")
    )
    assert sorted(str(pair["evidence"]).split(" | ")) == [
        "003:26 inferred",
        "004:21 inferred",
        "samspel-mappings-2026 inferred",
    ]


def test_partners_elsewhere_grow_with_the_level_of_evidence(store: Store) -> None:
    seed, every = answered(store, "cq25"), answered(store, "cq25", level="all")
    assert len(seed) == 3
    found = {(row["area"], row["territory"], row["other"], row["otherTerritory"]) for row in every}
    assert {(row["area"], row["territory"], row["other"], row["otherTerritory"]) for row in seed} < found
    assert len(every) == 81
    assert ("Livsmedel", "Gotlands län", "Livsmedel", "Skåne län") in found
    assert all(str(row["code"])[:4] != str(row["otherCode"])[:4] for row in every)
