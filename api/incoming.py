"""What points to a thing: counted by property, and shown in parts that stay small however many there are.

Up to SORTED things of a property are read whole and stand by name; more are read part by part, in the
order in which the store has them, and by name within a part.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from api import labels
from api.site import Missing
from api.things import Thing
from api.view import View
from queries.answer import ask_part
from queries.catalogue import query
from queries.collation import swedish

SHOWN: Final = 30  # of each property, where all properties stand
PAGE: Final = 100  # of one property, where it stands alone
SORTED: Final = 500
_DIGITS: Final = 9


@dataclass(frozen=True)
class Part:
    """Some of the things that name a thing with a property: how many there are, and which these are."""

    predicate: str
    count: int
    first: int
    subjects: tuple[str, ...]
    page: int | None = None  # its number where the property stands alone

    @property
    def last(self) -> int:
        """The number of the last thing shown, counted from 1."""
        return self.first + len(self.subjects)

    @property
    def pages(self) -> int:
        """How many pages the property fills."""
        return max(1, -(-self.count // PAGE))


def parts(view: View, thing: Thing) -> list[Part]:
    """Return what points to a thing: some of each property, or the page of the one that the address names."""
    predicate = view.request.query_params.get("in")
    if predicate is None:
        found = [_part(view, thing, each, 0, SHOWN) for each in thing.incoming]
        _learn(view, found)
        return sorted(found, key=lambda part: swedish(view.name(part.predicate).text))
    number = _number(view.request.query_params.get("page", "1"))
    if predicate not in thing.incoming or not 1 <= number <= _pages(thing.incoming[predicate]):
        raise Missing(view.say("incoming_none", predicate=predicate, number=number))
    one = _part(view, thing, predicate, (number - 1) * PAGE, PAGE, number)
    _learn(view, [one])
    return [one]


def _part(view: View, thing: Thing, predicate: str, first: int, size: int, page: int | None = None) -> Part:
    count = thing.incoming[predicate]
    if count > SORTED:
        subjects = by_name(view, _subjects(view, thing.iri, predicate, size, first))
    else:
        subjects = by_name(view, _subjects(view, thing.iri, predicate, SORTED, 0))[first : first + size]
    return Part(predicate, count, first, tuple(subjects), page)


def by_name(view: View, iris: Sequence[str]) -> list[str]:
    """Sort things by name, their names asked for at once; their parts only for those that are shown."""
    labels.learn(view.snapshot, iris)
    return view.by_name(iris)


def _subjects(view: View, iri: str, predicate: str, limit: int, offset: int) -> list[str]:
    given = {"thing": iri, "predicate": predicate}
    rows = ask_part(view.snapshot.store, query("thing-incoming"), given, limit, offset).rows
    return [cell.value for (cell,) in rows if isinstance(cell, NamedNode)]


def _learn(view: View, found: Iterable[Part]) -> None:
    view.learn(iri for part in found for iri in (part.predicate, *part.subjects))


def _pages(count: int) -> int:
    return max(1, -(-count // PAGE))


def _number(text: str) -> int:
    """Return a page's number, 0 for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else 0
