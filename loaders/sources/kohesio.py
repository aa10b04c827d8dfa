"""Operations of the EU's cohesion policy (ERDF, ESF+ and others), as Kohesio publishes them.

Three layouts: the published CSV with the names of beneficiaries (`SE-pp21-27-latest.csv`, and now 2014-2020
too, `SE-pp14-20-latest.csv`), the published CSV with their identifiers only (older releases of 2014-2020;
give the file with `Beneficiary` and `BeneficiaryLabel` beside it), and the import layout of the managing
authorities. What the files showed, or public readers of them say:

- `Location_Indicator_latitude_longitude` is longitude, then latitude, against its name.
- One beneficiary a row; rows of one operation must say the same of it, else the later row is refused.
- Organisation numbers are read in Sweden only; those of other countries may be persons', and are not said.
- Only Swedish operations have a territory of ours: by NUTS 3, else postcode, else point, else NUTS 2 or 1.
- A summary that holds contact details is withheld.
- The money is as printed: the eligible total in its own currency, the EU's part in euro.
- The local identifier of an ESF+ operation ends in its number in the project bank of Svenska ESF-rådet. Both
  sources say `dcterms:identifier "ESF NN-NNN-SNN"` and stay two projects in two graphs, so a sum over both
  sources takes one of each pair.
"""

from collections.abc import Callable, Mapping

from loaders import cohesion
from loaders import kohesio_values as values
from loaders.feed import Feed
from loaders.kohesio_values import CURRENCY, ENTITY, EXCHANGE, LOCAL, POINT, Reading, entity
from loaders.mapping import Amount, Check, Field, Layout, Link, Note, Say, Thing
from loaders.source import Source
from loaders.values import amount, day, english, in_order, key, plain, swedish
from ontology import names as n

_DATA = "https://kohesio.ec.europa.eu/api/data/object?id=data"

SOURCE = Source(
    name="kohesio",
    title_sv="Insatser inom EU:s sammanhållningspolitik (Kohesio)",
    title_en="Operations of the EU's cohesion policy (Kohesio)",
    publisher="European Commission",
    licence="https://creativecommons.org/licenses/by/4.0/",
    url="https://kohesio.ec.europa.eu/en/data",
    as_of="2026-11-21",
    at_least={"Project": 1, "Grant": 1},
    download=(
        f"{_DATA}/projects-2014-2020/latest/SE-pp14-20-latest.csv",
        f"{_DATA}/projects-2021-2027/latest/SE-pp21-27-latest.csv",
    ),
    outside=True,
    layout="import layout: the Commission's Table Schema and five real Irish rows; published layouts: "
    "columns, and one real Swedish row, in public readers of them",
)

_COUNTRY = ("Country", "CountryCode")
_BENEFICIARY = ("Beneficiary_Name", LOCAL, "Beneficiary_Unique_Identifier", *_COUNTRY)
_NAMES = ("Operation_Name_English", "Operation_Name_Programme_Language", *_COUNTRY)
_SUMMARIES = ("Operation_Summary_English", "Operation_Summary_Programme_Language", *_COUNTRY)
_TOTAL = "Total_Eligible_Expenditure_amount"
_RATE = "Cofinancing_Rate|CoFinancing_Rate"
_PLACE = (
    "NUTS3_Code|Location_Indicator_NUTS_code",
    "Postal_Code|Location_Indicator_Postcode",
    POINT,
    "NUTS2_Code",
    "NUTS1_Code",
    *_COUNTRY,
)
_OF_THE_OPERATION = (
    "Operation_Unique_Identifier",
    *("Operation_Name_English", "Operation_Name_Programme_Language"),
    *("Operation_Start_Date", "Operation_End_Date", "Operation_Expected_End_Date"),
    *(_TOTAL, CURRENCY, "Project_EU_Budget"),
)
_IGNORED = (
    "Category_Of_Intervention",  # codes of two nomenclatures, by period
    *(
        "Category_Label",
        "Thematic_Objective_Label",
        "Policy_Objective_Label",
    ),  # the objectives are said by number
    *("Specific_Objective_ID", "Specific_Objective_Label"),
    "Fund_Name",  # by its code
    "Programming_Period",  # the CCI tells it
    *("Region", "NUTS1_Label", "NUTS2_Label", "NUTS3_Label"),  # by their codes
    "LAU_Labels",  # no Swedish value has been seen
    *("Image_URL", "InfoRegio_ID", "InfoRegio_URL", "Social_Media_Links"),
    "CountryID",  # a number within the country, which the identifier makes needless
    *("Program_Priority_Axis_Code", "Program_Priority_Axis_Name"),
    *(
        "Program_Specific_Objective_Code",
        "Program_Specific_Objective_Name",
        "Program_Thematic_Objective_Name",
    ),
)


def load(feed: Feed) -> None:
    """Read the operations, with the names of beneficiaries that a file of theirs gives."""
    names = {told[0]: told[1] for told in feed.peek("Beneficiary", "BeneficiaryLabel")}
    reading = Reading(feed.matcher, feed.places, feed.note, names)
    row = ("Operation_Unique_Identifier", "Beneficiary_Unique_Identifier")
    published = ("Fund_Code", "Project_EU_Budget")
    feed.tables(
        _operations(reading, "operations, with names", (*row, "Beneficiary_Name"), published),
        _operations(reading, "operations, with identifiers", row, published),
        _operations(reading, "operations, to be imported", (*row, "Beneficiary_Name"), ("CountryID",)),
        Layout("beneficiaries", (), (), marks=("Beneficiary", "BeneficiaryLabel")),
    )


def _operations(reading: Reading, kind: str, row: tuple[str, ...], marks: tuple[str, ...]) -> Layout:
    codes = _codes(reading.note)
    return Layout(
        kind,
        fields=(
            *_beneficiary(reading),
            *_operation(reading),
            *_texts(reading),
            *codes["funds"].fields("Fund_Code"),
            *codes["thematic"].fields("Thematic_Objective_ID|Program_Thematic_Objective_Code"),
            *codes["policy"].fields("Policy_Objective_ID"),
            *cohesion.programme_fields("Programme_Code"),
            Field("programme_name", "Programme_Name", english),
            *_money(reading.note),
        ),
        things=_things(codes),
        key=row,
        marks=marks,
        ignored=_IGNORED,
        checks=_checks(reading),
    )


def _checks(reading: Reading) -> tuple[Check, ...]:
    """Return the checks; what holds rows against earlier ones is the last, so that no refused row counts."""
    differs = "an earlier row says something else of this operation"
    return (
        Check(("start", "end"), in_order, "Operation_End_Date", "the end comes before the start"),
        Check(("facts",), reading.agrees, "Operation_Unique_Identifier", differs),
    )


def _codes(note: Note) -> dict[str, cohesion.Codes]:
    return {
        "funds": cohesion.funds(),
        "thematic": cohesion.thematic_objectives(note),
        "policy": cohesion.policy_objectives(note),
    }


def _beneficiary(reading: Reading) -> tuple[Field, ...]:
    """Return the fields of the beneficiary; they come first, so that a person's row is refused as such."""
    named = ("Beneficiary_Name", "Beneficiary_Unique_Identifier")
    return (
        Field("number", _BENEFICIARY[1:], reading.number),
        Field("organisation", _BENEFICIARY, reading.organisation),
        Field("beneficiary", named, reading.beneficiary),
        Field("beneficiary_id", named[1], lambda value: _told("Kohesio {}", entity(value), plain)),
        Field("authority", "ManagingAuthority", reading.authority),
        Field("authority_name", "ManagingAuthority", plain),
    )


def _operation(reading: Reading) -> tuple[Field, ...]:
    column = "Operation_Unique_Identifier"
    return (
        Field("id", column, lambda value: key(value.removeprefix(ENTITY)), required=True),
        Field("printed", column, lambda value: plain(value.removeprefix(ENTITY)), required=True),
        Field("entity", column, lambda value: _told(f"<{ENTITY}{{}}>", entity(value), str)),
        Field("grant_sv", column, lambda value: _told("EU-stöd till insats {}", value, swedish)),
        Field("grant_en", column, lambda value: _told("EU grant to operation {}", value, english)),
        Field("local", "Operation_Local_Identifier", plain),
        Field("esf", "Operation_Local_Identifier", reading.esf),
        Field("facts", _OF_THE_OPERATION, lambda *texts: "\x1f".join(texts)),
        Field("start", "Operation_Start_Date", day),
        Field("end", ("Operation_End_Date", "Operation_Expected_End_Date"), lambda end, due: day(end or due)),
        Field("changed", "Date_Of_Last_Update", day),
        Field("places", _PLACE, reading.places, many=True),
    )


def _told(words: str, value: str | None, tagged: Callable[[str], str]) -> str | None:
    return tagged(words.format(value.removeprefix(ENTITY))) if value else None


def _texts(reading: Reading) -> tuple[Field, ...]:
    return (
        Field("name_en", _NAMES, reading.name_en),
        Field("name_sv", _NAMES[1:], reading.name_sv),
        Field("name_other", _NAMES, reading.name_other),
        Field("summaries", _SUMMARIES, reading.summaries, many=True),
    )


def _money(note: Note) -> tuple[Field, ...]:
    return (
        Field("total", (_TOTAL, CURRENCY), values.total),
        Field("currency", (CURRENCY, EXCHANGE), values.currency),
        Field("eu", "Project_EU_Budget", amount),
        Field("rate", (_RATE, _TOTAL, "Project_EU_Budget", CURRENCY), _rate(note)),
    )


def _rate(note: Note) -> Callable[[str, str, str, str], str | None]:
    """Return what holds the rate against the two amounts, which are comparable in euro only."""
    checked = cohesion.rate_checked(note)
    return lambda rate, total, eu, currency: checked(rate, total if currency == "EUR" else "", eu)


def _things(codes: Mapping[str, cohesion.Codes]) -> tuple[Thing, ...]:
    funds, thematic, policy = codes["funds"], codes["thematic"], codes["policy"]
    project: tuple[Say | Link | Amount, ...] = (
        *(Say(n.prefLabel, "name_sv"), Say(n.prefLabel, "name_en"), Say(n.altLabel, "name_other")),
        *(Say(n.identifier, "printed"), Say(n.identifier, "local"), Say(n.identifier, "esf")),
        *(Say(n.exactMatch, "entity"), Say(n.description, "summaries")),
        *(Say(n.startDate, "start"), Say(n.endDate, "end"), Say(n.modified, "changed")),
        Link(n.coversTerritory, "{places}"),
        *(*thematic.links(n.topic), *policy.links(n.topic)),
        *(Amount(n.totalBudget, "total", "{currency}"), Amount(n.euContribution, "eu", "EUR")),
        Link(n.fundedBy, "grant/kohesio.{id}"),
        Link(n.hasParticipation, "participation/kohesio.{id}.{organisation}.beneficiary"),
    )
    grant: tuple[Say | Link | Amount, ...] = (
        *(Say(n.prefLabel, "grant_sv"), Say(n.prefLabel, "grant_en")),
        *(*funds.links(n.underScheme), Link(n.underScheme, "programme/{programme}")),
        Link(n.disbursedBy, "organisation/{authority}"),
        Amount(n.schemaAmount, "eu", "EUR"),
    )
    beneficiary = (
        Say(n.altLabel, "beneficiary"),
        Say(n.organisationNumber, "number"),
        Say(n.identifier, "beneficiary_id"),
    )
    return (
        Thing("project/kohesio.{id}", (n.Project,), project, once=True),
        Thing("grant/kohesio.{id}", (n.Grant,), grant, once=True),
        Thing(
            "participation/kohesio.{id}.{organisation}.beneficiary",
            (n.Participation,),
            (Link(n.byOrganisation, "organisation/{organisation}"), Link(n.inRole, "role/beneficiary")),
            once=True,
        ),
        Thing("organisation/{organisation}", (n.Organisation,), beneficiary, once=True),
        Thing("organisation/{authority}", (n.Organisation,), (Say(n.altLabel, "authority_name"),), once=True),
        cohesion.programme_thing(Say(n.altLabel, "programme_name"), *funds.links(n.isPartOf)),
        *(*funds.things(), *thematic.things(), *policy.things()),
    )
