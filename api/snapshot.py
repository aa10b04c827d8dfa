"""Hold the generation in service open, and change to a newer one between requests."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import TypeVar, cast

from graph.errors import GraphError
from graph.generations import Home
from graph.manifest import Manifest
from graph.store import Store

IN_MEMORY = 2_000_000  # quads; above, the store is asked on disk
_Mark = tuple[int, int, int]
T = TypeVar("T")


@dataclass(frozen=True)
class Snapshot:
    """A generation as it is served: its store, its manifest, and what was computed from it."""

    store: Store
    manifest: Manifest
    _kept: dict[tuple[str, ...], object] = field(default_factory=dict)

    def has(self, key: tuple[str, ...]) -> bool:
        """Tell whether something is kept already."""
        return key in self._kept

    def kept(self, key: tuple[str, ...], make: Callable[[], T]) -> T:
        """Return what `make` gives, computed once a generation."""
        if key not in self._kept:
            self._kept[key] = make()
        return cast("T", self._kept[key])


class Snapshots:
    """Give each request the newest generation; a request in flight keeps the one that it began with."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._lock = Lock()
        self._held: Snapshot | None = None
        self._mark: _Mark | None = None
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
        return Snapshot(store.in_memory() if len(store) < IN_MEMORY else store, manifest)

    def _look(self) -> _Mark | None:
        """Return what tells one CURRENT from the next: it is replaced whole each time."""
        try:
            found = (self._home.folder / "CURRENT").stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size
