"""Lay out the tables of CORDIS that tell of projects: project, topics, legalBasis, euroSciVoc; and web links.

Of a project its status, call, funding scheme, keywords and signing day are passed over.
"""

from collections.abc import Callable
from functools import lru_cache, partial

from loaders.cordis_named import Named
from loaders.cordis_words import BOOLEANS, bases, doi, programme_word, programmes
from loaders.free_text import described
from loaders.mapping import Amount, Check, Field, Layout, Link, Note, Say, Thing
from loaders.science_fields import plain_path
from loaders.values import amount, day, digits, english, in_order, plain
from ontology import names as n

_IGNORED = ("acronym", "status", "ecSignatureDate", "masterCall", "subCall", "fundingScheme", "nature", "rcn")
_LATER = ("keywords", "cluster")  # `cluster` is a column of a derived table
_DESCRIPTION = "euroSciVocDescription"  # empty in every release seen
_PROJECT = "project/cordis.{project}"


def projects(named: Named, note: Note) -> Layout:
    """Return the layout of project.csv, in the releases since 2019."""
    return Layout(
        "project",
        fields=(
            Field("project", ("id", "acronym"), named.project, required=True),
            Field("number", "id", plain, required=True),
            Field("title", "title", english, required=True),
            Field("acronym", "acronym", plain),
            Field("objective", "objective", described(english, note, "objective")),
            Field("start", "startDate", day),
            Field("end", "endDate", day),
            Field("changed", "contentUpdateDate", day),
            Field("cost", "totalCost", amount),
            Field("granted", "ecMaxContribution", amount),
            Field("parts", "legalBasis", _parts(named), many=True),
            Field("topics", "topics", _topics(named), many=True),
            Field("word", ("frameworkProgramme", "legalBasis"), _word),
            Field("programme", ("frameworkProgramme", "legalBasis"), _programme),
            Field("grant", ("id", "frameworkProgramme", "legalBasis"), _grant, required=True),
            Field("doi", "grantDoi", doi),
        ),
        things=(_PROJECT_THING, _GRANT),
        key=("id",),
        marks=("objective", "legalBasis"),
        ignored=(*_IGNORED, *_LATER),
        checks=(
            Check(("start", "end"), in_order, "endDate", "the end comes before the start"),
            Check(("project",), named.row_of_project, "id", "never"),
            Check(("parts",), partial(named.use, "part"), "legalBasis", "never"),
            Check(("topics",), partial(named.use, "topic"), "topics", "never"),
            Check(("word",), named.use_programme, "frameworkProgramme", "never"),
        ),
    )


_PROJECT_THING = Thing(
    _PROJECT,
    (n.Project,),
    (
        Say(n.prefLabel, "title"),
        Say(n.altLabel, "acronym"),
        Say(n.identifier, "number"),
        Say(n.description, "objective"),
        Say(n.startDate, "start"),
        Say(n.endDate, "end"),
        Say(n.modified, "changed"),
        Say(n.seeAlso, "doi"),
        Amount(n.totalBudget, "cost", "EUR"),
        Amount(n.euContribution, "granted", "EUR"),
        Link(n.isPartOf, "programme/{parts}"),
        Link(n.topic, "cordis-topic/{topics}"),
        Link(n.fundedBy, "grant/cordis.{project}"),
    ),
)
_GRANT = Thing(
    "grant/cordis.{project}",
    (n.Grant,),
    (
        Say(n.prefLabel, "grant"),
        Link(n.underScheme, "programme/{programme}"),
        Amount(n.schemaAmount, "granted", "EUR"),
    ),
)


def topics(named: Named) -> Layout:
    """Return the layout of the table topics: one row a project."""
    return _about(
        named,
        "topics",
        Field("topic", ("topic", "title"), named.topic, required=True),
        Link(n.topic, "cordis-topic/{topic}"),
        ("projectID", "topic"),
    )


def legal_bases(named: Named) -> Layout:
    """Return the layout of the table legalBasis; which of a project's parts is its own is passed over."""

    def part(code: str, title: str) -> str:
        found = bases(code)
        if len(found) > 1:
            raise ValueError("one legal basis was expected")
        return named.part(found[0], title)

    return _about(
        named,
        "legalBasis",
        Field("part", ("legalBasis", "title"), part, required=True),
        Link(n.isPartOf, "programme/{part}"),
        ("projectID", "legalBasis"),
        more=(Field("own", "uniqueProgrammePart", BOOLEANS.__getitem__),),
    )


def science_fields(named: Named, note: Note) -> Layout:
    """Return the layout of the table euroSciVoc."""

    def find(path: str, code: str, title: str) -> str:
        if not named.fields.known(path):
            note(f"euroSciVocPath: {path!r} is not in lookups/euroscivoc.csv; keyed by its code or its path")
        if title and plain_path(title) != plain_path(path).rpartition("/")[2]:
            note(f"euroSciVocTitle: {title!r} is not the last part of its path, which was taken")
        return named.field(path, code)

    columns = ("euroSciVocPath", "euroSciVocCode", "euroSciVocTitle")
    return _about(
        named,
        "euroSciVoc",
        Field("field", columns, lru_cache(maxsize=65_536)(find), required=True),
        Link(n.topic, "euroscivoc/{field}"),
        ("projectID", "euroSciVocCode", "euroSciVocPath"),
        ignored=(_DESCRIPTION,),
    )


def passed_over() -> tuple[Layout, ...]:
    """Return the layouts of the tables that are known and not wanted: addresses of documents and pages."""
    link = ("id", "availableLanguages", "status", "archivedDate", "type", "source", "represents")
    item = ("language", "availableLanguages", "title", "type", "source", "represents")
    return (
        Layout("webLink", (), (), marks=("projectID", "physUrl"), ignored=link),
        Layout("webItem", (), (), marks=("uri", "represents"), ignored=item),
    )


def _about(
    named: Named,
    kind: str,
    field: Field,
    link: Link,
    key: tuple[str, ...],
    more: tuple[Field, ...] = (),
    ignored: tuple[str, ...] = (),
) -> Layout:
    """Return the layout of a table whose rows lead from a project to one thing."""
    used = {"topic": "topic", "part": "part", "field": "field"}[field.name]
    return Layout(
        kind,
        fields=(Field("project", "projectID", named.project, required=True), field, *more),
        things=(Thing(_PROJECT, (), (link,)),),
        key=key,
        ignored=ignored,
        checks=(
            Check(("project",), named.use_project, "projectID", "never"),
            Check((field.name,), partial(named.use, used), key[1], "never"),
        ),
    )


def _parts(named: Named) -> Callable[[str], list[str]]:
    return lambda value: [named.part(code) for code in bases(value)]


def _topics(named: Named) -> Callable[[str], list[str]]:
    return lambda value: [named.topic(code.strip()) for code in value.split(";") if code.strip()]


def _word(word: str, basis: str) -> str | None:
    return programme_word(word, basis)


def _programme(word: str, basis: str) -> str | None:
    found = programme_word(word, basis)
    return programmes()[found][0] if found else None


def _grant(number: str, word: str, basis: str) -> str:
    return english(f"{programme_word(word, basis) or 'CORDIS'} grant {digits(number)}")
