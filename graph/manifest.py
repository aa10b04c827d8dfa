"""What a generation must hold: per graph its count and hash, compared when it is opened."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from graph.errors import StoreDamaged

FILE = "manifest.json"
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

    `counts` are figures about its things that are kept to be compared over time.
    """

    generation: int
    made: str
    merged: int
    graphs: Mapping[str, GraphEntry] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)

    def quads(self) -> int:
        """Return how many quads the named graphs and their merge hold together."""
        return self.merged + sum(entry.count for entry in self.graphs.values())

    def with_graph(self, name: str, entry: GraphEntry) -> "Manifest":
        """Return a manifest in which one graph is as given."""
        return replace(self, graphs={**self.graphs, name: entry})

    def with_counts(self, counts: Mapping[str, int]) -> "Manifest":
        """Return a manifest with these figures about the generation's things."""
        return replace(self, counts=dict(counts))

    def write(self, folder: Path) -> None:
        """Write the manifest beside the data it speaks of."""
        (folder / FILE).write_text(json.dumps(asdict(self), indent=1, sort_keys=True) + "\n", "utf-8")


def read(folder: Path) -> Manifest:
    """Read a generation's manifest."""
    path = folder / FILE
    try:
        raw = json.loads(path.read_text("utf-8"))
        graphs = {name: GraphEntry(**entry) for name, entry in raw.pop("graphs").items()}
        found = Manifest(graphs=graphs, **raw)
        numbers = (found.merged, *(entry.count for entry in graphs.values()), *found.counts.values())
        if not all(isinstance(count, int) for count in numbers):
            raise TypeError("a count is no whole number")
        return found
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise StoreDamaged(
            f"{path}: a manifest was expected and could not be read ({error}). {ADVICE}"
        ) from error


def digest(lines: Iterable[str]) -> str:
    """Return the sha256 of lines, in the order given."""
    found = hashlib.sha256()
    for line in lines:
        found.update(line.encode())
        found.update(b"\n")
    return found.hexdigest()
