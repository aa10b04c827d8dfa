"""Recognise natural persons among organisations, and keep away the records whose removal was asked for."""

import csv
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from loaders.errors import LayoutError, RecordError
from loaders.personal_data import found_in
from loaders.reviewed import LOOKUPS, rows

REMOVALS = LOOKUPS / "removals.csv"
COLUMNS = ("source", "record", "as_of", "why")

_BLANKS = re.compile(r"[\s.]+")
_VAT = re.compile(r"SE([0-9]{10})[0-9]{2}")
_TEN = re.compile(r"[0-9]{2}[01][0-9]{3}[-+]?[0-9A-Z][0-9]{3}")
_TWELVE = re.compile(
    r"(?:1[89]|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]|6[1-9]|[78][0-9]|9[01])[-+]?[0-9A-Z][0-9]{3}"
)
_COMPANY = re.compile(
    r"\b(?:limited|ltd|plc|llc|llp|inc|gmbh|ab|aktiebolag|oy|oyj|aps|bv|b\.v|srl|s\.r\.l|sarl|s\.a|spa|s\.p\.a)\.?\s*\Z",
    re.IGNORECASE,
)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_RECORD = re.compile(r"[0-9a-f]{64}")


def sole_trader(number: str) -> bool:
    """Tell whether an organisation number (or VAT number) is a person's: its third digit is below 2.

    A personal number begins with a day, whose month begins with 0 or 1; an organisation number never does.
    It may be written with ten digits or twelve, with or without a hyphen, or inside a Swedish VAT number.

    >>> sole_trader("202100-3096"), sole_trader("SE202100309601")
    (False, False)
    """
    plain = _BLANKS.sub("", number).upper()
    vat = _VAT.fullmatch(plain.replace("-", ""))
    plain = vat[1] if vat else plain
    return bool(_TEN.fullmatch(plain) or _TWELVE.fullmatch(plain))


def natural_person(activity_type: str, sme: str, vat: str, city: str, name: str = "") -> bool:
    """Tell whether a CORDIS participant seems to be a person: private, no size, no VAT number, no city.

    A name that ends in a company's legal form (Limited, GmbH) clears it; those that are also surnames (Sa) do
    not, since a company left out costs less than a person let in. A VAT number that holds a personal number
    tells a person whatever the other fields say.
    """
    if sole_trader(vat):
        return True
    unsaid = not (sme.strip() or vat.strip() or city.strip())
    return unsaid and activity_type.strip().upper() == "PRC" and not _COMPANY.search(name)


def record_of(source: str, record_id: str) -> str:
    """Return how the list names a record: the sha256 of `SOURCE|record id`, so that it names nobody."""
    return hashlib.sha256(f"{source}|{record_id}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Removals:
    """The records that no load may bring back; every load asks, so a reload does not either."""

    records: frozenset[str]

    @classmethod
    def read(cls, *more: Path) -> "Removals":
        """Read the committed list and those beside the store; one that is not there yet holds nothing."""
        present = [REMOVALS, *(path for path in more if path.exists())]
        return cls(frozenset(record for path in present for record in _records(path)))

    def holds(self, source: str, record_id: str) -> bool:
        """Tell whether a record is to be left out."""
        return bool(self.records) and record_of(source, record_id) in self.records

    def add(self, path: Path, source: str, record_id: str, as_of: str, why: str) -> "Removals":
        """Write a record into the list at `path` (once) and return the removals with it."""
        record = record_of(source, record_id)
        _check_line(record, as_of, why)
        if record not in self.records:
            before = path.read_text("utf-8") if path.exists() else ""
            with path.open("a", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                if not before:
                    writer.writerow(COLUMNS)
                elif not before.endswith("\n"):
                    file.write("\n")
                writer.writerow((source, record, as_of, why))
        return Removals(self.records | {record})


def _records(path: Path) -> list[str]:
    found = []
    for where, row in rows(path, *COLUMNS):
        try:
            _check_line(row["record"], row["as_of"], row["why"])
        except RecordError as error:
            raise LayoutError(f"{where}: {error}.") from error
        found.append(row["record"])
    return found


def _check_line(record: str, as_of: str, why: str) -> None:
    """Hold a line to its form; what might name somebody is not repeated in the message."""
    if not _RECORD.fullmatch(record):
        raise RecordError("record", "…", "expected the sha256 of SOURCE|record id, 64 hexadecimal digits")
    if not _DAY.fullmatch(as_of):
        raise RecordError("as_of", as_of, "expected a day such as 2026-11-21")
    if not why or found_in(why):
        raise RecordError("why", "…", "a reason is required, and it names nobody")
