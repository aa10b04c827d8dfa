"""Projects of Interreg and their partners, from the export of keep.eu: two sheets, projects and partners.

The sheets are joined by programme and project acronym (by the project's number where there is no acronym).
Projects are read first; partners of a project that was refused, or is not in the files, are refused too.
A day printed `N.a.` is unknown. Partners in Sweden are known by organisation number (a sole trader's is a
personal number: left out) and PIC, and lie in the county of their NUTS code; numbers of other countries may
be persons', and only their PIC is said. Amounts are in euro.
"""

from collections.abc import Callable

from loaders import cohesion
from loaders.errors import RecordError
from loaders.feed import Feed
from loaders.mapping import Amount, Check, Field, Layout, Link, Note, Say, Thing
from loaders.matching import Keys, Matcher
from loaders.places import Places
from loaders.source import Source
from loaders.values import address, amount, day, digits, english, in_order, key, one_of, plain, slug, swedish
from ontology import names as n

SOURCE = Source(
    name="keep",
    title_sv="Interregprojekt och deras partner (keep.eu)",
    title_en="Interreg projects and their partners (keep.eu)",
    publisher="Interact",
    licence="http://rightsstatements.org/vocab/CNE/1.0/",  # no licence is stated in what was seen
    url="https://keep.eu/",
    as_of="2026-11-21",
    at_least={"Project": 1, "Participation": 1},
    outside=True,
    layout="headings as public readers of the export have them; no file has been seen",
)

_ID = "Project ID (2021-2027 only)"
_PROJECT = ("Programme", "Project acronym", _ID)
_PIC = "Participant Identification Code"
_NOT_PIC = "Partner’s ID if not PIC|Partner's ID if not PIC"
_COUNTRY = "Country code"
_NAMES = tuple(
    f"Organisation in {language}" for language in ("English", *(f"language {i}" for i in (2, 3, 4)))
)
_TOTAL = "Project's total budget / expenditure|Project’s total budget / expenditure"
_FUNDING = "Project's EU funding|Project’s EU funding"
_NEW = "programme co-financing (EUR) (2021-2027 only)"
_PARTS = (f"Partner's {_NEW}|Partner’s {_NEW}", "ERDF contribution (2014-2020 only)|ERDF contribution")
_COST = "Partner's total eligible budget / expenditure|Partner’s total eligible budget / expenditure"
_IGNORED_OF_PROJECTS = (
    "Period",  # part of the programme's name
    *(
        "Project name in language 2",
        "Project name in language 3",
        "Project name in language 4",
    ),  # which, is not told
    *("Description in language 2", "Expected Achievements in English", "Actual Achievements in English"),
    *("Theme 1", "Theme 2", "Theme 3", "Website"),
)
_IGNORED_OF_PARTNERS = ("Type of Organisation", "Town")  # no full list of kinds has been seen


def load(feed: Feed) -> None:
    """Read the projects, then the partners of those that were kept."""
    kept: dict[str, str] = {}  # projects by key, as they are printed
    projects, partners = _projects(kept, feed.note), _partners(kept, feed.matcher, feed.places)
    feed.tables(projects, _passed_over(partners))
    forms = {name: form for name, form in feed.balance.forms.items() if form.startswith(f"{projects.kind}:")}
    feed.tables(_passed_over(projects), partners)
    feed.balance.forms.update(forms)


def _passed_over(layout: Layout) -> Layout:
    """Return a layout that knows the same tables and reads nothing of them."""
    columns = ("|".join(names) for names in sorted(layout.required()))
    return Layout(layout.kind, (), (), key=tuple(columns))


def _projects(kept: dict[str, str], note: Note) -> Layout:
    rate = cohesion.rate_checked(note)

    def alone(project: str, printed: str) -> bool:
        return kept.setdefault(project, printed) == printed

    return Layout(
        "projects",
        fields=(
            Field("project", _PROJECT, _project, required=True),
            Field("printed", _PROJECT, lambda *texts: " | ".join(texts), required=True),
            Field("acronym", "Project acronym", plain),
            Field("number", _ID, plain),
            Field("name", ("Programme", "Project name in English", "Project acronym"), _name, required=True),
            Field("summary", "Description in English", english),
            Field("start", "Project start", _known(day)),
            Field("end", "Project end", _known(day)),
            Field("total", _TOTAL, _known(amount)),
            Field("eu", _FUNDING, _known(amount)),
            Field(
                "rate", ("Union co-financing rate", _TOTAL, _FUNDING), lambda *texts: rate(*map(_said, texts))
            ),
            Field("programme", "Programme", slug, required=True),
            Field("programme_name", "Programme", english, required=True),
            Field(
                "grant_sv", _PROJECT, lambda *texts: swedish(f"EU-stöd till {_called(*texts)}"), required=True
            ),
            Field(
                "grant_en", _PROJECT, lambda *texts: english(f"EU grant to {_called(*texts)}"), required=True
            ),
        ),
        things=_PROJECT_THINGS,
        key=("Programme", "Project acronym"),
        marks=("Project name in English", "Project start"),
        ignored=_IGNORED_OF_PROJECTS,
        checks=(
            Check(("start", "end"), in_order, "Project end", "the end comes before the start"),
            Check(("project", "printed"), alone, "Project acronym", "another project has the same key"),
        ),
    )


_PROJECT_THINGS = (
    Thing(
        "project/keep.{project}",
        (n.Project,),
        (
            *(Say(n.prefLabel, "name"), Say(n.altLabel, "acronym"), Say(n.identifier, "number")),
            *(Say(n.description, "summary"), Say(n.startDate, "start"), Say(n.endDate, "end")),
            *(Amount(n.totalBudget, "total", "EUR"), Amount(n.euContribution, "eu", "EUR")),
            Link(n.fundedBy, "grant/keep.{project}"),
        ),
    ),
    Thing(
        "grant/keep.{project}",
        (n.Grant,),
        (
            *(Say(n.prefLabel, "grant_sv"), Say(n.prefLabel, "grant_en")),
            Link(n.underScheme, "programme/keep.{programme}"),
            Amount(n.schemaAmount, "eu", "EUR"),
        ),
    ),
    Thing("programme/keep.{programme}", (n.Programme,), (Say(n.prefLabel, "programme_name"),), once=True),
)


def _partners(kept: dict[str, str], matcher: Matcher, places: Places) -> Layout:
    return Layout(
        "partners",
        fields=(
            Field(
                "organisation",
                ("Programme", _COUNTRY, _NOT_PIC, _PIC, *_NAMES),
                _organisation(matcher),
                required=True,
            ),
            Field("number", (_NOT_PIC, _COUNTRY), _number),
            Field("pic", _PIC, _told_pic),
            Field("name", _NAMES, _first),
            Field("project", _PROJECT, _project, required=True),
            Field("role", "Lead partner", one_of({"Yes": "coordinator", "No": "partner"}), required=True),
            Field("eu", _PARTS, _share),
            Field("cost", _COST, _known(amount)),
            Field(
                "place",
                ("NUTS3 code (or equivalent)", "NUTS2 code (or equivalent)", _COUNTRY),
                _located(places),
            ),
            Field("homepage", "Website", _known(address)),
        ),
        things=_PARTNER_THINGS,
        key=("Programme", "Project acronym", _NAMES[0], _PIC, "Lead partner"),
        ignored=_IGNORED_OF_PARTNERS,
        checks=(
            Check(("project",), kept.__contains__, "Project acronym", "no project of this name was read"),
        ),
    )


_PARTNER_THINGS = (
    Thing(
        "project/keep.{project}",
        (),
        (Link(n.hasParticipation, "participation/keep.{project}.{organisation}.{role}"),),
    ),
    Thing(
        "participation/keep.{project}.{organisation}.{role}",
        (n.Participation,),
        (
            *(Link(n.byOrganisation, "organisation/{organisation}"), Link(n.inRole, "role/{role}")),
            *(Amount(n.euContribution, "eu", "EUR"), Amount(n.totalBudget, "cost", "EUR")),
        ),
    ),
    Thing(
        "organisation/{organisation}",
        (n.Organisation,),
        (
            *(Say(n.altLabel, "name"), Say(n.organisationNumber, "number"), Say(n.identifier, "pic")),
            *(Say(n.homepage, "homepage"), Link(n.locatedIn, "{place}")),
        ),
        once=True,
    ),
)


def _said(text: str) -> str:
    return "" if text.casefold() in ("n.a.", "n.a", "n/a") else text


def _known(convert: Callable[[str], str]) -> Callable[[str], str | None]:
    """Return a converter that passes over what is printed as not available."""
    return lambda value: convert(value) if _said(value) else None


def _called(programme: str, acronym: str, number: str) -> str:
    """Return what a project is called within its programme."""
    if not (found := _said(acronym) or _said(number)):
        raise RecordError("Project acronym", "", f"a project of {programme} needs an acronym or a number")
    return found


def _project(programme: str, acronym: str, number: str) -> str:
    """Return the key of a project, which both sheets come to."""
    return f"{slug(programme)}.{key(_called(programme, acronym, number))}"


def _name(programme: str, name: str, acronym: str) -> str:
    return english(_said(name) or _called(programme, acronym, ""))


def _first(*texts: str) -> str | None:
    """Return the first of the names as a literal; which language it is in is not told."""
    found = next((text for text in texts if _said(text)), "")
    return plain(found) if found else None


def _pic(text: str) -> str | None:
    try:
        return digits(cohesion.whole(text)) if _said(text) else None
    except ValueError as error:
        raise RecordError(_PIC, text, str(error)) from None


def _share(new: str, old: str) -> str | None:
    """Return the partner's part of the EU's money, which each period has in a column of its own."""
    for column, text in zip(_PARTS, (new, old), strict=True):
        if _said(text):
            try:
                return amount(text)
            except ValueError as error:
                raise RecordError(column.partition("|")[0], text, str(error)) from None
    return None


def _told_pic(text: str) -> str | None:
    return plain(f"PIC {found}") if (found := _pic(text)) else None


def _number(text: str, country: str) -> str | None:
    """Return the organisation number of a Swedish partner as a literal."""
    return plain(found) if (found := _swedish_number(text, country)) else None


def _swedish_number(text: str, country: str) -> str | None:
    swede = country.upper() == "SE" and _said(text)
    return cohesion.beneficiary_number(text, _NOT_PIC.partition("|")[0]) if swede else None


def _organisation(matcher: Matcher) -> Callable[..., str]:
    def convert(_: str, country: str, other: str, pic: str, *names: str) -> str:
        name = next((text for text in names if _said(text)), "")
        if not name:
            raise RecordError(_NAMES[0], "", "a partner must have a name")
        keys = Keys(_swedish_number(other, country), None, _pic(pic), None, name, SOURCE.name)
        return matcher.resolve(keys).key

    return convert


def _located(places: Places) -> Callable[[str, str, str], str | None]:
    def convert(nuts3: str, nuts2: str, country: str) -> str | None:
        if country.upper() != "SE":
            return None
        place = places.by_nuts(nuts3) or places.by_nuts(nuts2)
        return place.reference if place else None

    return convert
