"""Rows that the curated snapshots share: a document, a bound in time, a replacement, a fact's evidence."""

import re
from dataclasses import replace

from graph.terms import Term, day, iri, text, year
from loaders.errors import RecordError
from loaders.source import Evidence, Facts, Note, Record
from ontology import names as n

STATUSES = ("literal", "derived", "inferred")
_ORGANISATION_NUMBER = re.compile("[0-9]{6}-?[0-9]{4}")
_BOUNDS = {"from": n.validFrom, "until": n.validUntil}
_NEVER_SAID = Note(
    "Varken dokumentet eller vår förteckning säger vilken dag det hämtades",
    "Neither the document nor our list says on which day it was retrieved",
)


def document(record: Record, facts: Facts) -> None:
    """Say what a source document is: key, title, publisher, address, level, days, sha256."""
    key = record.take("document")
    subject = facts.iris.thing("document", key)
    facts.a(subject, n.SourceDocument)
    title = record.take("title")
    facts.add(subject, n.prefLabel, text(title, "sv"))
    facts.add(subject, n.title, text(title))
    facts.add(subject, n.identifier, text(key))
    facts.add(subject, n.evidenceLevel, facts.iris.thing("evidence-level", record.take("level")))
    if publisher := record.take_optional("publisher"):
        facts.add(subject, n.publisher, facts.iris.reference(publisher))
    if address := record.take_optional("url"):
        facts.add(subject, n.seeAlso, iri(address))
    if issued := record.take_optional("issued"):
        facts.add(subject, n.issued, day(issued))
    _retrieved(record, facts, subject)
    if digest := record.take_optional("sha256"):
        facts.add(subject, n.sha256, text(digest))
    record.ignore("note")


def validity(record: Record, facts: Facts, kind: str) -> None:
    """Say the first or the last year of a thing (columns KIND, bound, year), or `?` and how it is unknown."""
    subject = facts.iris.thing(kind, record.take(kind))
    bound, value = _one_of(record, "bound", tuple(_BOUNDS)), record.take("year")
    found = evidence(record, facts)
    if value.startswith("?"):
        facts.unknown(subject, _BOUNDS[bound], value[1:], found)
    else:
        facts.state(subject, _BOUNDS[bound], year(value), found)


def replacement(record: Record, facts: Facts, kind: str) -> None:
    """Say that a thing (column KIND) is the version that came after another (column replaces)."""
    newer = facts.iris.thing(kind, record.take(kind))
    older = facts.iris.thing(kind, record.take("replaces"))
    if newer == older:
        raise RecordError("replaces", str(older), f"an {kind} cannot replace itself")
    found = evidence(record, facts)
    facts.state(newer, n.replaces, older, found)
    facts.state(older, n.isReplacedBy, newer, found)


def open_bounds(facts: Facts, subject: Term, known: frozenset[str], found: Evidence) -> None:
    """Say of each bound of validity that is not known that the source does not state it."""
    silent = replace(found, status="derived", printed=None, note=None)
    for predicate in _BOUNDS.values():
        if predicate not in known:
            facts.unknown(subject, predicate, "not-stated", silent)


def evidence(record: Record, facts: Facts) -> Evidence:
    """Take the evidence columns `document, lines, status, printed, note_sv, note_en` of a row."""
    return Evidence(
        document=facts.iris.thing("document", record.take("document")),
        lines=record.take_optional("lines"),
        status=_one_of(record, "status", STATUSES),
        printed=record.take_optional("printed"),
        note=note(record, "note"),
    )


def note(record: Record, column: str) -> Note | None:
    """Take a note in the columns `COLUMN_sv` and `COLUMN_en`: both filled, or both empty."""
    sv, en = record.take_optional(f"{column}_sv"), record.take_optional(f"{column}_en")
    if sv and en:
        return Note(sv, en)
    if sv or en:
        missing = f"{column}_en" if sv else f"{column}_sv"
        raise RecordError(missing, "", f"a note is in both languages or in none; the other is {sv or en!r}")
    return None


def classes(record: Record, column: str) -> list[str]:
    """Take a `|`-separated list of our classes' local names as IRIs."""
    found = record.take(column).split("|")
    for name in found:
        known = getattr(n, name, None)
        if not (name[:1].isupper() and isinstance(known, str) and known.endswith(("#" + name, "/" + name))):
            raise RecordError(column, name, "no class of ontology/names.py has this name")
    return [getattr(n, name) for name in found]


def references(record: Record, facts: Facts, column: str) -> list[Term]:
    """Take a `|`-separated list of references `kind/key` (may be empty)."""
    return [facts.iris.reference(part) for part in (record.take_optional(column) or "").split("|") if part]


def _retrieved(record: Record, facts: Facts, document: Term) -> None:
    """Say on which day the document was retrieved, or, on its own word, that nobody says so."""
    if retrieved := record.take_optional("retrieved"):
        facts.add(document, n.retrievedOn, day(retrieved))
    else:
        silent = Evidence(document=document, status="derived", note=_NEVER_SAID)
        facts.unknown(document, n.retrievedOn, "not-stated", silent)


def organisation_number(value: str) -> str:
    """Return a Swedish organisation number as NNNNNN-NNNN; refuse personal numbers and wrong check digits."""
    column = "organisation_number"
    digits = value.strip().replace("-", "", 1)
    if not _ORGANISATION_NUMBER.fullmatch(value.strip()):
        raise RecordError(column, value, "expected ten digits with a hyphen, such as 232100-0040")
    if digits[2] in "01":
        shown = f"{digits[:2]}…"  # a personal number is not repeated, not even to refuse it
        raise RecordError(
            column, shown, "the third digit is below 2, so this is a personal number; leave it out"
        )
    if _luhn(digits) % 10:
        raise RecordError(column, value, "the last digit does not fit the others; look for a misprint")
    return f"{digits[:6]}-{digits[6:]}"


def _luhn(digits: str) -> int:
    """Return the sum that a right check digit makes a multiple of ten: every other digit counts double."""
    return sum(sum(divmod(int(digit) * (2 - place % 2), 10)) for place, digit in enumerate(digits))


def _one_of(record: Record, column: str, allowed: tuple[str, ...]) -> str:
    value = record.take(column)
    if value not in allowed:
        raise RecordError(column, value, f"expected one of {', '.join(allowed)}")
    return value
