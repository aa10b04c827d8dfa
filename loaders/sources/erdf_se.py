"""Operations of the Regional Development Fund in Sweden 2014-2020, from the project bank of Tillväxtverket.

A JSON array of flat objects. Project leaders, telephone numbers and e-mail addresses are columns of the
source; they are dropped. A description that holds contact details is withheld. An operation that lists all 21
counties is nation-wide: it covers Sweden and nothing smaller, so that it does not join every county to every
other. Of an operation in some counties the municipalities are told too. `insatsområde` (23 free wordings of
the same objectives) is passed over.
"""

from collections.abc import Callable
from functools import cache

from loaders.errors import RecordError
from loaders.feed import Feed
from loaders.free_text import described
from loaders.mapping import Amount, Check, Field, Layout, Link, Say, Thing
from loaders.matching import Keys, Matcher
from loaders.places import Places
from loaders.reviewed import LOOKUPS, rows
from loaders.source import Source
from loaders.values import amount, day, in_order, key, plain, slug, swedish
from ontology import names as n

SOURCE = Source(
    name="erdf_se",
    title_sv="Regionalfondens insatser i Sverige 2014–2020 (Tillväxtverkets projektbank)",
    title_en="Operations of the Regional Fund in Sweden 2014-2020 (project bank of Tillväxtverket)",
    publisher="Tillväxtverket",
    licence="https://creativecommons.org/publicdomain/mark/1.0/",
    url="http://projektbank.tillvaxtverket.se/projektbanken2020#page=eruf",
    as_of="2016-10-14",
    at_least={"Project": 1, "Grant": 1, "Participation": 1, "Organisation": 1},
    outside=True,
    layout="all 374 operations of 2016-10-14, as scraped by os-data/eu-structural-funds",
)

_PERSONAL = ("projektledare", "telnr", "e-post")
_IGNORED = ("_source", "beviljat_belopp_eur", "insatsområde")


def load(feed: Feed) -> None:
    """Read the operations."""
    feed.tables(_operations(feed.matcher, feed.places, feed.note))


def _operations(matcher: Matcher, places: Places, note: Callable[[str], None]) -> Layout:
    objectives = {row["word"]: row for _, row in rows(LOOKUPS / "thematic_objectives.csv")}

    def objective(column: str) -> Callable[[str], str]:
        def convert(value: str) -> str:
            if value not in objectives:
                raise ValueError("lookups/thematic_objectives.csv knows no such objective; add a line")
            return objectives[value][column]

        return convert

    return Layout(
        "operations",
        fields=(
            Field("id", "ärende-id", key, required=True),
            Field("number", "ärende-id", plain, required=True),
            Field("decision", "ärende-id", lambda value: swedish(f"Beslut {value}"), required=True),
            Field("name", "projektnamn", swedish, required=True),
            Field("summary", "projektbeskrivning", described(swedish, note, "projektbeskrivning")),
            Field("organisation", "stödmottagare", _organisation(matcher), required=True),
            Field("beneficiary", "stödmottagare", plain, required=True),
            Field("granted", "beviljat_belopp_sek", amount, required=True),
            Field("start", "projekt_starttid", day),
            Field("end", "projekt_sluttid", day),
            Field("changed", "uppdateringsdatum", day),
            Field("places", ("län", "kommuner"), _covered(places, note), required=True, many=True),
            Field("programme", "område", slug, required=True),
            Field("programme_name", "område", swedish, required=True),
            Field("objective", "tematiskt_mål", objective("number"), required=True),
            Field("objective_sv", "tematiskt_mål", lambda value: swedish(objective("name_sv")(value))),
            Field("objective_en", "tematiskt_mål", lambda value: f'"{objective("name_en")(value)}"@en'),
        ),
        things=_THINGS,
        key=("ärende-id",),
        ignored=_IGNORED,
        personal=_PERSONAL,
        checks=(Check(("start", "end"), in_order, "projekt_sluttid", "the end comes before the start"),),
    )


_THINGS = (
    Thing(
        "project/erdf-se.{id}",
        (n.Project,),
        (
            Say(n.prefLabel, "name"),
            Say(n.identifier, "number"),
            Say(n.description, "summary"),
            Say(n.startDate, "start"),
            Say(n.endDate, "end"),
            Say(n.modified, "changed"),
            Link(n.coversTerritory, "{places}"),
            Link(n.DCTERMS + "subject", "thematic-objective/{objective}"),
            Link(n.fundedBy, "grant/erdf-se.{id}"),
            Link(n.hasParticipation, "participation/erdf-se.{id}.beneficiary"),
        ),
    ),
    Thing(
        "grant/erdf-se.{id}",
        (n.Grant,),
        (
            Say(n.prefLabel, "decision"),
            Link(n.underScheme, "fund/eruf"),
            Link(n.underScheme, "programme/erdf-2014-2020.{programme}"),
            Link(n.disbursedBy, "organisation/tillvaxtverket"),
            Amount(n.schemaAmount, "granted", "SEK"),
        ),
    ),
    Thing(
        "participation/erdf-se.{id}.beneficiary",
        (n.Participation,),
        (Link(n.byOrganisation, "organisation/{organisation}"), Link(n.inRole, "role/beneficiary")),
    ),
    Thing("organisation/{organisation}", (n.Organisation,), (Say(n.altLabel, "beneficiary"),), once=True),
    Thing(
        "programme/erdf-2014-2020.{programme}",
        (n.Programme,),
        (Say(n.prefLabel, "programme_name"), Link(n.isPartOf, "fund/eruf")),
        once=True,
    ),
    Thing(
        "thematic-objective/{objective}",
        (n.Concept,),
        (Say(n.prefLabel, "objective_sv"), Say(n.prefLabel, "objective_en")),
        once=True,
    ),
)


def _organisation(matcher: Matcher) -> Callable[[str], str]:
    def convert(name: str) -> str:
        return matcher.resolve(Keys(None, None, None, None, name, SOURCE.name)).key

    return convert


def _covered(places: Places, note: Callable[[str], None]) -> Callable[[str, str], list[str]]:
    """Return what turns the two comma lists into territories: the country, or counties and municipalities."""

    @cache
    def municipality(name: str) -> str:
        place = places.municipality(name)
        if place is None:
            raise RecordError("kommuner", name, "no municipality has this name, nor does the reviewed table")
        if place.how == "reviewed":
            note(f"kommuner: {name!r} was read as municipality {place.key}, by the reviewed table")
        return place.key

    @cache
    def county(name: str) -> str:
        place = places.county(name)
        if place is None:
            raise RecordError("län", name, "no county has this name")
        return place.key

    def convert(counties: str, municipalities: str) -> list[str]:
        found = places.covers(map(county, _list(counties)), map(municipality, _list(municipalities)))
        return [place.reference for place in found]

    return convert


def _list(value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]
