"""Rows that the curated snapshots share: a document, and what a fact's evidence columns say."""

from graph.terms import Term, day, iri, text
from loaders.errors import RecordError
from loaders.source import Evidence, Facts, Note, Record
from ontology import names as n

STATUSES = ("literal", "derived", "inferred")


def document(record: Record, facts: Facts) -> None:
    """Say what a source document is: key, title, publisher, address, level, day, sha256."""
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
    if digest := record.take_optional("sha256"):
        facts.add(subject, n.sha256, text(digest))
    record.ignore("note")


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


def _one_of(record: Record, column: str, allowed: tuple[str, ...]) -> str:
    value = record.take(column)
    if value not in allowed:
        raise RecordError(column, value, f"expected one of {', '.join(allowed)}")
    return value
