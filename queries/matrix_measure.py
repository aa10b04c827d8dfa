"""What a measure of a matrix gives, and how to run one; each file in specialisation/ is one."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import cast

import numpy as np

from queries import families
from queries.collation import swedish
from queries.errors import MeaninglessError
from queries.matrix import Bools, Floats, Matrix, Rule
from queries.measure import Cell, Column, Fact, Measure, Note, Parameter, Setting, Table, Value, settings

_PACKAGE = "queries.specialisation"
__all__ = ["MIN_CELL", "PRESENCE", "THRESHOLD", "Column", "Fact", "MatrixResult", "Measure", "Note", "Table"]

PRESENCE = Parameter(
    name="presence",
    default="auto",
    summary_sv="När ett område finns i en region: lq: kvoten når tröskeln; any: något alls; auto: any för "
    "utpekade.",
    summary_en="When a region has an area: lq: its quotient reaches the threshold; any: anything at all; "
    "auto: any for declarations, else lq.",
    choices=("auto", "lq", "any"),
)
THRESHOLD = Parameter(
    name="threshold",
    default=1.0,
    summary_sv="Lokaliseringskvoten från vilken ett område finns i en region.",
    summary_en="The location quotient from which a region has an area.",
    at_least=0.0,
)
MIN_CELL = Parameter(
    name="min_cell",
    default=5,
    summary_sv="Minsta antal projekt; celler med färre räknas inte som närvaro.",
    summary_en="The least number of projects; cells with fewer do not count as presence.",
    at_least=0,
)


@dataclass(frozen=True)
class MatrixResult:
    """The rows of a measure in order, and all that is needed to repeat them."""

    measure: Measure
    matrix: str
    regions: int
    areas: int
    cells: int  # those with anything in them
    projects: int  # 0 where the matrix was not read from rows
    unit: str
    counting: str
    engine: str
    engine_version: str
    parameters: tuple[tuple[str, Setting], ...]
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    facts: tuple[Fact, ...] = ()
    notes: tuple[Note, ...] = ()
    tables: tuple[Table, ...] = ()
    snapshot: str = ""

    @property
    def by_id(self) -> dict[str, Cell]:
        """The value of each region or area, where a row is one; else of the last row of its first column."""
        at = self.header.index(self.measure.name)
        return {str(row[0]): row[at] for row in self.rows}

    def dicts(self) -> list[dict[str, Cell]]:
        """Return each row by the names of its columns."""
        return [dict(zip(self.header, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Present:
    """The areas that regions have: without the regions and areas that have none, and what was left out.

    `matrix` and `found` are of the same size; `found` is 1 where an area is present.
    """

    matrix: Matrix
    found: Floats
    notes: tuple[Note, ...]
    parameters: dict[str, Setting]


def present(
    measure: Measure,
    matrix: Matrix,
    presence: Rule,
    threshold: float,
    min_cell: int,
    *,
    regions: int = 2,
    areas: int = 2,
) -> Present:
    """Find which areas are present, leave out regions and areas without any, refuse what is too little."""
    require(measure, matrix)
    rule = matrix.rule(presence)
    full = matrix.presence(threshold, min_cell, rule)
    rows: Bools = np.asarray(full.any(axis=1))
    columns: Bools = np.asarray(full.any(axis=0))
    if rows.sum() < regions or columns.sum() < areas:
        raise MeaninglessError(
            f"The measure {measure.name!r} needs at least {regions} regions and {areas} areas with presence; "
            f"the matrix {matrix.name!r} has {_many(rows.sum(), 'region')} and "
            f"{_many(columns.sum(), 'area')} "
            f"by presence={rule}, threshold={threshold:g}, min_cell={min_cell}. Load more data, take wider "
            "areas, or lower min_cell.",
            f"Måttet {measure.title_sv!r} behöver minst {regions} regioner och {areas} områden med närvaro; "
            f"matrisen {matrix.name!r} har {_regions(rows.sum())} och {_areas(columns.sum())} "
            f"med presence={rule}, threshold={threshold:g}, min_cell={min_cell}. Läs in mer data, ta vidare "
            "områden eller sänk min_cell.",
        )
    kept = matrix.part(rows, columns)
    found = full[np.ix_(rows, columns)].astype(np.float64)
    settings: dict[str, Setting] = {"presence": rule, "threshold": threshold, "min_cell": min_cell}
    if rule == "any":
        del settings["threshold"]
    notes = [*_small(matrix, min_cell), *_dropped(rows, columns), *_trivial(kept, found)]
    return Present(kept, found, tuple(notes), settings)


def require(measure: Measure, matrix: Matrix) -> None:
    """Refuse a matrix in which nothing stands."""
    if not (matrix.values > 0).any():
        raise MeaninglessError(
            f"The measure {measure.name!r} needs something to count; the matrix {matrix.name!r} has "
            f"{_many(len(matrix.regions), 'region')} and {_many(len(matrix.areas), 'area')}, and all its "
            "values are 0. Load a source that fills it (see docs/specialisation.md).",
            f"Måttet {measure.title_sv!r} behöver något att räkna; matrisen {matrix.name!r} har "
            f"{_regions(len(matrix.regions))} och {_areas(len(matrix.areas))}, och alla värden är 0. Läs in "
            "en källa som fyller den (se docs/specialisation.md).",
        )


def result(
    measure: Measure,
    matrix: Matrix,
    header: Sequence[str],
    rows: Iterable[tuple[Cell, ...]],
    *,
    parameters: Mapping[str, Setting],
    facts: Iterable[Fact] = (),
    notes: Iterable[Note] = (),
    tables: Iterable[Table] = (),
    by: str = "",
) -> MatrixResult:
    """Put rows together with what they were computed from; sorted by the column `by`, undefined last."""
    return MatrixResult(
        measure=measure,
        matrix=matrix.name,
        regions=len(matrix.regions),
        areas=len(matrix.areas),
        cells=int((matrix.values > 0).sum()),
        projects=len(np.unique(matrix.ties.thing)) if matrix.ties else 0,
        unit=matrix.unit,
        counting=matrix.counting,
        engine="numpy",
        engine_version=version("numpy"),
        parameters=tuple(parameters.items()),
        header=tuple(header),
        rows=in_order(rows, header.index(by or measure.name), measure.order == "lowest first"),
        facts=tuple(facts),
        notes=(*_few(matrix), *notes),
        tables=tuple(tables),
        snapshot=matrix.snapshot,
    )


def of_regions(
    measure: Measure,
    matrix: Matrix,
    values: Mapping[str, Value],
    *,
    parameters: Mapping[str, Setting],
    columns: Mapping[str, Mapping[str, Cell]] | None = None,
    facts: Iterable[Fact] = (),
    notes: Iterable[Note] = (),
    tables: Iterable[Table] = (),
) -> MatrixResult:
    """Return a value a region, None for the regions that `values` does not know."""
    more = columns or {}
    rows = [
        (each.id, each.label, values.get(each.id), *(column.get(each.id) for column in more.values()))
        for each in matrix.regions
    ]
    header = ("region", "regionLabel", measure.name, *more)
    return result(
        measure, matrix, header, rows, parameters=parameters, facts=facts, notes=notes, tables=tables
    )


def in_order(rows: Iterable[tuple[Cell, ...]], at: int, lowest: bool = False) -> tuple[tuple[Cell, ...], ...]:
    """Sort rows by a column: numbers by size, texts as they are, undefined last, ties by the other cells."""

    def key(row: tuple[Cell, ...]) -> tuple[object, ...]:
        value = row[at]
        size = (1 if lowest else -1) * round(value, 12) if isinstance(value, int | float) else 0.0
        return value is None, size, tuple(swedish(str(cell)) for cell in row)

    return tuple(sorted(rows, key=key))


def defined(value: float) -> float | None:
    """Return a number, or None where it is undefined."""
    return float(value) if np.isfinite(value) else None


def scored(values: Floats) -> Floats:
    """Return z-scores: what is above the mean by how many standard deviations (of the whole, ddof 0)."""
    spread = values.std()
    found: Floats = (values - values.mean()) / (spread if spread > 0 else 1)
    return found


def small_regions(matrix: Matrix, min_cell: int) -> tuple[Bools, list[Note]]:
    """Return the regions whose numbers are shown, those of at least `min_cell` projects, and what to say."""
    if matrix.unit == "declarations":
        shown = matrix.values.sum(axis=1) > 0
    else:
        shown = (matrix.projects.sum(axis=1) >= max(min_cell, 1)) & (matrix.values.sum(axis=1) > 0)
    left = int((~shown).sum())
    if not left:
        return shown, []
    sv = (
        f"{left} {'region' if left == 1 else 'regioner'} med färre än {max(min_cell, 1)} projekt "
        f"har inget värde."
    )
    en = f"{_many(left, 'region')} with fewer than {max(min_cell, 1)} projects {_have(left)} no value."
    return shown, [Note(sv, en)]


def _few(matrix: Matrix) -> list[Note]:
    few = len(matrix.regions)
    if few >= 20:
        return []
    return [
        Note(
            f"Bara {few} regioner att jämföra med: läs värdena som utforskande.",
            f"Only {few} regions to compare with: read the values as exploratory.",
        )
    ]


def _small(matrix: Matrix, min_cell: int) -> list[Note]:
    left = int(((matrix.values > 0) & ~matrix.large(min_cell)).sum())
    if not left:
        return []
    of = int((matrix.values > 0).sum())
    return [
        Note(
            f"{left} av {of} celler har färre än {min_cell} projekt och räknas inte som närvaro.",
            f"{left} of {of} cells have fewer than {min_cell} projects and do not count as presence.",
        )
    ]


def _dropped(rows: Bools, columns: Bools) -> list[Note]:
    regions, areas = int((~rows).sum()), int((~columns).sum())
    if not regions and not areas:
        return []
    return [
        Note(
            f"Utelämnade, utan närvaro: {regions} regioner och {areas} områden.",
            f"Left out, without presence: {_many(regions, 'region')} and {_many(areas, 'area')}.",
        )
    ]


def _trivial(matrix: Matrix, found: Floats) -> list[Note]:
    everywhere = int((found.sum(axis=0) == len(matrix.regions)).sum())
    once = 0 if matrix.unit == "declarations" else int((matrix.projects.sum(axis=0) <= 1).sum())
    alone = int((found.sum(axis=0) == 1).sum())
    if not everywhere and not once and not alone:
        return []
    return [
        Note(
            f"Områden som skiljer lite: {everywhere} finns i alla regioner, {alone} i en enda, "
            f"{once} vilar på ett enda projekt.",
            f"Areas that tell little apart: {everywhere} present in all regions, {alone} in one only, "
            f"{once} resting on one project only.",
        )
    ]


def _regions(number: int) -> str:
    return f"{number} region{'' if number == 1 else 'er'}"


def _areas(number: int) -> str:
    return f"{number} område{'' if number == 1 else 'n'}"


def _many(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _have(number: int) -> str:
    return "has" if number == 1 else "have"


def measures() -> dict[str, Measure]:
    """Return every measure of matrices by name: one file of specialisation/ each."""
    return cast("dict[str, Measure]", families.named(_PACKAGE, "MEASURE", "measure"))


def run(name: str, matrix: Matrix, **parameters: Setting) -> MatrixResult:
    """Run a measure by name; parameters may come as text."""
    found = families.member(_PACKAGE, "measure of matrices", name).measure
    function = cast("Callable[..., MatrixResult]", found)
    return function(matrix, **settings(measures()[name], parameters))
