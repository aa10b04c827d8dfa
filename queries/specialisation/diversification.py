"""Which areas a region could take up: near to what it has, and of what complexity."""

from typing import Literal

import numpy as np

from queries.matrix import Matrix, Rule
from queries.matrix_measure import MIN_CELL, PRESENCE, THRESHOLD, MatrixResult, present, result
from queries.measure import Cell, Fact, Measure, Note, Parameter
from queries.specialisation.eci import complexity, facts, sign
from queries.specialisation.relatedness import HOW, How, cooccurrence, related
from queries.specialisation.relatedness_density import density

Split = Literal["region", "all"]
FIELDS = {
    (True, True): "high road",
    (True, False): "low road",
    (False, True): "casino",
    (False, False): "dead end",
}
MEASURE = Measure(
    name="diversification",
    title_sv="Vad en region kan bygga på (släktskap och komplexitet)",
    title_en="What a region could build on (relatedness and complexity)",
    summary_sv="Områden som regionen saknar: hur nära de ligger det den har, och hur komplexa de är; fyra "
    "fält.",
    summary_en="Areas that a region lacks: how near they are to what it has, and how complex; four fields.",
    parameters=(
        HOW,
        PRESENCE,
        THRESHOLD,
        MIN_CELL,
        Parameter(
            name="split",
            default="region",
            summary_sv="Mot vilket medelvärde tätheten delas: regionens egna möjliga områden, eller alla "
            "regioners.",
            summary_en="By which mean the density is split: that of the region's own candidates, or of all "
            "regions.",
            choices=("region", "all"),
        ),
    ),
)


def measure(
    matrix: Matrix,
    how: How = "proximity",
    presence: Rule = "auto",
    threshold: float = 1.0,
    min_cell: int = 5,
    split: Split = "region",
) -> MatrixResult:
    """Put each area that a region lacks into the frame of relatedness and complexity.

    Idea: what is near to a region's areas is easier to take up, what is complex pays more. An area near and
    complex is the high road, near and simple the low road, far and complex a casino, far and simple a dead
    end.

    Formula: for every region r and area a with M_ra = 0, D_ra (see relatedness_density, in per cent) is how
    near it is and TCI_a (see tci) how complex. The fields part at the mean of D_ra over the candidates of the
    region (split=region) or of all regions (split=all), and at TCI = 0, its mean over the areas. A value at
    the mean counts as above it. M_ra is 1 where region r has area a.

    Parameters: how, the kind of relatedness; presence, threshold and min_cell, which areas are present;
    split, as above.

    Odd input: refused where eci is refused, for then complexity means nothing; ask relatedness_density alone.
    Areas related to none are left out. It says what is near by these data, not what is wise.

    Reference: Balland, Boschma, Crespo and Rigby (2019), Smart specialization policy in the European Union:
    relatedness, knowledge complexity and regional diversification, Regional Studies 53, 1252-1268. The names
    of the fields are those in common use.

    >>> toy = Matrix.from_array("toy", [[1, 1, 1, 1], [0, 1, 0, 0], [0, 0, 1, 1], [0, 0, 0, 1]])
    >>> found = measure(toy, presence="any", min_cell=1)
    >>> [(row[2], round(row[4]), row[6]) for row in found.rows if row[0] == "r3"]
    [('a1', 62, 'high road'), ('a2', 62, 'high road')]
    """
    known = present(MEASURE, matrix, presence, threshold, min_cell)
    solved = complexity(MEASURE.name, known)
    near = density(known.found, related(cooccurrence(known.found), known.found.sum(axis=0), how))
    lacking = (known.found == 0) & np.isfinite(near)
    overall = float(near[lacking].mean()) if lacking.any() else 0.0
    rows: list[tuple[Cell, ...]] = []
    for r, region in enumerate(known.matrix.regions):
        candidates = np.flatnonzero(lacking[r])
        middle = float(near[r, candidates].mean()) if split == "region" and len(candidates) else overall
        for a in candidates:
            area = known.matrix.areas[a]
            value, hard = float(near[r, a]), float(solved.areas[a])
            field = FIELDS[value >= middle - 1e-12, hard >= -1e-12]
            rows.append((region.id, region.label, area.id, area.label, value, hard, field))
    return result(
        MEASURE,
        matrix,
        ("region", "regionLabel", "area", "areaLabel", "diversification", "complexity", "field"),
        rows,
        parameters={"how": how, **known.parameters, "split": split},
        facts=[*facts(solved), *(_count(rows, field) for field in FIELDS.values())],
        notes=[*known.notes, sign(solved), _LACKING],
    )


def _count(rows: list[tuple[Cell, ...]], field: str) -> Fact:
    return Fact(field.replace(" ", "_"), field, field, sum(row[6] == field for row in rows))


_LACKING = Note(
    "Bara områden som regionen saknar är med; täthet i procent, komplexitet i standardavvikelser.",
    "Only areas that the region lacks are listed; density in per cent, complexity in standard deviations.",
)
