"""Bring a ROR record of schema 1 or 2 into one form; places outside Sweden are left out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from loaders.errors import RecordError
from loaders.places import Places

Json = Mapping[str, object]

COUNTRY = "SE"
_DISPLAY = ("ror_display", "label")  # the names that ROR shows; aliases and acronyms are to be found by
_REGISTERS = {"grid": "GRID", "isni": "ISNI", "fundref": "FundRef"}
_V2 = {"names", "locations", "admin", "domains"}
_COMMON = {"id", "status", "types", "established", "links", "external_ids", "relationships"}
_V1 = {"name", "labels", "aliases", "acronyms", "addresses", "country", "wikipedia_url"}
_ALWAYS_EMPTY = {"email_address", "ip_addresses"}
KNOWN = _V2 | _V1 | _COMMON | _ALWAYS_EMPTY


@dataclass(frozen=True)
class Name:
    """A name as ROR prints it, its language if it has one, and whether ROR shows it or only finds by it."""

    value: str
    language: str | None
    shown: bool


@dataclass(frozen=True)
class RorRecord:
    """What a record says of an organisation, whichever schema it is written in."""

    ror: str
    version: tuple[int, str]  # the schema and the day of the last change: the greater one stands
    status: str
    names: tuple[Name, ...]
    kinds: tuple[str, ...]
    websites: tuple[str, ...]
    identifiers: tuple[str, ...]
    wikidata: tuple[str, ...]
    counties: tuple[str, ...]
    replaced_by: tuple[str, ...]
    replaces: tuple[str, ...]


def version(record: Json) -> tuple[int, str]:
    """Return a record's schema and the day of its last change (schema 1 tells none)."""
    if "names" not in record:
        return 1, ""
    changed = _object(_object(record.get("admin")).get("last_modified")).get("date")
    return 2, changed if isinstance(changed, str) else ""


def identifier(record: Json) -> str:
    """Return the address of a record at ror.org."""
    return _text(record, "id")


def is_swedish(record: Json) -> bool:
    """Tell whether one of a record's places is in Sweden."""
    country = _object(record.get("country")).get("country_code")
    return country == COUNTRY or any(each.get("country_code") == COUNTRY for each in _details(record))


def read(record: Json, places: Places, letters: Mapping[str, str]) -> RorRecord:
    """Read a record; `letters` leads the letters of ISO 3166-2 (E) to a county's SCB code (05)."""
    newer = "names" in record
    external = list(_external(record))
    return RorRecord(
        ror=identifier(record),
        version=version(record),
        status=_text(record, "status"),
        names=tuple(dict.fromkeys(_names(record) if newer else _old_names(record))),
        kinds=tuple(_texts(record.get("types"))),
        websites=tuple(_websites(record)),
        identifiers=tuple(
            f"{_REGISTERS[kind]} {value}"
            for kind, values, _ in external
            if kind in _REGISTERS
            for value in values
        ),
        wikidata=tuple(
            value
            for kind, values, preferred in external
            if kind == "wikidata"
            for value in ([preferred] if preferred else values)
        ),
        counties=tuple(
            sorted(set(_counties(record, places, letters) if newer else _old_counties(record, places)))
        ),
        replaced_by=tuple(_related(record, "successor")),
        replaces=tuple(_related(record, "predecessor")),
    )


def _names(record: Json) -> Iterator[Name]:
    for each in _objects(record.get("names")):
        kinds, language = list(_texts(each.get("types"))), each.get("lang")
        shown = any(kind in _DISPLAY for kind in kinds)
        yield Name(_text(each, "value"), language if isinstance(language, str) else None, shown)


def _old_names(record: Json) -> Iterator[Name]:
    """Yield the names of schema 1; the main one has no language there, save where a label repeats it."""
    name = _text(record, "name")
    labels = [Name(_text(each, "label"), _language(each), True) for each in _objects(record.get("labels"))]
    if name not in {label.value for label in labels}:
        yield Name(name, None, True)
    yield from labels
    for field in ("aliases", "acronyms"):
        for value in _texts(record.get(field)):
            yield Name(value, None, False)


def _language(label: Json) -> str | None:
    found = label.get("iso639")
    return found if isinstance(found, str) and found else None


def _websites(record: Json) -> Iterator[str]:
    links = record.get("links")
    for each in links if isinstance(links, list) else []:
        if isinstance(each, str):
            yield each
        elif isinstance(each, dict) and each.get("type") == "website":
            yield _text(each, "value")


def _external(record: Json) -> Iterator[tuple[str, list[str], str | None]]:
    """Yield register, numbers there, the preferred one: a list in schema 2, an object in schema 1."""
    found = record.get("external_ids")
    pairs = (
        [(kind.lower(), _object(each)) for kind, each in found.items()]
        if isinstance(found, dict)
        else [(_text(each, "type"), each) for each in _objects(found)]
    )
    for kind, each in pairs:
        numbers, preferred = each.get("all"), each.get("preferred")
        values = [numbers] if isinstance(numbers, str) else list(_texts(numbers))
        yield kind, values, preferred if isinstance(preferred, str) and preferred else None


def _counties(record: Json, places: Places, letters: Mapping[str, str]) -> Iterator[str]:
    """Yield the county of each Swedish place: by its letters, else by its town."""
    for each in _details(record):
        if each.get("country_code") != COUNTRY:
            continue
        letter = each.get("country_subdivision_code")
        if isinstance(letter, str) and letter:
            if letter not in letters:
                raise RecordError("country_subdivision_code", letter, "no Swedish county has these letters")
            yield letters[letter]
        else:
            yield from _county_of(each, str(each.get("name")), places)


def _old_counties(record: Json, places: Places) -> Iterator[str]:
    for each in _objects(record.get("addresses")):
        yield from _county_of(each, str(each.get("city")), places)


def _county_of(place: Json, town: str, places: Places) -> Iterator[str]:
    """Yield the county of a town's point, else of the municipality that bears its name.

    No municipality is told: the point is the middle of a town, where not all its organisations are. The one
    of Kalmar lies off the shore, farther than any territory is looked for.
    """
    try:
        found = places.at(float(str(place.get("lat"))), float(str(place.get("lng"))))
    except ValueError:
        found = None
    if found := found or places.municipality(town):
        yield found.key[:2]


def _related(record: Json, kind: str) -> Iterator[str]:
    for each in _objects(record.get("relationships")):
        if _text(each, "type").lower() == kind:
            yield _text(each, "id")


def _details(record: Json) -> Iterator[Json]:
    for each in _objects(record.get("locations")):
        yield _object(each.get("geonames_details"))


def _object(value: object) -> Json:
    return value if isinstance(value, dict) else {}


def _objects(value: object) -> Iterator[Json]:
    for each in value if isinstance(value, list) else []:
        if not isinstance(each, dict):
            raise RecordError("record", str(each)[:80], "an object was expected here")
        yield each


def _texts(value: object) -> Iterator[str]:
    for each in value if isinstance(value, list) else []:
        if not isinstance(each, str) or not each:
            raise RecordError("record", str(each)[:80], "a text was expected here")
        yield each


def _text(record: Json, field: str) -> str:
    found = record.get(field)
    if not isinstance(found, str) or not found:
        raise RecordError(field, "" if found is None else str(found)[:80], "a text is required here")
    return found
