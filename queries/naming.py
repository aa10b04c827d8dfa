"""Choose a main name for each organisation that sources name only in passing: the graph of names.

Outside sources print their own names of an organisation (skos:altLabel) and none of them decides. The choice
depends on what the named graphs say and on nothing else, so the order in which they were loaded is
irrelevant: the source that spells best first, then a name in small letters before one in capitals and both
before an abbreviation, then Swedish before English, then the alphabet.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from sys import intern
from typing import Final

from pyoxigraph import Literal, QuerySolutions

from graph.asked import Asked
from graph.errors import QueryError
from graph.iris import Iris
from graph.terms import text
from ontology import names as n
from queries.answer import bind
from queries.catalogue import query
from queries.collation import swedish

PREFERENCE: Final = ("ror", "swecris", "kohesio", "esf", "vinnova", "erdf_se", "cordis")
SWEDISH: Final = frozenset({"swecris", "esf", "vinnova", "erdf_se"})
_LANGUAGES: Final = ("sv", "en", "")  # "" is a name without language; names in all others come last


Rank = tuple[int, int, int, str]


@dataclass(frozen=True, slots=True)
class Name:
    """A name that a source prints: its own language or none, the source, and whether a Swede is named."""

    value: str
    language: str
    source: str
    swedish: bool

    @property
    def rank(self) -> Rank:
        """How little the name is wanted, before the alphabet: source, spelling, language."""
        place, language = _place(PREFERENCE, self.source), _place(_LANGUAGES, self.language)
        return place, _spelling(self.value), language, self.source

    @property
    def tag(self) -> str:
        """The language that the main name is in: its own, else that of who is named or who names."""
        if self.language in ("sv", "en"):
            return self.language
        return "sv" if self.swedish or self.source in SWEDISH else "en"


def names(store: Asked, iris: Iris) -> list[str]:
    """Return the lines of the graph of names: one main name for each organisation without."""
    best: dict[str, Name] = {}
    for organisation, name in _found(store, iris):
        if (known := best.get(organisation)) is None or _before(name, known):
            best[organisation] = name
    return [line for organisation in sorted(best) for line in _lines(organisation, best.pop(organisation))]


def _lines(organisation: str, name: Name) -> Iterator[str]:
    """Yield the main name; one in English serves in Swedish too, for a name is not translated."""
    for language in dict.fromkeys((name.tag, "sv")):
        yield f"{organisation} <{n.prefLabel}> {text(name.value, language)}"


def _found(store: Asked, iris: Iris) -> Iterator[tuple[str, Name]]:
    """Yield the names row by row, so that a large store is never held twice."""
    _, sparql = bind(query("unnamed-organisations"), {"names": iris.graph("names")[1:-1]})
    solutions = store.run(sparql)
    if not isinstance(solutions, QuerySolutions):
        raise QueryError("unnamed-organisations.rq: a SELECT query was expected here.")
    for solution in solutions:
        name = solution["name"]
        if isinstance(name, Literal):
            source = intern(str(solution["graph"])[1:-1].rpartition("/")[2])
            language = intern((name.language or "").partition("-")[0])
            yield (
                str(solution["organisation"]),
                Name(name.value, language, source, solution["number"] is not None),
            )


def _before(one: Name, other: Name) -> bool:
    """Tell whether a name is wanted before another; the alphabet is asked only where the ranks are even."""
    if (rank := one.rank) != (known := other.rank):
        return rank < known
    return _alphabet(one) < _alphabet(other)


def _alphabet(name: Name) -> tuple[tuple[str, str], str]:
    return swedish(name.value), name.language


def _place(order: tuple[str, ...], value: str) -> int:
    return order.index(value) if value in order else len(order)


def _spelling(value: str) -> int:
    """Return 0 for a name in small letters, 1 for one in capitals, 2 for what looks like an abbreviation.

    >>> [_spelling(name) for name in ("Linköpings universitet", "LINKOPINGS UNIVERSITET", "LiU")]
    [0, 1, 2]
    """
    if " " not in value and sum(map(str.isupper, value)) > 1:
        return 2
    return int(value.isupper())
