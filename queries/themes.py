"""Themes: the SKOS concepts by which everyday words of a need and the name of an area mean the same field."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
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
        self._words = [(word, name) for name, theme in themes.items() for word in theme.words]
        self._lexicon, self._known = lexicon, dict[str, frozenset[str]]()
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
        if word not in self._known:
            found = self._meant(word)
            if not found:
                found = frozenset(
                    name for part in self._lexicon.terms(word) if part != word for name in self._meant(part)
                )
            self._known[word] = found
        return self._known[word]

    def _meant(self, word: str) -> frozenset[str]:
        """Return what a word means; a theme's word within a longer one is none (arbetsmiljö, miljö)."""
        spans = [(*span, name) for each, name in self._words if (span := _span(each, word))]
        return frozenset(
            name
            for start, end, name in spans
            if not any(
                first <= start and end <= last and last - first > end - start for first, last, _ in spans
            )
        )


def _span(meaning: str, word: str) -> tuple[int, int] | None:
    """Return where a theme's word stands in a word: at its beginning, or later in a compound."""
    if word == meaning or (len(meaning) >= _BEGINS and word.startswith(meaning)):
        return 0, len(meaning)
    at = word.find(meaning, _HEAD) if len(meaning) >= _INSIDE else -1
    return (at, at + len(meaning)) if at >= 0 else None
