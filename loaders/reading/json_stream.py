"""Read the objects of a JSON array, or of JSON lines, one by one, without holding the file.

Numbers stay as they are written (`Number`). After a broken object the next one is looked for: at the same
indentation where objects begin their own lines, else after the matching brace.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.errors import FileError
from loaders.reading.encoding import Encoding, texts
from loaders.reading.limits import Limits
from loaders.reading.package import Part

_BLANKS = re.compile("[ \t\r\n]*+")
_TOKENS = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[{}\[\]]', re.DOTALL)
_SHOWN = 1000  # characters of an object that a report may want
_EDGE = 16  # characters before the end of what is held in which a token may be torn


class Number(str):
    """A number as it is written in JSON."""

    __slots__ = ()


@dataclass(frozen=True)
class Found:
    """What stands at one place of the array: an object, or what is wrong with it."""

    line: int
    value: dict[str, object]
    fault: str | None
    text: str


class JsonStream:
    """A window on a JSON text that moves on, object by object."""

    def __init__(self, part: Part, encoding: Encoding, limits: Limits) -> None:
        self._name, self._limits = part.name, limits
        self._texts = texts(part, encoding, limits)
        self._held, self._at, self._line, self._ended = "", 0, 1, False
        self._place, self._seen = 0, -1  # characters from the file's start; where `_next` last stood
        self._indent: str | None = ""  # of the object that comes, when it begins its line
        self._doubled: str | None = None
        self._deep = f"nested deeper than {limits.depth} levels"
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._pairs, parse_int=Number, parse_float=Number, parse_constant=self._constant
        )

    def found(self) -> Iterator[Found]:
        """Yield what stands at each place; raise FileError where nothing more can be read."""
        array = self._next() == "["
        if not array and self._next() != "{":
            raise FileError(
                f"{self._name}:{self._line}: a JSON array or object was expected, found {self._next()!r}."
            )
        if array:
            self._move(self._at + 1)
        between = False
        while (char := self._next()) and not (array and char == "]"):
            if between and array:
                self._comma(char)
            elif char == "," and not array:
                raise FileError(f"{self._name}:{self._line}: a comma stands between JSON lines.")
            found, between = self._object(array)
            yield found
            if not between:
                self._resume(array)
                between = self._next() in (",", "]", "") if array else False
        self._close(array, char)

    def _close(self, array: bool, char: str) -> None:
        if not array:
            return
        if not char:
            raise FileError(
                f"{self._name}:{self._line}: the file ends before its array does; fetch it again."
            )
        self._move(self._at + 1)
        if self._next():
            raise FileError(f"{self._name}:{self._line}: text follows the end of the JSON array.")

    def _comma(self, char: str) -> None:
        if char != ",":
            raise FileError(
                f"{self._name}:{self._line}: a comma was expected between two objects, "
                f"found {char!r}; nothing from here on could be read."
            )
        self._move(self._at + 1)
        self._next()

    def _object(self, array: bool) -> tuple[Found, bool]:
        """Return what stands here, and whether its end is known and was passed."""
        line, most = self._line, self._limits.record_chars
        self._doubled = None
        value, end, fault = self._decoded()
        while end is None and len(self._held) - self._at < _SHOWN and self._grow():
            pass
        text = self._held[self._at : min(end or self._at + _SHOWN, self._at + _SHOWN)]
        if end is None:
            return Found(line, {}, fault, text.partition("\n")[0]), False
        if end - self._at > most:
            fault = f"longer than {most} characters"
        self._move(end)
        if not isinstance(value, dict):
            return Found(line, {}, "an object was expected here", text), True
        deep = None if _within(value, self._limits.depth) else self._deep
        return Found(line, value, fault or self._doubled or deep, text), True

    def _decoded(self) -> tuple[object, int | None, str | None]:
        """Return the value that stands here, where it ends (None: unknown) and what is wrong with it."""
        while True:
            try:
                value, end = self._decoder.raw_decode(self._held, self._at)
            except json.JSONDecodeError as error:
                torn = error.pos >= len(self._held) - _EDGE or error.msg.startswith("Unterminated")
                if torn and len(self._held) - self._at <= self._limits.record_chars and self._grow():
                    continue
                return None, None, self._told(error)
            except RecursionError:
                return None, None, self._deep
            if self._held[end - 1] in '}]"' or end < len(self._held) - _EDGE or not self._grow():
                return value, end, None

    def _told(self, error: json.JSONDecodeError) -> str:
        line = self._line + self._held.count("\n", self._at, error.pos)
        what = error.msg[0].lower() + error.msg[1:]
        blanks = _BLANKS.match(self._held, error.pos)
        if self._ended and blanks and blanks.end() == len(self._held):
            what = f"the file ends within it ({what})"
        return f"not JSON: {what} (line {line})"

    def _resume(self, array: bool) -> None:
        """Go to the next object after a broken one."""
        if self._indent is not None:
            same = re.compile(r"\n" + re.escape(self._indent) + r"(?=\{)")
            if (at := self._search(same)) is not None:
                self._move(at)
                self._seen = self._place
                return
        if not array:
            self._rest_of_line()
            return
        if (at := self._balanced()) is None:
            raise FileError(
                f"{self._name}:{self._line}: this object is broken, and the next cannot be found; "
                "nothing from this line on could be read."
            )
        self._move(at)

    def _search(self, pattern: re.Pattern[str]) -> int | None:
        while True:
            window = self._at + self._limits.record_chars
            if found := pattern.search(self._held, self._at + 1, window):
                return found.end()
            if len(self._held) >= window or not self._grow():
                return None

    def _rest_of_line(self) -> None:
        """Pass over the line; only the last, or one that is followed by no object, comes here."""
        while (end := self._held.find("\n", self._at)) < 0:
            self._move(len(self._held))
            if not self._grow():
                return
        self._move(end)

    def _balanced(self) -> int | None:
        """Return where the braces that open here are closed, if a comma or the array's end follows."""
        while True:
            window = self._at + self._limits.record_chars
            end = self._match(window)
            if end is not None and end < len(self._held) - _EDGE:
                break
            if len(self._held) >= window or not self._grow():
                break
        if end is None:
            return None
        blanks = _BLANKS.match(self._held, end)
        after = blanks.end() if blanks else end
        return end if self._held[after : after + 1] in (",", "]") else None

    def _match(self, window: int) -> int | None:
        depth = 0
        for token in _TOKENS.finditer(self._held, self._at, window):
            mark = token.group()
            depth += (mark in "{[") - (mark in "}]")
            if depth <= 0:
                return token.end() if mark in "}]" else None
        return None

    def _next(self) -> str:
        """Pass over blanks; return the character that stands there, or nothing at the end."""
        begin, line, gap = self._place, self._line, ""
        while True:
            blanks = _BLANKS.match(self._held, self._at)
            end = blanks.end() if blanks else self._at
            gap = (gap + self._held[self._at : end])[-200:]
            self._move(end)
            if end < len(self._held):
                break
            if not self._grow():
                return ""
        if self._place != self._seen:
            own_line = self._line > line or begin == 0
            self._seen, self._indent = self._place, gap.rpartition("\n")[2] if own_line else None
        return self._held[self._at]

    def _move(self, to: int) -> None:
        self._line += self._held.count("\n", self._at, to)
        self._place += to - self._at
        self._at = to

    def _grow(self) -> bool:
        """Hold twice as much of what is not read yet, so that no text is parsed more than a few times."""
        rest = len(self._held) - self._at
        pieces: list[str] = []
        more = 0
        while not self._ended and more < max(rest, self._limits.block):
            piece = next(self._texts, None)
            self._ended = piece is None
            pieces.append(piece or "")
            more += len(pieces[-1])
        if more:
            self._held, self._at = "".join((self._held[self._at :], *pieces)), 0
        return more > 0

    def _pairs(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        value = dict(pairs)
        if len(value) < len(pairs):
            keys = [key for key, _ in pairs]
            twice = next(key for key in keys if keys.count(key) > 1)
            self._doubled = f"the key {twice[:100]!r} stands twice in an object"
        return value

    def _constant(self, name: str) -> str:
        self._doubled = f"{name} is no JSON number"
        return name


def _within(value: object, depth: int) -> bool:
    """Tell whether a value is nested no deeper than so many levels."""
    if isinstance(value, dict | list):
        inner = value.values() if isinstance(value, dict) else value
        return depth > 0 and all(_within(each, depth - 1) for each in inner)
    return True
