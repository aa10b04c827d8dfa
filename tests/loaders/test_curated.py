"""The rows that all curated snapshots share: documents, evidence, classes and references."""

import pytest

from graph.errors import TermError
from graph.iris import Iris
from loaders import curated
from loaders.errors import RecordError
from loaders.source import Facts, Note, Record
from ontology import names as n

DOCUMENT = {
    "document": "000",
    "title": "Om styrkor",
    "level": "seed",
    "publisher": "organisation/region-ostergotland",
    "url": "https://example.org/om",
    "issued": "2023-01-25",
    "retrieved": "2023-02-10",
    "sha256": "ab" * 32,
    "note": "undated",
}
EVIDENCE = {
    "document": "000",
    "lines": "3-4",
    "status": "literal",
    "printed": "styrkor",
    "note_sv": "rubriken",
    "note_en": "the heading",
}


def _record(fields: dict[str, str]) -> Record:
    return Record("some.csv", 2, fields)


def _said(fields: dict[str, str]) -> dict[str, list[str]]:
    """Return what a row of documents.csv says, by predicate."""
    record, facts = _record(fields), Facts(Iris())
    curated.document(record, facts)
    assert record.left_over() == []
    assert {subject for subject, _, _ in facts.triples} == {"<https://w3id.org/samspel/id/document/000>"}
    found: dict[str, list[str]] = {}
    for _, predicate, obj in facts.triples:
        found.setdefault(predicate[1:-1], []).append(obj)
    return found


def test_a_document_is_told_with_all_that_is_known_of_it() -> None:
    assert _said(DOCUMENT) == {
        n.type_: [f"<{n.SourceDocument}>"],
        n.prefLabel: ['"Om styrkor"@sv'],
        n.title: ['"Om styrkor"'],
        n.identifier: ['"000"'],
        n.evidenceLevel: ["<https://w3id.org/samspel/id/evidence-level/seed>"],
        n.publisher: ["<https://w3id.org/samspel/id/organisation/region-ostergotland>"],
        n.seeAlso: ["<https://example.org/om>"],
        n.issued: [f'"2023-01-25"^^<{n.XSD}date>'],
        n.retrievedOn: [f'"2023-02-10"^^<{n.XSD}date>'],
        n.sha256: [f'"{"ab" * 32}"'],
    }


def test_a_document_whose_retrieval_nobody_tells_says_so_itself() -> None:
    facts = Facts(Iris())
    curated.document(_record(DOCUMENT | {"retrieved": ""}), facts)
    own = "<https://w3id.org/samspel/id/document/000>"
    said = {predicate[1:-1]: obj for subject, predicate, obj in facts.triples if subject != own}
    assert said[n.subject] == said[n.fromDocument] == own
    assert said[n.predicate] == f"<{n.retrievedOn}>"
    assert said[n.unknownKind] == "<https://w3id.org/samspel/id/unknown/not-stated>"
    assert n.retrievedOn not in {predicate[1:-1] for subject, predicate, _ in facts.triples if subject == own}


@pytest.mark.parametrize(("bound", "predicate"), [("from", n.validFrom), ("until", n.validUntil)])
def test_a_bound_in_time_is_a_year_or_told_to_be_unknown(bound: str, predicate: str) -> None:
    row = EVIDENCE | {"organisation": "a", "bound": bound, "year": "2022"}
    facts = Facts(Iris())
    curated.validity(_record(row), facts, "organisation")
    assert facts.triples[0][1:] == (f"<{predicate}>", f'"2022"^^<{n.XSD}gYear>')
    open_facts = Facts(Iris())
    curated.validity(_record(row | {"year": "?not-stated"}), open_facts, "organisation")
    assert f"<{n.unknownKind}>" in {p for _, p, _ in open_facts.triples}
    assert f"<{predicate}>" not in {p for _, p, _ in open_facts.triples}
    with pytest.raises(RecordError, match="bound is 'since': expected one of from, until"):
        curated.validity(_record(row | {"bound": "since"}), Facts(Iris()), "organisation")


def test_nothing_replaces_itself() -> None:
    row = EVIDENCE | {"organisation": "a", "replaces": "a"}
    with pytest.raises(RecordError, match="an organisation cannot replace itself"):
        curated.replacement(_record(row), Facts(Iris()), "organisation")


def test_a_document_may_leave_publisher_address_day_and_checksum_open() -> None:
    bare = DOCUMENT | dict.fromkeys(("publisher", "url", "issued", "sha256"), "")
    assert set(_said(bare)) == {n.type_, n.prefLabel, n.title, n.identifier, n.evidenceLevel, n.retrievedOn}


@pytest.mark.parametrize("column", ["document", "title", "level"])
def test_a_document_has_key_title_and_level(column: str) -> None:
    with pytest.raises(RecordError, match=f"{column} is '': a value is required here"):
        _said(DOCUMENT | {column: ""})


@pytest.mark.parametrize(
    ("column", "value"),
    [("url", "no address"), ("issued", "2023-01-32"), ("publisher", "Region Östergötland")],
)
def test_a_document_with_a_bad_value_is_refused(column: str, value: str) -> None:
    with pytest.raises(TermError):
        _said(DOCUMENT | {column: value})


def test_evidence_is_taken_whole() -> None:
    record = _record(EVIDENCE)
    found = curated.evidence(record, Facts(Iris()))
    assert record.left_over() == []
    assert (found.document, found.lines, found.status, found.printed, found.note) == (
        "<https://w3id.org/samspel/id/document/000>",
        "3-4",
        "literal",
        "styrkor",
        Note("rubriken", "the heading"),
    )


def test_evidence_may_leave_lines_printed_and_note_open() -> None:
    bare = EVIDENCE | dict.fromkeys(("lines", "note_sv", "note_en"), "") | {"printed": " "}
    found = curated.evidence(_record(bare), Facts(Iris()))
    assert (found.lines, found.printed, found.note) == (None, None, None)


@pytest.mark.parametrize(
    ("missing", "other"),
    [("note_sv", "the heading"), ("note_en", "rubriken")],
    ids=["in English", "in Swedish"],
)
def test_a_note_in_one_language_only_is_refused(missing: str, other: str) -> None:
    with pytest.raises(RecordError) as told:
        curated.evidence(_record(EVIDENCE | {missing: " "}), Facts(Iris()))
    assert str(told.value) == (
        f"{missing} is '': a note is in both languages or in none; the other is {other!r}"
    )


@pytest.mark.parametrize("status", ["Literal", "guessed", "literal|derived"])
def test_evidence_of_an_unknown_status_is_refused(status: str) -> None:
    with pytest.raises(RecordError, match="expected one of literal, derived, inferred"):
        curated.evidence(_record(EVIDENCE | {"status": status}), Facts(Iris()))


def test_classes_are_named_by_their_local_names() -> None:
    record = _record({"classes": "Organisation|SciencePark|Post|Concept"})
    assert curated.classes(record, "classes") == [n.Organisation, n.SciencePark, n.Post, n.Concept]


@pytest.mark.parametrize(
    "name", ["Wizard", "prefLabel", "SAMSPEL", "BASE", "RDF", "__name__", "Organisation|", "type_"]
)
def test_what_is_no_class_is_refused(name: str) -> None:
    with pytest.raises(RecordError, match=r"no class of ontology/names\.py has this name"):
        curated.classes(_record({"classes": name}), "classes")


def test_references_are_a_list_that_may_be_empty() -> None:
    facts = Facts(Iris())
    assert curated.references(_record({"areas": ""}), facts, "areas") == []
    assert curated.references(_record({"areas": "area/a|area/b"}), facts, "areas") == [
        "<https://w3id.org/samspel/id/area/a>",
        "<https://w3id.org/samspel/id/area/b>",
    ]


def test_a_bad_reference_is_refused() -> None:
    with pytest.raises(TermError, match="is not a kind and a key"):
        curated.references(_record({"areas": "area/a|b"}), Facts(Iris()), "areas")


@pytest.mark.parametrize("printed", ["232100-0040", "2321000040", " 202100-3096 "])
def test_an_organisation_number_is_written_with_its_hyphen(printed: str) -> None:
    assert curated.organisation_number(printed) in ("232100-0040", "202100-3096")


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        (
            "121212-1212",
            "organisation_number is '12…': the third digit is below 2, so this is a personal number",
        ),
        ("232100-0041", "organisation_number is '232100-0041': the last digit does not fit the others"),
        ("232100-0400", "the last digit does not fit the others"),
        ("23210-00040", "expected ten digits with a hyphen, such as 232100-0040"),
        ("SE232100004001", "expected ten digits with a hyphen"),
        ("", "organisation_number is '': expected ten digits"),
    ],
    ids=["person", "last digit", "turned digits", "hyphen", "VAT number", "nothing"],
)
def test_what_is_no_organisation_number_is_refused(printed: str, told: str) -> None:
    with pytest.raises(RecordError) as refused:
        curated.organisation_number(printed)
    assert told in str(refused.value)
    assert printed != "121212-1212" or printed not in str(refused.value)
