"""Linked data over HTTP: forms, links between documents, 406, 410, and data that try to break out."""

import json
import os
import re
from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.compare import isomorphic
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from graph.generations import Home
from graph.store import Store
from ontology import names as n
from ontology.names import BASE, SAMSPEL

# rdflib's own reader of JSON-LD makes what rdflib deprecates
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
HTML = {"Accept": "text/html"}
ENDINGS = {"ttl": "turtle", "jsonld": "json-ld", "nt": "nt", "rdf": "xml"}
MEDIA = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
}
DOCUMENTS = (
    "/data/county/05",
    "/data/area/smaland-oarna-digital-tjansteutveckling",
    "/data/project/skiss",
    "/data/area-kind/strength",
    "/ontology",
    "/ontology/StrengthArea",
    "/ontology/ledBy",
    "/void",
)


def graph(client: TestClient, path: str, ending: str) -> Graph:
    """Return what a document says."""
    answer = client.get(f"{path}.{ending}")
    assert answer.status_code == 200 and answer.headers["content-type"].startswith(MEDIA[ending])
    return Graph().parse(data=answer.content, format=ENDINGS[ending])


@pytest.mark.parametrize("path", DOCUMENTS)
@pytest.mark.parametrize("ending", ["jsonld", "nt", "rdf"])
def test_every_form_says_the_same_to_another_library(client: TestClient, path: str, ending: str) -> None:
    turtle = graph(client, path, "ttl")
    assert len(turtle) > 5 and isomorphic(turtle, graph(client, path, ending))


def test_json_ld_uses_the_terms_of_our_context_and_needs_no_network(client: TestClient) -> None:
    found = client.get("/data/county/05.jsonld").json()
    node = next(each for each in found["@graph"] if each["@id"] == "id:county/05")
    assert node["prefLabel"]["sv"] == "Östergötlands län" and "County" in node["@type"]
    assert not any(isinstance(each, str) and each.endswith(".jsonld") for each in found["@context"].values())
    whole = client.get("/ontology/context.jsonld")
    assert whole.headers["content-type"] == "application/ld+json"
    assert set(found["@context"]) <= set(whole.json()["@context"]) | {"void", "owl"}


def links(header: str) -> dict[tuple[str, str], list[str]]:
    """Return the addresses of a Link header by relation and type."""
    found: dict[tuple[str, str], list[str]] = {}
    for where, relation, media in re.findall(r'<([^>]*)>; rel="([^"]+)"(?:; type="([^"]+)")?', header):
        found.setdefault((relation, media), []).append(where)
    return found


@pytest.mark.parametrize("path", ["/id/county/05", "/page/county/05", "/data/county/05.nt"])
def test_documents_of_a_thing_name_one_another(client: TestClient, path: str) -> None:
    found = links(client.get(path, headers=HTML).headers["link"])
    others = {media: found.get(("alternate", media)) for media in (*MEDIA.values(), "text/html")}
    expected = {media: [f"/data/county/05.{ending}"] for ending, media in MEDIA.items()}
    assert {k: v for k, v in others.items() if v} == {
        media: where
        for media, where in {**expected, "text/html": ["/page/county/05"]}.items()
        if where != [path]
    }
    by = "/.well-known/void" if path.startswith("/data") else "/data/county/05.ttl"
    assert found["describedby", "text/turtle"] == [by]
    assert found.get(("canonical", "")) == (["/page/county/05"] if path.startswith("/page") else None)
    assert found.get(("describes", "")) == ([f"{BASE}id/county/05"] if path.startswith("/data") else None)
    for where in (each for several in found.values() for each in several if each.startswith("/")):
        assert client.get(where).status_code == 200


@pytest.mark.parametrize("path", ["/ontology", "/ontology/StrengthArea", "/void", "/.well-known/void"])
@pytest.mark.parametrize("ending", MEDIA)
def test_vocabulary_and_dataset_are_negotiated_at_their_address(
    client: TestClient, path: str, ending: str
) -> None:
    answer = client.get(path, headers={"Accept": MEDIA[ending]})
    assert answer.headers["content-type"].startswith(MEDIA[ending])
    assert "Accept" in answer.headers["vary"] and "rel=" in answer.headers["link"]
    page = client.get(path, headers=HTML)
    assert page.headers["content-type"].startswith("text/html") and page.text.count("<h1") == 1
    assert {"Accept", "Accept-Language", "Cookie"} <= set(page.headers["vary"].split(", "))
    for where in links(page.headers["link"])["alternate", MEDIA[ending]]:
        assert client.get(where).headers["content-type"].startswith(MEDIA[ending])


@pytest.mark.parametrize("path", ["/id/county/05", "/ontology", "/ontology/StrengthArea", "/void"])
def test_what_fits_nothing_is_told_with_what_there_is(client: TestClient, path: str) -> None:
    answer = client.get(path, headers={"Accept": "image/png", "Accept-Language": "en"})
    assert answer.status_code == 406 and "Accept" in answer.headers["vary"]
    assert "None of the forms here" in answer.text
    assert all(media in answer.text for media in ("text/html", *MEDIA.values()))


@pytest.mark.parametrize(
    ("path", "accept", "where"),
    [
        ("/id/county/05.ttl", "text/html", "/data/county/05.ttl"),
        ("/page/county/05.nt", "text/html", "/data/county/05.nt"),
        ("/id/county/05.html", "text/turtle", "/page/county/05"),
        ("/id/county/05?lang=en", "text/html", "/page/county/05?lang=en"),
        ("/data/county/05", "*/*", "/data/county/05.ttl"),
        ("/data/county/05", "application/json", "/data/county/05.jsonld"),
        ("/ontology.html", "text/turtle", "/ontology"),
        ("/ontology/StrengthArea.html", "text/turtle", "/ontology/StrengthArea"),
    ],
)
def test_endings_lead_to_the_one_address_of_a_form(
    client: TestClient, path: str, accept: str, where: str
) -> None:
    answer = client.get(path, headers={"Accept": accept})
    assert (answer.status_code, answer.headers["location"]) == (303, where)


@pytest.mark.parametrize("path", ["/ontology.pdf", "/void.pdf", "/ontology/Nope.ttl", "/id/county/99.ttl"])
def test_other_endings_and_unknown_things_are_not_found(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.fixture
def withdrawn(tmp_path: Path) -> tuple[TestClient, Path]:
    """A server whose last release has withdrawn a thing that another still points to."""
    with Home(tmp_path).draft() as draft:
        draft.replace(
            f"{BASE}graph/x",
            [
                f'<{BASE}id/county/05> <{n.prefLabel}> "Östergötland"@sv',
                f"<{BASE}id/county/05> <{n.within}> <{BASE}id/nuts/SE99>",
            ],
        )
    (tmp_path / "releases").mkdir()
    file = tmp_path / "releases" / "withdrawn.csv"
    gone = "".join(
        f"{BASE}id/{key},2026-01-02,2026-03-04\n" for key in ("county/05", "county/77", "nuts/SE99")
    )
    file.write_text(f"iri,last_version,withdrawn\n{gone}", "utf-8")
    return TestClient(create_app(Settings(store=tmp_path)), follow_redirects=False), file


@pytest.mark.parametrize("thing", ["county/77", "nuts/SE99"])
@pytest.mark.parametrize("path", ["/id/{}", "/page/{}", "/data/{}.ttl", "/id/{}.nt"])
def test_a_withdrawn_thing_is_gone_and_told_so(
    withdrawn: tuple[TestClient, Path], path: str, thing: str
) -> None:
    client, _ = withdrawn
    told = "is no longer in the graph. It was last in release 2026-01-02 and was withdrawn on 2026-03-04."
    for accept, kind in (("text/html", "text/html"), ("*/*", "text/plain"), ("application/json",) * 2):
        answer = client.get(path.format(thing), headers={"Accept": accept, "Accept-Language": "en"})
        assert answer.status_code == 410 and answer.headers["content-type"].startswith(kind)
        assert f"{BASE}id/{thing} {told}" in answer.text


def test_a_thing_that_came_back_is_served_and_a_new_list_is_read(withdrawn: tuple[TestClient, Path]) -> None:
    client, file = withdrawn
    assert client.get("/page/county/05").status_code == 200
    assert client.get("/id/county/77").status_code == 410
    file.write_text("iri,last_version,withdrawn\n", "utf-8")
    os.utime(file, ns=(1, 1))
    assert client.get("/id/county/77").status_code == 404
    assert client.get("/page/nuts/SE99").status_code == 200
    file.write_text("iri,when\n", "utf-8")
    answer = client.get("/id/county/77")
    assert answer.status_code == 503 and "found 'iri,when'; publish again" in answer.text
    file.unlink()
    assert client.get("/id/county/77").status_code == 404


HOSTILE = "</script><script>alert(1)</script><!-- & \\u2028 ]]>"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """A server over data that try to break out of pages."""
    folder = tmp_path_factory.mktemp("hostile")
    thing = f"<{BASE}id/county/05>"
    schemes = (
        "javascript:alert(1)",
        "data:text/html,x",
        "JAVASCRIPT:alert(2)",
        "file:///etc/passwd",
        "org:x",
    )
    lines = [f"{thing} <{n.homepage}> <{scheme}>" for scheme in schemes]
    lines += [f"<{scheme}> <{n.within}> {thing}" for scheme in schemes]
    lines += [f"{thing} <{predicate}> {json.dumps(HOSTILE)}@sv" for predicate in (n.prefLabel, n.comment)]
    lines += [
        f"{thing} <{n.type_}> <javascript:alert(3)>",
        f"{thing} <{n.seeAlso}> <https://example.org/a?b=1&c=2>",
        f"{thing} <{n.seeAlso}> <mailto:office@example.org>",
        f"<{BASE}id/statement/0> <{n.subject}> {thing}",
        f"<{BASE}id/statement/0> <{n.predicate}> <{n.comment}>",
        f"<{BASE}id/statement/0> <{n.object_}> {json.dumps(HOSTILE)}@sv",
        f"<{BASE}id/statement/0> <{n.fromDocument}> <javascript:alert(4)>",
        f"<{BASE}id/statement/0> <{n.status}> <javascript:alert(5)>",
        f"<{BASE}id/statement/0> <{n.asPrinted}> {json.dumps(HOSTILE)}",
    ]
    with Home(folder).draft() as draft:
        draft.replace("javascript:alert(6)", lines)
    return TestClient(create_app(Settings(store=folder)), follow_redirects=False)


@pytest.mark.parametrize("path", ["/page/county/05", "/search?q=script", "/void", "/sources"])
def test_only_safe_addresses_become_links_and_all_text_is_escaped(hostile: TestClient, path: str) -> None:
    text = hostile.get(path, headers=HTML).text
    found = re.findall(r'(?:href|src|action)="([^"]*)"', text)
    assert found and [each for each in found if not re.match(r"/|\?|#|https?://|mailto:", each)] == []
    assert "<script>" not in text and "<!--" not in text
    assert text.count("<script") == text.count("</script>") == (path == "/page/county/05")


def test_a_page_holds_its_data_and_nothing_ends_them_early(hostile: TestClient) -> None:
    text = hostile.get("/page/county/05", headers=HTML).text
    assert 'href="https://example.org/a?b=1&amp;c=2"' in text and 'href="mailto:office@example.org"' in text
    assert "javascript:alert(1)" in text.replace("&#58;", ":")
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert json.loads(script)["prefLabel"]["sv"] == HOSTILE
    within = Graph().parse(data=script, format="json-ld")
    own = Graph().parse(data=hostile.get("/data/county/05.nt").content, format="nt")
    thing = next(iter(within.subjects()))
    assert set(within) == {triple for triple in own if triple[0] == thing}


@pytest.mark.parametrize("ending", ["jsonld", "rdf", "nt"])
def test_odd_addresses_survive_every_form(hostile: TestClient, ending: str) -> None:
    assert isomorphic(graph(hostile, "/data/county/05", "ttl"), graph(hostile, "/data/county/05", ending))


def test_a_term_that_went_is_gone_in_every_form(client: TestClient) -> None:
    for accept in ("text/turtle", "text/html"):
        assert client.get("/ontology/FundingPlatform", headers={"Accept": accept}).status_code == 410
    assert client.get("/ontology/FundingPlatform.ttl").status_code == 410


def test_the_data_of_a_term_hold_all_that_is_said_of_it(client: TestClient, store: Store) -> None:
    term = graph(client, "/ontology/ledBy", "nt")
    rows = store.rows(f"SELECT ?o {{ <{SAMSPEL}ledBy> ?p ?o }}").rows
    assert len([triple for triple in term if str(triple[0]) == f"{SAMSPEL}ledBy"]) == len(rows)
