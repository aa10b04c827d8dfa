"""How complex the areas of a region are, by singular vectors; refused where nothing settles them."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from queries.errors import MeaninglessError
from queries.matrix import Floats, Matrix, Rule
from queries.matrix_measure import (
    MIN_CELL,
    PRESENCE,
    THRESHOLD,
    MatrixResult,
    Present,
    of_regions,
    present,
    scored,
)
from queries.measure import Cell, Fact, Measure, Note, Table

AT_LEAST = 4  # regions and areas; of fewer, z-scores are given by the number alone
GAP = 1e-6  # how far the second singular value must lie from the third
UNRELATED = 1e-9  # correlations nearer to 0 decide no sign

MEASURE = Measure(
    name="eci",
    title_sv="Regionens komplexitet (ECI/KCI)",
    title_en="Complexity of a region (ECI/KCI)",
    summary_sv="Om regionen har områden som få har, och som finns där många områden finns; i "
    "standardavvikelser.",
    summary_en="Whether a region has areas that few have and that go with many others; in standard "
    "deviations.",
    parameters=(PRESENCE, THRESHOLD, MIN_CELL),
)


@dataclass(frozen=True)
class Complexity:
    """The two sides of one solution, z-scored, with what decided their sign."""

    regions: Floats
    areas: Floats
    singular: Floats  # all singular values, the highest first
    rule: str  # what decided the sign: "k_r,2" or "k_r,0"
    correlation: float


def measure(
    matrix: Matrix, presence: Rule = "auto", threshold: float = 1.0, min_cell: int = 5
) -> MatrixResult:
    """Compute the complexity index of each region: of an economy (ECI), or of knowledge (KCI).

    Idea: an area that few regions have, and only such as have many other areas too, is thought to need rare
    knowledge. The index orders the regions by how much of such areas they have; nothing but which region has
    which area goes into it.

    Formula: with M_ra = 1 where region r has area a, k_r = sum over a of M_ra and k_a = sum over r of M_ra,
    let u be the second left singular vector of D_r^(-1/2) M D_a^(-1/2), where D_r and D_a hold k_r and k_a on
    the diagonal. Then ECI_r = u_r / sqrt(k_r), less its mean and divided by its standard deviation (ddof 0).
    It is the second eigenvector of D_r^-1 M D_a^-1 M'. Its sign is free: it is chosen so that the correlation
    with k_r,2 is positive, or with k_r if that is 0; the result says which. k_r,n = sum over a of M_ra
    k_a,n-1 / k_r and k_a,n = sum over r of M_ra k_r,n-1 / k_a are the reflections; k_r,1 and k_r,2 stand in a
    table.

    Parameters: presence, threshold and min_cell, which areas are present in which regions.

    Odd input: refused where the regions and areas are not connected (then the order between the parts means
    nothing; areas that are named by one region only are the plainest case), where the second singular value
    is not simple (then any mixture of two vectors would do as well), and of fewer than 4 regions or areas.
    Regions without any present area are undefined (None).

    Reference: Hidalgo and Hausmann (2009), The building blocks of economic complexity, PNAS 106, 10570-10575;
    Balland and Rigby (2017), The geography of complex knowledge, Economic Geography 93, 1-23.

    >>> toy = Matrix.from_array("toy", [[1, 1, 1, 1], [0, 1, 0, 0], [0, 0, 1, 1], [0, 0, 0, 1]])
    >>> found = measure(toy, presence="any", min_cell=1)
    >>> [(row[0], round(row[2], 4)) for row in found.rows]
    [('r2', 1.6029), ('r1', 0.0754), ('r3', -0.7478), ('r4', -0.9305)]
    """
    known = present(MEASURE, matrix, presence, threshold, min_cell)
    solved = complexity(MEASURE.name, known)
    ids = [each.id for each in known.matrix.regions]
    diversity: dict[str, Cell] = dict(zip(ids, map(int, known.found.sum(axis=1)), strict=True))
    return of_regions(
        MEASURE,
        matrix,
        dict(zip(ids, map(float, solved.regions), strict=True)),
        parameters=known.parameters,
        columns={"diversity": diversity},
        facts=facts(solved),
        notes=[*known.notes, sign(solved)],
        tables=[_reflections(known)],
    )


def complexity(measure: str, known: Present) -> Complexity:
    """Solve for both sides; raise MeaninglessError where the data do not settle them."""
    m = known.found
    connected(measure, known)
    if min(m.shape) < AT_LEAST:
        raise MeaninglessError(
            f"The measure {measure!r} needs at least {AT_LEAST} regions and {AT_LEAST} areas with presence; "
            "the "
            f"matrix {known.matrix.name!r} has {m.shape[0]} and {m.shape[1]}."
        )
    k_r, k_a = m.sum(axis=1), m.sum(axis=0)
    left, singular, _ = np.linalg.svd(m / np.sqrt(np.outer(k_r, k_a)), full_matrices=False)
    gap = float(singular[1] - singular[2])
    if gap < GAP or singular[1] < GAP:
        raise MeaninglessError(
            f"The measure {measure!r} of the matrix {known.matrix.name!r} is not identified: its second and "
            "third "
            f"singular values are {singular[1]:.6f} and {singular[2]:.6f}, so that any mixture of two orders "
            "would do as well. Add regions or areas, or change threshold or min_cell."
        )
    raw = left[:, 1] / np.sqrt(k_r)
    rule, correlation = _sign(measure, known, raw)
    regions = scored(np.sign(correlation) * raw)
    return Complexity(regions, scored((m.T @ regions) / k_a), singular, rule, abs(correlation))


def connected(measure: str, known: Present) -> None:
    """Raise MeaninglessError where the regions fall into parts that share no area."""
    m = known.found
    if (m.sum(axis=0) == 1).all():
        raise MeaninglessError(
            f"The measure {measure!r} compares regions by the areas that they share, but in the matrix "
            f"{known.matrix.name!r} each of the {m.shape[1]} areas is named by one region only: the "
            f"{m.shape[0]} "
            "regions are not connected. Take a matrix whose areas are common to regions, such as fields of "
            "science that the areas are mapped to."
        )
    n = m.shape[0]
    ends = np.nonzero(m)
    size = sum(m.shape)
    links = csr_array((np.ones(len(ends[0])), (ends[0], ends[1] + n)), shape=(size, size))
    many, part = connected_components(links, directed=False)
    if many > 1:
        parts = [np.flatnonzero(part[:n] == each) for each in range(many)]
        parts.sort(key=lambda rows: (-len(rows), int(rows[0])))
        named = "; ".join(
            f"{len(rows)} with {known.matrix.regions[int(rows[0])].label}" for rows in parts[:3]
        )
        more = f"; and {many - 3} more" if many > 3 else ""
        raise MeaninglessError(
            f"The measure {measure!r} needs regions that are connected by shared areas; those of the matrix "
            f"{known.matrix.name!r} fall into {many} parts that share nothing ({named}{more}), so the order "
            "between the parts would mean nothing. Take wider areas, lower threshold or min_cell, or load "
            "more data."
        )


def _sign(measure: str, known: Present, raw: Floats) -> tuple[str, float]:
    """Return what decides the sign, and the correlation of the raw vector with it."""
    steps = reflections(known.found)
    for rule, values in (("k_r,2", steps[2][0]), ("k_r,0", steps[0][0])):
        if values.std() > UNRELATED:
            found = float(np.mean(scored(values) * scored(raw)))
            if abs(found) > UNRELATED:
                return rule, found
    raise MeaninglessError(
        f"The measure {measure!r} of the matrix {known.matrix.name!r} has no sign: every region has as many "
        "areas, "
        "as widely shared, so which end is complex cannot be told."
    )


def reflections(m: Floats, steps: int = 2) -> list[tuple[Floats, Floats]]:
    """Return k_r,n and k_a,n for n from 0 to `steps`."""
    k_r, k_a = m.sum(axis=1), m.sum(axis=0)
    found = [(k_r, k_a)]
    for _ in range(steps):
        r, a = found[-1]
        found.append(((m @ a) / k_r, (m.T @ r) / k_a))
    return found


def facts(solved: Complexity) -> list[Fact]:
    """Return what tells how well the numbers are settled."""
    return [
        Fact("second", "andra singulärvärdet", "second singular value", float(solved.singular[1])),
        Fact("gap", "avstånd till det tredje", "gap to the third", float(-np.diff(solved.singular)[1])),
        Fact(
            "sign_correlation", "korrelation som gav tecknet", "correlation by sign rule", solved.correlation
        ),
    ]


def sign(solved: Complexity) -> Note:
    """Return the note that says how the sign was chosen."""
    of_sv, of_en = {
        "k_r,2": (
            "medelvärdet k_r,2 av partnerregioners mångfald",
            "k_r,2, the mean diversity of like regions",
        ),
        "k_r,0": (
            "mångfalden k_r,0, då k_r,2 inte skiljer",
            "the diversity k_r,0, since k_r,2 does not tell",
        ),
    }[solved.rule]
    weak = solved.correlation < 0.3
    return Note(
        f"Tecknet är valt så att korrelationen med {of_sv} är positiv ({solved.correlation:.2f})"
        f"{'; den är svag, så läs riktningen med försiktighet' if weak else ''}.",
        f"The sign is chosen so that the correlation with {of_en} is positive ({solved.correlation:.2f})"
        f"{'; it is weak, so read the direction with care' if weak else ''}.",
    )


def _reflections(known: Present) -> Table:
    (k0, _), (k1, _), (k2, _) = reflections(known.found)
    rows: list[tuple[Cell, ...]] = [
        (each.id, each.label, int(k0[at]), float(k1[at]), float(k2[at]))
        for at, each in enumerate(known.matrix.regions)
    ]
    header = ("region", "regionLabel", "k0", "k1", "k2")
    return Table("reflections", "Reflektioner", "Reflections", header, tuple(rows))
