"""Hold what is served open, a generation or a remote store, and change to a newer one between requests."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Protocol, TypeVar, cast

from api import gathering
from api.settings import Settings, endpoint
from graph.asked import Asked
from graph.errors import GraphError, StoreError
from graph.generations import Home
from graph.manifest import GraphEntry, Manifest
from graph.remote import Remote
from graph.seal import Seal, broken, seal
from graph.split import Split
from graph.store import Store
from queries.answer import ask
from queries.catalogue import query

IN_MEMORY = 2_000_000  # quads of a store whose merge is held in memory; above, all is asked on disk
_WHOLE = 600_000  # quads of a store whose named graphs are held in memory too
_Mark = object
T = TypeVar("T")


@dataclass(frozen=True)
class Snapshot:
    """What is served: its store, its manifest, its version, and what was computed from it.

    `beside` is the folder where what is costly may be kept in files, which goes with the generation.
    """

    store: Asked
    manifest: Manifest
    seal: Seal | None = None
    version: str = ""
    beside: Path | None = None
    _kept: dict[tuple[str, ...], object] = field(default_factory=dict)

    @property
    def remote(self) -> bool:
        """Whether every lookup is a round trip to another server."""
        return isinstance(self.store, Remote)

    def kept(self, key: tuple[str, ...], make: Callable[[], T]) -> T:
        """Return what `make` gives, computed once a version; nothing is kept of what is still incomplete."""
        if key not in self._kept:
            before = gathering.wanting()
            made = make()
            if gathering.wanting() != before:
                return made
            self._kept[key] = made
        return cast("T", self._kept[key])

    def keep(self, key: tuple[str, ...], found: object) -> None:
        """Keep what was fetched for a key."""
        self._kept[key] = found

    def has(self, key: tuple[str, ...]) -> bool:
        """Tell whether something is kept."""
        return key in self._kept


class Source(Protocol):
    """Where pages get the snapshot from that they are made of."""

    def current(self) -> Snapshot:
        """Return the snapshot in service."""

    def broken(self) -> str | None:
        """Return a sentence when the store is not what was opened or cannot be asked, else None."""

    def kept(self) -> list[Manifest]:
        """Return the manifests of the generations that are kept, the oldest first."""


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
    """One snapshot for good, opened when it is first asked for; whoever made it watches its store."""

    folder: Path
    get: Callable[[], Snapshot] | None = None
    _held: Snapshot | None = None

    def current(self) -> Snapshot:
        """Return the snapshot."""
        if self._held is None:
            if self.get is None:
                raise StoreError("No snapshot is held here yet.")
            self._held = self.get()
        return self._held

    def broken(self) -> str | None:
        """Return nothing."""
        return None

    def kept(self) -> list[Manifest]:
        """Return the manifests of the generations that are kept, the oldest first."""
        return [] if self.current().remote else Home(self.folder).kept()


class Served(ABC):
    """Give each request the newest of what is served; a request in flight keeps what it began with."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: Snapshot | None = None
        self._mark: _Mark = None
        self.trouble: str | None = None

    def current(self) -> Snapshot:
        """Return what is served; while another request opens a new one, the old one serves."""
        held = self._held
        if held is not None and self._look() == self._mark:
            return held
        if not self._lock.acquire(blocking=held is None):
            return cast("Snapshot", held)
        try:
            return self._renew()
        finally:
            self._lock.release()

    @abstractmethod
    def broken(self) -> str | None:
        """Return a sentence when the store is not what was opened or cannot be asked, else None."""

    def kept(self) -> list[Manifest]:
        """Return the manifests of the generations that are kept, the oldest first."""
        return []

    def close(self) -> None:
        """Let go of what is held."""
        self._held = None

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

    @abstractmethod
    def _look(self) -> _Mark:
        """Return what tells one version of the data from the next."""

    @abstractmethod
    def _open(self) -> Snapshot:
        """Open what is there now."""


class Snapshots(Served):
    """Snapshots of a store's folder."""

    def __init__(self, home: Home) -> None:
        super().__init__()
        self._home = home

    def kept(self) -> list[Manifest]:
        """Return the manifests of the generations that are kept, the oldest first."""
        return self._home.kept()

    def broken(self) -> str | None:
        """Return a sentence when the store is not what was opened and counted, None when it is."""
        try:
            sealed = self.current().seal
        except GraphError as error:
            return str(error)
        return self.trouble or (None if sealed is None else broken(self._home, sealed))

    def _open(self) -> Snapshot:
        store, manifest = self._home.open_with_manifest()
        sealed = seal(self._home, manifest.generation)
        held = _held(store, len(store), lambda: store) if len(store) < IN_MEMORY else store
        beside = self._home.columns(manifest.generation)
        return Snapshot(held, manifest, sealed, manifest.version(), beside)

    def _look(self) -> _Mark:
        return look(self._home.folder)


class RemoteSnapshots(Served):
    """Snapshots of a remote store: what its provenance graph says is looked at every so many seconds."""

    def __init__(self, store: Remote, every: float) -> None:
        super().__init__()
        self._store, self._every = store, every
        self._last: str | None = None
        self._next = 0.0

    def broken(self) -> str | None:
        """Return what keeps the endpoint from answering now."""
        self._next = 0.0
        try:
            self.current()
        except GraphError as error:
            return str(error)
        return self.trouble

    def close(self) -> None:
        """Close the connections."""
        self._store.close()

    def _look(self) -> _Mark:
        if monotonic() >= self._next:
            self._next = monotonic() + self._every
            try:
                self._last = version_of(self._store)
                self.trouble = None
            except GraphError as error:
                self.trouble = str(error)
                self._next = 0.0 if self._held is None else self._next
        return self._last

    def _open(self) -> Snapshot:
        if self.trouble:
            raise StoreError(self.trouble)
        store = self._store.anew()
        graphs = {graph: GraphEntry(count, "", "", "") for graph, count in sorted(store.counts().items())}
        manifest = Manifest(0, "", store.merged(), graphs)
        seen = sha256(f"{self._last} {manifest.merged} {graphs}".encode()).hexdigest()
        return Snapshot(store, manifest, version=f"remote-{seen[:12]}")


def opened(settings: Settings) -> Served:
    """Return the snapshots of the store that is set."""
    if settings.endpoint:
        return RemoteSnapshots(Remote(endpoint(settings)), settings.refresh_seconds)
    return Snapshots(Home(settings.store))


def outage(settings: Settings) -> str | None:
    """Ask the endpoint that is set, now; return what keeps it from answering."""
    store = Remote(endpoint(settings))
    try:
        version_of(store)
    except GraphError as error:
        return str(error)
    finally:
        store.close()
    return None


def open_snapshot(settings: Settings) -> Opened:
    """Open what is in service: into memory when it fits, else it is read on disk by each worker.

    A remote store is opened too, so that what is wrong shows now; each worker has connections of its own.
    """
    if settings.endpoint:
        found = opened(settings).current()
        return Opened(0, found.version, found.manifest.quads(), False, lambda: opened(settings).current())
    home = Home(settings.store)
    store, manifest = home.open_with_manifest()
    generation, version, quads = manifest.generation, manifest.version(), manifest.quads()
    sealed, beside = seal(home, generation), home.columns(generation)
    if quads < IN_MEMORY:
        held = _held(store, quads, lambda: home.reader(generation))
        snapshot = Snapshot(held, manifest, sealed, version, beside)
        store.close()
        return Opened(generation, version, quads, True, lambda: snapshot)
    store.close()
    return Opened(
        generation,
        version,
        quads,
        False,
        lambda: Snapshot(home.reader(generation), manifest, sealed, version, beside),
    )


def _held(store: Store, quads: int, large: Callable[[], Store]) -> Split:
    """Hold a store in memory: its merge, and all when it is not large; `large` opens it on disk."""
    if quads >= _WHOLE:
        return Split(store.merge_in_memory(), large)
    merge, whole = store.both_in_memory()
    return Split(merge, lambda: whole)


def look(store: Path) -> _Mark:
    """Return what tells one CURRENT of a store from the next: it is replaced whole each time."""
    try:
        found = (store / "CURRENT").stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def version_of(store: Asked) -> str:
    """Return a hash of what the store says of its sources: their days, their counts, their files."""
    rows = ask(store, query("store-version")).rows.rows
    return sha256("\n".join(sorted(" ".join(map(str, row)) for row in rows)).encode()).hexdigest()
