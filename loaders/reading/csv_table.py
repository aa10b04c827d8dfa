"""Read a CSV file as a table: fast where its lines are sound, line by line where they are not.

Runs of lines with an even number of quotes go to Python's `csv` in one piece. Where it stumbles, or a
line holds an odd number of quotes, our own strict parser looks at that record alone (`csv_record.py`): a
quote that is never closed costs its own line, and no row after it.
"""

import csv
import re
from collections.abc import Iterator, Sequence

from loaders.errors import LayoutError
from loaders.reading.csv_header import hold_names, read_header
from loaders.reading.csv_lines import Lines
from loaders.reading.csv_record import Parser, alone, repaired
from loaders.reading.encoding import blocks, detect
from loaders.reading.faults import fault, shown, sound, tidy
from loaders.reading.limits import Limits
from loaders.reading.package import Part
from loaders.source import Put, Reject

_UNCLOSED = "a quote opens here and is never closed"
_TELLING = 8  # columns from which on a line with just as many fields is no part of a text
_TOLD = {"\t": "tab"}
_WIDE_BLANK = re.compile("[\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")

Row = tuple[int, list[str]]


class CsvTable:
    """A CSV file whose header is read; `rows` streams the rest. See `table.Table`."""

    def __init__(self, part: Part, reject: Put, limits: Limits) -> None:
        self.name, self._part, self._reject, self._limits = part.name, part, reject, limits
        self._encoding = detect(part, limits)
        self.sha256 = self._encoding.sha256
        self.read = self.repaired = 0
        lines = self._lines()
        self._delimiter, columns, _ = self._header(lines)
        self.columns = hold_names(self.name, lines.number, columns, limits)
        self.form = f"CSV, {self._encoding.name}, {_TOLD.get(self._delimiter, self._delimiter)}"
        d = self._delimiter
        self._blanks = (f" {d}", f"{d} ", '" ', ' "', "\n ", " \n", " \r", *("\t" if d != "\t" else ""))

    def rows(self) -> Iterator[Row]:
        """Yield each record's first physical line and its values; what cannot be read goes to the rejects."""
        self.read = self.repaired = 0
        lines = self._lines()
        lines.use(self._header(lines)[2])
        while lines.more():
            run = self._run(lines)
            if run:
                yield from self._fast(lines, run)
            else:
                yield from self._record(lines)

    def _lines(self) -> Lines:
        return Lines(blocks(self._part, self._encoding, self._limits))

    def _header(self, lines: Lines) -> tuple[str, list[str], int]:
        while lines.more() and not lines.held[lines.at].strip():
            lines.use(1)
        first = [line for ahead in range(100) if (line := lines.line(ahead)) is not None]
        if not first:
            raise LayoutError(f"{self.name}: holds no line; a header that names the columns was expected.")
        if len(first[0]) > self._limits.record_chars:
            raise LayoutError(f"{self.name}:{lines.number}: the first line is longer than any header may be.")
        return read_header(self.name, lines.number, first, self._limits)

    def _run(self, lines: Lines) -> list[str]:
        """Return the next lines up to the first with an odd number of quotes, or too long for a field."""
        most, held = min(self._limits.field_chars, self._limits.record_chars), lines.held
        for end in range(lines.at, len(held)):
            line = held[end]
            if line.count('"') & 1 or len(line) > most:
                return held[lines.at : end]
        return held[lines.at :]

    def _fast(self, lines: Lines, run: list[str]) -> Iterator[Row]:
        """Yield the rows of a run of lines, and look alone at each line that is not a row."""
        end, rest = lines.number + len(run), iter(run)
        while lines.number < end:
            expected = lines.number
            reader = csv.reader(rest, delimiter=self._delimiter, strict=True)
            rows: list[list[str]] = []
            stumbled = False
            try:
                rows.extend(reader)
            except csv.Error:
                stumbled = True
            if reader.line_num - stumbled != len(rows):  # a record took in more than its line
                while lines.number < end and lines.more():
                    yield from self._record(lines)
                return
            yield from self._groups(lines, rows)
            if stumbled and lines.number == expected + len(rows):
                yield from self._record(lines)
            if lines.number != expected + reader.line_num:
                return  # a record reached further than `csv` saw: begin anew after it

    def _groups(self, lines: Lines, rows: list[list[str]]) -> Iterator[Row]:
        """Yield rows in groups between those with a wrong number of fields."""
        count, begin = len(self.columns), 0
        odd = [] if set(map(len, rows)) == {count} else [i for i, row in enumerate(rows) if len(row) != count]
        for at in odd:
            yield from self._sound(lines, rows[begin:at])
            number, begin = lines.number, at + 1
            yield from self._record(lines)
            if lines.number != number + 1:
                return
        yield from self._sound(lines, rows[begin:])

    def _sound(self, lines: Lines, rows: list[list[str]]) -> Iterator[Row]:
        """Yield rows, each looked at as closely as the block it stands in asks for."""
        start, held = lines.number, lines.held[lines.at : lines.at + len(rows)]
        lines.use(len(rows))
        padded = self._padded(held)
        if not lines.sound:
            longest = self._limits.field_chars
            for at, (row, text) in enumerate(zip(rows, held, strict=True), start):
                if len(text) <= longest and sound(text):
                    self.read += 1
                    yield at, [value.strip() for value in row] if padded else row
                else:
                    yield from self._checked(at, row, text)
            return
        if padded:
            rows = [[value.strip() for value in row] for row in rows]
        self.read += len(rows)
        yield from zip(range(start, start + len(rows)), rows, strict=True)

    def _padded(self, held: Sequence[str]) -> bool:
        """Tell whether a value in these lines may have blanks around it."""
        text = "\n" + "".join(held)
        return any(blank in text for blank in self._blanks) or (
            not text.isascii() and _WIDE_BLANK.search(text) is not None
        )

    def _checked(self, line: int, row: list[str], text: str) -> Iterator[Row]:
        """Yield a row in NFC and without blanks around its values, or reject it for what is foreign in it."""
        self.read += 1
        for column, value in zip(self.columns, row, strict=True):
            told = fault(value, self._encoding.name)
            if told is None and len(value) > self._limits.field_chars:
                told = f"{len(value)} characters, at most {self._limits.field_chars} are read"
            if told:
                self._put(line, column, shown(value, 200), told, text)
                return
        yield line, [tidy(value) for value in row]

    def _record(self, lines: Lines) -> Iterator[Row]:
        """Yield the record that starts at the next line, or reject it, and go on after it."""
        line, number, count = lines.held[lines.at], lines.number, len(self.columns)
        if not line.strip():
            lines.use(1)
            return
        if len(line) > self._limits.record_chars:
            self._refuse(lines, 1, f"the line is longer than {self._limits.record_chars} characters")
            return
        parser, used = self._gather(lines)
        if parser.ended and not parser.broken and len(parser.fields) == count:
            text = "".join(lines.held[lines.at : lines.at + used])
            if not (used > 2 and self._holds_rows(lines, range(1, used - 1))):
                lines.use(used)
                yield from self._checked(number, parser.fields, text)
                return
        if (mended := repaired(line, self._delimiter, count)) is not None:
            self.repaired += 1
            lines.use(1)
            yield from self._checked(number, mended, line)
            return
        self._explain(lines, parser, used)

    def _gather(self, lines: Lines) -> tuple[Parser, int]:
        """Read lines until a record ends, breaks or passes its bounds; return how many it took."""
        parser = Parser(self._delimiter, len(self.columns))
        chars = used = 0
        while used < self._limits.record_lines and chars <= self._limits.record_chars:
            line = lines.line(used)
            if line is None:
                break
            parser.feed(line)
            chars, used = chars + len(line), used + 1
            if parser.ended or parser.broken:
                break
        return parser, used

    def _holds_rows(self, lines: Lines, ahead: range) -> bool:
        """Tell whether a line within a record looks like a row of its own."""
        count = len(self.columns)
        return count >= _TELLING and any(
            len(alone(lines.line(at) or "", self._delimiter, count) or ()) == count for at in ahead
        )

    def _explain(self, lines: Lines, parser: Parser, used: int) -> None:
        """Reject a record for what is wrong with it: its quotes, or the number of its fields."""
        count = len(self.columns)
        if parser.ended and not parser.broken and len(parser.fields) != count:
            rows = used > 1 and any(
                len(alone(lines.line(at) or "", self._delimiter, count) or ()) == count
                for at in range(1, used)
            )
            if not rows:
                self._refuse(lines, used, f"{len(parser.fields)} fields found, {count} expected")
                return
        torn = f"after field {len(parser.fields)} a delimiter was expected: its quotes do not match"
        self._refuse(lines, 1, torn if parser.broken and used == 1 else _UNCLOSED)

    def _refuse(self, lines: Lines, used: int, reason: str) -> None:
        self.read += 1
        text = "".join(lines.held[lines.at : lines.at + used])
        self._put(lines.number, "record", shown(text, 200), reason, text)
        lines.use(used)

    def _put(self, line: int, column: str, value: str, reason: str, record: str) -> None:
        self._reject(Reject(self.name, line, column, value, reason, shown(record)))
