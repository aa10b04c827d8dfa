"""The priority areas mapped to EuroSciVoc, NACE Rev. 2.1 and the SDGs, and to one another, by their words.

Every mapping is our own judgement from the words of an area's name, and says so: its document is
`samspel-mappings-2026`, its status inferred, its note the wording that led to it. EuroSciVoc's own IRIs are
made of UUIDs, which are not known to us for any concept used here: these are `id/euroscivoc/CODE` of ours,
with EuroSciVoc's number as notation and its path as another name. NACE (sections and divisions) and the goals
keep their publishers' IRIs. Areas are compared with one another in their latest version, which the older
ones lead to by dcterms:isReplacedBy; pairs that the source `seeds` says are not said again. Counties lead to
NUTS in the source `sweden`; to Wikidata nothing leads, since nothing here could verify it.
"""

from functools import partial

from graph.iris import Iris
from graph.terms import Term, iri, text
from loaders.curated import document, note
from loaders.errors import RecordError
from loaders.source import Evidence, Facts, Intake, Note, Record, Source
from ontology import names as n

SOURCE = Source(
    name="mappings",
    title_sv="Områdena mappade till EuroSciVoc, NACE, FN:s mål och varandra",
    title_en="The areas mapped to EuroSciVoc, NACE, the SDGs and one another",
    publisher="samspel",
    licence="https://creativecommons.org/publicdomain/zero/1.0/",
    url="https://w3id.org/samspel/graph/mappings",
    as_of="2026-11-21",
    at_least={"SourceDocument": 4, "Statement": 730},
)

_OURS = "samspel-mappings-2026"
_CONCEPTS = {"nace2.1": "http://data.europa.eu/ux2/nace2.1/", "sdg": "http://metadata.un.org/sdg/"}
_INVERSE = {
    n.closeMatch: n.closeMatch,
    n.relatedMatch: n.relatedMatch,
    n.SKOS + "broadMatch": n.SKOS + "narrowMatch",
    n.SKOS + "narrowMatch": n.SKOS + "broadMatch",
}
_RELATIONS = {name.rpartition("#")[2]: name for name in _INVERSE}
_TRANSLATED = Note("samspels översättning, inte utgivarens", "Translated by samspel, not by the publisher")

Known = dict[tuple[str, str], Term]


def load(intake: Intake) -> None:
    """Read the schemes and those of their concepts that are used, then the mappings and what has none."""
    known: Known = {}
    sources: dict[str, str] = {}
    intake.each("documents.csv", document)
    intake.each("schemes.csv", partial(_scheme, sources))
    intake.each("concepts.csv", partial(_concept, sources, known))
    intake.each("mappings.csv", partial(_mapping, known))
    intake.each("related_areas.csv", _related)
    intake.each("unmapped.csv", _unmapped)


def _scheme(sources: dict[str, str], record: Record, facts: Facts) -> None:
    key = record.take("scheme")
    scheme = facts.iris.thing("scheme", key)
    facts.a(scheme, n.SKOS + "ConceptScheme")
    for language in ("sv", "en"):
        facts.add(scheme, n.prefLabel, text(record.take(f"name_{language}"), language))
    facts.add(scheme, n.homepage, iri(record.take("homepage")))
    if licence := record.take_optional("licence"):
        facts.add(scheme, n.licence, iri(licence))
    sources[key] = record.take("document")
    facts.add(scheme, n.source, facts.iris.thing("document", sources[key]))


def _concept(sources: dict[str, str], known: Known, record: Record, facts: Facts) -> None:
    scheme, code = record.take("scheme"), record.take("code")
    if scheme not in sources:
        raise RecordError("scheme", scheme, f"expected one of {', '.join(sources)}")
    concept = known[scheme, code] = _concept_iri(scheme, code, facts.iris)
    facts.a(concept, n.Concept)
    facts.add(concept, n.inScheme, facts.iris.thing("scheme", scheme))
    facts.add(concept, n.notation, text(code))
    name = record.take("name_en")
    printed = Evidence(facts.iris.thing("document", sources[scheme]), "literal", printed=name)
    facts.state(concept, n.prefLabel, text(name, "en"), printed)
    facts.state(
        concept, n.prefLabel, text(record.take("name_sv"), "sv"), _judged(facts, _TRANSLATED, "derived")
    )
    if path := record.take_optional("path"):
        facts.add(concept, n.altLabel, text(path, "en"))


def _mapping(known: Known, record: Record, facts: Facts) -> None:
    area = facts.iris.thing("area", record.take("area"))
    scheme, code = record.take("scheme"), record.take("code")
    if (scheme, code) not in known:
        raise RecordError("code", code, f"concepts.csv names no such concept of {scheme!r}")
    sv, en = record.take("word_sv"), record.take("word_en")
    why = Note(
        f"Av ordalydelsen ”{sv}” i områdets namn", f"From the wording '{sv}' ({en}) in the area's name"
    )
    evidence = _judged(facts, _with(why, note(record, "note")))
    facts.state(area, _relation(record), known[scheme, code], evidence)


def _related(record: Record, facts: Facts) -> None:
    """State a pair both ways: what is broader one way is narrower the other."""
    area = facts.iris.thing("area", record.take("area"))
    other = facts.iris.thing("area", record.take("other"))
    if area == other:
        raise RecordError("other", str(other), "an area cannot be mapped to itself")
    sv, en = record.take("words_sv").split("|"), record.take("words_en").split("|")
    why = Note(
        f"Av ordalydelsen {' och '.join(f'”{word}”' for word in sv)} i områdenas namn",
        f"From the wording {' and '.join(map(repr, sv))} ({', '.join(en)}) in the areas' names",
    )
    evidence = _judged(facts, _with(why, note(record, "note")))
    relation = _relation(record)
    facts.state(area, relation, other, evidence)
    facts.state(other, _INVERSE[relation], area, evidence)


def _unmapped(record: Record, facts: Facts) -> None:
    why = note(record, "why")
    if why is None:
        raise RecordError("why_sv", "", "a value is required here")
    area = facts.iris.thing("area", record.take("area"))
    facts.unknown(area, n.relatedMatch, "not-stated", _judged(facts, why))


def _concept_iri(scheme: str, code: str, iris: Iris) -> Term:
    return iri(_CONCEPTS[scheme] + code) if scheme in _CONCEPTS else iris.thing(scheme, code)


def _relation(record: Record) -> str:
    name = record.take("relation")
    if name not in _RELATIONS:
        raise RecordError("relation", name, f"expected one of {', '.join(_RELATIONS)}")
    return _RELATIONS[name]


def _judged(facts: Facts, why: Note, status: str = "inferred") -> Evidence:
    return Evidence(facts.iris.thing("document", _OURS), status, note=why)


def _with(why: Note, more: Note | None) -> Note:
    return Note(f"{why.sv}. {more.sv}", f"{why.en}. {more.en}") if more else why
