"""NACE Rev. 2.1: every code under its own section, and no code of Rev. 2."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from loaders.concepts import BROADER, NACE
from loaders.errors import LayoutError
from ontology import names as n

Outside = Callable[..., Any]  # the fixture of tests/loaders/conftest.py
File = Callable[..., Path]

ROWS = ("K,,1,Telecommunication", "62,K,2,Computer programming", "62.1,62,3,Programming", "62.10,62.1,4,Code")


@pytest.fixture
def file(tmp_path: Path) -> File:
    """Write rows below a header."""

    def write(*rows: str, header: str = "code,parentCode,level,name") -> Path:
        path = tmp_path / "codes.csv"
        path.write_text("\n".join((header, *rows, "")), "utf-8")
        return path

    return write


def said(read: Any, code: str, predicate: str) -> set[str]:
    start = f"<{NACE}{code}> <{predicate}> "
    return {line.removeprefix(start) for line in read.lines if line.startswith(start)}


def test_codes_become_concepts_under_one_another(outside: Outside, file: File) -> None:
    read = outside("nace", file(*ROWS))
    assert [said(read, code, BROADER) for code in ("K", "62", "62.1", "62.10")] == [
        set(),
        {f"<{NACE}K>"},
        {f"<{NACE}62>"},
        {f"<{NACE}62.1>"},
    ]
    assert said(read, "62.10", n.notation) == {'"62.10"'}
    assert said(read, "62.10", n.prefLabel) == {'"Code"@en'}
    assert said(read, "62.10", n.inScheme) == {"<https://w3id.org/samspel/id/scheme/nace2.1>"}
    assert read.violations() == []


def test_a_name_that_differs_from_the_bundled_one_is_another_name(outside: Outside, file: File) -> None:
    read = outside("nace", file("62,K,2,Computers"))
    assert said(read, "62", n.prefLabel) == set()
    assert said(read, "62", n.altLabel) == {'"Computers"@en'}
    assert read.fed.balance.notes == {"a name that differs from the bundled one was taken as another name": 1}


def test_a_table_of_rev_2_is_refused_whole(outside: Outside, file: File) -> None:
    with pytest.raises(LayoutError, match=r"NACE Rev\. 2 .*62 in section J"):
        outside("nace", file("45,G,2,Trade and repair of motor vehicles", "62,J,2,Computer programming"))


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("62,J,2,Computer programming", "parentCode"),
        ("45,G,2,Trade of motor vehicles", "code"),
        ("62.1,K,3,Programming", "parentCode"),
        ("62.10,62,4,Programming", "parentCode"),
        ("62.100,62.10,4,Five digits of SNI", "code"),
        ("62.1,62,5,Programming", "level"),
        ("62.1,62,4,Programming", "code"),
        ("62.1,62,3,", "name"),
    ],
    ids=[
        "section-of-rev-2",
        "division-of-rev-2",
        "parent",
        "parent-of-class",
        "sni",
        "level",
        "form",
        "name",
    ],
)
def test_a_bad_row_is_refused_and_the_rest_loads(outside: Outside, file: File, row: str, field: str) -> None:
    read = outside("nace", file(ROWS[0], row))
    assert (read.fed.balance.read, read.fed.balance.loaded, read.fed.balance.rejected) == (2, 1, 1)
    (reject,) = read.fed.first_rejects
    assert (reject.line, reject.field) == (3, field)


def test_rows_that_repeat_are_duplicates(outside: Outside, file: File) -> None:
    read = outside("nace", file(*ROWS, ROWS[0]))
    assert (read.fed.balance.loaded, read.fed.balance.duplicates) == (4, 1)


def test_a_missing_column_is_told_and_an_unknown_one_too(outside: Outside, file: File) -> None:
    with pytest.raises(LayoutError, match="level"):
        outside("nace", file("K,,Telecommunication", header="code,parentCode,name"))
    read = outside("nace", file("K,,1,Telecommunication,x", header="code,parentCode,level,name,mood"))
    assert read.fed.balance.unmapped == {"codes.csv: mood": 1}


@pytest.mark.shared_data
def test_the_real_table_gives_1047_concepts(outside: Outside, shared: Path) -> None:
    read = outside("nace", shared / "data" / "nace" / "nace_rev2_1_en.csv")
    balance = read.fed.balance
    assert (balance.read, balance.loaded, balance.rejected) == (1047, 1047, 0)
    assert dict(balance.notes) == {}
    codes = [line.split('"')[1] for line in read.lines if f"<{n.notation}>" in line]
    levels = [len(code.replace(".", "")) - (not code.isalpha()) for code in codes]
    assert [levels.count(level) for level in (1, 2, 3)] == [22 + 87, 287, 651]
    assert sum(code.isalpha() for code in codes) == 22
    assert read.violations() == []
