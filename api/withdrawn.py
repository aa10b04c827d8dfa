"""Read which things an earlier release held and the present one does not, as publishing writes it down."""

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from graph.errors import StoreError

FILE: Final = Path("releases") / "withdrawn.csv"
_COLUMNS: Final = ("iri", "last_version", "withdrawn")


@dataclass(frozen=True)
class Withdrawal:
    """A thing that went: the release that held it last, and the day it was found gone."""

    iri: str
    last_version: str
    withdrawn: str


class Gone(Exception):
    """A thing was here and is withdrawn; the message is its IRI."""

    def __init__(self, withdrawal: Withdrawal) -> None:
        super().__init__(withdrawal.iri)
        self.withdrawal = withdrawal


def find(store: Path, iri: str) -> Withdrawal | None:
    """Return what is known of a thing's withdrawal; the file is read again when it has changed."""
    path = store / FILE
    try:
        found = path.stat()
    except OSError:
        return None  # nothing has been withdrawn, or nothing published
    return _read(path, found.st_mtime_ns, found.st_size).get(iri)


@lru_cache(maxsize=2)
def _read(path: Path, _changed: int, _size: int) -> dict[str, Withdrawal]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file)
            if missing := [name for name in _COLUMNS if name not in (rows.fieldnames or ())]:
                raise StoreError(
                    f"{path}:1: the columns {', '.join(_COLUMNS)} were expected, {', '.join(missing)} is "
                    "missing; publish again."
                )
            return {row["iri"]: Withdrawal(*(row[name] or "" for name in _COLUMNS)) for row in rows}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise StoreError(f"{path}: cannot be read: {error}; publish again.") from error
