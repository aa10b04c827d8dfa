"""Whether the areas of a region belong together."""

import numpy as np

from queries.matrix import Floats, Matrix, Rule
from queries.matrix_measure import MIN_CELL, PRESENCE, THRESHOLD, MatrixResult, defined, of_regions, present
from queries.measure import Cell, Measure

MEASURE = Measure(
    name="coherence",
    title_sv="Sammanhang i regionens områden",
    title_en="Coherence of a region",
    summary_sv="Om regionens områden brukar finnas tillsammans oftare (över 0) eller mer sällan än slumpen "
    "ger.",
    summary_en="Whether a region's areas go together more often (above 0) or less often than by chance.",
    parameters=(PRESENCE, THRESHOLD, MIN_CELL),
)


def measure(
    matrix: Matrix, presence: Rule = "auto", threshold: float = 1.0, min_cell: int = 5
) -> MatrixResult:
    """Compute the coherence of each region from how its areas go together in all regions.

    Idea: a region may have many areas that build on one another, or many that have nothing to do with each
    other. Teece asked it of firms; here the regions take the place of firms.

    Formula: t_ab = (J_ab - mu) / sigma with mu = n_a n_b / N and sigma^2 = mu (N - n_a)(N - n_b) / (N (N -
    1)). J_ab is the number of regions with both areas, n_a the number with a, N the number of regions.
    WAR_a = sum over b != a of t_ab p_b / sum over b != a of p_b is how area a goes with the rest of the
    region and COH_r = sum over a of (p_a / p) WAR_a. p_a is what the region has in area a, where it is
    present, and p the sum.

    Parameters: presence, threshold and min_cell, which areas are present in which regions.

    Odd input: a region with fewer than two present areas is undefined (None). An area that all regions have,
    has sigma 0; it goes with the others as chance gives, t = 0.

    Reference: Teece, Rumelt, Dosi and Winter (1994), Understanding corporate coherence, Journal of Economic
    Behavior and Organization 23, 1-30; Nesta and Saviotti (2005), Journal of Industrial Economics 53,
    123-142.

    >>> toy = Matrix.from_array("toy", [[1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 1, 1], [1, 0, 0, 1]])
    >>> found = measure(toy, presence="any", min_cell=1)
    >>> [(row[0], round(row[2], 3)) for row in found.rows]
    [('r1', 1.0), ('r2', 1.0), ('r3', 1.0), ('r4', -1.0)]
    """
    known = present(MEASURE, matrix, presence, threshold, min_cell)
    t = surprise(known.found)
    weights = known.matrix.values * known.found
    ids = [each.id for each in known.matrix.regions]
    values = {key: defined(cohering(t, weights[at])) for at, key in enumerate(ids)}
    areas: dict[str, Cell] = dict(zip(ids, map(int, known.found.sum(axis=1)), strict=True))
    return of_regions(
        MEASURE, matrix, values, parameters=known.parameters, columns={"areas": areas}, notes=known.notes
    )


def surprise(m: Floats) -> Floats:
    """Return t_ab: by how many standard deviations two columns meet more often than by chance; 0 if a = b."""
    n, sizes = m.shape[0], m.sum(axis=0)
    mu = np.outer(sizes, sizes) / n
    spread = np.sqrt(mu * np.outer(n - sizes, n - sizes) / (n * max(n - 1, 1)))
    found: Floats = np.where(spread > 0, (m.T @ m - mu) / np.where(spread > 0, spread, 1), 0.0)
    np.fill_diagonal(found, 0)
    return found


def cohering(t: Floats, weights: Floats) -> float:
    """Return the coherence of one region's weights; NaN of fewer than two areas."""
    if (weights > 0).sum() < 2:
        return float("nan")
    others = weights.sum() - weights
    return float((weights / weights.sum()) @ ((t @ weights) / others))
