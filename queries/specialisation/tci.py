"""How complex an area is: the other side of the complexity of regions."""

from queries.matrix import Matrix, Rule
from queries.matrix_measure import MIN_CELL, PRESENCE, THRESHOLD, MatrixResult, present, result
from queries.measure import Cell, Measure
from queries.specialisation.eci import complexity, facts, sign

MEASURE = Measure(
    name="tci",
    title_sv="Områdets komplexitet (TCI/PCI)",
    title_en="Complexity of an area (TCI/PCI)",
    summary_sv="Områdets komplexitet: medelvärdet för de regioner som har det; i standardavvikelser.",
    summary_en="The complexity of an area: the mean of the regions that have it; in standard deviations.",
    parameters=(PRESENCE, THRESHOLD, MIN_CELL),
)


def measure(
    matrix: Matrix, presence: Rule = "auto", threshold: float = 1.0, min_cell: int = 5
) -> MatrixResult:
    """Compute the complexity index of each area: of a technology (TCI) or a product (PCI).

    Idea: an area is complex where complex regions have it, and a region is complex if it has complex areas;
    the two are one solution (see eci).

    Formula: TCI_a = sum over regions r of M_ra ECI_r / k_a, less its mean and divided by its standard
    deviation (ddof 0). M_ra is 1 where region r has area a, k_a the number of regions that have it, ECI_r the
    complexity of region r.

    Parameters: presence, threshold and min_cell, which areas are present in which regions.

    Odd input: refused just where eci is. Areas that no region has are left out.

    Reference: Hidalgo and Hausmann (2009), PNAS 106, 10570-10575; Balland and Rigby (2017), Economic
    Geography 93, 1-23.

    >>> toy = Matrix.from_array("toy", [[1, 1, 1, 1], [0, 1, 0, 0], [0, 0, 1, 1], [0, 0, 0, 1]])
    >>> [row[0] for row in measure(toy, presence="any", min_cell=1).rows]
    ['a2', 'a1', 'a3', 'a4']
    """
    known = present(MEASURE, matrix, presence, threshold, min_cell)
    solved = complexity(MEASURE.name, known)
    rows: list[tuple[Cell, ...]] = [
        (each.id, each.label, float(solved.areas[at]), int(known.found[:, at].sum()))
        for at, each in enumerate(known.matrix.areas)
    ]
    return result(
        MEASURE,
        matrix,
        ("area", "areaLabel", "tci", "regions"),
        rows,
        parameters=known.parameters,
        facts=facts(solved),
        notes=[*known.notes, sign(solved)],
    )
