"""The cells of an answer as plain lists, for JSON, and back again as they were."""

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from graph.asked import Cell, Rows

Packed = list[list[list[str] | None]]


class Other(Exception):
    """A cell is neither an IRI nor a plain literal, and would not be the same when it is read again."""


def packed(rows: Rows) -> Packed:
    """Return the cells of rows as lists of texts; raise `Other` where that cannot be."""
    return [[_packed(cell) for cell in row] for row in rows.rows]


def rows(columns: Iterable[str], cells: Packed) -> Rows:
    """Return what was packed."""
    return Rows(tuple(columns), tuple(tuple(_cell(cell) for cell in row) for row in cells))


def _packed(cell: Cell) -> list[str] | None:
    """Return an IRI as one text, a literal as two, or as three where it has a language."""
    if cell is None:
        return None
    if isinstance(cell, NamedNode):
        return [cell.value]
    if not isinstance(cell, Literal) or getattr(cell, "direction", None):
        raise Other
    return [cell.value, cell.datatype.value] if cell.language is None else [cell.value, "", cell.language]


def _cell(packed: list[str] | None) -> Cell:
    if packed is None:
        return None
    if len(packed) == 1:
        return NamedNode(packed[0])
    if len(packed) == 2:
        return Literal(packed[0], datatype=NamedNode(packed[1]))
    return Literal(packed[0], language=packed[2])
