"""The store's folder: generations, the pointer to the one in service, and the one writer.

STORE/
├── CURRENT              the number of the generation in service
├── lock                 held by the writer; names its pid
└── generations/000007/  data/ (Oxigraph), manifest.json
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from graph.errors import StoreBusy, StoreDamaged, StoreError, StoreMissing
from graph.manifest import ADVICE, FILE, GraphEntry, Manifest, digest, read
from graph.store import Store

KEEP = 3
Check = Callable[[Store], None]


class Draft:
    """A generation in the making: graphs are replaced in it, nobody reads it yet."""

    def __init__(self, store: Store, manifest: Manifest, before: Manifest | None) -> None:
        self.store = store
        self.manifest = manifest
        self._before = before

    def replace(self, graph: str, lines: Sequence[str]) -> bool:
        """Replace a named graph; return False when it already held exactly these lines."""
        fingerprint = digest(sorted(lines))
        old = self.manifest.graphs.get(graph)
        if old is not None and old.input_sha256 == fingerprint:
            return False
        self.store.replace(graph, lines)
        count, stored = self.store.digest(graph)
        self.manifest = self.manifest.with_graph(graph, GraphEntry(count, stored, fingerprint, _now()))
        return True

    @property
    def changed(self) -> bool:
        """Tell whether anything differs from the generation in service."""
        return self._before is None or self._before.graphs != self.manifest.graphs


class Home:
    """A store's folder on disk: any number of readers, one writer at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def current(self) -> int | None:
        """Return the number of the generation in service, None when nothing was built yet."""
        try:
            said = (self.folder / "CURRENT").read_text("ascii", errors="replace").strip()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreError(f"{self.folder}: cannot be read as a store: {error.strerror}.") from error
        if not said.isdigit():
            raise StoreDamaged(
                f"{self.folder / 'CURRENT'}: a number was expected, found {said!r}. "
                f"Write the number of a folder of {self.folder / 'generations'} into it."
            )
        return int(said)

    def manifest(self) -> Manifest:
        """Return the manifest of the generation in service."""
        return read(self._place(self._served()))

    def kept(self) -> list[Manifest]:
        """Return the manifests of the kept generations up to the one in service, the oldest first."""
        served = self._served()
        places = sorted(place for place in self._places() if int(place.name) <= served)
        return [read(place) for place in places if (place / FILE).exists()]

    def open(self) -> Store:
        """Open the generation in service and hold it against its manifest."""
        return self.open_with_manifest()[0]

    def open_with_manifest(self) -> tuple[Store, Manifest]:
        """Open the generation in service; return it with the manifest that it was held against."""
        place = self._place(self._served())
        manifest = read(place)
        try:
            store = Store.open(place / "data")
        except StoreError as error:
            raise StoreDamaged(f"{error} {ADVICE}") from error
        if len(store) != manifest.quads():
            raise StoreDamaged(
                f"{place}: {manifest.quads()} quads were expected by the manifest, "
                f"{len(store)} found. {ADVICE}"
            )
        return store, manifest

    def verify(self) -> list[str]:
        """Compare every graph's hash with the manifest; return a sentence for each that differs."""
        store, manifest = self.open_with_manifest()
        wrong = [
            f"{name}: the stored triples hash to {found[:12]}…, the manifest says {entry.sha256[:12]}…"
            for name, entry in sorted(manifest.graphs.items())
            if (found := store.digest(name)[1]) != entry.sha256
        ]
        strangers = sorted(set(store.graphs()) - set(manifest.graphs))
        return wrong + [f"{name}: the manifest knows no such graph" for name in strangers]

    @contextmanager
    def draft(self, *checks: Check) -> Iterator[Draft]:
        """Make a new generation; it goes into service when the block ends well and the checks pass."""
        with self._writing():
            number = self.current()
            place = self._next(number)
            try:
                draft = self._begin(number, place)
                try:
                    yield draft
                    if draft.changed:
                        self._finish(draft, place, checks)
                finally:
                    draft.store.close()
            finally:
                if self.current() == number:  # CURRENT decides: what is in service is never removed
                    shutil.rmtree(place, ignore_errors=True)

    def _begin(self, number: int | None, place: Path) -> Draft:
        place.mkdir(parents=True)
        made = Manifest(int(place.name), _now(), 0)
        before = None
        if number is not None:
            before = read(self._place(number))
            self.open().backup(place / "data")
            made = replace(before, generation=made.generation, made=made.made)
        return Draft(Store.create(place / "data"), made, before)

    def _finish(self, draft: Draft, place: Path, checks: Sequence[Check]) -> None:
        for check in checks:
            check(draft.store)
        draft.store.flush()
        named = sum(entry.count for entry in draft.manifest.graphs.values())
        manifest = replace(draft.manifest, merged=len(draft.store) - named)
        manifest.write(place)
        _sync(place / "manifest.json")
        pointer = self.folder / "CURRENT.new"
        pointer.write_text(f"{manifest.generation}\n", "ascii")
        _sync(pointer)
        pointer.replace(self.folder / "CURRENT")
        _sync(self.folder)
        self._clean(manifest.generation)

    def _next(self, served: int | None) -> Path:
        """Return the place after the newest whole generation; what a killed writer left is removed."""
        for place in self._places():
            if int(place.name) != served and not (place / FILE).exists():
                shutil.rmtree(place, ignore_errors=True)
        return self._place(max((int(place.name) for place in self._places()), default=0) + 1)

    def _clean(self, newest: int) -> None:
        for place in self._places():
            if int(place.name) <= newest - KEEP:
                shutil.rmtree(place, ignore_errors=True)

    def _places(self) -> list[Path]:
        folder = self.folder / "generations"
        return [place for place in folder.iterdir() if place.name.isdigit()] if folder.is_dir() else []

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle = (self.folder / "lock").open("a+")
        except OSError as error:
            raise StoreError(f"{self.folder}: cannot be written: {error.strerror}.") from error
        with handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                handle.seek(0)
                raise StoreBusy(
                    f"{self.folder}: process {handle.read().strip() or '?'} is writing to this store. "
                    "Wait until it has ended, or name another store with --store."
                ) from error
            handle.truncate(0)
            handle.write(f"{os.getpid()}\n")
            handle.flush()
            yield

    def _served(self) -> int:
        number = self.current()
        if number is None:
            raise StoreMissing(f"{self.folder}: there is no store here yet. Make one: samspel build")
        return number

    def _place(self, number: int) -> Path:
        return self.folder / "generations" / f"{number:06d}"


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
