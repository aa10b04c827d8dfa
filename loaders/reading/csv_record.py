"""Parse one CSV record strictly, line after line, and repair the one fault that is known and certain."""

import re
from dataclasses import dataclass, field
from functools import cache

DELIMITERS = ";\t|,"
_IN_QUOTES = re.compile(r'[^"]*+(?:""[^"]*+)*+')


@cache
def _plain(delimiter: str) -> re.Pattern[str]:
    """Match a field that does not open with a quote; a quote within it is text (an inch mark)."""
    return re.compile(f"[^{re.escape(delimiter)}\r\n]*+")


@dataclass
class Parser:
    """A record as far as it was read: feed it lines until it is `ended` or `broken`.

    It is open while neither: a quote was opened, and its end is looked for in the next line. Every
    line is read once, so that a quote that is never closed costs no more than the lines looked at.
    """

    delimiter: str
    most: int  # fields; a record with more is broken as soon as it is seen
    fields: list[str] = field(default_factory=list)
    ended: bool = False
    broken: bool = False
    _open: list[str] | None = None
    _later: bool = False  # this is not the record's first line

    def feed(self, line: str) -> None:
        """Read one more physical line, its line break included."""
        at, self._later = 0, self._open is not None
        while not self.broken:
            if self._open is None and line[at : at + 1] != '"':
                found = _plain(self.delimiter).match(line, at)
                at = found.end() if found else at
                self.fields.append(line[found.start() : at] if found else "")
            else:
                at = self._quoted(line, at)
                if self._open is not None:
                    return
            if line[at : at + 1] != self.delimiter:
                self.ended = line[at:] in ("", "\n", "\r\n", "\r")
                self.broken |= not self.ended
                return
            at += 1
            self.broken |= len(self.fields) > (self.most + 10 if self._later else 4 * self.most + 100)

    def _quoted(self, line: str, at: int) -> int:
        """Read a quoted field, or more of one, and return where it ends in this line."""
        at, parts = (at + 1, []) if self._open is None else (at, self._open)
        found = _IN_QUOTES.match(line, at)
        end = found.end() if found else at
        parts.append(line[at:end])
        if end == len(line):
            self._open = parts
            return end
        self._open = None
        self.fields.append("".join(parts).replace('""', '"'))
        return end + 1


def alone(line: str, delimiter: str, most: int) -> list[str] | None:
    """Return the fields of a line that is a whole record by itself, or None."""
    parser = Parser(delimiter, most)
    parser.feed(line)
    return parser.fields if parser.ended and not parser.broken else None


def repaired(line: str, delimiter: str, count: int) -> list[str] | None:
    """Return the fields of a line whose quotes are wrong, if just one reading gives the right number of them.

    Official CORDIS files hold fields that open with a doubled quote (`"1";""The action ""X"" works"";"9"`),
    with the delimiter in them too. Either the borders `";"` cut the line into the right number of
    fields, or reading the doubled quotes at a field's two ends as single ones does.
    """
    line = line.rstrip("\r\n")
    if len(line) > 1 and line[0] == line[-1] == '"':
        cut = line[1:-1].split(f'"{delimiter}"')
        if len(cut) == count:
            return [_collapsed(part) for part in cut]
    return _between_doubled(line + delimiter, _doubled(delimiter), count)


def _between_doubled(line: str, pattern: re.Pattern[str], count: int) -> list[str] | None:
    fields: list[str] = []
    at = 0
    while at < len(line):
        if len(fields) == count or (found := pattern.match(line, at)) is None:
            return None
        fields.append(_collapsed(next(filter(None, found.groups()), "")))
        at = found.end()
    return fields if len(fields) == count else None


@cache
def _doubled(delimiter: str) -> re.Pattern[str]:
    """Match a field and its delimiter: quoted, between doubled quotes, or plain."""
    d = re.escape(delimiter)
    return re.compile(f'(?:"([^"]*+(?:""[^"]*+)*+)"|""(.*?)""|([^"{d}][^{d}]*+|)){d}')


def _collapsed(part: str) -> str:
    if len(part) > 1 and part[0] == part[-1] == '"' and not part.startswith('""'):
        part = part[1:-1]
    return part.replace('""', '"')
