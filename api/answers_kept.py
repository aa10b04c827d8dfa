"""Answers of catalogued queries that the engine takes long for, made once a generation and kept beside it.

They are those that count over the whole graph, or in which the engine reads far more than it finds, where
another order of the patterns does not help, and the questions that pages and notebooks ask over and over.
Kept is only what is asked with the values that stand in a query's own file, and the panels of what much
points to, when `api.panels_kept` makes them: there is an end of it.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from api import ahead, packed_cells
from api.snapshot import Snapshot
from graph import kept_bytes
from graph.asked import Asked
from queries import catalogue
from queries.answer import Answer, ask, bind
from queries.catalogue import Query

FORM: Final = "1"  # to be changed when what is kept is made in another way
_CATEGORIES: Final = ("competency", "mapping", "matching", "time")  # all of them
_OTHERS: Final = (
    *("class-counts", "county-counts", "coverage", "documents", "goals", "intermediaries"),
    *("municipality-counts", "predicate-counts", "project-terms", "property-counts", "provenance", "roles"),
    *("stated-unknowns", "thing-hubs", "unnamed-organisations", "void-classes", "void-counts"),
    *("void-properties", "vocabulary-classes", "vocabulary-properties", "without-place"),
)
KEPT: Final = tuple(
    name for name, each in catalogue.queries().items() if each.category in _CATEGORIES or name in _OTHERS
)


def answer(snapshot: Snapshot, query: Query, given: Mapping[str, str]) -> Answer:
    """Return the answer to a catalogued query: from beside a large generation if it is kept, else asked."""
    beside = snapshot.beside if snapshot.manifest.quads() >= ahead.SMALL else None
    if beside is not None and query.name in KEPT and _as_written(query, given):
        return _kept(snapshot.store, beside, query, given)
    found = _read(beside, query, given) if beside is not None and query.panel else None
    return found or ask(snapshot.store, query, given)


def keep(beside: Path, answer: Answer) -> None:
    """Keep an answer that was made for something else."""
    with suppress(packed_cells.Other):
        packed = json.dumps(packed_cells.packed(answer.rows), ensure_ascii=False)
        kept_bytes.keep(beside, _key(answer.query, answer.parameters), packed.encode())


def make_ready(store: Asked, beside: Path) -> None:
    """Make all answers of a generation that are not there: of each query with each of its choices."""
    for name in KEPT:
        asked = catalogue.query(name)
        for given in asked.choices():
            _kept(store, beside, asked, given)


def _as_written(query: Query, given: Mapping[str, str]) -> bool:
    """Tell whether all values are the defaults or choices of a file, so that they are few."""
    known = {each.name: (each.default, *each.choices) for each in query.parameters}
    return all(value in known.get(name, ()) for name, value in given.items())


def _kept(store: Asked, beside: Path, query: Query, given: Mapping[str, str]) -> Answer:
    """Read the rows of a query from the folder beside its generation; else make them, and keep them there."""
    found = _read(beside, query, given)
    if found is None:
        found = ask(store, query, given)
        keep(beside, found)
    return found


def _read(beside: Path, query: Query, given: Mapping[str, str]) -> Answer | None:
    """Read the rows of a query from the folder beside its generation, None where they are not kept."""
    found = kept_bytes.read(beside, _key(query, given))
    if found is None:
        return None
    return Answer(query, bind(query, given)[0], packed_cells.rows(query.returns, json.loads(found)))


def _key(query: Query, given: Mapping[str, str]) -> str:
    return f"{FORM} answer {bind(query, given)[1]}"
