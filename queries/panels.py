"""The panels of pages: catalogued queries that say of themselves which things' pages they stand on.

A panel is a query file with one more line in its header, and with one parameter, the thing:

    # panel: County, StatisticalRegion | 10
    # panel: Fund, Programme, (Organisation) | 60 | bars n

First the classes of ours: a thing of any of them has the panel. Where it has no rows, the page says so, but
not of things of a class in brackets, of which nobody expects any. Then the place among the panels of a page,
then, where that says more, the column that is drawn as a bar in each row.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from graph.asked import Asked
from ontology import names
from ontology.names import SAMSPEL
from queries import catalogue
from queries.answer import Answer, ask
from queries.catalogue import Query
from queries.errors import HeaderError

PARAMETER: Final = "thing"
_LINE = re.compile(
    r"(?P<classes>(?:\w+|\(\w+\))(?:, (?:\w+|\(\w+\)))*) \| (?P<at>\d+)(?: \| bars (?P<bars>\w+))?\Z"
)


@dataclass(frozen=True)
class Panel:
    """A query that is a panel: of which classes, expected of which, in which place, and what is drawn."""

    query: Query
    classes: frozenset[str]
    expected: frozenset[str]
    at: int
    bars: str | None = None


@cache
def every() -> tuple[Panel, ...]:
    """Return all panels, in their order."""
    found = (read(query) for query in catalogue.queries().values() if query.panel)
    return tuple(sorted(found, key=lambda panel: (panel.at, panel.query.name)))


def of(classes: Iterable[str]) -> tuple[Panel, ...]:
    """Return the panels of a thing of some classes, in their order."""
    own = frozenset(classes)
    return tuple(panel for panel in every() if panel.classes & own)


def read(query: Query) -> Panel:
    """Read what a query says of itself as a panel; raise HeaderError with the file."""
    found, file = _LINE.match(query.panel), query.path.name
    if found is None:
        raise HeaderError(
            f"{file}:1: panel is {query.panel!r}; expected 'Class, Class | place' or '… | bars column'."
        )
    if [(each.name, each.type) for each in query.parameters] != [(PARAMETER, "iri")]:
        raise HeaderError(f"{file}:1: a panel takes one parameter, {PARAMETER!r} of type 'iri'.")
    told, bars = found["classes"].split(", "), found["bars"]
    classes = [each.strip("()") for each in told]
    if strange := [each for each in classes if getattr(names, each, None) != SAMSPEL + each]:
        raise HeaderError(f"{file}:1: {strange[0]!r} is no class; expected the name of one of ours.")
    if bars is not None and bars not in query.returns:
        raise HeaderError(f"{file}:1: bars are to show {bars!r}; expected one of {', '.join(query.returns)}.")
    expected = frozenset(SAMSPEL + each for each in told if each in classes)
    return Panel(query, frozenset(SAMSPEL + each for each in classes), expected, int(found["at"]), bars)


def answers(store: Asked, panels: Iterable[Panel], thing: str) -> list[tuple[Panel, Answer]]:
    """Ask panels about a thing."""
    return [(each, ask(store, each.query, {PARAMETER: thing})) for each in panels]
