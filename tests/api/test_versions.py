"""The versions of a thing in time: the chain, oldest first, on the page of each of its links."""

import pytest
from starlette.testclient import TestClient

from api import versions
from graph.store import Store
from ontology.names import BASE

OLD, NEW = "oms-valfardsteknik-och-e-halsa", "oms-life-science-valfardsteknik-och-e-halsa-2023"


@pytest.mark.parametrize("key", [OLD, NEW])
def test_a_chain_is_the_same_from_each_of_its_links(store: Store, key: str) -> None:
    older, newer = versions.read(store, f"{BASE}id/area/{key}")
    assert (older.iri, older.first, older.last) == (f"{BASE}id/area/{OLD}", None, "2022")
    assert (newer.iri, newer.first, newer.last) == (f"{BASE}id/area/{NEW}", "2023", "2027")
    assert f"{BASE}id/document/003" in older.documents
    assert newer.documents == (f"{BASE}id/document/regionvastmanland-oms",)


def test_a_thing_without_other_versions_has_no_chain(store: Store) -> None:
    assert versions.read(store, f"{BASE}id/area/smaland-oarna-livsmedel") == ()


@pytest.mark.parametrize(
    ("language", "heading", "unknown"),
    [("sv", "Versioner i tiden", "okänt år–2022"), ("en", "Versions in time", "year unknown–2022")],
)
def test_the_page_of_an_area_shows_its_versions(
    client: TestClient, language: str, heading: str, unknown: str
) -> None:
    page = client.get(f"/page/area/{OLD}", params={"lang": language})
    assert page.status_code == 200
    assert heading in page.text and unknown in page.text and "2023–2027" in page.text
    assert f'href="/page/area/{NEW}"' in page.text
    alone = client.get("/page/area/smaland-oarna-livsmedel", params={"lang": language})
    assert heading not in alone.text


@pytest.mark.parametrize(("language", "word"), [("sv", "hämtad den"), ("en", "retrieved on")])
def test_the_page_of_a_document_says_that_its_retrieval_is_unknown(
    client: TestClient, language: str, word: str
) -> None:
    page = client.get("/page/document/000", params={"lang": language})
    fact = page.text.partition(word)[2].partition("<dt>")[0]
    assert 'class="value unknown"' in fact
    known = client.get("/page/document/tillvaxtverket-eruf-2016", params={"lang": language})
    assert "2016" in known.text.partition(word)[2].partition("<dt>")[0]
