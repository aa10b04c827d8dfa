"""Propose to a person which organisations without a shared key may be the same; merge nothing."""

import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from loaders.matching import COLUMNS, Matcher, parted
from loaders.organisation_names import normal, similarity, telling

THRESHOLD = 0.75  # the figures that it rests on stand in lookups/README.md
_BEGINNING = 5  # letters of a word by which names meet, so that Näringsl and Näringsliv do
_LARGEST = 300  # names that may share a beginning; one that more share tells nothing
_COMPARED = 50  # known organisations that one name is held against at most
_KEPT = 3  # candidates for one name


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two organisations that may be one: key and name of each, and how alike the names are."""

    key: str
    name: str
    candidate: str
    candidate_name: str
    score: float


def candidates(
    unresolved: Mapping[str, str],
    known: Mapping[str, tuple[str, ...]],
    matcher: Matcher | None = None,
    threshold: float = THRESHOLD,
) -> list[Candidate]:
    """Return the likely pairs of unresolved organisations (key to name) and known ones (key to names).

    Only names that share the beginning of a word are compared, those that share the rarest first and at most
    50 a name, so the work grows with the names and not with their square. Pairs that a reviewed line keeps
    apart are left out.
    """
    names, blocks = _blocks(known)
    found = []
    for key, name in sorted(unresolved.items()):
        best: dict[str, Candidate] = {}
        for at in _nearest(name, blocks):
            other, other_name = names[at]
            score = similarity(name, other_name)
            if score < threshold or other == key or (matcher is not None and matcher.differs(key, other)):
                continue
            if other not in best or best[other].score < score:
                best[other] = Candidate(key, name, other, other_name, score)
        found += sorted(best.values(), key=lambda one: (-one.score, one.candidate))[:_KEPT]
    return found


def write_review(path: Path, found: list[Candidate]) -> None:
    """Write candidates as lines of `lookups/organisations.csv` whose verdict a person fills in."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for one in sorted(found, key=lambda one: (-one.score, one.key, one.candidate)):
            kind, value, source = parted(one.key)
            shown = one.name if kind == "name" else value
            why = f"{one.name} ~ {one.candidate_name} ({one.score:.2f})"
            writer.writerow((kind, shown, source, "", one.candidate, why, ""))


def _blocks(known: Mapping[str, tuple[str, ...]]) -> tuple[list[tuple[str, str]], dict[str, list[int]]]:
    """Return all known names, and for each beginning of a word the places of the names that have it."""
    names = [(key, name) for key, several in sorted(known.items()) for name in several]
    blocks: dict[str, list[int]] = {}
    for at, (_, name) in enumerate(names):
        for beginning in set(_beginnings(name)):
            blocks.setdefault(beginning, []).append(at)
    return names, blocks


def _beginnings(name: str) -> Iterator[str]:
    """Yield how the words of a name begin, and all of it; none of a name too short to be compared."""
    if telling(name):
        yield f"={normal(name)}"
        yield from (word[:_BEGINNING] for word in normal(name).split() if len(word) > 1)


def _nearest(name: str, blocks: Mapping[str, list[int]]) -> list[int]:
    """Return the places of the names that share most, a rare beginning counting more than a common one."""
    shared: Counter[int] = Counter()
    for beginning in sorted(set(_beginnings(name))):
        places = blocks.get(beginning, [])
        if len(places) <= _LARGEST:
            for at in places:
                shared[at] += 1_000_000 // len(places)
    return [at for at, _ in sorted(shared.items(), key=lambda pair: (-pair[1], pair[0]))[:_COMPARED]]
