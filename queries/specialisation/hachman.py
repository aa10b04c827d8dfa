"""How like all regions a region is, from 0 to 1."""

import numpy as np

from queries.matrix import Matrix
from queries.matrix_measure import MIN_CELL, MatrixResult, of_regions, require, small_regions
from queries.measure import Measure

MEASURE = Measure(
    name="hachman",
    title_sv="Hachmans index",
    title_en="Hachman's index",
    summary_sv="Hur lik regionens profil är alla regioners: 1 är lika, nära 0 är en egen profil.",
    summary_en="How like the profile of all regions a region's own is: 1 is the same, near 0 is of its own.",
    parameters=(MIN_CELL,),
    order="lowest first",
)


def measure(matrix: Matrix, min_cell: int = 5) -> MatrixResult:
    """Compute Hachman's index of each region.

    Idea: the mean of a region's location quotients, each weighed by its share in the region, is 1 for a
    region like all and grows with every speciality; the index is its inverse.

    Formula: HA_r = 1 / sum over areas a of q_ra s_ra with q_ra = s_ra / s_a; s_ra = X_ra / X_r. is the share
    of area a in region r, s_a = X_.a / X_.. its share in all.

    Parameters: min_cell, the least number of projects for which a region gets a number.

    Odd input: a region with fewer projects is undefined (None, counted in a note). Areas without anything
    anywhere are left out of the sum. Rare areas weigh heavily: one project in a rare one lowers the index.

    Reference: Hachman (1995), as given by the Bureau of Economic and Business Research, University of Utah;
    Balland (2017), EconGeo.

    >>> [round(row[2], 4) for row in measure(Matrix.from_array("example", [[10, 10], [5, 5], [0, 15]])).rows]
    [0.6667, 0.8889, 0.8889]
    """
    require(MEASURE, matrix)
    shown, notes = small_regions(matrix, min_cell)
    weighed = np.nansum(np.nan_to_num(matrix.quotients) * matrix.shares, axis=1)
    values = {each.id: 1 / float(weighed[at]) for at, each in enumerate(matrix.regions) if shown[at]}
    return of_regions(MEASURE, matrix, values, parameters={"min_cell": min_cell}, notes=notes)
