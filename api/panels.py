"""The panels of a thing's page: each a query asked about the thing, cut to what a page can show.

What a page shows of a panel: some rows, how many there are, and the longest bar. `api.panels_kept` keeps it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final
from urllib.parse import quote_plus, urlencode

from pyoxigraph import Literal, NamedNode

from api.query_api import MOST
from graph.asked import Asked, Cell, Rows
from queries import catalogue, panels
from queries.answer import Answer, bind
from queries.catalogue import Query
from queries.panels import PARAMETER, Panel

SHOWN: Final = 12  # rows of a panel; the whole is one link away
UNKNOWN: Final = frozenset(  # what a thing should have: an empty cell of these is said to be unknown
    ("amount", "decided", "end", "euAmount", "lead", "start", "total", "validFrom", "validUntil", "year")
)
_SOMETHING: Final = "https://thing.invalid/"
_LABEL: Final = "Label"  # a name in one language, which the page tells in the reader's


@dataclass(frozen=True)
class Shown:
    """A panel as a page shows it: its first rows, how many there are, the columns, the bars."""

    query: Query
    thing: str
    rows: Rows
    total: int
    unstated: tuple[str, ...]
    bars: str | None
    most: float

    @property
    def unknown(self) -> frozenset[str]:
        """The columns in which an empty cell is something unknown."""
        return UNKNOWN

    @property
    def text(self) -> str:
        """The query with the thing in its place."""
        before, after = _around(self.query.name)
        return f"{before}{self.thing}{after}"

    @property
    def page(self) -> str:
        """The address of the page of the query about this thing."""
        return f"/queries/{self.query.name}?{PARAMETER}={_quoted(self.thing)}"

    @property
    def file(self) -> str:
        """The address of the whole answer as CSV."""
        return f"/api/queries/{self.query.name}?{PARAMETER}={_quoted(self.thing)}&limit={MOST}&format=csv"

    @property
    def editor(self) -> str:
        """The address of the editor with the query in it, less its header."""
        before, after = _edited(self.query.name)
        return f"{before}{_quoted(self.thing)}{after}"

    def width(self, row: tuple[Cell, ...]) -> float:
        """Return how long the bar of a row is, of a hundred."""
        value = _number(row[self.rows.columns.index(self.bars or "")])
        return round(100 * value / self.most, 1) if self.most else 0.0


_quoted = lru_cache(256)(quote_plus)  # of a thing in the addresses of all its panels


@cache
def _around(name: str) -> tuple[str, str]:
    """Return a panel's query before and after the thing."""
    before, _, after = bind(catalogue.query(name), {PARAMETER: _SOMETHING})[1].partition(_SOMETHING)
    return before, after


@cache
def _edited(name: str) -> tuple[str, str]:
    """Return the address of the editor with a panel's query in it, before and after the thing."""
    body = _SOMETHING.join(_around(name)).partition("\n\n")[2]
    before, _, after = f"/sparql?{urlencode({'query': body})}".partition(quote_plus(_SOMETHING))
    return before, after


def made(store: Asked, iri: str, classes: Sequence[str]) -> tuple[Shown, ...]:
    """Return the panels of a thing of some classes, without rows too where some are expected."""
    return cut(panels.answers(store, panels.of(classes), iri), iri, classes)


def cut(found: Iterable[tuple[Panel, Answer]], iri: str, classes: Sequence[str]) -> tuple[Shown, ...]:
    """Return of the answers about a thing what its page shows."""
    return tuple(
        _shown(panel, answer, iri)
        for panel, answer in found
        if answer.rows.rows or panel.expected & set(classes)
    )


def iris(found: tuple[Shown, ...]) -> Iterator[str]:
    """Yield the things that the panels name."""
    for each in found:
        yield from (cell.value for row in each.rows.rows for cell in row if isinstance(cell, NamedNode))


def _shown(panel: Panel, answer: Answer, iri: str) -> Shown:
    """Cut an answer: the first rows, without names that the page tells itself, without empty columns."""
    columns, every = answer.rows.columns, answer.rows.rows
    first = every[:SHOWN]
    kept = [
        place
        for place, name in enumerate(columns)
        if not (name.endswith(_LABEL) and name.removesuffix(_LABEL) in columns)
        and any(row[place] is not None for row in (every if name in UNKNOWN else first))
    ]
    unstated = tuple(
        name
        for place, name in enumerate(columns)
        if name in UNKNOWN and all(row[place] is None for row in every)
    )
    rows = Rows(
        tuple(columns[place] for place in kept), tuple(tuple(row[place] for place in kept) for row in first)
    )
    most = max((_number(row[columns.index(panel.bars)]) for row in every), default=0.0) if panel.bars else 0.0
    return Shown(panel.query, iri, rows, len(every), unstated, panel.bars, most)


def _number(cell: Cell) -> float:
    try:
        return float(cell.value) if isinstance(cell, Literal) else 0.0
    except ValueError:
        return 0.0
