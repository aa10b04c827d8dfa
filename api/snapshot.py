"""Hold the generation in service open: one for good, or always the newest between requests."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Protocol, TypeVar, cast

from api.settings import Settings
from graph.errors import GraphError
from graph.generations import Home
from graph.manifest import Manifest
from graph.seal import Seal, broken, seal
from graph.store import Store

IN_MEMORY = 2_000_000  # quads; above, the store is asked on disk
Mark = tuple[int, int, int]
T = TypeVar("T")


@dataclass(frozen=True)
class Snapshot:
    """A generation as it is served: its store, its manifest, and what was computed from it."""

    store: Store
    manifest: Manifest
    seal: Seal
    _kept: dict[tuple[str, ...], object] = field(default_factory=dict)

    def has(self, key: tuple[str, ...]) -> bool:
        """Tell whether something is kept already."""
        return key in self._kept

    def kept(self, key: tuple[str, ...], make: Callable[[], T]) -> T:
        """Return what `make` gives, computed once a generation."""
        if key not in self._kept:
            self._kept[key] = make()
        return cast("T", self._kept[key])


class Source(Protocol):
    """Where pages get the snapshot from that they are made of."""

    def current(self) -> Snapshot:
        """Return the snapshot in service."""

    def broken(self) -> str | None:
        """Return a sentence when the store is not what was opened, None when it is."""


@dataclass(frozen=True)
class Opened:
    """A snapshot that is open, or will be when it is first asked for; `version` names its data."""

    generation: int
    version: str
    quads: int
    in_memory: bool
    get: Callable[[], Snapshot]


@dataclass
class Held:
    """One snapshot for good, opened when it is first asked for."""

    get: Callable[[], Snapshot]
    _held: Snapshot | None = None

    def broken(self) -> str | None:
        """Return nothing: whoever opened the snapshot watches it."""
        return None

    def current(self) -> Snapshot:
        """Return the snapshot."""
        if self._held is None:
            self._held = self.get()
        return self._held


def open_snapshot(settings: Settings) -> Opened:
    """Open the generation in service: into memory when it fits, else it is read on disk by each worker."""
    store, manifest = Home(settings.store).open_with_manifest()
    generation, version, quads = manifest.generation, manifest.version(), manifest.quads()
    sealed = seal(Home(settings.store), generation)
    if quads < IN_MEMORY:
        snapshot = Snapshot(store.in_memory(), manifest, sealed)
        return Opened(generation, version, quads, True, lambda: snapshot)
    folder = Home(settings.store).data(generation)
    store.close()
    return Opened(generation, version, quads, False, lambda: Snapshot(Store.open(folder), manifest, sealed))


class Snapshots:
    """Give each request the newest generation; a request in flight keeps the one that it began with."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._lock = Lock()
        self._held: Snapshot | None = None
        self._mark: Mark | None = None
        self.trouble: str | None = None

    def current(self) -> Snapshot:
        """Return the generation in service; while another request opens a new one, the old one serves."""
        held = self._held
        if held is not None and self._look() == self._mark:
            return held
        if not self._lock.acquire(blocking=held is None):
            return cast("Snapshot", held)
        try:
            return self._renew()
        finally:
            self._lock.release()

    def broken(self) -> str | None:
        """Return a sentence when the store is not what was opened and counted, None when it is."""
        try:
            snapshot = self.current()
        except GraphError as error:
            return str(error)
        return self.trouble or broken(self._home, snapshot.seal)

    def _renew(self) -> Snapshot:
        mark = self._look()
        if self._held is None or mark != self._mark:
            try:
                self._held = self._open()
                self.trouble = None
            except GraphError as error:
                if self._held is None:
                    raise
                self.trouble = str(error)
            self._mark = mark
        return self._held

    def _open(self) -> Snapshot:
        store, manifest = self._home.open_with_manifest()
        sealed = seal(self._home, manifest.generation)
        return Snapshot(store.in_memory() if len(store) < IN_MEMORY else store, manifest, sealed)

    def _look(self) -> Mark | None:
        return look(self._home.folder)


def look(store: Path) -> Mark | None:
    """Return what tells one CURRENT of a store from the next: it is replaced whole each time."""
    try:
        found = (store / "CURRENT").stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
