"""Strict reading: each record whole or not at all, nothing passed over, every refusal with file and line."""

import csv
import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.terms import day, text
from loaders.errors import BoundsError, LayoutError, LoadError, RecordError
from loaders.source import Evidence, Facts, Intake, Loaded, Note, Record, Source
from ontology import names as n

SOURCE = Source(
    name="plants",
    title_sv="Växter",
    title_en="Plants",
    publisher="samspel",
    licence="https://creativecommons.org/publicdomain/zero/1.0/",
    url="https://example.org/plants",
    as_of="2026-11-21",
    at_least={},
)
LABEL = f"<{n.prefLabel}>"


def _project(record: Record, facts: Facts) -> None:
    subject = facts.iris.thing("project", record.take("key"))
    facts.a(subject, n.Project)
    facts.add(subject, n.prefLabel, text(record.take("name"), "sv"))
    if start := record.take_optional("start"):
        facts.add(subject, n.startDate, day(start))


def _intake(folder: Path, content: str | bytes, source: Source = SOURCE) -> Intake:
    (folder / "projects.csv").write_bytes(content.encode() if isinstance(content, str) else content)
    return Intake(source, folder)


def _read(folder: Path, content: str | bytes, handle: Callable[[Record, Facts], None] = _project) -> Loaded:
    intake = _intake(folder, content)
    intake.each("projects.csv", handle)
    return intake.result()


def _labels(loaded: Loaded) -> list[str]:
    return [line.partition(f" {LABEL} ")[2] for line in loaded.lines if LABEL in line]


def test_records_become_sorted_lines_with_counts_and_checksums(tmp_path: Path) -> None:
    loaded = _read(tmp_path, "key,name,start\nb,Björk,\na,Ask,2024-04-01\n")
    assert _labels(loaded) == ['"Ask"@sv', '"Björk"@sv']
    assert list(loaded.lines) == sorted(set(loaded.lines))
    assert (loaded.read, loaded.rejects, loaded.counts) == (2, (), {"Project": 2})
    assert loaded.files == {
        "projects.csv": hashlib.sha256((tmp_path / "projects.csv").read_bytes()).hexdigest()
    }


def test_a_record_is_kept_whole_or_not_at_all(tmp_path: Path) -> None:
    loaded = _read(tmp_path, "key,name,start\na,Ask,2024-04-01\nb,Björk,2024-04-31\nc,Contorta,\n")
    assert _labels(loaded) == ['"Ask"@sv', '"Contorta"@sv']
    assert not [line for line in loaded.lines if "project/b>" in line]
    assert (loaded.read, loaded.counts) == (3, {"Project": 2})


def test_a_reject_says_where_what_and_why(tmp_path: Path) -> None:
    loaded = _read(tmp_path, "key,name,start\na,Ask,\nb,,\nc,Contorta,snart\n")
    first, second = loaded.rejects
    assert str(first) == "projects.csv:3: name is '': a value is required here"
    assert (second.file, second.line, second.record) == ("projects.csv", 4, "c,Contorta,snart")
    assert "'snart' is not a day in the form 2024-04-01" in str(second)


def test_a_record_refused_by_its_loader_is_set_aside_with_the_field(tmp_path: Path) -> None:
    def refuse(record: Record, facts: Facts) -> None:
        raise RecordError("key", record.take("key"), "expected a tree")

    (reject,) = _read(tmp_path, "key\nrosa\n", refuse).rejects
    assert str(reject) == "projects.csv:2: key is 'rosa': expected a tree"


def test_lines_are_those_of_the_file_though_a_field_runs_over_several(tmp_path: Path) -> None:
    loaded = _read(tmp_path, 'key,name,start\na,"Ask\noch\nalm",\nb,,\n')
    assert [(reject.line, reject.field) for reject in loaded.rejects] == [(5, "name")]
    assert _labels(loaded) == ['"Ask\\noch\\nalm"@sv']


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=ascii)
def test_any_kind_of_line_end_is_read(tmp_path: Path, end: str) -> None:
    loaded = _read(tmp_path, end.join(["key,name,start", "a,Ask,", "b,,", ""]))
    assert (_labels(loaded), loaded.rejects[0].line) == (['"Ask"@sv'], 3)


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\x85", "\x0c", "\x1c"], ids=ascii)
def test_a_mark_that_only_python_takes_for_a_line_end_ends_no_record(tmp_path: Path, mark: str) -> None:
    rows: list[tuple[int, str]] = []

    def note(record: Record, _facts: Facts) -> None:
        rows.append((record.line, record.take("name")))
        record.ignore("key", "start")

    _read(tmp_path, f"key,name,start\na,A{mark}sk,\nb,Björk,\n", note)
    assert rows == [(2, f"A{mark}sk"), (3, "Björk")]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte order mark"])
def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path, mark: bytes) -> None:
    assert _labels(_read(tmp_path, mark + b"key,name,start\na,Ask,\n")) == ['"Ask"@sv']


def test_a_column_that_nobody_takes_is_a_layout_error(tmp_path: Path) -> None:
    with pytest.raises(
        LayoutError, match=r"projects\.csv:2: columns \['colour'\] were neither read nor ignored"
    ):
        _read(tmp_path, "key,name,start,colour\na,Ask,,green\n")


def test_a_column_ignored_by_name_is_none(tmp_path: Path) -> None:
    def ignoring(record: Record, facts: Facts) -> None:
        record.ignore("colour")
        _project(record, facts)

    assert _read(tmp_path, "key,name,start,colour\na,Ask,,green\n", ignoring).read == 1


def test_a_missing_column_is_a_layout_error_even_where_a_value_is_optional(tmp_path: Path) -> None:
    with pytest.raises(
        LayoutError, match=r"projects\.csv: column 'start' is missing; found \['key', 'name'\]"
    ):
        _read(tmp_path, "key,name\na,Ask\n")


@pytest.mark.parametrize(
    ("row", "fields"), [("a,Ask", 2), ("a,Ask,,", 4), ("", 0)], ids=["short", "long", "empty"]
)
def test_a_row_of_another_length_is_a_layout_error(tmp_path: Path, row: str, fields: int) -> None:
    with pytest.raises(LayoutError, match=rf"projects\.csv:3: {fields} fields where the header has 3: "):
        _read(tmp_path, f"key,name,start\nb,Björk,\n{row}\nc,Contorta,\n")


@pytest.mark.parametrize(
    "rows",
    ['b,"Björk,\nc,Contorta,\n', 'b,"Björk,\nc,"Contorta",\n', 'b,"Bj"örk,\n'],
    ids=["to the end", "to the next quote", "in the middle"],
)
def test_an_unclosed_quote_swallows_nothing_silently(tmp_path: Path, rows: str) -> None:
    with pytest.raises(LayoutError, match=r"projects\.csv:3: .+; check the quotes of this row\."):
        _read(tmp_path, f"key,name,start\na,Ask,\n{rows}")


def test_an_unclosed_quote_in_the_header_is_a_layout_error_too(tmp_path: Path) -> None:
    with pytest.raises(LayoutError, match=r"projects\.csv:1: .+; check the quotes of this row\."):
        _read(tmp_path, 'key,"name,start\na,Ask,\n')


@pytest.mark.parametrize("content", ["", "\n", "key,name,key\n"], ids=repr)
def test_a_header_has_distinct_names(tmp_path: Path, content: str) -> None:
    with pytest.raises(LayoutError, match=r"projects\.csv:1: a header of distinct column names was expected"):
        _read(tmp_path, content)


def test_a_file_that_is_not_utf8_is_told_with_the_byte(tmp_path: Path) -> None:
    with pytest.raises(LayoutError, match=r"projects\.csv: byte 19 is not UTF-8; save the file as UTF-8\."):
        _read(tmp_path, b"key,name,start\na,Bj" + b"\xf6rk,\n")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match=r"none\.csv: cannot be read: No such file"):
        Intake(SOURCE, tmp_path).each("none.csv", _project)


def test_too_few_and_too_many_are_told_with_the_file_to_change(tmp_path: Path) -> None:
    bounded = replace(SOURCE, at_least={"Project": 3, "Fund": 1}, at_most={"Project": 1})
    intake = _intake(tmp_path, "key,name,start\na,Ask,\nb,Björk,\nc,,\n", bounded)
    intake.each("projects.csv", _project)
    with pytest.raises(BoundsError) as told:
        intake.result()
    assert str(told.value) == (
        "Source 'plants' is out of its declared bounds: 0 Fund, at least 1 expected; "
        "2 Project, at least 3 expected; 2 Project, at most 1 expected. "
        "Mend the files, or change the bounds in loaders/sources/plants.py with a reason."
        "\n  set aside: projects.csv:4: name is '': a value is required here"
    )


def test_facts_that_stand_in_no_record_are_kept(tmp_path: Path) -> None:
    intake = Intake(SOURCE, tmp_path)
    intake.say(lambda facts: facts.a(facts.iris.thing("nuts", "SE"), n.Territory))
    assert intake.result().lines == (f"<https://w3id.org/samspel/id/nuts/SE> <{n.type_}> <{n.Territory}>",)


def _statement(evidence: Evidence, *, unknown: bool = False) -> list[tuple[str, str, str]]:
    facts = Facts(Intake(SOURCE, Path()).iris)
    subject = facts.iris.thing("project", "a")
    if unknown:
        facts.unknown(subject, n.startDate, "field-empty", evidence)
    else:
        facts.state(subject, n.prefLabel, text("Ask", "sv"), evidence)
    return list(facts.triples)


EVIDENCE = Evidence(
    Intake(SOURCE, Path()).iris.thing("document", "000"), "literal", "3-4", "Ask", Note("ett träd", "a tree")
)


def test_a_stated_fact_is_a_triple_and_a_statement_that_leads_to_its_evidence() -> None:
    plain, *said = _statement(EVIDENCE)
    assert plain == ("<https://w3id.org/samspel/id/project/a>", LABEL, '"Ask"@sv')
    assert {(p.rpartition("#")[2].rpartition("/")[2], o.rpartition("/")[2]) for _, p, o in said} == {
        ("type>", "ontology#Statement>"),
        ("subject>", "a>"),
        ("predicate>", "core#prefLabel>"),
        ("object>", '"Ask"@sv'),
        ("fromDocument>", "000>"),
        ("status>", "literal>"),
        ("lines>", '"3-4"'),
        ("asPrinted>", '"Ask"'),
        ("comment>", '"ett träd"@sv'),
        ("comment>", '"a tree"@en'),
    }


def test_without_a_note_there_is_no_comment() -> None:
    assert [p for _, p, _ in _statement(EVIDENCE) if p == f"<{n.comment}>"] == [f"<{n.comment}>"] * 2
    assert f"<{n.comment}>" not in {p for _, p, _ in _statement(replace(EVIDENCE, note=None))}


def test_an_unknown_makes_a_statement_and_no_plain_triple() -> None:
    said = _statement(EVIDENCE, unknown=True)
    assert len({s for s, _, _ in said}) == 1
    assert [o for _, p, o in said if p == f"<{n.unknownKind}>"] == [
        "<https://w3id.org/samspel/id/unknown/field-empty>"
    ]
    assert not [p for _, p, _ in said if p == f"<{n.object_}>"]


def test_two_places_of_one_fact_are_two_statements() -> None:
    first, second = _statement(EVIDENCE), _statement(replace(EVIDENCE, lines="5"))
    assert first[0] == second[0]
    assert first[1][0] != second[1][0]


CELL = st.text(st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from(',"\n\u2028'), max_size=8)


@given(st.lists(st.tuples(CELL, CELL), max_size=5))
def test_what_a_csv_writer_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("csv")
    found: list[tuple[str | None, str | None]] = []

    def note(record: Record, _facts: Facts) -> None:
        found.append((record.take_optional("one"), record.take_optional("two")))

    with (folder / "projects.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("one", "two"), *rows])
    intake = Intake(SOURCE, folder)
    intake.each("projects.csv", note)
    assert found == [(one.strip() or None, two.strip() or None) for one, two in rows]
