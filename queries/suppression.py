"""Hide what rests on too few cases, and count what was hidden."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from queries.errors import ParameterError
from queries.measure import Cell, Note, Table

LEAST: Final = 5


@dataclass(frozen=True)
class Suppressed:
    """A table with cells hidden (None), and how many they were."""

    table: Table
    hidden: int
    notes: tuple[Note, ...]


def suppress(table: Table, cells: Iterable[str], least: int = LEAST, total: str | None = None) -> Suppressed:
    """Hide the counts from 1 to `least` - 1 in some columns; 0 tells of nobody and stays.

    Where a column holds the `total` of a row and only one of its cells is hidden, the total would give it
    away: then the total is hidden as well.

    Reference: Hundepool et al. (2012), Statistical Disclosure Control, Wiley, chapter 4.

    >>> seen = Table("x", "x", "x", ("area", "c", "d", "all"), (("a", 2, 9, 11), ("b", 0, 7, 7)))
    >>> found = suppress(seen, ["c", "d"], total="all")
    >>> found.table.rows, found.hidden
    ((('a', None, 9, None), ('b', 0, 7, 7)), 2)
    """
    columns = [_column(table, name) for name in cells]
    sums = None if total is None else _column(table, total)
    rows, hidden = [], 0
    for row in table.rows:
        small = [at for at in columns if _few(row[at], least)]
        if sums is not None and len(small) == 1 and len(columns) > 1:
            small.append(sums)
        hidden += len(small)
        rows.append(_without(row, small))
    return _told(table, rows, hidden, least)


def suppress_rows(table: Table, count: str, least: int = LEAST) -> Suppressed:
    """Hide all numbers of the rows that rest on fewer than `least` cases, said in the column `count`.

    >>> seen = Table("x", "x", "x", ("area", "n", "mean"), (("a", 2, 0.5), ("b", 8, 0.25)))
    >>> suppress_rows(seen, "n").table.rows
    (('a', None, None), ('b', 8, 0.25))
    """
    at = _column(table, count)
    rows, hidden = [], 0
    for row in table.rows:
        numbers = [n for n, cell in enumerate(row) if isinstance(cell, int | float)]
        small = numbers if _few(row[at], least) else []
        hidden += len(small)
        rows.append(_without(row, small))
    return _told(table, rows, hidden, least)


def _column(table: Table, name: str) -> int:
    if name not in table.header:
        raise ParameterError(
            f"Table {table.name!r} has no column {name!r}; it has {', '.join(table.header)}."
        )
    return table.header.index(name)


def _few(cell: Cell, least: int) -> bool:
    return isinstance(cell, int | float) and 0 < abs(cell) < least


def _without(row: tuple[Cell, ...], hidden: list[int]) -> tuple[Cell, ...]:
    return tuple(None if at in hidden else cell for at, cell in enumerate(row))


def _told(table: Table, rows: list[tuple[Cell, ...]], hidden: int, least: int) -> Suppressed:
    notes = (
        Note(
            f"{hidden} {'dold cell' if hidden == 1 else 'dolda celler'}: färre än {least} ligger bakom.",
            f"{hidden} {'cell is' if hidden == 1 else 'cells are'} hidden: they rest on fewer than {least}.",
        ),
    )
    return Suppressed(replace(table, rows=tuple(rows)), hidden, notes if hidden else ())
