"""Bytes kept in files beside the generation that they were computed from; see `graph.kept`.

A file begins with the sha256 of the rest, which tells a damaged one: that is made again.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from threading import get_ident

_LENGTH = 32  # bytes of a sha256


def kept(folder: Path, key: str, make: Callable[[], bytes]) -> bytes:
    """Return the bytes kept under a key; where there are none, or damaged ones, make and keep them.

    Where the folder cannot be written, nothing is kept.
    """
    found = read(folder, key)
    if found is None:
        found = make()
        keep(folder, key, found)
    return found


def read(folder: Path, key: str) -> bytes | None:
    """Return the bytes kept under a key, None where there are none or damaged ones."""
    with suppress(OSError):
        found = _path(folder, key).read_bytes()
        if sha256(found[_LENGTH:]).digest() == found[:_LENGTH]:
            return found[_LENGTH:]
    return None


def keep(folder: Path, key: str, made: bytes) -> None:
    """Keep bytes under a key, where the folder can be written."""
    with suppress(OSError):
        _write(_path(folder, key), sha256(made).digest() + made)


def _path(folder: Path, key: str) -> Path:
    return folder / f"{sha256(key.encode()).hexdigest()[:32]}.bin"


def _write(path: Path, content: bytes) -> None:
    """Write a file under a name of this thread's own and rename it, so that nobody reads a half."""
    path.parent.mkdir(exist_ok=True)
    making = path.with_suffix(f".{os.getpid()}-{get_ident()}")
    try:
        making.write_bytes(content)
        making.replace(path)
    finally:
        making.unlink(missing_ok=True)
