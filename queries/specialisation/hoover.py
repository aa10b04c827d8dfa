"""How far a region's profile lies from that of all regions."""

import numpy as np

from queries.matrix import Matrix
from queries.matrix_measure import MIN_CELL, MatrixResult, of_regions, require, small_regions
from queries.measure import Measure

MEASURE = Measure(
    name="hoover",
    title_sv="Hoovers specialiseringsindex",
    title_en="Hoover's index of specialisation",
    summary_sv="Hur stor del av regionens projekt som skulle byta område för att likna alla regioners "
    "profil.",
    summary_en="What part of a region's projects would change area for it to be like all regions taken "
    "together.",
    parameters=(MIN_CELL,),
)


def measure(matrix: Matrix, min_cell: int = 5) -> MatrixResult:
    """Compute Hoover's index of specialisation of each region; twice of it is Krugman's.

    Idea: a region like all the others has 0. One with projects only where the others have none is near 1.

    Formula: H_r = 1/2 sum over areas a of |s_ra - s_a|, with s_ra = X_ra / X_r. and s_a = X_.a / X_..; X_ra
    is what region r has in area a, X_r. its sum, X_.a the area's sum, X_.. the sum of all.

    Parameters: min_cell, the least number of projects for which a region gets a number.

    Odd input: a region with fewer projects is undefined (None, counted in a note), but stays in the profile
    of all. A region that is most of the whole is near 0 by itself, for it is compared with itself.

    Reference: Hoover and Giarratani (1985), An introduction to regional economics, Knopf, chapter 9; Krugman
    (1991), Geography and trade, MIT Press.

    >>> round(measure(Matrix.from_array("example", [[8, 2], [2, 8]])).by_id["r1"], 4)
    0.3
    """
    require(MEASURE, matrix)
    shown, notes = small_regions(matrix, min_cell)
    index = np.abs(matrix.shares - matrix.overall).sum(axis=1) / 2
    values = {each.id: float(index[at]) for at, each in enumerate(matrix.regions) if shown[at]}
    return of_regions(MEASURE, matrix, values, parameters={"min_cell": min_cell}, notes=notes)
