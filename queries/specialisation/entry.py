"""Which areas regions take up and give up from one programme period to the next."""

from itertools import pairwise

import numpy as np

from queries.errors import MeaninglessError
from queries.matrix import Bools, Matrix, Rule
from queries.matrix_measure import MIN_CELL, PRESENCE, THRESHOLD, MatrixResult, require, result
from queries.measure import Cell, Measure, Note, Table
from queries.specialisation.relatedness import cooccurrence, related
from queries.specialisation.relatedness_density import density

MEASURE = Measure(
    name="entry",
    title_sv="Nya och övergivna områden",
    title_en="Entry and exit of areas",
    summary_sv="Hur många områden en region tog upp, behöll och lämnade mellan två programperioder.",
    summary_en="How many areas a region took up, kept and left between two programme periods.",
    parameters=(PRESENCE, THRESHOLD, MIN_CELL),
)


def measure(
    matrix: Matrix, presence: Rule = "auto", threshold: float = 1.0, min_cell: int = 5
) -> MatrixResult:
    """Count the areas that each region took up, kept and left from one period to the next.

    Idea: regions are thought to take up areas near to those that they have. So the table sets the density
    that areas had before, where they were taken up, against where they were not.

    Formula: with M_ra(t) = 1 where region r has area a in period t, entry_r = number of a with M_ra(t-1) = 0
    and M_ra(t) = 1, exit_r the number with 1 then 0, kept_r with 1 both times. `rate` is entry_r divided by
    the number of areas that r lacked. In the table D_ra(t-1) is the relatedness density (see
    relatedness_density), its mean over the cells that were entered and over those that stayed empty.

    Parameters: presence, threshold and min_cell, which areas are present in a period.

    Odd input: a project counts in the period in which it begins; projects without a day count in none. The
    last period is not over: its entries are too few. A matrix with fewer than two periods is refused.

    Reference: Boschma, Balland and Kogler (2015), Industrial and Corporate Change 24, 223-250.

    >>> rows = [{"region": "r", "area": a, "from": day, "thing": f"{a}{day}"}
    ...         for a, day in (("x", "2008"), ("x", "2015"), ("y", "2015"))]
    >>> found = measure(Matrix.from_rows("example", rows), presence="any", min_cell=1)
    >>> [row[2:6] for row in found.rows]
    [('2014-2020', 1, 0, 1)]
    """
    require(MEASURE, matrix)
    if len(matrix.periods) < 2:
        raise MeaninglessError(
            f"The measure 'entry' compares periods; the matrix {matrix.name!r} has "
            f"{', '.join(matrix.periods) or 'none'}. Load projects of two programme periods."
        )
    at = {each: matrix.in_period(each).presence(threshold, min_cell, presence) for each in matrix.periods}
    rows: list[tuple[Cell, ...]] = []
    table: list[tuple[Cell, ...]] = []
    for before, after in pairwise(matrix.periods):
        table.append((before, after, *_near(at[before], at[after])))
        for r, region in enumerate(matrix.regions):
            old, new = at[before][r], at[after][r]
            lacked = int((~old).sum())
            came = int((new & ~old).sum())
            rows.append(
                (
                    *(region.id, region.label, after, came, int((old & ~new).sum()), int((old & new).sum())),
                    came / lacked if lacked else None,
                )
            )
    header = ("region", "regionLabel", "period", "entry", "exit", "kept", "rate")
    return result(
        MEASURE,
        matrix,
        header,
        rows,
        parameters={"presence": matrix.rule(presence), "threshold": threshold, "min_cell": min_cell},
        notes=[_LAST],
        tables=[
            Table(
                "density",
                "Täthet före, där områden togs upp och inte",
                "Density before, where areas were taken up and where not",
                ("from", "to", "entered", "densityEntered", "stayedEmpty", "densityStayedEmpty"),
                tuple(table),
            )
        ],
    )


def _near(old: Bools, new: Bools) -> tuple[Cell, ...]:
    found = old.astype(np.float64)
    near = density(found, related(cooccurrence(found), found.sum(axis=0), "proximity"))
    known = np.isfinite(near) & ~old
    entered, stayed = known & new, known & ~new
    return (
        int(entered.sum()),
        float(near[entered].mean()) if entered.any() else None,
        int(stayed.sum()),
        float(near[stayed].mean()) if stayed.any() else None,
    )


_LAST = Note(
    "Projekt räknas i den period de börjar; den sista perioden är inte slut, så den har för få nya områden.",
    "Projects count in the period in which they begin; the last period is not over, so it has too few "
    "entries.",
)
