"""Gather the versions of a thing in time: the chain of what it replaced and what replaced it."""

from dataclasses import dataclass
from itertools import groupby

from graph.asked import Asked, Cell, shown
from queries.answer import ask
from queries.catalogue import query


@dataclass(frozen=True)
class Version:
    """A version in a chain: since when and until when it holds, as far as known, and who says so."""

    iri: str
    first: str | None
    last: str | None
    documents: tuple[str, ...]


def read(store: Asked, iri: str) -> tuple[Version, ...]:
    """Return all versions of a thing from the oldest to the newest; none where it stands alone."""
    rows = ask(store, query("thing-versions"), {"thing": iri}).rows.rows
    return tuple(_version(list(found)) for _, found in groupby(rows, key=lambda row: row[0]))


def _version(rows: list[tuple[Cell, ...]]) -> Version:
    version, _, first, last, _ = rows[0]
    documents = dict.fromkeys(text for row in rows if (text := _text(row[4])) is not None)
    return Version(_text(version) or "", _text(first), _text(last), tuple(documents))


def _text(cell: Cell) -> str | None:
    return None if cell is None else shown(cell)


@dataclass(frozen=True)
class Span:
    """A version on the line: where it begins, how long it is of a hundred, whether both ends are known."""

    start: float
    length: float
    known: bool


@dataclass(frozen=True)
class Line:
    """The years that a time line runs from and to, and the span of each version."""

    first: int
    last: int
    spans: tuple[Span, ...]


def line(versions: tuple[Version, ...]) -> Line | None:
    """Draw versions on one line of years, unknown ends to its edges; None where no year is known."""
    years = [year for each in versions for year in (_year(each.first), _year(each.last)) if year is not None]
    if not years:
        return None
    first, last = min(years), max(years)
    if any(each.first is None for each in versions):
        first -= 1  # room for what began some time before
    if any(each.last is None for each in versions):
        last += 1
    return Line(first, last, tuple(_span(each, first, last) for each in versions))


def _span(version: Version, first: int, last: int) -> Span:
    start, end = _year(version.first), _year(version.last)
    begin, until = (first if start is None else start), (last if end is None else end) + 1
    scale = 100 / (last + 1 - first)
    known = start is not None and end is not None
    return Span(round((begin - first) * scale, 1), round(max(until - begin, 0) * scale, 1), known)


def _year(text: str | None) -> int | None:
    return int(text[:4]) if text is not None and text[:4].isdigit() else None
