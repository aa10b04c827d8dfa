"""Tests of the bundled outlines: every territory has one, borders are shared, nothing crosses or is lost."""

import csv
import json
from collections import Counter
from pathlib import Path

import pytest

from api import map_shapes
from api.map_shapes import FILE, Box, around, curve
from loaders.outlines import area

SWEDEN = Path(__file__).parents[2] / "loaders" / "snapshots" / "sweden"
DOCUMENT = json.loads(FILE.read_text("utf-8"))
SLIVERS = 14  # edges of SCB's municipalities inside a county that belong to one municipality only


def codes(name: str) -> list[str]:
    with (SWEDEN / name).open(encoding="utf-8", newline="") as file:
        return sorted(row["scb_code"] for row in csv.DictReader(file))


def arcs(layer: str) -> dict[str, Counter[int]]:
    """Return how often each territory uses each arc."""
    return {
        each["id"]: Counter(
            number if number >= 0 else ~number
            for polygon in each["arcs"]
            for ring in polygon
            for number in ring
        )
        for each in DOCUMENT["objects"][layer]["geometries"]
    }


def test_every_territory_of_the_bundled_data_has_an_outline() -> None:
    assert sorted(map_shapes.counties()) == codes("counties.csv")
    assert sorted(map_shapes.municipalities()) == codes("municipalities.csv")


@pytest.mark.parametrize("layer", ["counties", "municipalities"])
def test_an_arc_is_used_by_two_neighbours_or_is_an_outer_border(layer: str) -> None:
    used = Counter(number for found in arcs(layer).values() for number in found.elements())
    assert set(used.values()) == {1, 2}
    assert all(set(found.values()) == {1} for found in arcs(layer).values()), "none meets itself"
    assert Counter(used.values())[2] > (40 if layer == "counties" else 600)


def test_an_arc_between_two_is_walked_once_each_way() -> None:
    for layer in ("counties", "municipalities"):
        walked = [
            number
            for each in DOCUMENT["objects"][layer]["geometries"]
            for polygon in each["arcs"]
            for ring in polygon
            for number in ring
        ]
        assert len(set(walked)) == len(walked)


def test_a_county_is_what_its_municipalities_do_not_share() -> None:
    counties, municipalities = arcs("counties"), arcs("municipalities")
    slivers: set[int] = set()
    for code, found in counties.items():
        used = Counter(
            number
            for each, own in municipalities.items()
            if each.startswith(code)
            for number in own.elements()
        )
        outer = {number for number, times in used.items() if times == 1}
        assert set(found) <= outer
        slivers |= outer - set(found)
    assert sum(len(DOCUMENT["arcs"][number]) - 1 for number in slivers) == SLIVERS


def test_no_arc_is_left_over() -> None:
    used = {
        number for layer in ("counties", "municipalities") for each in arcs(layer).values() for number in each
    }
    assert used == set(range(len(DOCUMENT["arcs"])))


@pytest.mark.parametrize("name", ["counties", "municipalities"])
def test_a_shape_has_its_point_inside_and_a_box_around(name: str) -> None:
    for shape in getattr(map_shapes, name)().values():
        assert shape.box.width > 10 and shape.box.height > 10
        assert _holds(rings(shape.path), shape.inner), shape.code
        assert all(
            shape.box.left <= x <= shape.box.left + shape.box.width
            and shape.box.top <= y <= shape.box.top + shape.box.height
            for ring in rings(shape.path)
            for x, y in ring
        )


def test_areas_are_those_of_the_country() -> None:
    size = {code: abs(sum(area(ring) for ring in rings(each.path))) / 100 for code, each in _counties()}
    assert sum(size.values()) == pytest.approx(
        438_000, rel=0.05
    )  # km²: 407,000 of land, and lakes that are no holes
    assert size["25"] > size["24"] > size["23"] > size["14"] > size["10"]


def _counties() -> list[tuple[str, map_shapes.Shape]]:
    return list(map_shapes.counties().items())


def test_north_is_up_and_east_is_right() -> None:
    at = {code: shape.inner for code, shape in map_shapes.counties().items()}
    assert at["25"][1] < at["01"][1] < at["12"][1]
    assert at["14"][0] < at["05"][0] < at["09"][0]


def test_the_outlines_are_small() -> None:
    assert sum(len(shape.path) for shape in map_shapes.counties().values()) < 30_000
    assert sum(len(shape.path) for shape in map_shapes.municipalities().values()) < 70_000
    assert FILE.stat().st_size < 100_000


def test_boxes_meet_and_go_around() -> None:
    assert Box(0, 0, 10, 10).meets(Box(9, 9, 5, 5)) and not Box(0, 0, 10, 10).meets(Box(10, 0, 5, 5))
    whole = around(map_shapes.counties().values())
    assert all(whole.meets(shape.box) for shape in map_shapes.municipalities().values())


def test_a_line_bends_the_other_way_when_it_comes_back() -> None:
    assert curve((0, 0), (80, 0)) == "M0 0Q40 10 80 0"
    assert curve((80, 0), (0, 0)) == "M80 0Q40 -10 0 0"


def rings(path: str) -> list[tuple[tuple[int, int], ...]]:
    """Return the corners of the rings of a path."""
    found = []
    for part in path.split("z")[:-1]:
        start, _, steps = part.removeprefix("M").partition("l")
        x, y = map(int, start.split())
        corners = [(x, y)]
        numbers = list(map(int, steps.split()))
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            corners.append((x, y))
        found.append(tuple(corners))
    return found


def _holds(found: list[tuple[tuple[int, int], ...]], point: tuple[int, int]) -> bool:
    x, y = point[0] + 0.01, point[1] + 0.013
    crossed = 0
    for ring in found:
        for (ax, ay), (bx, by) in zip(ring, (*ring[1:], ring[0]), strict=True):
            crossed += (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay)
    return crossed % 2 == 1
