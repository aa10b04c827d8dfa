"""The panels: found by their headers, and what they say of one thing of each kind, checked by hand.

What is expected comes from the five seed documents (`field.md`, section 2), not from the queries.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from graph.store import Store
from ontology.names import BASE, SAMSPEL
from queries import catalogue, panels
from queries.answer import ask
from queries.errors import HeaderError

COUNTY, AREA = f"{BASE}id/county/05", f"{BASE}id/area/smaland-oarna-digital-tjansteutveckling"
PLATFORM = f"{BASE}id/project/s3-plattform-smaland-oarna"
JONKOPING = f"{BASE}id/organisation/science-park-jonkoping"
Row = dict[str, str | None]


def told(store: Store, name: str, thing: str) -> list[Row]:
    return list(ask(store, catalogue.query(name), {"thing": thing}).rows.dicts())


def keys(rows: list[Row], column: str) -> set[str]:
    return {str(row[column]).rpartition("/")[2] for row in rows}


def test_every_panel_is_a_file_of_the_folder_and_of_a_class() -> None:
    named = {path.stem for path in (catalogue.ROOM / "sparql" / "aspect").glob("*.rq")}
    assert {panel.query.name for panel in panels.every()} >= named and len(named) > 25
    at = [(kind, panel.at) for panel in panels.every() for kind in panel.classes]
    assert len(at) == len(set(at)), "two panels of a class stand in one place"


@pytest.mark.parametrize("kind", ["County", "PriorityArea", "Organisation", "Project", "Fund", "Programme"])
def test_the_kinds_of_things_have_panels_in_order(kind: str) -> None:
    found = panels.of([SAMSPEL + kind])
    assert len(found) >= 5
    assert [each.at for each in found] == sorted(each.at for each in found)
    assert panels.of([SAMSPEL + "Statement"]) == ()


@pytest.mark.parametrize("panel", panels.every(), ids=lambda panel: panel.query.name)
def test_a_panel_says_nothing_of_what_is_not_there(panel: panels.Panel, store: Store) -> None:
    ((_, answer),) = panels.answers(store, [panel], f"{BASE}id/nothing/at-all")
    assert answer.rows.columns == panel.query.returns
    assert answer.rows.rows == ()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("County", r"some\.rq:1: panel is 'County'; expected 'Class, Class \| place'"),
        ("County | first", r"panel is 'County \| first'"),
        ("Planet | 10", r"'Planet' is no class; expected the name of one of ours"),
        ("prefLabel | 10", r"'prefLabel' is no class"),
        ("County | 10 | bars b", r"bars are to show 'b'; expected one of area, areaLabel"),
    ],
)
def test_a_bad_line_is_refused_with_the_file(line: str, message: str) -> None:
    query = replace(catalogue.query("region-areas"), path=Path("some.rq"), panel=line)
    with pytest.raises(HeaderError, match=message):
        panels.read(query)


def test_of_classes_in_brackets_no_rows_are_expected() -> None:
    (years,) = (each for each in panels.every() if each.query.name == "fund-years")
    assert years.classes - years.expected == {f"{SAMSPEL}Organisation"}


def test_a_panel_takes_the_thing_and_nothing_else() -> None:
    query = replace(catalogue.query("cq01"), panel="County | 10")
    with pytest.raises(HeaderError, match="takes one parameter, 'thing'"):
        panels.read(query)


def test_a_county_its_areas_needs_and_what_is_missing(store: Store) -> None:
    areas = told(store, "region-areas", COUNTY)
    own = [row for row in areas if row["territory"] == COUNTY]
    assert len({row["area"] for row in own}) == 5
    shared = [str(row["territory"]) for row in areas if row["territory"] != COUNTY]
    assert shared and set(shared) == {f"{BASE}id/nuts/SE12"}
    needs = told(store, "region-needs", COUNTY)
    assert keys(needs, "need") == {
        "bygglogistik",
        "digitala-tjanster-omsorg",
        "visualisering-samhallsbyggnad",
    }
    best = next(row for row in needs if str(row["need"]).endswith("bygglogistik"))
    assert str(best["area"]).endswith("ostergotland-effektiv-logistik")
    lacks = told(store, "region-missing", COUNTY)
    leads = [row for row in lacks if row["property"] == f"{SAMSPEL}ledBy"]
    assert keys(leads, "area") == {"ostergotland-miljonytta-som-affar"}
    assert keys(leads, "unknown") == {"not-stated"}
    assert keys(told(store, "region-collaborations", COUNTY), "group") == {"oms-samverkan"}
    assert "region-ostergotland" in keys(told(store, "region-organisations", COUNTY), "organisation")
    assert "skiss" in keys(told(store, "region-projects", COUNTY), "project")


def test_a_region_its_strategies_and_documents(store: Store) -> None:
    south = f"{BASE}id/nuts/SE21"
    assert "smaland-oarna-gemensam-analys" in keys(told(store, "region-strategies", south), "strategy")
    documents = told(store, "region-documents", south)
    assert "004" in keys(documents, "document")
    numbers = [int(str(row["n"])) for row in documents]
    assert numbers == sorted(numbers, reverse=True)


def test_an_area_its_lead_and_its_likes(store: Store) -> None:
    (lead,) = told(store, "area-leads", AREA)
    assert (lead["lead"], lead["evidence"]) == (JONKOPING, "004:24 literal")
    (project,) = told(store, "area-projects", AREA)
    assert (project["project"], project["relation"]) == (PLATFORM, f"{SAMSPEL}covers")
    similar = told(store, "area-similar", AREA)
    assert {"sormland-verksamhetsnara-digitala-tjanster", "jonkoping-tjanstedesign"} <= keys(similar, "area")
    assert AREA not in {row["area"] for row in similar}
    (need,) = told(store, "area-needs", AREA)
    assert str(need["need"]).endswith("digitala-tjanster-omsorg")
    assert keys(told(store, "area-missing", AREA), "property") == {"core#definition"}


def test_a_lead_that_is_not_stated_is_unknown(store: Store) -> None:
    (lead,) = told(store, "area-leads", f"{BASE}id/area/ostergotland-miljonytta-som-affar")
    assert lead["lead"] is None and str(lead["unknown"]).endswith("not-stated")


def test_an_organisation_its_projects_partners_and_areas(store: Store) -> None:
    (project,) = told(store, "organisation-projects", JONKOPING)
    assert project["project"] == PLATFORM and str(project["role"]).endswith("/partner")
    partners = told(store, "organisation-partners", JONKOPING)
    assert JONKOPING not in {row["organisation"] for row in partners}
    assert {"campus-ljungby", "iuc-i-kalmar-lan"} <= keys(partners, "organisation")
    (area,) = told(store, "organisation-areas", JONKOPING)
    assert (area["area"], area["evidence"]) == (AREA, "004:24 literal")
    (place,) = told(store, "organisation-places", JONKOPING)
    assert place["place"] == f"{BASE}id/county/06"


def test_a_project_and_what_its_source_leaves_empty(store: Store) -> None:
    skiss = f"{BASE}id/project/skiss"
    partners = told(store, "project-partners", skiss)
    assert len(partners) == 6 and all(row["amount"] is None for row in partners)
    places = told(store, "project-places", skiss)
    assert [row["valueLabel"] for row in places if row["value"]] == ["Östergötlands län"]
    empty = [row for row in places if row["unknown"]]
    assert {row["relation"] for row in empty} == {f"{SAMSPEL}startDate", f"{SAMSPEL}endDate"}
    costs = told(store, "project-costs", skiss)
    assert [keys([row], "fund") for row in costs if row["fund"]] == [{"eruf"}]
    assert "field-empty" in keys(costs, "unknown")
    assert {"000", "001"} <= keys(told(store, "project-documents", skiss), "document")
    assert len(told(store, "project-areas", PLATFORM)) >= 5


def test_money_without_an_amount_is_counted_and_not_summed(store: Store) -> None:
    """No seed gives the amount of a grant: every row says how many projects, and no sum."""
    rows = told(store, "fund-years", f"{BASE}id/fund/eruf")
    assert rows and all(row["total"] is None and row["currency"] is None for row in rows)
    assert sum(int(str(row["n"])) for row in rows) == len(told(store, "fund-projects", f"{BASE}id/fund/eruf"))
    money = told(store, "region-money", COUNTY)
    assert "eruf" in keys(money, "fund") and all(row["total"] is None for row in money)
