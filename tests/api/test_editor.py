"""The page of the query editor: the plain form in it, its files, and the words given to its script."""

import hashlib
import json
import re
from html import unescape
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.testclient import TestClient

from api.pages import editor
from api.settings import Settings
from api.site import Site
from api.words_editor import ORIGINALS
from graph.generations import Home
from queries.catalogue import queries

HTML = {"Accept": "text/html"}
STATIC = Path(editor.__file__).parent.parent / "static"


@pytest.fixture
def site(built: Home) -> Site:
    """The server's things over the built store, with room for small answers only."""
    return Site(Settings(store=built.folder, max_query_bytes=300, max_result_bytes=2_000))


def asked(site: Site, query: str | None) -> tuple[int, str]:
    """Return what the page's own route answers, as a protected worker calls it."""
    request = Request(
        {
            "type": "http",
            "method": "GET",
            "path": "/sparql",
            "query_string": b"" if query is None else f"query={query}".encode(),
            "headers": [],
            "server": ("localhost", 80),
            "scheme": "http",
        }
    )
    response = editor.page(site, request)
    return response.status_code, bytes(response.body).decode()


@pytest.mark.parametrize(
    ("query", "status", "holds"),
    [
        (None, 200, "samspel:ledBy"),
        ("ASK {}", 200, "Ja"),
        ("SELECT (1 AS ?n) {}", 200, "<table"),
        ("CONSTRUCT { <urn:a> <urn:b> 1 } {}", 200, "&lt;urn:a&gt; &lt;urn:b&gt; 1"),
        ("SELECT * {", 400, 'role="alert"'),
        ("DROP ALL", 403, "only reads"),
        ("SELECT * { SERVICE <urn:a> {} }", 403, "SERVICE"),
        ("ASK {}" + " " * 300, 413, "at most 300"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", 413, "larger than 2000 bytes"),
    ],
)
def test_the_page_answers_by_itself(site: Site, query: str | None, status: int, holds: str) -> None:
    code, text = asked(site, query)
    assert code == status and holds in text and '<form class="ask" id="plain"' in text


def test_the_editor_offers_every_query_of_the_catalogue(client: TestClient) -> None:
    page = client.get("/sparql", headers=HTML).text
    select = page[page.index('<select id="pick">') : page.index("</select>")]
    assert re.findall(r'<option value="([^"]+)"', select)[0] == "cq01"
    assert set(re.findall(r'<option value="([^"]+)"', select)) == set(queries())
    assert set(editor.TABS) <= set(queries())


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_script_has_its_words(client: TestClient, language: str) -> None:
    page = client.get("/sparql", params={"lang": language}, headers=HTML).text
    client.cookies.clear()
    found = re.search(r'data-words="([^"]*)"', page)
    assert found
    words = json.loads(unescape(found[1]))
    assert words["originals"] == (ORIGINALS if language == "sv" else {})
    script = (STATIC / "editor.js").read_text("utf-8")
    used = set(re.findall(r"\bwords\.(\w+)", script)) | set(re.findall(r'\bsay\("(\w+)"', script))
    assert used == set(words)


def test_what_the_editor_translates_stands_in_it() -> None:
    script = (STATIC / "yasgui" / "yasgui.min.js").read_text("utf-8")
    assert [original for original in ORIGINALS if f"`{original}`" not in script] == []


def test_the_vendored_editor_is_the_one_described() -> None:
    folder = STATIC / "yasgui"
    note = (folder / "SOURCE.md").read_text("utf-8")
    for name in ("yasgui.min.js", "yasgui.min.css"):
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() in note
    assert (folder / "LICENSE").is_file() and (folder / "LICENCES.md").is_file()


def test_the_vendored_editor_holds_no_style_that_the_policy_forbids_and_no_foreign_prefixes() -> None:
    script = (STATIC / "yasgui" / "yasgui.min.js").read_text("utf-8")
    assert not re.search(r"<\w+ style=", script)
    assert "prefixes_default={}" in script and "sourceMappingURL" not in script
    assert "url(" not in (STATIC / "yasgui" / "yasgui.min.css").read_text("utf-8")
