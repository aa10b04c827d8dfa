"""Read a table of postcodes that the user has: none may be shipped with us, so none is bundled."""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from loaders.errors import LayoutError, LoadError

_POSTCODE = re.compile(
    r"(?:SE?[ -]?)?([1-9]\d{2})[ \u00a0]?(\d{2})|(?:SE?[ -]?)?([1-9]\d)[ \u00a0](\d{3})", re.ASCII
)
_NUTS3 = re.compile(r"[A-Z]{2}[A-Z0-9]{3}", re.ASCII)
_CODE_COLUMNS = ("postcode", "code")  # ours, and that of Eurostat's GISCO


def normalise(text: str) -> str | None:
    """Return the five digits of a Swedish postcode, None when it is none.

    >>> [normalise(each) for each in ("164 90", "11350", "54 128", "SE-58183", "S-581 83", "8122101")]
    ['16490', '11350', '54128', '58183', '58183', None]
    """
    found = _POSTCODE.fullmatch(text.strip().upper())
    return "".join(part for part in found.groups() if part) if found else None


def regions(path: Path) -> dict[str, str]:
    """Return NUTS 3 codes by Swedish postcode; rows of other countries are passed over.

    Two layouts are known: `postcode,nuts3`, and GISCO's `NUTS3;CODE` with values in single quotes.
    """
    rows = _rows(path)
    _, header = next(rows, (1, []))
    columns = [name.strip().strip("'").lower() for name in header]
    code_at = next((columns.index(name) for name in _CODE_COLUMNS if name in columns), None)
    if code_at is None or "nuts3" not in columns:
        raise LayoutError(
            f"{path}:1: the columns postcode, nuts3 or NUTS3; CODE were expected, found {columns}."
        )
    table: dict[str, str] = {}
    for line, row in rows:
        if row:
            _enter(table, row, (len(columns), code_at, columns.index("nuts3")), f"{path}:{line}")
    if not table:
        raise LayoutError(
            f"{path}: there is no Swedish postcode in this table; a NUTS 3 code begins with SE."
        )
    return table


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of the file with their lines, the header first."""
    content = _content(path)
    delimiter = ";" if ";" in content.partition("\n")[0] else ","
    reader = csv.reader(StringIO(content, newline=""), delimiter=delimiter, strict=True)
    line = 0
    try:
        for row in reader:
            line = reader.line_num
            yield line, row
    except csv.Error as error:
        raise LayoutError(f"{path}:{line + 1}: {error}; check the quotes of this row.") from error


def _enter(table: dict[str, str], row: list[str], shape: tuple[int, int, int], place: str) -> None:
    """Note one row; one postcode in two regions is an error, for it would lead anywhere."""
    width, code_at, nuts_at = shape
    if len(row) != width:
        raise LayoutError(f"{place}: {len(row)} fields where the header has {width}: {row!r}.")
    nuts, printed = row[nuts_at].strip().strip("'"), row[code_at].strip().strip("'")
    if not _NUTS3.fullmatch(nuts):
        raise LayoutError(f"{place}: {nuts!r} is no NUTS 3 code such as 'SE123'.")
    if not nuts.startswith("SE"):
        return
    code = normalise(printed)
    if code is None:
        raise LayoutError(f"{place}: {printed!r} is no Swedish postcode such as '581 83'.")
    if table.setdefault(code, nuts) != nuts:
        raise LayoutError(f"{place}: postcode {printed!r} lies in {nuts} here and in {table[code]} above.")


def _content(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise LoadError(f"{path}: cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise LayoutError(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8.") from error
