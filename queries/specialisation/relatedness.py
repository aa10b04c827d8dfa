"""Which areas go together: how often two stand in the same regions or projects, against what chance gives."""

from typing import Literal

import numpy as np

from queries.errors import MeaninglessError
from queries.matrix import Floats, Matrix, Rule
from queries.matrix_measure import MIN_CELL, PRESENCE, THRESHOLD, MatrixResult, present, require, result
from queries.measure import Cell, Measure, Note, Parameter, Setting

How = Literal["proximity", "prob", "association", "cosine", "jaccard"]
Basis = Literal["regions", "projects"]

HOW = Parameter(
    name="how",
    default="proximity",
    summary_sv="proximity: minsta betingade sannolikhet; prob, association, cosine, jaccard: fyra "
    "normeringar.",
    summary_en="proximity: the least conditional probability; prob, association, cosine, jaccard: four "
    "normalisations of common occurrences.",
    choices=("proximity", "prob", "association", "cosine", "jaccard"),
)
BASIS = Parameter(
    name="basis",
    default="regions",
    summary_sv="regions: områden som finns i samma regioner; projects: områden som samma projekt gäller.",
    summary_en="regions: areas present in the same regions; projects: areas that one project is about.",
    choices=("regions", "projects"),
)
MEASURE = Measure(
    name="relatedness",
    title_sv="Släktskap mellan områden",
    title_en="Relatedness of areas",
    summary_sv="Par av områden som finns tillsammans i regioner eller projekt oftare än andra.",
    summary_en="Pairs of areas that stand together in regions or projects more often than others.",
    parameters=(HOW, BASIS, PRESENCE, THRESHOLD, MIN_CELL),
)


def measure(
    matrix: Matrix,
    how: How = "proximity",
    basis: Basis = "regions",
    presence: Rule = "auto",
    threshold: float = 1.0,
    min_cell: int = 5,
) -> MatrixResult:
    """Compute how related each two areas are.

    Idea: areas that are found in the same places, or in the same projects, are thought to need the same
    knowledge. Large areas meet often by chance, so the count of meetings is set against the areas' sizes.

    Formula: C_ab = number of regions in which a and b both are present (basis=regions) or of projects about
    both (basis=projects); C_aa = 0, s_a = sum over b of C_ab, T = sum of all s_a. k_a is the number of
    regions (or projects) with a. proximity = C_ab / max(k_a, k_b), the smaller of P(a|b) and P(b|a).
    prob = C_ab / ((s_a/T * s_b/(T - s_a) + s_b/T * s_a/(T - s_b)) * T/2); association =
    (C_ab/T) / (s_a s_b/T^2); cosine = C_ab / sqrt(s_a s_b); jaccard = C_ab / (s_a + s_b - C_ab). prob and
    association are 1 where the areas meet as often as chance would have it.

    Parameters: how, basis; presence, threshold and min_cell, which areas are present in which regions.

    Odd input: pairs that never meet are 0 and not listed. Under basis=projects pairs that share one project
    only are left out and counted in a note: one project about twenty areas would relate 190 pairs. An area
    present in all regions is related to all; such areas are counted in a note.

    Reference: Hidalgo, Klinger, Barabási and Hausmann (2007), The product space conditions the development
    of nations, Science 317, 482-487; van Eck and Waltman (2009), How to normalize cooccurrence data?, JASIST
    60, 1635-1651; Steijn (2021), Improvement on the association strength, Quantitative Science Studies 2.

    >>> found = measure(Matrix.from_array("example", [[1, 1, 0], [0, 1, 1]]), presence="any", min_cell=1)
    >>> [(row[0], row[2], row[4], row[5]) for row in found.rows]
    [('a1', 'a2', 0.5, 1), ('a2', 'a3', 0.5, 1)]
    """
    if basis == "projects":
        return _by_projects(matrix, how)
    known = present(MEASURE, matrix, presence, threshold, min_cell)
    together = cooccurrence(known.found)
    values = related(together, known.found.sum(axis=0), how)
    settings: dict[str, Setting] = {"how": how, "basis": basis, **known.parameters}
    return _pairs(known.matrix, matrix, together, values, settings, list(known.notes))


def _by_projects(matrix: Matrix, how: How) -> MatrixResult:
    require(MEASURE, matrix)
    together = matrix.together()
    if together is None or not together.any():
        raise MeaninglessError(
            f"No project of the matrix {matrix.name!r} is about two areas, so none meet in projects; "
            "use basis=regions."
        )
    assert matrix.ties is not None  # noqa: S101  # else there would be no `together`
    sizes = np.zeros(len(matrix.areas))
    own = np.unique(np.stack([matrix.ties.thing, matrix.ties.area]), axis=1)
    np.add.at(sizes, own[1], 1.0)
    values = related(together, sizes, how)
    once = int((np.triu(together) == 1).sum())
    notes = [_once(once)] if once else []
    kept = np.where(together > 1, together, 0)
    return _pairs(matrix, matrix, kept, values, {"how": how, "basis": "projects"}, notes)


def _pairs(
    areas: Matrix,
    asked: Matrix,
    together: Floats,
    values: Floats,
    settings: dict[str, Setting],
    notes: list[Note],
) -> MatrixResult:
    rows: list[tuple[Cell, ...]] = []
    for a, b in np.argwhere(np.triu(together) > 0):
        one, other = areas.areas[a], areas.areas[b]
        rows.append((one.id, one.label, other.id, other.label, float(values[a, b]), int(together[a, b])))
    header = ("area", "areaLabel", "other", "otherLabel", "relatedness", "together")
    return result(MEASURE, asked, header, rows, parameters=settings, notes=notes)


def cooccurrence(found: Floats) -> Floats:
    """Return in how many rows each two columns both are 1; 0 on the diagonal."""
    together: Floats = found.T @ found
    np.fill_diagonal(together, 0)
    return together


def related(together: Floats, sizes: Floats, how: How) -> Floats:
    """Return the relatedness of each two areas from their common occurrences; 0 on the diagonal.

    `sizes` is in how many rows each area stands; only proximity asks for it.
    """
    if how == "proximity":
        largest = np.maximum.outer(sizes, sizes)
        return together / np.where(largest > 0, largest, 1)
    sums = together.sum(axis=1)
    total = sums.sum() or 1.0
    one, other = sums[:, None], sums[None, :]
    with np.errstate(divide="ignore", invalid="ignore"):
        if how == "prob":
            expected = (
                (one / total * other / (total - one) + other / total * one / (total - other)) * total / 2
            )
            found = together / expected
        elif how == "association":
            found = together * total / (one * other)
        elif how == "cosine":
            found = together / np.sqrt(one * other)
        else:
            found = together / (one + other - together)
    values: Floats = np.nan_to_num(found, nan=0.0, posinf=0.0)
    return values


def _once(many: int) -> Note:
    return Note(
        f"{many} par av områden möts i ett enda projekt och är utelämnade.",
        f"{many} pairs of areas meet in one project only and are left out.",
    )
