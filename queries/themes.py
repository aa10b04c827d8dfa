"""Themes: the SKOS concepts by which everyday words of a need and the name of an area mean the same field."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from queries.words import Lexicon, words

_BEGINS = 4  # letters of a word that may begin a longer word
_INSIDE = 5  # letters of a word that may stand later in a compound
_HEAD = 3  # letters that must stand before it


@dataclass(frozen=True)
class Theme:
    """A theme: its names in both languages and the words that mean it, as they begin."""

    labels: tuple[str, str]
    words: tuple[str, ...]


class Themes:
    """Find the themes of texts, and weigh a theme by how few texts are about it."""

    def __init__(self, themes: Mapping[str, Theme], lexicon: Lexicon) -> None:
        self.labels = {name: theme.labels for name, theme in themes.items()}
        self._words: dict[str, list[str]] = {}
        for name, theme in themes.items():
            for word in theme.words:
                self._words.setdefault(word, []).append(name)
        self._lexicon, self._longest = lexicon, max(map(len, self._words), default=0)
        self._about: Counter[str] = Counter()
        self._texts = 0

    def learn(self, texts: Iterable[str]) -> None:
        """Count the themes of the texts that are to be told apart."""
        for text in texts:
            self._about.update(self.of(text).keys())
            self._texts += 1

    def of(self, text: str) -> dict[str, tuple[str, ...]]:
        """Return the themes of a text, each with the words that mean it."""
        found: dict[str, tuple[str, ...]] = {}
        for word in dict.fromkeys(words(text)):
            for name in self._of_word(word):
                found[name] = (*found.get(name, ()), word)
        return found

    def alike(self, one: Iterable[str], other: Iterable[str]) -> float:
        """Return the cosine of two sets of themes, a theme weighing more the fewer texts are about it."""
        here, there = set(one), set(other)
        both = self._length(here) * self._length(there)
        return math.fsum(self._rare(name) ** 2 for name in sorted(here & there)) / both if both else 0.0

    def _length(self, names: set[str]) -> float:
        return math.sqrt(math.fsum(self._rare(name) ** 2 for name in sorted(names)))

    def _rare(self, name: str) -> float:
        return math.log((self._texts + 1) / (self._about[name] + 1)) + 1

    def _of_word(self, word: str) -> frozenset[str]:
        """Return what a word means; of one that means nothing itself, what its parts mean."""
        if found := self._meant(word):
            return found
        return frozenset(
            name for part in self._lexicon.terms(word) if part != word for name in self._meant(part)
        )

    def _meant(self, word: str) -> frozenset[str]:
        """Return what a word means; a theme's word within a longer one is none (arbetsmiljö, miljö)."""
        spans = [place for place in self._places(word) if word[slice(*place)] in self._words]
        return frozenset(
            name
            for start, end in spans
            if not any(first <= start and end <= last and last - first > end - start for first, last in spans)
            for name in self._words[word[start:end]]
        )

    def _places(self, word: str) -> Iterator[tuple[int, int]]:
        """Yield where a theme's word may stand: the whole, the beginning, or later in a compound."""
        size = len(word)
        yield from ((0, end) for end in range(min(_BEGINS, size), min(size, self._longest) + 1))
        for start in range(_HEAD, size):
            last = min(size, start + self._longest)
            yield from ((start, end) for end in range(start + _INSIDE, last + 1))
