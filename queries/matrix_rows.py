"""Read the rows of a matrix `.rq`: which regions, which areas, and what counts for which cell."""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from queries.errors import AskError

Row = Mapping[str, str | None]
Counting = Literal["auto", "full", "fractional"]
Ints = NDArray[np.intp]
Floats = NDArray[np.float64]
PROJECTS, DECLARATIONS = "projects", "declarations"
PERIODS = ((2000, 2006), (2007, 2013), (2014, 2020), (2021, 2027))  # of the EU's programmes


class MatrixError(AskError):
    """A matrix cannot be read."""


@dataclass(frozen=True)
class Region:
    """A row of a matrix."""

    id: str
    label: str


@dataclass(frozen=True)
class Area:
    """A column of a matrix; `group` is the wider field that it belongs to, where one is known."""

    id: str
    label: str
    group: str | None = None


@dataclass(frozen=True)
class Ties:
    """What the cells are made of: one tie says that a project (or a declaration) counts for a cell.

    `paid` is the EU's part of the value; NaN where rows have none.
    """

    thing: Ints
    region: Ints
    area: Ints
    value: Floats
    paid: Floats
    periods: tuple[str, ...]  # "" where the rows say no day

    def of_period(self, period: str) -> "Ties":
        """Return those of one period."""
        kept = np.array([each == period for each in self.periods], dtype=bool)
        return Ties(
            self.thing[kept],
            self.region[kept],
            self.area[kept],
            self.value[kept],
            self.paid[kept],
            tuple(each for each in self.periods if each == period),
        )


@dataclass(frozen=True)
class Gathered:
    """What rows say, each part sorted by id, whatever the order and the repetitions of the rows."""

    regions: tuple[Region, ...]
    areas: tuple[Area, ...]
    ties: Ties
    declared: frozenset[tuple[int, int]]
    unit: str
    counting: Literal["full", "fractional"]


@dataclass(frozen=True)
class _Part:
    thing: str
    value: float
    paid: float
    period: str


def gather(name: str, rows: Iterable[Row], counting: Counting = "auto") -> Gathered:
    """Gather rows; a row without an area only names a region, one that is `declared` makes no value.

    A part is what carries a value: a project, or a participation of it. Full counting gives its whole value
    to every cell that it stands in, fractional counting parts it equally among them; auto is full for
    projects and declarations, fractional for money, so that no crown is counted twice.
    """
    regions: dict[str, set[str]] = {}
    areas: dict[str, tuple[set[str], set[str]]] = {}
    parts: dict[str, _Part] = {}
    cells: dict[str, set[tuple[str, str]]] = {}
    declared: set[tuple[str, str]] = set()
    units: set[str] = set()
    for number, row in enumerate(rows, start=1):
        region, area = row.get("region"), row.get("area")
        if not region:
            raise MatrixError(
                f"Matrix {name!r}, row {number}: 'region' is not bound "
                f"(columns: {', '.join(sorted(row)) or 'none'}); every row must name a region."
            )
        _note(regions.setdefault(region, set()), row.get("regionLabel"))
        if not area:
            continue
        labels, groups = areas.setdefault(area, (set(), set()))
        _note(labels, row.get("areaLabel"))
        _note(groups, row.get("areaGroup"))
        if row.get("declared") == "true":
            declared.add((region, area))
            continue
        thing = row.get("thing") or f"row {number}"
        part = row.get("part") or thing
        units.add(row.get("unit") or PROJECTS)
        cells.setdefault(part, set()).add((region, area))
        parts[part] = _Part(
            thing,
            _number(name, number, "value", row.get("value"), 1.0),
            _number(name, number, "paid", row.get("paid"), math.nan),
            period(row.get("from")),
        )
    if len(units) > 1:
        raise MatrixError(
            f"Matrix {name!r} mixes units ({', '.join(sorted(units))}); sums of them would mean nothing: "
            "let the query return one."
        )
    unit = next(iter(units), PROJECTS)
    found = _as_counted(counting, unit)
    at = {key: place for place, key in enumerate(sorted(regions))}
    over = {key: place for place, key in enumerate(sorted(areas))}
    return Gathered(
        regions=tuple(Region(key, _label(key, regions[key])) for key in sorted(regions)),
        areas=tuple(
            Area(key, _label(key, areas[key][0]), min(areas[key][1], default=None)) for key in sorted(areas)
        ),
        ties=_ties(parts, cells, at, over, found),
        declared=frozenset((at[region], over[area]) for region, area in declared),
        unit=unit,
        counting=found,
    )


def period(day: str | None) -> str:
    """Return the programme period of a day, by its year.

    >>> period("2016-10-14"), period("2031"), period(None)
    ('2014-2020', '', '')
    """
    year = int(day[:4]) if day and re.match(r"[0-9]{4}", day, re.ASCII) else 0
    return next((f"{first}-{last}" for first, last in PERIODS if first <= year <= last), "")


def _as_counted(counting: Counting, unit: str) -> Literal["full", "fractional"]:
    if counting == "auto":
        return "full" if unit in (PROJECTS, DECLARATIONS) else "fractional"
    return counting


def _ties(
    parts: Mapping[str, _Part],
    cells: Mapping[str, set[tuple[str, str]]],
    at: Mapping[str, int],
    over: Mapping[str, int],
    counting: Literal["full", "fractional"],
) -> Ties:
    things = {key: place for place, key in enumerate(sorted({part.thing for part in parts.values()}))}
    found = [
        (parts[key], at[region], over[area], len(cells[key]) if counting == "fractional" else 1)
        for key in sorted(parts)
        for region, area in sorted(cells[key])
    ]
    return Ties(
        thing=np.array([things[part.thing] for part, *_ in found], dtype=np.intp),
        region=np.array([region for _, region, _, _ in found], dtype=np.intp),
        area=np.array([area for _, _, area, _ in found], dtype=np.intp),
        value=np.array([part.value / among for part, _, _, among in found], dtype=np.float64),
        paid=np.array([part.paid / among for part, _, _, among in found], dtype=np.float64),
        periods=tuple(part.period for part, *_ in found),
    )


def _note(found: set[str], value: str | None) -> None:
    if value:
        found.add(value)


def _label(key: str, found: set[str]) -> str:
    return min(found, default="") or re.split(r"[/#]", key.rstrip("/#"))[-1] or key


def _number(name: str, row: int, column: str, text: str | None, default: float) -> float:
    if not text:
        return default
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not 0 <= number < math.inf:
        raise MatrixError(
            f"Matrix {name!r}, row {row}: {column} is {text!r}; expected a number of at least 0."
        )
    return number
