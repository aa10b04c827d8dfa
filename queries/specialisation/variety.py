"""How varied a region is, and how much of it is within fields and between them."""

import numpy as np

from queries.errors import MeaninglessError
from queries.matrix import Floats, Matrix
from queries.matrix_measure import MIN_CELL, MatrixResult, of_regions, require, small_regions
from queries.measure import Cell, Measure, Note

MEASURE = Measure(
    name="variety",
    title_sv="Närbesläktad och obesläktad variation",
    title_en="Related and unrelated variety",
    summary_sv="Entropin över områden, delad i den inom vida fält (närbesläktad) och den mellan dem "
    "(obesläktad).",
    summary_en="The entropy over areas, parted into that within wide fields (related) and between them "
    "(unrelated).",
    parameters=(MIN_CELL,),
)


def measure(matrix: Matrix, min_cell: int = 5) -> MatrixResult:
    """Compute the variety of each region and its two parts.

    Idea: areas of one field can learn from each other, so variety within fields is thought to make new
    things; variety between fields spreads the risk.

    Formula: V_r = -sum over areas a of s_a log2 s_a = RV_r + UV_r. UV_r = -sum over groups g of P_g log2 P_g
    (unrelated) and RV_r = sum over g of P_g H_g with H_g = -sum over a in g of (s_a/P_g) log2 (s_a/P_g)
    (related). s_a is the share of area a in region r and P_g the sum of the shares in group g, the wider
    field that the matrix gives of each area. In bits.

    Parameters: min_cell, the least number of projects for which a region gets a number.

    Odd input: a region with fewer projects is undefined (None, counted in a note). An area without a group is
    a group of its own (counted in a note); a matrix without groups, or with one area a group, is refused.

    Reference: Frenken, Van Oort and Verburg (2007), Related variety, unrelated variety and regional economic
    growth, Regional Studies 41, 685-697.

    >>> found = measure(Matrix.from_array("example", [[5, 5, 10, 0]], groups=["g", "g", "h", "h"]))
    >>> found.header[2:], found.rows[0][2:]
    (('variety', 'related', 'unrelated'), (1.5, 0.5, 1.0))
    """
    require(MEASURE, matrix)
    groups = [area.group or f"= {area.id}" for area in matrix.areas]
    names, at = np.unique(groups, return_inverse=True)
    if len(names) == len(matrix.areas):
        raise MeaninglessError(
            f"The areas of the matrix {matrix.name!r} are not grouped into wider fields, so there is no "
            "variety "
            "within fields. Take a finer level (digits= or depth=), or a matrix with groups."
        )
    shown, notes = small_regions(matrix, min_cell)
    wide = np.zeros((len(matrix.regions), len(names)))
    np.add.at(wide.T, at, matrix.shares.T)
    whole, between = _entropy(matrix.shares), _entropy(wide)
    kept = [(each.id, number) for number, each in enumerate(matrix.regions) if shown[number]]
    related: dict[str, Cell] = {key: max(float(whole[n] - between[n]), 0.0) for key, n in kept}
    unrelated: dict[str, Cell] = {key: float(between[n]) for key, n in kept}
    alone = sum(area.group is None for area in matrix.areas)
    return of_regions(
        MEASURE,
        matrix,
        {key: float(whole[n]) for key, n in kept},
        parameters={"min_cell": min_cell},
        columns={"related": related, "unrelated": unrelated},
        notes=[*notes, *([_alone(alone)] if alone else [])],
    )


def _entropy(shares: Floats) -> Floats:
    safe = np.where(shares > 0, shares, 1)
    found: Floats = -(safe * np.log2(safe)).sum(axis=1)
    return np.where(np.abs(found) < 1e-12, 0.0, found)


def _alone(many: int) -> Note:
    if many == 1:
        return Note(
            "1 område utan vidare fält är ett eget fält.", "1 area without a wider field is a field alone."
        )
    return Note(
        f"{many} områden utan vidare fält är var sitt fält.",
        f"{many} areas without a wider field are a field each.",
    )
