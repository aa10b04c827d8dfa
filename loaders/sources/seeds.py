"""The five seed documents, and what further pages add to them: curated facts with their evidence."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation

from graph.terms import Term, day, decimal, integer, iri, text, typed, year
from loaders import curated
from loaders.errors import RecordError
from loaders.source import Facts, Intake, Record, Source
from ontology import names as n

SOURCE = Source(
    name="seeds",
    title_sv="Fem dokument om smart specialisering, med bevis rad för rad",
    title_en="Five documents on smart specialisation, with evidence line by line",
    publisher="samspel",
    licence="https://creativecommons.org/publicdomain/zero/1.0/",
    url="https://w3id.org/samspel/graph/seeds",
    as_of="2026-11-21",
    at_least={
        "Project": 4,
        "KnowledgeArea": 5,
        "StrengthArea": 3,
        "ChallengeArea": 4,
        "Need": 3,
        "Activity": 3,
        "Grant": 4,
        "Goal": 23,
        "Participation": 30,
        "SourceDocument": 19,
        "Statement": 400,
    },
    at_most={"Project": 4, "KnowledgeArea": 5, "StrengthArea": 3, "ChallengeArea": 4, "Need": 3},
)

_TEXTS = {"legalName", "unitName", "asOf", "currency"}
_SWEDISH = {"statedTime"}


def load(intake: Intake) -> None:
    """Read the snapshot: documents, things, facts, participations and goals."""
    intake.each("documents.csv", curated.document)
    intake.each("things.csv", _thing)
    intake.each("facts.csv", _fact)
    intake.each("participations.csv", _participation)
    intake.each("goals.csv", _goal)


def _thing(record: Record, facts: Facts) -> None:
    subject = facts.iris.reference(record.take("thing"))
    facts.a(subject, *curated.classes(record, "classes"))
    label = text(record.take("label_sv"), "sv")
    facts.add(subject, n.prefLabel, text(record.take("label_en"), "en"))
    facts.state(subject, n.prefLabel, label, curated.evidence(record, facts))


def _fact(record: Record, facts: Facts) -> None:
    subject = facts.iris.reference(record.take("subject"))
    name, _, language = record.take("predicate").partition("@")
    value = record.take("value")
    evidence = curated.evidence(record, facts)
    predicate = n.type_ if name == "type" else getattr(n, name, None)
    if not isinstance(predicate, str) or not name[:1].islower():
        raise RecordError("predicate", name, "no property of ontology/names.py has this name")
    if value.startswith("?"):
        facts.unknown(subject, predicate, value[1:], evidence)
    else:
        facts.state(subject, predicate, _value(name, language, value, facts), evidence)


def _participation(record: Record, facts: Facts) -> None:
    project, organisation, role = (record.take(column) for column in ("project", "organisation", "role"))
    key = ".".join(part.rpartition("/")[2] for part in (project, organisation, role))
    participation = facts.iris.thing("participation", key)
    facts.a(participation, n.Participation)
    facts.add(participation, n.byOrganisation, facts.iris.reference(organisation))
    facts.add(participation, n.inRole, facts.iris.thing("role", role))
    facts.state(
        facts.iris.reference(project), n.hasParticipation, participation, curated.evidence(record, facts)
    )


def _goal(record: Record, facts: Facts) -> None:
    project = record.take("project")
    goal = facts.iris.thing("goal", f"{project.rpartition('/')[2]}-{record.take('number')}")
    facts.a(goal, n.Goal)
    facts.add(goal, n.goalKind, facts.iris.thing("goal-kind", record.take("kind")))
    for language in ("sv", "en"):
        wording = text(record.take(f"description_{language}"), language)
        facts.add(goal, n.prefLabel, wording)
        facts.add(goal, n.description, wording)
    facts.state(facts.iris.reference(project), n.hasGoal, goal, curated.evidence(record, facts))


def _value(name: str, language: str, value: str, facts: Facts) -> Term:
    if name == "type":
        return iri(n.SAMSPEL + value)
    if language or name in _SWEDISH:
        return text(value, language or "sv")
    if name in _TEXTS:
        return text(value)
    if name in _LITERALS:
        return _LITERALS[name](value)
    return iri(value) if value.startswith("https://") else facts.iris.reference(value)


def _amount(value: str) -> Term:
    try:
        return decimal(Decimal(value))
    except InvalidOperation as error:
        raise RecordError("value", value, "an amount such as 25000000 was expected") from error


def _duration(value: str) -> Term:
    if not re.fullmatch(r"P(\d+Y)?(\d+M)?(\d+D)?", value) or value == "P":
        raise RecordError("value", value, "a length such as P5Y was expected")
    return typed(value, "duration")


def _count(value: str) -> Term:
    if not value.isdecimal():
        raise RecordError("value", value, "a whole number was expected")
    return integer(int(value))


def _organisation_number(value: str) -> Term:
    return text(curated.organisation_number(value))


_LITERALS: Mapping[str, Callable[[str], Term]] = {
    "organisationNumber": _organisation_number,
    "startDate": day,
    "endDate": day,
    "decidedOn": day,
    "modified": day,
    "validFrom": year,
    "validUntil": year,
    "statedSize": _count,
    "statedDuration": _duration,
    "amount": _amount,
}
