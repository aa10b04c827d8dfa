"""Find the municipality that a point lies in, or just off the shore of.

A grid over the land knows for each cell which boundaries pass through it. A cell that none passes through
lies whole in one municipality or in none, and answers at once; in the others a ray is cast to the east
and the edges that it meets are counted (even-odd rule, so lakes and enclaves come out by themselves).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import cos, floor, hypot, radians

from loaders.geometry import Area

MARGIN = 0.025  # degrees of latitude, 2.8 km: how far off the shore a point may lie (why: lookups/PLACES.md)
_CELL = 0.1  # degrees
_SLACK = 1e-9  # a cell reaches this far beyond its sides, for the rounding of binary fractions
_WIDEST = MARGIN / cos(radians(70))  # the margin in degrees of longitude, where these are shortest

Edge = tuple[float, float, float, float]  # x and y of the lower end, x and y of the upper end


@dataclass(frozen=True, slots=True)
class _Outline:
    code: str
    edges: tuple[Edge, ...]
    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class _Cell:
    """Who has the cell whole, and of those whose boundary passes through it the edges that a ray may meet."""

    whole: str | None
    crossed: tuple[tuple[str, tuple[Edge, ...]], ...]


class Locator:
    """Find areas by points; of areas that overlap, the one with the lowest code is told."""

    def __init__(self, areas: Iterable[Area]) -> None:
        self._outlines: dict[tuple[int, int], list[_Outline]] = defaultdict(list)
        self._cells: dict[tuple[int, int], _Cell] = {}
        for area in sorted(areas, key=lambda each: each.code):
            self._enter(_outline(area))

    def inside(self, latitude: float, longitude: float) -> str | None:
        """Return the code of the area that the point lies in."""
        key = (floor(latitude / _CELL), floor(longitude / _CELL))
        cell = self._cells.get(key) or self._look(key)
        for code, edges in cell.crossed:
            if _odd(longitude, latitude, edges):
                return code
        return cell.whole

    def near(self, latitude: float, longitude: float) -> str | None:
        """Return the code of the area whose boundary is nearest, if it is nearer than the margin."""
        key = (floor(latitude / _CELL), floor(longitude / _CELL))
        scale = cos(radians(latitude))
        best, found = MARGIN, None
        for outline in self._outlines.get(key, ()):
            distance = min(_distance(longitude, latitude, edge, scale) for edge in outline.edges)
            if distance < best:
                best, found = distance, outline.code
        return found

    def _enter(self, outline: _Outline) -> None:
        """Note an outline in every cell that it may matter to, the margin around it included."""
        for row in range(
            floor((outline.south - MARGIN) / _CELL), floor((outline.north + MARGIN) / _CELL) + 1
        ):
            west, east = outline.west - _WIDEST, outline.east + _WIDEST
            for column in range(floor(west / _CELL), floor(east / _CELL) + 1):
                self._outlines[row, column].append(outline)

    def _look(self, key: tuple[int, int]) -> _Cell:
        """Find out who has a cell, and keep it; cells far from all land are not kept."""
        if key not in self._outlines:
            return _Cell(None, ())
        south, west = key[0] * _CELL - _SLACK, key[1] * _CELL - _SLACK
        north, east = south + _CELL + 2 * _SLACK, west + _CELL + 2 * _SLACK
        whole, crossed = None, []
        for outline in self._outlines[key]:
            ahead = tuple(
                e for e in outline.edges if e[1] <= north and e[3] >= south and max(e[0], e[2]) >= west
            )
            if any(min(edge[0], edge[2]) <= east for edge in ahead):
                crossed.append((outline.code, ahead))
            elif whole is None and _odd((west + east) / 2, (south + north) / 2, outline.edges):
                whole = outline.code
        return self._cells.setdefault(key, _Cell(whole, tuple(crossed)))


def _outline(area: Area) -> _Outline:
    edges = tuple(
        (*a, *b) if a[1] <= b[1] else (*b, *a)  # one direction, so that neighbours reckon alike
        for polygon in area.polygons
        for ring in polygon
        for a, b in pairwise(ring)
    )
    xs = [x for edge in edges for x in (edge[0], edge[2])]
    return _Outline(area.code, edges, min(xs), min(e[1] for e in edges), max(xs), max(e[3] for e in edges))


def _odd(x: float, y: float, edges: tuple[Edge, ...]) -> bool:
    """Tell whether a ray from the point to the east meets an odd number of edges."""
    odd = False
    for x1, y1, x2, y2 in edges:
        if y1 <= y < y2 and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            odd = not odd
    return odd


def _distance(x: float, y: float, edge: Edge, scale: float) -> float:
    """Return how far a point is from an edge in degrees of latitude; `scale` shortens those of longitude."""
    ax, ay = (edge[0] - x) * scale, edge[1] - y
    dx, dy = (edge[2] - edge[0]) * scale, edge[3] - edge[1]
    length = dx * dx + dy * dy
    along = min(1.0, max(0.0, -(ax * dx + ay * dy) / length)) if length else 0.0
    return hypot(ax + along * dx, ay + along * dy)
