"""Hostile texts and addresses in every field of every class do nothing, whatever page shows them.

A graph of its own holds a thing of each class that has every property there is, each with a hostile text, a
hostile address and a link to another such thing; some known things are given hostile names too.
"""

import csv
import io
import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from html.parser import HTMLParser
from pathlib import Path
from shutil import copytree
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog
from pyoxigraph import Literal
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from graph.generations import Home
from ontology import names as n
from ontology import vocabulary
from ontology.names import BASE
from queries.catalogue import networks, queries

HOSTILE = (
    '"><script>window.ran=1</script><x-hostile data-hostile="1">',
    "</script><x-hostile><script>window.ran=1</script>",
    "</title></style></textarea></svg><x-hostile><img src=x onerror=window.ran=1>",
    "' onmouseover='window.ran=1' data-hostile='1",
    "javascript:window.ran=1//hostile",
    "{{7*7}}hostile {%raw%}",
    "\u202ehostile <x-hostile>\u2066",
    "\x01\x1b\x7f<x-hostile>",
    "=cmd|' /C hostile'!A0",
    "]]><!--<x-hostile>--!>",
)
LONG = f"<x-hostile>{'w' * 10_000}"
ADDRESSES = (
    "javascript:window.ran=1",
    "JaVaScRiPt:window.ran=1",
    "data:text/html,%3Cscript%3Ewindow.ran=1%3C/script%3E",
    "vbscript:hostile",
    "https://e.org/'onmouseover='window.ran=1",
    "https://w3id.org/samspel/id/x/'onmouseover='window.ran=1",
)
KNOWN = ("county/05", "organisation/region-ostergotland", "project/s3-plattform-smaland-oarna")
PATHS = (
    *("/", "/regions", "/map", "/map?show=flows", "/map?show=parks", "/map?county=05", "/needs", "/networks"),
    *(
        "/missing",
        "/queries",
        "/sources",
        "/void",
        "/dumps/",
        "/sparql",
        "/ontology/StrengthArea",
        "/search?q=hostile",
    ),
    *(f"/needs?text={quote(text[:200])}" for text in HOSTILE),
    *(f"/search?q={quote(text[:100])}" for text in HOSTILE),
    *(f"/sparql?query={quote(text[:200])}" for text in HOSTILE),
    *(f"/page/x/{quote(text[:100], safe='')}" for text in HOSTILE),
)
RUNNING = ("javascript:", "vbscript:", "data:text")


def planted() -> list[str]:
    """Return the lines of the hostile graph."""
    properties = sorted(
        {
            each
            for name, each in vars(n).items()
            if isinstance(each, str) and each.startswith("http") and name[0].islower()
        }
        - {n.type_}
    )
    things = {
        class_: f"<{BASE}id/hostile/{class_.rpartition('#')[2].lower()}>"
        for class_ in sorted(vocabulary.classes())
    }
    lines, at = set[str](), 0
    for class_, thing in things.items():
        lines.add(f"{thing} <{n.type_}> <{class_}>")
        for property_ in properties:
            at += 1
            lines.add(f"{thing} <{property_}> {Literal(HOSTILE[at % len(HOSTILE)], language='sv')}")
            lines.add(f"{thing} <{property_}> <{ADDRESSES[at % len(ADDRESSES)]}>")
            if at % 5 == 0:
                lines.add(f"{thing} <{property_}> {list(things.values())[at % len(things)]}")
    for thing in KNOWN:
        for property_ in (n.prefLabel, n.altLabel, n.description, n.comment):
            lines |= {
                f"<{BASE}id/{thing}> <{property_}> {Literal(text, language='sv')}"
                for text in (*HOSTILE, LONG)
            }
        lines |= {f"<{BASE}id/{thing}> <{n.seeAlso}> <{address}>" for address in ADDRESSES}
    return sorted(lines)


@pytest.fixture(scope="module")
def hostile(built: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The built store with the hostile graph beside the others."""
    home = Home(Path(copytree(built.folder, tmp_path_factory.mktemp("hostile") / "store")))
    with home.draft() as draft:
        draft.replace(f"{BASE}graph/hostile", planted())
    return home


@pytest.fixture(scope="module")
def asked(hostile: Home) -> Iterator[TestClient]:
    """A client of pages over it."""
    with TestClient(create_app(Settings(store=hostile.folder)), headers={"Accept": "text/html"}) as client:
        yield client


class Read(HTMLParser):
    """Reads a page and notes what no text of ours can have written; keeps its texts and its JSON."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong, self.texts, self.data = list[str](), list[str](), list[str]()
        self._data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at an element and its attributes."""
        found = dict(attrs)
        self._data = tag == "script" and str(found.get("type")) in ("application/ld+json", "application/json")
        if tag == "x-hostile" or (tag == "img" and found.get("src") == "x"):
            self.wrong.append(f"<{tag}>")
        if tag == "script" and not self._data and not str(found.get("src")).startswith("/static/"):
            self.wrong.append(f"<script {attrs}>")
        for name, value in attrs:
            address = "".join(str(value).split()).lower().lstrip("".join(map(chr, range(33))))
            leads = name in ("href", "src", "action", "formaction", "xlink:href", "data", "poster")
            if name.startswith("on") or name in ("data-hostile", "style", "srcdoc"):
                self.wrong.append(f"<{tag} {name}={value!r}>")
            if leads and address.startswith(RUNNING):
                self.wrong.append(f"<{tag} {name}={value!r}>")

    def handle_endtag(self, tag: str) -> None:
        """Leave a script."""
        self._data = self._data and tag != "script"

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        (self.data if self._data else self.texts).append(data)


def read(text: str) -> Read:
    found = Read()
    found.feed(text)
    found.close()
    for each in found.data:
        json.loads(each)
    assert "49hostile" not in text
    return found


@pytest.mark.parametrize("class_", sorted(each.rpartition("#")[2].lower() for each in vocabulary.classes()))
def test_a_thing_with_hostile_fields_does_nothing(asked: TestClient, class_: str) -> None:
    page = asked.get(f"/page/hostile/{class_}")
    assert page.status_code == 200
    found = read(page.text)
    assert found.wrong == []
    shown = "".join(found.texts)
    assert all(text in shown for text in HOSTILE if text.isprintable()), "what is planted is shown as text"


@pytest.mark.parametrize("thing", KNOWN)
def test_a_known_thing_with_hostile_names_does_nothing(asked: TestClient, thing: str) -> None:
    found = read(asked.get(f"/page/{thing}").text)
    assert found.wrong == [] and "hostile" in "".join(found.texts)


def test_no_other_page_is_touched(asked: TestClient) -> None:
    shown = 0
    for path in (
        *PATHS,
        *(f"/queries/{name}" for name in queries()),
        *(f"/networks/{name}" for name in networks()),
    ):
        found = read(asked.get(path).text)
        assert (path, found.wrong) == (path, [])
        shown += "hostile" in "".join(found.texts)
    assert shown > 40


def test_pictures_and_data_stay_whole(asked: TestClient) -> None:
    for name in networks():
        found = read(asked.get(f"/networks/{name}/picture").text)
        assert (name, found.wrong) == (name, ["<script []>"] * 2), (
            "its own two, which its policy knows by hash"
        )
    for form in ("ttl", "nt", "jsonld"):
        assert asked.get(f"/data/hostile/project.{form}").status_code == 200
    json.loads(asked.get("/data/hostile/project.jsonld").text)


def test_no_cell_of_a_sheet_is_a_formula(asked: TestClient) -> None:
    cells = 0
    for name in queries():
        answer = asked.get(f"/api/queries/{name}", params={"format": "excel"})
        for row in csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"):
            for cell in row:
                cells += "hostile" in cell
                number = cell.replace(",", "").lstrip("-").isdigit()
                assert number or not cell.startswith(("=", "+", "-", "@", "\t", "\r")), (name, cell)
    assert cells > 40


def _alarming(message: ConsoleMessage) -> bool:
    """Tell a complaint about the page from one of the graphics driver about its own speed."""
    return message.type in ("error", "warning") and "GL Driver Message" not in message.text


@pytest.mark.browser
def test_no_script_runs_in_a_browser(
    browser: Browser, hostile: Home, serve: Callable[[Settings], AbstractContextManager[str]]
) -> None:
    said = list[str]()

    def dismiss(dialog: Dialog) -> None:
        said.append(f"dialog {dialog.message}")
        dialog.dismiss()

    with serve(Settings(store=hostile.folder)) as address, browser.new_context(base_url=address) as context:
        context.add_init_script(
            "window.broken = []; addEventListener('securitypolicyviolation',"
            " event => window.broken.push(event.violatedDirective + ' ' + event.sample))"
        )
        page = context.new_page()
        page.on("dialog", dismiss)
        page.on("console", lambda each: said.append(each.text) if _alarming(each) else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        for path in (
            *(
                "/page/hostile/project",
                "/page/hostile/county",
                "/page/county/05",
                "/map",
                "/search?q=hostile",
            ),
            *(
                "/networks/organisations",
                "/networks/organisations/picture",
                "/queries/organisation-names",
                "/sparql",
            ),
        ):
            page.goto(path, wait_until="load")
            page.mouse.move(300, 300)
            assert page.evaluate("[window.ran, ...window.broken]") == [None], path
    assert said == []
