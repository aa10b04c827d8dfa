"""The site as files: every link leads to a file and a place in it, and what needs a server says so."""

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from api import publishing, static_site
from api.settings import Settings
from api.static_links import Key, Notes, Page, file, key
from graph.errors import StoreError
from graph.generations import Home

AT = Key("/page/county/05", "", "sv")


class Links(HTMLParser):
    """The links of a page, and the places that links may lead to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.places: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src", "action", "data") and value is not None:
                self.links.append(value)
            elif name == "id" and value:
                self.places.add(value)


def broken(root: Path) -> tuple[int, list[tuple[str, str]]]:
    """Return how many links of the pages below a folder stay in it, and those that lead nowhere."""
    pages = {path: Links(path.read_text("utf-8")) for path in root.rglob("*.html")}
    own = [
        (page, link)
        for page, found in pages.items()
        for link in found.links
        if not (urlsplit(link).scheme or urlsplit(link).netloc)
    ]
    return len(own), [
        (str(page.relative_to(root)), link) for page, link in own if not _leads(page, link, pages)
    ]


def _leads(page: Path, link: str, pages: dict[Path, Links]) -> bool:
    parts = urlsplit(link)
    target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    known = not parts.fragment or target not in pages or unquote(parts.fragment) in pages[target].places
    return target.is_file() and known


def _few(asked: Key) -> bool:
    """Choose the counties, and a page or two of every other kind."""
    begins = ("/page/county/", "/data/county/")
    few = ("/networks/organisations/", "/ontology/led", "/queries/cq0", "/ontology/StrengthArea")
    deep = ("/page/", "/data/", "/networks/", "/ontology/", "/queries/")
    if "size=" in asked.query or "sort=" in asked.query:
        return False
    if asked.path == "/map" and "county=" in asked.query:
        return "county=05" in asked.query
    return asked.path.startswith((*begins, *few)) or not asked.path.startswith(deep)


@pytest.fixture(scope="module")
def written(built: Home, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, static_site.Written]:
    """A part of the site as files."""
    folder = tmp_path_factory.mktemp("static")
    for name in ("generations", "CURRENT"):
        (folder / name).symlink_to(built.folder / name)
    settings = Settings(store=folder)
    release, _ = publishing.publish(settings)
    return folder / "site", static_site.write(settings, release, folder / "site", processes=1, chosen=_few)


def test_no_link_is_broken(written: tuple[Path, static_site.Written]) -> None:
    root, told = written
    count, wrong = broken(root.resolve())
    assert wrong == []
    assert told.broken == ()
    assert count > 1000
    assert told.pages == len(list(root.rglob("*.html")))


def test_panels_lead_to_no_file_for_one_thing_and_to_no_editor(
    written: tuple[Path, static_site.Written],
) -> None:
    text = (written[0] / "page/county/05/index.html").read_text("utf-8")
    assert text.count('class="panel"') > 5
    assert "queries/region-areas" in text
    assert "queries/region-areas?" not in text and "/sparql?" not in text
    assert not list((written[0] / "api" / "queries").glob("region-*"))


def test_the_crawl_finds_what_is_broken(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text('<a href="b.html">x</a><a href="#y">y</a><a href="a.html">z</a>')
    assert broken(tmp_path)[1] == [("a.html", "b.html"), ("a.html", "#y")]


@pytest.mark.parametrize(
    "name",
    [
        *("index.html", "en/index.html", "page/county/05/index.html", "en/page/county/05/index.html"),
        *(
            "data/county/05.ttl",
            "data/county/05.jsonld",
            "api/queries/cq03.level-seed-limit-10000-format-csv.csv",
            "catalog.rdf",
        ),
        *("feed.atom", "sitemap.xml", "static/samspel.css", "dumps/withdrawn.csv", "offline/index.html"),
        *("map/index.html", "en/map/show-flows/index.html", "map/show-parks-county-05/index.html"),
    ],
)
def test_a_file_is_there(written: tuple[Path, static_site.Written], name: str) -> None:
    assert (written[0] / name).stat().st_size > 0


def test_what_needs_a_server_says_so(written: tuple[Path, static_site.Written]) -> None:
    query = (written[0] / "queries" / "cq01" / "index.html").read_text("utf-8")
    assert "behöver en server" in query
    assert "<fieldset disabled>" in query
    home = (written[0] / "index.html").read_text("utf-8")
    assert 'role="search"' not in home
    assert 'href="./offline/index.html"' in home
    assert "/sparql" not in (written[0] / "catalog.rdf").read_text("utf-8")


def test_a_folder_of_others_is_left_alone(written: tuple[Path, static_site.Written], tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    settings = Settings(store=written[0].parent)
    release, _ = publishing.publish(settings)
    with pytest.raises(StoreError, match="no site written by samspel"):
        static_site.write(settings, release, tmp_path, processes=1)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("/regions", Key("/regions", "", "sv")),
        ("/regions?lang=en", Key("/regions", "", "en")),
        ("?sort=name", Key("/page/county/05", "sort=name", "sv")),
        ("../area/x", Key("/page/area/x", "", "sv")),
        ("/data/county/05.ttl", Key("/data/county/05.ttl", "", "sv")),
        ("https://example.org/", None),
        ("mailto:a@example.org", None),
        ("#top", None),
    ],
)
def test_a_link_is_read_from_where_it_stands(link: str, expected: Key | None) -> None:
    assert key(link, AT, "sv") == expected


@pytest.mark.parametrize(
    ("asked", "media", "expected"),
    [
        (Key("/", "", "sv"), "text/html", "index.html"),
        (Key("/", "", "en"), "text/html", "en/index.html"),
        (Key("/networks/x/csv", "", "sv"), "text/csv", "networks/x/csv.csv"),
        (Key("/networks/x", "sort=name", "en"), "text/html", "en/networks/x/sort-name/index.html"),
        (Key("/a/../../b", "", "sv"), "text/turtle", "a/b.ttl"),
    ],
)
def test_an_answer_has_its_file(asked: Key, media: str, expected: str) -> None:
    assert file(asked, media, "sv") == expected


def test_queries_that_look_alike_have_files_of_their_own() -> None:
    names = {file(Key("/q", query, "sv"), "text/html", "sv") for query in ("a=%C3%A5", "a=%C3%A4", "a=")}
    assert len(names) == 3


def test_text_scripts_and_foreign_links_stay_as_they_are() -> None:
    text = '<p>a &lt;a href="/x"> å</p><script>"<a href=\'/y\'>"</script><a href="https://e.org/">e</a>'
    page = Page(text, AT, "sv", Notes("", ""))
    assert (page.marked, page.links) == (text, set())
