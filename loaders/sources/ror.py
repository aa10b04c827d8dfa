"""The Swedish organisations of the Research Organization Registry (ROR), from records of schema 1 or 2.

Of a record that is given in several versions the newest stands: schema 2 before 1, then the later change; in
which order they come does not matter, and the others are counted as duplicates. Records without a place in
Sweden are passed over and noted: nothing else here leads to them. Places of ROR are the middles of towns, so
an organisation is located in a county and nothing smaller. Aliases and acronyms are kept to be found by
(skos:hiddenLabel): acronyms are ambiguous (three records are called SI). Children, parents and related
records are passed over; a successor and a predecessor are said when both records are Swedish and sound. A
record that ROR calls inactive or has withdrawn is kept, with a statement that its end is not told.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from graph.errors import TermError
from graph.terms import Term, iri, text
from loaders import ror_record
from loaders.errors import RecordError
from loaders.feed import Feed
from loaders.matching import Keys
from loaders.reading.objects import Objects, objects
from loaders.reviewed import actor_kinds, rows
from loaders.ror_record import Json, RorRecord, identifier
from loaders.source import SNAPSHOTS, Evidence, Facts, Note, Source
from loaders.values import address
from ontology import names as n

SOURCE = Source(
    name="ror",
    title_sv="Svenska organisationer i Research Organization Registry (ROR)",
    title_en="Swedish organisations in the Research Organization Registry (ROR)",
    publisher="Research Organization Registry",
    licence="https://creativecommons.org/publicdomain/zero/1.0/",
    url="https://ror.org/",
    as_of="2026-11-21",
    at_least={"Organisation": 1},
    outside=True,
    layout="418 Swedish records of ror-community/ror-records, in schema 1 (293) and 2 (257)",
)

_WIKIDATA = "http://www.wikidata.org/entity/"
_DOCUMENT = "ror"
_ENDED = {
    "inactive": Note(
        "ROR kallar organisationen inaktiv och säger inte sedan när",
        "ROR calls the organisation inactive and does not say since when",
    ),
    "withdrawn": Note(
        "ROR har dragit tillbaka posten och säger inte när organisationen upphörde, om den gjorde det",
        "ROR has withdrawn the record and does not say when the organisation ended, if it did",
    ),
}


@dataclass
class _Registry:
    """What a first pass over the files finds: the newest version of each record, and if it is sound."""

    feed: Feed
    kinds: Mapping[str, str]
    letters: Mapping[str, str]
    newest: dict[str, tuple[int, str]] = field(default_factory=dict)
    sound: dict[str, bool] = field(default_factory=dict)  # Swedish, readable, and not to be left out

    def meet(self, record: Json) -> None:
        """Note a record's version, and whether a link may lead to it."""
        try:
            found, version = identifier(record), ror_record.version(record)
        except RecordError:
            return
        if version >= self.newest.get(found, version):
            self.newest[found] = version
            self.sound[found] = self._sound(record, found)

    def read(self, record: Json) -> RorRecord:
        """Read a record; raise RecordError when anything in it is not as it must be."""
        found = ror_record.read(record, self.feed.places, self.letters)
        if found.status not in ("active", *_ENDED):
            raise RecordError("status", found.status, "expected active, inactive or withdrawn")
        if unknown := [kind for kind in found.kinds if kind not in self.kinds]:
            raise RecordError("types", unknown[0], "lookups/actor_kinds.csv knows no such type; add a line")
        return found

    def superseded(self, record: Json) -> bool:
        """Tell whether a newer version of the record is in the files."""
        try:
            return ror_record.version(record) < self.newest[identifier(record)]
        except (KeyError, RecordError):
            return False

    def organisation(self, found: str, name: str) -> Term:
        """Return the organisation that a ROR id means."""
        match = self.feed.matcher.resolve(Keys(None, found, None, None, name, SOURCE.name))
        return self.feed.iris.thing("organisation", match.key)

    def _sound(self, record: Json, found: str) -> bool:
        if not _is_swedish(record) or self.feed.removals.holds(SOURCE.name, found):
            return False
        try:
            self.organisation(found, "")
            _terms(self.read(record))
        except (RecordError, TermError):
            return False
        return True


@dataclass
class _Swedish:
    """The Swedish records of a file; a superseded one counts as a duplicate and is not given on."""

    file: Objects
    registry: _Registry

    def __post_init__(self) -> None:
        self.name, self.sha256, self.read = self.file.name, self.file.sha256, 0

    def records(self) -> Iterator[tuple[int, Json]]:
        """Yield the records that stand, with their lines."""
        feed, foreign = self.registry.feed, 0
        for line, record in self.file.records():
            if not _is_swedish(record):
                foreign += 1
                feed.note("a record without a place in Sweden was passed over")
            elif self.registry.superseded(record):
                feed.balance.duplicates += 1
                feed.note("an older version of a record was passed over for the newest")
            else:
                feed.balance.unmapped.update(
                    f"{self.name}: {name}" for name in record.keys() - ror_record.KNOWN
                )
                yield line, record
        self.read = self.file.read - foreign


def load(feed: Feed) -> None:
    """Go through the files twice: to find the newest version of each record, then to read it."""
    registry = _Registry(feed, actor_kinds(SOURCE.name), _letters())
    for path in feed.inputs:
        for file in objects(path, lambda _: None, feed.options.limits):
            for _, record in file.records():
                registry.meet(record)
    for path in feed.inputs:
        for file in objects(path, feed.refuse, feed.options.limits):
            feed.balance.forms[file.name] = f"records: {file.form}"
            feed.records(
                _Swedish(file, registry), identifier, lambda record, facts: _tell(registry, record, facts)
            )


def _tell(registry: _Registry, record: Json, facts: Facts) -> None:
    found = registry.read(record)
    organisation = registry.organisation(found.ror, found.names[0].value if found.names else "")
    facts.a(organisation, n.Organisation)
    for kind in found.kinds:
        facts.add(organisation, n.actorKind, facts.iris.thing("actor-kind", registry.kinds[kind]))
        if registry.kinds[kind] == "company":
            facts.a(organisation, n.Company)
    for predicate, term in _terms(found):
        facts.add(organisation, predicate, term)
    for county in found.counties:
        facts.add(organisation, n.locatedIn, facts.iris.thing("county", county))
    _versions(registry, found, organisation, facts)
    if found.status in _ENDED:
        _ended(organisation, _ENDED[found.status], facts)


def _terms(found: RorRecord) -> list[tuple[str, Term]]:
    """Return what is said of an organisation in literals and in IRIs of others."""
    shown = {name.value for name in found.names if name.shown}
    if not shown:
        raise RecordError("names", "", "a name that ROR shows is required here")
    said = [
        (n.altLabel if name.shown else n.hiddenLabel, text(name.value, name.language))
        for name in found.names
        if name.shown or name.value not in shown
    ]
    ror = found.ror.rpartition("/")[2]
    said += [(n.identifier, text(each)) for each in (f"ROR {ror}", *found.identifiers)]
    said += [(n.exactMatch, iri(f"https://ror.org/{ror}")), *map(_wikidata, found.wikidata)]
    return said + [(n.homepage, _website(each)) for each in found.websites]


def _wikidata(entity: str) -> tuple[str, Term]:
    if not (entity[:1] == "Q" and entity[1:].isdecimal()):
        raise RecordError("external_ids", entity, "an entity of Wikidata is a Q and a number")
    return n.exactMatch, iri(_WIKIDATA + entity)


def _website(link: str) -> Term:
    try:
        return Term(address(link))
    except ValueError as error:
        raise RecordError("links", link, str(error)) from error


def _versions(registry: _Registry, found: RorRecord, organisation: Term, facts: Facts) -> None:
    """Say both ways what came after what, when the other record is there too."""
    pairs = ((n.isReplacedBy, n.replaces, found.replaced_by), (n.replaces, n.isReplacedBy, found.replaces))
    for there, back, others in pairs:
        for other in others:
            if not registry.sound.get(other):
                registry.feed.note("a successor or predecessor that is not in the files was passed over")
            elif (thing := registry.organisation(other, "")) != organisation:
                facts.add(organisation, there, thing)
                facts.add(thing, back, organisation)


def _ended(organisation: Term, why: Note, facts: Facts) -> None:
    """State that the end of an organisation is not told, with ROR as the document that leaves it open."""
    document = facts.iris.thing("document", _DOCUMENT)
    facts.a(document, n.SourceDocument)
    facts.add(document, n.prefLabel, text(SOURCE.title_sv, "sv"))
    facts.add(document, n.prefLabel, text(SOURCE.title_en, "en"))
    facts.add(document, n.title, text("Research Organization Registry"))
    facts.add(document, n.identifier, text(_DOCUMENT))
    facts.add(document, n.evidenceLevel, facts.iris.thing("evidence-level", "register"))
    facts.add(document, n.seeAlso, iri(SOURCE.url))
    facts.unknown(organisation, n.validUntil, "not-stated", Evidence(document, "literal", note=why))


def _is_swedish(record: Json) -> bool:
    """Tell whether a record is ours to read; one that tells no place at all is read, and then refused."""
    try:
        return ror_record.is_swedish(record) or not record.keys() & {"country", "locations"}
    except RecordError:
        return True


def _letters() -> dict[str, str]:
    table = rows(SNAPSHOTS / "sweden" / "counties.csv", "scb_code", "iso_code")
    return {row["iso_code"].removeprefix("SE-"): row["scb_code"] for _, row in table}
