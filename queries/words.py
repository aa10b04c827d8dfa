"""Swedish words for matching: stems (Snowball) and the parts of compounds."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import snowballstemmer

_SNOWBALL = snowballstemmer.stemmer("swedish")
_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
_JOINTS = ("s", "e", "a", "o", "u")
_SHORTEST = 4
_EMPTY = frozenset(
    ("och", "i", "på", "för", "med", "av", "till", "som", "ett", "en", "den", "det", "de", "om", "att")
    + ("genom", "inom", "samt", "mot", "vid", "från", "utan", "kring")
)


@cache
def _stem(word: str) -> str:
    return str(_SNOWBALL.stemWord(word))


def stems(text: str) -> list[str]:
    """Return the stems of a text's words, without the words that carry no meaning.

    >>> stems("Digitala tjänster i omsorgen")
    ['digital', 'tjänst', 'omsorg']
    """
    words = (match.group().casefold() for match in _WORD.finditer(text))
    return [_stem(word) for word in words if word not in _EMPTY]


@dataclass(frozen=True)
class Lexicon:
    """The stems that compounds may be made of: those that stand alone somewhere in the texts."""

    known: frozenset[str]

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Lexicon":
        """Make a lexicon of all words of the texts."""
        return cls(frozenset(stem for text in texts for stem in stems(text) if len(stem) >= _SHORTEST))

    def terms(self, text: str) -> dict[str, float]:
        """Return the stems of a text with compounds taken apart; a part of n weighs 1/√n.

        >>> Lexicon.of(["Effektiv logistik"]).terms("bygglogistik")
        {'bygg': 0.7071067811865475, 'logistik': 0.7071067811865475}
        """
        weights: dict[str, float] = {}
        for stem in stems(text):
            parts = self._parts(stem)
            for part in parts:
                weights[part] = max(weights.get(part, 0.0), len(parts) ** -0.5)
        return weights

    def _parts(self, stem: str) -> tuple[str, ...]:
        for head, tail in self._splits(stem):
            return (*self._parts(head), *self._parts(tail))
        return (stem,)

    def _splits(self, stem: str) -> Iterator[tuple[str, str]]:
        """Yield head and tail: first with a known tail (the longest), then with a known head."""
        cuts = range(_SHORTEST, len(stem) - _SHORTEST + 1)
        for cut in cuts:
            if stem[cut:] in self.known:
                yield self._without_joint(stem[:cut]), stem[cut:]
        for cut in reversed(cuts):
            tail = stem[cut:].removeprefix("s")
            if stem[:cut] in self.known and len(tail) >= _SHORTEST:
                yield stem[:cut], _stem(tail)

    def _without_joint(self, head: str) -> str:
        bare = head[:-1]
        if head in self.known or head[-1] not in _JOINTS or len(bare) < _SHORTEST:
            return head
        return bare if bare in self.known or head.endswith("s") else head
