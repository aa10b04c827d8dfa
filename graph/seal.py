"""Tell cheaply, also while serving, whether a generation is still as it was when it was opened."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from graph.errors import GraphError
from graph.generations import Home
from graph.manifest import ADVICE, FILE, read

_Files = dict[str, tuple[int, int]]  # size, and when it was last written


@dataclass(frozen=True)
class Seal:
    """What a generation's files were like when it was opened and its contents counted."""

    generation: int
    manifest: str
    files: _Files


def seal(home: Home, generation: int) -> Seal:
    """Note what the files of a generation are like; to be done when it has just been opened."""
    place = home.data(generation).parent
    return Seal(generation, _digest(place), _files(place))


def broken(home: Home, kept: Seal) -> str | None:
    """Return a sentence on what no longer is as the manifest says, None when all is.

    It reads CURRENT and the manifest and looks at the data's files without reading them: contents that
    were changed under the same size and time are found by `samspel verify`.
    """
    try:
        newest = home.manifest().generation
        if newest != home.current():
            return f"{home.folder / 'CURRENT'}: the manifest that it leads to is of {newest}. {ADVICE}"
        place = home.data(kept.generation).parent
        read(place)
        if _digest(place) != kept.manifest:
            return f"{place / FILE}: it was changed since this generation was opened. {ADVICE}"
        return _difference(place / "data", kept.files, _files(place))
    except GraphError as error:
        return str(error)
    except OSError as error:
        return f"{home.folder}: cannot be read: {error.strerror}. {ADVICE}"


def _difference(data: Path, before: _Files, now: _Files) -> str | None:
    for name in sorted({*before, *now}):
        if before.get(name) != now.get(name):
            was, found = (_shown(each.get(name)) for each in (before, now))
            return f"{data / name}: it was {was} when it was opened, and is {found}. {ADVICE}"
    return None


def _shown(found: tuple[int, int] | None) -> str:
    return "not there" if found is None else f"of {found[0]} bytes, written at {found[1] // 1_000_000_000}"


def _digest(place: Path) -> str:
    return hashlib.sha256((place / FILE).read_bytes()).hexdigest()


def _files(place: Path) -> _Files:
    """Return the files that hold data; the engine's own log and settings are none."""
    data = place / "data"
    kinds = (*data.glob("*.sst"), *data.glob("MANIFEST-*"), *data.glob("*.log"), *data.glob("CURRENT"))
    return {path.name: ((said := path.stat()).st_size, said.st_mtime_ns) for path in kinds}
