"""What is said of a thing is found in a file, whatever marks its name shares with others."""

import errno
import tempfile
from collections.abc import Iterator
from hashlib import blake2b
from itertools import count
from pathlib import Path
from typing import BinaryIO
from zlib import crc32

import pytest

from graph import keyed
from graph.keyed import Keyed
from graph.store import Store


@pytest.fixture
def file() -> Iterator[BinaryIO]:
    with tempfile.TemporaryFile() as opened:
        yield opened


def said(subject: str, *values: str) -> list[bytes]:
    """Return lines about a subject."""
    return [f"<http://e.org/{subject}> <http://e.org/p> {value} .\n".encode() for value in values]


def test_the_lines_of_each_subject_are_found(file: BinaryIO) -> None:
    whole = [
        said(f"s{number}", *(f'"{value} <x> ."' for value in range(number % 4 + 1))) for number in range(500)
    ]
    assert keyed.write((line for lines in whole for line in lines), file)
    table = Keyed(file.fileno())
    assert len(table) == 500
    for number, lines in enumerate(whole):
        assert table.lines(f"<http://e.org/s{number}>".encode(), 10_000) == b"".join(lines)
    assert table.lines(b"<http://e.org/s>", 10_000) is None, "the beginning of a name is no name"
    assert table.lines(b"<http://e.org/s1", 10_000) is None


def test_what_is_said_of_a_large_thing_is_not_given(file: BinaryIO) -> None:
    lines = said("s", *map(str, range(100)))
    keyed.write(lines, file)
    size = sum(map(len, lines))
    assert Keyed(file.fileno()).lines(b"<http://e.org/s>", size) == b"".join(lines)
    assert Keyed(file.fileno()).lines(b"<http://e.org/s>", size - 1) is None


def test_subjects_of_the_same_mark_are_told_apart(file: BinaryIO) -> None:
    one, other = _same_mark()
    lines = [*said(one, '"one"'), *said(other, '"other"')]
    assert keyed.write(lines, file)
    table = Keyed(file.fileno())
    assert table.lines(f"<http://e.org/{one}>".encode(), 1000) == lines[0]
    assert table.lines(f"<http://e.org/{other}>".encode(), 1000) == lines[1]


def test_a_subject_that_comes_twice_is_refused(file: BinaryIO) -> None:
    assert not keyed.write([*said("a", "1"), *said("b", "1"), *said("a", "2")], file)


def test_nothing_is_found_in_nothing(file: BinaryIO) -> None:
    assert keyed.write([], file)
    assert Keyed(file.fileno()).lines(b"<http://e.org/s>", 1000) is None


def test_what_the_disk_does_not_give_is_not_found(file: BinaryIO, monkeypatch: pytest.MonkeyPatch) -> None:
    keyed.write(said("s", "1"), file)
    table = Keyed(file.fileno())

    def broken(*_: object) -> bytes:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr("os.pread", broken)
    assert table.lines(b"<http://e.org/s>", 1000) is None


def test_nothing_is_found_in_a_closed_file(file: BinaryIO) -> None:
    keyed.write(said("s", "1"), file)
    table = Keyed(file.fileno())
    assert table.lines(b"<http://e.org/s>", 1000) is not None
    table.close()
    table.close()
    assert table.lines(b"<http://e.org/s>", 1000) is None


def test_stores_give_their_merge_subject_by_subject(file: BinaryIO, tmp_path: Path) -> None:
    lines = [
        line
        for number in range(300)
        for value in "abc"
        for line in said(f"s{number % 100}", f'"{value}{number}"')
    ]
    stored = Store.create(tmp_path)
    stored.load("http://e.org/g", [b"".join(lines)])
    for store in (stored, stored.merge_in_memory()):
        file.seek(0)
        assert keyed.write(store.raw(), file)
        found = Keyed(file.fileno()).lines(b"<http://e.org/s7>", 10_000)
        assert found is not None
        assert sorted(found.splitlines(keepends=True)) == sorted(line for line in lines if b"/s7>" in line)


def _same_mark() -> tuple[str, str]:
    """Return the ends of two names that have the same CRC-32."""
    seen: dict[int, str] = {}
    for number in count():
        end = blake2b(str(number).encode(), digest_size=8).hexdigest()
        mark = crc32(f"<http://e.org/{end}>".encode())
        if mark in seen:
            return seen[mark], end
        seen[mark] = end
    raise AssertionError
