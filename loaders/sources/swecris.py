"""Grants of Swedish research funders, from the export of Swecris (the Swedish Research Council).

A CSV of 28 columns, one row a grant. The number of a grant is unique only together with its funder
(`2025-00966_Vinnova`). Most rows of RJ repeat a row of Vinnova: same number, title and amount, a defect of
the source; such a copy is counted as a duplicate, wherever its twin stands. With another amount both are
loaded, with another title they are different projects.

Abstracts are not taken in: they are written by researchers about their work, and many name people. A row
whose coordinator is a sole trader (its number is a personal number) tells of a person: it is left out whole,
since its title may tell who. A coordinator without a number is not told of, since the name alone may be
a person's. The API (https://swecris-api.vr.se/v1/scp/export) asks for a token, so there is nothing to fetch:
load the file that it gives.
"""

import re
from collections.abc import Callable, Iterable

from loaders.curated import organisation_number
from loaders.errors import PersonalData, RecordError
from loaders.feed import Feed
from loaders.mapping import Amount, Check, Field, Layout, Link, Note, Say, Thing
from loaders.matching import Keys, Matcher
from loaders.personal_data import found_in
from loaders.persons import sole_trader
from loaders.reviewed import actor_kinds
from loaders.scb_subjects import SCHEME, Subjects
from loaders.source import Source
from loaders.values import Converter, amount, day, day_of, english, in_order, key, plain, swedish
from ontology import names as n

SOURCE = Source(
    name="swecris",
    title_sv="Bidrag från svenska forskningsfinansiärer (Swecris)",
    title_en="Grants of Swedish research funders (Swecris)",
    publisher="Vetenskapsrådet",
    licence="https://www.vr.se/english/analysis/swedish-research-in-figures/how-to-use-the-swedish-research-councils-open-data-on-funding.html",
    url="https://www.vr.se/swecris",
    as_of="2025-10-28",
    at_least={"Project": 1, "Grant": 1},
    outside=True,
    layout="1,408 rows of Vinnova in KTH's export of 2025; other funders as measured on 6,519 rows",
)

_IGNORED = (
    "FundingYear",  # the year of FundingStartDate in each of 1,403 rows
    "TypeOfAwardId",  # Projektbidrag, Project grant in all rows seen
    "TypeOfAwardDescrSv",
    "TypeOfAwardDescrEn",
    "LoadedDate",  # when Swecris took the row in
)
_PERSONAL = (
    "InvolvedPeople",  # names, ORCID iDs and gender
    "ProjectAbstractSv",  # free text in which researchers are named
    "ProjectAbstractEn",
)
_MARKS = ("CoordinatingOrganisationId", "FundingOrganisationId", "FundingsSek")
_TWIN = ("ProjectId", "ProjectTitleSv", "ProjectTitleEn", "FundingsSek")
_COORDINATOR = "CoordinatingOrganisation"
_FUNDER = "FundingOrganisation"
_UNKNOWN = ("", "NULL")
_ID = re.compile(r"(.+)_([^_]+)")
_YEAR = re.compile(r"(19|20)[0-9]{2}")
_BORN = re.compile(r"[0-9]{2}[01]|[0-9]{4}[01][0-9]{7}")
_written_day = day_of("%Y-%m-%d", "%Y-%m-%d %H:%M:%S")


def load(feed: Feed) -> None:
    """Read the grants."""
    subjects = Subjects(feed.note)
    twins = Twins(feed.peek(*_TWIN), feed.note)
    feed.tables(_grants(feed.matcher, subjects, twins, feed.note))
    feed.say(subjects.describe)


class Twins:
    """The rows of Vinnova that a row of RJ may repeat, found in a first pass over the files."""

    def __init__(self, rows: Iterable[tuple[str, ...]], note: Note) -> None:
        self._note = note
        self._vinnova: dict[str, tuple[str, str]] = {}
        for identifier, sv, en, granted in rows:
            number, _, funder = identifier.rpartition("_")
            if funder == "Vinnova":
                self._vinnova[number] = _folded(sv or en), _sum(granted)

    def copy(self, identifier: str, sv: str, en: str, granted: str) -> str | None:
        """Return the number of the row that a row of RJ repeats, None when it repeats none."""
        number, _, funder = identifier.rpartition("_")
        if funder != "RJ" or number not in self._vinnova:
            return None
        title, sek = self._vinnova[number]
        if title != _folded(sv or en):
            self._note("RJ and Vinnova: same number, other title; different projects, both loaded")
            return None
        if sek != _sum(granted):
            self._note("RJ and Vinnova: same number and title, other amount; both loaded")
            return None
        self._note("RJ repeats Vinnova: same number, title and amount; counted once")
        return number


def _folded(title: str) -> str:
    return " ".join(title.casefold().split())


def _sum(granted: str) -> str:
    try:
        return amount(granted)
    except ValueError:
        return granted


def _grants(matcher: Matcher, subjects: Subjects, twins: Twins, note: Note) -> Layout:
    return Layout(
        "grants",
        fields=(
            Field("id", "ProjectId", key, required=True),
            Field("identifier", "ProjectId", plain, required=True),
            Field("number", "ProjectId", _number, required=True),
            Field("grant_sv", "ProjectId", lambda value: swedish(f"Bidrag {value}"), required=True),
            Field("grant_en", "ProjectId", lambda value: english(f"Grant {value}"), required=True),
            *_organisation("coordinator", _COORDINATOR, matcher, note),
            *_organisation("funder", _FUNDER, matcher, note),
            Field("titles", ("ProjectId", "ProjectTitleSv", "ProjectTitleEn"), _titles),
            Field("title_sv", "ProjectTitleSv", swedish),
            Field("title_en", "ProjectTitleEn", english),
            Field("twin", _TWIN, twins.copy),
            Field("start", "ProjectStartDate", day),
            Field("end", "ProjectEndDate", day),
            Field("granted", ("ProjectId", "FundingsSek"), _granted(note)),
            Field("funded_from", "FundingStartDate", _year_or_day),  # checked only: grants have no days
            Field("funded_until", "FundingEndDate", _year_or_day),
            Field("changed", "UpdatedDate", day_of("%m/%d/%Y %H:%M:%S")),
            Field("subjects", "Scbs", subjects.codes, many=True),
        ),
        things=_THINGS,
        key=("ProjectId",),
        ignored=_IGNORED,
        personal=_PERSONAL,
        checks=(
            Check(("twin",), lambda _: False, "ProjectId", "repeats a row of Vinnova", duplicate=True),
            Check(("start", "end"), in_order, "ProjectEndDate", "the end comes before the start"),
        ),
        marks=_MARKS,
    )


def _organisation(name: str, column: str, matcher: Matcher, note: Note) -> tuple[Field, ...]:
    """Return the fields of the organisation that a group of columns tells of."""
    number, kinds = f"{column}Id", (f"{column}TypeOfOrganisationSv", f"{column}TypeOfOrganisationEn")
    known = actor_kinds(SOURCE.name)

    def resolved(value: str) -> str | None:
        if value in _UNKNOWN:
            return None
        return matcher.resolve(Keys(_checked(number, value), None, None, None, "", SOURCE.name)).key

    def told(_: str, value: str) -> str | None:
        if value in _UNKNOWN:
            note(f"{number}: no number; loaded without this organisation, whose name may be a person's")
        return resolved(value)

    def kind(sv: str, en: str) -> str | None:
        found = known.get(sv or en)
        if found is None:
            note(f"{kinds[0]}: {sv or en!r} is not in lookups/actor_kinds.csv; the kind was left open")
        return found

    def company(value: str, sv: str, en: str) -> str | None:
        return resolved(value) if known.get(sv or en) == "company" else None

    return (
        Field(name, ("ProjectId", number), told),
        Field(
            f"{name}_number",
            number,
            lambda value: None if value in _UNKNOWN else plain(_checked(number, value)),
        ),
        Field(f"{name}_sv", f"{column}NameSv", _named(column, swedish, note)),
        Field(f"{name}_en", f"{column}NameEn", _named(column, english, note)),
        Field(f"{name}_kind", kinds, kind),
        Field(f"{name}_company", (number, *kinds), company),
    )


def _checked(column: str, value: str) -> str:
    """Return an organisation number; a personal number, misprinted ones too, leaves the row out."""
    if sole_trader(value) or found_in(value) == "a personal number" or _BORN.match(value):
        raise PersonalData(column, "the number is a person's (a sole trader): the row is left out")
    try:
        return organisation_number(value)
    except RecordError as error:
        raise RecordError(column, value, error.reason) from error


def _things_of(name: str) -> tuple[Thing, Thing]:
    """Return what is said of the coordinator or the funder."""
    says = (
        Say(n.organisationNumber, f"{name}_number"),
        Say(n.altLabel, f"{name}_sv"),
        Say(n.altLabel, f"{name}_en"),
        Link(n.actorKind, f"actor-kind/{{{name}_kind}}"),
    )
    return (
        Thing(f"organisation/{{{name}}}", (n.Organisation,), says, once=True),
        Thing(f"organisation/{{{name}_company}}", (n.Company,), once=True),
    )


def _named(column: str, say: Converter, note: Note) -> Callable[[str], str | None]:
    def convert(value: str) -> str | None:
        if value == "NULL":
            note(f"{column}: the name is the word NULL; taken as unknown")
            return None
        return say(value)

    return convert


def _number(value: str) -> str:
    """Return a grant's number after its funder, as other registers say it too: `Vinnova 2025-00966`."""
    found = _ID.fullmatch(value)
    if not found:
        raise ValueError("a number and a funder such as 2025-00966_Vinnova were expected")
    return plain(f"{found[2]} {found[1]}")


def _titles(_: str, sv: str, en: str) -> None:
    """Hold a row to have a title, and no title to give a person's address or number."""
    if not sv and not en:
        raise RecordError("ProjectTitleSv", "", "a title in Swedish or English is required")
    if found := found_in(sv) or found_in(en):
        raise PersonalData("ProjectTitleSv", f"the title holds {found}")


def _granted(note: Note) -> Callable[[str, str], str | None]:
    def convert(_: str, value: str) -> str | None:
        if not value:
            note("FundingsSek: empty; the grant has no amount")
            return None
        try:
            return amount(value)
        except ValueError as error:
            raise RecordError("FundingsSek", value, str(error)) from error

    return convert


def _year_or_day(value: str) -> str:
    """Hold a value to one of the three forms: 2013, 2025-01-01, 2026-05-01 12:00:00."""
    return plain(value) if _YEAR.fullmatch(value) else _written_day(value)


_THINGS = (
    Thing(
        "project/swecris.{id}",
        (n.Project,),
        (
            Say(n.prefLabel, "title_sv"),
            Say(n.prefLabel, "title_en"),
            Say(n.identifier, "identifier"),
            Say(n.identifier, "number"),
            Say(n.startDate, "start"),
            Say(n.endDate, "end"),
            Say(n.modified, "changed"),
            Link(n.topic, f"{SCHEME}/{{subjects}}"),
            Link(n.fundedBy, "grant/swecris.{id}"),
            Link(n.hasParticipation, "participation/swecris.{id}.{coordinator}.coordinator"),
        ),
    ),
    Thing(
        "grant/swecris.{id}",
        (n.Grant,),
        (
            Say(n.prefLabel, "grant_sv"),
            Say(n.prefLabel, "grant_en"),
            Link(n.disbursedBy, "organisation/{funder}"),
            Amount(n.schemaAmount, "granted", "SEK"),
        ),
    ),
    Thing(
        "participation/swecris.{id}.{coordinator}.coordinator",
        (n.Participation,),
        (Link(n.byOrganisation, "organisation/{coordinator}"), Link(n.inRole, "role/coordinator")),
    ),
    *(thing for name in ("coordinator", "funder") for thing in _things_of(name)),
)
