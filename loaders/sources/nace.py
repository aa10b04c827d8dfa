"""NACE Rev. 2.1, the EU's classification of economic activities, as SKOS: sections to classes, in English.

The concepts keep the publisher's IRIs, whose path tells the revision. Rev. 2.1 moved sections and divisions
(J is publishing and broadcasting, K telecommunications and computing; trade lost its division 45), so the
same code means different things in Rev. 2: a table of Rev. 2 is refused, and a code under another section
than its own in Rev. 2.1 too. SNI 2025 is Rev. 2.1 with a fifth digit; these codes are refused as well.
"""

import re
from functools import partial

from graph.terms import iri
from loaders.concepts import BROADER, NACE, Row, Rows, say_concept, say_name
from loaders.errors import LayoutError, RecordError
from loaders.feed import Feed
from loaders.reading.table import Table, tables
from loaders.source import Facts, Source
from ontology import names as n

SOURCE = Source(
    name="nace",
    title_sv="NACE Rev. 2.1: EU:s näringsgrensindelning",
    title_en="NACE Rev. 2.1: the EU's classification of economic activities",
    publisher="Eurostat",
    licence="https://creativecommons.org/licenses/by/4.0/",
    url="https://ec.europa.eu/eurostat/web/nace",
    as_of="2026-11-21",
    at_least={"Concept": 1},
    outside=True,
    layout="a table of all 1,047 codes (code, parentCode, level, name), derived by naceconverter 1.0.1",
)

_SCHEME = "nace2.1"
_COLUMNS = ("code", "parentCode", "level", "name")
_LEVELS = {
    "1": re.compile("[A-V]"),
    "2": re.compile("[0-9]{2}"),
    "3": re.compile(r"[0-9]{2}\.[0-9]"),
    "4": re.compile(r"[0-9]{2}\.[0-9]{2}"),
}
_SECTIONS = (
    *(("A", 1, 3), ("B", 5, 9), ("C", 10, 33), ("D", 35, 35), ("E", 36, 39), ("F", 41, 43), ("G", 46, 47)),
    *(("H", 49, 53), ("I", 55, 56), ("J", 58, 60), ("K", 61, 63), ("L", 64, 66), ("M", 68, 68)),
    *(("N", 69, 75), ("O", 77, 82), ("P", 84, 84), ("Q", 85, 85), ("R", 86, 88), ("S", 90, 93)),
    *(("T", 94, 96), ("U", 97, 98), ("V", 99, 99)),
)
_SECTION_OF = {
    f"{number:02}": letter for letter, first, last in _SECTIONS for number in range(first, last + 1)
}


def load(feed: Feed) -> None:
    """Read the tables, after a look at whether they are of Rev. 2."""
    for path in feed.inputs:
        for table in tables(path, lambda _: None, feed.options.limits):
            _hold_columns(table)
            _refuse_older(table)
        for table in tables(path, feed.refuse, feed.options.limits):
            feed.balance.forms[table.name] = f"codes: {table.form}"
            feed.balance.unmapped.update(
                f"{table.name}: {name}" for name in table.columns if name not in _COLUMNS
            )
            feed.records(Rows(table), lambda row: row["code"], partial(_concept, feed))


def _hold_columns(table: Table) -> None:
    if missing := [column for column in _COLUMNS if column not in table.columns]:
        raise LayoutError(
            f"{table.name}: the columns {', '.join(missing)} are missing; found {', '.join(table.columns)}."
        )


def _refuse_older(table: Table) -> None:
    """Raise LayoutError for a table of Rev. 2, by two places in which it cannot be mistaken."""
    parents = {row["code"]: row["parentCode"] for _, row in Rows(table).records()}
    if "45" in parents and parents.get("62") == "J":
        raise LayoutError(
            f"{table.name}: this is NACE Rev. 2 (it has the division 45, and 62 in section J); "
            "Rev. 2.1 is read here, in which the same codes mean other things."
        )


def _concept(feed: Feed, row: Row, facts: Facts) -> None:
    code, parent = row["code"], _parent(row)
    if not row["name"]:
        raise RecordError("name", "", "a value is required here")
    concept = iri(NACE + code)
    say_concept(facts, concept, _SCHEME, code)
    if not say_name(facts, concept, _SCHEME, code, row["name"], "en"):
        feed.note("a name that differs from the bundled one was taken as another name")
    if parent:
        facts.add(concept, BROADER, iri(NACE + parent))
    else:
        facts.add(concept, n.SKOS + "topConceptOf", facts.iris.thing("scheme", _SCHEME))


def _parent(row: Row) -> str:
    """Return the code above a code, which must be the one that the row gives."""
    code, level, given = row["code"], row["level"], row["parentCode"]
    if level not in _LEVELS:
        raise RecordError("level", level, "a level from 1 (section) to 4 (class) was expected")
    if not _LEVELS[level].fullmatch(code):
        raise RecordError("code", code, f"this is no code of level {level}, such as K, 62, 62.1 or 62.10")
    if level != "1" and code[:2] not in _SECTION_OF:
        raise RecordError("code", code, "NACE Rev. 2.1 has no such division; it may be a code of Rev. 2")
    found = {"1": "", "2": _SECTION_OF.get(code, ""), "3": code[:2], "4": code[:-1]}[level]
    if given != found:
        raise RecordError("parentCode", given, f"in NACE Rev. 2.1 {code} belongs under {found or 'no other'}")
    return found
