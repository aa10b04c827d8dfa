"""What points to a thing: counted, and shown page by page however many there are."""

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.incoming import PAGE, SHOWN, SORTED
from api.settings import Settings
from graph.generations import Home
from ontology import names as n
from ontology.names import BASE

HTML = {"Accept": "text/html", "Accept-Language": "en"}
MANY, SOME = 20_250, 450
THING = f"<{BASE}id/county/05>"


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A server over a thing that very many things point to."""
    folder = tmp_path_factory.mktemp("crowded")
    with Home(folder).draft() as draft:
        lines = [f"<{BASE}id/project/p{i}> <{n.locatedIn}> {THING}" for i in range(MANY)]
        lines += [f"<{BASE}id/municipality/m{i}> <{n.within}> {THING}" for i in range(SOME)]
        lines += [f'<{BASE}id/municipality/m{i}> <{n.prefLabel}> "N{SOME - i:05}"' for i in range(SOME)]
        draft.replace(f"{BASE}graph/crowd", lines)
    with TestClient(create_app(Settings(store=folder))) as client:
        yield client


def shown(text: str, kind: str) -> list[str]:
    """Return the things of a kind that a page lists."""
    return re.findall(rf'<li><a href="/page/{kind}/([^"]+)"', text)


def where(predicate: str, page: int | str) -> str:
    return f"/page/county/05?in={quote(predicate, safe='')}&page={page}"


def test_the_page_counts_all_and_shows_some(crowded: TestClient) -> None:
    text = crowded.get("/page/county/05", headers=HTML).text
    assert len(shown(text, "project")) == len(shown(text, "municipality")) == SHOWN
    assert "Show all 20,250" in text and "Show all 450" in text


@pytest.mark.parametrize(
    ("predicate", "kind", "count"), [(n.locatedIn, "project", MANY), (n.within, "municipality", SOME)]
)
def test_all_pages_together_show_each_thing_once(
    crowded: TestClient, predicate: str, kind: str, count: int
) -> None:
    last = -(-count // PAGE)
    numbers = range(1, last + 1) if count <= SORTED else (1, 2, last - 1, last)
    found = [shown(crowded.get(where(predicate, page), headers=HTML).text, kind) for page in numbers]
    assert all(len(each) == PAGE for each in found[:-1]) and len(found[-1]) == count - PAGE * (last - 1)
    listed = [key for each in found for key in each]
    assert len(listed) == len(set(listed))
    if count <= SORTED:
        assert listed == [f"m{i}" for i in reversed(range(SOME))]


def test_pages_lead_to_their_neighbours(crowded: TestClient) -> None:
    text = crowded.get(where(n.locatedIn, 2), headers=HTML).text
    assert "101–200 of 20,250" in text
    assert re.findall(r'rel="(prev|next)" href="[^"]*page=(\d+)#incoming"', text) == [
        ("prev", "1"),
        ("next", "3"),
    ]
    assert 'rel="next"' not in crowded.get(where(n.locatedIn, 203), headers=HTML).text


@pytest.mark.parametrize("page", ["0", "204", "-1", "x", "9" * 30, "²", ""])
def test_pages_that_are_not_there_are_not_found(crowded: TestClient, page: str) -> None:
    answer = crowded.get(where(n.locatedIn, page), headers=HTML)
    assert answer.status_code == 404 and "Nothing points here as" in answer.text


def test_data_hold_what_the_thing_says_only(crowded: TestClient) -> None:
    assert crowded.get("/data/county/05.nt").text == ""
