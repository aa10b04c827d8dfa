"""Write what a source says as N-Triples text to a file, hashed on the way; and what it refuses as CSV."""

import csv
import hashlib
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from loaders.errors import FileError
from loaders.source import Reject

_PIECE = 1 << 20
COLUMNS = ("file", "line", "field", "value", "reason", "record")
_SHORT = 2_000  # characters of a refused record that are shown


class Sink:
    """A file of N-Triples lines in the order in which they were said; without a path, only their hash."""

    def __init__(self, path: Path | None) -> None:
        self._file = None if path is None else path.open("wb")
        self._hash = hashlib.sha256()
        self._waiting: list[str] = []
        self._size = 0

    def write(self, text: str) -> None:
        """Take the whole lines that one record says."""
        self._waiting.append(text)
        self._size += len(text)
        if self._size > _PIECE:
            self._empty()

    def _empty(self) -> None:
        data = "".join(self._waiting).encode()
        self._hash.update(data)
        if self._file is not None:
            self._file.write(data)
        self._waiting, self._size = [], 0

    def fingerprint(self) -> str:
        """Return the sha256 of all that was written."""
        self._empty()
        return self._hash.hexdigest()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._empty()
        if self._file is not None:
            self._file.close()


class RejectsFile:
    """The CSV of what was set aside, made when the first record is; `after` is told of each."""

    def __init__(self, path: Path | None, after: Callable[[Reject], None]) -> None:
        self.path, self._after = path, after
        self._file: IO[str] | None = None
        if path is not None:
            path.unlink(missing_ok=True)

    def put(self, reject: Reject) -> None:
        """Write a record that was set aside: where it stands, what was found, why."""
        if self.path is not None:
            if self._file is None:
                self._file = self._open(self.path)
            csv.writer(self._file).writerow(
                (
                    reject.file,
                    reject.line,
                    reject.field,
                    *map(_shown, (reject.value, reject.reason, reject.record)),
                )
            )
        self._after(reject)

    def close(self) -> None:
        """Finish the file."""
        if self._file is not None:
            self._file.close()

    def _open(self, path: Path) -> IO[str]:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            found = path.open("w", encoding="utf-8", newline="", errors="backslashreplace")
        except OSError as error:
            raise FileError(f"{path}: the rejects cannot be written here: {error.strerror}.") from error
        csv.writer(found).writerow(COLUMNS)
        return found


def _shown(value: str) -> str:
    short = value if len(value) <= _SHORT else f"{value[:_SHORT]}… ({len(value)} characters)"
    return short.replace("\0", "\\0")
