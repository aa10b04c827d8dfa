"""The CORDIS-like file: what is planted stands where the truth says, and nothing else does."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks.cordis_like import read_truth, vat, write, write_truth
from benchmarks.faults import COLUMNS, KINDS, Fault, agreement

ROWS = 6_400
RECORD = re.compile(
    rb'"(?:[^"]|"")*"(?:;(?:"(?:[^"]|"")*")?)*\n'
)  # a closing quote, then ; or the line's end
PATTERNS = {
    "projectID": r"\d+",
    "organisationID": r"\d{9}",
    "SME": "True|False",
    "country": "[A-Z]{2}",
    "contentUpdateDate": r"2023-(0[1-9]|1[0-2])-([01]\d|2[0-8]) \d\d:\d\d:\d\d",
    "role": "coordinator|participant|thirdParty|partner|associatedPartner",
    "ecContribution": r"(\d+\.\d{1,2})?",
    "totalCost": r"(\d+(,\d{1,2})?)?",
    "endOfParticipation": "True|False",
}


def _records(data: bytes) -> Iterator[tuple[int, bytes | None]]:
    """Yield each record with its first line; None for one that breaks the grammar, then the line after it."""
    at, line = 0, 1
    while at < len(data):
        found = RECORD.match(data, at)
        end = found.end() if found else data.index(b"\n", at) + 1
        yield line, found and found[0]
        line += data.count(b"\n", at, end)
        at = end


def _wrong(record: bytes | None) -> str | None:
    """Return the field in which a record is wrong, by rules that know nothing of how faults are planted."""
    if record is None:
        return "record"
    try:
        text = record.decode()
    except UnicodeDecodeError:
        return "record"
    fields = [whole[1:-1] for whole in re.findall(r'"(?:[^"]|"")*"|(?<=;)(?=[;\n])', text)]
    if len(fields) != len(COLUMNS) or re.search(r"[\x00-\x09\x0b-\x1f]", text):
        return "record"
    values = dict(zip(COLUMNS, fields, strict=True))
    wrong = [name for name, pattern in PATTERNS.items() if not re.fullmatch(pattern, values[name])]
    north, east = map(float, values["geolocation"].split(","))
    return wrong[0] if wrong else None if abs(north) <= 90 and abs(east) <= 180 else "geolocation"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with one faulty record in twenty, and its truth beside it."""
    found = tmp_path_factory.mktemp("cordis") / "organization.csv"
    write_truth(found.with_suffix(".truth"), write(found, ROWS, faults=0.05, duplicates=0.01))
    return found


@pytest.fixture(scope="module")
def truth(file: Path) -> list[Fault]:
    """What was planted."""
    return read_truth(file.with_suffix(".truth"))


def test_every_fault_stands_where_the_truth_says_and_no_other(file: Path, truth: list[Fault]) -> None:
    _, *records = _records(file.read_bytes())
    found = [(line, wrong) for line, record in records if (wrong := _wrong(record))]
    told = agreement(truth, found)
    assert (told.precision, told.recall) == (1, 1)
    assert told.rejected == told.planted
    assert abs(told.planted - ROWS // 20) <= 1
    assert len(records) == ROWS


def test_the_kinds_are_sixteen_and_planted_evenly(truth: list[Fault]) -> None:
    counts = Counter(fault.kind for fault in truth)
    repeated = counts.pop("duplicate")
    assert set(counts) == set(KINDS)
    assert len(counts) == 16
    assert max(counts.values()) - min(counts.values()) <= 1
    assert 30 < repeated < 70


def test_a_repetition_is_told_and_nothing_else_repeats(file: Path, truth: list[Fault]) -> None:
    seen: set[bytes] = set()
    again = []
    for line, record in _records(file.read_bytes()):
        if record in seen:
            again.append(line)
        if record:
            seen.add(record)
    assert again == [fault.line for fault in truth if fault.kind == "duplicate"]


def test_the_good_rows_are_hard_too(file: Path, truth: list[Fault]) -> None:
    faulty = {fault.line for fault in truth}
    good = [record or b"" for line, record in _records(file.read_bytes()) if line not in faulty]
    assert sum(b"\n" in record[:-1] for record in good) > 10
    assert sum(b' ""' in record for record in good) > 10
    assert sum(b"RISK; SAFETY" in record for record in good) > 10


def test_the_same_seed_gives_the_same_file(tmp_path: Path) -> None:
    files = [tmp_path / "a", tmp_path / "b", tmp_path / "c"]
    for file, seed in zip(files, (1, 1, 2), strict=True):
        write(file, 500, seed)
    assert [left.read_bytes() == right.read_bytes() for left, right in pairwise(files)] == [True, False]


def test_a_file_without_faults_has_none(tmp_path: Path) -> None:
    assert write(tmp_path / "clean.csv", 500, faults=0, duplicates=0) == []
    _, *records = _records((tmp_path / "clean.csv").read_bytes())
    assert [line for line, record in records if _wrong(record)] == []
    assert len(records) == 500


@pytest.mark.parametrize("number", [0, 7, 1234, 49_999])
def test_a_swedish_number_passes_luhn(number: int) -> None:
    digits = vat(number).removeprefix("SE").removesuffix("01")
    weighed = [int(digit) * (2 - place % 2) for place, digit in enumerate(digits)]
    assert len(digits) == 10
    assert sum(value // 10 + value % 10 for value in weighed) % 10 == 0


def test_agreement_counts_a_wrong_field_and_a_reject_too_many() -> None:
    truth = [Fault(2, "bad-pic", "organisationID"), Fault(5, "nul-byte", "name"), Fault(9, "duplicate", "")]
    told = agreement(truth, [(2, "role"), (5, "record"), (7, "name")])
    assert (told.planted, told.rejected, told.lines, told.fields) == (2, 3, 2, 1)
    assert (told.precision, told.recall) == (1 / 3, 1 / 2)
