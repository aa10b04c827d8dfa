"""Make the index that names are searched by: once for a store, as columns that can be kept beside it.

Names lie in the order in which equally good hits are shown (the shorter first, then as Swedes sort), so that
a search sorts small numbers and never texts. Words lie sorted without accents, so that the words which
begin alike, and the names that hold them, are one slice each.
"""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from graph.asked import Asked
from graph.columns import Column
from graph.kept import kept
from ontology import names as n
from queries.answer import bind
from queries.catalogue import query
from queries.collation import swedish
from queries.search_near import offsets, signature
from queries.search_words import entered, folded, plain, spelled
from queries.words import Lexicon

ASKED: Final = ("search-labels", "search-classes", "search-counties")
_OWL: Final = "http://www.w3.org/2002/07/owl#"
_TERMS: Final = ("Class", "ObjectProperty", "DatatypeProperty")
FORM: Final = "1"  # another number when the columns below become others
KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "organisation": (n.Organisation, n.Company, n.University, n.SciencePark, n.ActorGroup, n.Collaboration),
    "area": (n.PriorityArea, n.StrengthArea, n.ChallengeArea, n.KnowledgeArea),
    "project": (n.Project, n.Activity),
    "place": (n.County, n.Municipality, n.StatisticalRegion, n.ProgrammeArea),
    "need": (n.Need, n.NeedMatch),
    "strategy": (n.Strategy, n.Roadmap, n.AreaSet, n.Goal),
    "money": (n.Fund, n.Programme, n.Grant, n.MonetaryAmount),
    "document": (n.SourceDocument,),
    "term": (n.Role, n.Concept, n.SKOS + "ConceptScheme", *(_OWL + it for it in _TERMS)),
}
OTHER: Final = "other"
Ints = NDArray[np.int32]


def text() -> str:
    """Return what an index answers: the texts of the queries that it is made of, and its form."""
    return "\n".join((f"search index {FORM}", *(bind(query(name), {})[1] for name in ASKED)))


def read(store: Asked, beside: Path | None) -> dict[str, Column]:
    """Return the index of a store that never changes, from the file beside it or made and put there."""
    return build(store) if beside is None else kept(beside, text(), lambda: build(store))


def build(store: Asked) -> dict[str, Column]:
    """Make the index of a store's names."""
    named, classes, counties = (store.columns(bind(query(name), {})[1]) for name in ASKED)
    made, order = _names(named)
    things = named["thing"].texts
    words, tied = _words(named["label"].texts, order["labels"])
    pairs = zip(_texts(named["label"]), _texts(named["language"]), strict=True)
    native = {text for text, language in pairs if language != "en"}
    lexicon = Lexicon.of({word for text in native for word in spelled(text)})
    return (
        made
        | tied
        | _stems(words, lexicon)
        | _classes(things, classes)
        | _counties(things, counties)
        | {"iris": _joined(things)}
    )


def kind(classes: Iterable[str]) -> str:
    """Return the kind of a thing of some classes."""
    held = set(classes)
    return next((kind for kind, those in KINDS.items() if not held.isdisjoint(those)), OTHER)


def _names(named: Mapping[str, Column]) -> tuple[dict[str, Column], dict[str, Ints]]:
    """Put the names in order; return their columns, and the label of each."""
    labels, things = named["label"].texts, named["thing"].texts
    place = _places(sorted(range(len(labels)), key=lambda at: (len(labels[at]), swedish(labels[at]))))
    of_thing = _places(sorted(range(len(things)), key=things.__getitem__))
    label, thing = np.array(named["label"].codes, np.int32), np.array(named["thing"].codes, np.int32)
    ranks = np.array([int(text) for text in named["rank"].texts] or [0], np.int32)
    rank = ranks[np.array(named["rank"].codes, np.int32)]
    texts = named["language"].texts or ("",)
    language = np.array(named["language"].codes, np.int32)
    foreign = np.array([text != "sv" for text in texts])[language]
    order = np.lexsort((language, rank, of_thing[thing], place[label])).astype(np.int32)
    plains = [plain(spelled(text)) for text in labels]
    whole = _places(sorted(range(len(labels)), key=lambda at: (plains[at], at)))
    made = {
        "labels": _joined(labels),
        "label": _column(label[order]),
        "thing": _column(thing[order]),
        "rank": _column(rank[order]),
        "foreign": _column(foreign[order]),
        "language": Column(_array(language[order]), texts),
        "whole": _column(np.argsort(whole[label[order]], kind="stable")),  # names by what they say
    }
    return made, {"labels": label[order]}


def _words(labels: Sequence[str], label: Ints) -> tuple[list[str], dict[str, Column]]:
    """Return the words of the labels, and the columns that tie them to names."""
    held = [set(entered(text)) for text in labels]
    words = sorted({word for words in held for word in words}, key=lambda word: (folded(word), word))
    number = {word: at for at, word in enumerate(words)}
    counts = np.array([len(words) for words in held], np.int32)
    flat = np.array([number[word] for words in held for word in sorted(words)], np.int32)
    starts = np.cumsum([0, *counts], dtype=np.int64)
    many = counts[label]  # of each name
    inside = np.arange(int(many.sum())) - np.repeat(np.cumsum(many) - many, many)
    word = flat[np.repeat(starts[label], many) + inside]
    name = np.repeat(np.arange(len(label), dtype=np.int32), many)
    order = np.argsort(word, kind="stable")
    bare = [folded(word) for word in words]
    return words, {
        "words": _joined(words),
        "bare": _joined(bare),
        "signatures": _column(np.array([signature(word) for word in bare], np.int32)),
        "postings": _column(name[order]),
        "posted": _column(_starts(word, len(words))),
    }


def _stems(words: Sequence[str], lexicon: Lexicon) -> dict[str, Column]:
    """Tie the stems of words, and those of the parts of compounds, to the words."""
    pairs = sorted(
        {(folded(stem), at) for at, word in enumerate(words) for stem in lexicon.terms(word)},
    )
    stems = sorted({stem for stem, _ in pairs})
    number = {stem: at for at, stem in enumerate(stems)}
    of = np.array([number[stem] for stem, _ in pairs], np.int32)
    known = sorted(lexicon.known | set(map(folded, lexicon.known)))
    joined = sorted(lexicon.joined | set(map(folded, lexicon.joined)))
    return {
        "stems": _joined(stems),
        "stemmed": _column(_starts(of, len(stems))),
        "stem_words": _column(np.array([at for _, at in pairs], np.int32)),
        "known": Column(array("i", [len(known)]), ("\n".join(known),)),
        "joints": Column(array("i", [len(joined)]), ("\n".join(joined),)),
    }


def _classes(things: Sequence[str], rows: Mapping[str, Column]) -> dict[str, Column]:
    """Return which classes each thing has, those that tell most first, and its kind."""
    held: dict[str, set[str]] = {}
    for thing, class_ in zip(*(_texts(rows[name]) for name in ("thing", "class")), strict=True):
        held.setdefault(thing, set()).add(class_)
    told = [" ".join(telling(held.get(thing, ()))) for thing in things]
    several = sorted(set(told))
    number = {each: at for at, each in enumerate(several)}
    kinds = [*KINDS, OTHER]
    of = np.array([kinds.index(kind(each.split())) for each in several] or [0], np.int32)
    codes = np.array([number[each] for each in told], np.int32)
    return {
        "classes": Column(_array(codes), tuple(several)),
        "kinds": Column(_array(of[codes]), tuple(kinds)),
    }


def telling(classes: Iterable[str]) -> list[str]:
    """Sort classes, those that tell least last: every actor is an organisation, many are companies too."""
    last = (n.Company, n.Organisation, n.PriorityArea)
    found = sorted(classes, key=lambda it: (last.index(it) + 1 if it in last else 0, it))
    ours = [it for it in found if it.startswith(n.SAMSPEL)]
    return ours or found


def _counties(things: Sequence[str], rows: Mapping[str, Column]) -> dict[str, Column]:
    """Return the counties, and which things belong to each."""
    number = {thing: at for at, thing in enumerate(things)}
    pairs = zip(*(_texts(rows[name]) for name in ("county", "thing")), strict=True)
    found = sorted({(county, number[thing]) for county, thing in pairs if thing in number})
    counties = sorted({county for county, _ in found})
    at = {county: place for place, county in enumerate(counties)}
    of = np.array([at[county] for county, _ in found], np.int32)
    return {
        "counties": Column(_array(_starts(of, len(counties))), tuple(counties)),
        "county_things": _column(np.array([thing for _, thing in found], np.int32)),
    }


def _texts(column: Column) -> Iterable[str]:
    return (column.texts[code] if code >= 0 else "" for code in column.codes)


def _places(order: Sequence[int]) -> Ints:
    """Return the place of each number in an order."""
    places = np.empty(len(order), np.int32)
    places[np.array(order, np.int64)] = np.arange(len(order), dtype=np.int32)
    return places


def _starts(numbers: Ints, many: int) -> Ints:
    """Return where each number begins among sorted ones, and where the last ends."""
    return np.concatenate(([0], np.cumsum(np.bincount(numbers, minlength=many)))).astype(np.int32)


def _joined(found: Sequence[str]) -> Column:
    """Return texts as one, with where each begins."""
    return Column(_array(offsets(found)), ("".join(found),))


def _column(numbers: NDArray[np.generic]) -> Column:
    return Column(_array(numbers), ())


def _array(numbers: NDArray[np.generic]) -> "array[int]":
    return array("i", np.ascontiguousarray(numbers, np.int32).tobytes())
