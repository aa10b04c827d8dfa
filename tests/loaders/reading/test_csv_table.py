"""A CSV file gives every record it holds, or says which it does not and why."""

import csv
from io import BytesIO, StringIO
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.errors import LayoutError
from loaders.reading.csv_table import CsvTable
from loaders.reading.limits import Limits
from loaders.reading.package import Part
from loaders.source import Reject

WIDE = ";".join(f"c{number}" for number in range(9))


def read(
    data: str | bytes, limits: Limits | None = None
) -> tuple[CsvTable, list[tuple[int, list[str]]], list[Reject]]:
    content = data.encode() if isinstance(data, str) else data
    rejects = list[Reject]()
    table = CsvTable(Part("x.csv", lambda: BytesIO(content)), rejects.append, limits or Limits())
    rows = list(table.rows())
    assert table.read == len(rows) + len(rejects)
    return table, rows, rejects


@pytest.mark.parametrize("delimiter", [";", ",", "|", "\t"])
def test_the_delimiter_is_found_in_the_header(delimiter: str) -> None:
    table, rows, _ = read(f"id{delimiter}name, or; title\n1{delimiter}x\n".replace(", or; title", ""))
    assert (table.columns, rows) == (("id", "name"), [(2, ["1", "x"])])
    assert table.form == f"CSV, UTF-8, {'tab' if delimiter == chr(9) else delimiter}"


def test_a_delimiter_within_the_quotes_of_the_header_counts_for_nothing() -> None:
    assert read('"a,b,c,d";e\n1;2\n')[0].columns == ("a,b,c,d", "e")


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("a;;b", "column 2 of 3 has no name"),
        ("a;b;", "column 3 of 3 has no name"),
        ("a;b;a", r"\['a'\] stand twice"),
        ("a", "expected to name the columns"),
        ("", "holds no line"),
        ("a;b\0", "U\\+0000"),
    ],
)
def test_a_header_that_does_not_name_its_columns_is_refused(header: str, told: str) -> None:
    with pytest.raises(LayoutError, match=told):
        read(header)


def test_line_breaks_in_quotes_belong_to_the_value() -> None:
    _, rows, rejects = read('a;b\n1;"one\n\ntwo; ""three"""\n2;x\r\n')
    assert rows == [(2, ["1", 'one\n\ntwo; "three"']), (5, ["2", "x"])]
    assert not rejects


def test_an_inch_mark_in_a_plain_field_is_text() -> None:
    assert read('a;b\n1;disk 5"\n2;x\n')[1] == [(2, ["1", 'disk 5"']), (3, ["2", "x"])]


@pytest.mark.parametrize(
    "spoilt",
    [
        '1;"abc;2;3;4;5;6;7;8',  # plain rows follow
        '"1";"abc;"2";"3";"4";"5";"6";"7";"8"',
        '"1";"2";"3";"4";"5";"6";"7";"8";"abc',
    ],
)
@pytest.mark.parametrize("quoted", [False, True], ids=["plain", "quoted"])
def test_an_unclosed_quote_costs_its_own_line_only(spoilt: str, quoted: bool) -> None:
    row = ";".join('"x"' if quoted else "x" for _ in range(9))
    _, rows, rejects = read("\n".join((WIDE, row, spoilt, row, row, "")))
    assert [line for line, _ in rows] == [2, 4, 5]
    assert [(reject.line, "quote" in reject.reason) for reject in rejects] == [(3, True)]


def test_two_unclosed_quotes_do_not_close_each_other() -> None:
    row, spoilt = ";".join("x" * 9), 'a;b;c;d;e;f;g;h;"i'
    closing = 'a;b;c;d;e;f;g;h;i"'
    _, rows, rejects = read("\n".join((WIDE, spoilt, row, row, closing, row)))
    assert [line for line, _ in rows] == [3, 4, 5, 6]
    assert [(reject.line, reject.reason) for reject in rejects] == [
        (2, "a quote opens here and is never closed")
    ]


def test_a_quote_that_opens_in_a_line_with_an_even_number_of_them_swallows_nothing() -> None:
    _, rows, rejects = read('a;b;c\nx";"y;z\n1;2;3\n4;5;6\n')
    assert [line for line, _ in rows] == [3, 4]
    assert [reject.line for reject in rejects] == [2]


def test_a_record_has_a_bound_in_lines() -> None:
    data = 'a;b\n1;"' + "text\n" * 20 + '"\n2;y\n'
    assert len(read(data)[1]) == 2
    _, rows, rejects = read(data, Limits(record_lines=10))
    assert rows == [(23, ["2", "y"])]
    assert [reject.line for reject in rejects] == list(range(2, 23))


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ('"1";""The action ""X"" works"";"9"', 'The action "X" works'),
        ('"1";""Alpha; beta"";"9"', "Alpha; beta"),
        ('1;""Alpha; beta"";9', "Alpha; beta"),
        ('"1";"say "so" once";"9"', 'say "so" once'),
    ],
)
def test_the_known_quoting_trap_is_mended_and_counted(line: str, value: str) -> None:
    table, rows, rejects = read(f'a;b;c\n{line}\n"2";"x";"y"\n')
    assert rows == [(2, [line.strip('"')[0], value, "9"]), (3, ["2", "x", "y"])]
    assert (table.repaired, rejects) == (1, [])


def test_quotes_with_no_certain_reading_are_rejected() -> None:
    table, rows, (reject,) = read('a;b;c\n"1";""x";y;z"";"9"";""\n2;3;4\n')
    assert (table.repaired, rows, reject.line) == (0, [(3, ["2", "3", "4"])], 2)


@pytest.mark.parametrize(
    ("line", "found"), [("1;2", 2), ("1;2;3;4", 4), ('1;"a\nb"', 2), ("1", 1), (";".join("x" * 50), 50)]
)
def test_a_wrong_number_of_fields_is_told_with_both_numbers(line: str, found: int) -> None:
    _, rows, (reject,) = read(f"a;b;c\n{line}\n7;8;9\n")
    assert [row for _, row in rows] == [["7", "8", "9"]]
    assert (reject.line, reject.reason) == (2, f"{found} fields found, 3 expected")
    assert reject.record == line


@pytest.mark.parametrize("char", ["\0", "\x1a", "\x7f", "\x85", "\x9f"])
def test_control_characters_are_refused_with_column_and_place(char: str) -> None:
    _, rows, (reject,) = read(f"a;b\n1;ab{char}\n2;ö\n")
    assert rows == [(3, ["2", "ö"])]
    assert (reject.line, reject.field) == (2, "b")
    assert reject.reason == f"control character U+{ord(char):04X} at position 3 is refused"


def test_values_come_in_nfc_without_blanks_around() -> None:
    odd = normalize("NFD", "Malmö")
    assert read(f"a ; b\n\t1 ;\u00a0 {odd}\u202f\n2;  x\n")[1] == [(2, ["1", "Malmö"]), (3, ["2", "x"])]
    assert read('a;b\n1;" x "\n')[1] == [(2, ["1", "x"])]


def test_blank_lines_are_no_records() -> None:
    assert read("\n\na;b\n\n1;2\n  \n3;4\n\n")[1] == [(5, ["1", "2"]), (7, ["3", "4"])]


def test_a_line_that_is_no_utf8_is_rejected_and_the_file_stays_utf8() -> None:
    good = "1;Malmö\n".encode()
    table, rows, (reject,) = read(b"a;b\n" + good * 3 + b"2;Malm\xe5\n" + good)
    assert table.form == "CSV, UTF-8, ;"
    assert [line for line, _ in rows] == [2, 3, 4, 6]
    assert (reject.line, reject.field) == (5, "b")
    assert reject.reason == "byte 0xE5 at position 5 is not UTF-8"


@pytest.mark.parametrize(
    ("codec", "told"),
    [
        ("utf-8-sig", "UTF-8 with a byte order mark"),
        ("utf-16", "UTF-16 with a byte order mark"),
        ("cp1252", "cp1252"),
    ],
)
def test_the_encoding_is_found_and_named(codec: str, told: str) -> None:
    table, rows, _ = read("län;namn\n12;Skåne – Ö\n".encode(codec))
    assert (table.form, table.columns) == (f"CSV, {told}, ;", ("län", "namn"))
    assert rows == [(2, ["12", "Skåne – Ö"])]


def test_a_line_that_is_longer_than_a_record_may_be_is_rejected_in_bounded_memory() -> None:
    data = "a;b\n1;2\n" + "x" * 200_000 + ";y\n3;4\n"
    _, rows, (reject,) = read(data, Limits(record_chars=1_000, block=64))
    assert ([line for line, _ in rows], reject.line) == ([2, 4], 3)
    assert len(reject.record) < 600


def test_a_long_field_is_read_with_no_limit_of_the_csv_module_changed() -> None:
    before = csv.field_size_limit()
    assert len(read(f'a;b\n1;"{"x" * 300_000}"\n')[1][0][1][1]) == 300_000
    assert csv.field_size_limit() == before
    assert "at most 1000 are read" in read(f"a;b\n1;{'x' * 2_000}\n", Limits(field_chars=1_000))[2][0].reason


FRAGMENTS = st.lists(
    st.sampled_from(['"', '""', ";", "\n", "\r\n", "a", "b c", "ö", "\0", '";"', "1;2;3\n", '"x";"y";"z"\n']),
    max_size=60,
).map("".join)


@settings(max_examples=400)
@given(FRAGMENTS, st.integers(1, 50))
def test_the_size_of_a_block_changes_nothing(text: str, block: int) -> None:
    data = ("a;b;c\n" + text).encode()
    _, rows, rejects = read(data)
    _, rows_again, rejects_again = read(data, Limits(block=block))
    assert (rows, rejects) == (rows_again, rejects_again)


@settings(max_examples=300)
@given(
    st.lists(
        st.lists(st.text("ab;\"\n'ö ", max_size=8), min_size=3, max_size=3).filter(any),
        min_size=1,
        max_size=20,
    )
)
def test_what_the_csv_module_writes_is_read_back(rows: list[list[str]]) -> None:
    file = StringIO(newline="")
    csv.writer(file, delimiter=";").writerows([["a", "b", "c"], *rows])
    _, found, rejects = read(file.getvalue())
    assert not rejects
    assert [row for _, row in found] == [[value.strip() for value in row] for row in rows]
