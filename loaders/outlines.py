"""Make the outlines of a map of boundaries: projected, cut into the arcs that neighbours share, simplified.

What comes out is TopoJSON. An arc stands there once, so that neighbours cannot drift apart; counties are made
of the same arcs as their municipalities. Coordinates are SWEREF 99 TM on a grid of whole steps.
"""

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from loaders.errors import LayoutError
from loaders.geometry import Area, Point

GRID = 100  # metres a step
LEAST = 40  # steps², 0.4 km²: a corner whose triangle is smaller is left out

Step = tuple[int, int]  # east and north on the grid
Line = tuple[Step, ...]

# SWEREF 99 TM: Gauss-Krüger on GRS 80, with the formulas that Lantmäteriet publishes
_AXIS, _FLATTENING, _MERIDIAN, _SCALE, _EAST = (
    6378137.0,
    1 / 298.257222101,
    math.radians(15),
    0.9996,
    500000.0,
)


@dataclass(frozen=True)
class Outlines:
    """Arcs, and for each territory of a layer its polygons as rings of arc numbers (`~n` is n backwards)."""

    arcs: tuple[Line, ...]
    origin: Step  # metres east and north where the grid begins
    layers: Mapping[str, Mapping[str, list[list[list[int]]]]]

    def ring(self, numbers: Iterable[int]) -> Line:
        """Return the corners of a ring, its start once."""
        return tuple(
            point
            for number in numbers
            for point in (self.arcs[number] if number >= 0 else self.arcs[~number][::-1])[:-1]
        )

    def topojson(self) -> dict[str, object]:
        """Return them as TopoJSON: counties and municipalities by SCB code, each with a point well inside."""
        return {
            "type": "Topology",
            "transform": {"scale": [GRID, GRID], "translate": list(self.origin)},
            "objects": {name: self._layer(layer) for name, layer in self.layers.items()},
            "arcs": [[list(step) for step in _steps(arc)] for arc in self.arcs],
        }

    def _layer(self, layer: Mapping[str, list[list[list[int]]]]) -> dict[str, object]:
        made = [
            {
                "type": "MultiPolygon",
                "id": code,
                "properties": {"inner": list(self._inner(polygons))},
                "arcs": polygons,
            }
            for code, polygons in sorted(layer.items())
        ]
        return {"type": "GeometryCollection", "geometries": made}

    def _inner(self, polygons: list[list[list[int]]]) -> Step:
        largest = max(polygons, key=lambda polygon: abs(area(self.ring(polygon[0]))))
        return inner([self.ring(ring) for ring in largest])


def outlines(layers: Mapping[str, Iterable[Area]], least: float = LEAST) -> Outlines:
    """Return the outlines of layers whose borders have the same corners, such as SCB's."""
    rings = {
        (name, each.code): [[list(ring[:-1]) for ring in polygon] for polygon in each.polygons]
        for name, areas in layers.items()
        for each in areas
    }
    nodes = _nodes(rings)
    numbers: dict[tuple[Point, ...], int] = {}
    cut: dict[str, dict[str, list[list[list[int]]]]] = {name: {} for name in layers}
    for (name, code), polygons in rings.items():
        cut[name][code] = [
            [[_number(piece, numbers) for piece in _pieces(ring, nodes)] for ring in polygon]
            for polygon in polygons
        ]
    east, north = zip(*(sweref(*point) for arc in numbers for point in arc), strict=True)
    origin = math.floor(min(east) / 1000) * 1000, math.floor(min(north) / 1000) * 1000
    found = Outlines(tuple(_simple(_on_grid(arc, origin), least) for arc in numbers), origin, cut)
    _hold(found)
    return found


def sweref(longitude: float, latitude: float) -> tuple[float, float]:
    """Return metres east and north in SWEREF 99 TM.

    >>> [round(part) for part in sweref(15.0, 60.0)]
    [500000, 6651411]
    """
    f = _FLATTENING
    e2, n = f * (2 - f), f / (2 - f)
    phi, lam = math.radians(latitude), math.radians(longitude) - _MERIDIAN
    sine = math.sin(phi)
    chi = math.atanh(sine) - math.sqrt(e2) * math.atanh(math.sqrt(e2) * sine)  # isometric latitude
    xi, eta = (
        math.atan2(math.sinh(chi), math.cos(lam)),
        math.asinh(math.sin(lam) / math.hypot(math.sinh(chi), math.cos(lam))),
    )
    radius = _AXIS / (1 + n) * (1 + n**2 / 4 + n**4 / 64)
    terms = (
        n / 2 - 2 / 3 * n**2 + 5 / 16 * n**3,
        13 / 48 * n**2 - 3 / 5 * n**3,
        61 / 240 * n**3,
    )
    x, y = xi, eta
    for k, beta in enumerate(terms, start=1):
        x += beta * math.sin(2 * k * xi) * math.cosh(2 * k * eta)
        y += beta * math.cos(2 * k * xi) * math.sinh(2 * k * eta)
    return _SCALE * radius * y + _EAST, _SCALE * radius * x


def area(ring: Sequence[Step]) -> float:
    """Return the area of a ring in steps², negative when it runs clockwise."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, (*ring[1:], ring[0]), strict=True)) / 2


def inner(rings: Sequence[Sequence[Step]]) -> Step:
    """Return a point well inside a polygon: of the middles of its spans, the one farthest from any border."""
    low, high = min(y for _, y in rings[0]), max(y for _, y in rings[0])
    edges = [edge for ring in rings for edge in zip(ring, (*ring[1:], ring[0]), strict=True)]
    best, far = rings[0][0], -1.0
    for part in range(1, 32):
        y = low + (high - low) * part / 32 + 0.01  # between the whole steps, so that no corner is hit
        across = sorted(
            a[0] + (y - a[1]) * (b[0] - a[0]) / (b[1] - a[1]) for a, b in edges if (a[1] > y) != (b[1] > y)
        )
        for left, right in zip(across[::2], across[1::2], strict=True):
            middle = (left + right) / 2, y
            distance = min(_distance(middle, a, b) for a, b in edges)
            if distance > far:
                best, far = (round(middle[0]), round(y)), distance
    return best


def _distance(point: tuple[float, float], a: Step, b: Step) -> float:
    """Return how far a point is from a line between two others."""
    along = (b[0] - a[0], b[1] - a[1])
    length = along[0] ** 2 + along[1] ** 2
    part = ((point[0] - a[0]) * along[0] + (point[1] - a[1]) * along[1]) / length if length else 0.0
    part = min(1.0, max(0.0, part))
    return math.hypot(point[0] - a[0] - part * along[0], point[1] - a[1] - part * along[1])


def _nodes(rings: Mapping[tuple[str, str], list[list[list[Point]]]]) -> set[Point]:
    """Return the points where arcs end: where the territories beside a border change."""
    owners: dict[frozenset[Point], set[tuple[str, str]]] = defaultdict(set)
    around: dict[Point, set[frozenset[Point]]] = defaultdict(set)
    for owner, polygons in rings.items():
        for ring in (ring for polygon in polygons for ring in polygon):
            for a, b in zip(ring, (*ring[1:], ring[0]), strict=True):
                edge = frozenset((a, b))
                owners[edge].add(owner)
                around[a].add(edge)
                around[b].add(edge)
    return {
        point
        for point, edges in around.items()
        if len(edges) != 2 or len({frozenset(owners[edge]) for edge in edges}) > 1
    }


def _pieces(ring: list[Point], nodes: set[Point]) -> Iterator[tuple[Point, ...]]:
    """Cut a ring at its nodes; one without nodes stays whole and begins at its least point."""
    at = [place for place, point in enumerate(ring) if point in nodes] or [ring.index(min(ring))]
    turned = [*ring[at[0] :], *ring[: at[0]], ring[at[0]]]
    ends = [*(place - at[0] for place in at), len(ring)]
    for start, end in itertools.pairwise(ends):
        yield tuple(turned[start : end + 1])


def _number(piece: tuple[Point, ...], numbers: dict[tuple[Point, ...], int]) -> int:
    """Return the number of an arc, the complement when it stands the other way round; a new one is added."""
    if (back := numbers.get(piece[::-1])) is not None and piece != piece[::-1]:
        return ~back
    return numbers.setdefault(piece, len(numbers))


def _on_grid(arc: Iterable[Point], origin: Step) -> list[Step]:
    found: list[Step] = []
    for point in arc:
        east, north = sweref(*point)
        step = round((east - origin[0]) / GRID), round((north - origin[1]) / GRID)
        if not found or step != found[-1]:
            found.append(step)
    return found if len(found) > 1 else [*found, *found]


def _simple(line: list[Step], least: float) -> Line:
    """Leave out the corners that make the smallest triangles (Visvalingam and Whyatt 1993); the ends stay.

    One corner between the ends stays too, two of a closed arc, so that no territory is lost.
    """
    kept = list(line)
    fewest = 4 if line[0] == line[-1] else 3
    while len(kept) > fewest:
        sizes = [abs(area(kept[at - 1 : at + 2])) for at in range(1, len(kept) - 1)]
        smallest = min(sizes)
        if smallest >= least:
            break
        del kept[sizes.index(smallest) + 1]
    return tuple(kept)


def _hold(found: Outlines) -> None:
    """Raise LayoutError when a territory has lost a ring or a border crosses itself."""
    for name, layer in found.layers.items():
        for code, polygons in layer.items():
            for ring in (found.ring(ring) for polygon in polygons for ring in polygon):
                if len(set(ring)) < 3 or not area(ring):
                    raise LayoutError(
                        f"{name} {code}: a ring vanishes when simplified; give a smaller `least`."
                    )
                if crossing := _crossing(ring):
                    raise LayoutError(
                        f"{name} {code}: the border crosses itself at {crossing} when simplified; "
                        "give a smaller `least`."
                    )


def _crossing(ring: Line) -> Step | None:
    """Return where two edges of a ring cross."""
    edges = list(zip(ring, (*ring[1:], ring[0]), strict=True))
    for at, (a, b) in enumerate(edges):
        for c, d in edges[at + 2 :]:
            if len({a, b, c, d}) == 4 and _side(a, b, c) * _side(a, b, d) < 0 > _side(c, d, a) * _side(
                c, d, b
            ):
                return a
    return None


def _side(a: Step, b: Step, c: Step) -> int:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _steps(arc: Line) -> Iterator[Step]:
    """Yield the start of an arc, then how far each corner is from the one before."""
    yield arc[0]
    for (x0, y0), (x, y) in itertools.pairwise(arc):
        yield x - x0, y - y0
