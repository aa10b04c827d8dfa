"""Swedish words for matching: stems (Snowball, with two mends) and the parts of compounds."""

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import snowballstemmer

_SNOWBALL = snowballstemmer.stemmer("swedish")
_WORD = re.compile(r"[^\W\d_]{2,}", re.UNICODE)
_ADJECTIVE = re.compile(r"(\w{3,}(?:bar|iv|ell|isk|ital|onal|lokal))[at]?\Z")  # hållbar, -t, -a: one word
_JOINTS = ("s", "e", "a", "o", "u")
_SHORTEST = 4
_DERIVING = ("isering", "iser")  # digitalisering is no compound: it says digital
_SUFFIXES = ("tion", "ation", "ering", "ning", "else", "els", "itet", "ande", "ende", "skap", "skare")
_EMPTY = frozenset(
    _WORD.findall(
        "och på för med av till som ett en den det de om att är genom inom samt mot vid från utan kring "
        "mellan under över hos eller men vi vår vårt våra kan ska skall har vill behöver behov"
    )
)


@cache
def _stem(word: str) -> str:
    if adjective := _ADJECTIVE.match(word):
        return adjective[1]
    return str(_SNOWBALL.stemWord(word))


def words(text: str) -> list[str]:
    """Return a text's words in lower case, without single letters and words that carry no meaning.

    >>> words("Välfärdsteknik och e-hälsa")
    ['välfärdsteknik', 'hälsa']
    """
    found = (match.group().casefold() for match in _WORD.finditer(text))
    return [word for word in found if word not in _EMPTY]


def stems(text: str) -> list[str]:
    """Return the stems of a text's words.

    >>> stems("Digitala tjänster i omsorgen")
    ['digital', 'tjänst', 'omsorg']
    """
    return [_stem(word) for word in words(text)]


@dataclass(frozen=True)
class Lexicon:
    """What compounds may be made of: stems that stand alone in the texts, and heads with a joint (hälso-)."""

    known: frozenset[str]
    joined: frozenset[str] = frozenset()

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Lexicon":
        """Make a lexicon of all words of the texts."""
        found = {word: _stem(word) for text in texts for word in words(text)}
        known = frozenset(stem for stem in found.values() if len(stem) >= _SHORTEST)
        return cls(known, frozenset((*_turned(found), *_attested(known))))

    def terms(self, text: str) -> dict[str, float]:
        """Return the stems of a text with compounds taken apart; a part of n weighs 1/√n.

        >>> Lexicon.of(["Effektiv logistik"]).terms("bygglogistik")
        {'bygg': 0.7071067811865476, 'logistik': 0.7071067811865476}
        """
        weights: dict[str, float] = {}
        for stem in stems(text):
            parts = self._parts(stem)
            for part in parts:
                weights[part] = max(weights.get(part, 0.0), math.sqrt(1 / len(parts)))
        return weights

    def _parts(self, stem: str) -> tuple[str, ...]:
        for suffix in _DERIVING:
            if stem.endswith(suffix) and stem.removesuffix(suffix) in self.known:
                return (stem.removesuffix(suffix),)
        for head, tail in self._splits(stem):
            return (*self._parts(head), *self._parts(tail))
        return (stem,)

    def _splits(self, stem: str) -> Iterator[tuple[str, str]]:
        """Yield head and tail: first with a known tail (the longest), then with a known head."""
        cuts = range(_SHORTEST, len(stem) - _SHORTEST + 1)
        for cut in cuts:
            if stem[cut:] in self.known:
                yield self._head(stem[:cut]), stem[cut:]
        for cut in reversed(cuts):
            head, tail = stem[:cut], stem[cut:]
            if head in self.joined:
                yield head[:-1], _stem(tail)
            elif head in self.known and _is_word(tail.removeprefix("s")):
                yield head, _stem(tail.removeprefix("s"))

    def _head(self, head: str) -> str:
        """Return the first part of a compound as it stands alone."""
        if head in self.known:
            return head
        return head[:-1] if head[-1] in _JOINTS and head[:-1] in self.known else _stem(head)


def _is_word(tail: str) -> bool:
    return len(tail) >= _SHORTEST and tail not in _SUFFIXES


def _turned(found: dict[str, str]) -> Iterator[str]:
    """Yield the heads that words in -a turn into: hälsa, hälso-."""
    for word, stem in found.items():
        if word.endswith("a") and word[:-1] == stem and len(stem) >= _SHORTEST:
            yield from (f"{stem}o", f"{stem}u")


def _attested(known: frozenset[str]) -> Iterator[str]:
    """Yield the heads with a joint that stand before a known tail: tjänste- in tjänsteutveckling."""
    for stem in known:
        for cut in range(_SHORTEST + 1, len(stem) - _SHORTEST + 1):
            head = stem[:cut]
            if stem[cut:] in known and head[-1] in "eou" and head[:-1] in known and head not in known:
                yield head
