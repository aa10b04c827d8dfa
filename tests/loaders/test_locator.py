"""Tests of loaders.locator on shapes whose answers can be seen with the eye."""

import random
from itertools import pairwise
from math import cos, radians

import pytest

from loaders.geometry import Area, Ring
from loaders.locator import MARGIN, Locator


def _box(west: float, south: float, east: float, north: float) -> Ring:
    return ((west, south), (east, south), (east, north), (west, north), (west, south))


def _area(code: str, *rings: Ring) -> Area:
    return Area(code, code, (rings,))


LEFT = _area("left", _box(15, 60, 16, 61), _box(15.3, 60.3, 15.7, 60.7))  # with a lake
LAKE = _area("isle", _box(15.45, 60.45, 15.55, 60.55))  # an island in it
RIGHT = _area("right", _box(16, 60, 17, 61))
LOCATOR = Locator([RIGHT, LEFT, LAKE])


@pytest.mark.parametrize(
    ("latitude", "longitude", "code"),
    [
        (60.1, 15.1, "left"),
        (60.4, 15.4, None),  # in the lake
        (60.5, 15.5, "isle"),
        (60.5, 16.5, "right"),
        (60.5, 17.0001, None),
        (61.0001, 16.5, None),
        (0.0, 0.0, None),
    ],
)
def test_a_point_is_found_in_its_area(latitude: float, longitude: float, code: str | None) -> None:
    assert LOCATOR.inside(latitude, longitude) == code


def test_a_point_on_a_common_border_lies_in_exactly_one_area() -> None:
    alone = [Locator([LEFT]), Locator([RIGHT])]
    latitudes = [60 + step / 1000 for step in range(1000)]
    assert all(sum(one.inside(y, 16.0) is not None for one in alone) == 1 for y in latitudes)


def test_of_areas_that_overlap_the_lowest_code_is_told() -> None:
    box = _box(15, 60, 16, 61)
    both = Locator([_area("b", box), _area("a", box)])
    assert both.inside(60.5, 15.5) == "a"
    assert both.near(60.5, 15.99) == "a"


@pytest.mark.parametrize(("share", "code"), [(0.95, "right"), (1.05, None)])
@pytest.mark.parametrize("direction", ["east", "north", "corner"])
def test_off_the_shore_the_nearest_is_told_within_the_margin(
    direction: str, share: float, code: str | None
) -> None:
    off = MARGIN * share
    wide = off / cos(radians(60.5))
    point = {
        "east": (60.5, 17 + wide),
        "north": (61 + off, 16.5),
        "corner": (61 + off * 0.6, 17 + off * 0.8 / cos(radians(61))),
    }
    assert LOCATOR.inside(*point[direction]) is None
    assert LOCATOR.near(*point[direction]) == code


def test_the_grid_answers_as_the_shape_itself() -> None:
    drawn = random.Random(7)  # noqa: S311
    star = (15.0, 60.0), (15.9, 60.1), (15.2, 60.4), (15.95, 60.83), (15.1, 60.71), (15.0, 60.0)
    found = Locator([_area("star", star)])
    for _ in range(5_000):
        y, x = drawn.uniform(59.8, 61), drawn.uniform(14.8, 16.2)
        crossings = sum(
            (a[0] > x) != (b[0] > x) and y < a[1] + (x - a[0]) * (b[1] - a[1]) / (b[0] - a[0])
            for a, b in pairwise(star)
        )
        assert (found.inside(y, x) == "star") == (crossings % 2 == 1)
