"""The networks' query files: who stands in them, in what, and who is left out."""

from collections import Counter

import pytest

from graph.store import Store
from ontology import names as n
from queries import catalogue, network_reading
from queries.answer import ask
from queries.network import Network

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


@pytest.fixture(scope="module")
def organisations(store: Store) -> Network:
    return network_reading.read(store, catalogue.network("organisations"))


@pytest.mark.parametrize("name", catalogue.networks())
def test_every_row_names_its_actor_and_no_row_comes_twice(store: Store, name: str) -> None:
    rows = answered(store, name)
    assert all(row["actor"] for row in rows)
    assert all(bool(row["event"]) == bool(row["eventKind"]) for row in rows)
    assert len({tuple(row.values()) for row in rows}) == len(rows)


@pytest.mark.parametrize("name", catalogue.networks())
def test_every_node_and_event_has_a_label_of_its_own(store: Store, name: str) -> None:
    network = network_reading.read(store, catalogue.network(name))
    assert network.nodes
    assert all(node.label != node.id.rpartition("/")[2] for node in network.nodes if node.side == "actor")
    assert all(event.label != event.id.rpartition("/")[2] for event in network.events)


@pytest.mark.parametrize("name", catalogue.attributes())
def test_attributes_tell_one_value_a_row_of_one_side(store: Store, name: str) -> None:
    query = catalogue.attributes()[name]
    assert store.rows(query.text).columns == query.returns
    assert len({"actor", "event"} & set(query.returns)) == 1
    assert query.mode == ""
    together = {"eventAmount", "eventCurrency"}
    for row in store.rows(query.text).dicts():
        told = {key for key, value in row.items() if value} - {"actor", "event"}
        assert len(told) == 1 or told == together


def test_every_table_of_attributes_that_a_network_names_is_there() -> None:
    named = {name for query in catalogue.networks().values() for name in query.attributes}
    assert named == set(catalogue.attributes())


@pytest.mark.parametrize("name", catalogue.networks())
def test_no_replaced_area_is_in_a_network(store: Store, name: str) -> None:
    replaced = subjects(store, f"?x <{n.isReplacedBy}> ?newer")
    assert replaced and not replaced & {row["event"] for row in answered(store, name)}


def test_organisations_stand_in_the_four_projects_of_the_seeds(organisations: Network) -> None:
    labels = {event.id: event.label for event in organisations.events}
    assert Counter(labels[tie.event] for tie in organisations.ties) == PROJECTS
    assert {event.kind for event in organisations.events} == {"project"}


def test_the_seeds_make_17_actors_52_edges_and_components_of_9_and_8(organisations: Network) -> None:
    assert (len(organisations.nodes), len(organisations.sources)) == (17, 52)
    assert [len(part) for part in organisations.components] == [9, 8]


def test_who_only_pays_is_no_actor_of_a_project(organisations: Network) -> None:
    assert not PAYS & {role for tie in organisations.ties for role in tie.roles}
    assert all(tie.roles for tie in organisations.ties)
    assert not {"Tillväxtverket", "Europeiska unionen", "Europeiska regionalfonden"} & {
        node.label for node in organisations.nodes
    }


def test_organisations_have_their_kind_and_county(organisations: Network) -> None:
    assert all(node.kind and str(node.territory).endswith(" län") for node in organisations.nodes)
    (platform,) = (event for event in organisations.events if event.label.startswith("S3-plattform"))
    assert (platform.since, platform.until) == ("2024-04-01", "2029-03-29")
    assert {event.since for event in organisations.events if event != platform} == {None}


def test_projects_have_their_money_and_areas(organisations: Network) -> None:
    (platform,) = (event for event in organisations.events if event.label.startswith("S3-plattform"))
    assert (platform.total, platform.currency) == (25_000_000, "SEK"), "the whole, not the part of the EU"
    assert "Trä och skog" in (platform.area or "").split("|")
    assert {event.fund for event in organisations.events if event.fund} == {"Europeiska regionalfonden"}
    assert organisations.weights("amount").sum() == pytest.approx(
        sum(event.total or 0 for event in organisations.events)
    )


def test_only_the_five_regions_stand_in_two_projects(organisations: Network) -> None:
    labels = {node.id: node.label for node in organisations.nodes}
    per_actor = Counter(labels[tie.actor] for tie in organisations.ties)
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
