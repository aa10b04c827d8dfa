"""Read JSON files of nested objects (ROR), object by object: texts in NFC, numbers as they are written."""

from collections.abc import Iterator
from pathlib import Path

from loaders.errors import FileError
from loaders.reading.encoding import detect
from loaders.reading.faults import fault, shown, tidy
from loaders.reading.json_stream import Found, JsonStream, Number
from loaders.reading.json_table import as_json
from loaders.reading.limits import Limits
from loaders.reading.package import Part, parts
from loaders.source import Put, Reject

_SUFFIXES = (".json", ".jsonl", ".ndjson", ".geojson")


class Objects:
    """The objects of one JSON file; `read` counts them, rejected ones included."""

    def __init__(self, part: Part, reject: Put, limits: Limits) -> None:
        self.name, self._part, self._reject, self._limits = part.name, part, reject, limits
        self._encoding = as_json(detect(part, limits))
        self.sha256, self.form = self._encoding.sha256, f"JSON, {self._encoding.name}"
        self.read = 0

    def records(self) -> Iterator[tuple[int, dict[str, object]]]:
        """Yield each object with its first line; numbers are texts of class `Number`."""
        self.read = 0
        for found in JsonStream(self._part, self._encoding, self._limits).found():
            self.read += 1
            told = found.fault or next(self._faults(found.value), None)
            if told:
                self._put(found, told)
            else:
                yield found.line, {_tidied_text(key): _tidied(value) for key, value in found.value.items()}

    def _faults(self, value: object) -> Iterator[str]:
        """Yield what is foreign in the texts of a value."""
        if isinstance(value, str):
            if told := fault(value, self._encoding.name):
                yield told
        elif isinstance(value, dict):
            for key, each in value.items():
                yield from self._faults(key)
                yield from self._faults(each)
        elif isinstance(value, list):
            for each in value:
                yield from self._faults(each)

    def _put(self, found: Found, reason: str) -> None:
        text = shown(found.text, 200)
        self._reject(Reject(self.name, found.line, "record", text, reason, shown(found.text)))


def objects(path: Path, reject: Put, limits: Limits | None = None) -> Iterator[Objects]:
    """Yield the JSON files of a path; FileError when there is none."""
    limits = limits or Limits()
    found = False
    for part in parts(path, limits):
        if part.name.lower().endswith(_SUFFIXES) or not (part.packed or path.is_dir()):
            found = True
            yield Objects(part, reject, limits)
    if not found:
        raise FileError(f"{path}: holds no JSON file.")


def _tidied(value: object) -> object:
    if isinstance(value, dict):
        return {_tidied_text(key): _tidied(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_tidied(each) for each in value]
    return _tidied_text(value) if isinstance(value, str) else value


def _tidied_text(value: str) -> str:
    return value if isinstance(value, Number) else tidy(value)
