"""Search for things by name: exact names first, then beginnings, words, stems and compounds; else slips.

Each word that is sought gives sets of names. What all words have in common are the hits, and the narrowest
sets that a name is in decide its place. Where no name has all words, parts inside words are tried, then
words that are spelled nearly so. Equally good hits come in the order in which the index has the names.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Final

import numpy as np
from numpy.typing import NDArray

from graph.columns import Column
from queries.search_near import borne
from queries.search_sets import FAR, LAST, Sets, Sought, Truth
from queries.search_words import plain, spelled

WAYS: Final = ("name", "beginning", "words", "begun", "stems", "inside", "near")
LIMIT: Final = 50  # hits at a time when nothing else is asked for
_TOLD: Final = 3  # classes of a hit
_SUGGESTED: Final = 3  # words to try for each word that nothing is found by
_NONE: Final = np.iinfo(np.int64).max
_FOREIGN: Final = 31  # bit of a hit that tells whether its name is foreign; below it is the name's place
_NAME: Final = (1 << _FOREIGN) - 1
Longs = NDArray[np.int64]


@dataclass(frozen=True)
class Hit:
    """A thing that was found: the name that fits, how (one of WAYS), its classes, its kind, its counties."""

    iri: str
    label: str
    language: str | None
    classes: tuple[str, ...]
    kind: str
    way: str
    counties: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """A page of hits, how many there are in all, of each kind and in each county, and words to try instead.

    The kinds are counted within the county asked for, the counties within the kind asked for.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    kinds: tuple[tuple[str, int], ...] = ()
    counties: tuple[tuple[str, int], ...] = ()
    near: tuple[str, ...] = ()


class Index:
    """The names of a store, in the columns that `search_build` makes; they are only ever read."""

    def __init__(self, columns: Mapping[str, Column]) -> None:
        self._sets = Sets(columns)
        self.kinds = columns["kinds"].texts
        self.counties = columns["counties"].texts

    def search(
        self, text: str, kind: str = "", county: str = "", limit: int = LIMIT, offset: int = 0
    ) -> Found:
        """Return the things whose names hold all words of a text, the best first.

        `kind` is one of `kinds`, `county` one of `counties`; without them, of all.
        """
        words = spelled(text)
        if not words:
            return Found()
        sought = [Sought(self._sets, word) for word in dict.fromkeys(words)]
        best = self._best(*self._names(words, sought))
        things = np.flatnonzero(best != _NONE)
        if not len(things):
            return Found(near=tuple(dict.fromkeys(self._suggested(sought))))
        in_kind, in_county = self._in_kind(things, kind), self._in_county(things, county)
        those = things[in_kind & in_county]
        shown = _first(best, those, limit, offset)
        places = self._places(np.array(shown, np.int64))
        return Found(
            tuple(self._hit(at, int(best[at]), where) for at, where in zip(shown, places, strict=True)),
            len(those),
            self._count_kinds(things[in_county]),
            self._count_counties(things[in_kind]),
        )

    def _names(self, words: Sequence[str], sought: Sequence[Sought]) -> tuple[Longs, Longs]:
        """Return the names that are hits, and how good each is, 0 best."""
        ways = self._ways(words, sought)
        names = np.flatnonzero(ways != FAR)
        exact = _all(each.exact for each in sought)[names]
        rank = self._sets.numbers["rank"][names]
        return names, (ways[names].astype(np.int64) * 2 + ~exact) * 4 + rank - 1

    def _ways(self, words: Sequence[str], sought: Sequence[Sought]) -> NDArray[np.int32]:
        """Return for each name by which of WAYS it has all words, FAR where by none; near: and the edits."""
        found = np.full(self._sets.many, FAR, np.int32)
        found[_all(each.stems for each in sought)] = WAYS.index("stems")
        if (found != FAR).any():
            found[_all(each.begun for each in sought)] = WAYS.index("begun")
            found[_all(each.whole for each in sought)] = WAYS.index("words")
            beginning, name = self._saying(plain(words))
            found[beginning] = WAYS.index("beginning")
            found[name] = WAYS.index("name")
            return found
        found[_all(each.inside for each in sought)] = WAYS.index("inside")
        if (found != FAR).any():
            return found
        edits = reduce(np.add, (each.edits for each in sought))
        return np.where(edits < FAR, edits + WAYS.index("inside"), FAR).astype(np.int32)

    def _saying(self, whole: str) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Return the names that begin with what is sought, and those that say it and no more."""
        names = self._sets.numbers["whole"]
        places = range(len(names))

        def said(place: int) -> str:
            return plain(spelled(self._sets.label(int(names[place]))))

        first = bisect_left(places, whole, key=said)
        end = bisect_left(places, whole + LAST, first, key=said)
        return names[first:end], names[first : bisect_right(places, whole, first, end, key=said)]

    def _best(self, names: Longs, keys: Longs) -> Longs:
        """Return the best name of each thing: how good it is, whether it is foreign, and its place."""
        best = np.full(len(self._sets.numbers["classes"]), _NONE, np.int64)
        foreign = self._sets.numbers["foreign"][names].astype(np.int64)
        whole = keys << (_FOREIGN + 1) | foreign << _FOREIGN | names
        np.minimum.at(best, self._sets.numbers["thing"][names], whole)
        return best

    def _places(self, things: Longs) -> list[tuple[str, ...]]:
        """Return the counties of each of some things."""
        inside = [np.isin(things, self._of_county(at)) for at in range(len(self.counties))]
        return [
            tuple(county for county, those in zip(self.counties, inside, strict=True) if those[at])
            for at in range(len(things))
        ]

    def _hit(self, thing: int, best: int, counties: tuple[str, ...]) -> Hit:
        numbers, texts = self._sets.numbers, self._sets.texts
        name = best & _NAME
        way = min((best >> (_FOREIGN + 1)) // 8, len(WAYS) - 1)
        language = int(numbers["language"][name])
        return Hit(
            self._sets.text("iris", thing),
            self._sets.label(name),
            texts["language"][language] or None if language >= 0 else None,
            tuple(texts["classes"][numbers["classes"][thing]].split()[:_TOLD]),
            self.kinds[numbers["kinds"][thing]],
            WAYS[way],
            counties,
        )

    def _in_kind(self, things: NDArray[np.intp], kind: str) -> Truth:
        if not kind:
            return np.ones(len(things), np.bool_)
        return np.asarray(self._sets.numbers["kinds"][things] == self.kinds.index(kind))

    def _in_county(self, things: NDArray[np.intp], county: str) -> Truth:
        if not county:
            return np.ones(len(things), np.bool_)
        inside = np.zeros(len(self._sets.numbers["classes"]), np.bool_)
        inside[self._of_county(self.counties.index(county))] = True
        return inside[things]

    def _of_county(self, at: int) -> NDArray[np.int32]:
        starts = self._sets.numbers["counties"]
        return self._sets.numbers["county_things"][starts[at] : starts[at + 1]]

    def _count_kinds(self, things: NDArray[np.intp]) -> tuple[tuple[str, int], ...]:
        counts = np.bincount(self._sets.numbers["kinds"][things], minlength=len(self.kinds)).tolist()
        return tuple((kind, count) for kind, count in zip(self.kinds, counts, strict=True) if count)

    def _count_counties(self, things: NDArray[np.intp]) -> tuple[tuple[str, int], ...]:
        found = np.zeros(len(self._sets.numbers["classes"]), np.bool_)
        found[things] = True
        counts = ((county, int(found[self._of_county(at)].sum())) for at, county in enumerate(self.counties))
        return tuple((county, count) for county, count in counts if count)

    def _suggested(self, sought: Sequence[Sought]) -> Iterator[str]:
        """Yield words that names hold: those sought that are there, and those near to one that is not."""
        posted = self._sets.numbers["posted"]
        for each in sought:
            if each.begun.any():
                yield each.word
                continue
            near = self._sets.near(each.bare, borne(each.bare) + 1) if each.bare.isalpha() else []
            near += [(borne(each.bare) + 1, at) for at in each.parts]
            near.sort(key=lambda it: (it[0], int(posted[it[1]] - posted[it[1] + 1]), it[1]))
            yield from (self._sets.text("words", at) for _, at in near[:_SUGGESTED])


def _all(sets: Iterable[Truth]) -> Truth:
    """Return what is true in all sets; the later are not made when nothing is left."""
    found: Truth | None = None
    for each in sets:
        found = each if found is None else found & each
        if not found.any():
            break
    return np.zeros(0, np.bool_) if found is None else found


def _first(best: Longs, things: NDArray[np.intp], limit: int, offset: int) -> list[int]:
    """Return a page of the best things; whether their names are foreign does not matter here."""
    keys = best[things] & ~np.int64(1 << _FOREIGN)
    wanted = offset + limit
    if wanted < len(keys):
        best_first = np.argpartition(keys, wanted - 1)[:wanted]
        things, keys = things[best_first], keys[best_first]
    return [int(thing) for thing in things[np.argsort(keys)][offset:wanted]]
