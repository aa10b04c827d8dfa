"""A worksheet gives its rows as text, and its claims about its own size are not believed."""

from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from loaders.errors import FileError, LayoutError
from loaders.reading.limits import Limits
from loaders.reading.table import tables
from loaders.reading.xlsx_cells import date, is_date, number
from loaders.source import Reject

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = (
    f'<styleSheet {MAIN}><numFmts><numFmt numFmtId="170" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/></cellXfs></styleSheet>'
)
STRINGS = (
    f"<sst {MAIN}><si><t>id</t></si><si><t> name </t></si>"
    '<si><r><t>Mal</t></r><r><t xml:space="preserve">mö </t></r>'
    "<rPh><t>aside</t></rPh></si></sst>"
)
HEADER = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'

Book = Callable[..., Path]


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """Write a workbook whose sheets hold the given rows."""

    def write(*sheets: str, before: str = "", since: str = "0") -> Path:
        listed = "".join(f'<sheet name="S{i}" sheetId="{i}" r:id="r{i}"/>' for i in range(len(sheets)))
        linked = "".join(
            f'<Relationship Id="r{i}" Type="{LINK}/worksheet" Target="worksheets/s{i}.xml"/>'
            for i in range(len(sheets))
        )
        with ZipFile(tmp_path / "b.xlsx", "w", ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", "<Types/>")
            archive.writestr(
                "xl/workbook.xml",
                f'<workbook {MAIN} xmlns:r="{LINK}"><workbookPr date1904="{since}"/>'
                f"<sheets>{listed}</sheets></workbook>",
            )
            archive.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{linked}</Relationships>")
            archive.writestr("xl/styles.xml", STYLES)
            archive.writestr("xl/sharedStrings.xml", STRINGS)
            for i, rows in enumerate(sheets):
                text = f"{before}<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>"
                archive.writestr(f"xl/worksheets/s{i}.xml", text)
        return tmp_path / "b.xlsx"

    return write


def read(path: Path, limits: Limits | None = None) -> tuple[list[tuple[int, list[str]]], list[Reject]]:
    rejects = list[Reject]()
    rows = [row for table in tables(path, rejects.append, limits) for row in table.rows()]
    return rows, rejects


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="B2"><v>30.0</v></c>', "30"),
        ('<c r="B2"><v>103437.5</v></c>', "103437.5"),
        ('<c r="B2"><v>0.10000000000000001</v></c>', "0.1"),
        ('<c r="B2"><v>1.5E+3</v></c>', "1500"),
        ('<c r="B2" s="1"><v>45292</v></c>', "2024-01-01"),
        ('<c r="B2" s="2"><v>45292.25</v></c>', "2024-01-01T06:00:00"),
        ('<c r="B2" t="s"><v>2</v></c>', "Malmö"),
        ('<c r="B2" t="inlineStr"><is><t>a_x000A_b</t></is></c>', "a\nb"),
        ('<c r="B2" t="str"><f>A1&amp;"x"</f><v>1x</v></c>', "1x"),
        ('<c r="B2" t="b"><v>1</v></c>', "true"),
        ('<c r="B2" t="d"><v>2024-01-01</v></c>', "2024-01-01"),
        ("<c><v>9</v></c>", "9"),
        ('<c r="B2"/><c r="C2" t="inlineStr"><is><t> </t></is></c>', ""),
    ],
)
def test_a_cell_is_text_as_a_person_reads_it(book: Book, cell: str, value: str) -> None:
    rows, rejects = read(book(f'{HEADER}<row r="2"><c r="A2"><v>1</v></c>{cell}</row>'))
    assert (rows, rejects) == ([(2, ["1", value])], [])


@pytest.mark.parametrize(
    ("cell", "field", "told"),
    [
        ('<c r="B2" t="e"><v>#REF!</v></c>', "name", "the cell shows the error #REF!"),
        ('<c r="B2" t="s"><v>99</v></c>', "name", "shared text '99' is not in the file"),
        ('<c r="B2"><v>many</v></c>', "name", "'many' is no number"),
        ('<c r="B2" s="1"><v>1E12</v></c>', "name", "'1E12' is no day"),
        ('<c r="C2"><v>5</v></c>', "record", "the value stands in column 3, 2 have a name"),
        ('<c r="B2" t="str"><v>_x0000_</v></c>', "name", "control character U+0000"),
    ],
)
def test_a_row_with_a_bad_cell_is_rejected_and_the_next_is_read(
    book: Book, cell: str, field: str, told: str
) -> None:
    after = '<row r="3"><c r="A3"><v>2</v></c></row>'
    rows, (reject,) = read(book(f'{HEADER}<row r="2"><c r="A2"><v>1</v></c>{cell}</row>{after}'))
    assert rows == [(3, ["2", ""])]
    assert (reject.line, reject.field) == (2, field)
    assert told in reject.reason


def test_every_sheet_with_a_header_is_a_table(book: Book) -> None:
    row = '<row r="5"><c r="A5"><v>7</v></c></row>'
    found = list(tables(book(HEADER + row, "", HEADER), lambda reject: None))
    assert [(table.name, table.columns) for table in found] == [
        ("b.xlsx/S0", ("id", "name")),
        ("b.xlsx/S2", ("id", "name")),
    ]
    assert [list(table.rows()) for table in found] == [[(5, ["7", ""])], []]


def test_a_range_that_lies_costs_nothing(book: Book) -> None:
    far = '<row r="999999999"><c r="A999999999"><v>1</v></c><c r="XFD999999999"/></row>'
    assert read(book(HEADER + far)) == ([(999999999, ["1", ""])], [])


def test_days_count_from_1904_where_the_workbook_says_so(book: Book) -> None:
    row = '<row r="2"><c r="A2" s="1"><v>43830</v></c></row>'
    assert read(book(HEADER + row, since="1"))[0] == [(2, ["2024-01-01", ""])]


def test_the_first_weeks_of_1900_and_times_are_told_right() -> None:
    assert [date(text, False) for text in ("1", "59", "61", "0.75")] == [
        "1900-01-01",
        "1900-02-28",
        "1900-03-01",
        "18:00:00",
    ]


@pytest.mark.parametrize(
    ("code", "dated"),
    [
        ("[$-409]d/m/yy", True),
        ("[h]:mm", True),
        ('0.0" dagar"', False),
        ("[Red]0.00", False),
        ("0;[Red]-0", False),
    ],
)
def test_a_number_format_is_a_date_by_its_letters(code: str, dated: bool) -> None:
    assert is_date(200, code) is dated


def test_a_long_number_keeps_its_digits() -> None:
    assert number("7777777777777777777") == "7777777777777777777"


def test_a_header_with_a_gap_is_refused(book: Book) -> None:
    with pytest.raises(LayoutError, match="column 1 of 2 has no name"):
        read(book('<row r="1"><c r="B1" t="s"><v>1</v></c></row>'))


def test_an_entity_bomb_is_refused(book: Book) -> None:
    with pytest.raises(FileError, match="DOCTYPE"):
        read(book(HEADER, before='<!DOCTYPE x [<!ENTITY a "aaaa">]>'))


def test_a_workbook_that_unpacks_to_a_bomb_is_refused(book: Book) -> None:
    with pytest.raises(FileError, match="over 10 times"):
        read(book(HEADER + '<row><c t="str"><v>x</v></c></row>' * 20_000), Limits(ratio=10, ratio_from=1_000))


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    with pytest.raises(FileError, match="no XLSX workbook"):
        read(tmp_path / "a.docx")


def test_the_size_of_a_block_changes_nothing(book: Book) -> None:
    rows = "".join(f'<row r="{i}"><c r="A{i}"><v>{i}</v></c><c><v>2</v></c></row>' for i in range(2, 40))
    path = book(HEADER + rows)
    assert read(path, Limits(block=3)) == read(path)
    assert len(read(path)[0]) == 38
