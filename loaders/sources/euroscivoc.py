"""EuroSciVoc, the EU's vocabulary of fields of science, as SKOS: from a table of CORDIS or from its own RDF.

A table gives code, path and title of the fields in use (or of every project, as CORDIS publishes it); the
path tells the field and all above it, some of which have no row of their own. The publisher's RDF/XML gives
every field with its names and its own IRI, made of a UUID, which is an exact match of ours
(`euroscivoc/NUMBER`). Names are taken in English, and in Swedish should there be any; a name that differs
from the reviewed table's is another name. A link to a field that the file does not describe is passed over.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from graph.terms import iri, text, typed
from loaders.concepts import BROADER, Row, Rows
from loaders.errors import LayoutError, RecordError
from loaders.feed import Feed
from loaders.rdf_file import RdfFile, Subject, rdf_files
from loaders.reading.package import parts
from loaders.reading.table import tables
from loaders.science_fields import ScienceField, ScienceFields, plain_path
from loaders.source import Facts, Source
from ontology import names as n

SOURCE = Source(
    name="euroscivoc",
    title_sv="EuroSciVoc: EU:s ordning för vetenskapsområden",
    title_en="EuroSciVoc: the European Science Vocabulary",
    publisher="Publications Office of the European Union",
    licence="https://creativecommons.org/licenses/by/4.0/",
    url="https://op.europa.eu/en/web/eu-vocabularies/euroscivoc",
    as_of="2026-11-21",
    at_least={"Concept": 1},
    outside=True,
    layout="the 970 fields that CORDIS used in April 2026, and an excerpt of two from the RDF/XML",
)

_COLUMNS = ("euroSciVocCode", "euroSciVocPath", "euroSciVocTitle")
_IGNORED = ("projectID", "euroSciVocDescription", "n_projects_2026_04")
_SUFFIXES = (".rdf", ".xml", ".owl", ".ttl", ".nt")
_NAMESPACE = "http://data.europa.eu/8mn/euroscivoc/"
_XL = "http://www.w3.org/2008/05/skos-xl#"
_OWL = "http://www.w3.org/2002/07/owl#"
_EUVOC = "http://publications.europa.eu/ontology/euvoc#"
_DEPRECATED = _OWL + "deprecated"
_TAKEN = {
    n.type_,
    n.prefLabel,
    n.altLabel,
    n.hiddenLabel,
    n.notation,
    BROADER,
    _DEPRECATED,
    _XL + "prefLabel",
}
_PASSED = (
    *(n.inScheme, n.SKOS + "narrower", n.SKOS + "topConceptOf", _XL + "altLabel", _OWL + "versionInfo"),
    *(n.DCTERMS + "created", n.modified, "http://purl.org/dc/elements/1.1/identifier"),
    *(_EUVOC + name for name in ("startDate", "endDate", "status", "xlNotation", "order")),
)


def load(feed: Feed) -> None:
    """Read RDF files as fields with their names, and tables as paths."""
    known = ScienceFields.reviewed()
    for path in feed.inputs:
        if any(part.name.lower().endswith(_SUFFIXES) for part in parts(path, feed.options.limits)):
            for file in rdf_files(path, feed.options.limits):
                _rdf(feed, known, file)
        else:
            _tables(feed, known, path)


def _tables(feed: Feed, known: ScienceFields, path: Path) -> None:
    for table in tables(path, feed.refuse, feed.options.limits):
        if missing := [column for column in _COLUMNS if column not in table.columns]:
            raise LayoutError(
                f"{table.name}: the columns {', '.join(missing)} are missing; "
                f"found {', '.join(table.columns)}."
            )
        feed.balance.forms[table.name] = f"paths: {table.form}"
        feed.balance.unmapped.update(
            f"{table.name}: {name}" for name in table.columns if name not in (*_COLUMNS, *_IGNORED)
        )
        feed.records(Rows(table), _path, partial(_row, feed, known))


def _path(row: Row) -> str:
    if not row["euroSciVocPath"]:
        raise RecordError("euroSciVocPath", "", "a value is required here")
    return plain_path(row["euroSciVocPath"])


def _row(feed: Feed, known: ScienceFields, row: Row, facts: Facts) -> None:
    """Say the field of a path and those above it, which need not have rows."""
    path, title = _path(row), row["euroSciVocTitle"]
    if title and plain_path(title) != path.rpartition("/")[2]:
        raise RecordError("euroSciVocTitle", title, "the title is not the last part of the path")
    try:
        found = known.find(path, row["euroSciVocCode"])
    except ValueError as error:
        raise RecordError("euroSciVocPath", row["euroSciVocPath"], str(error)) from error
    for each in known.upwards(found):
        each.tell(facts)
        if each.number is None:
            feed.note("a field without a number was keyed by its path: the code is not as deep as the path")


@dataclass
class _Fields:
    """The fields that an RDF file describes."""

    file: RdfFile
    known: dict[str, ScienceField]  # by number
    numbers: dict[str, str] = field(default_factory=dict)  # of the sound ones: IRI -> number

    def __post_init__(self) -> None:
        self.name, self.sha256 = self.file.name, self.file.sha256
        self.described = [each for each in self.file.subjects.values() if n.Concept in each.iris(n.type_)]
        for each in self.described:
            number = _number(each)
            if number is not None and (number in self.known or _name(self, each, "en")):
                self.numbers[each.iri] = number

    @property
    def read(self) -> int:
        """How many fields were met."""
        return self.file.read

    def records(self) -> Iterator[tuple[int, Subject]]:
        """Yield each field with its line."""
        return self.file.only(self.described)


def _rdf(feed: Feed, known: ScienceFields, file: RdfFile) -> None:
    fields = _Fields(file, {each.number: each for each in known if each.number})
    if not any(each.iri.startswith(_NAMESPACE) for each in fields.described):
        raise LayoutError(f"{file.name}: no concept under {_NAMESPACE} was found in it.")
    feed.balance.forms[file.name] = f"fields: {file.form}"
    for subject in fields.described:
        for predicate in subject.said.keys() - _TAKEN - {*_PASSED}:
            feed.balance.unmapped[f"{file.name}: {predicate}"] += 1
    feed.records(fields, str, partial(_field, feed, known, fields))


def _number(subject: Subject) -> str | None:
    """Return the number among the notations of a field; the other notation is its UUID."""
    found = [each for each in subject.texts(n.notation) if each.isascii() and each.isdigit()]
    return found[0] if len(found) == 1 else None


def _field(feed: Feed, known: ScienceFields, fields: _Fields, subject: Subject, facts: Facts) -> None:
    number = _number(subject)
    if number is None:
        raise RecordError(
            "skos:notation", ", ".join(subject.texts(n.notation)), "one number beside the UUID was expected"
        )
    if subject.iri not in fields.numbers:
        raise RecordError("skos:prefLabel", "", "a name in English is required of a field that is not known")
    own = ScienceField(number, number, _name(fields, subject, "en"), (), None)
    reviewed = fields.known.get(number)
    concept = own.concept(facts)
    for each in known.upwards(reviewed or own):
        each.tell(facts)
    facts.add(concept, n.exactMatch, iri(subject.iri))
    _other_names(feed, fields, subject, reviewed or own, facts)
    for other in subject.iris(BROADER):
        if other in fields.numbers:
            facts.add(concept, BROADER, facts.iris.thing("euroscivoc", fields.numbers[other]))
        else:
            feed.note("a broader field that the file does not describe was passed over")
    if "true" in subject.texts(_DEPRECATED):
        facts.add(concept, _DEPRECATED, typed("true", "boolean"))


def _other_names(feed: Feed, fields: _Fields, subject: Subject, told: ScienceField, facts: Facts) -> None:
    """Say the names beside the main one: a main name of the file that differs from the reviewed one too."""
    concept, name = told.concept(facts), _name(fields, subject, "en")
    if name and name != told.name:
        facts.add(concept, n.altLabel, text(name, "en"))
        feed.note("a name that differs from the reviewed one was taken as another name")
    for other in subject.texts(n.altLabel, "en"):
        facts.add(concept, n.altLabel, text(other, "en"))
    for other in subject.texts(n.hiddenLabel, "en"):
        facts.add(concept, n.hiddenLabel, text(other, "en"))
    if swedish := _name(fields, subject, "sv"):
        facts.add(concept, n.altLabel, text(swedish, "sv"))


def _name(fields: _Fields, subject: Subject, language: str) -> str:
    """Return the main name in a language, of SKOS or else of SKOS-XL; empty when there is none."""
    found = subject.texts(n.prefLabel, language)
    for label in subject.iris(_XL + "prefLabel"):
        if label in fields.file.subjects:
            found += fields.file.subjects[label].texts(_XL + "literalForm", language)
    return found[0] if found else ""
