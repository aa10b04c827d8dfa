"""Match needs to the areas that can meet them: scored by words and themes, each score told by its parts.

An area in force when the need was raised is scored

    score = WORDS · lexical + THEMES · theme

lexical: the greatest likeness of the need to one of the area's names (Swedish, English, other names and
meanings): STEMS · cosine of stems with compounds taken apart (see `queries.words`) + (1 - STEMS) · cosine
of character n-grams (`queries.grams`). A stem t weighs idf(t) = ln((N+1)/(n_t+1)) + 1 over the N areas,
n_t of which hold t; what no area holds weighs UNKNOWN of that.
theme: 1 - (1 - t)(1 - LINK · c), where t is the cosine of the SKOS themes of need and area
(`queries.themes`), and c the greatest likeness of the need to the name of a concept that the area is
mapped to, times how close the mapping says that it is (`queries.needs.CLOSE`); less than NEAR is none.
A sentence model, when one is plugged in, adds its likeness: score = (1 - MODEL) · score + MODEL · likeness.
Matches under FLOOR are not reported. The weights were chosen by `benchmarks/matching.py` on the two thirds
of its labelled needs that are for tuning; docs/matching.md tells how well they do on the third held back.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Protocol

from graph.asked import Asked
from graph.iris import Iris
from graph.terms import Term, decimal, iri, text
from ontology import names as n
from queries import needs
from queries.collation import swedish
from queries.errors import UnknownName
from queries.grams import Grams, cosine, pieces
from queries.needs import Area, Need, Texts
from queries.themes import Themes
from queries.words import Lexicon, words

METHOD = "compound-ngram-2"


class SentenceModel(Protocol):
    """What tells how alike two texts mean; the place where a model of sentences can be plugged in."""

    name: str

    def likeness(self, need: str, texts: Sequence[str]) -> Sequence[float]:
        """Return for each text how much it means the same as the need, from 0 to 1."""


@dataclass(frozen=True)
class Weights:
    """What counts how much."""

    words: float = 0.5
    stems: float = 0.7
    unknown: float = 0.5
    link: float = 0.5
    near: float = 0.2
    floor: float = 0.25
    model: float = 0.5

    @property
    def themes(self) -> float:
        """What the themes count."""
        return 1 - self.words


WEIGHTS = Weights()


@dataclass(frozen=True)
class Match:
    """A need and an area with their score and its parts."""

    need: Need
    area: Area
    score: float
    lexical: float
    theme: float
    shared_words: tuple[str, ...]
    shared_pieces: tuple[str, ...]
    shared_themes: tuple[tuple[str, str], ...]
    concept: tuple[str, str] | None
    telling: frozenset[str]  # the words of either that gave the score, in small letters
    model: tuple[str, float] | None = None
    weights: Weights = WEIGHTS

    @property
    def own_county(self) -> bool:
        """Tell whether the area belongs to the very territory that raised the need."""
        return self.need.territory == self.area.territory

    @property
    def method(self) -> str:
        """The method of the score, with the sentence model if there was one."""
        return f"{METHOD}+{self.model[0]}" if self.model else METHOD

    def because(self, language: str) -> str:
        """Tell in a sentence why the match has its score."""
        at, point = (1, ".") if language == "en" else (0, ",")

        def told(number: float) -> str:
            return f"{number:.2f}".replace(".", point)

        share = 1 - self.weights.model if self.model else 1.0
        by_words = f"{told(share * self.weights.words)} × {told(self.lexical)} ({self._words(at)})"
        by_themes = f"{told(share * self.weights.themes)} × {told(self.theme)} ({self._themes(at)})"
        parts = [by_words, by_themes]
        if self.model:
            parts.append(f"{told(self.weights.model)} × {told(self.model[1])} ({self.model[0]})")
        return f"{told(self.score)} = {' + '.join(parts)}"

    def _words(self, at: int) -> str:
        said = ("gemensamma ordstammar", "shared stems")[at]
        told = [f"{said}: {', '.join(self.shared_words) or ('inga', 'none')[at]}"]
        if self.shared_pieces:
            told.append(f"{('orddelar', 'parts of words')[at]}: {', '.join(self.shared_pieces)}")
        return "; ".join(told)

    def _themes(self, at: int) -> str:
        said = ("gemensamma teman", "shared themes")[at]
        told = [f"{said}: {', '.join(each[at] for each in self.shared_themes) or ('inga', 'none')[at]}"]
        if self.concept:
            told.append(f"{('begrepp', 'concept')[at]}: {self.concept[at]}")
        return "; ".join(told)

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
            "method": self.method,
            "status": "inferred",
            "evidenceLevel": self.area.level,
            "because": self.because("en"),
        }


@dataclass(frozen=True)
class _Name:
    """A text that a need is held against: its words as stems and as n-grams, each of length one."""

    text: str
    stems: Mapping[str, float]
    grams: Mapping[str, float]


@dataclass(frozen=True)
class _Known:
    """An area as it is held against needs."""

    area: Area
    names: tuple[_Name, ...]
    concepts: tuple[tuple[float, tuple[str, str], tuple[_Name, ...]], ...]
    themes: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class _Score:
    """An area's score for a need, its parts, and what was nearest: a name, and a concept by a name of its."""

    known: _Known
    whole: float
    lexical: float
    theme: float
    name: _Name
    concept: tuple[str, str] | None
    called: _Name | None
    model: tuple[str, float] | None


class Matcher:
    """Score needs against the areas of a store."""

    def __init__(self, store: Asked, model: SentenceModel | None = None, weights: Weights = WEIGHTS) -> None:
        self.needs = needs.needs(store)
        self.areas = needs.areas(store)
        self.weights, self._model = weights, model
        self._lexicon = Lexicon.of([*(a.label for a in self.areas), *(need.label for need in self.needs)])
        self._themes = Themes(needs.themes(store), self._lexicon)
        held = needs.texts(store)
        texts = [held.get(area.iri, Texts([area.label])) for area in self.areas]
        self._held = Counter(
            term for each in texts for term in {t for said in each.all() for t in self._lexicon.terms(said)}
        )
        self._grams = Grams((said for each in texts for said in each.all()), weights.unknown)
        self._themes.learn(" ".join(each.names) for each in texts)
        self._known = [self._area(area, each) for area, each in zip(self.areas, texts, strict=True)]

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
        asked, themes = self._name(need.label), self._themes.of(need.label)
        known = [
            each
            for each in self._known
            if not (each.area.until and need.year and each.area.until < need.year)
        ]
        if not words(need.label):
            return ()
        said: Sequence[float | None] = (
            self._model.likeness(need.label, [each.area.label for each in known])
            if self._model
            else [None] * len(known)
        )
        found = [
            self._match(need, score, asked, themes)
            for each, likeness in zip(known, said, strict=True)
            if (score := self._score(each, asked, themes, likeness)).whole >= self.weights.floor
        ]
        return tuple(
            sorted(found, key=lambda m: (not m.own_county, -m.score, swedish(m.area.label), m.area.iri))
        )

    def terms(self, said: str) -> set[str]:
        """Return the stems of a text with compounds taken apart, as the areas' names are."""
        return set(self._lexicon.terms(said))

    def _score(
        self, known: _Known, asked: _Name, themes: Mapping[str, tuple[str, ...]], likeness: float | None
    ) -> _Score:
        lexical, name = max(((self._like(asked, each), each) for each in known.names), key=_first)
        closeness, concept, called = self._concept(asked, known)
        alike = self._themes.alike(themes, known.themes)
        theme = 1 - (1 - alike) * (1 - self.weights.link * closeness)
        whole = self.weights.words * lexical + self.weights.themes * theme
        model = None if likeness is None or self._model is None else (self._model.name, likeness)
        if model:
            whole = (1 - self.weights.model) * whole + self.weights.model * model[1]
        return _Score(known, whole, lexical, theme, name, concept, called, model)

    def _match(self, need: Need, score: _Score, asked: _Name, themes: Mapping[str, tuple[str, ...]]) -> Match:
        shared, parts, telling = self._shared(asked, score.name)
        others = score.known.themes
        meant = sorted(set(themes) & set(others))
        telling |= {word for theme in meant for word in (*themes[theme], *others[theme])}
        if score.called:
            telling |= self._shared(asked, score.called)[2]
        return Match(
            need,
            score.known.area,
            score.whole,
            score.lexical,
            score.theme,
            shared,
            parts,
            tuple(self._themes.labels[each] for each in meant),
            score.concept,
            frozenset(telling),
            score.model,
            self.weights,
        )

    def _concept(self, asked: _Name, known: _Known) -> tuple[float, tuple[str, str] | None, _Name | None]:
        """Return how near the nearest concept of an area is, its names, and the name that is near."""
        best: tuple[float, tuple[str, str] | None, _Name | None] = (0.0, None, None)
        for close, labels, names in known.concepts:
            for each in names:
                like = self._like(asked, each)
                if like >= self.weights.near and close * like > best[0]:
                    best = (close * like, labels, each)
        return best

    def _like(self, one: _Name, other: _Name) -> float:
        by_stems = cosine(one.stems, other.stems)
        return self.weights.stems * by_stems + (1 - self.weights.stems) * cosine(one.grams, other.grams)

    def _shared(self, asked: _Name, name: _Name) -> tuple[tuple[str, ...], tuple[str, ...], set[str]]:
        """Return the stems and the pieces of other words that both texts hold, and the words with them."""
        shared = set(asked.stems) & set(name.stems)
        telling = {
            word
            for said in (asked.text, name.text)
            for word in words(said)
            if shared & set(self._lexicon.terms(word))
        }
        parts = {
            each for each in pieces(asked.text, name.text) if each[1] not in telling or each[2] not in telling
        }
        telling |= {word for _, *both in parts for word in both}
        told = {piece for piece, *_ in parts} - shared
        return tuple(sorted(shared, key=swedish)), tuple(sorted(told, key=swedish)), telling

    def _area(self, area: Area, held: Texts) -> _Known:
        concepts = [
            (held.close[each], _labels(said), tuple(map(self._name, said.values())))
            for each, said in held.concepts.items()
        ]
        names = [area.label, *(said for said in held.names if said != area.label)]
        return _Known(
            area,
            tuple(self._name(said) for said in names),
            tuple(concepts),
            self._themes.of(" ".join(names)),
        )

    def _name(self, said: str) -> _Name:
        weights = {term: weight * self._rare(term) for term, weight in self._lexicon.terms(said).items()}
        length = math.sqrt(math.fsum(weight * weight for weight in weights.values()))
        stems = {term: weight / length for term, weight in weights.items()} if length else {}
        return _Name(said, stems, self._grams.vector(said))

    def _rare(self, term: str) -> float:
        held = self._held[term]
        return (math.log((len(self.areas) + 1) / (held + 1)) + 1) * (1 if held else self.weights.unknown)


def _labels(said: Mapping[str, str]) -> tuple[str, str]:
    """Return a name in Swedish and English, in the other language where it has but one."""
    return said.get("sv") or said["en"], said.get("en") or said["sv"]


def _first(found: tuple[float, _Name]) -> float:
    return found[0]


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
