"""What regions have declared against what projects are about: orphan priorities and orphan projects."""

import numpy as np

from queries.errors import MeaninglessError
from queries.matrix import DECLARATIONS, Bools, Matrix
from queries.matrix_measure import MIN_CELL, MatrixResult, require, result
from queries.measure import Cell, Fact, Measure, Note, Table

MEASURE = Measure(
    name="priority_gap",
    title_sv="Gapet mellan prioriteringar och projekt",
    title_en="The gap between priorities and projects",
    summary_sv="Utpekade områden utan projekt, projekt utanför utpekade områden, och skillnaden i andelar.",
    summary_en="Declared areas without projects, projects outside declared areas, and the difference of "
    "shares.",
    parameters=(MIN_CELL,),
)


def measure(matrix: Matrix, min_cell: int = 5) -> MatrixResult:
    """Set the declared areas of each region against its projects.

    Idea: a priority without projects is a word; projects without a priority are what the region does
    unasked. Neither is wrong by itself, but both are worth knowing.

    Formula: for region r and area a, share_ra = X_ra / X_r. is the area's share of the region's projects (or
    money) and wish_ra = 1 / n_r for each of the n_r declared areas, else 0: the region is taken to want its
    priorities alike. The value is share_ra - wish_ra. `kind` is orphan priority (declared, no project),
    orphan projects (at least min_cell projects, not declared), both (declared, with projects). In the table
    by region: n_r, the orphan priorities, the share of X_r. outside the declared areas, and
    distance = 1/2 sum over a of |share_ra - wish_ra| (0: as declared, 1: nothing in common).

    Parameters: min_cell, from how many projects undeclared areas count as orphan projects.

    Odd input: regions that have declared nothing that is mapped, or have no projects, are left out and
    counted in a note. A matrix that does not hold both is refused. Areas are compared after mapping: where a
    priority is mapped to a neighbouring concept, it looks orphaned here.

    Reference: Gianelle, Guzzo and Mieszkowski (2020), Smart specialisation: what gets lost in translation
    from concept to practice?, Regional Studies 54, 1377-1388 (for the question; the numbers are ours).

    >>> toy = Matrix.from_array("toy", [[6, 4, 0]], declared=[[True, False, True]])
    >>> [(row[2], row[4], row[5]) for row in measure(toy, min_cell=3).rows]
    [('a2', 0.4, 'orphan projects'), ('a1', 0.09999999999999998, 'both'), ('a3', -0.5, 'orphan priority')]
    """
    if matrix.unit == DECLARATIONS or not matrix.declared.any():
        lacks = "no projects" if matrix.unit == DECLARATIONS else "no declared areas"
        raise MeaninglessError(
            f"The measure 'priority_gap' sets declared areas against projects; the matrix {matrix.name!r} "
            "holds "
            f"{lacks}. Take one that holds both, such as county-sciences."
        )
    require(MEASURE, matrix)
    both = matrix.declared.any(axis=1) & (matrix.values.sum(axis=1) > 0)
    if not both.any():
        raise MeaninglessError(
            f"In the matrix {matrix.name!r} no region has both declared areas and projects."
        )
    declared = matrix.declared.sum(axis=1, keepdims=True)
    wish = matrix.declared / np.where(declared > 0, declared, 1)
    rows = [
        row for r in np.flatnonzero(both) for row in _region(matrix, int(r), matrix.shares - wish, min_cell)
    ]
    left = int((~both).sum())
    return result(
        MEASURE,
        matrix,
        ("region", "regionLabel", "area", "areaLabel", "priority_gap", "kind", "projects", "share"),
        rows,
        parameters={"min_cell": min_cell},
        facts=[
            Fact("orphan_priorities", "prioriteringar utan projekt", "orphan priorities", _of(rows, _NONE)),
            Fact(
                "orphan_projects", "områden med oprioriterade projekt", "orphan projects", _of(rows, _UNASKED)
            ),
        ],
        notes=[_MAPPED, *([_left(left)] if left else [])],
        tables=[_by_region(matrix, both, np.abs(matrix.shares - wish).sum(axis=1) / 2)],
    )


_NONE, _UNASKED, _BOTH = "orphan priority", "orphan projects", "both"


def _region(
    matrix: Matrix, r: int, gap: np.ndarray[tuple[int, ...], np.dtype[np.float64]], min_cell: int
) -> list[tuple[Cell, ...]]:
    region = matrix.regions[r]
    rows: list[tuple[Cell, ...]] = []
    for a, area in enumerate(matrix.areas):
        asked, projects = bool(matrix.declared[r, a]), int(matrix.projects[r, a])
        if not asked and projects < max(min_cell, 1):
            continue
        kind = (_BOTH if projects else _NONE) if asked else _UNASKED
        names = (region.id, region.label, area.id, area.label)
        rows.append((*names, float(gap[r, a]), kind, projects, float(matrix.shares[r, a])))
    return rows


def _of(rows: list[tuple[Cell, ...]], kind: str) -> int:
    return sum(row[5] == kind for row in rows)


def _by_region(
    matrix: Matrix, both: Bools, distance: np.ndarray[tuple[int, ...], np.dtype[np.float64]]
) -> Table:
    outside = (matrix.shares * ~matrix.declared).sum(axis=1)
    orphans = (matrix.declared & (matrix.projects == 0)).sum(axis=1)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            matrix.regions[r].id,
            matrix.regions[r].label,
            int(matrix.declared[r].sum()),
            int(orphans[r]),
            float(outside[r]),
            float(distance[r]),
        )
        for r in np.flatnonzero(both)
    )
    header = ("region", "regionLabel", "declared", "orphanPriorities", "shareOutside", "distance")
    return Table("regions", "Regionerna", "The regions", header, rows)


_MAPPED = Note(
    "Jämförelsen går genom mappningar som är härledda ur ordalydelsen: läs en övergiven prioritering som en "
    "fråga.",
    "The comparison goes through mappings that were inferred from wording: read an orphan priority as a "
    "question.",
)


def _left(many: int) -> Note:
    return Note(
        f"{many} regioner utan utpekade områden eller utan projekt är utelämnade.",
        f"{many} regions without declared areas or without projects are left out.",
    )
