"""Where a page or a file of the server stands in a site of files, and what its links become there."""

import hashlib
import html
import re
from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit

SERVER_ONLY = ("/sparql", "/search", "/store", "/compare")  # what no file can answer
_ATTRIBUTES = ("href", "src", "poster", "data")
_NEUTRAL = ("/data/", "/static/", "/dumps/", "/api/")  # the same whatever the reader's language
_ATTRIBUTE = re.compile(r"""(\s(?:href|src|poster|data)\s*=\s*)(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_PLAIN = re.compile(r"[A-Za-z0-9._=&-]{1,80}\Z")
_ENDINGS = {
    "application/atom+xml": ".atom",
    "application/gexf+xml": ".gexf",
    "application/graphml+xml": ".graphml",
    "application/json": ".json",
    "application/ld+json": ".jsonld",
    "application/n-triples": ".nt",
    "application/rdf+xml": ".rdf",
    "application/xml": ".xml",
    "application/zip": ".zip",
    "text/csv": ".csv",
    "text/markdown": ".md",
    "text/tab-separated-values": ".tsv",
    "text/turtle": ".ttl",
}
MARK, BETWEEN = "\x00", "\x01"  # around a link whose file is not known yet, and between its parts


@dataclass(frozen=True, order=True)
class Key:
    """What is asked of the server: a path, a query without the language, and the language."""

    path: str
    query: str
    language: str


def key(link: str, at: Key, first: str) -> Key | None:
    """Return what a link on a page leads to; None when it leaves the server or stays on the page."""
    if link.startswith("/"):
        return _key(link, Key("/", "", at.language), first)  # the same on every page
    return _key(link, at, first) if not link.startswith(("#", "http:", "https:")) else None


@lru_cache(20_000)
def _key(link: str, at: Key, first: str) -> Key | None:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc or not (parts.path or parts.query):
        return None
    joined = urlsplit(urljoin(f"{quote(at.path)}?{at.query}", link))
    given = parse_qsl(joined.query, keep_blank_values=True)
    language = dict(given).get("lang", at.language)
    query = urlencode([(name, value) for name, value in given if name != "lang"])
    path = unquote(joined.path)
    neutral = path.startswith(_NEUTRAL) or "format" in dict(given)
    return Key(path, query, first if neutral else language)


def file(asked: Key, media: str, first: str) -> str:
    """Return the file that an answer becomes, as a path from the root of the site.

    >>> file(Key("/page/county/05", "", "en"), "text/html", "sv")
    'en/page/county/05/index.html'
    >>> file(Key("/queries/cq03", "format=csv", "sv"), "text/csv", "sv")
    'queries/cq03.format-csv.csv'
    """
    place = "/".join(part for part in asked.path.split("/") if part not in ("", ".", ".."))
    told = _slug(asked.query)
    if media == "text/html":
        language = "" if asked.language == first else asked.language
        return "/".join(part for part in (language, place, told, "index.html") if part)
    named = f"{place}.{told}" if told else place
    ending = _ENDINGS.get(media, "")
    return named if named.endswith(ending) else named + ending


def _slug(query: str) -> str:
    """Return a query as a part of a file's name; one that is long or odd is told apart by a hash."""
    text = unquote(query)
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", text).strip("-")
    if not query or _PLAIN.match(text):
        return plain
    return f"{plain[:60]}-{hashlib.sha256(query.encode()).hexdigest()[:8]}"


def relative(at: str, target: str, fragment: str) -> str:
    """Return a link from a file of the site to another: up to the root, then down."""
    up = "../" * at.count("/")
    return f"{up or './'}{quote(target)}{'#' if fragment else ''}{fragment}"


@dataclass(frozen=True)
class Notes:
    """What replaces a form that needs a server: HTML before and after its content."""

    before: str
    after: str


class Page(HTMLParser):
    """A page on its way into a file: its links marked, its forms put out of use."""

    def __init__(self, text: str, at: Key, first: str, notes: Notes) -> None:
        super().__init__(convert_charrefs=False)
        self._text, self._at, self._first, self._notes = text, at, first, notes
        self._lines = [0, *(found.end() for found in re.finditer("\n", text))]
        self._pieces: list[str] = []
        self._done, self._dropping = 0, False
        self.links: set[Key] = set()
        self.feed(text)
        self.close()
        self._pieces.append(text[self._done :])

    @property
    def marked(self) -> str:
        """The page with its links marked."""
        return "".join(self._pieces)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Mark the links of a tag; open a form that needs a server with a note."""
        if self._dropping:
            return
        if tag == "form":
            self._form(dict(attrs), self.get_starttag_text() or "")
        elif any(name in _ATTRIBUTES for name, _ in attrs):
            raw = self.get_starttag_text() or ""
            self._put(_ATTRIBUTE.sub(self._link, raw), self._start(), len(raw))

    def handle_endtag(self, tag: str) -> None:
        """Close a form that was put out of use, or end one that was left out."""
        if tag != "form":
            return
        start = self._start()
        length = self._text.index(">", start) + 1 - start
        if self._dropping:
            self._done, self._dropping = start + length, False
        else:
            self._put(f"{self._notes.after}{self._text[start : start + length]}", start, length)

    def _form(self, given: dict[str, str | None], raw: str) -> None:
        start = self._start()
        if given.get("role") == "search" or str(given.get("action", "")).startswith(SERVER_ONLY):
            self._put("", start, len(raw))
            self._dropping = True
        else:
            self._put(f"{raw}{self._notes.before}", start, len(raw))

    def _link(self, found: re.Match[str]) -> str:
        link = html.unescape(found[2] if found[2] is not None else found[3])
        asked = key(link, self._at, self._first)
        if asked is None:
            return found[0]
        self.links.add(asked)
        parts = (asked.path, asked.query, asked.language, urlsplit(link).fragment)
        return f'{found[1]}"{MARK}{BETWEEN.join(parts)}{MARK}"'

    def _put(self, new: str, start: int, length: int) -> None:
        self._pieces += (self._text[self._done : start], new)
        self._done = start + length

    def _start(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column
