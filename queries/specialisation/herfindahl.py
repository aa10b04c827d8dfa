"""How concentrated a region is on few areas."""

from queries.matrix import Matrix
from queries.matrix_measure import MIN_CELL, MatrixResult, of_regions, require, small_regions
from queries.measure import Cell, Measure

MEASURE = Measure(
    name="herfindahl",
    title_sv="Koncentration (Herfindahl)",
    title_en="Concentration (Herfindahl)",
    summary_sv="Sannolikheten att två av regionens projekt, dragna på måfå, hör till samma område.",
    summary_en="How likely two projects of a region, drawn at random, are of the same area.",
    parameters=(MIN_CELL,),
)


def measure(matrix: Matrix, min_cell: int = 5) -> MatrixResult:
    """Compute the Herfindahl index of each region, and how many equal areas would give the same.

    Idea: all in one area gives 1, the same in each of n areas gives 1/n. It looks at the region alone: a
    region may be concentrated on what everybody does (see hoover for the other question).

    Formula: HH_r = sum over areas a of s_ra^2 with s_ra = X_ra / X_r.; X_ra is what region r has in area a,
    X_r. its sum. `equal_areas` is 1 / HH_r.

    Parameters: min_cell, the least number of projects for which a region gets a number.

    Odd input: a region with fewer projects is undefined (None, counted in a note). The finer the areas, the
    lower the index: compare regions of one matrix, never matrices.

    Reference: Hirschman (1964), The paternity of an index, American Economic Review 54, 761-762.

    >>> found = measure(Matrix.from_array("example", [[5, 5], [10, 0]]))
    >>> [row[2:] for row in found.rows]
    [(1.0, 1.0), (0.5, 2.0)]
    """
    require(MEASURE, matrix)
    shown, notes = small_regions(matrix, min_cell)
    index = (matrix.shares**2).sum(axis=1)
    values = {each.id: float(index[at]) for at, each in enumerate(matrix.regions) if shown[at]}
    equal: dict[str, Cell] = {key: 1 / value for key, value in values.items()}
    return of_regions(
        MEASURE,
        matrix,
        values,
        parameters={"min_cell": min_cell},
        columns={"equal_areas": equal},
        notes=notes,
    )
