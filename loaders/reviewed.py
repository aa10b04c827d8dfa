"""Read a small reviewed CSV table row by row with its line numbers, strictly."""

import csv
from collections.abc import Iterator
from pathlib import Path

from loaders.errors import LayoutError, LoadError

LOOKUPS = Path(__file__).parent / "lookups"


def rows(path: Path, *columns: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield every row as (`file:line`, fields) in a table that has at least these columns."""
    try:
        content = path.read_text("utf-8-sig")
    except OSError as error:
        raise LoadError(f"{path}: cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise LayoutError(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8.") from error
    reader = csv.reader(content.splitlines(keepends=True), strict=True)
    try:
        yield from _rows(path.name, reader, columns)
    except csv.Error as error:
        raise LayoutError(f"{path.name}:{reader.line_num}: {error}; check the quotes of this row.") from error


def actor_kinds(source: str) -> dict[str, str]:
    """Return our kinds of actors by the words of a source."""
    table = rows(LOOKUPS / "actor_kinds.csv", "source", "word", "kind")
    return {row["word"]: row["kind"] for _, row in table if row["source"] == source}


def _rows(
    name: str, reader: Iterator[list[str]], columns: tuple[str, ...]
) -> Iterator[tuple[str, dict[str, str]]]:
    header = next(reader, [])
    if missing := [column for column in columns if column not in header]:
        raise LayoutError(f"{name}:1: the columns {missing} are missing; found {header}.")
    for row in reader:
        where = f"{name}:{getattr(reader, 'line_num', 0)}"
        if len(row) != len(header):
            raise LayoutError(f"{where}: {len(row)} fields where the header has {len(header)}.")
        yield where, {column: value.strip() for column, value in zip(header, row, strict=True)}
