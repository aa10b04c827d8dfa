"""The priority areas for smart specialisation that the Swedish regions have declared, version by version."""

from dataclasses import replace
from functools import partial

from graph.terms import Term, text, year
from loaders.curated import STATUSES, document, evidence, note, open_bounds, replacement
from loaders.errors import RecordError
from loaders.source import Evidence, Facts, Intake, Note, Record, Source
from ontology import names as n

SOURCE = Source(
    name="s3_areas",
    title_sv="Prioriterade områden för smart specialisering i Sverige",
    title_en="Priority areas for smart specialisation in Sweden",
    publisher="samspel",
    licence="https://creativecommons.org/publicdomain/zero/1.0/",
    url="https://tillvaxtverket.se/amnesomraden/regional-kapacitet/smart-specialisering/smart-specialisering---region-for-region.html",
    as_of="2026-11-21",
    at_least={
        "PriorityArea": 108,
        "StrengthArea": 80,
        "ChallengeArea": 8,
        "KnowledgeArea": 5,
        "AreaSet": 21,
        "SourceDocument": 9,
        "Statement": 638,
    },
    at_most={"PriorityArea": 108, "StrengthArea": 80, "ChallengeArea": 8, "KnowledgeArea": 5, "AreaSet": 21},
)

_CLASSES: dict[str, tuple[str, ...]] = {
    "strength": (n.StrengthArea,),
    "challenge": (n.ChallengeArea,),
    "knowledge": (n.KnowledgeArea,),
    "development": (),
    "precondition": (),
}


def load(intake: Intake) -> None:
    """Read the sets, the areas in them, the areas that the seeds describe, and which area replaced which."""
    intake.each("documents.csv", document)
    intake.each("area_sets.csv", _area_set)
    intake.each("areas.csv", _area)
    intake.each("areas_in_seeds.csv", _area_in_seeds)
    intake.each("replacements.csv", partial(replacement, kind="area"))


def _area_set(record: Record, facts: Facts) -> None:
    area_set = facts.iris.thing("area-set", record.take("set"))
    facts.a(area_set, n.AreaSet)
    for language in ("sv", "en"):
        facts.add(area_set, n.prefLabel, text(record.take(f"name_{language}"), language))
    territory = facts.iris.reference(record.take("territory"))
    facts.state(area_set, n.coversTerritory, territory, evidence(record, facts))


def _area(record: Record, facts: Facts) -> None:
    area, kind, territory = _declared(record, facts)
    found = evidence(record, facts)
    facts.state(area, n.coversTerritory, territory, found)
    facts.state(area, n.areaKind, kind, _read_kind(record, found))
    facts.state(area, n.inScheme, facts.iris.reference(record.take("set")), found)
    name = record.take("name_sv")
    named = found if name == found.printed else replace(found, status="derived")
    facts.state(area, n.prefLabel, text(name, "sv"), named)
    facts.add(area, n.prefLabel, text(record.take("name_en"), "en"))
    for name in (record.take_optional("also_sv") or "").split("|"):
        if name:
            facts.add(area, n.altLabel, text(name, "sv"))
    as_of = record.take("as_of")
    facts.add(area, n.asOf, text(as_of))
    read = replace(found, status="derived", printed=None, note=_read_from(as_of))
    years = _years(record)
    for predicate, value in years:
        facts.state(area, predicate, value, read)
    open_bounds(facts, area, frozenset(predicate for predicate, _ in years), found)


def _area_in_seeds(record: Record, facts: Facts) -> None:
    """Say what the list adds to an area whose name, set, years and evidence the source `seeds` brings."""
    area, kind, territory = _declared(record, facts)
    facts.add(area, n.areaKind, kind)
    facts.add(area, n.coversTerritory, territory)
    if as_of := record.take_optional("as_of"):
        facts.add(area, n.asOf, text(as_of))
    record.ignore("name")


def _declared(record: Record, facts: Facts) -> tuple[Term, Term, Term]:
    """Take the area with its classes, its kind and the territory it was declared for."""
    area = facts.iris.thing("area", record.take("area"))
    kind = record.take("kind")
    if kind not in _CLASSES:
        raise RecordError("kind", kind, f"expected one of {', '.join(_CLASSES)}")
    facts.a(area, n.PriorityArea, *_CLASSES[kind])
    return area, facts.iris.thing("area-kind", kind), facts.iris.reference(record.take("territory"))


def _read_kind(record: Record, found: Evidence) -> Evidence:
    status = record.take("kind_status")
    if status not in STATUSES:
        raise RecordError("kind_status", status, f"expected one of {', '.join(STATUSES)}")
    why = note(record, "kind_note")
    if why is None:
        raise RecordError("kind_note_sv", "", "a value is required here")
    return replace(found, status=status, note=why)


def _read_from(as_of: str) -> Note:
    return Note(f"Utläst ur listans tidsangivelse, ”{as_of}”", f"Read from the time of the list, {as_of!r}")


def _years(record: Record) -> list[tuple[str, Term]]:
    """Take the years of validity that are known, in order."""
    first, last = record.take_optional("valid_from"), record.take_optional("valid_until")
    if first and last and last < first:
        raise RecordError("valid_until", last, f"it lies before valid_from, which is {first}")
    pairs = ((n.validFrom, first), (n.validUntil, last))
    return [(predicate, year(value)) for predicate, value in pairs if value]
