"""Ask how often a right area stands first: the matcher beside BM25 and n-grams alone, on labelled needs.

`needs.csv` holds needs and the areas that are right for each. A third of them, drawn by SEED, is held back
when weights are chosen; the three needs of document 001 are always for tuning, for they have been looked at
since the first method. But samspel wrote both those needs and the words of the themes, so that even the
third held back is not strange to it. `needs_public.csv` holds needs in the words of municipalities and
agencies, labelled before the matcher met them; nothing is tuned on them. docs/matching.md tells more.
Run it alone with `python -m benchmarks.matching`; with `--tuning` only the tuning part is asked.
"""

import csv
import math
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from api.build import build
from graph.asked import Asked
from graph.generations import Home
from graph.iris import Iris
from queries import needs
from queries.grams import Grams, cosine
from queries.match import Matcher, Weights
from queries.needs import Need
from queries.words import stems

SET = Path(__file__).parent / "needs.csv"
PUBLIC = Path(__file__).parent / "needs_public.csv"
SEED = 2026
YEAR = 2026  # areas in force then may be offered, whenever the benchmark is run
OURS = "samspel"
NO_THEMES = "samspel without themes"
WORDINGS = ("a word of a right name", "a part of a word", "no word of a right name")
Ranker = Callable[[str], list[str]]  # a need in, keys of areas out, the best first


@dataclass(frozen=True)
class Case:
    """A labelled need: its words, who wrote them, and the keys of the areas that are right for it."""

    need: str
    written_by: str
    areas: frozenset[str]


@dataclass(frozen=True)
class Figures:
    """How a ranker did: of so many needs, the share with a right area first, in the first three, and MRR."""

    needs: int
    hit1: float
    hit3: float
    mrr: float


def cases(path: Path = SET) -> list[Case]:
    """Return the labelled needs."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Case(row["need"], row["written_by"], frozenset(row["areas"].split("|")))
            for row in csv.DictReader(file)
        ]


def split(labelled: Sequence[Case], seed: int = SEED) -> tuple[list[Case], list[Case]]:
    """Return the needs for tuning and the third held back, always the same for a seed."""
    own = sorted((each for each in labelled if each.written_by == "samspel"), key=lambda each: each.need)
    held = set(random.Random(seed).sample(range(len(own)), len(own) // 3))  # noqa: S311  # no secret
    kept = [each for number, each in enumerate(own) if number in held]
    return [each for each in labelled if each not in kept], kept


def figures(ranker: Ranker, labelled: Iterable[Case]) -> Figures:
    """Return how a ranker does; a need for which it finds no right area counts nothing."""
    ranks = [_rank(ranker(each.need), each.areas) for each in labelled]
    number = len(ranks)
    return Figures(
        number,
        sum(rank == 1 for rank in ranks) / number,
        sum(0 < rank <= 3 for rank in ranks) / number,
        math.fsum(1 / rank for rank in ranks if rank) / number,
    )


def _rank(found: Sequence[str], right: frozenset[str]) -> int:
    """Return the place of the first right area, from 1; 0 when there is none."""
    return next((place for place, area in enumerate(found, 1) if area in right), 0)


def ours(matcher: Matcher) -> Ranker:
    """Rank as samspel does for a need of no county: what does not reach the floor is not in the list."""
    return lambda said: [_key(each.area.iri) for each in matcher.matches(Need(None, said, year=YEAR))]


def ngrams(documents: Mapping[str, str]) -> Ranker:
    """Rank by the cosine of character n-grams alone, from three to five letters within words."""
    bags = Grams(documents.values(), unknown=1.0, cut=_all_grams)
    vectors = {area: bags.vector(text) for area, text in documents.items()}

    def rank(said: str) -> list[str]:
        asked = bags.vector(said)
        return _best({area: cosine(asked, vector) for area, vector in vectors.items()})

    return rank


def _all_grams(word: str) -> tuple[str, ...]:
    edged = f" {word} "
    return tuple(edged[at : at + size] for size in (3, 4, 5) for at in range(len(edged) - size + 1))


def bm25(documents: Mapping[str, str], k1: float = 1.2, b: float = 0.75) -> Ranker:
    """Rank by Okapi BM25 over Snowball's Swedish stems.

    score = Σ_t ln(1 + (N - n_t + 0.5)/(n_t + 0.5)) · f_t (k1 + 1) / (f_t + k1 (1 - b + b · length/mean)),
    over the stems t of the need, which stand f_t times in a document and in n_t of the N documents
    (Robertson & Zaragoza 2009, with Lucene's logarithm that is never below nought).
    """
    bags = {area: Counter(stems(text)) for area, text in documents.items()}
    held = Counter(term for bag in bags.values() for term in bag)
    mean = sum(bag.total() for bag in bags.values()) / len(bags)

    def score(terms: Sequence[str], bag: Counter[str]) -> float:
        long = k1 * (1 - b + b * bag.total() / mean)
        return math.fsum(
            math.log(1 + (len(bags) - held[term] + 0.5) / (held[term] + 0.5))
            * bag[term] * (k1 + 1) / (bag[term] + long)
            for term in terms
        )  # fmt: skip

    def rank(said: str) -> list[str]:
        terms = stems(said)
        return _best({area: score(terms, bag) for area, bag in bags.items()})

    return rank


def rankers(store: Asked, matcher: Matcher) -> dict[str, Ranker]:
    """Return the contestants by name; all are offered the same areas and, where told, the same texts."""
    held = needs.texts(store)
    offered = [each for each in needs.areas(store) if not (each.until and each.until < YEAR)]
    names = {_key(each.iri): " ".join(held[each.iri].names) for each in offered}
    wide = {_key(each.iri): " ".join(held[each.iri].all()) for each in offered}
    return {
        OURS: ours(matcher),
        NO_THEMES: ours(Matcher(store, weights=Weights(words=1.0, floor=1e-9))),
        "BM25, names": bm25(names),
        "BM25, names and concepts": bm25(wide),
        "n-grams, names": ngrams(names),
        "n-grams, names and concepts": ngrams(wide),
    }


def by_wording(labelled: Iterable[Case], matcher: Matcher) -> dict[str, list[Case]]:
    """Return the needs by what they share with the Swedish names of their right areas: a stem, or none."""
    stemmed = {_key(area.iri): set(stems(area.label)) for area in matcher.areas}
    parted = {_key(area.iri): matcher.terms(area.label) for area in matcher.areas}
    found: dict[str, list[Case]] = {wording: [] for wording in WORDINGS}
    for each in labelled:
        whole = any(set(stems(each.need)) & stemmed[area] for area in each.areas)
        said = matcher.terms(each.need)
        part = any(said & parted[area] for area in each.areas)
        found[WORDINGS[0 if whole else 1 if part else 2]].append(each)
    return found


def main(store: Asked, tuning_only: bool = False) -> None:
    """Print how every contestant does on both parts, and ours by how the needs are worded."""
    tuning, held = split(cases())
    parts = {"tuning": tuning, "held back": held, "worded by others": cases(PUBLIC)}
    matcher = Matcher(store)
    contestants = rankers(store, matcher)
    for title, part in list(parts.items())[: 1 if tuning_only else None]:
        print(f"needs to areas, {title} ({len(part)} needs): hit@1, hit@3, MRR")
        for name, ranker in contestants.items():
            print(f"  {name:<28} {_said(figures(ranker, part))}")
        for wording, those in by_wording(part, matcher).items():
            if those:
                print(f"    {OURS}, {wording} ({len(those)}): {_said(figures(contestants[OURS], those))}")


def _said(found: Figures) -> str:
    return f"{found.hit1:.2f}  {found.hit3:.2f}  {found.mrr:.2f}"


def _best(scores: Mapping[str, float]) -> list[str]:
    return sorted((area for area, score in scores.items() if score > 0), key=lambda a: (-scores[a], a))


def _key(iri: str) -> str:
    return iri.rpartition("/")[2]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        build(home, Iris())
        main(home.open().in_memory(), "--tuning" in sys.argv)
