"""What one region could add to another: areas near to what it has, that the other has and it has not."""

import numpy as np

from queries.matrix import Floats, Matrix, Rule
from queries.matrix_measure import MIN_CELL, PRESENCE, THRESHOLD, MatrixResult, defined, present, result
from queries.measure import Cell, Measure, Note
from queries.specialisation.relatedness import HOW, How, cooccurrence, related

MEASURE = Measure(
    name="complementarity",
    title_sv="Vad regioner kan ge varandra",
    title_en="Complementarity between regions",
    summary_sv="Hur mycket täthet av släktskap en partnerregion skulle tillföra, mest för vilket område.",
    summary_en="How much relatedness density a partner region would add, and for which area the most.",
    parameters=(HOW, PRESENCE, THRESHOLD, MIN_CELL),
)


def measure(
    matrix: Matrix,
    how: How = "proximity",
    presence: Rule = "auto",
    threshold: float = 1.0,
    min_cell: int = 5,
) -> MatrixResult:
    """Compute what each region would add to each other, in relatedness density.

    Idea: what a region lacks for an area it may find in another region. The density added says how much of
    what an area needs the partner has and the region has not. This is our reading of the idea of
    complementary links between regions; it is not the indicator of Balland and Boschma, which could not be
    checked.

    Formula: A_rsa = 100 sum over b of M_sb (1 - M_rb) phi_ab / sum over b of phi_ab. M_rb is 1 if region r
    has area b; phi_ab is the relatedness of a and b, phi_aa = 0. `complementarity` of r (region) from s
    (partner) is the mean of A_rsa over the areas a that r lacks, `best` the area with the highest.
    `difference` is 1 - cos(x_r, x_s) of the two rows of values: 0 for the same profile, 1 for nothing in
    common.

    Parameters: how, the kind of relatedness; presence, threshold and min_cell, which areas are present.

    Odd input: a region that lacks nothing can be given nothing (None). Areas related to none are left out.
    It is not symmetric: a region of many areas adds much to one of few.

    Reference: Balland and Boschma (2021), Complementary interregional linkages and smart specialisation,
    Regional Studies 55, 1059-1070 (for the idea).

    >>> toy = Matrix.from_array("toy", [[1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 1]])
    >>> found = measure(toy, presence="any", min_cell=1)
    >>> [(row[4], row[5], row[7]) for row in found.rows if row[0] == "r1" and row[2] == "r3"]
    [(75.0, 'a4', 100.0)]
    """
    known = present(MEASURE, matrix, presence, threshold, min_cell)
    phi = related(cooccurrence(known.found), known.found.sum(axis=0), how)
    x = known.matrix.values / np.linalg.norm(known.matrix.values, axis=1, keepdims=True)
    alike = x @ x.T
    rows: list[tuple[Cell, ...]] = []
    for r in range(len(known.matrix.regions)):
        rows += _given(known.matrix, r, known.found, added(known.found, phi, r), alike[r])
    return result(
        MEASURE,
        matrix,
        (
            *("region", "regionLabel", "partner", "partnerLabel", "complementarity"),
            *("best", "bestLabel", "bestAdded", "difference"),
        ),
        rows,
        parameters={"how": how, **known.parameters},
        notes=[*known.notes, _OURS],
    )


def _given(matrix: Matrix, r: int, found: Floats, gained: Floats, alike: Floats) -> list[tuple[Cell, ...]]:
    own = matrix.regions[r]
    lacking = np.flatnonzero((found[r] == 0) & np.isfinite(gained[0]))
    rows: list[tuple[Cell, ...]] = []
    for s, partner in enumerate(matrix.regions):
        if s == r:
            continue
        names: tuple[Cell, ...] = (own.id, own.label, partner.id, partner.label)
        apart = max(0.0, 1 - float(alike[s]))
        if not len(lacking):
            rows.append((*names, None, None, None, None, apart))
            continue
        mine = gained[s, lacking]
        best = lacking[int(np.argmax(mine))]
        area = matrix.areas[best]
        rows.append((*names, float(mine.mean()), area.id, area.label, defined(gained[s, best]), apart))
    return rows


def added(found: Floats, phi: Floats, r: int) -> Floats:
    """Return the density that each region would add to region r, regions by areas; NaN where none is."""
    with np.errstate(divide="ignore", invalid="ignore"):
        values: Floats = 100 * ((found * (1 - found[r])) @ phi) / phi.sum(axis=0)
    return values


_OURS = Note(
    "Tillförd täthet är vår läsning av tanken på komplement mellan regioner, inte en indikator ur "
    "litteraturen.",
    "Density added is our reading of the idea of complementarity between regions, not an indicator of the "
    "literature.",
)
