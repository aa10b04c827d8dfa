"""How near each area is to what a region already has."""

import numpy as np

from queries.matrix import Floats, Matrix, Rule
from queries.matrix_measure import MIN_CELL, PRESENCE, THRESHOLD, MatrixResult, defined, present, result
from queries.measure import Cell, Measure, Note
from queries.specialisation.relatedness import HOW, How, cooccurrence, related

MEASURE = Measure(
    name="relatedness_density",
    title_sv="Täthet av släktskap",
    title_en="Relatedness density",
    summary_sv="Hur stor del av det som är släkt med ett område som regionen redan har, i procent.",
    summary_en="What part of all that is related to an area a region has already, in per cent.",
    parameters=(HOW, PRESENCE, THRESHOLD, MIN_CELL),
)


def measure(
    matrix: Matrix,
    how: How = "proximity",
    presence: Rule = "auto",
    threshold: float = 1.0,
    min_cell: int = 5,
) -> MatrixResult:
    """Compute the relatedness density of each area in each region.

    Idea: regions tend to take up areas that are near to those they have. The density says how near an area
    is: 100 where the region has everything that the area is related to, 0 where it has nothing of it.

    Formula: D_ra = 100 sum over b of M_rb phi_ab / sum over b of phi_ab. M_rb is 1 if region r has area b and
    else 0; phi_ab is the relatedness of a and b (see relatedness), with phi_aa = 0, so that having an area
    does not itself make the area near. Nothing is rounded.

    Parameters: how, the kind of relatedness; presence, threshold and min_cell, which areas are present.

    Odd input: an area related to none has no density (None, counted in a note). Small matrices say little:
    with few regions phi takes few values. The set of regions makes phi: take all 21 counties, not those asked
    about.

    Reference: Boschma, Balland and Kogler (2015), Relatedness and technological change in cities, Industrial
    and Corporate Change 24, 223-250; Balland, Boschma, Crespo and Rigby (2019), Regional Studies 53,
    1252-1268.

    >>> toy = Matrix.from_array("toy", [[1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 1]])
    >>> found = measure(toy, presence="any", min_cell=1)
    >>> sorted((row[2], row[4]) for row in found.rows if row[0] == "r1")
    [('a1', 100.0), ('a2', 50.0), ('a3', 50.0), ('a4', 0.0)]
    """
    known = present(MEASURE, matrix, presence, threshold, min_cell)
    phi = related(cooccurrence(known.found), known.found.sum(axis=0), how)
    found = density(known.found, phi)
    rows: list[tuple[Cell, ...]] = [
        (
            region.id,
            region.label,
            area.id,
            area.label,
            defined(found[r, a]),
            int(known.found[r, a]),
        )
        for r, region in enumerate(known.matrix.regions)
        for a, area in enumerate(known.matrix.areas)
    ]
    alone = int((phi.sum(axis=0) == 0).sum())
    return result(
        MEASURE,
        matrix,
        ("region", "regionLabel", "area", "areaLabel", "relatedness_density", "present"),
        rows,
        parameters={"how": how, **known.parameters},
        notes=[*known.notes, *([_alone(alone)] if alone else [])],
    )


def density(found: Floats, phi: Floats) -> Floats:
    """Return 100 M phi / sum of phi, regions by areas; NaN for areas that are related to none."""
    whole = phi.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        values: Floats = 100 * (found @ phi) / whole
    return values


def _alone(many: int) -> Note:
    return Note(
        f"{many} områden är inte släkt med något annat och har ingen täthet.",
        f"{many} areas are related to no other and have no density.",
    )
