"""The named actors around the areas: clusters, incubators, science parks, universities and area leads."""

import re
from functools import partial

from graph.terms import iri, text
from loaders.curated import classes, document, evidence, replacement, validity
from loaders.errors import RecordError
from loaders.source import Facts, Intake, Record, Source
from ontology import names as n

SOURCE = Source(
    name="actors",
    title_sv="Kluster, inkubatorer, science parks och lärosäten",
    title_en="Clusters, incubators, science parks and universities",
    publisher="samspel",
    licence="https://creativecommons.org/publicdomain/zero/1.0/",
    url="https://tillvaxtverket.se/amnesomraden/regional-kapacitet/smart-specialisering/klusterprogram.html",
    as_of="2026-11-21",
    at_least={
        "Organisation": 107,  # two of them older versions of two others
        "ClusterOrganisation": 22,
        "Incubator": 36,
        "SciencePark": 18,
        "University": 34,
        "Collaboration": 2,
        "Company": 2,
        "CompetenceCentre": 1,
        "MunicipalityAuthority": 1,
        "Participation": 5,
        "SourceDocument": 11,
        "Statement": 178,
    },
    at_most={"Organisation": 107, "ClusterOrganisation": 22, "Incubator": 36, "University": 34},
)

_RELATIONS = {"located-in": n.locatedIn, "governs": n.governs}
_ROR = re.compile(r"0[a-z0-9]{6}\d{2}\Z")


def load(intake: Intake) -> None:
    """Read who the actors are, where, their other names, their part in the areas, and their versions."""
    intake.each("documents.csv", document)
    intake.each("actors.csv", _actor)
    intake.each("territories.csv", _territory)
    intake.each("other_names.csv", _other_name)
    intake.each("leads.csv", _lead)
    intake.each("participations.csv", _participation)
    intake.each("validity.csv", partial(validity, kind="organisation"))
    intake.each("replacements.csv", partial(replacement, kind="organisation"))


def _actor(record: Record, facts: Facts) -> None:
    """Say what an organisation is; one without a name here is named by the source `seeds`."""
    organisation = facts.iris.thing("organisation", record.take("organisation"))
    facts.a(organisation, n.Organisation, *classes(record, "classes"))
    facts.add(organisation, n.actorKind, facts.iris.thing("actor-kind", record.take("kind")))
    for column, language in (("name_sv", "sv"), ("name_en", "en")):
        if name := record.take_optional(column):
            facts.add(organisation, n.prefLabel, text(name, language))
    if homepage := record.take_optional("homepage"):
        facts.add(organisation, n.homepage, iri(_web_address(homepage)))
    if ror := record.take_optional("ror"):
        facts.add(organisation, n.exactMatch, iri(f"https://ror.org/{_ror_id(ror)}"))


def _territory(record: Record, facts: Facts) -> None:
    organisation = facts.iris.thing("organisation", record.take("organisation"))
    relation = record.take("relation")
    if relation not in _RELATIONS:
        raise RecordError("relation", relation, f"expected one of {', '.join(_RELATIONS)}")
    territory = facts.iris.reference(record.take("territory"))
    facts.state(organisation, _RELATIONS[relation], territory, evidence(record, facts))


def _other_name(record: Record, facts: Facts) -> None:
    organisation = facts.iris.thing("organisation", record.take("organisation"))
    facts.state(organisation, n.altLabel, text(record.take("name"), "sv"), evidence(record, facts))


def _lead(record: Record, facts: Facts) -> None:
    area = facts.iris.thing("area", record.take("area"))
    organisation = facts.iris.thing("organisation", record.take("organisation"))
    facts.state(area, n.ledBy, organisation, evidence(record, facts))


def _participation(record: Record, facts: Facts) -> None:
    area, organisation, role = record.take("area"), record.take("organisation"), record.take("role")
    participation = facts.iris.thing("participation", f"{area}.{organisation}.{role}")
    facts.a(participation, n.Participation)
    facts.add(participation, n.byOrganisation, facts.iris.thing("organisation", organisation))
    facts.add(participation, n.inRole, facts.iris.thing("role", role))
    facts.state(facts.iris.thing("area", area), n.hasParticipation, participation, evidence(record, facts))


def _web_address(value: str) -> str:
    if not value.startswith(("http://", "https://")):
        raise RecordError("homepage", value, "a web address begins with http:// or https://")
    return value


def _ror_id(value: str) -> str:
    if not _ROR.match(value):
        raise RecordError("ror", value, "a ROR id is a 0, six letters or digits, and two digits")
    return value
