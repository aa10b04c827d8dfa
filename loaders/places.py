"""Lead a name, a code, a postcode or a point to the territory that it means."""

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from io import StringIO
from pathlib import Path
from typing import Literal

from loaders import geometry
from loaders.errors import LayoutError, LoadError, RecordError
from loaders.locator import Locator
from loaders.postcodes import normalise, regions
from loaders.source import SNAPSHOTS

LOOKUPS = Path(__file__).parent / "lookups"

How = Literal["name", "reviewed", "scb", "nuts", "postcode", "coordinates", "nearby"]
Order = Literal["lat,lon", "lon,lat"]

_SWEDEN = SNAPSHOTS / "sweden"
_NUMBER = re.compile(r"[+-]?\d{1,3}(?:\.\d+)?", re.ASCII)
_KEPT = 1 << 16  # points whose answer is kept: sources print the same addresses again and again
_HIDDEN = 4  # decimals to which a point must equal a placeholder: 10 metres


@dataclass(frozen=True)
class Place:
    """A territory of ours, and how a source led there.

    `nearby` is a point in no municipality, told by the nearest one within `loaders.locator.MARGIN`.
    """

    kind: str  # nuts, county or municipality
    key: str
    how: How

    @property
    def reference(self) -> str:
        """Return `kind/key`, as `Iris.reference` takes it."""
        return f"{self.kind}/{self.key}"


class Places:
    """The territories of Sweden, found by what sources print of them; what is not known is None."""

    def __init__(
        self, postcodes: Path | None = None, spellings: Path = LOOKUPS / "municipality_spellings.csv"
    ) -> None:
        self._names: dict[str, dict[str, str]] = {"county": {}, "municipality": {}}
        self._nuts = {
            row["nuts_code"]: ("nuts", row["nuts_code"]) for _, row in _table(_SWEDEN, "statistical_regions")
        }
        self._counties: dict[str, str] = {}
        self._municipalities: dict[str, str] = {}
        for _, row in _table(_SWEDEN, "counties"):
            self._enter_county(row)
        for _, row in _table(_SWEDEN, "municipalities"):
            self._names["municipality"][row["scb_code"]] = row["name"]
            for form in _forms(row["name"]):
                self._municipalities[form] = row["scb_code"]
        self._reviewed = dict(self._read_spellings(spellings))
        self._postcodes = regions(postcodes) if postcodes else {}
        self._found = lru_cache(_KEPT)(self._find)

    def names(self, kind: Literal["county", "municipality"]) -> Mapping[str, str]:
        """Return the names of Statistics Sweden by SCB code."""
        return self._names[kind]

    def municipality(self, name: str) -> Place | None:
        """Find a municipality by its name, with or without 'kommun' or 'stad' and the genitive's s."""
        form = _fold(name)
        if code := self._municipalities.get(form):
            return Place("municipality", code, "name")
        reviewed = self._reviewed.get(form)
        return Place("municipality", reviewed, "reviewed") if reviewed else None

    def county(self, name: str) -> Place | None:
        """Find a county by its full name, its short ones ('Sörmland') or its English one."""
        code = self._counties.get(_fold(name))
        return Place("county", code, "name") if code else None

    def by_scb(self, code: str) -> Place | None:
        """Find a county by its two digits, a municipality by its four; a lost zero is not put back."""
        for kind, names in self._names.items():
            if code in names:
                return Place(kind, code, "scb")
        return None

    def by_nuts(self, code: str) -> Place | None:
        """Find a county by its code of NUTS 3, a region above it by that of NUTS 0 to 2."""
        found = self._nuts.get(code.strip().upper())
        return Place(*found, "nuts") if found else None

    def by_postcode(self, code: str) -> Place | None:
        """Find a county by a postcode, in the table that the user gave; without one none is known."""
        region = self._postcodes.get(normalise(code) or "")
        place = self.by_nuts(region) if region else None
        return Place(place.kind, place.key, "postcode") if place else None

    def at(self, latitude: float, longitude: float) -> Place | None:
        """Find the municipality that a point lies in, or is just off the shore of.

        Ask for points that the source says are in Sweden: one just beyond the border is told as nearby.
        """
        _hold("latitude", latitude, 90)
        _hold("longitude", longitude, 180)
        return self._found(latitude, longitude)

    def covers(self, counties: Iterable[str], municipalities: Iterable[str] = ()) -> list[Place]:
        """Return what an operation covers, by SCB codes; all 21 counties are the country and nothing else.

        Thus a nation-wide operation does not join every county to every other.
        """
        wanted: dict[str, list[str]] = {
            "county": sorted(set(counties)),
            "municipality": sorted(set(municipalities)),
        }
        for kind, codes in wanted.items():
            if unknown := [code for code in codes if code not in self._names[kind]]:
                raise RecordError(kind, unknown[0], f"no {kind} has this SCB code")
        if len(wanted["county"]) == len(self._names["county"]):
            return [Place("nuts", "SE", "scb")]
        return [Place(kind, code, "scb") for kind, codes in wanted.items() for code in codes]

    def _enter_county(self, row: Mapping[str, str]) -> None:
        code, full = row["scb_code"], row["name_sv"]
        self._names["county"][code] = full
        self._nuts[row["nuts_code"]] = ("county", code)
        shorts = row["short_sv"].split("|")
        genitive = full.removesuffix(" län")
        for form in (full, genitive, row["name_en"], *shorts, *(f"{short} län" for short in shorts)):
            self._counties[_fold(form)] = code
        for short in shorts:
            self._counties[_fold(f"{_genitive(short)} län")] = code

    def _read_spellings(self, path: Path) -> Iterator[tuple[str, str]]:
        """Yield the reviewed spellings; one that leads nowhere, or is a name already, is an error."""
        known = set(self._municipalities)
        for line, row in _table(path.parent, path.stem):
            form, code = _fold(row["printed"]), row["scb_code"]
            if code not in self._names["municipality"]:
                raise LayoutError(f"{path}:{line}: no municipality has the SCB code {code!r}.")
            if form in known:
                raise LayoutError(f"{path}:{line}: {row['printed']!r} is known already; remove this line.")
            known.add(form)
            yield form, code

    @cached_property
    def _locator(self) -> Locator:
        path = LOOKUPS / "municipalities.geojson"
        return Locator(geometry.areas(path.read_bytes(), path.name, self._names["municipality"]))

    @cached_property
    def _placeholders(self) -> frozenset[tuple[float, float]]:
        return frozenset(
            (round(float(row["latitude"]), _HIDDEN), round(float(row["longitude"]), _HIDDEN))
            for _, row in _table(LOOKUPS, "placeholder_points")
        )

    def _find(self, latitude: float, longitude: float) -> Place | None:
        if (round(latitude, _HIDDEN), round(longitude, _HIDDEN)) in self._placeholders:
            return None
        if code := self._locator.inside(latitude, longitude):
            return Place("municipality", code, "coordinates")
        code = self._locator.near(latitude, longitude)
        return Place("municipality", code, "nearby") if code else None


def parse_lat_lon(text: str, order: Order, field: str = "coordinates") -> tuple[float, float]:
    """Return latitude and longitude of a text in the order that the source prints them in.

    CORDIS prints lat,lon; Kohesio lon,lat, although its column is called latitude_longitude.

    >>> parse_lat_lon("-9.0491, 53.2744", "lon,lat")
    (53.2744, -9.0491)
    """
    parts = [part.strip() for part in text.split(",")]
    if len(parts) != 2 or not all(map(_NUMBER.fullmatch, parts)):
        raise RecordError(
            field, text, f"two numbers {order} were expected, with decimal points and one comma between them"
        )
    if not any("." in part for part in parts):
        raise RecordError(
            field,
            text,
            "without a decimal point this is one number with a decimal comma, or too coarse to use",
        )
    first, second = map(float, parts)
    latitude, longitude = (first, second) if order == "lat,lon" else (second, first)
    for limit, value in ((90, latitude), (180, longitude)):
        if not -limit <= value <= limit:
            raise RecordError(field, text, f"{value} is beyond {limit} degrees; is the order really {order}?")
    return latitude, longitude


def _hold(name: str, value: float, limit: int) -> None:
    if not -limit <= value <= limit:
        raise RecordError(name, str(value), f"between -{limit} and {limit} degrees was expected")


def _fold(name: str) -> str:
    """Return a name without what does not matter: case, kinds of blanks, composed or decomposed letters."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def _genitive(name: str) -> str:
    return name if name.endswith(("s", "x", "z")) else f"{name}s"


def _forms(name: str) -> Iterator[str]:
    """Yield how a municipality's name is printed: Linköping, Linköping kommun, Linköpings kommun, …"""
    yield _fold(name)
    for word in ("kommun", "stad"):
        yield _fold(f"{name} {word}")
        yield _fold(f"{_genitive(name)} {word}")


def _table(folder: Path, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of a reviewed CSV table with their lines."""
    path = folder / f"{name}.csv"
    try:
        content = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise LoadError(f"{path}: cannot be read: {error}.") from error
    reader = csv.DictReader(StringIO(content, newline=""), strict=True)
    line = 1
    try:
        for row in reader:
            line = reader.line_num
            if None in row or None in row.values():
                raise LayoutError(f"{path}:{line}: this row has not the fields of the header.")
            yield line, row
    except csv.Error as error:
        raise LayoutError(f"{path}:{line + 1}: {error}; check the quotes of this row.") from error
