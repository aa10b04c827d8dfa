"""Answers: typed parameters that cannot break out, rows in order, and formats that can be read back."""

import csv
import json
import unicodedata
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode

from graph.store import Cell, Rows, Store
from ontology.names import XSD
from queries import catalogue
from queries.answer import FORMATS, ask, bind, excel, sort, write
from queries.catalogue import Query
from queries.errors import ParameterError

HEADER = """\
# title-sv: Eko
# title-en: Echo
# about-sv: Ger tillbaka.
# about-en: Gives back.
# returns: x, y
# param: x | {type} | {default} | what comes back
# param: y | choice one,two | one | a second parameter
"""
TEXT = 'SELECT ?x ?y WHERE {{ VALUES ?x {{ {block} }} VALUES ?y {{ "one" }} }}'
NASTY = [
    '"',
    "\\",
    '\\"',
    "}",
    '" } BIND(1 AS ?z) {',
    'VALUES ?y { "two" }',
    "?x",
    "\n",
    "#",
    "'''",
    "\\u0022",
]


def echo(folder: Path, type_: str, default: str, block: str) -> Query:
    path = folder / "echo.rq"
    path.write_text(f"{HEADER.format(type=type_, default=default)}\n{TEXT.format(block=block)}\n", "utf-8")
    return catalogue.read(path)


@pytest.fixture(scope="module")
def empty() -> Store:
    return Store.memory()


@pytest.fixture(scope="module")
def text_echo(tmp_path_factory: pytest.TempPathFactory) -> Query:
    return echo(tmp_path_factory.mktemp("echo"), "text", "a", '"a"')


CONTROLS = st.characters(exclude_categories=("Cs", "Cc"))


@given(st.text(CONTROLS | st.sampled_from("\n\r\t")) | st.sampled_from(NASTY))
@example('" } BIND(1 AS ?z) VALUES ?w { "')
@example('VALUES ?y { "two" }')
@example("VALUES ?x { x }")
def test_a_text_comes_back_as_it_went_in(text_echo: Query, empty: Store, value: str) -> None:
    answer = ask(empty, text_echo, {"x": value, "y": "two"})
    assert [list(row.values()) for row in answer.rows.dicts()] == [
        [unicodedata.normalize("NFC", value), "two"]
    ]
    assert answer.parameters == {"x": value, "y": "two"}


@given(st.lists(st.sampled_from(NASTY), max_size=8).map("".join))
def test_texts_full_of_syntax_stay_one_literal(text_echo: Query, empty: Store, value: str) -> None:
    assert [row["x"] for row in ask(empty, text_echo, {"x": value}).rows.dicts()] == [value]


@given(st.integers())
def test_an_integer_comes_back(tmp_path_factory: pytest.TempPathFactory, empty: Store, value: int) -> None:
    found = echo(tmp_path_factory.getbasetemp(), "integer", "1", "1")
    assert [row["x"] for row in ask(empty, found, {"x": str(value)}).rows.dicts()] == [str(value)]


@given(st.dates())
def test_a_date_comes_back(tmp_path_factory: pytest.TempPathFactory, empty: Store, value: object) -> None:
    found = echo(tmp_path_factory.getbasetemp(), "date", "2024-04-01", '"2024-04-01"')
    assert [row["x"] for row in ask(empty, found, {"x": str(value)}).rows.dicts()] == [str(value)]


def test_an_iri_comes_back(tmp_path: Path, empty: Store) -> None:
    found = echo(tmp_path, "iri", "https://x.org/", "<https://x.org/>")
    rows = ask(empty, found, {"x": "https://w3id.org/samspel/id/county/05"}).rows.rows
    assert rows[0][0] == NamedNode("https://w3id.org/samspel/id/county/05")


@pytest.mark.parametrize(
    ("type_", "value", "expected"),
    [
        ("choice one,two", "three", "one of one, two"),
        ("choice one,two", "", "one of one, two"),
        ("integer", "two", "a whole number"),
        ("integer", "1.5", "a whole number"),
        ("integer", "", "a whole number"),
        ("date", "2025-13-01", "a day such as 2024-04-01"),
        ("date", "1 april 2024", "a day such as 2024-04-01"),
        ("iri", "no iri", "an absolute IRI such as https://w3id.org/samspel/id/county/05"),
        ("iri", "https://x.org/> } #", "an absolute IRI such as https://w3id.org/samspel/id/county/05"),
        ("iri", "", "an absolute IRI such as https://w3id.org/samspel/id/county/05"),
        ("text", "a\x00b", "a text without control characters"),
        ("text", "a\ud800b", "a text without control characters"),
    ],
)
def test_a_value_of_the_wrong_type_is_refused(tmp_path: Path, type_: str, value: str, expected: str) -> None:
    defaults = {
        "choice one,two": "one",
        "integer": "1",
        "date": "2024-04-01",
        "iri": "https://x.org/",
        "text": "a",
    }
    found = echo(tmp_path, type_, defaults[type_], "1")
    with pytest.raises(ParameterError) as caught:
        bind(found, {"x": value})
    assert str(caught.value) == f"Parameter x is {value!r}: expected {expected}."


def test_an_unknown_parameter_is_refused_with_those_there_are() -> None:
    with pytest.raises(
        ParameterError, match=r"Query 'cq01' takes no parameter 'lvl'; it takes county, level, as_of\."
    ):
        bind(catalogue.query("cq01"), {"lvl": "seed"})
    with pytest.raises(ParameterError, match="it takes none"):
        bind(catalogue.query("match-areas"), {"lvl": "seed"})


def number(value: str, datatype: str = "integer") -> Literal:
    return Literal(value, datatype=NamedNode(XSD + datatype))


def column(*cells: Cell) -> Rows:
    return Rows(("a",), tuple((cell,) for cell in cells))


@pytest.mark.parametrize(
    ("order", "cells", "expected"),
    [
        ("a", [Literal("Örebro"), None, Literal("Åre"), Literal("Zorn")], ["Zorn", "Åre", "Örebro", None]),
        ("-a", [Literal("Zorn"), None, Literal("Örebro")], ["Örebro", "Zorn", None]),
        ("a", [number("10"), number("9"), None, number("-1")], ["-1", "9", "10", None]),
        ("-a", [number("9"), None, number("10")], ["10", "9", None]),
        ("a", [number("0.50", "decimal"), number("0.6", "double")], ["0.50", "0.6"]),
        ("a", [NamedNode("https://b.org"), NamedNode("https://a.org")], ["https://a.org", "https://b.org"]),
    ],
)
def test_rows_sort_by_a_column(order: str, cells: list[Cell], expected: list[str | None]) -> None:
    assert [row["a"] for row in sort(column(*cells), (order,)).dicts()] == expected


def test_later_columns_break_ties() -> None:
    rows = Rows(("a", "b"), tuple((number(a), Literal(b)) for a, b in ("1y", "2x", "1x", "2y")))
    found = sort(rows, ("-a", "b"))
    assert [(row["a"], row["b"]) for row in found.dicts()] == [("2", "x"), ("2", "y"), ("1", "x"), ("1", "y")]


@given(st.lists(st.one_of(st.none(), st.text(CONTROLS).map(Literal), st.integers().map(Literal)), max_size=8))
def test_unbound_stands_last_up_and_down(cells: list[Cell]) -> None:
    for order in ("a", "-a"):
        found = [row[0] for row in sort(column(*cells), (order,)).rows]
        assert all(cell is None for cell in found[len(found) - cells.count(None) :])
        assert sorted(map(str, found)) == sorted(map(str, cells))


def test_values_of_a_list_column_come_in_order(store: Store) -> None:
    rows = ask(store, catalogue.query("cq01")).rows.dicts()
    assert next(rows)["evidence"] == "002:9 literal | 002:13 literal | 002:51 literal"


CELLS = st.one_of(st.none(), st.text(CONTROLS | st.sampled_from("\n\r\t,;|\"'\\")).map(Literal))
TABLES = st.lists(st.tuples(CELLS, CELLS), max_size=5).map(lambda rows: Rows(("a", "b"), tuple(rows)))


def texts(rows: Rows) -> list[list[str]]:
    return [["" if cell is None else cell.value for cell in row] for row in rows.rows]  # type: ignore[union-attr]  # literals only


@given(TABLES, st.sampled_from([("csv", ","), ("tsv", "\t")]))
def test_csv_and_tsv_can_be_read_back(rows: Rows, form: tuple[str, str]) -> None:
    written = write(rows, form[0])
    assert list(csv.reader(StringIO(written, newline=""), delimiter=form[1])) == [["a", "b"], *texts(rows)]


@given(TABLES)
def test_json_can_be_read_back(rows: Rows) -> None:
    assert json.loads(write(rows, "json")) == list(rows.dicts())


@given(TABLES)
def test_markdown_has_one_line_a_row_and_one_cell_a_column(rows: Rows) -> None:
    lines = write(rows, "markdown").split("\n")
    assert lines[:2] == ["| a | b |", "| --- | --- |"]
    assert len(lines) == len(rows.rows) + 3
    assert all(line.replace("\\|", "").count("|") == 3 for line in lines[:-1])


def test_json_keeps_numbers_as_numbers() -> None:
    cells: list[Cell] = [
        number("5"),
        number("0.25", "decimal"),
        number("2.5E0", "double"),
        number("INF", "double"),
        None,
    ]
    odd: list[Cell] = [
        Literal("x", datatype=NamedNode(XSD + "integer")),
        Literal(True),
        NamedNode("https://x.org"),
        BlankNode("b"),
    ]
    found = [row["a"] for row in json.loads(write(column(*cells, *odd), "json"))]
    assert found == [5, 0.25, 2.5, "INF", None, "x", "true", "https://x.org", "b"]


def test_lines_end_in_a_bare_newline() -> None:
    assert write(column(Literal("x"), Literal("å")), "csv") == "a\nx\nå\n"


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(
        ParameterError, match=r"Rows cannot be written as 'pdf': expected csv, tsv, json, markdown\."
    ):
        write(column(), "pdf")


@pytest.mark.parametrize("form", FORMATS)
def test_an_answer_writes_itself(store: Store, form: str) -> None:
    answer = ask(store, catalogue.query("cq03"))
    assert answer.write(form) == write(answer.rows, form)
    assert "Träcentrum Nässjö Kompetenscentrum AB" in answer.write(form)


@pytest.mark.parametrize("text", ["=1+1", "+46", "-a", "@a", "\ta", "\ra", "\na", "＝1"])
def test_excel_runs_no_text(text: str) -> None:
    written = excel(column(Literal(text)))
    assert next(csv.reader(StringIO(written.removeprefix("\ufeffa\r\n"), newline="")))[0] == f"'{text}"


def test_excel_gets_numbers_as_a_swede_writes_them() -> None:
    cells = (Literal("-0.5", datatype=NamedNode(XSD + "decimal")), Literal(-3), Literal("0.5"), None)
    assert excel(column(*cells)) == '\ufeffa\r\n-0,5\r\n-3\r\n0.5\r\n""\r\n'


def test_excel_keeps_semicolons_within_cells() -> None:
    assert excel(column(Literal("a;b"), Literal("å"))) == '\ufeffa\r\n"a;b"\r\nå\r\n'


def test_lines_end_as_asked() -> None:
    assert write(column(Literal("x\ny")), "csv", "\r\n") == 'a\r\n"x\ny"\r\n'
