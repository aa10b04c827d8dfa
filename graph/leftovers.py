"""Places for what is in the making, and clearing away what a killed process left in a store's folder.

STORE/
├── lock                  held by the writer; names its pid
├── CURRENT.new           the number of a generation that is whole and about to go into service
├── generations/000008/   a draft, as long as it has no manifest
├── releases/.…           a release in the making
└── work/PID-XXXX/        files of a load; the folder itself is locked by who works in it
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from graph.errors import StoreBusy, StoreError
from graph.manifest import FILE

POINTER = "CURRENT.new"
_SWEEPING = "sweeping"


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Be the one writer of a store's folder, which is made when it is not there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = (folder / "lock").open("a+")
    except OSError as error:
        raise StoreError(f"{folder}: cannot be written: {error.strerror}.") from error
    with handle:
        if not _locked(handle.fileno()):
            handle.seek(0)
            holder = handle.read().strip()
            if holder != _SWEEPING:
                raise StoreBusy(
                    f"{folder}: process {holder or '?'} is writing to this store. "
                    "Wait until it has ended, or name another store with --store."
                )
            fcntl.flock(handle, fcntl.LOCK_EX)  # a reader clears up, which takes a moment
        handle.truncate(0)
        handle.write(f"{os.getpid()}\n")
        handle.flush()
        yield


@contextmanager
def workspace(folder: Path) -> Iterator[Path]:
    """Make a folder inside the store for the files of a load; it is gone at the end, or after a kill."""
    try:
        place, handle = _workplace(folder / "work")
    except OSError as error:
        raise StoreError(f"{folder}: cannot be written: {error.strerror}.") from error
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)
        os.close(handle)
        with suppress(OSError):  # others may work there
            place.parent.rmdir()


def sweep(folder: Path) -> None:
    """Clear away what killed processes left, unless a writer lives; a disk not to be written is left."""
    with suppress(OSError):
        _sweep_work(folder / "work")
        if _drafts(folder) or (folder / POINTER).exists() or _hidden(folder):
            _sweep_drafts(folder)


def clear_drafts(folder: Path) -> None:
    """Clear away what a killed writer left; only for who holds the writer's lock."""
    for place in _drafts(folder):
        shutil.rmtree(place, ignore_errors=True)
    (folder / POINTER).unlink(missing_ok=True)


def clear_releases(folder: Path) -> None:
    """Clear away releases that a killed process was making; only for who holds the writer's lock."""
    for place in _hidden(folder):
        shutil.rmtree(place, ignore_errors=True) if place.is_dir() else place.unlink(missing_ok=True)


def _hidden(folder: Path) -> list[Path]:
    return list((folder / "releases").glob(".*"))


def _sweep_drafts(folder: Path) -> None:
    with (folder / "lock").open("a+") as handle:
        if not _locked(handle.fileno()):
            return
        handle.truncate(0)
        handle.write(f"{_SWEEPING}\n")
        handle.flush()
        try:
            clear_drafts(folder)
            clear_releases(folder)
        finally:
            handle.truncate(0)


def _drafts(folder: Path) -> list[Path]:
    """Return the generations that never went into service: half made, or made but not pointed to."""
    served, next_one = _number(folder / "CURRENT"), _number(folder / POINTER)
    generations = folder / "generations"
    places = (
        [place for place in generations.iterdir() if place.name.isdigit()] if generations.is_dir() else []
    )
    return [
        place
        for place in places
        if int(place.name) != served and (int(place.name) == next_one or not (place / FILE).exists())
    ]


def _number(path: Path) -> int | None:
    try:
        said = path.read_text("ascii", errors="replace").strip()
    except FileNotFoundError:
        return None
    return int(said) if said.isdecimal() and said.isascii() else None


def _workplace(parent: Path) -> tuple[Path, int]:
    """Make a folder and lock it; another process may sweep it away in between, then try again."""
    while True:
        parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            place = Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=parent))
            handle = os.open(place, os.O_RDONLY)
            if _locked(handle) and place.exists():
                return place, handle
            os.close(handle)


def _sweep_work(parent: Path) -> None:
    if not parent.is_dir():
        return
    for place in parent.iterdir():
        with suppress(FileNotFoundError):
            handle = os.open(place, os.O_RDONLY)
            try:
                if _locked(handle):
                    shutil.rmtree(place, ignore_errors=True)
            finally:
                os.close(handle)
    with suppress(OSError):
        parent.rmdir()


def _locked(handle: int) -> bool:
    """Try to lock an open file or folder, without waiting."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
