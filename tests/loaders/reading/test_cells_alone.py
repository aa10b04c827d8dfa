"""Cells and workbooks by themselves: every branch, and where each bound lies."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from loaders.errors import FileError, LayoutError
from loaders.reading.limits import Limits
from loaders.reading.package import Part
from loaders.reading.table import tables
from loaders.reading.xlsx_book import open_book
from loaders.reading.xlsx_cells import CellError, date, is_date, number, unescaped
from loaders.source import Reject

SHEETS = (
    '<w xmlns:r="u"><sheets><sheet name="A" r:id="1"/><sheet name="C" r:id="2"/>'
    '<sheet name="B" r:id="3"/></sheets></w>'
)
ONE_SHEET = SHEETS.replace('<sheet name="B" r:id="3"/>', "")
RELATIONS = (
    '<R><Relationship Id="1" Type="u/worksheet" Target="/xl/a.xml"/>'
    '<Relationship Id="2" Type="u/chartsheet" Target="c.xml"/>'
    '<Relationship Id="3" Type="u/worksheet" Target="../xl/b.xml"/></R>'
)


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("0", "0"),
        ("-12", "-12"),
        ("007", "7"),
        ("3.0", "3"),
        ("0.1", "0.1"),
        ("1E3", "1000"),
        ("1e-7", "0.0000001"),
        ("-2.50", "-2.5"),
        ("123456789012345678901", "123456789012345678901"),
        ("1e299", str(int(1e299))),
    ],
)
def test_a_number_is_shown_as_it_is_read(stored: str, shown: str) -> None:
    assert number(stored) == shown


@pytest.mark.parametrize(
    ("stored", "told"),
    [
        ("x" * 60, f"'{'x' * 50}' is no number"),
        ("", "'' is no number"),
        ("1e300", "'1e300' is no number that can be kept"),
        ("-inf", "'-inf' is no number that can be kept"),
        ("nan", "'nan' is no number that can be kept"),
    ],
)
def test_what_is_no_number_is_told(stored: str, told: str) -> None:
    with pytest.raises(CellError) as refused:
        number(stored)
    assert str(refused.value) == told


@pytest.mark.parametrize(
    ("stored", "since_1904", "shown"),
    [
        ("1", False, "1900-01-01"),
        ("59", False, "1900-02-28"),
        ("61", False, "1900-03-01"),
        ("45000", False, "2023-03-15"),
        ("45000.5", False, "2023-03-15T12:00:00"),
        ("0.25", False, "06:00:00"),
        ("0", False, "00:00:00"),
        ("0", True, "1904-01-01"),
        ("0.5", True, "1904-01-01T12:00:00"),
        ("1.00001", True, "1904-01-02T00:00:01"),
    ],
)
def test_a_day_is_shown_by_its_date(stored: str, since_1904: bool, shown: str) -> None:
    assert date(stored, since_1904) == shown


@pytest.mark.parametrize("stored", ["x", "-1", "1e9", "inf", "nan", ""])
def test_what_is_no_day_is_told(stored: str) -> None:
    with pytest.raises(CellError, match=f"^'{stored}' is no day$"):
        date(stored, False)


def test_formats_of_dates_are_known_by_their_numbers() -> None:
    dated = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
    assert {each for each in range(100) if is_date(each, None)} == dated


@pytest.mark.parametrize(
    ("code", "dated"),
    [
        ("YYYY", True),
        ("0.0", False),
        ('0 "days"', False),
        ("0;yy", False),
        ("[hh]:mm", True),
        ("[Red]0", False),
    ],
)
def test_formats_of_dates_are_known_by_their_letters(code: str, dated: bool) -> None:
    assert is_date(14, code) is dated


def test_escapes_of_a_cell_are_undone() -> None:
    assert unescaped("a_x000D_b_x0041_ _x00_") == "a\rbA _x00_"


def book(**files: str) -> bytes:
    """Return a workbook of parts in `xl`."""
    with BytesIO() as file:
        with ZipFile(file, "w") as archive:
            archive.writestr("[Content_Types].xml", "<Types/>")
            for name, text in files.items():
                archive.writestr(f"xl/{name}.xml", text)
            archive.writestr("xl/_rels/workbook.xml.rels", RELATIONS)
        return file.getvalue()


def sheet(*rows: str) -> str:
    return f"<worksheet><sheetData>{''.join(rows)}</sheetData></worksheet>"


@pytest.mark.parametrize(("since", "told"), [("1", True), ("true", True), ("0", False)])
def test_a_workbook_names_its_sheets_texts_and_dates(since: str, told: bool) -> None:
    texts = (
        "<sst><si><r><t>a</t></r><r><t>b</t></r><rPh><t>no</t></rPh></si><si><t>_x0041_</t></si><si/></sst>"
    )
    styles = (
        '<s><numFmts><numFmt numFmtId="170" formatCode="yy"/></numFmts><cellStyleXfs><xf numFmtId="14"/>'
        '</cellStyleXfs><cellXfs><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="x"/><xf/></cellXfs>'
        '<cellStyles><xf numFmtId="14"/></cellStyles></s>'
    )
    named = SHEETS.replace("<sheets>", f'<workbookPr date1904="{since}"/><sheets>')
    packed = book(workbook=named, a=sheet(), b=sheet(), sharedStrings=texts, styles=styles)
    found = open_book(Part("b", lambda: BytesIO(packed)), Limits())
    assert {name: part.name for name, part in found.sheets.items()} == {"A": "b/xl/a.xml", "B": "b/xl/b.xml"}
    assert (found.texts, found.dates) == (["ab", "A", ""], [True, True, False, False])
    assert found.since_1904 is told


@pytest.mark.parametrize(
    ("packed", "told"),
    [
        (book(), "b: is no XLSX workbook (xl/workbook.xml is missing); save it as .xlsx."),
        (
            book(workbook=SHEETS, a=sheet()),
            "b: sheet 'B' is named in the workbook and not found in the file.",
        ),
        (
            book(workbook=ONE_SHEET, a=sheet(), sharedStrings="<s><si><t>ab</t></si></s>"),
            "b/xl/sharedStrings.xml: more than 51 characters of shared texts.",
        ),
    ],
)
def test_a_workbook_that_is_none_is_refused(packed: bytes, told: str) -> None:
    with pytest.raises(FileError) as refused:
        open_book(Part("b", lambda: BytesIO(packed)), Limits(shared_chars=51))
    assert str(refused.value) == told


def read(
    path: Path, limits: Limits | None = None
) -> tuple[list[tuple[int, list[str]]], list[tuple[int, str, str]]]:
    """Read the only table of a path: its rows, and its rejects as line, field and reason."""
    rejects = list[Reject]()
    (table,) = tables(path, rejects.append, limits)
    rows = list(table.rows())
    assert table.read == len(rows) + len(rejects)
    return rows, [(each.line, each.field, each.reason) for each in rejects]


def cell(value: str, place: str = "") -> str:
    return f'<c r="{place}" t="str"><v>{value}</v></c>'


def test_cells_stand_where_they_say_or_after_the_one_before(tmp_path: Path) -> None:
    rows = (
        f"<row>{cell('a')}{cell('b')}{cell('c')}</row>",
        f"<row>{cell('3', 'C2')}{cell('2', 'B2')}</row>",
        f'<row r="7">{cell(" 1 ", "A7")}{cell("2")}</row>',
        "<row><c/><c><v></v></c></row>",
        f"<row>{cell('x', 'AB9')}</row>",
        f'<row r="1234567890">{cell("4")}</row>',
        '<row><c t="b"><v>1</v></c><c t="b"><v>0</v></c><c t="inlineStr"><is><t>i</t></is></c></row>',
        '<row><c t="s"><v>1</v></c></row><row><c t="s"><v>-1</v></c></row><row><c t="s"><v>0</v></c></row>',
        '<row><c t="e"><v>#N/A</v></c></row>',
        '<row><c s="1"><v>1</v></c><c s="9"><v>2</v></c><c s="x"><v>3</v></c></row>',
    )
    texts, styles = "<s><si><t>text</t></si></s>", '<s><cellXfs><xf/><xf numFmtId="14"/></cellXfs></s>'
    packed = book(workbook=ONE_SHEET, a=sheet(*rows), sharedStrings=texts, styles=styles)
    (tmp_path / "b.xlsx").write_bytes(packed)
    assert read(tmp_path / "b.xlsx") == (
        [
            (2, ["", "2", "3"]),
            (7, ["1", "2", ""]),
            (10, ["4", "", ""]),
            (11, ["true", "false", "i"]),
            (14, ["text", "", ""]),
            (16, ["1900-01-01", "2", "3"]),
        ],
        [
            (9, "record", "the value stands in column 28, 3 have a name"),
            (12, "a", "shared text '1' is not in the file"),
            (13, "a", "shared text '-1' is not in the file"),
            (15, "a", "the cell shows the error #N/A"),
        ],
    )


def test_a_cell_and_a_row_have_bounds(tmp_path: Path) -> None:
    rows = (f"<row>{cell('x' * size)}</row>" for size in (4, 5))
    packed = book(workbook=ONE_SHEET, a=sheet(f"<row>{cell('a')}{cell('b')}</row>", *rows))
    (tmp_path / "b.xlsx").write_bytes(packed)
    assert read(tmp_path / "b.xlsx", Limits(field_chars=4)) == (
        [(2, ["xxxx", ""])],
        [(3, "a", "5 characters, at most 4 are read")],
    )
    assert read(tmp_path / "b.xlsx", Limits(columns=2))[1] == []
    with pytest.raises(LayoutError, match=r"b\.xlsx/A:1: 2 columns, at most 1 are read\.$"):
        read(tmp_path / "b.xlsx", Limits(columns=1))
