"""The parts of the CSV reader by themselves: header, lines, one record, and where each bound lies."""

from io import BytesIO

import pytest

from loaders.errors import LayoutError
from loaders.reading.csv_header import hold_names, read_header
from loaders.reading.csv_lines import Lines
from loaders.reading.csv_record import Parser, alone, repaired
from loaders.reading.csv_table import CsvTable
from loaders.reading.limits import Limits
from loaders.reading.package import Part
from loaders.source import Reject

FEW = Limits(columns=3)


def read(text: str, limits: Limits | None = None) -> tuple[list[tuple[int, list[str]]], list[Reject]]:
    """Read a CSV text: its rows and its rejects."""
    rejects = list[Reject]()
    part = Part("x.csv", lambda: BytesIO(text.encode("utf-8", "surrogateescape")))
    table = CsvTable(part, rejects.append, limits or Limits())
    rows = list(table.rows())
    assert table.read == len(rows) + len(rejects)
    return rows, rejects


def test_the_names_of_columns_are_tidied() -> None:
    assert hold_names("x", 1, [" a  b\t", "A\u030a"], FEW) == ("a b", "Å")
    assert hold_names("x", 1, ["a", "b", "c"], FEW) == ("a", "b", "c")


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["a", "", "c"], "x:7: column 2 of 3 has no name; each needs one."),
        (["b", "a", "a"], "x:7: columns ['a'] stand twice in the header; names must differ."),
        (["a", "b", "c", "d"], "x:7: 4 columns, at most 3 are read."),
        (["a\0"], "x:7: the header cannot be read: control character U+0000 at position 2 is refused."),
        (["a\udce5"], "x:7: the header cannot be read: byte 0xE5 at position 2 is not text."),
        (["a"] * 10_000, "x:7: 10000 columns, at most 3 are read."),
    ],
)
def test_names_that_name_no_columns_are_refused(names: list[str], told: str) -> None:
    with pytest.raises(LayoutError) as refused:
        hold_names("x", 7, names, FEW)
    assert str(refused.value) == told


@pytest.mark.parametrize(
    ("lines", "read_as"),
    [
        (["a;b,c,d\n"], (",", ["a;b", "c", "d"], 1)),
        (["a;b,c\n"], (";", ["a", "b,c"], 1)),  # as many by either: the first of ; tab | ,
        (["a|b\n"], ("|", ["a", "b"], 1)),
        (['"a\n', 'b"\tc\n', "d\te\n"], ("\t", ["a\nb", "c"], 2)),
        (['a;"b\n', *["\n"] * 98, '";c\n'], (";", ["a", "b\n" + "\n" * 98, "c"], 100)),
    ],
)
def test_the_delimiter_is_the_one_that_gives_most_columns(
    lines: list[str], read_as: tuple[str, list[str], int]
) -> None:
    assert read_header("x", 1, lines, Limits()) == read_as


@pytest.mark.parametrize("lines", [["a\n"], ['a;"b\n', *["\n"] * 99, '";c\n'], ['"a";"b"c\n']])
def test_a_first_line_of_one_column_is_refused(lines: list[str]) -> None:
    with pytest.raises(LayoutError) as refused:
        read_header("x", 3, lines, Limits())
    told = "x:3: the first line was expected to name the columns, parted by ; , | or tab; found "
    assert str(refused.value) == f"{told}{lines[0].rstrip()!r}."


def test_lines_are_fetched_as_they_are_wanted() -> None:
    lines = Lines(iter(["a\nb\n", "c\n", "Å\n", "A\u030a\n"]))
    assert (lines.sound, lines.ascii, lines.at) == (True, True, 0)
    assert (lines.number, lines.held, lines.more()) == (1, [], True)
    assert (lines.held, lines.line(0), lines.line(1)) == (["a\n", "b\n"], "a\n", "b\n")
    assert (lines.line(2), lines.held) == ("c\n", ["a\n", "b\n", "c\n"])
    lines.use(2)
    assert (lines.number, lines.at, lines.line(0), lines.more()) == (3, 2, "c\n", True)
    assert (lines.sound, lines.ascii) == (True, True)
    assert (lines.line(1), lines.held, lines.at) == ("Å\n", ["c\n", "Å\n"], 0)
    assert (lines.sound, lines.ascii) == (True, False)
    assert lines.line(2) == "A\u030a\n"
    assert (lines.sound, lines.ascii) == (False, False)
    assert lines.line(3) is None
    lines.use(3)
    assert (lines.more(), lines.number, lines.held) == (False, 6, [])
    assert (lines.sound, lines.ascii) == (True, True)


def test_what_was_unsound_is_forgotten_with_its_lines() -> None:
    lines = Lines(iter(["\0Å\n", "a\n"]))
    assert lines.more() and (lines.sound, lines.ascii) == (False, False)
    lines.use(1)
    assert lines.more() and (lines.sound, lines.ascii) == (True, True)


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("a;b", ["a", "b"]),
        ("a;b\r\n", ["a", "b"]),
        (";\n", ["", ""]),
        ('"a;""b""";"c"\r', ['a;"b"', "c"]),
        ('5";b\n', ['5"', "b"]),
        ('"a"b;c\n', None),
        ('"a;b\n', None),
        ('"";""\n', ["", ""]),
    ],
)
def test_a_line_alone_is_a_record_or_none(line: str, fields: list[str] | None) -> None:
    assert alone(line, ";", 9) == fields


def test_a_record_goes_on_while_a_quote_is_open() -> None:
    parser = Parser(";", 3)
    parser.feed('a;"b\n')
    assert (parser.ended, parser.broken, parser.fields) == (False, False, ["a"])
    parser.feed("c\n")
    parser.feed('d""";e\n')
    assert (parser.ended, parser.broken, parser.fields) == (True, False, ["a", 'b\nc\nd"', "e"])


def test_a_record_breaks_by_its_number_of_fields() -> None:
    most = 4 * 2 + 100
    assert alone(";".join("x" * most), ";", 2) == ["x"] * most
    assert alone(";".join("x" * (most + 1)), ";", 2) == ["x"] * (most + 1)
    assert alone(";".join("x" * (most + 2)), ";", 2) is None
    later = Parser(";", 2)
    later.feed('"a\n')
    later.feed('";' + ";".join("x" * 11) + "\n")
    assert (later.broken, len(later.fields)) == (False, 12)
    later = Parser(";", 2)
    later.feed('"a\n')
    later.feed('";' + ";".join("x" * 13) + "\n")
    assert (later.broken, len(later.fields)) == (True, 13)


@pytest.mark.parametrize(
    ("line", "count", "fields"),
    [
        ('"1";""a "b" c"";"9"\r\n', 3, ["1", 'a "b" c', "9"]),
        ('"1";"2"\n', 3, None),
        ('"1;"2"\n', 2, None),
        ('1;""a; b"";', 3, ["1", "a; b", ""]),
        ('1;""a"";2;3', 3, None),
        ('"', 1, None),
        ('""', 1, [""]),
        ('"a"', 1, ["a"]),
        ('"""a""";"b"', 2, ['"a"', "b"]),
    ],
)
def test_wrong_quotes_are_mended_where_one_reading_fits(
    line: str, count: int, fields: list[str] | None
) -> None:
    assert repaired(line, ";", count) == fields


def test_a_field_may_be_as_long_as_is_said_and_no_longer() -> None:
    for good, bad in (("1234", "12345"), ('"1234"', '"12345"'), ("åååå", "ååååå")):
        rows, rejects = read(f"a;b\nx;{good}\ny;{bad}\nz;1\n", Limits(field_chars=4))
        assert [number for number, _ in rows] == [2, 4]
        assert [(each.line, each.field, each.reason) for each in rejects] == [
            (3, "b", "5 characters, at most 4 are read")
        ]


def test_a_line_may_be_as_long_as_is_said_and_no_longer() -> None:
    rows, rejects = read("a;b\n1234567;9\n12345678;9\nz;1\n", Limits(record_chars=10))
    assert [number for number, _ in rows] == [2, 4]
    assert [(each.line, each.field, each.reason) for each in rejects] == [
        (3, "record", "the line is longer than 10 characters")
    ]
    with pytest.raises(LayoutError, match=r"^x\.csv:2: the first line is longer than any header may be\.$"):
        read("\n1234567;89\n1;2\n", Limits(record_chars=10))
    assert read("\n1234567;8\n1;2\n", Limits(record_chars=10))[0] == [(3, ["1", "2"])]


def test_a_record_may_fill_as_many_lines_as_are_said() -> None:
    rows, rejects = read('a;b\n1;"x\ny\nz"\n2;w\n', Limits(record_lines=3))
    assert (rows, rejects) == ([(2, ["1", "x\ny\nz"]), (5, ["2", "w"])], [])
    rows, rejects = read('a;b\n1;"x\ny\nz"\n2;w\n', Limits(record_lines=2))
    assert rows == [(5, ["2", "w"])]
    assert [(each.line, each.reason) for each in rejects] == [
        (2, "a quote opens here and is never closed"),
        (3, "1 fields found, 2 expected"),
        (4, "1 fields found, 2 expected"),
    ]


@pytest.mark.parametrize("blank", [" ", "\t", "\u00a0", "\u2003", "\u3000"])
@pytest.mark.parametrize("row", ["{0}1;2", "1{0};2", "1;{0}2", "1;2{0}", '"{0}1";2', '"1{0}";2'])
def test_blanks_around_a_value_are_taken_away(row: str, blank: str) -> None:
    line = row.format(blank)
    assert read(f"a;b\n{line}\n")[0] == [(2, ["1", "2"])]
    assert read(f"a;b\n{line}\r\nå;A\u030a\n")[0] == [(2, ["1", "2"]), (3, ["å", "Å"])]


def test_empty_lines_are_passed_over_and_counted() -> None:
    assert read("\n \na;b\n\n1;2\n \n3;4\n")[0] == [(5, ["1", "2"]), (7, ["3", "4"])]
    rows, rejects = read('a;b\n1;2\n3\n\n"4";"5\n6"\n7;8\n')
    assert rows == [(2, ["1", "2"]), (5, ["4", "5\n6"]), (7, ["7", "8"])]
    assert [(each.line, each.reason, each.value) for each in rejects] == [
        (3, "1 fields found, 2 expected", "3")
    ]


def test_what_is_foreign_is_told_with_its_column_value_and_record() -> None:
    rows, (reject,) = read("a;b\n1;x\x01y\n2;å\n")
    assert rows == [(3, ["2", "å"])]
    assert (reject.line, reject.field, reject.value) == (2, "b", "x\\x01y")
    assert (reject.reason, reject.record) == (
        "control character U+0001 at position 2 is refused",
        "1;x\\x01y",
    )


def test_a_text_that_holds_rows_is_an_unclosed_quote_from_eight_columns_on() -> None:
    def held(columns: int) -> list[int]:
        row = ";".join("x" * columns)
        names = ";".join(f"c{at}" for at in range(columns))
        begun = ";".join(["y"] * (columns - 1) + ['"open'])
        return [number for number, _ in read(f'{names}\n{begun}\n{row}\nend"\n{row}\n')[0]]

    assert held(7) == [2, 5]  # a text of three lines
    assert held(8) == [3, 5]  # three lines by themselves
