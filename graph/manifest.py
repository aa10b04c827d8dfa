"""What a generation must hold: per graph its count and hash, compared when it is opened."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path

from graph.errors import StoreDamaged

FILE = "manifest.json"
_SEAL = "seal"  # the manifest's own hash
HASHED = "sum of sha256"  # how a graph's hash is made; older manifests hashed the sorted lines
ADVICE = "Point CURRENT to an older generation, or remove the store's folder and build again: samspel build"


@dataclass(frozen=True)
class GraphEntry:
    """One named graph: how many triples, their hash as stored, the hash as loaded, and when it came."""

    count: int
    sha256: str
    input_sha256: str
    loaded: str


@dataclass(frozen=True)
class Manifest:
    """What a generation holds; `merged` counts the triples of all graphs taken together once.

    `counts` are figures about its things that are kept to be compared over time; `hashed` tells how
    the graphs' hashes were made; `files` are the sizes of the data's files, which never change, and
    `sums` the sha256 of these and of the engine's small ones. Older manifests lack some of these.
    """

    generation: int
    made: str
    merged: int
    graphs: Mapping[str, GraphEntry] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    hashed: str = HASHED
    files: Mapping[str, int] = field(default_factory=dict)
    sums: Mapping[str, str] = field(default_factory=dict)

    def quads(self) -> int:
        """Return how many quads the named graphs and their merge hold together."""
        return self.merged + sum(entry.count for entry in self.graphs.values())

    def version(self) -> str:
        """Return a short name of exactly these data: equal as long as nothing was written."""
        said = json.dumps(asdict(self), sort_keys=True)
        return f"{self.generation}-{hashlib.sha256(said.encode()).hexdigest()[:12]}"

    def with_graph(self, name: str, entry: GraphEntry) -> "Manifest":
        """Return a manifest in which one graph is as given."""
        return replace(self, graphs={**self.graphs, name: entry})

    def with_counts(self, counts: Mapping[str, int]) -> "Manifest":
        """Return a manifest with these figures about the generation's things."""
        return replace(self, counts=dict(counts))

    def write(self, folder: Path) -> None:
        """Write the manifest beside the data it speaks of, sealed with its own hash."""
        said = asdict(self) | {_SEAL: _sealed(asdict(self))}
        (folder / FILE).write_text(json.dumps(said, indent=1, sort_keys=True) + "\n", "utf-8")


def read(folder: Path) -> Manifest:
    """Read a generation's manifest."""
    path = folder / FILE
    try:
        raw = {"hashed": ""} | json.loads(path.read_text("utf-8"))
        raw.pop(_SEAL, None)
        if strangers := sorted(raw.keys() - {one.name for one in fields(Manifest)}):
            raise ValueError(
                f"unknown: {', '.join(strangers)}; if a newer samspel wrote this store, use that one"
            )
        graphs = {name: GraphEntry(**entry) for name, entry in raw.pop("graphs").items()}
        found = Manifest(graphs=graphs, **raw)
        figures = (*found.counts.values(), *found.files.values())
        numbers = (found.merged, *(entry.count for entry in graphs.values()), *figures)
        if not all(isinstance(count, int) for count in numbers):
            raise TypeError("a count is no whole number")
        return found
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise StoreDamaged(
            f"{path}: a manifest was expected and could not be read ({error}). {ADVICE}"
        ) from error


def unsealed(folder: Path) -> str | None:
    """Return a sentence when a manifest is not as it was written; one without a seal is of an older kind."""
    path = folder / FILE
    raw = json.loads(path.read_text("utf-8"))
    seal = raw.pop(_SEAL, None)
    if seal is None or seal == _sealed(raw):
        return None
    return f"{path}: it was changed since it was written"


def _sealed(raw: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(raw, sort_keys=True).encode()).hexdigest()


def digest(lines: Iterable[str]) -> str:
    """Return the sha256 of lines, in the order given."""
    found = hashlib.sha256()
    for line in lines:
        found.update(line.encode())
        found.update(b"\n")
    return found.hexdigest()


def content(lines: Iterable[bytes]) -> tuple[int, str]:
    """Return how many lines there are and a hash of them that is the same in whatever order they come.

    It is the sum of the lines' sha256: memory stays small and nothing is sorted.
    """
    count = total = 0
    for line in lines:
        total += int.from_bytes(hashlib.sha256(line).digest(), "big")
        count += 1
    return count, f"{total % (1 << 256):064x}"
