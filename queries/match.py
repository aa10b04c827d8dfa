"""Match needs to the areas that can meet them: scored by words and themes, each score told by its parts.

An area in force when the need was raised is scored

    score = 0.75 · lexical + 0.25 · theme

lexical: cosine of the two names as bags of stems with compounds taken apart (see `queries.words`), each
stem weighted by idf(t) = ln((N+1)/(n_t+1)) + 1 over the N areas, n_t of which hold t.
theme: Jaccard index of the SKOS themes whose words begin a word, or a part of a compound, of either name.
Matches under FLOOR are not reported: by trial on the three needs of the seeds, they share a theme at most.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from graph.asked import Asked
from graph.iris import Iris
from graph.terms import Term, decimal, iri, text
from ontology import names as n
from queries.answer import ask
from queries.catalogue import query
from queries.collation import swedish
from queries.errors import UnknownName
from queries.words import Lexicon, words

METHOD = "compound-lexical-1"
WORDS, THEMES, FLOOR = 0.75, 0.25, 0.2


@dataclass(frozen=True)
class Need:
    """A need: its IRI (None for a text typed by a person), its words, its territory and its year."""

    iri: str | None
    label: str
    territory: str | None = None
    year: int | None = None


@dataclass(frozen=True)
class Area:
    """An area that may meet needs, where it holds and who leads it."""

    iri: str
    label: str
    label_en: str
    territory: str
    territory_label: str
    leads: tuple[tuple[str, str], ...]
    until: int | None
    level: str


@dataclass(frozen=True)
class Match:
    """A need and an area with their score and its parts."""

    need: Need
    area: Area
    score: float
    lexical: float
    theme: float
    shared_words: tuple[str, ...]
    shared_themes: tuple[tuple[str, str], ...]

    @property
    def own_county(self) -> bool:
        """Tell whether the area belongs to the very territory that raised the need."""
        return self.need.territory == self.area.territory

    def because(self, language: str) -> str:
        """Tell in a sentence why the match has its score."""
        at, point = (1, ".") if language == "en" else (0, ",")
        none = ("inga", "none")[at]
        common = ", ".join(self.shared_words) or none
        themes = ", ".join(theme[at] for theme in self.shared_themes) or none
        said = (("gemensamma ordstammar", "gemensamma teman"), ("shared stems", "shared themes"))[at]
        score, weight, lexical, other, theme = (
            f"{number:.2f}".replace(".", point)
            for number in (self.score, WORDS, self.lexical, THEMES, self.theme)
        )
        by_words = f"{weight} × {lexical} ({said[0]}: {common})"
        return f"{score} = {by_words} + {other} × {theme} ({said[1]}: {themes})"

    def json(self) -> dict[str, object]:
        """Return the match as a JSON object."""
        return {
            "need": self.need.iri,
            "needLabel": self.need.label,
            "area": self.area.iri,
            "areaLabel": self.area.label,
            "territory": self.area.territory,
            "territoryLabel": self.area.territory_label,
            "ownCounty": self.own_county,
            "leads": [{"organisation": lead, "label": label} for lead, label in self.area.leads],
            "score": round(self.score, 4),
            "lexical": round(self.lexical, 4),
            "theme": round(self.theme, 4),
            "method": METHOD,
            "status": "inferred",
            "evidenceLevel": self.area.level,
            "because": self.because("en"),
        }


class Matcher:
    """Score needs against the areas of a store."""

    def __init__(self, store: Asked) -> None:
        self.needs = _needs(store)
        self.areas = _areas(store)
        self._themes = _themes(store)
        self._lexicon = Lexicon.of([*(a.label for a in self.areas), *(need.label for need in self.needs)])
        self._vectors = [self._lexicon.terms(area.label) for area in self.areas]
        self._found = Counter(term for vector in self._vectors for term in vector)

    def named(self, asked: str) -> tuple[Need, ...]:
        """Return the needs that an IRI or a name means, else a need of today in the asker's own words."""
        folded = asked.strip().casefold()
        known = tuple(
            need for need in self.needs if folded in ((need.iri or "").casefold(), need.label.casefold())
        )
        if not known and folded.startswith(("http://", "https://")):
            raise UnknownName("need", asked, (need.iri or "" for need in self.needs))
        return known or (Need(None, asked.strip(), year=datetime.now(UTC).year),)

    def matches(self, need: Need) -> tuple[Match, ...]:
        """Return the areas that meet a need: its own county's first, then by score."""
        terms, themes = self._lexicon.terms(need.label), self._themes_of(need.label)
        found = [
            match
            for area, vector in zip(self.areas, self._vectors, strict=True)
            if not (area.until and need.year and area.until < need.year)
            and (match := self._match(need, area, terms, vector, themes)).score >= FLOOR
        ]
        return tuple(
            sorted(found, key=lambda m: (not m.own_county, -m.score, swedish(m.area.label), m.area.iri))
        )

    def _match(
        self,
        need: Need,
        area: Area,
        terms: Mapping[str, float],
        vector: Mapping[str, float],
        themes: set[str],
    ) -> Match:
        lexical = self._cosine(terms, vector)
        others = self._themes_of(area.label)
        theme = len(themes & others) / len(themes | others) if themes | others else 0.0
        return Match(
            need,
            area,
            WORDS * lexical + THEMES * theme,
            lexical,
            theme,
            tuple(sorted(set(terms) & set(vector), key=swedish)),
            tuple(self._themes[name].labels for name in sorted(themes & others)),
        )

    def _cosine(self, one: Mapping[str, float], other: Mapping[str, float]) -> float:
        shared = math.fsum(one[t] * other[t] * self._idf(t) ** 2 for t in one.keys() & other.keys())
        return shared / (self._length(one) * self._length(other)) if shared else 0.0

    def _length(self, vector: Mapping[str, float]) -> float:
        return math.sqrt(math.fsum((weight * self._idf(term)) ** 2 for term, weight in vector.items()))

    def _idf(self, term: str) -> float:
        return math.log((len(self.areas) + 1) / (self._found[term] + 1)) + 1

    def _themes_of(self, label: str) -> set[str]:
        found = set(words(label)) | set(self._lexicon.terms(label))
        return {name for name, theme in self._themes.items() if theme.holds(found)}


@dataclass(frozen=True)
class _Theme:
    labels: tuple[str, str]
    words: tuple[str, ...]

    def holds(self, found: Iterable[str]) -> bool:
        return any(
            one == word or (len(word) > 3 and one.startswith(word)) for one in found for word in self.words
        )


def infer(store: Asked, iris: Iris) -> list[str]:
    """Return the NeedMatch nodes of all needs as sorted N-Triples lines."""
    matcher = Matcher(store)
    matches = (match for need in matcher.needs for match in matcher.matches(need))
    return sorted({f"{s} {p} {o}" for match in matches for s, p, o in _triples(match, iris)})


def _triples(match: Match, iris: Iris) -> Iterable[tuple[Term, Term, Term]]:
    need, area = iri(match.need.iri or ""), iri(match.area.iri)
    subject = iris.digest("match", need, area, METHOD)
    facts = [
        (n.type_, iri(n.NeedMatch)),
        (n.prefLabel, text(f"{match.need.label} → {match.area.label}", "sv")),
        (n.matchNeed, need),
        (n.matchArea, area),
        (n.score, _four(match.score)),
        (n.lexicalScore, _four(match.lexical)),
        (n.themeScore, _four(match.theme)),
        (n.scoredBy, iris.thing("match-method", METHOD)),
        (n.status, iris.thing("status", "inferred")),
        *((n.comment, text(match.because(language), language)) for language in ("sv", "en")),
    ]
    return [(subject, iri(predicate), obj) for predicate, obj in facts]


def _four(value: float) -> Term:
    return decimal(Decimal(f"{value:.4f}"))


def _needs(store: Asked) -> tuple[Need, ...]:
    rows = ask(store, query("match-needs")).rows.dicts()
    return tuple(
        Need(row["need"], str(row["label"]), row["territory"], int(row["year"]) if row["year"] else None)
        for row in rows
    )


def _areas(store: Asked) -> tuple[Area, ...]:
    found: dict[str, Area] = {}
    for row in ask(store, query("match-areas")).rows.dicts():
        lead = ((str(row["lead"]), str(row["leadLabel"])),) if row["lead"] else ()
        area = str(row["area"])
        leads = tuple(dict.fromkeys((*found[area].leads, *lead))) if area in found else lead
        found[area] = Area(
            area,
            str(row["label"]),
            str(row["labelEn"] or row["label"]),
            str(row["territory"]),
            str(row["territoryLabel"]),
            leads,
            int(row["until"]) if row["until"] else None,
            str(row["level"]),
        )
    return tuple(found.values())


def _themes(store: Asked) -> dict[str, _Theme]:
    found: dict[str, _Theme] = {}
    for row in ask(store, query("match-themes")).rows.dicts():
        name, labels = str(row["theme"]), (str(row["label"]), str(row["labelEn"]))
        words = found[name].words if name in found else ()
        found[name] = _Theme(labels, (*words, str(row["word"])))
    return found
