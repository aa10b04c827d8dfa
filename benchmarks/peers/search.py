"""Two other ways to search names: the scan of all names that came first, and SQLite's FTS5.

FTS5 is used as well as we know how: rows lie in the order of display, so that a page ends early; words and
stems are columns of their own, prefixes have indexes, and a table of trigrams finds misspelled words.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from queries.collation import swedish
from queries.search_near import borne, distances
from queries.search_words import entered, folded, plain, spelled
from queries.words import Lexicon

PAGE = 50
_TABLES = """
CREATE TABLE names (id INTEGER PRIMARY KEY, thing TEXT, label TEXT, rank INT, kind TEXT, plain TEXT);
CREATE VIRTUAL TABLE words USING fts5 (bare, stems, content='', detail=column, prefix='1 2 3',
  tokenize='unicode61 remove_diacritics 0');
CREATE VIRTUAL TABLE near USING fts5 (word, tokenize='trigram');
"""
_INDEXES = "CREATE INDEX plains ON names (plain); INSERT INTO words (words) VALUES ('optimize');"
_COUNTED = """
SELECT kind, COUNT(DISTINCT thing) FROM words JOIN names ON id = words.rowid WHERE words MATCH ? GROUP BY kind
"""
_MATCHED = """
SELECT thing, label FROM words JOIN names ON id = words.rowid
WHERE words MATCH ? AND (? = '' OR kind = ?) ORDER BY words.rowid LIMIT 100
"""
_SAID = """
SELECT thing, label FROM names WHERE plain BETWEEN ? AND ? AND (? = '' OR kind = ?) ORDER BY id LIMIT 100
"""
Name = tuple[str, str, int, str]  # thing, label, rank, kind


@dataclass(frozen=True)
class Scan:
    """Look at every name for every search, as `/search` did before it had an index."""

    held: Sequence[tuple[str, Name]]

    @classmethod
    def of(cls, names: Sequence[Name]) -> "Scan":
        """Fold the names."""
        return cls([(folded(label), (thing, label, rank, kind)) for thing, label, rank, kind in names])

    def search(self, text: str) -> list[str]:
        """Return the labels of a page of hits."""
        words = folded(text).split()
        best: dict[str, tuple[int, str]] = {}
        for bare, (thing, label, kind, _) in self.held:
            if words and all(word in bare for word in words):
                rank = _rank(bare, words, kind)
                if thing not in best or rank < best[thing][0]:
                    best[thing] = rank, label
        ordered = sorted(best.items(), key=lambda it: (it[1][0], len(it[1][1]), swedish(it[1][1]), it[0]))
        return [label for _, (_, label) in ordered[:PAGE]]


def _rank(bare: str, words: list[str], kind: int) -> int:
    whole, own = " ".join(words), bare.replace("-", " ").split()
    if bare == whole:
        place = 0
    elif bare.startswith(whole):
        place = 1
    else:
        place = 2 if all(any(part.startswith(word) for part in own) for word in words) else 3
    return 3 * place + kind


class Fts5:
    """Names in SQLite: a table in the order of display, its words in FTS5, the words' trigrams in another."""

    def __init__(self, file: Path, lexicon: Lexicon) -> None:
        self._base = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
        self._lexicon = lexicon

    @classmethod
    def make(cls, file: Path, names: Sequence[Name]) -> "Fts5":
        """Write the names to a file and open it."""
        ordered = sorted(names, key=lambda it: (len(it[1]), swedish(it[1]), it[0]))
        lexicon = Lexicon.of(label for _, label, _, _ in names)
        base = sqlite3.connect(file)
        base.executescript(_TABLES)
        held: dict[str, str] = {}
        for at, (thing, label, rank, kind) in enumerate(ordered):
            words = entered(label)
            for word in words:
                if word not in held:
                    held[word] = " ".join(folded(stem) for stem in lexicon.terms(word))
            row = at, thing, label, rank, kind, plain(spelled(label))
            base.execute("INSERT INTO names VALUES (?, ?, ?, ?, ?, ?)", row)
            stems = " ".join(held[word] for word in words)
            base.execute("INSERT INTO words (rowid, bare, stems) VALUES (?, ?, ?)", (at, plain(words), stems))
        base.executemany("INSERT INTO near VALUES (?)", ((word,) for word in sorted({*map(folded, held)})))
        base.executescript(_INDEXES)
        base.commit()
        base.close()
        return cls(file, lexicon)

    def search(self, text: str, kind: str = "") -> list[str]:
        """Return the labels of a page of hits, and count those of each kind."""
        words = list(dict.fromkeys(spelled(text)))
        if not words:
            return []
        wide = " AND ".join(f"({_begins(word)}{self._stems(word)})" for word in words)
        found = self._page(words, wide, kind)
        return found or self._page(words, " AND ".join(map(self._near, words)), kind)

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    def _page(self, words: list[str], wide: str, kind: str) -> list[str]:
        if not self._base.execute(_COUNTED, (wide,)).fetchall():
            return []
        whole, narrow, found = plain(words), " AND ".join(map(_begins, words)), dict[str, str]()
        for query, bounds in (
            (_SAID, (whole, whole)),
            (_SAID, (whole, f"{whole}\U0010ffff")),
            (_MATCHED, (narrow,)),
            (_MATCHED, (wide,)),
        ):
            if len(found) < PAGE:
                for thing, label in self._base.execute(query, (*bounds, kind, kind)):
                    found.setdefault(thing, label)
        return list(found.values())[:PAGE]

    def _stems(self, word: str) -> str:
        stems = [f'stems : "{folded(stem)}"' for stem in self._lexicon.terms(word)]
        return f" OR ({' AND '.join(stems)})" if stems else ""

    def _near(self, word: str) -> str:
        bare, edits = folded(word), borne(folded(word))
        parts = {bare[at : at + 3] for at in range(len(bare) - 2)}
        if not edits or not parts:
            return _begins(word)
        asked = " OR ".join(f'"{part}"' for part in sorted(parts))
        rows = self._base.execute("SELECT word FROM near WHERE near MATCH ?", (asked,))
        others = [other for (other,) in rows if abs(len(other) - len(bare)) <= edits]
        far = zip(others, distances(bare, others).tolist(), strict=True)
        near = [f'bare : "{other}"' for other, many in far if many <= edits]
        return f"({' OR '.join([_begins(word), *near])})"


def _begins(word: str) -> str:
    return f'bare : "{folded(word)}" *'
