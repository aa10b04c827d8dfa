"""Know the organisations of CORDIS by PIC: the VAT number that any row gives, and the key it leads to."""

import re
from collections.abc import Callable, Iterable

from loaders.curated import organisation_number
from loaders.errors import PersonalData
from loaders.mapping import Note
from loaders.matching import Keys, Matcher, number_from_vat
from loaders.persons import natural_person
from loaders.places import Places, parse_lat_lon
from loaders.values import plain

_PIC = re.compile(r"[0-9]{1,12}", re.ASCII)
_VAT = re.compile(r"(?=[^0-9]*[0-9])[A-Z]{2}[A-Z0-9+*]{2,16}", re.ASCII)
_BLANKS = re.compile(r"[\s.-]+")
_PERSON = "this participant seems to be a natural person; it is left out"


class ByPic(dict[str, str | None]):
    """What is known of a PIC, worked out when it is first asked for."""

    def __init__(self, work_out: Callable[[str], str | None]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, pic: str) -> str | None:
        if not _PIC.fullmatch(pic):
            raise ValueError("a PIC, made of at most 12 digits, was expected")
        found = self[pic] = self._work_out(pic)
        return found


class Organisations:
    """The organisations of a load. A VAT number counts for its PIC in the rows that lack it too."""

    def __init__(self, matcher: Matcher, pairs: Iterable[tuple[str, str]], note: Note) -> None:
        self._matcher = matcher
        self.vats = _vats(pairs, note)
        self.key = ByPic(self._key).__getitem__
        self.pic = ByPic(lambda pic: plain(f"PIC {pic}")).__getitem__
        self.vat = ByPic(self._vat).__getitem__
        self.number = ByPic(self._number).__getitem__

    def _key(self, pic: str) -> str:
        return self._matcher.resolve(Keys(None, None, pic, self.vats.get(pic), "", "cordis")).key

    def _vat(self, pic: str) -> str | None:
        vat = self.vats.get(pic)
        return plain(f"VAT {vat}") if vat else None

    def _number(self, pic: str) -> str | None:
        found = number_from_vat(self.vats.get(pic) or "")
        return plain(organisation_number(found)) if found else None

    def refuse_person(self, pic: str, activity: str, size: str, vat: str, city: str, name: str) -> None:
        """Raise PersonalData for what seems to be a natural person; nothing else of the row is told then."""
        if natural_person(activity, size, vat or self.vats.get(pic) or "", city, name):
            raise PersonalData("name", _PERSON)


def located(places: Places) -> Callable[[str, str, str, str], str | None]:
    """Return what tells where a Swedish organisation is: by NUTS code, else by its point, else by postcode.

    Points of all countries are held to their bounds; of other countries nothing is said, since the graph
    has no territories there.
    """

    def convert(country: str, nuts: str, point: str, postcode: str) -> str | None:
        at = parse_lat_lon(point, "lat,lon", "geolocation") if point else None
        if country != "SE":
            return None
        place = places.by_nuts(nuts) if nuts else None
        if place is None or place.kind != "county":
            place = (places.at(*at) if at else None) or place
        place = place or (places.by_postcode(postcode) if postcode else None)
        return place.reference if place else None

    return convert


def plain_vat(vat: str) -> str:
    """Return a VAT number without blanks, empty for what is none (NOTAPPLICABLE, MISSING)."""
    found = _BLANKS.sub("", vat).upper()
    return found if _VAT.fullmatch(found) else ""


def _vats(pairs: Iterable[tuple[str, str]], note: Note) -> dict[str, str]:
    """Return the VAT number of each PIC; of a PIC with two of them none is taken."""
    found: dict[str, str] = {}
    last: dict[str, str] = {}
    two: set[str] = set()
    for pic, printed in pairs:
        if not printed or last.get(pic) == printed:
            continue
        last[pic] = printed
        vat = plain_vat(printed)
        if vat and _PIC.fullmatch(pic) and found.setdefault(pic, vat) != vat:
            two.add(pic)
    for pic in sorted(two):
        del found[pic]
        note(f"organisationID: PIC {pic} stands with two VAT numbers; neither was taken")
    return found
