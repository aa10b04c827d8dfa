"""The Sustainable Development Goals of the United Nations with their targets and indicators, as SKOS.

The concepts keep the publisher's IRIs. Names are taken in English and, where a file has them, in Swedish
(the publisher's has none). Of the notations the compact ones are taken (`9`, `9.5`, `9.5.1`); an indicator
that stands under several targets has several. Target 12.3 has two English names, one of which breaks off:
of several the longest is taken. What the file says twice in other words (has target, narrower)
is passed over, and so are the tiers and the agencies of the indicators and notes such as "Goal 1". The second
file of the publisher, the subjects of goals, targets and indicators in EuroVoc and the UNBIS Thesaurus, is
read too; of the series of statistics in it nothing is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from pyoxigraph import Literal

from graph.terms import iri, text
from loaders.concepts import BROADER, SDG, say_concept, say_name
from loaders.errors import LayoutError, RecordError
from loaders.feed import Feed
from loaders.rdf_file import RdfFile, Subject, rdf_files
from loaders.source import Facts, Source
from ontology import names as n

_COMMIT = "0ae578bacb1f4339596f5a6a19338457e4b22ba3"  # the one that was read here
_FILE = "sdg-data/sdg-kos-goals-targets-indicators.ttl"

SOURCE = Source(
    name="sdg",
    title_sv="FN:s globala mål med delmål och indikatorer",
    title_en="The Sustainable Development Goals with their targets and indicators",
    publisher="United Nations",
    licence=f"https://github.com/UNStats/LOD4Stats/blob/{_COMMIT}/sdg-data/void.ttl",
    url="http://metadata.un.org/sdg/",
    as_of="2026-11-21",
    at_least={"Concept": 1},
    outside=True,
    download=(f"https://raw.githubusercontent.com/UNStats/LOD4Stats/{_COMMIT}/{_FILE}",),
    layout="the knowledge organisation system of UNStats/LOD4Stats, whole, and its subject mappings",
)

_ONTOLOGY = SDG + "ontology#"
_COMPACT = _ONTOLOGY + "SDGCodeCompact"
_KINDS = {_ONTOLOGY + name: name for name in ("Goal", "Target", "Indicator")}
_TAKEN = {n.type_, n.prefLabel, n.altLabel, n.notation, n.exactMatch, n.closeMatch, BROADER, n.topic}
_IGNORED = {n.SKOS + name for name in ("note", "inScheme", "narrower", "topConceptOf", "hasTopConcept")} | {
    _ONTOLOGY + name
    for name in ("hasTarget", "isTargetOf", "hasIndicator", "isIndicatorOf", "tier", "custodianAgency")
}


@dataclass
class _Concepts:
    """The goals, targets and indicators of a file, or the subjects that it gives them."""

    file: RdfFile
    wanted: list[Subject]

    def __post_init__(self) -> None:
        self.name, self.sha256 = self.file.name, self.file.sha256

    @property
    def read(self) -> int:
        """How many concepts were met."""
        return self.file.read

    def records(self) -> Iterator[tuple[int, Subject]]:
        """Yield each concept with its line."""
        return self.file.only(self.wanted)


def load(feed: Feed) -> None:
    """Read the concepts, and the subjects of those that any of the files describes."""
    files = [file for path in feed.inputs for file in rdf_files(path, feed.options.limits)]
    known = {iri: each for file in files for iri, each in file.subjects.items() if _kind(each)}
    for file in files:
        described = [each for each in file.subjects.values() if _kind(each)]
        if described:
            _tell_unknown(feed, file, described)
            feed.balance.forms[file.name] = f"goals, targets and indicators: {file.form}"
            feed.records(_Concepts(file, described), str, partial(_concept, feed))
        else:
            _subjects(feed, file, known)


def _kind(subject: Subject) -> str | None:
    return next((_KINDS[name] for name in subject.iris(n.type_) if name in _KINDS), None)


def _concept(feed: Feed, subject: Subject, facts: Facts) -> None:
    compact = sorted(
        each.value
        for each in subject.said.get(n.notation, [])
        if isinstance(each, Literal) and each.datatype.value == _COMPACT
    )
    if not compact:
        raise RecordError("skos:notation", "", f"a compact code (of type {_COMPACT}) is required here")
    if not subject.texts(n.prefLabel, "en"):
        raise RecordError("skos:prefLabel", "", "a name in English is required here")
    concept = iri(subject.iri)
    for code in compact:
        say_concept(facts, concept, SOURCE.name, code)
    for language in ("en", "sv"):
        if found := subject.texts(n.prefLabel, language):
            name = max(found, key=len)
            if len(found) > 1:
                feed.note("of several main names in one language the longest was taken, the others were not")
            if not say_name(facts, concept, SOURCE.name, compact[0], name, language):
                feed.note("a name that differs from the bundled one was taken as another name")
    for name in subject.texts(n.altLabel, "en"):
        facts.add(concept, n.altLabel, text(name, "en"))
    for predicate in (BROADER, n.exactMatch, n.closeMatch):
        for other in subject.iris(predicate):
            facts.add(concept, predicate, iri(other))


def _subjects(feed: Feed, file: RdfFile, known: dict[str, Subject]) -> None:
    """Read what the concepts are about, by EuroVoc and UNBIS; series of statistics are passed over."""
    about = [each for each in file.subjects.values() if each.said.get(n.topic)]
    if not about:
        raise LayoutError(
            f"{file.name}: neither goals, targets and indicators ({_ONTOLOGY}Goal …) nor their subjects "
            f"(dcterms:subject) were found in it."
        )
    wanted = [each for each in about if each.iri in known]
    for _ in range(len(about) - len(wanted)):
        feed.note("subjects of what is no goal, target or indicator in these files were passed over")
    feed.balance.forms[file.name] = f"subjects: {file.form}"
    feed.records(_Concepts(file, wanted), lambda each: f"subjects of {each.iri}", _about)


def _about(subject: Subject, facts: Facts) -> None:
    for other in subject.iris(n.topic):
        facts.add(iri(subject.iri), n.topic, iri(other))


def _tell_unknown(feed: Feed, file: RdfFile, described: list[Subject]) -> None:
    for subject in described:
        for predicate in subject.said.keys() - _TAKEN - _IGNORED:
            feed.balance.unmapped[f"{file.name}: {predicate}"] += 1
