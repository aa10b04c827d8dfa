"""Sweden from the country down to 290 municipalities, and the 21 authorities that govern the counties."""

import re
from functools import partial

from graph.terms import Term, iri, text
from loaders.curated import classes, document, evidence, validity
from loaders.errors import RecordError
from loaders.source import Facts, Intake, Record, Source
from ontology import names as n

SOURCE = Source(
    name="sweden",
    title_sv="Sveriges territorier och regioner",
    title_en="The territories and regional authorities of Sweden",
    publisher="samspel",
    licence="https://creativecommons.org/publicdomain/zero/1.0/",
    url="https://ec.europa.eu/eurostat/web/nuts/local-administrative-units",
    as_of="2026-11-21",
    at_least={
        "Territory": 323,
        "StatisticalRegion": 12,
        "County": 21,
        "Municipality": 290,
        "Organisation": 21,
        "RegionAuthority": 21,
        "MunicipalityAuthority": 1,
        "SourceDocument": 4,
        "Statement": 54,
    },
    at_most={"Territory": 323, "Organisation": 21},
)

_REGION = re.compile(r"SE\d{0,2}\Z", re.ASCII)
_NUTS3 = re.compile(r"SE\d{3}\Z", re.ASCII)
_COUNTY = re.compile(r"\d{2}\Z", re.ASCII)
_MUNICIPALITY = re.compile(r"\d{4}\Z", re.ASCII)
_ISO = re.compile(r"SE-[A-Z]{1,2}\Z")


def load(intake: Intake) -> None:
    """Read the territories from the country down, who governs them, and since when."""
    intake.each("documents.csv", document)
    intake.each("statistical_regions.csv", _statistical_region)
    intake.each("counties.csv", _county)
    intake.each("municipalities.csv", _municipality)
    intake.each("authorities.csv", _authority)
    intake.each("governs.csv", _governs)
    intake.each("validity.csv", partial(validity, kind="organisation"))


def _statistical_region(record: Record, facts: Facts) -> None:
    code = _matching(record, "nuts_code", _REGION, "a code of NUTS level 0 to 2, such as 'SE12'")
    region = facts.iris.thing("nuts", code)
    facts.a(region, n.Territory, n.StatisticalRegion)
    _nuts(region, code, facts)
    if code != "SE":
        facts.add(region, n.within, facts.iris.thing("nuts", code[:-1]))
    _labels(region, record.take("name_sv"), record.take("name_en"), facts)


def _county(record: Record, facts: Facts) -> None:
    code = _matching(record, "scb_code", _COUNTY, "two digits, such as '05'")
    nuts_code = _matching(record, "nuts_code", _NUTS3, "a code of NUTS level 3, such as 'SE123'")
    county = facts.iris.thing("county", code)
    facts.a(county, n.Territory, n.County)
    _nuts(county, nuts_code, facts)
    facts.add(county, n.scbCode, text(code))
    facts.add(county, n.isoCode, text(_matching(record, "iso_code", _ISO, "a code such as 'SE-E'")))
    facts.add(county, n.within, facts.iris.thing("nuts", nuts_code[:-1]))
    _labels(county, record.take("name_sv"), record.take("name_en"), facts)
    for short in record.take("short_sv").split("|"):
        facts.add(county, n.altLabel, text(short, "sv"))


def _municipality(record: Record, facts: Facts) -> None:
    code = _matching(record, "scb_code", _MUNICIPALITY, "four digits, such as '0580'")
    county = record.take("county")
    if code[:2] != county:
        raise RecordError("county", county, f"the code {code} begins with its county, which is {code[:2]}")
    municipality = facts.iris.thing("municipality", code)
    facts.a(municipality, n.Territory, n.Municipality)
    facts.add(municipality, n.scbCode, text(code))
    facts.add(municipality, n.within, facts.iris.thing("county", county))
    name = record.take("name")
    _labels(municipality, name, name, facts)


def _authority(record: Record, facts: Facts) -> None:
    authority = facts.iris.thing("organisation", record.take("organisation"))
    facts.a(authority, n.Organisation, *classes(record, "classes"))
    facts.add(authority, n.actorKind, facts.iris.thing("actor-kind", "region-authority"))
    name, name_en = record.take("name_sv"), record.take("name_en")
    facts.state(authority, n.prefLabel, text(name, "sv"), evidence(record, facts))
    facts.add(authority, n.prefLabel, text(name_en, "en"))


def _governs(record: Record, facts: Facts) -> None:
    authority = facts.iris.thing("organisation", record.take("organisation"))
    territory = facts.iris.reference(record.take("territory"))
    facts.state(authority, n.governs, territory, evidence(record, facts))


def _nuts(territory: Term, code: str, facts: Facts) -> None:
    facts.add(territory, n.nutsCode, text(code))
    facts.add(territory, n.exactMatch, iri(n.NUTS + code))


def _labels(territory: Term, name_sv: str, name_en: str, facts: Facts) -> None:
    facts.add(territory, n.prefLabel, text(name_sv, "sv"))
    facts.add(territory, n.prefLabel, text(name_en, "en"))


def _matching(record: Record, column: str, form: re.Pattern[str], wanted: str) -> str:
    value = record.take(column)
    if not form.match(value):
        raise RecordError(column, value, f"expected {wanted}")
    return value
