"""Every page answers with a title in both languages; nothing comes from elsewhere; errors are sentences."""

import re
from html import unescape

import pytest
from starlette.testclient import TestClient

from api.app import PAGES
from api.words import CATEGORIES, WORDS
from queries.catalogue import networks, queries
from queries.format import formats
from queries.measure import measures

HTML = {"Accept": "text/html"}
FIXED = (
    "/",
    "/regions",
    "/map",
    "/needs",
    "/needs/list",
    "/networks",
    "/queries",
    "/sources",
    "/missing",
    "/accessibility",
    "/privacy",
    "/design",
    "/search",
    "/docs",
    "/ontology",
    "/sparql",
)
PATHS = (
    *FIXED,
    *(f"/queries/{name}" for name in sorted(queries())),
    *(f"/networks/{name}" for name in sorted(networks())),
)
_OUTSIDE = re.compile(r'(?:src|action)="(?!/)|<link [^>]*href="(?!/)|@import|url\(')


def title(text: str) -> str:
    """Return the title of a page."""
    found = re.search(r"<title>(.+?) – samspel</title>", text)
    assert found, "a page has a title"
    return unescape(found[1])


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("path", PATHS)
def test_every_page_answers_in_both_languages(client: TestClient, path: str, language: str) -> None:
    page = client.get(path, params={"lang": language}, headers=HTML)
    assert page.status_code == 200
    assert f'<html lang="{language}">' in page.text and page.headers["content-language"] == language
    assert title(page.text) and page.text.count("<h1") == 1
    assert not _OUTSIDE.search(page.text), "a page asks for nothing elsewhere"
    scripts = {"/sparql": 2, "/map": 1}  # the query editor's two files, and pan and zoom
    own = 1 if path.startswith("/networks/") else scripts.get(path, 0)  # the explorer of a network
    assert page.text.count("<script") == own
    assert " style=" not in page.text
    client.cookies.clear()


@pytest.mark.parametrize("name", sorted(queries()))
def test_query_pages_show_title_text_and_files(client: TestClient, name: str) -> None:
    page = client.get(f"/queries/{name}", params={"lang": "en"}, headers=HTML).text
    assert title(page) == queries()[name].title_en
    assert "SELECT" in page
    assert client.get(f"/queries/{name}?format=csv").text.startswith(",".join(queries()[name].returns))
    client.cookies.clear()


@pytest.mark.parametrize("name", sorted(networks()))
def test_network_pages_show_measures_edges_and_files(client: TestClient, name: str) -> None:
    page = client.get(f"/networks/{name}", headers=HTML).text
    assert 'sandbox="allow-scripts"' in page
    offered = [form for form in formats().values() if f'href="/networks/{name}/{form.name}"' in page]
    assert {"csv", "nodes", "json", "graphml", "gexf", "pajek", "rdf"} <= {form.name for form in offered}
    for form in formats().values():
        file = client.get(f"/networks/{name}/{form.name}")
        assert (file.status_code == 200) == (form in offered)
        if form in offered:
            assert file.headers["content-type"] == form.media_type and len(file.content) > 50
    for measure in measures():
        assert client.get(f"/networks/{name}", params={"sort": measure}, headers=HTML).status_code == 200
    picture = client.get(f"/networks/{name}/picture", params={"size": "degree"})
    assert picture.status_code == 200
    assert "connect-src" not in picture.headers["content-security-policy"]
    assert "default-src 'none'" in picture.headers["content-security-policy"]
    assert "unsafe" not in picture.headers["content-security-policy"]


def test_a_network_is_sorted_by_a_measure(client: TestClient) -> None:
    page = client.get("/networks/organisations", params={"sort": "degree"}, headers=HTML).text
    column = page.split('aria-sort="descending"')[1]
    assert column
    rows = re.findall(r'<tr><th scope="row">.*?</tr>', page, re.DOTALL)
    at = [key for key in measures() if f"sort={key}" in page].index("degree")
    values = [float(re.findall(r'<td class="number">([\d.,–]+)', row)[at].replace(",", ".")) for row in rows]
    assert len(values) == 17 and values == sorted(values, reverse=True)


def test_the_tuple_names_every_page() -> None:
    from pathlib import Path

    import api.pages

    files = {path.stem for path in Path(api.pages.__path__[0]).glob("[a-z]*.py")}
    assert files == set(PAGES)


def test_every_word_stands_in_two_languages() -> None:
    assert all(sv and en for sv, en in WORDS.values())
    for sv, en in WORDS.values():
        assert set(re.findall(r"{(\w+)}", sv)) == set(re.findall(r"{(\w+)}", en))


def test_every_word_is_used() -> None:
    from pathlib import Path

    root = Path(__file__).parent.parent.parent / "api"
    files = [*(root / "templates").glob("*.*ml"), *root.glob("*.py"), *(root / "pages").glob("*.py")]
    text = "".join(path.read_text("utf-8") for path in files if not path.name.startswith("words"))
    assert [key for key in WORDS if f'"{key}"' not in text] == []


@pytest.mark.parametrize(
    "path", ["/nope", "/page/county/99", "/page/nope", "/ontology/Nope", "/queries/nope"]
)
def test_what_is_missing_is_said_in_a_sentence(client: TestClient, path: str) -> None:
    page = client.get(path, headers=HTML)
    assert page.status_code == 404 and 'class="lead"' in page.text
    plain = client.get(path, headers={"Accept": "text/plain"})
    assert plain.status_code == 404 and plain.text.count(" ") > 3
    asked = client.get(path, headers={"Accept": "application/json"})
    assert asked.json()["error"] == plain.text.strip()


def test_wrong_questions_are_refused_in_sentences(client: TestClient) -> None:
    wrong = client.get("/queries/cq03", params={"level": "nonsense"})
    assert wrong.status_code == 400 and "seed" in wrong.text
    assert client.get("/queries/cq03", params={"nope": "1"}).status_code == 400
    assert client.get("/networks/organisations/pdf").status_code == 400
    assert client.get("/networks/organisations/picture?size=nope").status_code == 404
    assert client.post("/").status_code == 405


def test_a_name_is_suggested(client: TestClient) -> None:
    assert "cq03" in client.get("/queries/cq3").text


def test_headers_keep_the_browser_at_home(client: TestClient) -> None:
    for path in ("/", "/nope", "/sparql", "/api/queries", "/static/samspel.css", "/data/county/05.ttl"):
        headers = client.get(path, headers={"Accept": "*/*"}).headers
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in client.post("/").headers
    assert client.get("/data/county/05.ttl").headers["access-control-allow-origin"] == "*"


def test_the_language_is_kept_in_a_cookie(client: TestClient) -> None:
    assert '<html lang="sv">' in client.get("/").text
    assert '<html lang="en">' in client.get("/?lang=en").text
    assert '<html lang="en">' in client.get("/").text
    assert '<html lang="sv">' in client.get("/?lang=sv").text
    client.cookies.clear()
    assert "Accept-Language" in client.get("/").headers["vary"]


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' onfocus='x"]
)
def test_what_readers_write_is_escaped(client: TestClient, text: str) -> None:
    for path, name in (("/search", "q"), ("/needs", "text"), ("/queries/cq03", "level"), ("/", "x")):
        page = client.get(path, params={name: text}, headers=HTML).text
        assert "<script" not in page and "<img" not in page and "'x" not in page.replace("&#39;", "")


def test_the_first_page_counts_counties(client: TestClient) -> None:
    page = client.get("/", headers=HTML).text
    assert page.count('href="/page/county/') == 21
    assert page.index("Stockholms län") < page.index("Norrbottens län")


def test_needs_are_matched_with_leads_and_parts(client: TestClient) -> None:
    page = client.get("/needs", headers=HTML).text
    assert "Digital tjänsteutveckling" in page and "Science Park Jönköping AB" in page
    assert "härlett av samspel" in page and "eget län" in page
    own = client.get("/needs", params={"text": "träindustri och skog"}, headers=HTML).text
    assert "Trä och skog" in own.split("<h2>")[1]


def test_sources_say_whose_and_when(client: TestClient) -> None:
    page = client.get("/sources", headers=HTML).text
    assert 'id="seeds"' in page and 'id="inferred"' in page
    assert "creativecommons.org/publicdomain/zero" in page and "<time datetime=" in page


def test_the_api_is_described_without_help_from_elsewhere(client: TestClient) -> None:
    page = client.get("/docs", headers=HTML).text
    described = client.get("/openapi.json").json()["paths"]
    assert described and all(path in unescape(page) for path in described)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_api_is_described_in_the_language_of_the_reader(client: TestClient, language: str) -> None:
    page = unescape(client.get("/docs", headers=HTML | {"Accept-Language": language}).text)
    client.cookies.clear()
    for found in queries().values():
        assert found.about(language) in page
        assert found.about("en" if language == "sv" else "sv") not in page
    assert ('<p lang="en">List every network with its size.</p>' in page) == (language == "sv")


def test_a_foreign_term_is_shown_by_its_prefix_and_a_day_as_one(client: TestClient) -> None:
    page = client.get("/void", headers=HTML).text
    assert ">owl:inverseOf</a>" in page and "2002/07/owl#inverseOf</a>" not in page
    project = client.get("/page/project/s3-plattform-smaland-oarna", headers=HTML).text
    assert "<time>2029-03-29</time>" in project and "5 år" in project and "<td>P5Y" not in project


def test_every_category_of_queries_has_a_heading() -> None:
    assert {found.category for found in queries().values()} == set(CATEGORIES)


@pytest.mark.parametrize(
    ("path", "sv"),
    [
        ("/networks/nope", "Det finns inget nätverk 'nope'."),
        ("/queries/cq3", "Det finns ingen fråga 'cq3'. Menade du "),
        ("/queries/cq24?level=nope", "Parametern level är 'nope': väntade något av "),
        ("/queries/cq24?nope=1", "Frågan 'cq24' tar ingen parameter 'nope'"),
        ("/map?show=nope", "Kartan över län kan inte visa 'nope'; välj något av areas, "),
        (
            "/networks/organisations/picture?from=2020&to=2010",
            "Tiden från 2020 till 2010 slutar innan den börjar.",
        ),
        ("/dumps/1999-01-01/", "Det finns ingen utgåva 1999-01-01."),
        ("/regions/99", "Det finns ingen sida på adressen /regions/99."),
        (
            "/networks/organisations/picture?min_weight=-1",
            "<span lang=\"en\">Parameter 'min_weight' is '-1';",
        ),
    ],
)
def test_pages_tell_in_swedish_why_not(client: TestClient, path: str, sv: str) -> None:
    """What has no Swedish yet is marked as English; programs get English."""
    answer = client.get(path, headers={"Accept": "text/html", "Accept-Language": "sv"})
    told = unescape(answer.text.partition('<p class="lead">')[2].partition("</p>")[0])
    assert answer.status_code in (400, 404, 409) and told.startswith(sv)
    english = client.get(path, headers={"Accept": "text/html", "Accept-Language": "en"})
    shown = unescape(english.text.partition('<p class="lead">')[2].partition("</p>")[0])
    assert client.get(path, headers={"Accept-Language": "en"}).text == f"{shown}\n"
