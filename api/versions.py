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
