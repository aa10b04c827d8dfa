"""Pieces of words: how alike two texts are by the letters that follow one another in their words."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from queries.words import words

LETTERS = 4  # what two words must have in common, unless they are the same
_EDGE = "·"  # stands before and after a word, so that a beginning is no middle


@lru_cache(10_000)
def grams(word: str) -> tuple[str, ...]:
    """Return a word's runs of four letters, those of an edge and four, and a shorter word whole.

    >>> grams("skogar"), grams("tåg")
    (('skog', 'koga', 'ogar', '·skog', 'skoga', 'kogar', 'ogar·'), ('·tåg·',))
    """
    edged = f"{_EDGE}{word}{_EDGE}"
    if len(word) < LETTERS:
        return (edged,)
    return (*_runs(word, LETTERS), *_runs(edged, LETTERS + 1))


def _runs(word: str, size: int) -> Iterator[str]:
    return (word[at : at + size] for at in range(len(word) - size + 1))


Cut = Callable[[str], tuple[str, ...]]  # takes a word apart


def counted(text: str, cut: Cut = grams) -> Counter[str]:
    """Return how often each n-gram stands in the words of a text."""
    return Counter(gram for word in words(text) for gram in cut(word))


class Grams:
    """Texts as bags of n-grams, each weighted by how few of the texts hold it.

    weight(g, text) = (1 + ln f) · (ln((N+1)/(n_g+1)) + 1), where the text holds g f times and n_g of the
    N texts hold it. An n-gram that no text holds counts `unknown` of its weight: it tells the texts
    nothing apart, but it says that the other text is about something else too.
    """

    def __init__(self, texts: Iterable[str], unknown: float, cut: Cut = grams) -> None:
        self._cut = cut
        found = [counted(text, cut) for text in texts]
        self._held = Counter(gram for each in found for gram in each)
        self._texts, self._unknown = len(found), unknown

    def vector(self, text: str) -> Mapping[str, float]:
        """Return a text's weights, of length one; empty for a text without words."""
        weights = {gram: self._weight(gram, times) for gram, times in counted(text, self._cut).items()}
        length = math.sqrt(math.fsum(weight * weight for weight in weights.values()))
        return {gram: weight / length for gram, weight in weights.items()} if length else {}

    def _weight(self, gram: str, times: int) -> float:
        held = self._held[gram]
        rare = math.log((self._texts + 1) / (held + 1)) + 1
        return (1 + math.log(times)) * rare * (1 if held else self._unknown)


def cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Return the cosine of two vectors of length one."""
    return math.fsum(one[gram] * other[gram] for gram in one.keys() & other.keys())


def pieces(one: str, other: str) -> set[tuple[str, str, str]]:
    """Return the longest piece that each word of a text shares with one of another, and the two words.

    >>> pieces("bygglogistiken", "effektiv logistik")
    {('logistik', 'bygglogistiken', 'logistik')}
    """
    found = set()
    for word in words(one):
        alike = [each for each in words(other) if not set(grams(word)).isdisjoint(grams(each))]
        if alike:
            best = max(alike, key=lambda each: len(_shared(word, each)))
            found.add((_shared(word, best), word, best))
    return found


@lru_cache(50_000)
def _shared(one: str, other: str) -> str:
    """Return the longest text that stands in both words."""
    best, ending = "", [0] * (len(other) + 1)
    for at, letter in enumerate(one, 1):
        before = 0
        for there, same in enumerate(other, 1):
            before, ending[there] = ending[there], before + 1 if letter == same else 0
            if ending[there] > len(best):
                best = one[at - ending[there] : at]
    return best
