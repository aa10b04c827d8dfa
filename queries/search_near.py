"""Find the words of a vocabulary that are spelled nearly as another: one edit, or two in long words.

An edit adds, drops or changes a letter, or swaps two neighbours (optimal string alignment). Most of the
vocabulary is passed over by its lengths and by which letters occur; the rest is compared all at once.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
_SHORT, _LONG = 4, 8  # letters from which one edit is borne with, and two
_LONGEST = 32  # letters; what is longer is no word that somebody mistypes
_BITS = 31


def borne(word: str) -> int:
    """Return how many edits are borne with in a word; none where there are digits.

    >>> [borne(word) for word in ("mal", "malm", "linkoping", "h2020")]
    [0, 1, 2, 0]
    """
    if not word.isalpha() or not _SHORT <= len(word) <= _LONGEST:
        return 0
    return 2 if len(word) >= _LONG else 1


def signature(word: str) -> int:
    """Return which letters occur, as bits; an edit changes at most two of them."""
    return sum({1 << (ord(letter) % _BITS) for letter in word}) if word else 0


def within(lengths: Ints, signatures: Ints, word: str, edits: int) -> NDArray[np.intp]:
    """Return the places of words that may lie so many edits from a word."""
    differ = np.bitwise_count(signatures ^ np.int32(signature(word)))
    near = (np.abs(lengths - len(word)) <= edits) & (differ <= 2 * edits) & (lengths <= _LONGEST + edits)
    return np.flatnonzero(near)


def distances(word: str, others: Sequence[str]) -> NDArray[np.int16]:
    """Return how many edits lie between a word and each of the others.

    >>> distances("malmo", ["malmo", "mamlo", "malm", "solna"]).tolist()
    [0, 1, 1, 4]
    """
    if not others:
        return np.empty(0, np.int16)
    wide = max(1, *map(len, others))
    letters = np.array(others, f"<U{wide}").view("<u4").reshape(len(others), wide).T
    last = np.repeat(np.arange(wide + 1, dtype=np.int16)[:, None], len(others), axis=1)
    before = last
    codes = list(map(ord, word))
    for at, code in enumerate(codes, 1):
        now = np.empty_like(last)
        now[0] = at
        same = letters == code
        for place in range(1, wide + 1):
            step = np.minimum(np.minimum(last[place], now[place - 1]) + 1, last[place - 1] + ~same[place - 1])
            if at > 1 and place > 1:
                swapped = same[place - 2] & (letters[place - 1] == codes[at - 2])
                step = np.where(swapped, np.minimum(step, before[place - 2] + 1), step)
            now[place] = step
        before, last = last, now
    return last[list(map(len, others)), np.arange(len(others))]


def texts(joined: str, starts: Ints, places: NDArray[np.intp]) -> list[str]:
    """Return some of the texts that lie one after the other in a text."""
    return [joined[starts[place] : starts[place + 1]] for place in places.tolist()]


def offsets(found: Sequence[str]) -> Ints:
    """Return where each text begins and the last ends, when they lie one after the other.

    >>> offsets(["ab", "", "c"]).tolist()
    [0, 2, 2, 3]
    """
    return np.cumsum([0, *map(len, found)], dtype=np.int32)
