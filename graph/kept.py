"""Columns of many rows, kept in files beside the generation that they were read from.

A generation never changes, so an answer read from it once holds for good; the folder goes with it. A file
is a zip of three members a column (numbers, lengths and letters of texts), whose checks tell a damaged one.
"""

import os
from array import array
from collections.abc import Callable, Mapping
from contextlib import suppress
from hashlib import sha256
from itertools import accumulate, pairwise
from pathlib import Path
from sys import byteorder
from threading import get_ident
from zipfile import BadZipFile, ZipFile

from graph.columns import Column

LEAST = 5_000  # cells: what has fewer is read again as fast
_FORM = f"1 {byteorder} {array('i').itemsize}"


def kept(
    folder: Path, query: str, make: Callable[[], dict[str, Column]], least: int | None = None
) -> dict[str, Column]:
    """Return the columns that an answer was kept as; where there are none, make and keep them.

    What has fewer cells than `least`, else LEAST, is not kept. Where the folder cannot be written, nothing is
    kept; a damaged file is made again.
    """
    path = folder / f"{sha256(f'{_FORM} {query}'.encode()).hexdigest()[:32]}.zip"
    with suppress(OSError, BadZipFile, KeyError, ValueError):
        return _read(path)
    made = make()
    if sum(len(each.codes) for each in made.values()) >= (LEAST if least is None else least):
        with suppress(OSError):
            _write(path, made)
    return made


def _read(path: Path) -> dict[str, Column]:
    with ZipFile(path) as file:
        names = file.read("names").decode().split()
        return {name: _column(file, name) for name in names}


def _column(file: ZipFile, name: str) -> Column:
    codes, lengths = array("i"), array("i")
    codes.frombytes(file.read(f"{name}.codes"))
    lengths.frombytes(file.read(f"{name}.lengths"))
    letters = file.read(f"{name}.texts").decode()
    texts = tuple(letters[start:end] for start, end in pairwise(accumulate(lengths, initial=0)))
    return Column(codes, texts)


def _write(path: Path, columns: Mapping[str, Column]) -> None:
    """Write a file under a name of this thread's own and rename it, so that nobody reads a half."""
    path.parent.mkdir(exist_ok=True)
    making = path.with_suffix(f".{os.getpid()}-{get_ident()}")
    try:
        with ZipFile(making, "w") as file:
            file.writestr("names", " ".join(columns))
            for each, column in columns.items():
                file.writestr(f"{each}.codes", column.codes.tobytes())
                file.writestr(f"{each}.lengths", array("i", map(len, column.texts)).tobytes())
                file.writestr(f"{each}.texts", "".join(column.texts))
        making.replace(path)
    finally:
        making.unlink(missing_ok=True)
