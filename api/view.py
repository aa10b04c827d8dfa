"""What a template may ask for while a page is made: words, names, links and numbers for one reader."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode

from markupsafe import Markup, escape
from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from starlette.requests import Request

from api import labels, prefetch, words_duration
from api.columns import COLUMNS
from api.labels import Name
from api.reader import Reader
from api.snapshot import Snapshot
from api.things import Value
from api.words import CATEGORIES, GRAPHS, LEVEL, STATUS, UNKNOWN, WORDS
from graph.store import Cell, Rows
from ontology.names import XSD
from queries.answer import BETWEEN
from queries.collation import swedish

_EVIDENCE = re.compile(r"([A-Za-z0-9][\w.-]*)(:[\d, –-]+)? (literal|derived|inferred)")
_ON_THE_WEB = ("http://", "https://", "mailto:")  # what becomes a link; all else stays text
SECTIONS = tuple(
    (f"/{key}", key)
    for key in (
        *("regions", "map", "compare", "networks", "needs", "queries", "sparql", "sources", "ontology"),
    )
)
STATIC = "samspel.static"  # in the scope of a request whose answer becomes a file
DATE, DURATION = XSD + "date", XSD + "duration"
_NUMBERS = {XSD + kind for kind in ("integer", "decimal", "double", "float", "int", "long")}


@dataclass(frozen=True)
class Shown:
    """A cell as a page shows it: its text, its language, its link, and what kind of value it is."""

    text: str
    language: str | None = None
    link: str | None = None
    title: str | None = None
    number: bool = False
    date: bool = False

    @property
    def outside(self) -> bool:
        """Tell whether the link leads to another site."""
        return bool(self.link) and not str(self.link).startswith("/")


@dataclass(frozen=True)
class View:
    """A reader before a generation, at an address."""

    request: Request
    reader: Reader
    snapshot: Snapshot
    base: str

    @property
    def language(self) -> str:
        """The language of the page."""
        return self.reader.language

    @property
    def static(self) -> bool:
        """Tell whether the page is made to be kept as a file, with no server behind it."""
        return bool(self.request.scope.get(STATIC))

    @property
    def sections(self) -> tuple[tuple[str, str], ...]:
        """The main pages: where each is, and the key of its name."""
        return SECTIONS

    def say(self, key: str, **values: object) -> str:
        """Return an interface text; `{name}` in it is filled."""
        english = self.language == "en"
        return WORDS[key][english].format(**values) if values else _said(key, english)

    def refusal(self, error: Exception, en: str = "") -> Shown:
        """Show why something is refused, in the reader's language where the refusal has it."""
        sv, en = getattr(error, "sv", None), en or str(error)
        if self.language == "en":
            return Shown(en)
        return Shown(sv) if sv else Shown(en, "en")

    def number(self, value: float) -> str:
        """Write a number as the reader's language does."""
        return self.reader.number(value)

    def rows(self, many: int) -> str:
        """Say how many rows there are."""
        return self.say("panel_row") if many == 1 else self.say("panel_rows", n=self.number(many))

    def name(self, iri: str) -> Name:
        """Return what a thing is called."""
        return labels.name(self.snapshot, iri, self.language)

    def link(self, iri: str) -> str | None:
        """Return where an IRI leads: to our page of it, else to itself when it can be followed safely."""
        return labels.path(iri, self.base) or (iri if iri.lower().startswith(_ON_THE_WEB) else None)

    def thing(self, iri: str) -> Shown:
        """Show a thing by name, linked; a foreign term by its prefix, a foreign address by itself."""
        found = self.name(iri)
        known = found.own or labels.path(iri, self.base)
        language = found.language if found.language != self.language else None
        return Shown(found.text if known else labels.prefixed(iri), language, self.link(iri), iri)

    def linked(self, iri: str) -> Markup:
        """Show a term, a document or a source as `thing` does, as HTML; kept, as there are not many."""
        return self.snapshot.kept(("linked", iri, self.language), lambda: anchor(self.thing(iri)))

    def address(self, iri: str) -> Shown:
        """Show an address as it is spelt; what things' addresses begin with leads nowhere itself."""
        link = self.link(iri)
        return Shown(iri, link=None if str(link).startswith("/page/") and iri.endswith("/") else link)

    def cell(self, cell: Cell) -> Shown:
        """Show a term of an answer."""
        if isinstance(cell, NamedNode):
            return self.thing(cell.value)
        if isinstance(cell, Literal):
            return self._literal(cell)
        if isinstance(cell, Triple | BlankNode):
            return Shown(str(cell))
        return Shown("")

    def note(self, notes: Iterable[Literal]) -> Shown | None:
        """Show a note in the reader's language, else in the one that there is."""
        found = sorted(notes, key=lambda note: note.language != self.language)
        return self.cell(found[0]) if found else None

    def parts(self, iri: str, about: str = "") -> list[Shown]:
        """Show a thing; one without a name by what it ties together, less the page's own thing."""
        if self.name(iri).own:
            return [self.thing(iri)]
        cells = prefetch.parts(self.snapshot, iri)
        found = [
            self.cell(cell) for cell in cells if not (isinstance(cell, NamedNode) and cell.value == about)
        ]
        return [*found, Shown("→", link=self.link(iri), title=iri)] if found else [self.thing(iri)]

    def learn(self, iris: Iterable[str]) -> None:
        """Ask at once for the names of things that the page will show, and for the parts of the nameless."""
        wanted = dict.fromkeys(iris)
        labels.learn(self.snapshot, wanted)
        nameless = [iri for iri in wanted if labels.path(iri, self.base) and not self.name(iri).own]
        cells = prefetch.learn_parts(self.snapshot, nameless)
        labels.learn(self.snapshot, (cell.value for cell in cells if isinstance(cell, NamedNode)))

    def listed(self, text: str) -> list[Shown]:
        """Show the parts of a list column; evidence (`004:24 literal`) leads to its document."""
        return [self._place(part) for part in text.split(BETWEEN)]

    def sorted_values(self, values: Iterable[Value]) -> list[Value]:
        """Sort values by what they show: the reader's language first, numbers by size."""
        found = list(values)
        return sorted(found, key=self._order) if len(found) > 1 else found

    def numeric(self, rows: Rows) -> list[bool]:
        """Tell of each column whether it holds numbers, and nothing else."""
        found = []
        for at in range(len(rows.columns)):
            cells = [row[at] for row in rows.rows if row[at] is not None]
            found.append(bool(cells) and all(map(_is_number, cells)))
        return found

    def is_thing(self, cell: Cell) -> bool:
        """Tell whether a value is a thing."""
        return isinstance(cell, NamedNode)

    def word(self, table: str, iri: str) -> str:
        """Return the short word for a status, a kind of unknown or a level of evidence."""
        key = self.key(iri)
        words = {"status": STATUS, "unknown": UNKNOWN, "level": LEVEL}[table]
        return words[key][self.language == "en"] if key in words else self.name(iri).text

    def key(self, iri: str) -> str:
        """Return the key at the end of an IRI."""
        return iri.rpartition("/")[2]

    def fixed(self, value: float) -> str:
        """Write a score with two decimals."""
        return f"{value:.2f}".replace(".", "." if self.language == "en" else ",")

    def kinds(self, keys: str | None, names: Mapping[str, str]) -> str:
        """Return what the kinds of a node are called."""
        return ", ".join(names.get(key, key) for key in (keys or "").split("|") if key)

    def category(self, key: str) -> str:
        """Return the heading of a category of queries."""
        return CATEGORIES[key][self.language == "en"] if key in CATEGORIES else key

    def column(self, name: str) -> str:
        """Return the heading of a column of a catalogued answer."""
        return COLUMNS[name][self.language == "en"] if name in COLUMNS else name

    def columns(self, names: Iterable[str]) -> str:
        """Return the headings of some columns, one after the other."""
        found = map(self.column, names)
        return ", ".join(name if name[:2].isupper() else name[:1].lower() + name[1:] for name in found)

    def graph_title(self, key: str) -> str:
        """Return the name of a graph that comes from no source."""
        return GRAPHS[key][self.language == "en"] if key in GRAPHS else key

    def permalink(self, parameters: Mapping[str, str]) -> str:
        """Return this address with all parameters spelt out."""
        return f"{self.request.url.path}?{urlencode(parameters)}" if parameters else self.request.url.path

    def by_name(self, iris: Iterable[str]) -> list[str]:
        """Sort IRIs by what they are called, as Swedes sort; those called the same, by themselves."""
        return sorted(iris, key=lambda iri: (swedish(self.name(iri).text), iri))

    def here(self, **changes: str) -> str:
        """Return this address with some of its parameters changed."""
        given = self.request.query_params
        asked: dict[str, list[str]] = {key: given.getlist(key) for key in given if key != "lang"}
        asked |= {key: [value] for key, value in changes.items()}
        return f"{self.request.url.path}?{urlencode(asked, doseq=True)}" if asked else self.request.url.path

    def _order(self, value: Value) -> tuple[bool, float, tuple[str, str]]:
        shown = self.cell(value.cell)
        number = float(value.cell.value) if shown.number and isinstance(value.cell, Literal) else 0.0
        return shown.language is not None, number, swedish(shown.text)

    def _place(self, text: str) -> Shown:
        found = _EVIDENCE.fullmatch(text)
        if not found:
            return Shown(text)
        document, place, status = found.groups(default="")
        told = STATUS[status][self.language == "en"]
        return Shown(f"{document}{place} {told}", link=f"/page/document/{document}")

    def _literal(self, cell: Literal) -> Shown:
        if cell.datatype.value in _NUMBERS:
            try:
                whole = cell.datatype.value.endswith("integer") or "." not in cell.value
                return Shown(self.number(int(cell.value) if whole else float(cell.value)), number=True)
            except ValueError:
                return Shown(cell.value)
        if cell.datatype.value == DATE:
            return Shown(cell.value, date=True)
        if cell.datatype.value == DURATION:
            return Shown(words_duration.told(cell.value, self.language))
        language = cell.language if cell.language not in (None, self.language) else None
        return Shown(cell.value, language)


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, Literal) and cell.datatype.value in _NUMBERS


@cache
def _said(key: str, english: bool) -> str:
    return WORDS[key][english].format()


def anchor(shown: Shown) -> Markup:
    """Write a shown cell as HTML: escaped, linked, a day as such, and with its language when it differs."""
    if shown.date:
        return Markup("<time>{}</time>").format(shown.text)
    if not shown.link and not shown.language:
        return escape(shown.text)
    attributes = f' href="{escape(shown.link)}"' if shown.link else ""
    if shown.language:
        attributes += f' lang="{escape(shown.language)}"'
    if shown.link and shown.title:
        attributes += f' title="{escape(shown.title)}"'
    if shown.outside:
        attributes += ' rel="external"'
    text = escape(shown.text)
    if shown.link:
        return Markup(f"<a{attributes}>{text}</a>")  # noqa: S704  # all parts are escaped
    return Markup(f"<span{attributes}>{text}</span>")  # noqa: S704  # likewise
