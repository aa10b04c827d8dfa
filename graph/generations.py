"""The store's folder: generations, the pointer to the one in service, and the one writer.

STORE/
├── CURRENT              the number of the generation in service
├── lock                 held by the writer; names its pid
├── work/                files of loads in the making
└── generations/000007/  data/ (Oxigraph), manifest.json, columns/ (answers kept by readers)
"""

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from graph import leftovers
from graph.data_files import differing, hold_sizes, sizes, sums, sync
from graph.errors import StoreDamaged, StoreError, StoreMissing
from graph.manifest import ADVICE, FILE, HASHED, GraphEntry, Manifest, digest, read, unsealed
from graph.store import Store, joined, pieces

KEEP = 3
COUNTED = 2_000_000  # quads; of larger stores the files' sizes are compared at opening, not the count
EDITED = "edited"  # stands for the fingerprint of what was loaded: the next load replaces the graph
REMOVED = 50_000  # triples; a larger graph is not removed one by one, the data are made afresh without it
Check = Callable[[Store], None]


class Draft:
    """A generation in the making: graphs are replaced in it, nobody reads it yet."""

    def __init__(self, place: Path, manifest: Manifest, before: Manifest | None) -> None:
        self.place = place
        self.store = Store.create(place / "data")
        self.manifest = manifest
        self._before = before
        self._spoiled = ""

    def replace(self, graph: str, lines: Sequence[str]) -> bool:
        """Replace a named graph; return False when it already held exactly these lines."""
        text = "".join(f"{line} .\n" for line in lines).encode()
        return self._replace(graph, [text], digest(sorted(lines)))

    def replace_file(self, graph: str, path: Path, fingerprint: str) -> bool:
        """Replace a named graph by a file of N-Triples; return False when it held this fingerprint.

        The file may be far larger than memory and say a triple more than once.
        """
        return self._replace(graph, pieces(path), fingerprint)

    def _replace(self, graph: str, texts: Iterable[bytes], fingerprint: str) -> bool:
        self.whole()
        old = self.manifest.graphs.get(graph)
        if old is not None and old.input_sha256 == fingerprint:
            return False
        self._spoiled = graph
        if old is not None and old.count > REMOVED:
            self._afresh(graph)
        else:
            self.store.drop(graph)
        self.store.load(graph, texts)
        count, stored = self.store.digest(graph)
        self.manifest = self.manifest.with_graph(graph, GraphEntry(count, stored, fingerprint, _now()))
        self._spoiled = ""
        return True

    def edited(self, graphs: Iterable[str]) -> None:
        """Renew what the manifest says of graphs that were changed in place; an empty one is none."""
        entries = dict(self.manifest.graphs)
        for graph in graphs:
            entries.pop(graph, None)
            count, stored = self.store.digest(graph)
            if count:
                entries[graph] = GraphEntry(count, stored, EDITED, _now())
            elif graph in self.store.graphs():
                self.store.forget(graph)
        self.manifest = replace(self.manifest, graphs=entries)

    def _afresh(self, without: str) -> None:
        """Make the data again from all graphs but one; what only that one said leaves the merge."""
        data, fresh = self.place / "data", self.place / "fresh"
        made = Store.create(fresh)
        try:
            for graph in self.store.graphs():
                if graph != without:
                    made.load(graph, joined(self.store.raw(graph)))
            made.flush()
        finally:
            made.close()
        self.store.close()
        shutil.rmtree(data)
        fresh.rename(data)
        self.store = Store.create(data)

    def hash_again(self) -> None:
        """Hash every graph in the way of today, when the manifest is of an older kind."""
        if self.manifest.hashed == HASHED:
            return
        for name, entry in self.manifest.graphs.items():
            renewed = replace(entry, sha256=self.store.digest(name)[1])
            self.manifest = self.manifest.with_graph(name, renewed)
        self.manifest = replace(self.manifest, hashed=HASHED)

    def close(self) -> Manifest:
        """Let go of the files; return the manifest with their sizes."""
        self.store.flush()
        named = sum(entry.count for entry in self.manifest.graphs.values())
        merged = len(self.store) - named
        self.store.close()
        data = self.place / "data"
        return replace(self.manifest, merged=merged, files=sizes(data), sums=self._sums(data))

    def _sums(self, data: Path) -> dict[str, str]:
        """Hash the data's files; what is linked to a file of the generation before was hashed then."""
        if self._before is None:
            return sums(data)
        old = self.place.parent / f"{self._before.generation:06d}" / "data"
        return sums(data, {name: (old / name, value) for name, value in self._before.sums.items()})

    def whole(self) -> None:
        """Refuse to go on when a graph was replaced by half."""
        if self._spoiled:
            raise StoreError(
                f"Graph {self._spoiled}: it could not be replaced, so nothing of this draft can be kept."
            )

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

    def last_two(self, graph: str) -> tuple[Store | None, Store] | None:
        """Open the generation in service and the last kept one in which this graph was another.

        None when the store in service holds no such graph; the older store is None when none is kept.
        """
        kept = self.kept()
        if not kept or (entry := kept[-1].graphs.get(graph)) is None:
            return None
        for manifest in reversed(kept[:-1]):
            before = manifest.graphs.get(graph)
            if before is None or before.sha256 != entry.sha256:
                return self.reader(manifest.generation), self.open()
        return None, self.open()

    def open(self) -> Store:
        """Open the generation in service and hold it against its manifest."""
        return self.open_with_manifest()[0]

    def open_with_manifest(self) -> tuple[Store, Manifest]:
        """Open the generation in service; return it with the manifest that it was held against."""
        leftovers.sweep(self.folder)
        served = self._served()
        place = self._place(served)
        manifest = read(place)
        large = bool(manifest.quads() > COUNTED and manifest.files)
        if large:  # before the engine looks at a file that is cut, and complains of another
            hold_sizes(place / "data", manifest)
        try:
            store = self.reader(served)
        except StoreError as error:
            raise StoreDamaged(f"{error} {ADVICE}") from error
        if not large and len(store) != manifest.quads():
            raise StoreDamaged(
                f"{place}: {manifest.quads()} quads were expected by the manifest, "
                f"{len(store)} found. {ADVICE}"
            )
        return store, manifest

    def verify(self) -> list[str]:
        """Compare the manifest's seal, then the graphs' hashes, then those of the files; return what differs.

        Files are read whole, so that damage is found which no graph shows: the merge, the other indexes.
        """
        store, manifest = self.open_with_manifest()
        if manifest.hashed != HASHED:
            return [f"{self.folder}: the hashes are of an older kind; renew them: samspel build"]
        place = self._place(manifest.generation)
        if told := unsealed(place):
            return [told]
        wrong = [
            f"{name}: the stored triples hash to {found[:12]}…, the manifest says {entry.sha256[:12]}…"
            for name, entry in sorted(manifest.graphs.items())
            if (found := store.digest(name)[1]) != entry.sha256
        ]
        strangers = sorted(set(store.graphs()) - set(manifest.graphs))
        wrong += [f"{name}: the manifest knows no such graph" for name in strangers]
        return wrong or (differing(place / "data", manifest) if manifest.sums else [])

    @contextmanager
    def draft(self, *checks: Check) -> Iterator[Draft]:
        """Make a new generation; it goes into service when the block ends well and the checks pass."""
        with leftovers.writing(self.folder):
            number = self.current()
            place = self._next()
            try:
                draft = self._begin(number, place)
                try:
                    yield draft
                    draft.whole()
                    if draft.changed:
                        self._finish(draft, checks)
                finally:
                    draft.store.close()
            finally:
                if self.current() == number:  # CURRENT decides: what is in service is never removed
                    shutil.rmtree(place, ignore_errors=True)
                    (self.folder / leftovers.POINTER).unlink(missing_ok=True)

    def adopt(self, place: Path, replacing: bool) -> Manifest:
        """Put a whole generation that stands elsewhere in the store's folder into service.

        Only for who holds the writer's lock. It keeps its number, unless it is `replacing` what is in service
        or the number is taken: then it becomes the next one, and one can go back.
        """
        manifest = read(place)
        if replacing or self._place(manifest.generation).exists():
            manifest = replace(manifest, generation=int(self._next().name))
            manifest.write(place)
            sync(place / FILE)
        target = self._place(manifest.generation)
        target.parent.mkdir(exist_ok=True)
        sync(place)

        def move() -> None:
            place.rename(target)
            sync(target.parent)

        self._serve(manifest.generation, move)
        return manifest

    def data(self, generation: int) -> Path:
        """Return the folder of a generation's data."""
        return self._place(generation) / "data"

    def columns(self, generation: int) -> Path:
        """Return the folder where columns read from a generation are kept."""
        return self._place(generation) / "columns"

    def reader(self, generation: int) -> Store:
        """Open a generation as it is, whatever its manifest says."""
        return Store.open(self.data(generation), self.columns(generation))

    def workspace(self) -> AbstractContextManager[Path]:
        """Give a folder inside the store for the files of a load; it is gone afterwards."""
        return leftovers.workspace(self.folder)

    def _begin(self, number: int | None, place: Path) -> Draft:
        place.mkdir(parents=True)
        made = Manifest(int(place.name), _now(), 0)
        before = None
        if number is not None:
            before = read(self._place(number))
            self.open().backup(place / "data")
            made = replace(before, generation=made.generation, made=made.made)
        draft = Draft(place, made, before)
        draft.hash_again()
        return draft

    def _finish(self, draft: Draft, checks: Sequence[Check]) -> None:
        for check in checks:
            check(draft.store)
        manifest = draft.close()

        def write() -> None:
            manifest.write(draft.place)
            sync(draft.place / FILE)
            sync(draft.place)

        self._serve(manifest.generation, write)

    def _serve(self, number: int, ready: Callable[[], None]) -> None:
        """Point to a generation, which becomes whole by `ready`; a kill before the end leaves a draft."""
        pointer = self.folder / leftovers.POINTER
        pointer.write_text(f"{number}\n", "ascii")
        sync(pointer)
        sync(self.folder)
        ready()
        pointer.replace(self.folder / "CURRENT")
        sync(self.folder)
        self._clean(number)

    def _next(self) -> Path:
        """Return the place after the newest whole generation; what a killed writer left is removed."""
        leftovers.clear_drafts(self.folder)
        return self._place(max((int(place.name) for place in self._places()), default=0) + 1)

    def _clean(self, newest: int) -> None:
        for place in self._places():
            if int(place.name) <= newest - KEEP:
                shutil.rmtree(place, ignore_errors=True)

    def _places(self) -> list[Path]:
        folder = self.folder / "generations"
        return [place for place in folder.iterdir() if place.name.isdigit()] if folder.is_dir() else []

    def _served(self) -> int:
        number = self.current()
        if number is None:
            raise StoreMissing(f"{self.folder}: there is no store here yet. Make one: samspel build")
        return number

    def _place(self, number: int) -> Path:
        return self.folder / "generations" / f"{number:06d}"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
