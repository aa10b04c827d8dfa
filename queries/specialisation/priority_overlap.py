"""How far two regions have declared the same priorities."""

import numpy as np

from queries.errors import MeaninglessError
from queries.matrix import DECLARATIONS, Bools, Matrix
from queries.matrix_measure import MatrixResult, result
from queries.measure import Cell, Measure, Note

MEASURE = Measure(
    name="priority_overlap",
    title_sv="Gemensamma prioriteringar",
    title_en="Overlap of priorities",
    summary_sv="Hur stor del av två regioners utpekade områden som är desamma, efter mappning till begrepp.",
    summary_en="What part of two regions' declared areas is the same, after mapping to concepts.",
)


def measure(matrix: Matrix) -> MatrixResult:
    """Compare the declared areas of each two regions.

    Idea: regions word their priorities differently. Mapped to the same concepts they can be compared: much in
    common asks for work together, or for a division of labour.

    Formula: jaccard (the value) = |A_r and A_s| / |A_r or A_s|, where A_r is the set of areas that region r
    has declared. cosine = x_r . x_s / (|x_r| |x_s|), where x_ra is the number of priorities of r mapped to a
    (or 1, in matrices that only say that it is declared).

    Odd input: regions that have declared nothing, or nothing that is mapped, are left out and counted in a
    note. The overlap is of the mapping as much as of the strategies: wide concepts overlap more. Areas that
    keep their own names overlap nowhere: a matrix in which no area is declared twice is refused.

    Reference: Sörvik and Kleibrink (2015), Mapping innovation priorities and specialisation patterns in
    Europe, JRC S3 Working Paper 8/2015; Jaccard (1912), New Phytologist 11, 37-50.

    >>> declared = [[True, True, False], [False, True, True]]
    >>> toy = Matrix.from_array("toy", [[1, 1, 0], [0, 1, 1]], declared=declared)
    >>> [round(cell, 3) for cell in measure(toy).rows[0][4:6]]
    [0.333, 0.5]
    """
    has: Bools = np.asarray(matrix.declared.any(axis=1))
    if has.sum() < 2:
        raise MeaninglessError(
            f"The measure 'priority_overlap' needs at least 2 regions with declared areas; in the matrix "
            f"{matrix.name!r} {int(has.sum())} of {len(matrix.regions)} have any.",
            f"Måttet {MEASURE.title_sv!r} behöver minst 2 regioner med utpekade områden; i matrisen "
            f"{matrix.name!r} har {int(has.sum())} av {len(matrix.regions)} några.",
        )
    sets = matrix.declared.astype(np.float64)
    if (sets.sum(axis=0) <= 1).all():
        raise MeaninglessError(
            f"In the matrix {matrix.name!r} each area is declared by one region only, so the overlap is 0 by "
            "the names alone. Take a matrix of concepts that the areas are mapped to (concepts-declared).",
            f"I matrisen {matrix.name!r} är varje område utpekat av en enda region, så överlappet blir 0 "
            "redan av namnen. Ta en matris av begrepp som områdena är mappade till (concepts-declared).",
        )
    x = matrix.values if matrix.unit == DECLARATIONS else sets
    common, sizes, lengths = sets @ sets.T, sets.sum(axis=1), np.linalg.norm(x, axis=1)
    rows: list[tuple[Cell, ...]] = []
    for r, s in zip(*np.triu_indices(len(matrix.regions), 1), strict=True):
        if has[r] and has[s]:
            one, other = matrix.regions[r], matrix.regions[s]
            jaccard = float(common[r, s] / (sizes[r] + sizes[s] - common[r, s]))
            cosine = min(1.0, float(x[r] @ x[s] / (lengths[r] * lengths[s])))
            counts = (int(common[r, s]), int(sizes[r]), int(sizes[s]))
            rows.append((one.id, one.label, other.id, other.label, jaccard, cosine, *counts))
    header = (
        *("region", "regionLabel", "other", "otherLabel", "priority_overlap", "cosine"),
        *("common", "declared", "otherDeclared"),
    )
    left = int((~has).sum())
    return result(MEASURE, matrix, header, rows, parameters={}, notes=[_left(left)] if left else [])


def _left(many: int) -> Note:
    return Note(
        f"{many} regioner utan utpekade (mappade) områden är utelämnade.",
        f"{many} regions without declared (mapped) areas are left out.",
    )
