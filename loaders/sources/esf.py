"""Operations of the European Social Fund Plus in Sweden, from the export of ESF-rådet's project bank.

CSV or XLSX, with headings in two languages (`Diarienummer / Operation ID`). Summaries carry HTML, which is
taken out; one that holds contact details is withheld. A sole trader's organisation number is a personal
number: such operations are left out and not shown. The export gives an operation no territory; a beneficiary
lies in the municipality that its postal town is named after, if any. Kohesio has the same operations in euro:
both say the identifier "ESF NN-NNN-SNN" and stay two projects in two graphs, so a sum over both sources takes
one of each pair. The list of Tillväxtverket for 2021-2027 is assumed to be of this kind; none has been seen,
so none is read.
"""

from collections.abc import Callable

from loaders import cohesion
from loaders.feed import Feed
from loaders.free_text import described
from loaders.mapping import Amount, Check, Field, Layout, Link, Note, Say, Thing
from loaders.matching import Keys, Matcher
from loaders.places import Places
from loaders.source import Source
from loaders.values import amount, day, english, in_order, key, plain, swedish
from ontology import names as n

SOURCE = Source(
    name="esf",
    title_sv="Insatser inom Europeiska socialfonden+ i Sverige (Svenska ESF-rådets projektbank)",
    title_en="Operations of the European Social Fund Plus in Sweden (project bank of Svenska ESF-rådet)",
    publisher="Svenska ESF-rådet",
    licence="http://rightsstatements.org/vocab/CNE/1.0/",  # no licence is stated in what was seen
    url="https://www.esf.se/",
    as_of="2026-11-21",
    at_least={"Project": 1, "Grant": 1, "Participation": 1},
    outside=True,
    layout="headings as public readers of the export have them; no file has been seen",
)

_NUMBER = "Projektägare organisationsnummer / Beneficiary ID"
_COUNTRY = "Stödmottagarens land / Beneficiary country"
_BENEFICIARY = ("Stödmottagare / Beneficiary", _NUMBER, _COUNTRY)
_TOTAL = "Total projektbudget / Total budget SEK"
_SUPPORT = "EU-stöd i SEK / EU contribution SEK"
_SWEDEN = ("", "sverige", "sweden", "se")
_IGNORED = (  # codes and wordings of which no value has been seen
    "Programområde / Priority",
    "Specifikt mål / Specific objective concerned",
    "Interventionsområde / Intervention field",
)


def load(feed: Feed) -> None:
    """Read the operations."""
    feed.tables(_operations(feed.matcher, feed.places, feed.note))


def _operations(matcher: Matcher, places: Places, note: Note) -> Layout:
    funds, number = cohesion.funds(), "Diarienummer / Operation ID"
    return Layout(
        "operations",
        fields=(
            *_beneficiary(matcher, places, note),
            Field("id", number, lambda value: key(value.upper()), required=True),
            Field("printed", number, plain, required=True),
            Field("shared", number, cohesion.esf_identifier),
            Field("decision_sv", number, lambda value: swedish(f"Beslut {value}"), required=True),
            Field("decision_en", number, lambda value: english(f"Decision {value}"), required=True),
            Field("authority", number, lambda _: _key(matcher, None, SOURCE.publisher), required=True),
            Field("authority_name", number, lambda _: plain(SOURCE.publisher), required=True),
            Field("name", "Namn på insatsen / Operation Name", swedish, required=True),
            *_summaries(note),
            Field("start", "Startdatum / Start date", day),
            Field("end", "Slutdatum / End date", day),
            *_money(note),
            *funds.fields("EU-fond / EU fund"),
            *cohesion.programme_fields("Program CCI / Program CCI"),
        ),
        things=_things(funds),
        key=(number,),
        ignored=_IGNORED,
        checks=(Check(("start", "end"), in_order, "Slutdatum / End date", "the end comes before the start"),),
    )


def _beneficiary(matcher: Matcher, places: Places, note: Note) -> tuple[Field, ...]:
    """Return the fields of the beneficiary; they come first, so that a person's row is refused as such."""

    def located(town: str, country: str) -> str | None:
        place = places.municipality(town) if town and _swedish(country) else None
        if town and place is None:
            note("no municipality is named as the beneficiary's postal town: it is not located")
        return place.reference if place else None

    return (
        Field("number", _BENEFICIARY[1:], _number),
        Field("organisation", _BENEFICIARY, _organisation(matcher), required=True),
        Field("beneficiary", _BENEFICIARY[0], plain, required=True),
        Field("place", ("Projektägare ort / Beneficiary city", _COUNTRY), located),
    )


def _money(note: Note) -> tuple[Field, ...]:
    rate = "Unionens medfinansieringsgrad / Union co-financing rate"
    return (
        Field("total", _TOTAL, amount),
        Field("eu", _SUPPORT, amount),
        Field("rate", (rate, _TOTAL, _SUPPORT), cohesion.rate_checked(note)),
    )


def _summaries(note: Note) -> tuple[Field, ...]:
    in_swedish, in_english = "Sammanfattning / Summary", "Sammanfattning engelsk / Summary in english"
    return (
        Field("summary_sv", in_swedish, described(swedish, note, in_swedish)),
        Field("summary_en", in_english, described(english, note, in_english)),
    )


def _things(funds: cohesion.Codes) -> tuple[Thing, ...]:
    project: tuple[Say | Link | Amount, ...] = (
        *(Say(n.prefLabel, "name"), Say(n.identifier, "printed"), Say(n.identifier, "shared")),
        *(Say(n.description, "summary_sv"), Say(n.description, "summary_en")),
        *(Say(n.startDate, "start"), Say(n.endDate, "end")),
        *(Amount(n.totalBudget, "total", "SEK"), Amount(n.euContribution, "eu", "SEK")),
        *(Link(n.fundedBy, "grant/esf.{id}"), Link(n.hasParticipation, "participation/esf.{id}.beneficiary")),
    )
    grant: tuple[Say | Link | Amount, ...] = (
        *(Say(n.prefLabel, "decision_sv"), Say(n.prefLabel, "decision_en")),
        *(*funds.links(n.underScheme), Link(n.underScheme, "programme/{programme}")),
        *(Link(n.disbursedBy, "organisation/{authority}"), Amount(n.schemaAmount, "eu", "SEK")),
    )
    part = (Link(n.byOrganisation, "organisation/{organisation}"), Link(n.inRole, "role/beneficiary"))
    organisation = (
        *(Say(n.altLabel, "beneficiary"), Say(n.organisationNumber, "number")),
        Link(n.locatedIn, "{place}"),
    )
    return (
        Thing("project/esf.{id}", (n.Project,), project),
        Thing("grant/esf.{id}", (n.Grant,), grant),
        Thing("participation/esf.{id}.beneficiary", (n.Participation,), part),
        Thing("organisation/{organisation}", (n.Organisation,), organisation, once=True),
        Thing("organisation/{authority}", (n.Organisation,), (Say(n.altLabel, "authority_name"),), once=True),
        cohesion.programme_thing(*funds.links(n.isPartOf)),
        *funds.things(),
    )


def _number(number: str, country: str) -> str | None:
    """Return the organisation number of a beneficiary in Sweden as a literal."""
    return plain(cohesion.beneficiary_number(number, _NUMBER)) if number and _swedish(country) else None


def _organisation(matcher: Matcher) -> Callable[[str, str, str], str]:
    def convert(name: str, number: str, country: str) -> str:
        found = cohesion.beneficiary_number(number, _NUMBER) if number and _swedish(country) else None
        return _key(matcher, found, name)

    return convert


def _key(matcher: Matcher, number: str | None, name: str) -> str:
    return matcher.resolve(Keys(number, None, None, None, name, SOURCE.name)).key


def _swedish(country: str) -> bool:
    return country.casefold() in _SWEDEN
