"""Compare two versions of a graph: which things came, which went, and which say something else now."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from graph.store import Store


@dataclass(frozen=True)
class Changes:
    """The things (IRIs) of a graph that differ between two versions, sorted."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    same: int

    def json(self) -> dict[str, object]:
        """Return the counts and the things as a JSON object."""
        return {
            "counts": {
                "added": len(self.added),
                "removed": len(self.removed),
                "changed": len(self.changed),
                "same": self.same,
            },
            "added": list(self.added),
            "removed": list(self.removed),
            "changed": list(self.changed),
        }

    def sentence(self) -> str:
        """Return the counts in words."""
        return (
            f"{len(self.added)} things came, {len(self.removed)} went, "
            f"{len(self.changed)} say something else, {self.same} are as they were."
        )

    def examples(self, most: int) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield the first things of each kind of change."""
        yield "added", self.added[:most]
        yield "removed", self.removed[:most]
        yield "changed", self.changed[:most]


def between(older: Store | None, newer: Store, graph: str) -> Changes:
    """Compare a graph in two stores; without an older one, everything came."""
    before, after = ({} if older is None else _subjects(older, graph)), _subjects(newer, graph)
    return Changes(
        added=tuple(sorted(after.keys() - before.keys())),
        removed=tuple(sorted(before.keys() - after.keys())),
        changed=tuple(sorted(name for name in before.keys() & after.keys() if before[name] != after[name])),
        same=sum(before[name] == said for name, said in after.items() if name in before),
    )


def _subjects(store: Store, graph: str) -> dict[str, int]:
    """Return, for each subject of a graph, a sum of hashes over its lines, whatever their order."""
    found: dict[str, int] = {}
    for line in store.stream(graph):
        subject, _, rest = line.partition(" ")
        mark = int.from_bytes(hashlib.blake2b(rest.encode(), digest_size=8).digest(), "big")
        found[subject] = (found.get(subject, 0) + mark) % (1 << 64)
    return {subject[1:-1]: mark for subject, mark in found.items()}
