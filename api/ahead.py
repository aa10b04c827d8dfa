"""Answers that pages are made of and that take long on a large graph: made once a generation, kept beside it.

A worker that is asked reads what another process has made; what nobody has made yet, it makes and keeps.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from api.snapshot import Snapshot
from graph.asked import Asked
from graph.columns import Column, column
from graph.kept import kept
from queries import catalogue, territories
from queries.answer import ask, bind
from queries.catalogue import Query, query
from queries.territories import Table, Ties

FORM: Final = "1"  # to be changed when what is kept is made in another way
SMALL: Final = 100_000  # quads; of a smaller store the answers come as fast as a file is read
COUNTED: Final[Mapping[str, Callable[[Ties], Table]]] = {  # from the rows of territory-ties
    "municipality-counts": Ties.municipality_counts,
    "without-place": Ties.without_place,
}
ANSWERED: Final = (
    *("class-counts", "county-counts", "wider-regions", "project-terms", "provenance", "parks-and-clusters"),
    *("void-counts", "void-classes", "void-properties", "void-links"),
)


def table(snapshot: Snapshot, name: str, given: Mapping[str, str] | None = None) -> Table:
    """Return the rows of a catalogued query, asked once a generation; what is unbound is an empty text."""
    asked = given or {}
    beside = snapshot.beside if snapshot.manifest.quads() >= SMALL else None

    def make() -> Table:
        if name not in COUNTED or beside is None:
            return _kept(snapshot.store, beside, name, asked, lambda: territories.ties(snapshot.store))
        found = _counted(snapshot.store, beside)
        for each, rows in found.items():
            snapshot.keep(("table", each), rows)
        return found[name]

    return snapshot.kept(("table", name, *asked.values()), make)


def matrix_rows(snapshot: Snapshot, name: str, given: Mapping[str, str]) -> Table:
    """Return the rows of a matrix, asked once a generation for each of its choices, which are few."""
    beside = snapshot.beside if snapshot.manifest.quads() >= SMALL else None
    return _rows(snapshot.store, beside, catalogue.matrix(name), given)


def make_matrices_ready(store: Asked, beside: Path) -> None:
    """Make the rows of all matrices as they stand; those of another choice are made by who asks first."""
    for asked in catalogue.matrices().values():
        _rows(store, beside, asked, {})


def make_ready(store: Asked, beside: Path, space: str) -> None:
    """Make all answers of a generation that are not there; `space` is what its things' IRIs begin with."""
    _counted(store, beside)
    for name in ANSWERED:
        given = {"space": space} if name == "void-counts" else {}
        _kept(store, beside, name, given, lambda: territories.ties(store))


def _counted(store: Asked, beside: Path) -> dict[str, Table]:
    """Return all that is counted from the ties, which are read once for it."""
    ties = cache(lambda: territories.ties(store))
    return {name: _kept(store, beside, name, {}, ties) for name in COUNTED}


def _kept(
    store: Asked, beside: Path | None, name: str, given: Mapping[str, str], ties: Callable[[], Ties]
) -> Table:
    """Return the rows of a query, those that are counted in Python where they are kept."""
    asked = query(name)
    if name in COUNTED and beside is not None:
        return _rows(store, beside, asked, given, lambda: COUNTED[name](ties()))
    return _rows(store, beside, asked, given)


def _rows(
    store: Asked,
    beside: Path | None,
    asked: Query,
    given: Mapping[str, str],
    make: Callable[[], Iterable[Mapping[str, str | None]]] | None = None,
) -> Table:
    """Read the rows of a query from the folder beside its generation; else make them, and keep them there."""

    def columns() -> dict[str, Column]:
        rows = list(make() if make else ask(store, asked, given).rows.dicts())
        return {each: column(row[each] for row in rows) for each in asked.returns}

    text = f"{FORM} table {bind(asked, given)[1]}"
    found = columns() if beside is None else kept(beside, text, columns, least=0)
    texts = (["" if code < 0 else each.texts[code] for code in each.codes] for each in found.values())
    return [dict(zip(found, row, strict=True)) for row in zip(*texts, strict=True)]
