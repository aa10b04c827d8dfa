"""The search over HTTP: page and API, hostile texts, and the index that is kept beside a generation."""

import re
import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from api.app import create_app
from api.searching import search
from api.settings import Settings
from api.snapshot import opened
from api.words_search import KINDS as NAMED
from graph.generations import Home
from queries.search_build import KINDS, OTHER

HTML = {"Accept": "text/html"}
API, FACETS = "/api/search", "/api/search/facets"
HOSTILE = (
    '"',
    'a" OR 1',
    "NEAR(a b)",
    "a*",
    "^a",
    "bare:a",
    '"><script>',
    "a\0b",
    "å" * 10_000,
    "(" * 200,
    "-a AND",
)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("ostergotlands lan", "county/05"),
        ("ÖSTERGÖTLANDS LÄN", "county/05"),
        ("linkoping", "municipality/0580"),
        ("science park jonkoping", "organisation/science-park-jonkoping"),
        ("digital tjänsteutveckling", "area/smaland-oarna-digital-tjansteutveckling"),
        ("linkpoing", "municipality/0580"),
        ("202100-3096", "organisation/linkopings-universitet"),
    ],
)
def test_the_best_hit_comes_first(client: TestClient, text: str, first: str) -> None:
    found = client.get(API, params={"q": text}).json()
    assert found[0]["iri"].endswith(first)
    assert set(found[0]) == {"iri", "label", "language", "classes", "kind", "match", "counties"}


def test_a_hit_tells_its_counties(client: TestClient) -> None:
    """Karlskoga lies in county 18; an area of Småland and the islands holds for its counties alike."""
    (town,) = client.get(API, params={"q": "karlskoga"}).json()
    assert town["counties"] == ["18"]
    shared = client.get(API, params={"q": "digital tjänsteutveckling"}).json()[0]
    assert shared["counties"] == ["06", "07", "08", "09"]
    pages = [
        client.get("/search", params={"q": q}, headers=HTML).text for q in ("karlskoga", "digital tjänst")
    ]
    assert "kommunområde · Örebro län</span>" in pages[0]
    assert " · 4 län</span>" in pages[1]


def test_search_has_an_end(client: TestClient) -> None:
    assert client.get(API, params={"q": "zzzzzz"}).json() == []
    assert client.get(API, params={"q": " "}).json() == []
    assert len(client.get(API, params={"q": "a"}).json()) == 50
    for wrong in ("", f"?q={'a' * 201}", "?q=a&limit=0", "?q=a&limit=1001", "?q=a&offset=-1", "?q=a&x=1"):
        assert client.get(f"{API}{wrong}").status_code == 400


def test_pages_follow_one_another(client: TestClient) -> None:
    first = client.get(API, params={"q": "energi", "limit": 5})
    total = int(first.headers["x-total-count"])
    link = re.fullmatch(r'<(.+)>; rel="next"', first.headers["link"])
    assert link and len(first.json()) == 5 < total
    second = client.get(link[1])
    assert 'rel="prev"' in second.headers["link"]
    whole = client.get(API, params={"q": "energi", "limit": total}).json()
    assert whole[:10] == first.json() + second.json()
    assert "link" not in client.get(API, params={"q": "energi", "limit": total}).headers


def test_hits_are_narrowed_by_kind_and_county(client: TestClient) -> None:
    facets = client.get(FACETS, params={"q": "energi"}).json()
    assert facets["total"] == sum(facets["kinds"].values()) and "05" in facets["counties"]
    for kind, count in facets["kinds"].items():
        some = client.get(API, params={"q": "energi", "kind": kind, "limit": 1_000})
        assert (len(some.json()), {hit["kind"] for hit in some.json()}) == (count, {kind})
    for county, count in facets["counties"].items():
        some = client.get(API, params={"q": "energi", "county": county, "limit": 1})
        assert int(some.headers["x-total-count"]) == count
    assert client.get(FACETS, params={"q": "energi zzzz"}).json() == {
        "total": 0,
        "kinds": {},
        "counties": {},
        "near": ["energi"],
    }


@pytest.mark.parametrize("given", [{"kind": "persons"}, {"county": "99"}])
def test_what_there_is_not_is_refused_with_what_there_is(client: TestClient, given: dict[str, str]) -> None:
    for path in (API, FACETS, "/search"):
        answer = client.get(path, params={"q": "a"} | given)
        assert answer.status_code == 404
        assert next(iter(given.values())) in answer.text and "There are: " in answer.text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_do_nothing(client: TestClient, text: str) -> None:
    page = client.get("/search", params={"q": text}, headers=HTML)
    assert page.status_code == 200 and "<script" not in page.text and page.text.count("<h1") == 1
    if len(text) <= 200:
        assert client.get(API, params={"q": text}).status_code == 200


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_any_text_is_answered(client: TestClient, text: str) -> None:
    assert client.get("/search", params={"q": text}, headers=HTML).status_code == 200
    assert client.get(API, params={"q": text}).status_code == 200
    assert client.get(FACETS, params={"q": text}).status_code == 200


def test_the_page_narrows_by_links(client: TestClient) -> None:
    page = client.get("/search", params={"q": "energi", "lang": "sv"}, headers=HTML).text
    facets = client.get(FACETS, params={"q": "energi"}).json()
    for kind, count in facets["kinds"].items():
        link = (
            f'<a href="/search?q=energi&amp;kind={kind}">{NAMED[kind][0]} <span class="count">{count}</span>'
        )
        assert link in page
    chosen = client.get("/search?q=energi&kind=area&county=05", headers=HTML).text
    assert chosen.count('aria-current="true"') >= 3  # the kind, the county, the language
    assert '<a href="/search?q=energi&amp;county=05">Alla</a>' in chosen
    assert 'name="q" value="energi"' in chosen
    client.cookies.clear()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_page_says_what_was_not_found_and_what_to_try(client: TestClient, language: str) -> None:
    def page(address: str) -> str:
        return client.get(f"{address}&lang={language}", headers=HTML).text

    said = {
        "/search?q=energi+zzzz": ("Pröva i stället", "Try instead"),
        "/search?q=linkpoing": ("stavade nästan så", "spelled nearly so"),
        "/search?q=zzzzzz": ("Inget namn liknar", "No name resembles"),
        "/search?q=energi&kind=money": ("det valda slaget", "the kind chosen"),
        "/search?q=energi&offset=10000": ("Så många träffar finns inte", "not that many hits"),
        "/search?q=nkopin": ("inne i ord", "inside words"),
    }
    for address, words in said.items():
        assert words[language == "en"] in page(address), address
    client.cookies.clear()


def test_the_page_has_pages(client: TestClient) -> None:
    first = client.get("/search?q=a&lang=en", headers=HTML).text
    assert 'rel="next"' in first and "Hits 1–50 of" in first and '<ol class="list hits" start="1">' in first
    second = client.get("/search?q=a&offset=50", headers=HTML).text
    assert 'rel="prev"' in second and 'start="51"' in second
    assert client.get("/search?q=a&offset=x", headers=HTML).status_code == 400
    client.cookies.clear()


def test_every_kind_has_a_name() -> None:
    assert list(NAMED) == [*KINDS, OTHER]


def test_the_index_is_made_once_a_generation(home: Home) -> None:
    place = home.columns(home.current() or 0)
    shutil.rmtree(place, ignore_errors=True)
    for _ in range(2):
        snapshot = opened(Settings(store=home.folder)).current()
        assert snapshot.beside == place
        assert search(snapshot, "linköping").hits[0].label == "Linköping"
        assert len(list(place.iterdir())) == 1
    (made,) = place.iterdir()
    made.write_bytes(made.read_bytes()[:100])
    with TestClient(create_app(Settings(store=home.folder))) as client:
        assert client.get(API, params={"q": "linköping"}).json()[0]["label"] == "Linköping"
    assert made.stat().st_size > 10_000, "a damaged index is made again"


def test_a_folder_that_cannot_be_written_to_is_searched_too(home: Home) -> None:
    place = home.columns(home.current() or 0)
    shutil.rmtree(place, ignore_errors=True)
    place.write_text("in the way")
    assert search(opened(Settings(store=home.folder)).current(), "linköping").total
