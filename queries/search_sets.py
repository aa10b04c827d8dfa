"""For a word that is sought, the sets of names that it may mean: each an array of truth over all names."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, reduce
from typing import Final

import numpy as np
from numpy.typing import NDArray

from graph.columns import Column
from queries import search_near as near
from queries.search_words import folded
from queries.words import Lexicon

INSIDE: Final = 3  # letters from which a word is sought inside others
TAIL: Final = 4  # letters from which it is sought at the end of others, as the head of a compound
FAR: Final = 200  # edits of a name that no word near is in
LAST: Final = "\U0010ffff"  # comes after every letter
Ints = NDArray[np.int32]
Truth = NDArray[np.bool_]


class Sets:
    """The columns of an index, and which names hold some of its words."""

    def __init__(self, columns: Mapping[str, Column]) -> None:
        self.numbers: Mapping[str, Ints] = {
            name: np.asarray(column.codes, np.int32) for name, column in columns.items()
        }
        self.texts = {name: column.texts for name, column in columns.items()}
        self.many = len(self.numbers["thing"])
        known, joints = (frozenset(self.texts[name][0].split("\n")) for name in ("known", "joints"))
        self.lexicon = Lexicon(known, joints)  # what compounds may be made of, with and without accents

    def text(self, column: str, at: int) -> str:
        """Return one of the texts that lie one after the other."""
        starts = self.numbers[column]
        return self.texts[column][0][starts[at] : starts[at + 1]]

    def label(self, name: int) -> str:
        """Return a name."""
        return self.text("labels", int(self.numbers["label"][name]))

    def span(self, column: str, begins: str) -> tuple[int, int]:
        """Return where the texts stand, among sorted ones, that begin so."""
        every = range(len(self.numbers[column]) - 1)
        first = bisect_left(every, begins, key=lambda at: self.text(column, at))
        return first, bisect_left(every, begins + LAST, first, key=lambda at: self.text(column, at))

    def place(self, column: str, text: str) -> int | None:
        """Return where a text stands among sorted ones, None when it is not there."""
        every = range(len(self.numbers[column]) - 1)
        at = bisect_left(every, text, key=lambda at: self.text(column, at))
        return at if at < len(every) and self.text(column, at) == text else None

    def holding(self, spans: Iterable[tuple[int, int]]) -> Truth:
        """Return which names hold one of the words that stand in these spans."""
        found = np.zeros(self.many, np.bool_)
        posted, postings = self.numbers["posted"], self.numbers["postings"]
        for first, end in spans:
            found[postings[posted[first] : posted[end]]] = True
        return found

    def stemmed(self, stem: str) -> Ints:
        """Return the words that have a stem, or of whose parts one has it."""
        at = self.place("stems", stem)
        if at is None:
            return self.numbers["stem_words"][:0]
        starts = self.numbers["stemmed"]
        return self.numbers["stem_words"][starts[at] : starts[at + 1]]

    def inside(self, word: str, ends: bool = False) -> Iterator[int]:
        """Yield the words that hold another, or that end with it."""
        bare, starts, at = self.texts["bare"][0], self.numbers["bare"], -1
        while (at := bare.find(word, at + 1)) >= 0:
            which = int(np.searchsorted(starts, np.int32(at), "right")) - 1
            end = at + len(word)
            if end == starts[which + 1] or (not ends and end < starts[which + 1]):
                yield which

    def near(self, word: str, edits: int) -> list[tuple[int, int]]:
        """Return the words that lie at most so many edits from another, each with how many."""
        bare = self.numbers["bare"]
        places = near.within(np.diff(bare), self.numbers["signatures"], word, edits)
        found = near.distances(word, near.texts(self.texts["bare"][0], bare, places))
        pairs = zip(found.tolist(), places.tolist(), strict=True)
        return [(far, at) for far, at in pairs if far <= edits]


class Sought:
    """A word that is sought; each of its sets of names is made when it is first needed."""

    def __init__(self, sets: Sets, word: str) -> None:
        self._sets, self.word, self.bare = sets, word, folded(word)
        self._first, self._end = sets.span("bare", self.bare)

    @cached_property
    def whole(self) -> Truth:
        """The names that hold the word, accents aside."""
        every = range(self._end)
        end = bisect_right(every, self.bare, self._first, key=lambda at: self._sets.text("bare", at))
        return self._sets.holding([(self._first, end)])

    @cached_property
    def begun(self) -> Truth:
        """The names with a word that begins so, accents aside."""
        return self._sets.holding([(self._first, self._end)])

    @cached_property
    def exact(self) -> Truth:
        """The names with a word that begins so, accents too."""
        starts, words = self._sets.numbers["words"], self._sets.texts["words"][0]
        begins = [words.startswith(self.word, starts[at]) for at in range(self._first, self._end)]
        if all(begins):
            return self.begun
        spans = ((at, at + 1) for at, fits in enumerate(begins, self._first) if fits)
        return self._sets.holding(spans)

    @cached_property
    def stems(self) -> Truth:
        """The names with a word that begins so or ends so, has its stem, or words with all its parts."""
        found = self.begun
        if len(self.bare) >= TAIL:
            found = found | self._sets.holding((at, at + 1) for at in self._sets.inside(self.bare, ends=True))
        if parts := self._parts:
            held = (self._sets.holding((at, at + 1) for at in words) for words in parts)
            found = found | reduce(np.logical_and, held)
        return found

    @property
    def parts(self) -> list[int]:
        """The words that share a part with this one, when it is a compound."""
        return [at for words in self._parts for at in words]

    @cached_property
    def _parts(self) -> list[list[int]]:
        """For each part of the word, or for the word that is no compound, the words that share its stem."""
        parts = self._sets.lexicon.terms(self.word)
        return [self._sets.stemmed(folded(part)).tolist() for part in parts]

    @cached_property
    def inside(self) -> Truth:
        """The same names, and those with a word that holds it."""
        if len(self.bare) < INSIDE:
            return self.stems
        return self.stems | self._sets.holding((at, at + 1) for at in self._sets.inside(self.bare))

    @cached_property
    def edits(self) -> Ints:
        """How many edits lie between the word and the nearest in each name; FAR where none is near."""
        found = np.full(self._sets.many, FAR, np.int32)
        borne = near.borne(self.bare)
        words = self._sets.near(self.bare, borne) if borne else []
        for far in range(borne, 0, -1):
            found[self._sets.holding((at, at + 1) for edits, at in words if edits == far)] = far
        found[self.inside] = 0
        return found
