"""Releases of a store: dated, versioned, whole, and never changed once they are there.

STORE/releases/
├── 2026-11-28/       the first release of a day bears its date, the next ones 2026-11-28.2, .3 …
│   ├── samspel.nq.gz, samspel.trig.gz, samspel.ttl.gz, and the same of each graph
│   ├── things.txt.gz     every thing with a hash of what is said of it
│   ├── changes.txt.gz    what became of each thing since the release before
│   ├── withdrawn.csv     what earlier releases held and this one does not
│   ├── SHA256SUMS
│   └── release.json
└── withdrawn.csv     that of the newest release
"""

import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from graph import leftovers, thing_lists, withdrawn
from graph.data_files import sync
from graph.errors import StoreDamaged, StoreError
from graph.generations import Home
from graph.manifest import Manifest
from graph.release_files import (
    WHOLE,
    File,
    compressed,
    measured,
    write_graph,
    write_merge,
    write_text,
    write_whole,
)
from graph.store import Store
from graph.thing_lists import Change, Counts

SUMS, RECORD, THINGS, CHANGES = "SHA256SUMS", "release.json", "things.txt.gz", "changes.txt.gz"
VERSION = re.compile(r"\d{4}-\d{2}-\d{2}(?:\.(?:[2-9]|[1-9]\d+))?\Z")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*\Z")


@dataclass(frozen=True)
class Described:
    """What is known of a graph's origin and of the time that its facts speak of; empty where not known."""

    title_sv: str = ""
    title_en: str = ""
    publisher: str = ""
    licence: str = ""
    address: str = ""
    day: str = ""
    first: str = ""
    last: str = ""


@dataclass(frozen=True)
class Part:
    """A graph as a release holds it; `source` tells whether it came from a source."""

    name: str
    graph: str
    triples: int
    sha256: str
    described: Described

    @property
    def source(self) -> bool:
        """Tell whether the graph came from a source, not from samspel itself."""
        return bool(self.described.licence)


@dataclass(frozen=True)
class Release:
    """A release: what it was made from, what it holds, and what changed since the one before."""

    version: str
    generation: int
    made: str  # when the generation was built
    published: str
    previous: str | None
    triples: int
    parts: tuple[Part, ...]
    files: tuple[File, ...]
    changes: Mapping[str, Counts] | None  # by part and for the whole; None for the first release

    @property
    def date(self) -> str:
        """The day of the release."""
        return self.version[:10]

    def dumps(self, part: str) -> list[File]:
        """Return the dumps of a part, or of the whole."""
        return [
            file for form in ("nq", "trig", "ttl") for file in self.files if file.name == f"{part}.{form}.gz"
        ]

    def json(self) -> dict[str, object]:
        """Return the release as a JSON object."""
        return asdict(self)


Describe = Callable[[Store], Mapping[str, Described]]


class Releases:
    """The releases in a store's folder."""

    def __init__(self, store: Path) -> None:
        self.store, self.folder = store, store / "releases"

    def versions(self) -> list[str]:
        """Return the versions that there are, the newest first."""
        if not self.folder.is_dir():
            return []
        found = [place.name for place in self.folder.iterdir() if VERSION.match(place.name)]
        return sorted(found, key=_order, reverse=True)

    def all(self) -> list[Release]:
        """Return the releases, the newest first."""
        return [self.read(version) for version in self.versions()]

    def newest(self) -> Release | None:
        """Return the newest release, None before the first."""
        return next((self.read(version) for version in self.versions()), None)

    def read(self, version: str) -> Release:
        """Read the record of a release."""
        path = self.folder / version / RECORD
        try:
            return _release(json.loads(path.read_text("utf-8")))
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise StoreDamaged(
                f"{path}: the record of a release was expected and could not be read ({error}). "
                f"Remove the folder {path.parent}, and publish again: samspel publish --force"
            ) from error

    def verify(self) -> list[str]:
        """Read every release; return a sentence for each file that is not what SHA256SUMS says."""
        return [wrong for version in self.versions() for wrong in _differing(self.folder / version)]

    def file(self, version: str, name: str) -> Path | None:
        """Return the path of a release's file; None for anything else, whatever the names hold."""
        if not VERSION.match(version) or not _NAME.match(name):
            return None
        path = self.folder / version / name
        return path if path.is_file() and not path.is_symlink() else None

    def publish(
        self,
        home: Home,
        now: datetime,
        describe: Describe,
        bases: Iterable[str],
        prefixes: Mapping[str, str],
        force: bool = False,
    ) -> tuple[Release, bool]:
        """Make a release of the generation in service; return it, and whether it is new.

        When no graph differs from the newest release, that one is returned, unless `force` is given.
        Nobody writes to the store in between; a kill leaves a hidden folder that the next one removes.
        """
        with leftovers.writing(self.store):
            leftovers.clear_releases(self.store)
            store, manifest = home.open_with_manifest()
            last = self.newest()
            withdrawn.mend(self.folder, last.version if last else None)
            if last is not None and not force and _graphs(last) == _hashes(manifest):
                return last, False
            version = self._next(now.date())
            with self._making(version) as folder:
                made = Made(store, manifest, describe(store), folder, prefixes)
                before = self.folder / last.version if last else None
                made.write(version, now, before, tuple(bases))
            withdrawn.mend(self.folder, version)
            return self.read(version), True

    def _next(self, day: date) -> str:
        """Return the version of a day's next release; one never goes back behind the newest."""
        taken = [_order(version) for version in self.versions()]
        newest = max(taken, default=("", 0))
        begun = max(day.isoformat(), newest[0])
        number = newest[1] + 1 if begun == newest[0] else 1
        return begun if number == 1 else f"{begun}.{number}"

    @contextmanager
    def _making(self, version: str) -> Iterator[Path]:
        """Give a hidden folder that becomes the release when the block ends well, and is gone when not."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            folder = Path(tempfile.mkdtemp(prefix=f".{version}-", dir=self.folder))
            try:
                yield folder
                folder.chmod(0o755)
                sync(folder)
                folder.rename(self.folder / version)
                sync(self.folder)
            finally:
                shutil.rmtree(folder, ignore_errors=True)
        except OSError as error:
            raise StoreError(
                f"{self.folder}: cannot be written: {error.strerror}. No release was made."
            ) from error


@dataclass(frozen=True)
class Made:
    """A release in the making: the store that it is made of, and the folder that it is written to."""

    store: Store
    manifest: Manifest
    described: Mapping[str, Described]
    folder: Path
    prefixes: Mapping[str, str]

    def write(self, version: str, now: datetime, before: Path | None, bases: tuple[str, ...]) -> None:
        """Write every file of the release."""
        parts = self._parts()
        self._dumps(parts)
        changes = self._changes(before)
        gone = withdrawn.after(before, self._told() if before else (), bases, version)
        withdrawn.write(self.folder / withdrawn.FILE, gone)
        files = tuple(measured(path) for path in sorted(self.folder.iterdir()))
        release = Release(
            version=version,
            generation=self.manifest.generation,
            made=self.manifest.made,
            published=now.isoformat(timespec="seconds"),
            previous=before.name if before else None,
            triples=self.manifest.merged,
            parts=parts,
            files=files,
            changes=changes,
        )
        write_text(self.folder / RECORD, json.dumps(release.json(), indent=1, ensure_ascii=False) + "\n")
        sums = [*files, measured(self.folder / RECORD)]
        write_text(self.folder / SUMS, "".join(f"{file.sha256}  {file.name}\n" for file in sums))

    def _parts(self) -> tuple[Part, ...]:
        return tuple(
            Part(_name(graph), graph, entry.count, entry.sha256, self.described.get(graph, Described()))
            for graph, entry in sorted(self.manifest.graphs.items())
        )

    def _dumps(self, parts: tuple[Part, ...]) -> None:
        """Write the dumps of every part and of the whole, and the list of things."""
        graphs = {part.name: part.graph for part in parts}
        with compressed(self.folder / THINGS) as things:
            for name in sorted([*graphs, WHOLE]):
                found = (
                    write_merge(self.store, self.folder, self.prefixes)
                    if name == WHOLE
                    else write_graph(self.store, graphs[name], name, self.folder, self.prefixes)
                )
                things.writelines(thing_lists.line(name, entry) for entry in found)
        write_whole([part.name for part in parts], self.folder, self.prefixes)

    def _told(self) -> Iterator[Change]:
        """Yield the changes that were written down."""
        return thing_lists.read_changes(self.folder / CHANGES)

    def _changes(self, before: Path | None) -> dict[str, Counts] | None:
        """Write down what became of each thing; return how many, part by part."""
        if before is None:
            return None
        changes = thing_lists.compare(
            thing_lists.read(before / THINGS), thing_lists.read(self.folder / THINGS)
        )
        with compressed(self.folder / CHANGES) as file:
            return thing_lists.counted(thing_lists.noted(changes, file))


def _differing(folder: Path) -> Iterator[str]:
    try:
        text = (folder / SUMS).read_text("ascii")
    except (OSError, ValueError) as error:
        yield f"{folder / SUMS}: the release's checksums cannot be read ({error})"
        return
    said = {name: value for value, _, name in (line.partition("  ") for line in text.splitlines())}
    there = {path.name for path in folder.iterdir()} - {SUMS}
    for name in sorted({*said, *there}):
        found = measured(folder / name).sha256 if name in there else "nothing"
        if found != said.get(name):
            yield (
                f"{folder / name}: the file hashes to {found[:12]}…, "
                f"{SUMS} says {said.get(name, 'nothing')[:12]}…"
            )


def _release(raw: dict[str, object]) -> Release:
    """Make a release of its record."""
    parts = [Part(**{**part, "described": Described(**part["described"])}) for part in _dicts(raw["parts"])]
    changes = raw["changes"]
    return Release(
        version=str(raw["version"]),
        generation=int(str(raw["generation"])),
        made=str(raw["made"]),
        published=str(raw["published"]),
        previous=None if raw["previous"] is None else str(raw["previous"]),
        triples=int(str(raw["triples"])),
        parts=tuple(parts),
        files=tuple(File(**file) for file in _dicts(raw["files"])),
        changes={part: Counts(**counts) for part, counts in changes.items()}
        if isinstance(changes, dict)
        else None,
    )


def _dicts(found: object) -> list[dict]:  # type: ignore[type-arg]  # JSON of our own, held by the dataclasses
    if not isinstance(found, list):
        raise TypeError(f"a list was expected, found {found!r}")
    return found


def _name(graph: str) -> str:
    name = graph.rpartition("/")[2]
    if not _NAME.match(name) or name == WHOLE:
        raise StoreError(f"Graph {graph}: {name!r} cannot be the name of a file of a release.")
    return name


def _order(version: str) -> tuple[str, int]:
    day, _, number = version.partition(".")
    return day, int(number or 1)


def _graphs(release: Release) -> dict[str, str]:
    return {part.graph: part.sha256 for part in release.parts}


def _hashes(manifest: Manifest) -> dict[str, str]:
    return {graph: entry.sha256 for graph, entry in manifest.graphs.items()}
