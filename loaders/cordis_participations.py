"""Lay out the table organization of CORDIS: who takes part in which project, in which role, for how much.

`ecContribution` is the share of a participant with those that it passes on; the net one is passed over, and
so are street, rcn, contact form, and whether a participation ended early. Of organisations in other countries
no place is said. An address of a home page that is none is left out with a note, for many of them are typed
by hand; every other fault refuses the row.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from loaders import cordis_words as words
from loaders.cordis_named import Named
from loaders.cordis_organisations import Organisations, located
from loaders.mapping import Amount, Check, Convert, Field, Layout, Link, Note, Say, Thing
from loaders.places import Places
from loaders.values import amount, day, digits, plain
from ontology import names as n

_PARTICIPATION = "participation/cordis.{project}.{organisation}.{role}.{order}"
_IGNORED = ("street", "rcn", "netEcContribution", "contactForm")
_KEPT = 1 << 17
_IN_FORM = re.compile(r"/contact-form/project/([0-9]{1,12})/", re.ASCII)


@dataclass(frozen=True)
class Pic:
    """The column that tells the PIC, and how."""

    column: str
    read: Callable[[str], str] | None = None

    def by(self, convert: Callable[[str], str | None]) -> Callable[[str], str | None]:
        """Return a converter of the column, made of one of PICs."""
        read = self.read
        return convert if read is None else lambda value: convert(read(value))


def _in_form(address: str) -> str:
    found = _IN_FORM.search(address)
    if not found:
        raise ValueError("the address of a contact form with a PIC in it was expected")
    return found[1]


OFFICIAL = Pic("organisationID")
DERIVED = Pic("contactForm", _in_form)  # of HopOn, which leaves the column organisationID out


def participations(
    named: Named, organisations: Organisations, places: Places, note: Note, pic: Pic = OFFICIAL
) -> Layout:
    """Return the layout of organization.csv, in the releases since 2019, or of a table derived from it."""
    return Layout(
        "organization",
        fields=(
            Field("nobody", _PERSONAL, lru_cache(_KEPT)(organisations.refuse_person)),
            Field("project", ("projectID", "projectAcronym"), named.project, required=True),
            Field("organisation", pic.column, pic.by(organisations.key), required=True),
            Field("role", "role", words.ROLES.__getitem__, required=True),
            Field("order", "order", _order, required=True),
            Field("given", "ecContribution", amount),
            Field("cost", "totalCost", amount),
            Field("ended", "endOfParticipation", words.BOOLEANS.__getitem__),
            Field("active", "active", words.BOOLEANS.__getitem__),
            Field("changed", "contentUpdateDate", day),
            *_of_organisation(organisations, note, pic),
            Field("country", "country", words.COUNTRIES.__getitem__),
            Field("place", _WHERE, lru_cache(_KEPT)(located(places))),
        ),
        things=_THINGS,
        key=("projectID", pic.column, "role", "order"),
        ignored=tuple(column for column in _IGNORED if column != pic.column),
        checks=(Check(("project",), named.use_project, "projectID", "never"),),
    )


_PERSONAL = ("organisationID", "activityType", "SME", "vatNumber", "city", "name")
_WHERE = ("country", "nutsCode", "geolocation", "postCode")


def _of_organisation(organisations: Organisations, note: Note, pic: Pic) -> tuple[Field, ...]:
    return (
        Field("pic", pic.column, pic.by(organisations.pic), required=True),
        Field("vat", pic.column, pic.by(organisations.vat)),
        Field("number", pic.column, pic.by(organisations.number)),
        Field("name", "name", lru_cache(_KEPT)(plain), required=True),
        Field("short", "shortName", lru_cache(_KEPT)(plain)),
        Field("size", "SME", words.SIZES.__getitem__),
        Field("kind", "activityType", words.kinds().__getitem__),
        Field("class_", "activityType", words.classes().__getitem__),
        Field("homepage", "organizationURL", _homepage(note)),
    )


_THINGS = (
    Thing("project/cordis.{project}", (), (Link(n.hasParticipation, _PARTICIPATION),)),
    Thing(
        _PARTICIPATION,
        (n.Participation,),
        (
            Link(n.byOrganisation, "organisation/{organisation}"),
            Link(n.inRole, "role/{role}"),
            Amount(n.euContribution, "given", "EUR"),
            Amount(n.totalBudget, "cost", "EUR"),
        ),
    ),
    Thing(
        "organisation/{organisation}",
        (n.Organisation,),
        (
            Say(n.type_, "class_"),
            Say(n.altLabel, "name"),
            Say(n.hiddenLabel, "short"),
            Say(n.identifier, "pic"),
            Say(n.identifier, "vat"),
            Say(n.organisationNumber, "number"),
            Link(n.actorKind, "actor-kind/{kind}"),
            Link(n.actorKind, "actor-kind/{size}"),
            Say(n.homepage, "homepage"),
            Link(n.locatedIn, "{place}"),
        ),
        once=True,
    ),
)


@lru_cache(maxsize=65_536)
def _order(value: str) -> str:
    return digits(value).lstrip("0") or "0"


def _homepage(note: Note) -> Convert:
    def convert(value: str) -> str | None:
        found = words.homepage(value)
        if found is None:
            note("organizationURL: left out where it holds no web address")
        return found

    return convert
