"""Open whatever file a source publishes as tables: CSV, XLSX or JSON, plain or in a package."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from loaders.errors import FileError
from loaders.reading.csv_table import CsvTable
from loaders.reading.json_table import JsonTable
from loaders.reading.limits import Limits
from loaders.reading.package import Part, parts
from loaders.reading.xlsx_table import xlsx_tables
from loaders.source import Put

_CSV = (".csv", ".tsv", ".txt")
_JSON = (".json", ".jsonl", ".ndjson", ".geojson")
_BLANKS = b" \t\r\n\0\xef\xbb\xbf\xff\xfe"  # with the byte order marks
_REFUSED = {
    b"\xd0\xcf\x11\xe0": "an old Excel file (.xls)",
    b"%PDF": "a PDF",
    b"PAR1": "a Parquet file",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"Rar!": "a RAR archive",
}


class Table(Protocol):
    """A file of records under named columns."""

    @property
    def name(self) -> str:
        """The file as a person knows it: "cordis.zip/organization.csv"."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, all different, in NFC with single blanks."""

    @property
    def form(self) -> str:
        """What it is, told to people: "CSV, UTF-8, ;"."""

    @property
    def sha256(self) -> str:
        """The digest of the file's bytes (of the workbook, for a sheet)."""

    @property
    def read(self) -> int:
        """How many records were met so far, rejected ones included."""

    @property
    def repaired(self) -> int:
        """How many of them had wrong quotes that leave one reading only."""

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the first line of each record and its values: NFC, no blanks around, one for each column."""


def tables(path: Path, reject: Put, limits: Limits | None = None) -> Iterator[Table]:
    """Yield the tables of a path; records that cannot be read go to `reject`, and all others follow.

    In a package, files that are no tables by their names are passed over; a path that holds no table
    at all is refused.
    """
    limits = limits or Limits()
    names: list[str] = []
    found = False
    for part in parts(path, limits):
        names.append(part.name)
        asked_for = path.is_file() and not part.packed
        for table in _opened(part, asked_for, reject, limits):
            found = True
            yield table
    if not found:
        told = ", ".join(names[:10]) or "nothing"
        raise FileError(f"{path}: holds no table (CSV, XLSX or JSON were expected; found {told}).")


def _opened(part: Part, asked_for: bool, reject: Put, limits: Limits) -> Iterator[Table]:
    name, head = part.name.lower(), part.head()
    if head.startswith(b"PK"):
        yield from xlsx_tables(part, reject, limits)
    elif name.endswith(_JSON):
        yield JsonTable(part, reject, limits)
    elif name.endswith(_CSV) or asked_for:
        _hold_text(part, head)
        plain = head.lstrip(_BLANKS)
        json = not name.endswith(_CSV) and plain[:1] in (b"[", b"{")
        yield JsonTable(part, reject, limits) if json else CsvTable(part, reject, limits)


def _hold_text(part: Part, head: bytes) -> None:
    """Raise FileError for what is no table by its first bytes, with what it is."""
    told = next((what for mark, what in _REFUSED.items() if head.startswith(mark)), None)
    if head.lstrip(_BLANKS).startswith(b"<"):
        told = "XML or a web page"
    if told:
        raise FileError(f"{part.name}: is {told}; CSV, XLSX or JSON were expected.")
