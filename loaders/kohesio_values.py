"""Turn the fields of a Kohesio row into terms and keys: beneficiary, names by language, places, money."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from loaders.cohesion import beneficiary_number, esf_identifier, listed
from loaders.errors import RecordError
from loaders.free_text import described
from loaders.mapping import Note
from loaders.matching import Keys, Matcher
from loaders.places import Place, Places, parse_lat_lon
from loaders.reviewed import LOOKUPS, rows
from loaders.values import amount, english, plain, quoted, swedish

ENTITY = "https://linkedopendata.eu/entity/"
LOCAL = "Beneficiary_Local_Identifier"
CURRENCY = "Total_Eligible_Expenditure_Currency"
EXCHANGE = "Total_Eligible_Expenditure_Exchange_Rate"
POINT = "Location_Indicator_latitude_longitude"

_QID = re.compile(rf"{re.escape(ENTITY)}(Q[1-9][0-9]*)")
_CURRENCY = re.compile("[A-Z]{3}")
_EMPTY = ("nan", "none", "null", "n/a", "-")  # what exports write for a name that is missing


def entity(value: str) -> str | None:
    """Return the Q-number of an address in the EU Knowledge Graph, None for any other identifier."""
    found = _QID.fullmatch(value)
    return found[1] if found else None


def said(value: str) -> str:
    """Return a name, empty for the words that stand for a missing one."""
    return "" if value.casefold() in _EMPTY else value


def total(value: str, currency: str) -> str | None:
    """Return the eligible total; without a currency it would mean nothing, so it is refused."""
    if value and not currency:
        raise RecordError(CURRENCY, "", "an amount without a currency cannot be used")
    return amount(value) if value else None


def currency(value: str, rate: str) -> str | None:
    """Return the currency of the total; the exchange rate beside it is held to be a number above 0."""
    if value and not _CURRENCY.fullmatch(value):
        raise ValueError("a currency of three letters was expected, such as EUR")
    if rate and Decimal(_number(rate)) == 0:
        raise RecordError(EXCHANGE, rate, "an exchange rate above 0 was expected")
    return value or None


def _number(rate: str) -> str:
    try:
        return amount(rate)
    except ValueError as error:
        raise RecordError(EXCHANGE, rate, str(error)) from None


@dataclass
class Reading:
    """What the converters of a load share: tables, names of beneficiaries, and whom to tell of oddities."""

    matcher: Matcher
    territories: Places
    note: Note
    beneficiaries: Mapping[str, str]  # names by their address
    operations: dict[str, int] = field(default_factory=dict)  # what the first row of each says, hashed

    def agrees(self, facts: str) -> bool:
        """Tell whether a row says of its operation, named first, what the first row of it said."""
        return self.operations.setdefault(facts.partition("\x1f")[0], hash(facts)) == hash(facts)

    @cached_property
    def _codes(self) -> dict[str, str]:
        return {row["country"]: row["code"] for _, row in rows(LOOKUPS / "kohesio_countries.csv")}

    @cached_property
    def _languages(self) -> dict[str, str]:
        return {row["code"]: row["language"] for _, row in rows(LOOKUPS / "kohesio_countries.csv")}

    def countries(self, country: str, code: str) -> list[str]:
        """Return the codes of the countries of a row; an unknown country is its own code."""
        return listed(code) or [self._codes.get(name, name) for name in listed(country)]

    def language(self, country: str, code: str) -> str:
        """Return the language of the programme, empty where the country has none or several."""
        found = self.countries(country, code)
        return self._languages.get(found[0], "") if len(found) == 1 else ""

    def esf(self, local: str) -> str | None:
        """Return the identifier that ESF's project bank says too."""
        found = esf_identifier(local)
        if found:
            self.note(
                "the operation is also in the project bank of Svenska ESF-rådet (source esf): count it once"
            )
        return found

    def number(self, local: str, unique: str, country: str, code: str) -> str | None:
        """Return the organisation number of a Swedish beneficiary as a literal."""
        found = self._organisation_number(local, unique, country, code)
        return plain(found) if found else None

    def _organisation_number(self, local: str, unique: str, country: str, code: str) -> str | None:
        printed = said(local) or ("" if "://" in unique else said(unique))
        swede = self.countries(country, code) == ["SE"]
        return beneficiary_number(printed, LOCAL) if printed and swede else None

    def organisation(self, name: str, local: str, unique: str, country: str, code: str) -> str | None:
        """Return the key of the beneficiary, None when no file names it."""
        number = self._organisation_number(local, unique, country, code)
        if not (named := self._name(name, unique)):
            self.note(
                "the beneficiary has no name here and is not said; load the file of beneficiaries beside"
            )
            return None
        return self.matcher.resolve(Keys(number, None, None, None, named, "kohesio")).key

    def beneficiary(self, name: str, unique: str) -> str | None:
        """Return the beneficiary's name as a literal."""
        found = self._name(name, unique)
        return plain(found) if found else None

    def _name(self, name: str, unique: str) -> str:
        return said(name) or said(self.beneficiaries.get(unique, ""))

    def authority(self, value: str) -> str | None:
        """Return the key of the managing authority, None when it is an address and no name."""
        if "://" in value or not said(value):
            self.note("ManagingAuthority is no name and is not said")
            return None
        return self.matcher.resolve(Keys(None, None, None, None, value, "kohesio")).key

    def name_en(self, in_english: str, local: str, country: str, code: str) -> str | None:
        """Return the English name; an operation must have one, or a Swedish one."""
        language = self.language(country, code)
        if found := said(in_english) or (language == "en" and said(local)):
            return english(found)
        if language == "sv" and said(local):
            return None
        raise RecordError("Operation_Name_English", "", "a name in English or Swedish is required")

    def name_sv(self, local: str, country: str, code: str) -> str | None:
        """Return the name in the programme's language when this is Swedish."""
        return swedish(local) if said(local) and self.language(country, code) == "sv" else None

    def name_other(self, in_english: str, local: str, country: str, code: str) -> str | None:
        """Return the name in the programme's language when this is another one, or another English name."""
        if not said(local) or local == in_english or not in_english:
            return None
        language = self._told_language(country, code)
        return f"{quoted(local)}@{language}" if language not in ("", "sv") else None

    def summaries(self, in_english: str, local: str, country: str, code: str) -> list[str]:
        """Return the summaries, each once, but for those that hold contact details."""
        found = [self._summary(in_english, "en")] if said(in_english) else []
        if said(local) and local != in_english and (language := self._told_language(country, code)):
            found.append(self._summary(local, language))
        return [term for term in found if term]

    def _summary(self, text: str, language: str) -> str | None:
        return described(lambda told: f"{quoted(told)}@{language}", self.note, "Operation_Summary")(text)

    def _told_language(self, country: str, code: str) -> str:
        """Return the language of the programme; none is noted."""
        language = self.language(country, code)
        if not language:
            self.note("a text is in a language that the country does not tell, and is not said")
        return language

    def places(
        self, nuts3: str, postcode: str, point: str, nuts2: str, nuts1: str, country: str, code: str
    ) -> list[str]:
        """Return the territories of a Swedish operation by the first of these that is known."""
        countries = self.countries(country, code)
        if "SE" not in countries:
            return []
        found = self._by_nuts(nuts3)
        if not found and countries == ["SE"]:
            found = self._by_postcode(postcode) or self._at(point)
        found = found or self._by_nuts(nuts2) or self._by_nuts(nuts1)
        if not found:
            self.note("a Swedish operation has no place that is known, and covers no territory")
        return [place.reference for place in found]

    def _by_nuts(self, codes: str) -> list[Place]:
        found = []
        for code in listed(codes):
            if place := self.territories.by_nuts(code):
                found.append(place)
            elif code.startswith("SE"):
                self.note(f"NUTS code {code!r} is not known")
        counties = [place.key for place in found if place.kind == "county"]
        return [*self.territories.covers(counties), *(place for place in found if place.kind != "county")]

    def _by_postcode(self, postcodes: str) -> list[Place]:
        found = (self.territories.by_postcode(code) for code in listed(postcodes))
        return [place for place in found if place]

    def _at(self, points: str) -> list[Place]:
        """Return the municipalities in which the points lie: printed as longitude, latitude."""
        found = (self.territories.at(*parse_lat_lon(each, "lon,lat", POINT)) for each in listed(points))
        return [place for place in found if place]
