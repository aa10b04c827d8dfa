"""Tell what the graph lacks: per class what its things should have and do not, each figure of how many."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, QuerySolutions

from graph.asked import Asked, Rows
from graph.errors import QueryError
from queries.answer import ask, bind
from queries.catalogue import Query, queries

CATEGORY = "missing"
UNKNOWNS = "stated-unknowns"
NOTHING = "nothing"
_MARK, _PREFIX = "lacks", "missing-"


@dataclass(frozen=True)
class Lack:
    """One thing that a class should have: who has simply nothing, and where a source says it is unknown."""

    name: str
    column: str
    nothing: tuple[str, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class Missing:
    """What the things of a class lack; `of` is how many things there are."""

    name: str
    query: Query
    of: int
    lacks: tuple[Lack, ...]


def missing(store: Asked) -> tuple[Missing, ...]:
    """Return what each class lacks, one for every query file of the folder, by name."""
    found = [each for name, each in sorted(queries().items()) if _speaks_of_a_class(name, each)]
    return tuple(_missing(each, ask(store, each).rows) for each in found)


def unknowns(store: Asked) -> Rows:
    """Return what the sources themselves say is unknown, with its evidence."""
    return ask(store, queries()[UNKNOWNS]).rows


def counts(found: tuple[Missing, ...]) -> dict[str, int]:
    """Return the figures as flat names, such as `projects.budget.nothing`, for a manifest."""
    figures = {}
    for each in found:
        figures[each.name] = each.of
        for lack in each.lacks:
            figures[f"{each.name}.{lack.name}.nothing"] = len(lack.nothing)
            figures[f"{each.name}.{lack.name}.unknown"] = len(lack.unknown)
    return figures


def counted(store: Asked) -> dict[str, int]:
    """Return the figures of all that is missing, as `counts` does, without holding the things in memory."""
    found: dict[str, int] = {}
    for name, query in sorted(queries().items()):
        if _speaks_of_a_class(name, query):
            found |= _counted(store, query)
    return found


def figures(found: tuple[Missing, ...]) -> list[Mapping[str, str | int]]:
    """Return the figures as rows: class, what it lacks, nothing, stated unknown, of how many."""
    return [
        {
            "class": each.name,
            "lacks": lack.name,
            "nothing": len(lack.nothing),
            "unknown": len(lack.unknown),
            "of": each.of,
        }
        for each in found
        for lack in each.lacks
    ]


def _speaks_of_a_class(name: str, query: Query) -> bool:
    return query.category == CATEGORY and name.startswith(_PREFIX)


def _counted(store: Asked, query: Query) -> dict[str, int]:
    name, columns = query.name.removeprefix(_PREFIX), _columns(query)
    of, said = 0, Counter[tuple[str, bool]]()
    solutions = store.run(bind(query, {})[1])
    if not isinstance(solutions, QuerySolutions):
        raise QueryError(f"{query.name}.rq: a SELECT query was expected here.")
    for row in solutions:
        of += 1
        cells = ((column, row[column]) for column in columns)
        said.update(
            (column, cell.value == NOTHING)
            for column, cell in cells
            if isinstance(cell, Literal) and cell.value
        )
    found = {name: of}
    for column in columns:
        lack = f"{name}.{_lacking(column)}"
        found |= {f"{lack}.nothing": said[column, True], f"{lack}.unknown": said[column, False]}
    return found


def _columns(query: Query) -> list[str]:
    return [column for column in query.returns if column.startswith(_MARK)]


def _lacking(column: str) -> str:
    return column.removeprefix(_MARK).lower()


def _missing(query: Query, rows: Rows) -> Missing:
    found = list(rows.dicts())
    lacks = tuple(_lack(column, found) for column in _columns(query))
    return Missing(query.name.removeprefix(_PREFIX), query, len(found), lacks)


def _lack(column: str, rows: list[dict[str, str | None]]) -> Lack:
    """Divide the things: an empty cell has it, `nothing` has not, anything else is a stated unknown."""
    lacking = [(str(row["thing"]), row[column]) for row in rows if row[column]]
    return Lack(
        name=_lacking(column),
        column=column,
        nothing=tuple(thing for thing, said in lacking if said == NOTHING),
        unknown=tuple(thing for thing, said in lacking if said != NOTHING),
    )
