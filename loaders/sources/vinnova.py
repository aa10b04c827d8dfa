"""Projects of Vinnova, from the JSON of its open data (`https://data.vinnova.se/api/projekt/DAY or NUMBER`).

Twenty fields a project. A text that the applicant left out is `x` or `xx`. Abstracts are not taken in: they
are written by people about their work, and many name somebody. The coordinator is a register name cut short,
without a number: a reviewed name leads it on, or it is an organisation of this source's own. The latter only
if a word of its name tells an organisation (`AB`, `universitet`); any other may be a person's name. The same
project in Swecris is another thing here; both say the identifier `Vinnova 2025-00966`. The lists of
programmes, calls and rounds are recognised and passed over (they hold persons to contact). The newer API of
the common data project needs a key: not read.
"""

import json
from collections.abc import Callable

from loaders.errors import PersonalData, RecordError
from loaders.feed import Feed
from loaders.mapping import Amount, Check, Field, Layout, Link, Note, Say, Thing
from loaders.matching import Keys, Matcher
from loaders.organisation_names import tells_body
from loaders.personal_data import found_in
from loaders.source import Source
from loaders.values import Converter, address, amount, cleaned, day, english, in_order, key, plain, swedish
from ontology import names as n

SOURCE = Source(
    name="vinnova",
    title_sv="Vinnovas projekt (öppna data)",
    title_en="Projects of Vinnova (open data)",
    publisher="Vinnova",
    licence="https://creativecommons.org/publicdomain/mark/1.0/",
    url="https://data.vinnova.se/",
    as_of="2026-11-21",
    at_least={"Project": 1, "Grant": 1},
    download=("https://data.vinnova.se/api/projekt/2000-01-01",),
    outside=True,
    layout="documented fields only, as printed in KTH-Library/vinnova; no file of real projects was at hand",
)

_NUMBER = "202100-5216"  # of Vinnova itself, as Swecris prints it
_IGNORED = (
    "DiarienummerAnsokningsomgang",
    "DiarienummerUtlysning",
    "Status",  # its words are not documented
)
_PERSONAL = (
    "KoordinatorArb",  # the coordinator's unit, which may be a person
    *("MalSvenska", "ResultatSvenska", "ImplementationSvenska"),  # free texts in which people are named
    *("MalEngelska", "ResultatEngelska", "ImplementationEngelska", "Projektreferat"),
)
_PASSED_OVER = (
    Layout("programmes", (), (), marks=("UtlysningDnrLista",)),
    Layout("calls", (), (), marks=("AnsokningsomgangDnrLista",), personal=("KontaktLista",)),
    Layout("rounds", (), (), marks=("AvlasningstillfalleLista",), personal=("KontaktLista",)),
)


def load(feed: Feed) -> None:
    """Read the projects."""
    feed.tables(_projects(feed.matcher, feed.note), *_PASSED_OVER)


def _projects(matcher: Matcher, note: Note) -> Layout:
    vinnova = matcher.resolve(Keys(_NUMBER, None, None, None, "Vinnova", SOURCE.name)).key
    return Layout(
        "projects",
        fields=(
            Field("id", "Diarienummer", key, required=True),
            Field("identifier", "Diarienummer", plain, required=True),
            Field("number", "Diarienummer", lambda value: plain(f"Vinnova {value}"), required=True),
            Field("grant_sv", "Diarienummer", lambda value: swedish(f"Bidrag {value}"), required=True),
            Field("grant_en", "Diarienummer", lambda value: english(f"Grant {value}"), required=True),
            Field("funder", "Diarienummer", lambda _: vinnova, required=True),
            Field("funder_number", "Diarienummer", lambda _: plain(_NUMBER), required=True),
            Field("funder_name", "Diarienummer", lambda _: swedish("Vinnova"), required=True),
            Field("titles", ("Diarienummer", "Ärenderubrik", "ÄrenderubrikEngelska"), _titles),
            Field("title_sv", "Ärenderubrik", _filled(swedish)),
            Field("title_en", "ÄrenderubrikEngelska", _filled(english)),
            Field("start", "ProjektStart", _filled(day)),
            Field("end", "ProjektSlut", _filled(day)),
            Field("granted", "BeviljatBidrag", amount),
            Field("coordinator", ("Diarienummer", "KoordinatorOrg"), _coordinator(matcher, note)),
            Field("coordinator_name", "KoordinatorOrg", _filled(plain)),
            Field("programme", "DiarienummerProgram", _filled(key)),
            Field("programme_number", "DiarienummerProgram", _filled(plain)),
            Field("programme_sv", "DiarienummerProgram", _filled(lambda v: swedish(f"Program {v}"))),
            Field("programme_en", "DiarienummerProgram", _filled(lambda v: english(f"Programme {v}"))),
            Field("links", "LankLista", _links(note), many=True),
        ),
        things=_THINGS,
        key=("Diarienummer",),
        ignored=_IGNORED,
        personal=_PERSONAL,
        checks=(Check(("start", "end"), in_order, "ProjektSlut", "the end comes before the start"),),
        marks=("Ärenderubrik", "KoordinatorOrg", "BeviljatBidrag"),
    )


_THINGS = (
    Thing(
        "project/vinnova.{id}",
        (n.Project,),
        (
            Say(n.prefLabel, "title_sv"),
            Say(n.prefLabel, "title_en"),
            Say(n.identifier, "identifier"),
            Say(n.identifier, "number"),
            Say(n.startDate, "start"),
            Say(n.endDate, "end"),
            Say(n.seeAlso, "links"),
            Link(n.fundedBy, "grant/vinnova.{id}"),
            Link(n.hasParticipation, "participation/vinnova.{id}.{coordinator}.coordinator"),
        ),
    ),
    Thing(
        "grant/vinnova.{id}",
        (n.Grant,),
        (
            Say(n.prefLabel, "grant_sv"),
            Say(n.prefLabel, "grant_en"),
            Link(n.underScheme, "programme/vinnova.{programme}"),
            Link(n.disbursedBy, "organisation/{funder}"),
            Amount(n.schemaAmount, "granted", "SEK"),
        ),
    ),
    Thing(
        "programme/vinnova.{programme}",
        (n.Programme,),
        (
            Say(n.prefLabel, "programme_sv"),
            Say(n.prefLabel, "programme_en"),
            Say(n.identifier, "programme_number"),
        ),
        once=True,
    ),
    Thing(
        "participation/vinnova.{id}.{coordinator}.coordinator",
        (n.Participation,),
        (Link(n.byOrganisation, "organisation/{coordinator}"), Link(n.inRole, "role/coordinator")),
    ),
    Thing("organisation/{coordinator}", (n.Organisation,), (Say(n.altLabel, "coordinator_name"),), once=True),
    Thing(
        "organisation/{funder}",
        (n.Organisation,),
        (Say(n.organisationNumber, "funder_number"), Say(n.altLabel, "funder_name")),
        once=True,
    ),
)


def _left_out(value: str) -> bool:
    """Tell whether a text is one of the placeholders for none."""
    return value.casefold() in ("", "x", "xx")


def _filled(say: Converter) -> Callable[[str], str | None]:
    return lambda value: None if _left_out(value) else say(value)


def _titles(_: str, sv: str, en: str) -> None:
    """Hold a project to have a title, and no title to give a person's address or number."""
    if _left_out(sv) and _left_out(en):
        raise RecordError("Ärenderubrik", sv, "a title in Swedish or English is required")
    if found := found_in(sv) or found_in(en):
        raise PersonalData("Ärenderubrik", f"the title holds {found}")


def _coordinator(matcher: Matcher, note: Note) -> Callable[[str, str], str | None]:
    def convert(_: str, name: str) -> str | None:
        if _left_out(name):
            note("KoordinatorOrg: empty; the project was loaded without its coordinator")
            return None
        match = matcher.resolve(Keys(None, None, None, None, name, SOURCE.name))
        if not (match.reviewed or tells_body(name)):
            note("KoordinatorOrg: no word tells an organisation; the name may be a person's and is not said")
            return None
        return match.key

    return convert


def _links(note: Note) -> Callable[[str], list[str]]:
    """Return what takes the good addresses out of a JSON list of links; the others are noted."""

    def convert(value: str) -> list[str]:
        links = json.loads(value)
        if not isinstance(links, list) or not all(isinstance(link, dict) for link in links):
            raise ValueError("a list of links with Beskrivning and URL was expected")
        found: dict[str, None] = {}
        for url in filter(None, (cleaned(str(link.get("URL") or "")) for link in links)):
            try:
                good = address(url)
            except ValueError:
                good = ""
            if good and not found_in(url):
                found[good] = None
            elif not _left_out(url):
                note("LankLista: what is no web address was passed over")
        return list(found)

    return convert
