"""A working copy of what an endpoint holds: builds and loads happen here, then what they changed goes there.

MIRROR/HASH-OF-THE-ADDRESS/
├── endpoint       the address
├── pushed         the generation that the endpoint was last known to hold; 0: nothing
├── lock           held while the two are brought in step
└── store/         an ordinary store (graph/generations.py)

A generation newer than the one pushed is a push that was cut off: the next writing command ends it.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from graph import leftovers
from graph.asked import Asked
from graph.delivery import Delivery
from graph.endpoint import Endpoint
from graph.errors import StoreError, StoreMissing
from graph.generations import EDITED, Draft, Home
from graph.manifest import Manifest, content, digest
from graph.patience import patiently
from graph.push import Plan, Sent, blank, push, sweep
from graph.remote import Remote

_SORTED = (
    300_000  # triples of a graph whose lines are hashed as a build does, so that it finds them unchanged
)
_DURATION = re.compile(rb'"[^"]*"\^\^<(http://www\.w3\.org/2001/XMLSchema#\w*[dD]uration)>')
Tell = Callable[[str], None]
Version = Callable[[Asked], str]  # what tells one version of the data from the next


@dataclass(frozen=True)
class _Held:
    """What an endpoint holds: its graphs with their counts, the size of its merge, its version."""

    counts: Mapping[str, int]
    merged: int
    version: str

    @property
    def empty(self) -> bool:
        return not self.counts and not self.merged


class Mirror:
    """The working copy of an endpoint, under a folder where all mirrors are."""

    def __init__(self, folder: Path, endpoint: Endpoint, version: Version) -> None:
        name = f"{endpoint.url} {endpoint.default_graph}".encode()
        self.folder = folder / sha256(name).hexdigest()[:16]
        self.endpoint, self._version = endpoint, version
        self.home = Home(self.folder / "store")

    def look(self, tell: Tell = lambda _: None) -> Home:
        """Return the copy for reading, pulled when it is missing or differs; nothing is changed there."""
        with self._open() as remote:
            held = self._held(remote)
            if held.empty:
                raise StoreMissing(
                    f"{self.endpoint.name}: it holds nothing yet. "
                    f"Fill it: samspel build --store {self.endpoint.name}"
                )
            if self._unfinished():
                raise StoreError(
                    f"{self.endpoint.name}: a push to it was cut off, so it may hold old and new graphs. "
                    f"End it: samspel build --store {self.endpoint.name}"
                )
            if not self._in_step(held):
                self._pull(remote, held, tell)
        return self.home

    def in_step(self) -> bool:
        """Tell whether the copy holds what the endpoint holds: by the counts of graphs, and the version."""
        with self._open() as remote:
            return not self._unfinished() and self._in_step(self._held(remote))

    def begin(self, tell: Tell = lambda _: None) -> list[str]:
        """Make ready to write: clear what a push left, end one that was cut off, pull what differs.

        Return a sentence for each thing that was done.
        """
        said = []
        delivery = Delivery(self.endpoint)
        try:
            with self._open() as remote:
                left = sweep(remote, delivery)
                if left:
                    said.append(f"Dropped {left} staging graphs that an earlier push left.")
                held = self._held(remote)
                if held.empty:
                    self._note(0)
                    if self.home.current() is not None:
                        said.append("The endpoint is empty: all that the working copy holds goes there.")
                elif self._unfinished():
                    torn = bool(left) and remote.virtuoso  # which may have died in the middle of a move
                    said += self._resume(remote, delivery, held, torn, tell)
                elif not self._in_step(held):
                    self._pull(remote, held, tell)
                    said.append(f"Pulled {sum(held.counts.values())} triples into {self.home.folder}.")
        finally:
            delivery.close()
        return said

    def send(self, tell: Tell = lambda _: None) -> Sent:
        """Send what the newest generation has and the endpoint has not."""
        delivery = Delivery(self.endpoint)
        try:
            with self._open() as remote:
                return self._send(remote, delivery, self._held(remote), tell)
        finally:
            delivery.close()

    def verify(self, tell: Tell = lambda _: None) -> list[str]:
        """Read all graphs of the endpoint and compare each with the copy; return what differs."""
        home = self.look(tell)
        wrong, store = home.verify(), home.open()
        with self._open() as remote:
            remote.counts()
            as_kept = _without_durations if remote.virtuoso else _as_it_is
            for graph in (*store.graphs(), None):
                tell(f"Reading {graph or 'the merge'}")
                if not any(map(blank, store.raw(graph))):  # blank nodes have other names there
                    ours, theirs = (content(map(as_kept, each.raw(graph))) for each in (store, remote))
                    wrong += [_differs(graph, ours, theirs)] if ours != theirs else []
        return wrong

    @contextmanager
    def _open(self) -> Iterator[Remote]:
        """Be the one process that brings the two in step."""
        with leftovers.writing(self.folder):
            (self.folder / "endpoint").write_text(f"{self.endpoint.name}\n", "utf-8")
            remote = Remote(self.endpoint)
            try:
                yield remote
            finally:
                remote.close()

    def _held(self, remote: Remote) -> _Held:
        def asked() -> _Held:
            return _Held(remote.counts(), remote.merged(), self._version(remote))

        return patiently(self.endpoint, asked)

    def _pushed(self) -> int | None:
        with suppress(FileNotFoundError, ValueError):
            return int((self.folder / "pushed").read_text("ascii"))
        return None

    def _note(self, generation: int | None) -> None:
        """Note which generation the endpoint holds."""
        file, new = self.folder / "pushed", self.folder / "pushed.new"
        new.write_text(f"{generation or 0}\n", "ascii")
        new.replace(file)

    def _before(self) -> Manifest | None:
        """Return the manifest of the generation that was pushed last, while it is kept."""
        if self.home.current() is None:
            return None
        pushed = self._pushed()
        return next((one for one in self.home.kept() if one.generation == pushed), None)

    def _unfinished(self) -> bool:
        current, pushed = self.home.current(), self._pushed()
        return current is not None and pushed is not None and current > pushed

    def _in_step(self, held: _Held) -> bool:
        if self.home.current() is None or self._pushed() is None:
            return False
        counts = _counts(self.home.manifest())
        return held.counts == counts and held.version == self._version(self.home.open())

    def _resume(self, remote: Remote, delivery: Delivery, held: _Held, torn: bool, tell: Tell) -> list[str]:
        """End a push that was cut off, unless somebody else has written there since."""
        new, old = _counts(self.home.manifest()), self._before()
        known = [new, _counts(old) if old is not None else {} if self._pushed() == 0 else new]
        graphs = {*held.counts, *(graph for counts in known for graph in counts)}
        others = any(all(held.counts.get(graph) != counts.get(graph) for counts in known) for graph in graphs)
        if others and not torn:
            self._pull(remote, held, tell)
            return ["An earlier push was cut off, and others wrote there since: what is there was pulled."]
        sent = self._send(remote, delivery, held, tell)
        return [f"Ended a push that was cut off: {len(sent.graphs)} graphs, {sent.triples} triples."]

    def _send(self, remote: Remote, delivery: Delivery, held: _Held, tell: Tell) -> Sent:
        new, old = self.home.manifest(), None if held.empty else self._before()
        counts, before = _counts(new), {} if old is None else old.graphs
        changed = [g for g in counts if g not in before or before[g].sha256 != new.graphs[g].sha256]
        gone = [graph for graph in sorted(held.counts) if graph not in counts]
        known = old is not None and held.merged == old.merged
        if not changed and not gone and held.merged == new.merged:
            self._note(new.generation)
            return Sent()
        plan = Plan(
            new=self.home.open(),
            old=self.home.reader(old.generation) if old is not None and known else None,
            changed=tuple(sorted(changed)),
            gone=tuple(gone),
            counts=counts,
            merged=new.merged,
        )
        try:
            with self.home.workspace() as work:
                sent = push(remote, delivery, plan, work, tell)
        except StoreError as error:
            raise StoreError(
                f"{error} What was to be sent is whole in {self.home.folder} (generation {new.generation}); "
                f"the next build or load ends the push: samspel build --store {self.endpoint.name}"
            ) from error
        self._note(new.generation)
        return sent

    def _pull(self, remote: Remote, held: _Held, tell: Tell) -> None:
        """Make the copy hold what the endpoint holds, as a new generation."""
        with self.home.workspace() as work, self.home.draft() as draft:
            for number, graph in enumerate(sorted(held.counts)):
                tell(f"Reading {graph.rpartition('/')[2]}")
                _read(remote, draft, graph, work / f"{number}.nt")
            lost = sorted(set(draft.manifest.graphs) - set(held.counts))
            for graph in lost:
                draft.store.drop(graph)
            draft.edited(lost)
            if _counts(draft.manifest) != dict(held.counts):
                raise StoreError(f"{self.endpoint.name}: it was changed while it was read. Try again.")
        self._note(self.home.current())


def _read(remote: Remote, draft: Draft, graph: str, path: Path) -> None:
    """Read a graph into a draft, by way of a file."""
    with path.open("wb") as file:
        file.writelines(remote.raw(graph))
    entry = draft.manifest.graphs.get(graph)
    with path.open("rb") as file:
        count, found = content(file)
    if entry is None or entry.sha256 != found:
        draft.replace_file(graph, path, _fingerprint(path, count))
    path.unlink()


def _fingerprint(path: Path, count: int) -> str:
    """Return what a build compares, so that it finds a graph of ours unchanged; of a large one, nothing."""
    if count > _SORTED:
        return EDITED
    with path.open("rb") as file:
        return digest(sorted(line.decode().removesuffix(" .\n") for line in file))


def _counts(manifest: Manifest) -> dict[str, int]:
    return {graph: entry.count for graph, entry in manifest.graphs.items() if entry.count}


def _as_it_is(line: bytes) -> bytes:
    return line


def _without_durations(line: bytes) -> bytes:
    """Return a line as far as Virtuoso 7 keeps it: of a duration it gives back a number of months."""
    return _DURATION.sub(rb'""^^<\1>', line)


def _differs(graph: str | None, ours: tuple[int, str], theirs: tuple[int, str]) -> str:
    return (
        f"{graph or 'the merge'}: {theirs[0]} triples there hash to {theirs[1][:12]}…, "
        f"the working copy's {ours[0]} to {ours[1][:12]}…"
    )
