"""Know the words and codes of CORDIS and what they mean to us: roles, kinds, programmes, yes and no."""

import re
from functools import cache, lru_cache
from typing import TypeVar

from loaders.reviewed import LOOKUPS, actor_kinds, rows
from loaders.values import address, key
from ontology import names as n

_COUNTRY = re.compile(r"[A-Z]{2}", re.ASCII)
_BASIS = re.compile(r"[A-Z][A-Z0-9]*(?:[-. ][A-Za-z0-9&.() -]*)?", re.ASCII)
_DOI = re.compile(r"10\.[0-9]{4,9}/[A-Za-z0-9._()/-]+", re.ASCII)

T = TypeVar("T")


class Words(dict[str, T]):
    """The words that a column may hold and their meanings; asking for another raises ValueError."""

    def __missing__(self, word: str) -> T:
        raise ValueError(f"expected one of {', '.join(self)}")


class _Countries(dict[str, str]):
    """Two capital letters; CORDIS writes UK and EL where ISO writes GB and GR, and they stay so."""

    def __missing__(self, word: str) -> str:
        if not _COUNTRY.fullmatch(word):
            raise ValueError("a country in two capital letters, such as SE, EL or UK, was expected")
        return self.setdefault(word, word)


ROLES = Words(
    coordinator="coordinator",
    participant="participant",
    thirdParty="third-party",
    partner="partner",
    internationalPartner="international-partner",
    associatedPartner="associated-partner",
)
BOOLEANS = Words({"True": "true", "true": "true", "False": "false", "false": "false"})
SIZES: Words[str | None] = Words({"True": "sme", "true": "sme", "False": None, "false": None})
COUNTRIES = _Countries()


@cache
def kinds() -> Words[str]:
    """Return our kinds of actors by activityType."""
    return Words(actor_kinds("cordis"))


@cache
def classes() -> Words[str | None]:
    """Return what an organisation is beside an organisation, by activityType: a company, or nothing more."""
    return Words({word: f"<{n.Company}>" if kind == "company" else None for word, kind in kinds().items()})


@cache
def programmes() -> dict[str, tuple[str, str, str]]:
    """Return key, Swedish and English name of the framework programmes by CORDIS's word for them."""
    table = rows(LOOKUPS / "framework_programmes.csv", "word", "programme", "name_sv", "name_en")
    return {row["word"]: (row["programme"], row["name_sv"], row["name_en"]) for _, row in table}


def programme_word(word: str, basis: str) -> str | None:
    """Return CORDIS's word for a framework programme, taken from a legal basis where it is not said."""
    found = word or re.split(r"[-. ]", basis)[0]
    if found in programmes():
        return found
    if word:
        raise ValueError("lookups/framework_programmes.csv knows no such programme; add a line")
    return None


def bases(value: str) -> list[str]:
    """Return the codes in a column legalBasis, mostly one."""
    found = [part.strip() for part in re.split(r"[;,]", value) if part.strip()]
    if not found or not all(map(_BASIS.fullmatch, found)):
        raise ValueError("a legal basis such as HORIZON.1.1 or H2020-EU.1.1. was expected")
    return found


def part_key(code: str) -> str:
    """Return the key of programme/KEY of a part of a programme, by its code."""
    return f"cordis.{key(code)}"


def doi(value: str) -> str:
    """Return the address of a grant's DOI."""
    if not _DOI.fullmatch(value):
        raise ValueError("a DOI such as 10.3030/101117736 was expected")
    return f"<https://doi.org/{value}>"


@lru_cache(maxsize=65_536)
def homepage(value: str) -> str | None:
    """Return a web address as an IRI; None for what is none, as this column often holds, or for e-mail."""
    if "@" in value:
        return None
    try:
        return address(value)
    except ValueError:
        return None
