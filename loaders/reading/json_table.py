"""Read JSON arrays of flat objects, and JSON lines, as tables; nested values come as JSON text.

The columns are all keys that any object has, in order of first appearance, found in a first pass: real
files leave a key out where it has no value, so the first object does not know them all.
"""

import json
from collections.abc import Iterator

from loaders.errors import LayoutError
from loaders.reading.csv_header import hold_names
from loaders.reading.encoding import Encoding, detect
from loaders.reading.faults import fault, shown, tidy
from loaders.reading.json_stream import Found, JsonStream, Number
from loaders.reading.limits import Limits
from loaders.reading.package import Part
from loaders.source import Put, Reject


class JsonTable:
    """A JSON file of objects. See `table.Table`."""

    def __init__(self, part: Part, reject: Put, limits: Limits) -> None:
        self.name, self._part, self._reject, self._limits = part.name, part, reject, limits
        self._encoding = as_json(detect(part, limits))
        self.sha256, self.form = self._encoding.sha256, f"JSON, {self._encoding.name}"
        self.read = self.repaired = 0
        keys = self._keys()
        self.columns = hold_names(self.name, 1, list(keys), limits)
        self._places = dict(zip(keys, range(len(keys)), strict=True))

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield each object's first line and its values; what cannot be read goes to the rejects."""
        self.read = 0
        for found in self._stream():
            self.read += 1
            if (values := self._values(found)) is not None:
                yield found.line, values

    def _stream(self) -> Iterator[Found]:
        return JsonStream(self._part, self._encoding, self._limits).found()

    def _keys(self) -> dict[str, None]:
        keys: dict[str, None] = {}
        for found in self._stream():
            if not found.fault:
                keys.update(dict.fromkeys(found.value))
            if len(keys) > self._limits.columns:
                raise LayoutError(
                    f"{self.name}:{found.line}: the objects have more than {self._limits.columns} keys; "
                    "a table of records was expected."
                )
        if not keys:
            raise LayoutError(f"{self.name}: holds no object with a key; records were expected.")
        return keys

    def _values(self, found: Found) -> list[str] | None:
        if found.fault:
            self._put(found, "record", found.text, found.fault)
            return None
        values = [""] * len(self.columns)
        for key, value in found.value.items():
            text = _text(value, nested=False)
            if told := self._told(text):
                self._put(found, key, text, told)
                return None
            values[self._places[key]] = tidy(text)
        return values

    def _told(self, text: str) -> str | None:
        if len(text) > self._limits.field_chars:
            return f"{len(text)} characters, at most {self._limits.field_chars} are read"
        return fault(text, self._encoding.name)

    def _put(self, found: Found, column: str, value: str, reason: str) -> None:
        self._reject(Reject(self.name, found.line, column, shown(value, 200), reason, shown(found.text)))


def as_json(encoding: Encoding) -> Encoding:
    """Return the encoding as JSON has it: never cp1252 (RFC 8259); bytes that say so are faults."""
    return Encoding("UTF-8", "utf-8", 0, encoding.sha256) if encoding.codec == "cp1252" else encoding


def _text(value: object, nested: bool) -> str:
    if isinstance(value, dict):
        inner = (f"{_quoted(key)}: {_text(each, nested=True)}" for key, each in value.items())
        return f"{{{', '.join(inner)}}}"
    if isinstance(value, list):
        return f"[{', '.join(_text(each, nested=True) for each in value)}]"
    if value is None:
        return "null" if nested else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return _quoted(str(value)) if nested and not isinstance(value, Number) else str(value)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
