"""The map: its numbers are those of the queries, its lines those of the network, and all labels are text."""

import csv
import json
import re
from collections import Counter
from html import unescape
from io import StringIO
from itertools import cycle, pairwise

import pytest
from starlette.testclient import TestClient

from api import asking, map_rows, map_shapes
from api.app import create_app
from api.pages.map import NAMES, NATION, WITHIN
from api.settings import Settings
from api.snapshot import Snapshot, open_snapshot
from graph.generations import Home
from graph.store import Store
from ontology import names as n
from ontology.names import BASE
from queries.answer import ask
from queries.catalogue import query

HTML = {"Accept": "text/html", "Accept-Language": "sv"}
HOSTILE = "</title></svg><script>alert(1)</script>\"' onload='alert(2)"
_SHAPE = re.compile(
    r'<a href="([^"]*)" aria-label="([^"]*)"><title>([^<]*)</title>'
    r'<path class="(q\d?)" data-code="(\d+)" d="([^"]*)"/>'
)
_ROW = re.compile(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', re.DOTALL)
_NUMBER = re.compile(r'<td class="number[^"]*">([^<]*)</td>')


@pytest.fixture(scope="module")
def snapshot(built: Home) -> Snapshot:
    """The built store as pages see it."""
    return open_snapshot(Settings(store=built.folder)).get()


def page(client: TestClient, **asked: str) -> str:
    found = client.get("/map", params=asked, headers=HTML)
    assert found.status_code == 200
    client.cookies.clear()
    return found.text


def table(text: str) -> list[tuple[str, list[int]]]:
    """Return the rows of the table beside the map: a link, and numbers."""
    body = text.split('id="table"')[1].split("</table>")[0]
    return [
        (re.findall(r'href="([^"]*)"', head)[0], [int(value) for value in _NUMBER.findall(rest)])
        for head, rest in _ROW.findall(body)
    ]


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("show", NATION)
def test_every_county_is_drawn_and_told(client: TestClient, show: str, language: str) -> None:
    text = page(client, show=show, lang=language)
    shapes = _SHAPE.findall(text)
    assert [code for *_, code, _ in shapes] == sorted(map_shapes.counties())
    assert all(path == map_shapes.counties()[code].path for *_, code, path in shapes)
    assert all(link == f"/page/county/{code}" for link, *_, code, _ in shapes)
    assert all(label == title for _, label, title, *_ in shapes)
    assert '<desc id="map-desc">' in text and 'aria-labelledby="map-title map-desc"' in text
    assert "data-map" in text and text.count("<script") == 1


@pytest.mark.parametrize("show", NATION[:-1])
def test_the_numbers_are_those_of_the_queries(client: TestClient, snapshot: Snapshot, show: str) -> None:
    text = page(client, show=show)
    rows = {str(row["code"]): row for row in ask(snapshot.store, query("county-counts")).rows.dicts()}
    parks = Counter(
        code
        for code, _ in {
            (str(row["code"])[:2], row["organisation"])
            for row in ask(snapshot.store, query("parks-and-clusters")).rows.dicts()
            if row["code"]
        }
    )
    expected = {code: parks[code] if show == "parks" else int(str(row[show])) for code, row in rows.items()}
    drawn = {code: int(title.rpartition(": ")[2]) for _, _, title, _, code, _ in _SHAPE.findall(text)}
    assert drawn == expected and any(expected.values())
    at = NATION.index(show)
    assert {link[-2:]: values[at] for link, values in table(text)} == expected
    figures = re.findall(r"<text [^>]*>(\d+)</text>", text)
    assert [int(figure) for figure in figures] == [value for _, value in sorted(expected.items()) if value]


def test_a_darker_county_has_no_smaller_number(client: TestClient) -> None:
    found = sorted(
        (int(title.rpartition(": ")[2]), int(step[1:]))
        for _, _, title, step, _, _ in _SHAPE.findall(page(client))
    )
    assert [step for _, step in found] == sorted(step for _, step in found)
    assert {step for value, step in found if not value} == {0}
    assert len({step for _, step in found}) > 3


def test_the_legend_counts_every_county(client: TestClient) -> None:
    legend = page(client).split('<ul class="legend">')[1].split("</ul>")[0]
    assert sum(int(many) for many in re.findall(r"\((\d+) st\)", legend)) == 21


@pytest.mark.parametrize(("code", "show"), [*zip(sorted(map_shapes.counties()), cycle(WITHIN), strict=False)])
def test_a_county_shows_its_municipalities_alone(client: TestClient, code: str, show: str) -> None:
    text = page(client, county=code, show=show)
    own = sorted(each for each in map_shapes.municipalities() if each.startswith(code))
    assert [found for *_, found, _ in _SHAPE.findall(text)] == own
    assert len(table(text)) == len(own)
    assert len(text) < 60_000


def test_the_numbers_of_municipalities_are_those_of_the_query(client: TestClient, snapshot: Snapshot) -> None:
    rows = ask(snapshot.store, query("municipality-counts")).rows.dicts()
    expected = {str(row["code"]): int(str(row["actors"])) for row in rows if str(row["code"])[:2] == "05"}
    found = {link[-4:]: values[0] for link, values in table(page(client, county="05", show="actors"))}
    assert found == expected and expected["0581"] == 1


def test_lines_are_the_edges_of_the_network(client: TestClient, snapshot: Snapshot) -> None:
    text = page(client, show="flows")
    network = asking.network(snapshot, "counties")
    edges = {
        frozenset(network.nodes[at].label for at in pair): int(count)
        for *pair, count in zip(
            network.sources.tolist(), network.targets.tolist(), network.counts.tolist(), strict=True
        )
    }
    drawn = re.findall(r'<path class="line l\d" d="M[^"]*"><title>(.*?) – (.*?): (\d+) ', text)
    assert {frozenset((unescape(one), unescape(other))): int(many) for one, other, many in drawn} == edges
    assert len(drawn) == len(edges) > 10
    rows = table(text)
    assert len(rows) == len(edges)
    assert all(shared == projects + areas for _, (shared, projects, areas) in rows)
    assert f"{len(edges)} par av län" in text


@pytest.mark.parametrize("sort", [*NATION[:-1], "name"])
def test_the_table_is_sorted_as_asked(client: TestClient, sort: str) -> None:
    text = page(client, sort=sort)
    rows = table(text)
    if sort == "name":
        assert [link[-2:] for link, _ in rows][:3] == ["10", "20", "09"]  # Blekinge, Dalarna, Gotland
        assert 'aria-sort="ascending"' in text
    else:
        values = [found[NATION.index(sort)] for _, found in rows]
        assert values == sorted(values, reverse=True) and 'aria-sort="descending"' in text


@pytest.mark.parametrize("sort", ["shared", "projects", "areas", "name"])
def test_the_pairs_are_sorted_as_asked(client: TestClient, sort: str) -> None:
    rows = table(page(client, show="flows", sort=sort))
    if sort != "name":
        at = ("shared", "projects", "areas").index(sort)
        assert all(one[1][at] >= other[1][at] for one, other in pairwise(rows))
    assert len(rows) > 10


def test_what_has_no_place_is_counted(client: TestClient, store: Store) -> None:
    without = store.rows(
        f"SELECT ?x {{ ?x a <{n.Organisation}> FILTER NOT EXISTS {{ ?x <{n.locatedIn}>|<{n.governs}> ?t }} "
        f"FILTER NOT EXISTS {{ ?x <{n.isReplacedBy}> ?y }} }}"
    ).rows
    assert f"{len(without)} av " in page(client) and len(without) > 0


def test_each_query_behind_is_linked_with_a_file(client: TestClient) -> None:
    for asked in ({}, {"show": "flows"}, {"county": "05"}):
        text = page(client, **asked)
        part = text.split('<p class="downloads">')[1].split("</p>")[0]
        links = [unescape(link) for link in re.findall(r'href="([^"]*)"', part)]
        assert len(links) in (6, 8)
        for link in links:
            assert client.get(link).status_code == 200
        file = client.get(next(link for link in links if "counts" in link and "csv" in link))
        assert len(list(csv.DictReader(StringIO(file.text)))) == (290 if "county" in asked else 21)


@pytest.mark.parametrize(
    ("asked", "status", "told"),
    [
        ({"show": "money"}, 400, "välj något av areas, shared, actors"),
        ({"show": "areas", "county": "05"}, 400, "Kartan över kommuner kan inte visa 'areas'"),
        ({"county": "02"}, 404, "Inget län har SCB-koden '02'"),
        ({"county": "<b>"}, 404, "Inget län har SCB-koden"),
    ],
)
def test_what_cannot_be_shown_is_said(
    client: TestClient, asked: dict[str, str], status: int, told: str
) -> None:
    found = client.get("/map", params=asked, headers=HTML)
    assert found.status_code == status and told in unescape(found.text) and "<b>" not in found.text


def test_what_can_be_shown_has_words() -> None:
    assert set(WITHIN) <= set(NATION) == set(NAMES)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """A server over a county with a name that tries to break out, and places of all sorts."""
    folder = tmp_path_factory.mktemp("small")
    county, own, strange = (
        f"<{BASE}id/{key}>" for key in ("county/05", "municipality/0580", "municipality/0599")
    )
    parks = [f"<{BASE}id/organisation/{key}>" for key in ("both", "county-only", "nowhere")]
    label = f"{json.dumps(HOSTILE)}@sv"
    lines = [
        *(f"{each} <{n.type_}> <{n.County}>" for each in (county,)),
        *(f"{each} <{n.type_}> <{n.Municipality}>" for each in (own, strange)),
        *(f"{each} <{n.within}> {county}" for each in (own, strange)),
        *(f'{each} <{n.scbCode}> "{each[-5:-1].strip("/")}"' for each in (own, strange)),
        f'{county} <{n.scbCode}> "05"',
        *(f"{each} <{n.type_}> <{n.SciencePark}>" for each in parks),
        *(f"{each} <{n.type_}> <{n.Organisation}>" for each in parks),
        *(f"{each} <{n.prefLabel}> {label}" for each in (county, own, strange, *parks)),
        f"{parks[0]} <{n.locatedIn}> {own}",
        f"{parks[0]} <{n.locatedIn}> {county}",
        f"{parks[1]} <{n.locatedIn}> {county}",
    ]
    with Home(folder).draft() as draft:
        draft.replace(f"{BASE}graph/test", lines)
    return TestClient(create_app(Settings(store=folder)), follow_redirects=False)


@pytest.mark.parametrize("asked", [{"show": "parks"}, {"show": "flows"}, {"show": "parks", "county": "05"}])
def test_hostile_names_stay_text(small: TestClient, asked: dict[str, str]) -> None:
    text = page(small, **asked)
    assert text.count("<script") == text.count("</script>") == 1 and "alert(1)" in text
    assert text.count("</svg>") == text.count("<svg") and "onload='" not in text


def test_a_park_is_a_point_in_its_municipality_and_counts_once_in_its_county(small: TestClient) -> None:
    nation = page(small, show="parks")
    assert table(nation)[0][1][-1] == 2, "the two with a place"
    assert nation.count("<circle cx=") == 1
    within = page(small, show="parks", county="05")
    assert {link[-4:]: values[-1] for link, values in table(within)} == {"0580": 1, "0599": 0}
    x, y = map_shapes.municipalities()["0580"].inner
    assert f'<circle cx="{x}" cy="{y}"' in within
    listed = within.split('id="places"')[1]
    assert listed.count("<tr>") == 3 and "kommunen okänd" in listed
    assert "okänd plats" in nation.split('id="places"')[1]
    assert "1 har ingen känd plats" in nation and "1 är bara kända till länet" in nation


def test_a_territory_without_an_outline_is_in_the_table_and_told(small: TestClient) -> None:
    within = page(small, county="05")
    assert [code for *_, code, _ in _SHAPE.findall(within)] == ["0580"]
    assert len(table(within)) == 2 and "Utan kontur" in within


def test_a_county_that_the_store_does_not_know_is_drawn_without_a_link(small: TestClient) -> None:
    nation = page(small)
    assert len(_SHAPE.findall(nation)) == 1
    assert nation.count("<title>inget vet vi om") == 20


def test_a_place_in_a_municipality_is_not_told_again_for_its_county(small: TestClient) -> None:
    found = small.get("/api/queries/parks-and-clusters?format=csv").text
    assert len(list(csv.DictReader(StringIO(found)))) == 4
    place = map_rows.Place("x", ("incubator",), "y", "0580")
    assert place.in_municipality and not map_rows.Place("x", (), "y", "05").in_municipality
