"""Relatedness, density, complementarity and coherence: figures of EconGeo, of Teece's formula, by hand."""

import numpy as np
import pytest

from queries.errors import MeaninglessError
from queries.matrix import Floats, Matrix, Row
from queries.matrix_measure import run
from queries.specialisation.coherence import cohering, surprise
from queries.specialisation.complementarity import added
from queries.specialisation.relatedness import How, cooccurrence, related
from queries.specialisation.relatedness_density import density

# The first row and the row sums are those of the example of EconGeo; the values of the first row need no more
C = np.array(
    [
        [0, 10, 1, 5, 5, 9],
        [10, 0, 3, 4, 3, 3],
        [1, 3, 0, 6, 4, 4],
        [5, 4, 6, 0, 5, 6],
        [5, 3, 4, 5, 0, 4],
        [9, 3, 4, 6, 4, 0],
    ],
    dtype=np.float64,
)
TOY = np.array([[1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 1]], dtype=np.float64)


@pytest.fixture
def phi() -> Floats:
    return related(cooccurrence(TOY), TOY.sum(axis=0), "proximity")


@pytest.mark.parametrize(
    ("how", "first"),
    [
        ("prob", [1.70139, 0.22167, 0.74337, 0.93912, 1.33806]),
        ("association", [2.08696, 0.26667, 0.92308, 1.14286, 1.66154]),
        ("cosine", [0.38069, 0.04303, 0.17903, 0.19920, 0.32225]),
        ("jaccard", [0.23256, 0.02128, 0.09804, 0.10870, 0.19149]),
    ],
)
def test_four_normalisations_of_econgeo(how: How, first: list[float]) -> None:
    found = related(C, C.sum(axis=0), how)
    assert found[0, 1:] == pytest.approx(first, abs=5e-6)
    assert np.allclose(found, found.T, atol=1e-12) and not found.diagonal().any()


def test_proximity_is_the_smaller_conditional_probability() -> None:
    # a1 in 3 regions, a2 in 2, both in 2: P(a1|a2) = 1, P(a2|a1) = 2/3
    found = run("relatedness", Matrix.from_array("m", [[1, 1], [1, 1], [1, 0]]), presence="any", min_cell=1)
    assert list(found.rows[0][4:]) == pytest.approx([2 / 3, 2])


def test_proximity_and_density_of_the_toy(phi: Floats) -> None:
    assert phi.tolist() == [[0, 0.5, 0, 0], [0.5, 0, 0.5, 0], [0, 0.5, 0, 0.5], [0, 0, 0.5, 0]]
    assert density(TOY, phi)[0].tolist() == [100, 50, 50, 0]


def test_density_added_of_the_toy(phi: Floats) -> None:
    assert added(TOY, phi, 0)[2].tolist() == [0, 50, 50, 100]
    assert not added(TOY, phi, 0)[0].any(), "a region adds nothing to itself"


def test_an_area_related_to_none_has_no_density() -> None:
    found = run(
        "relatedness_density", Matrix.from_array("m", [[1, 1, 0], [0, 0, 1]]), presence="any", min_cell=1
    )
    assert {row[4] for row in found.rows if row[2] == "a3"} == {None}
    assert any("1 områden är inte släkt" in note.sv for note in found.notes)


def test_areas_that_meet_in_projects() -> None:
    rows: list[Row] = [
        {"region": "r", "area": area, "thing": thing}
        for thing, areas in {"p": "xy", "q": "xyz", "r": "x"}.items()
        for area in areas
    ]
    found = run("relatedness", Matrix.from_rows("m", rows), basis="projects")
    assert [(row[0], row[2]) for row in found.rows] == [("x", "y")]
    assert list(found.rows[0][4:6]) == pytest.approx([2 / 3, 2])
    assert any(note.en.startswith("2 pairs of areas meet in one project only") for note in found.notes)
    with pytest.raises(MeaninglessError, match=r"No project of the matrix 'm' is about two areas"):
        run("relatedness", Matrix.from_array("m", [[1, 1]]), basis="projects")


def test_too_little_presence_is_refused_with_what_was_asked() -> None:
    with pytest.raises(
        MeaninglessError,
        match=r"needs at least 2 regions and 2 areas .* has 0 regions and 0 areas by presence=lq, "
        r"threshold=1, min_cell=5\. Load more data, take wider areas, or lower min_cell\.",
    ):
        run("relatedness", Matrix.from_array("m", [[1, 2], [3, 4]]))


def test_complementarity_names_the_best_and_is_said_to_be_ours() -> None:
    found = run("complementarity", Matrix.from_array("m", TOY), presence="any", min_cell=1)
    assert len(found.rows) == 6
    rows = {(row[0], row[2]): row for row in found.rows}
    assert rows["r1", "r3"][4:] == (75.0, "a4", "a4", 100.0, 1.0)
    assert rows["r1", "r2"][8] == pytest.approx(0.5)  # one of two areas in common
    assert any("our reading" in note.en for note in found.notes)


def test_who_lacks_nothing_can_be_given_nothing() -> None:
    found = run("complementarity", Matrix.from_array("m", [[1, 1], [1, 0]]), presence="any", min_cell=1)
    assert [row[4] for row in found.rows if row[0] == "r1"] == [None]


def test_coherence_by_teece() -> None:
    # Six firms in three lines: n = 4, 4, 3; both 1 and 2 in three, 1 and 3 in one, 2 and 3 in two
    b = np.array([[1, 1, 1], [1, 1, 0], [1, 1, 0], [1, 0, 0], [0, 1, 1], [0, 0, 1]], dtype=np.float64)
    t = surprise(b)
    assert (t[0, 1], t[0, 2], t[1, 2]) == pytest.approx((0.5590, -1.5811, 0), abs=5e-5)
    assert cohering(t, np.array([4.0, 3.0, 3.0])) == pytest.approx(-0.3796, abs=5e-5)


def test_one_area_is_neither_coherent_nor_not() -> None:
    found = run("coherence", Matrix.from_array("m", [[1, 1], [1, 0], [0, 1]]), presence="any", min_cell=1)
    assert found.by_id["r2"] is None
    assert found.by_id["r1"] == pytest.approx(-0.70710678)  # mu = 4/3, sigma^2 = 4/3 * 1 * 1 / 6 = 2/9
