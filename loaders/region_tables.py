"""Read a region's folder of CSV files to the end, and tell every mistake in it as a sentence."""

import csv
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from io import StringIO
from pathlib import Path

from loaders.errors import LoadError
from loaders.personal_data import found_in


@dataclass(frozen=True, order=True)
class Mistake:
    """What is wrong in a file: where, what was found, what was expected, and what to do."""

    file: str
    line: int
    found: str
    expected: str
    advice: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.found}; expected {self.expected}. {self.advice}"


class FolderError(LoadError):
    """A region's folder holds mistakes; nothing of it is loaded."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = tuple(sorted(mistakes))
        super().__init__("\n".join(map(str, self.mistakes)))


@dataclass(frozen=True)
class Layout:
    """The columns of a file; the first is its key. Those that may be empty are told apart."""

    file: str
    columns: tuple[str, ...]
    optional: frozenset[str] = frozenset()


@dataclass
class Row:
    """One row: its cells, and the mistakes of the file that it adds to."""

    file: str
    line: int
    cells: Mapping[str, str]
    mistakes: list[Mistake]
    told: set[str] = field(default_factory=set)

    def take(self, column: str) -> str | None:
        """Return a cell; None when it is empty or its mistake is told already."""
        value = self.cells.get(column, "")
        return None if column in self.told or not value else value

    def wrong(self, column: str, expected: str, advice: str) -> None:
        """Tell what is wrong with a cell, once."""
        if column not in self.told:
            self.told.add(column)
            self.report(f"{column} is {self.cells.get(column, '')!r}", expected, advice)

    def report(self, found: str, expected: str, advice: str) -> None:
        """Add a mistake of this row."""
        self.mistakes.append(Mistake(self.file, self.line, found, expected, advice))

    def unknown(self, column: str, value: str, expected: str, known: Iterable[str]) -> None:
        """Tell that a cell names what is not known, with the nearest that is."""
        names = sorted(known)
        near = get_close_matches(value, names, n=1) or get_close_matches(value.lower(), names, n=1)
        hint = f"Did you mean {near[0]!r}?" if near else _some(names)
        if column not in self.told:
            self.told.add(column)
            whole = self.cells.get(column, "")
            found = f"{column} is {value!r}" if value == whole else f"{column} has {value!r}"
            self.report(found, expected, hint)


@dataclass(frozen=True)
class Table:
    """A file as it was read: its rows, and the keys of rows too broken to be read.

    It is `known` whole when there was a column of keys: only then can a reference be called wrong.
    """

    rows: tuple[Row, ...]
    lost: frozenset[str]
    known: bool
    sha256: str

    def keys(self, column: str) -> set[str]:
        """Return the keys in the file, those of broken rows too: a mistake is told once, where it is."""
        return {row.cells[column] for row in self.rows if row.cells.get(column)} | self.lost


def read(folder: Path, layout: Layout, mistakes: list[Mistake]) -> Table:
    """Read a file; what is wrong with its layout, its quotes and its cells goes to the mistakes."""
    try:
        data = (folder / layout.file).read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        advice = "Write the templates anew with `samspel new-region`, and fill in what you have."
        mistakes.append(Mistake(layout.file, 1, f"no file ({error.strerror})", "a CSV file", advice))
        return Table((), frozenset(), False, "")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        mistakes.append(
            Mistake(layout.file, line, "a byte that is no UTF-8", "a text", "Save the file as UTF-8.")
        )
        return Table((), frozenset(), False, "")
    return _Reader(layout, text, mistakes).table(hashlib.sha256(data).hexdigest())


class _Reader:
    """Read on after a broken row, so that one mistake hides no other."""

    def __init__(self, layout: Layout, text: str, mistakes: list[Mistake]) -> None:
        self._layout, self._mistakes = layout, mistakes
        self._lines = StringIO(text, newline="").readlines()
        self._width = len(next(csv.reader(self._lines[:1]), []))
        self._lost: set[str] = set()

    def table(self, sha256: str) -> Table:
        """Return the rows that can be read."""
        records = self._records()
        header = next(records, (1, []))[1]
        rows = tuple(self._rows(records, header))
        return Table(rows, frozenset(self._lost), self._layout.columns[0] in header, sha256)

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        """Yield line and fields; after a quote that is not closed, go on at the next line."""
        start = 0
        while start < len(self._lines):
            reader = csv.reader(iter(self._lines[start:]), strict=True)
            try:
                fields = next(reader)
            except csv.Error as error:
                self._broken(start, f"a row that cannot be read ({error})")
                start += 1
                continue
            if reader.line_num > 1 and self._swallows(fields, start):
                self._broken(start, "a quote that is not closed on its row")
                start += 1
                continue
            if any(cell.strip() for cell in fields):
                yield start + 1, fields
            start += reader.line_num

    def _swallows(self, fields: list[str], start: int) -> bool:
        """Tell whether a field that runs over lines has eaten the next rows."""
        return start > 0 and len(fields) != self._width

    def _broken(self, at: int, found: str) -> None:
        self._lost.add(self._lines[at].partition(",")[0].strip(' "\n\r'))
        advice = 'Close the quotes; a quote inside a text is written twice, as "".'
        self._mistakes.append(Mistake(self._layout.file, at + 1, found, "quotes in pairs", advice))

    def _names(self, header: list[str]) -> list[str]:
        """Return the column of each field; what is misspelt, missing, twice or too many is told."""
        wanted, given = self._layout.columns, [name.strip() for name in header]
        names = list(given)
        for at, name in enumerate(given):
            absent = [one for one in wanted if one not in given and one not in names]
            if name in wanted and name not in given[:at]:
                continue
            near = get_close_matches(name, absent, n=1)
            names[at] = near[0] if near else f"extra {at}"
            told = "a second column" if name in given[:at] else "an extra column"
            advice = f"Did you mean {near[0]!r}?" if near else "Take the column away."
            self._header(f"{told} {name!r} (number {at + 1})", advice)
        for name in wanted:
            if name not in names:
                self._header(f"no column {name!r}", "Add it; its cells may be empty where nothing is known.")
        return names

    def _header(self, found: str, advice: str) -> None:
        expected = f"the columns {', '.join(self._layout.columns)}"
        self._mistakes.append(Mistake(self._layout.file, 1, found, expected, advice))

    def _rows(self, records: Iterator[tuple[int, list[str]]], header: list[str]) -> Iterator[Row]:
        names = self._names(header)
        absent = {name for name in self._layout.columns if name not in names}
        for line, fields in records:
            if len(fields) != len(names):
                self._uneven(line, fields, len(names))
                continue
            cells = {name: cell.strip() for name, cell in zip(names, fields, strict=True)}
            row = Row(self._layout.file, line, dict.fromkeys(absent, "") | cells, self._mistakes, set(absent))
            self._check_cells(row)
            yield row

    def _uneven(self, line: int, fields: list[str], wanted: int) -> None:
        self._lost.add(fields[0].strip())
        advice = "Put quotes around a text that has a comma in it, and keep empty cells."
        self._mistakes.append(
            Mistake(self._layout.file, line, f"{len(fields)} cells", f"{wanted}, as in the header", advice)
        )

    def _check_cells(self, row: Row) -> None:
        """Refuse personal data in any cell, without repeating them; tell required cells that are empty."""
        for column, value in row.cells.items():
            if personal := found_in(value):
                row.told.add(column)
                advice = "Take it away: samspel holds no personal data."
                row.report(f"{column} has {personal}", "no personal data", advice)
        for column in self._layout.columns:
            if not row.cells[column] and column not in self._layout.optional:
                row.wrong(column, "a value", "Fill in the cell, or take the row away.")


def _some(names: Sequence[str]) -> str:
    if not names:
        return "There are none yet: add it where it belongs first."
    more = f" and {len(names) - 12} more" if len(names) > 12 else ""
    return f"There are {', '.join(names[:12])}{more}."
