"""Choose a main name for each organisation that sources name only in passing: the graph of names.

Outside sources print their own names of an organisation (skos:altLabel) and none of them decides. The choice
depends on what the named graphs say and on nothing else, so the order in which they were loaded is
irrelevant: the source that spells best first, then a name in small letters before one in capitals and both
before an abbreviation, then Swedish before English, then the alphabet.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, QuerySolutions

from graph.errors import QueryError
from graph.iris import Iris
from graph.store import Store
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


def names(store: Store, iris: Iris) -> list[str]:
    """Return the lines of the graph of names: one main name for each organisation without."""
    best: dict[str, tuple[Rank, Name]] = {}
    for organisation, name in _found(store, iris):
        found, known = (name.rank, name), best.get(organisation)
        if known is None or _before(found, known):
            best[organisation] = found
    return [
        f"{organisation} <{n.prefLabel}> {text(best[organisation][1].value, best[organisation][1].tag)}"
        for organisation in sorted(best)
    ]


def _found(store: Store, iris: Iris) -> Iterator[tuple[str, Name]]:
    """Yield the names row by row, so that a large store is never held twice."""
    _, sparql = bind(query("unnamed-organisations"), {"names": iris.graph("names")[1:-1]})
    solutions = store.run(sparql)
    if not isinstance(solutions, QuerySolutions):
        raise QueryError("unnamed-organisations.rq: a SELECT query was expected here.")
    for solution in solutions:
        name = solution["name"]
        if isinstance(name, Literal):
            source = str(solution["graph"])[1:-1].rpartition("/")[2]
            language = (name.language or "").partition("-")[0]
            yield (
                str(solution["organisation"]),
                Name(name.value, language, source, solution["number"] is not None),
            )


def _before(one: tuple[Rank, Name], other: tuple[Rank, Name]) -> bool:
    """Tell whether a name is wanted before another; the alphabet is asked only where the ranks are even."""
    if one[0] != other[0]:
        return one[0] < other[0]
    return _alphabet(one[1]) < _alphabet(other[1])


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
