"""Read the worksheets of an XLSX file as tables, row by row, in memory that does not grow with the sheet.

Why neither openpyxl nor python-calamine (tried on euroSciVoc.2026-04.xlsx, 43,285 rows): openpyxl streams
and takes 3.3 s, warns of styles, and fills gaps up to any row number a file claims; python-calamine takes
0.35 s, yet holds a sheet whole and allots its range before a row is seen, so that two far cells ask for
gigabytes, and error cells cannot be told from text. A worksheet is XML that `markup.py` reads anyway.
"""

import re
from collections.abc import Iterator

from loaders.errors import LayoutError
from loaders.reading.csv_header import hold_names
from loaders.reading.encoding import digest_of
from loaders.reading.faults import fault, shown, tidy
from loaders.reading.limits import Limits
from loaders.reading.markup import Markup
from loaders.reading.package import Part
from loaders.reading.xlsx_book import Book, local, open_book
from loaders.reading.xlsx_cells import CellError, date, number, unescaped
from loaders.source import Put, Reject

_LETTERS = re.compile("[A-Z]{1,3}")
Cell = tuple[int, str, str | None]  # column, text, fault


class _Sheet:
    """What expat meets in a worksheet, gathered into rows of cells."""

    def __init__(self, part: Part, book: Book, limits: Limits) -> None:
        self.rows: list[tuple[int, list[Cell]]] = []
        self._book, self._limits = book, limits
        self.markup = Markup(part, limits, self._start, self._end)
        self._number = self._column = self._size = self._aside = 0
        self._kind = self._style = ""
        self._cells: list[Cell] = []
        self._pieces: list[str] = []

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = local(tag)
        if tag == "c":
            self._column = _column(attributes.get("r", ""), self._column + 1)
            self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
            self._pieces, self._size = [], 0
        elif tag in ("v", "t") and not self._aside:
            self.markup.hear(self._hear)
        elif tag == "row":
            given = attributes.get("r", "")
            self._number = int(given) if given.isdecimal() and len(given) < 10 else self._number + 1
            self._column, self._cells = 0, []
        elif tag == "rPh":
            self._aside += 1

    def _hear(self, text: str) -> None:
        self._size += len(text)
        if self._size <= self._limits.field_chars or not self._pieces:  # of what is too long, something
            self._pieces.append(text)

    def _end(self, tag: str) -> None:
        tag = local(tag)
        if tag in ("v", "t"):
            self.markup.hear(None)
        elif tag == "c":
            if self._pieces and len(self._cells) <= self._limits.columns:
                self._cells.append((self._column, *self._value("".join(self._pieces))))
        elif tag == "row":
            if self._cells:
                self.rows.append((self._number, self._cells))
            self._cells = []
        elif tag == "rPh":
            self._aside -= 1

    def _value(self, text: str) -> tuple[str, str | None]:
        """Return a cell's text, and what is wrong with it."""
        if self._size > self._limits.field_chars:
            return text[:200], f"{self._size} characters, at most {self._limits.field_chars} are read"
        try:
            value = tidy(self._read(text))
        except CellError as error:
            return text, str(error)
        return value, fault(value, "text")

    def _read(self, text: str) -> str:
        kind, book = self._kind, self._book
        if kind == "s":
            if not text.isdecimal() or len(text) > 9 or int(text) >= len(book.texts):
                raise CellError(f"shared text {text[:20]!r} is not in the file")
            return book.texts[int(text)]
        if kind == "e":
            raise CellError(f"the cell shows the error {text[:20]}")
        if kind == "n":
            style = int(self._style) if self._style.isdecimal() and len(self._style) < 9 else 0
            dated = style < len(book.dates) and book.dates[style]
            return date(text, book.since_1904) if dated else number(text)
        return {"0": "false", "1": "true"}.get(text, text) if kind == "b" else unescaped(text)


class XlsxTable:
    """A worksheet whose first row with a value names the columns. See `table.Table`."""

    def __init__(self, name: str, sha256: str, part: Part, book: Book, reject: Put, limits: Limits) -> None:
        self.name, self.sha256, self.form = name, sha256, "XLSX"
        self._part, self._book, self._reject, self._limits = part, book, reject, limits
        self.read = self.repaired = 0
        line, cells = next(self._stream(), (0, []))
        self.columns = self._header(line, cells)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield each row's number and values; rows without any value are none."""
        self.read = 0
        stream = self._stream()
        next(stream, None)
        for line, cells in stream:
            if all(text == "" and told is None for _, text, told in cells):
                continue
            self.read += 1
            values = [""] * len(self.columns)
            if self._filled(line, cells, values):
                yield line, values

    def _filled(self, line: int, cells: list[Cell], values: list[str]) -> bool:
        """Put the cells into their places; False when the row was rejected."""
        for column, text, unread in cells:
            beyond = f"the value stands in column {column}, {len(values)} have a name"
            told = unread or (beyond if column > len(values) and text else None)
            if told:
                field = self.columns[column - 1] if column <= len(values) else "record"
                record = ",".join(value for _, value, _ in cells)
                self._reject(Reject(self.name, line, field, shown(text, 200), told, shown(record)))
                return False
            if text:
                values[column - 1] = text
        return True

    def _header(self, line: int, cells: list[Cell]) -> tuple[str, ...]:
        if told := next((told for _, _, told in cells if told), None):
            raise LayoutError(f"{self.name}:{line}: the header cannot be read: {told}.")
        named = {column: text for column, text, _ in cells if text}
        last = max(named, default=0)
        if last > self._limits.columns:
            raise LayoutError(f"{self.name}:{line}: {last} columns, at most {self._limits.columns} are read.")
        return hold_names(self.name, line, [named.get(at, "") for at in range(1, last + 1)], self._limits)

    def _stream(self) -> Iterator[tuple[int, list[Cell]]]:
        sheet = _Sheet(self._part, self._book, self._limits)
        for _ in sheet.markup.pieces():
            rows, sheet.rows = sheet.rows, []
            yield from rows


def xlsx_tables(part: Part, reject: Put, limits: Limits) -> Iterator[XlsxTable]:
    """Yield every worksheet that holds a value as a table."""
    digest, book = digest_of(part, limits), open_book(part, limits)
    for name, sheet in book.sheets.items():
        table = XlsxTable(f"{part.name}/{name}", digest, sheet, book, reject, limits)
        if table.columns:
            yield table


def _column(reference: str, following: int) -> int:
    """Return the number of the column that a reference such as AB12 names, else the one that follows."""
    if (letters := _LETTERS.match(reference)) is None:
        return following
    column = 0
    for letter in letters.group():
        column = 26 * column + ord(letter) - 64
    return column
