"""A backup: one file that holds the generation in service and the releases, whole or not at all.

FILE is a tar archive and a last line, the sha256 of all before it. In the archive stand
├── backup.json               the form of the file, and what it holds
├── generation/manifest.json
├── generation/data/…         the data's files as they lie in the store
└── releases/VERSION/…        every release
It names no time and no owner and is sorted, so that the same store gives the same bytes.
"""

import errno
import hashlib
import io
import json
import os
import re
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, cast

from graph import leftovers, withdrawn
from graph.data_files import measured, parts, sync
from graph.errors import BackupDamaged, Occupied, StoreDamaged, StoreError
from graph.generations import Home
from graph.manifest import FILE
from graph.manifest import read as read_manifest
from graph.releases import VERSION, Releases
from graph.store import Store

FORM = 1
_HEAD, _DATA, _RELEASES = "backup.json", "generation", "releases"
_MEMBER = re.compile(r"(?:generation/(?:data/)?|releases/[0-9.-]+/)[A-Za-z0-9_][A-Za-z0-9_.-]*\Z")
_BLOCK = 1 << 20
_LAST = len(f"\nsha256 {'0' * 64}\n")


@dataclass(frozen=True)
class Backup:
    """What a backup holds."""

    form: int
    generation: int
    made: str
    quads: int
    releases: tuple[str, ...]


def write(store: Path, file: Path, replacing: bool = False) -> Backup:
    """Write what is in service and the releases into a file, after reading all of it against its hashes."""
    if file.exists() and not replacing:
        raise Occupied(f"{file}: there is a file of this name already; name another, or say --force.")
    home, releases = Home(store), Releases(store)
    if wrong := [*home.verify(), *releases.verify()]:
        raise StoreDamaged(
            "The store does not hold what its manifest says, so no backup was made:\n  " + "\n  ".join(wrong)
        )
    try:
        with _held(home) as place, _making(file) as out:
            manifest, versions = read_manifest(place), tuple(sorted(releases.versions()))
            found = Backup(FORM, manifest.generation, manifest.made, manifest.quads(), versions)
            _write(out, found, [*_of_data(place), *_of_releases(releases)])
    except OSError as error:
        raise StoreError(f"{file}: cannot be written: {error.strerror}. No backup was made.") from error
    return found


def read(file: Path) -> Backup:
    """Read all of a backup and hold it against its last line; return what it holds."""
    try:
        with file.open("rb") as opened:
            return _whole(file, opened)
    except OSError as error:
        raise StoreError(f"{file}: cannot be read: {error.strerror}.") from error


def restore(store: Path, file: Path, replacing: bool = False) -> tuple[Backup, int]:
    """Put a backup into a store's folder, and into service; return what it holds, and its number there.

    Nothing is in service before all of it is there and was held against its hashes. With `replacing` it
    becomes the next generation of a store that holds one. Releases are added, never changed.
    """
    home = Home(store)
    _hold_free(home, replacing)
    read(file)
    try:
        with leftovers.workspace(store) as work, file.open("rb") as opened:
            found = _whole(file, opened)
            _unpack(file, opened, work)
            _hold(work / _DATA, file)
            with leftovers.writing(store):
                return found, _put(home, work, _hold_free(home, replacing))
    except OSError as error:
        raise StoreError(f"{store}: cannot be written: {error.strerror}. Nothing was restored.") from error


@contextmanager
def _held(home: Home) -> Iterator[Path]:
    """Give the generation in service under links, which stay when it is cleaned away meanwhile.

    Where nothing can be written nobody writes: there it is given itself.
    """
    place = home.data(home.manifest().generation).parent
    try:
        with leftovers.workspace(home.folder) as work:
            (work / "data").mkdir()
            for path in parts(place / "data"):
                (work / "data" / path.name).hardlink_to(path)
            shutil.copy(place / FILE, work / FILE)
            yield work
            return
    except (StoreError, OSError) as error:
        reason = error.__cause__ if isinstance(error, StoreError) else error
        if not (isinstance(reason, OSError) and reason.errno in (errno.EROFS, errno.EACCES, errno.EPERM)):
            raise
    yield place


@contextmanager
def _making(file: Path) -> Iterator[IO[bytes]]:
    """Give a hidden file that gets its name when the block ends well, and is gone when not."""
    handle, name = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.absolute().parent)
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        Path(name).replace(file)
    finally:
        Path(name).unlink(missing_ok=True)


class _Hashed(io.RawIOBase):
    """Writes on, and hashes what it wrote."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out, self.hash = out, hashlib.sha256()

    def write(self, data: bytes) -> int:  # type: ignore[override]  # tarfile gives bytes
        """Write and hash."""
        self.hash.update(data)
        return self._out.write(data)


def _write(out: IO[bytes], found: Backup, members: list[tuple[str, Path]]) -> None:
    hashed = _Hashed(out)
    with tarfile.open(fileobj=cast("IO[bytes]", hashed), mode="w|", format=tarfile.GNU_FORMAT) as tar:
        head = (json.dumps(asdict(found), indent=1) + "\n").encode()
        tar.addfile(_member(_HEAD, len(head)), io.BytesIO(head))
        for name, path in members:
            with path.open("rb") as file:
                tar.addfile(_member(name, os.fstat(file.fileno()).st_size), file)
    out.write(f"\nsha256 {hashed.hash.hexdigest()}\n".encode())


def _member(name: str, size: int) -> tarfile.TarInfo:
    found = tarfile.TarInfo(name)
    found.size = size
    return found


def _of_data(place: Path) -> Iterator[tuple[str, Path]]:
    yield f"{_DATA}/{FILE}", place / FILE
    for path in parts(place / "data"):
        yield f"{_DATA}/data/{path.name}", path


def _of_releases(releases: Releases) -> Iterator[tuple[str, Path]]:
    for version in sorted(releases.versions()):
        for path in sorted((releases.folder / version).iterdir()):
            yield f"{_RELEASES}/{version}/{path.name}", path


def _whole(file: Path, opened: IO[bytes]) -> Backup:
    """Hold all of a file against its last line, then read what it says of itself."""
    hashed, left = hashlib.sha256(), os.fstat(opened.fileno()).st_size - _LAST
    while left > 0 and (block := opened.read(min(_BLOCK, left))):
        hashed.update(block)
        left -= len(block)
    if left < 0 or opened.read() != f"\nsha256 {hashed.hexdigest()}\n".encode():
        raise BackupDamaged(
            f"{file}: its last line is not the sha256 of what stands before it: it was cut or changed, or is "
            "no backup of samspel. Nothing was restored; take another copy of it."
        )
    opened.seek(0)
    try:
        with tarfile.open(fileobj=opened, mode="r|") as tar:
            first = tar.next()
            head = tar.extractfile(first) if first is not None and first.name == _HEAD else None
            said = {} if head is None else json.loads(head.read())
        if said.get("form") != FORM:
            raise ValueError(f"form {FORM} was expected, found {said.get('form')!r}")
        found = Backup(**{**said, "releases": tuple(said["releases"])})
    except (tarfile.TarError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise BackupDamaged(
            f"{file}: it cannot be read as a backup ({error}); if a newer samspel wrote it, use that one. "
            "Nothing was restored."
        ) from error
    opened.seek(0)
    return found


def _unpack(file: Path, opened: IO[bytes], work: Path) -> None:
    """Write each file to the disk for good; only the names that a backup has are taken."""
    (work / _DATA / "data").mkdir(parents=True)
    with tarfile.open(fileobj=opened, mode="r|") as tar:
        for member in tar:
            if member.name == _HEAD:
                continue
            source = tar.extractfile(member) if _MEMBER.match(member.name) and member.isreg() else None
            if source is None:
                raise BackupDamaged(f"{file}: {member.name!r} is no part of a backup. Nothing was restored.")
            target = work / member.name
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as out:
                shutil.copyfileobj(source, out, _BLOCK)
                out.flush()
                os.fsync(out.fileno())
    for folder in {path.parent for path in work.rglob("*")}:
        sync(folder)


def _hold(place: Path, file: Path) -> None:
    """Refuse a generation that cannot be opened, or holds another number of quads than its manifest says."""
    manifest = read_manifest(place)
    opened = Store.open(place / "data")
    found = len(opened)
    opened.close()
    if found != manifest.quads():
        raise BackupDamaged(
            f"{file}: {manifest.quads()} quads were expected by its manifest, {found} found. "
            "Nothing was restored."
        )


def _hold_free(home: Home, replacing: bool) -> bool:
    """Tell whether a store is in service already, which must be meant; a broken pointer stands for one."""
    occupied = True
    with suppress(StoreDamaged):
        occupied = home.current() is not None
    if occupied and not replacing:
        raise Occupied(
            f"{home.folder}: there is a store already. Name another with --store, or say --force: what is in "
            "service stays as an older generation."
        )
    return occupied


def _put(home: Home, work: Path, occupied: bool) -> int:
    """Move the releases into their place, then the generation into service."""
    releases = Releases(home.folder)
    fresh = [place for place in sorted((work / _RELEASES).glob("*")) if not _known(releases, place)]
    if fresh:
        releases.folder.mkdir(exist_ok=True)
    for place in fresh:
        place.rename(releases.folder / place.name)
    versions = releases.versions()
    withdrawn.mend(releases.folder, versions[0] if versions else None)
    return home.adopt(work / _DATA, occupied).generation


def _known(releases: Releases, place: Path) -> bool:
    """Tell whether a release is there already; another one of the same name is refused."""
    there = releases.folder / place.name
    if not VERSION.match(place.name):
        raise BackupDamaged(f"{place.name!r} is no version of a release. Nothing was restored.")
    if not there.exists():
        return False
    if _bytes(there) != _bytes(place):
        raise Occupied(
            f"{there}: a release of this version is there already and is another one. Move it away, or "
            "restore into another folder: --store DIR. Nothing was restored."
        )
    return True


def _bytes(folder: Path) -> dict[str, str]:
    return {path.name: measured(path) for path in folder.iterdir()}
