"""The networks' query files: who stands in them, in what, and who is left out."""

from collections import Counter

import pytest

from graph.store import Store
from ontology import names as n
from queries import catalogue
from queries.answer import ask

Row = dict[str, str | None]
PROJECTS = {
    "SKISS - Strukturbyggande och kapacitetshöjande inom smart specialisering": 4,
    "ÖMS-projektet": 5,
    "East Central Sweden – den smarta innovativa regionen": 5,
    "S3-plattform Småland och Öarna": 9,
}
PAYS = {"financier", "co-financier", "project-lead-group"}


def answered(store: Store, name: str) -> list[Row]:
    return list(ask(store, catalogue.network(name)).rows.dicts())


def subjects(store: Store, pattern: str) -> set[str]:
    return {row["x"] or "" for row in store.rows(f"SELECT DISTINCT ?x WHERE {{ {pattern} }}").dicts()}


@pytest.mark.parametrize("name", catalogue.networks())
def test_every_row_names_its_actor_and_no_row_comes_twice(store: Store, name: str) -> None:
    rows = answered(store, name)
    assert all(row["actor"] and row["actorLabel"] for row in rows)
    assert all(bool(row["event"]) == bool(row["eventLabel"]) == bool(row["eventKind"]) for row in rows)
    assert len({tuple(row.values()) for row in rows}) == len(rows)


@pytest.mark.parametrize("name", catalogue.networks())
def test_no_replaced_area_is_in_a_network(store: Store, name: str) -> None:
    replaced = subjects(store, f"?x <{n.isReplacedBy}> ?newer")
    assert replaced and not replaced & {row["event"] for row in answered(store, name)}


def test_organisations_stand_in_the_four_projects_of_the_seeds(store: Store) -> None:
    rows = answered(store, "organisations")
    assert Counter(row["eventLabel"] for row in rows) == PROJECTS
    assert len({row["actor"] for row in rows}) == 17
    assert {row["eventKind"] for row in rows} == {"project"}


def test_who_only_pays_is_no_actor_of_a_project(store: Store) -> None:
    rows = answered(store, "organisations")
    assert not PAYS & {row["role"] for row in rows}
    assert not {"Tillväxtverket", "Europeiska unionen", "Europeiska regionalfonden"} & {
        row["actorLabel"] for row in rows
    }


def test_organisations_have_their_kind_and_county(store: Store) -> None:
    rows = answered(store, "organisations")
    assert all(row["actorKind"] and str(row["actorTerritory"]).endswith(" län") for row in rows)
    (platform,) = {
        (row["from"], row["to"]) for row in rows if str(row["eventLabel"]).startswith("S3-plattform")
    }
    assert platform == ("2024-04-01", "2029-03-29")
    assert {row["from"] for row in rows if not str(row["eventLabel"]).startswith("S3-plattform")} == {None}


def test_only_the_five_regions_stand_in_two_projects(store: Store) -> None:
    per_actor = Counter(row["actorLabel"] for row in answered(store, "organisations"))
    twice = {label: number for label, number in per_actor.items() if number > 1}
    assert set(twice) == {
        "Region Östergötland",
        "Region Västmanland",
        "Region Sörmland",
        "Region Uppsala",
        "Region Örebro län",
    }
    assert twice["Region Östergötland"] == 3, "SKISS as well"


def test_all_counties_are_there_joined_or_not(store: Store) -> None:
    rows = answered(store, "counties")
    assert {row["actor"] for row in rows} == subjects(store, f"?x a <{n.County}>")
    assert len({row["actor"] for row in rows}) == 21
    alone = {row["actorLabel"] for row in rows if row["event"] is None}
    assert "Stockholms län" in alone and "Östergötlands län" not in alone


def test_counties_are_joined_by_common_areas_and_projects_only(store: Store) -> None:
    rows = [row for row in answered(store, "counties") if row["event"]]
    assert {row["eventKind"] for row in rows} == {"project", "area"}
    common = Counter(row["eventLabel"] for row in rows if row["eventKind"] == "area")
    assert common["Digital tjänsteutveckling"] == 4
    assert common["Smart industri"] == 5
    assert min(common.values()) > 1, "an area of one county joins nobody"


def test_organisations_and_areas_are_two_sets(store: Store) -> None:
    rows = answered(store, "organisations-areas")
    assert not {row["actor"] for row in rows} & {row["event"] for row in rows}
    assert all(row["role"] and row["eventKind"] for row in rows)
    leads = {(row["eventLabel"], row["actorLabel"]) for row in rows if row["role"] == "lead"}
    assert ("Digital tjänsteutveckling", "Science Park Jönköping AB") in leads


def test_an_authority_stands_by_what_its_territory_declares(store: Store) -> None:
    declared = Counter(
        row["eventLabel"] for row in answered(store, "organisations-areas") if row["role"] == "authority"
    )
    assert declared["Verksamhetsnära digitala tjänster"] == 1
    assert declared["Trä och skog"] == 4


def test_only_regions_are_authorities_of_a_countys_areas(store: Store) -> None:
    """A municipality governs a territory too, but the areas are not its own."""
    rows = [row for row in answered(store, "organisations-areas") if row["role"] == "authority"]
    assert {row["actorKind"] for row in rows} == {"region-authority"}
