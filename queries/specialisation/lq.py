"""Where a region has more of an area than regions have in all: location quotients."""

import numpy as np

from queries.matrix import Matrix, Rule
from queries.matrix_measure import MIN_CELL, PRESENCE, THRESHOLD, MatrixResult, present, result
from queries.measure import Cell, Fact, Measure, Note

MEASURE = Measure(
    name="lq",
    title_sv="Lokaliseringskvot (RCA)",
    title_en="Location quotient (RCA)",
    summary_sv="Hur stor del av regionens projekt ett område är, mot områdets del av alla regioners; över "
    "1: specialiserad.",
    summary_en="The share that an area has of a region's projects, against its share of all; above 1: "
    "specialised.",
    parameters=(PRESENCE, THRESHOLD, MIN_CELL),
)


def measure(
    matrix: Matrix, presence: Rule = "auto", threshold: float = 1.0, min_cell: int = 5
) -> MatrixResult:
    """Compute the location quotient of each area in each region, also called revealed comparative advantage.

    Idea: that Stockholm has many projects in an area says little, since it has many in every area. The
    quotient asks whether the area takes up more of the region's own projects than of everybody's.

    Formula: q_ra = (X_ra / X_r.) / (X_.a / X_..). X_ra is what region r has in area a, X_r. what it has in
    all areas, X_.a what all regions have in a, and X_.. the sum of all. A region has the area (`present`)
    where q_ra >= threshold; a quotient of exactly 1 is presence.

    Parameters: presence, the rule (lq: by the quotient; any: anything at all); threshold, the quotient from
    which an area is present; min_cell, the least number of projects in a cell.

    Odd input: a cell of 1 to min_cell - 1 projects has no quotient (None, counted in a note), since one
    project more would change it greatly; a cell of none has 0 and is not listed. Regions and areas without
    anything are left out.

    Reference: Balassa (1965), Trade liberalisation and revealed comparative advantage, Manchester School 33,
    99-123; Balland (2017), EconGeo, for presence at exactly 1.

    >>> found = measure(Matrix.from_array("example", [[8, 2], [2, 8]]), min_cell=1)
    >>> [(row[0], row[2], row[5]) for row in found.rows]
    [('r1', 'a1', 1.6), ('r2', 'a2', 1.6), ('r1', 'a2', 0.4), ('r2', 'a1', 0.4)]
    """
    known = present(MEASURE, matrix, presence, threshold, min_cell, regions=1, areas=1)
    found = matrix.presence(threshold, min_cell, presence)
    large = matrix.large(min_cell)
    rows: list[tuple[Cell, ...]] = []
    for r, a in np.argwhere(matrix.values > 0):
        region, area = matrix.regions[r], matrix.areas[a]
        quotient = float(matrix.quotients[r, a]) if large[r, a] else None
        here = int(found[r, a])
        rows.append(
            (region.id, region.label, area.id, area.label, float(matrix.values[r, a]), quotient, here)
        )
    return result(
        MEASURE,
        matrix,
        ("region", "regionLabel", "area", "areaLabel", "value", "lq", "present"),
        rows,
        parameters=known.parameters,
        facts=[Fact("present", "celler med närvaro", "cells with presence", int(found.sum()))],
        notes=[*known.notes, _RULE],
    )


_RULE = Note(
    "Närvaro är en tumregel: kvoten säger inget om hur stort området är, bara om dess andel.",
    "Presence is a rule of thumb: the quotient tells nothing of the size of an area, only of its share.",
)
