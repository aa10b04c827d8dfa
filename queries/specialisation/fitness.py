"""How fit a region is, and how complex an area, by the non-linear iteration of Tacchella."""

import numpy as np

from queries.matrix import Floats, Matrix, Rule
from queries.matrix_measure import MIN_CELL, PRESENCE, THRESHOLD, MatrixResult, of_regions, present
from queries.measure import Cell, Fact, Measure, Note, Parameter, Table
from queries.specialisation.eci import connected

VANISHED = 1e-6  # of the mean fitness
SETTLED = 1e-9  # the largest change in a step at which the values are taken as settled

MEASURE = Measure(
    name="fitness",
    title_sv="Regionens fitness",
    title_en="Fitness of a region",
    summary_sv="Summan av komplexiteten hos regionens områden, där ett område är så komplext som dess "
    "svagaste regioner.",
    summary_en="The summed complexity of a region's areas, an area being as complex as its weakest regions "
    "are.",
    parameters=(
        PRESENCE,
        THRESHOLD,
        MIN_CELL,
        Parameter(
            name="iterations",
            default=200,
            summary_sv="Högsta antal steg.",
            summary_en="The largest number of steps.",
            at_least=1,
        ),
    ),
)


def measure(
    matrix: Matrix,
    presence: Rule = "auto",
    threshold: float = 1.0,
    min_cell: int = 5,
    iterations: int = 200,
) -> MatrixResult:
    """Compute the fitness of each region.

    Idea: an area that weak regions manage cannot be hard. Unlike eci, a region with more areas never has
    less fitness, and one weak region is enough to make an area simple.

    Formula: F_r = sum over a of M_ra Q_a and Q_a = 1 / (sum over r of M_ra / F_r), from F = Q = 1; both sides
    of a step are taken from the step before and divided by their mean. M_ra is 1 where region r has area a,
    F_r the fitness of the region, Q_a the complexity of the area.

    Parameters: presence, threshold and min_cell, which areas are present; iterations, the most steps.

    Odd input: refused where the regions fall into parts that share no area, as eci is. It stops early
    where no value changes by more than 1e-9. In some matrices the fitness of weak regions falls for ever
    towards 0: then the values depend on the number of steps (said in a note) and only their order means
    something.

    Reference: Tacchella, Cristelli, Caldarelli, Gabrielli and Pietronero (2012), A new metrics for countries'
    fitness and products' complexity, Scientific Reports 2, 723.

    >>> toy = Matrix.from_array("toy", [[1, 1, 1], [1, 1, 0], [1, 0, 0]])
    >>> found = measure(toy, presence="any", min_cell=1, iterations=1)
    >>> [row[2] for row in found.rows], [round(row[2], 4) for row in found.tables[0].rows]
    ([1.5, 1.0, 0.5], [1.6364, 0.8182, 0.5455])
    """
    known = present(MEASURE, matrix, presence, threshold, min_cell)
    connected(MEASURE.name, known)
    fit, hard, steps, change = iterated(known.found, iterations)
    areas: list[tuple[Cell, ...]] = [
        (each.id, each.label, float(hard[at])) for at, each in enumerate(known.matrix.areas)
    ]
    areas.sort(key=lambda row: (-float(row[2] or 0), str(row[0])))
    return of_regions(
        MEASURE,
        matrix,
        {each.id: float(fit[at]) for at, each in enumerate(known.matrix.regions)},
        parameters={**known.parameters, "iterations": iterations},
        facts=[Fact("steps", "steg", "steps", steps), Fact("change", "sista ändring", "last change", change)],
        notes=[*known.notes, *([_MOVING] if change > SETTLED else []), *_vanished(fit)],
        tables=[
            Table(
                "complexity",
                "Områdenas komplexitet",
                "Complexity of the areas",
                ("area", "areaLabel", "complexity"),
                tuple(areas),
            )
        ],
    )


def iterated(m: Floats, iterations: int) -> tuple[Floats, Floats, int, float]:
    """Return the fitness of rows, the complexity of columns, the steps taken and the last change."""
    fit, hard = np.ones(m.shape[0]), np.ones(m.shape[1])
    step, change = 0, np.inf
    while step < iterations and change > SETTLED:
        new_fit = m @ hard
        new_hard = 1 / (m.T @ (1 / np.maximum(fit, 1e-300)))
        new_fit, new_hard = new_fit / new_fit.mean(), new_hard / new_hard.mean()
        change = max(float(np.abs(new_fit - fit).max()), float(np.abs(new_hard - hard).max()))
        fit, hard, step = new_fit, new_hard, step + 1
    return fit, hard, step, change


def _vanished(fit: Floats) -> list[Note]:
    many = int((fit < VANISHED).sum())
    if not many:
        return []
    return [
        Note(
            f"{many} av {len(fit)} regioner har en fitness som går mot 0: deras inbördes ordning säger "
            "inget.",
            f"{many} of {len(fit)} regions have a fitness that goes to 0: their order among each other is "
            "void.",
        )
    ]


_MOVING = Note(
    "Värdena har inte stannat: de beror på antalet steg, så läs bara ordningen.",
    "The values have not settled: they depend on the number of steps, so read their order only.",
)
