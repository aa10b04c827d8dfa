"""What part of projects the EU pays, and what each of its crowns brings along: by region, fund and period."""

from collections import defaultdict

import numpy as np

from queries.errors import MeaninglessError
from queries.matrix import Matrix
from queries.matrix_measure import MIN_CELL, MatrixResult, result
from queries.measure import Cell, Fact, Measure, Table

MEASURE = Measure(
    name="leverage",
    title_sv="Hävstång och medfinansiering",
    title_en="Leverage and co-financing",
    summary_sv="EU:s del av projektens kostnad per region och fond, och vad varje EU-krona drar med sig.",
    summary_en="The EU's part of what projects cost by region and fund, and what each euro of it brings "
    "along.",
    parameters=(MIN_CELL,),
)


def measure(matrix: Matrix, min_cell: int = 5) -> MatrixResult:
    """Compute leverage and the EU's rate for each region and fund, with tables by fund and by period.

    Idea: two regions may get as much from a fund, while one has found more money beside it.

    Formula: leverage_rf = (T_rf - E_rf) / E_rf, the money from others for each unit from the EU, and
    rate_rf = E_rf / T_rf, the EU's share. T_rf is the total of the projects of region r under fund f of which
    both numbers are known, E_rf the EU's part of it. Sums are divided, not the rates of projects averaged.

    Parameters: min_cell, the least number of projects of a region and fund; fewer have no numbers.

    Odd input: projects of which one of the two amounts is unknown are not in the matrix, nor projects whose
    amounts are in two currencies. Where projects say nothing of regions, they are in none. Cells with fewer
    projects are undefined (None). A matrix without both amounts is refused.

    Reference: Regulation (EU) 2021/1060, articles 112 and 120 (co-financing rates); the tables of Kohesio.

    >>> rows = [{"region": "r", "area": "eruf", "thing": t, "value": "100", "paid": "40", "unit": "EUR",
    ...          "from": "2015-01-01"} for t in "pq"]
    >>> found = measure(Matrix.from_rows("example", rows), min_cell=1)
    >>> [(row[4], row[5], row[6], row[7]) for row in found.rows]
    [(1.5, 0.4, 200.0, 80.0)]
    """
    ties = matrix.ties
    if ties is None or not np.isfinite(ties.paid).any():
        raise MeaninglessError(
            f"The measure 'leverage' needs the total and the EU's part of projects; the matrix "
            f"{matrix.name!r} "
            "does not hold both. Take the matrix county-funds, and load a source with both amounts (kohesio, "
            "esf, keep or cordis)."
        )
    known = np.flatnonzero(np.isfinite(ties.paid))
    sums: dict[tuple[int, int, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
    things: dict[tuple[int, int, str], set[int]] = defaultdict(set)
    for at in known:
        for key in (
            (int(ties.region[at]), int(ties.area[at]), ""),
            (-1, int(ties.area[at]), ""),
            (-1, int(ties.area[at]), ties.periods[at] or "?"),
            (-1, -1, ""),
        ):
            sums[key][0] += float(ties.value[at])
            sums[key][1] += float(ties.paid[at])
            things[key].add(int(ties.thing[at]))

    def told(key: tuple[int, int, str]) -> tuple[Cell, ...]:
        (total, paid), many = sums[key], len(things[key])
        if many < max(min_cell, 1) or paid <= 0 or total <= 0:
            return None, None, None, None, many
        return (total - paid) / paid, paid / total, total, paid, many

    rows = [
        (*(_names(matrix.regions[r]) + _names(matrix.areas[a])), *told((r, a, when)))
        for r, a, when in sorted(sums)
        if r >= 0
    ]
    funds = tuple(
        (*_names(matrix.areas[a]), when or "all", *told((r, a, when)))
        for r, a, when in sorted(sums)
        if r < 0 <= a
    )
    numbers = ("leverage", "rate", "total", "paid", "projects")
    _, rate, *_ = told((-1, -1, ""))
    return result(
        MEASURE,
        matrix,
        ("region", "regionLabel", "fund", "fundLabel", *numbers),
        rows,
        parameters={"min_cell": min_cell},
        facts=[Fact("rate", "EU:s andel i allt", "the EU's share in all", rate)]
        if isinstance(rate, float)
        else [],
        tables=[
            Table(
                "funds",
                "Per fond och period",
                "By fund and period",
                ("fund", "fundLabel", "period", *numbers),
                funds,
            )
        ],
    )


def _names(of: object) -> tuple[Cell, Cell]:
    return str(getattr(of, "id")), str(getattr(of, "label"))  # noqa: B009
