"""The outlines of counties and municipalities as shapes of an SVG, read once from the bundled TopoJSON."""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).parent / "outlines" / "sweden.json"
_MARGIN: Final = 0.03  # of the larger side of what is shown

Corner = tuple[int, int]
Ring = tuple[Corner, ...]


@dataclass(frozen=True)
class Box:
    """A part of the map: its left upper corner, width and height, in hundreds of metres."""

    left: int
    top: int
    width: int
    height: int

    @property
    def text(self) -> str:
        """The box as a viewBox."""
        return f"{self.left} {self.top} {self.width} {self.height}"

    @property
    def unit(self) -> float:
        """A hundredth of the mean side: what letters and points are measured by."""
        return math.sqrt(self.width * self.height) / 100

    def meets(self, other: "Box") -> bool:
        """Tell whether two boxes have something in common."""
        return (
            self.left < other.left + other.width
            and other.left < self.left + self.width
            and self.top < other.top + other.height
            and other.top < self.top + self.height
        )


@dataclass(frozen=True)
class Shape:
    """The outline of a territory: its SCB code, its path, the box around it and a point well inside."""

    code: str
    path: str
    box: Box
    inner: Corner


@cache
def counties() -> dict[str, Shape]:
    """Return the outlines of the counties by their SCB codes."""
    return _layer("counties")


@cache
def municipalities() -> dict[str, Shape]:
    """Return the outlines of the municipalities by their SCB codes."""
    return _layer("municipalities")


def around(shapes: Iterable[Shape]) -> Box:
    """Return the box around shapes, with a margin."""
    boxes = [shape.box for shape in shapes]
    left, top = min(box.left for box in boxes), min(box.top for box in boxes)
    width = max(box.left + box.width for box in boxes) - left
    height = max(box.top + box.height for box in boxes) - top
    margin = round(_MARGIN * max(width, height))
    return Box(left - margin, top - margin, width + 2 * margin, height + 2 * margin)


def curve(start: Corner, end: Corner) -> str:
    """Return the path of a line between two points that bends a little, so that none hides another."""
    (x, y), (u, v) = start, end
    bend = round((x + u) / 2 - (v - y) / 8), round((y + v) / 2 + (u - x) / 8)
    return f"M{x} {y}Q{bend[0]} {bend[1]} {u} {v}"


@cache
def _document() -> tuple[dict[str, dict[str, list[dict[str, object]]]], list[Ring], int]:
    """Return the layers, the arcs with north upwards, and how high the map is."""
    document = json.loads(FILE.read_text("utf-8"))
    arcs = [list(accumulate(map(tuple, arc), _add)) for arc in document["arcs"]]
    high = max(y for arc in arcs for _, y in arc)
    return document["objects"], [tuple((x, high - y) for x, y in arc) for arc in arcs], high


def _add(at: Corner, step: Corner) -> Corner:
    return at[0] + step[0], at[1] + step[1]


def _layer(name: str) -> dict[str, Shape]:
    layers, arcs, high = _document()
    return {str(each["id"]): _shape(each, arcs, high) for each in layers[name]["geometries"]}


def _shape(each: dict[str, object], arcs: Sequence[Ring], high: int) -> Shape:
    polygons, properties = each["arcs"], each["properties"]
    assert isinstance(polygons, list) and isinstance(properties, dict)  # noqa: S101  # our own file
    rings = [_ring(numbers, arcs) for polygon in polygons for numbers in polygon]
    corners = [corner for ring in rings for corner in ring]
    left, top = min(x for x, _ in corners), min(y for _, y in corners)
    box = Box(left, top, max(x for x, _ in corners) - left, max(y for _, y in corners) - top)
    x, y = properties["inner"]
    return Shape(str(each["id"]), "".join(map(_path, rings)), box, (x, high - y))


def _ring(numbers: Iterable[int], arcs: Sequence[Ring]) -> Ring:
    return tuple(corner for at in numbers for corner in (arcs[at] if at >= 0 else arcs[~at][::-1])[:-1])


def _path(ring: Ring) -> str:
    steps = " ".join(f"{u - x} {v - y}" for (x, y), (u, v) in pairwise(ring))
    return f"M{ring[0][0]} {ring[0][1]}l{steps}z"
