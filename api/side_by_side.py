"""What counties have side by side: priorities, overlap, complementarity and networks, or why there is none.

Nothing is computed anew here: matrices, their measures and compared networks are asked, once a generation.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, permutations
from typing import Final

import numpy as np

from api import asking, map_rows
from api.snapshot import Snapshot
from queries import matrix_measure
from queries.errors import MeaninglessError
from queries.matrix import Matrix
from queries.matrix_measure import MatrixResult

VOCABULARIES: Final = ("euroscivoc", "nace2.1", "sdg")
DECLARED: Final = "concepts-declared"
COMPLEMENTS: Final = (DECLARED, "county-objectives", "county-sciences")
Refused = MeaninglessError  # it says what is missing


@dataclass(frozen=True)
class Areas:
    """The areas that a county has declared itself, and those of the regions around it."""

    own: tuple[str, ...]
    shared: tuple[str, ...]


@dataclass(frozen=True)
class Concept:
    """A concept that some of the counties have declared: how many priorities of each are mapped to it."""

    iri: str
    vocabulary: str
    many: tuple[int, ...]


@dataclass(frozen=True)
class Overlap:
    """What two counties have declared alike in a vocabulary; no value where one has declared nothing."""

    value: float | None
    common: int
    one: int
    other: int


@dataclass(frozen=True)
class Given:
    """What a partner could add to a county, by a matrix."""

    value: float
    best: str
    best_added: float
    difference: float


def areas(snapshot: Snapshot, counties: Sequence[str]) -> list[Areas]:
    """Return the declared areas of counties, of any kind, without those that are replaced."""
    matrix = asking.matrix(snapshot, "declared-areas", {"kind": "any"})
    around = {
        node.id: node.territory or "" for node in asking.network(snapshot, "counties").nodes
    }  # the region's Swedish name, as the network tells it
    rows = {each.id: at for at, each in enumerate(matrix.regions)}
    named = {each.label: each.id for each in matrix.regions}

    def of(region: str) -> tuple[str, ...]:
        if region not in rows:
            return ()
        return tuple(matrix.areas[at].id for at in np.flatnonzero(matrix.declared[rows[region]]))

    return [Areas(of(county), of(named.get(around.get(county, ""), ""))) for county in counties]


def concepts(snapshot: Snapshot, counties: Sequence[str], wider: str) -> list[Concept]:
    """Return the concepts that at least two of the counties have declared, those of most counties first."""
    found = []
    for vocabulary in VOCABULARIES:
        matrix = asking.matrix(snapshot, DECLARED, {"vocabulary": vocabulary, "wider": wider})
        values = matrix.values[_rows(matrix, counties)]
        some = np.flatnonzero((values > 0).sum(axis=0) >= 2)
        shared = [
            Concept(matrix.areas[at].id, vocabulary, tuple(int(each) for each in values[:, at]))
            for at in some
        ]
        found += sorted(shared, key=lambda each: (-sum(map(bool, each.many)), each.iri))
    return found


def mapped(snapshot: Snapshot, counties: Sequence[str], vocabulary: str, wider: str) -> list[int]:
    """Return how many concepts of a vocabulary each county has declared."""
    matrix = asking.matrix(snapshot, DECLARED, {"vocabulary": vocabulary, "wider": wider})
    return [int(each) for each in matrix.declared[_rows(matrix, counties)].sum(axis=1)]


def overlaps(
    snapshot: Snapshot, counties: Sequence[str], vocabulary: str, wider: str
) -> dict[tuple[str, str], Overlap] | Refused:
    """Return the overlap of each two counties in a vocabulary, or why there is none at all."""
    found = _measured(snapshot, "priority_overlap", DECLARED, vocabulary=vocabulary, wider=wider)
    if isinstance(found, Refused):
        return found
    told = {}
    for row in found.dicts():
        one, other, value = str(row["region"]), str(row["other"]), float(row["priority_overlap"] or 0)
        common, mine, theirs = (int(row[key] or 0) for key in ("common", "declared", "otherDeclared"))
        told[one, other] = Overlap(value, common, mine, theirs)
        told[other, one] = Overlap(value, common, theirs, mine)
    sizes = dict(zip(counties, mapped(snapshot, counties, vocabulary, wider), strict=True))
    return {
        (one, other): told.get((one, other), Overlap(None, 0, sizes[one], sizes[other]))
        for one, other in combinations(counties, 2)
    }


def complements(
    snapshot: Snapshot, counties: Sequence[str], matrix: str, wider: str
) -> tuple[dict[tuple[str, str], Given], MatrixResult] | Refused:
    """Return what each county could add to each other by a matrix, with its result; or why that is unknown.

    Counties without anything that counts as present are not among the pairs.
    """
    own = {"wider": wider} if matrix == DECLARED else {}
    found = _measured(snapshot, "complementarity", matrix, **own)
    if isinstance(found, Refused):
        return found
    pairs = set(permutations(counties, 2))
    given = {}
    for row in found.dicts():
        pair = (str(row["partner"]), str(row["region"]))
        if pair in pairs and row["complementarity"] is not None:
            numbers = (float(row[key] or 0) for key in ("bestAdded", "difference"))
            given[pair] = Given(float(row["complementarity"]), str(row["best"]), *numbers)
    return given, found


def flows(snapshot: Snapshot, counties: Sequence[str]) -> dict[tuple[str, str], map_rows.Flow | None]:
    """Return what each two counties share, None where it is nothing."""
    found = {}
    for each in snapshot.kept(("flows",), lambda: map_rows.flows(snapshot)):
        found[each.one, each.other] = found[each.other, each.one] = each
    return {pair: found.get(pair) for pair in combinations(counties, 2)}


def called(snapshot: Snapshot, counties: Sequence[str]) -> list[str]:
    """Return what counties are called in networks: their Swedish names, whatever the reader's language."""
    names = {node.id: node.label for node in asking.network(snapshot, "counties").nodes}
    return [names[county] for county in counties]


def _measured(snapshot: Snapshot, measure: str, matrix: str, **given: str) -> MatrixResult | Refused:
    def run() -> MatrixResult | Refused:
        try:
            return matrix_measure.run(measure, asking.matrix(snapshot, matrix, given))
        except MeaninglessError as error:
            return error.with_traceback(None)

    key = ("matrix-measure", measure, matrix, *(f"{each}={value}" for each, value in sorted(given.items())))
    return snapshot.kept(key, run)


def _rows(matrix: Matrix, counties: Sequence[str]) -> list[int]:
    at = {each.id: row for row, each in enumerate(matrix.regions)}
    return [at[county] for county in counties]
