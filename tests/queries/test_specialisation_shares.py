"""Quotients, specialisation, concentration and variety: the example of EconGeo, and by hand."""

import math

import pytest

from queries.errors import MeaninglessError
from queries.matrix import Matrix
from queries.matrix_measure import run

# The matrix of the examples of EconGeo 1.3 (R), its figures as printed there
ECONGEO = [[0, 6, 9, 4], [10, 10, 3, 6], [7, 8, 1, 6], [9, 10, 0, 5], [10, 0, 0, 1]]


@pytest.fixture
def econgeo() -> Matrix:
    return Matrix.from_array("econgeo", ECONGEO)


def test_quotients_of_econgeo(econgeo: Matrix) -> None:
    found = {(str(row[0]), str(row[2])): row[5] for row in run("lq", econgeo, min_cell=1).rows}
    first = [found["r1", area] for area in ("a2", "a3", "a4")]
    assert first == pytest.approx([0.9752322, 3.8259109, 1.0047847], abs=5e-8)
    assert ("r1", "a1") not in found, "what is not there is not listed"


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("hoover", [0.35087719, 0.02298851, 0.10303030, 0.125, 0.56623377]),
        ("herfindahl", [0.3684211, 0.2913199, 0.3099174, 0.3576389, 0.8347107]),
        ("hachman", [0.4288578, 0.9952655, 0.9299487, 0.8669584, 0.4081779]),
    ],
)
def test_indexes_of_econgeo(econgeo: Matrix, name: str, values: list[float]) -> None:
    found = run(name, econgeo).by_id
    assert [found[f"r{at}"] for at in range(1, 6)] == pytest.approx(values, abs=5e-8)


def test_a_small_cell_has_no_quotient(econgeo: Matrix) -> None:
    found = run("lq", econgeo)
    small = {(row[0], row[2]) for row in found.rows if row[5] is None}
    assert small == {("r1", "a4"), ("r2", "a3"), ("r3", "a3"), ("r5", "a4")}
    assert any("4 of 16 cells have fewer than 5 projects" in note.en for note in found.notes)


def test_the_rule_of_presence_is_named(econgeo: Matrix) -> None:
    assert dict(run("lq", econgeo).parameters) == {"presence": "lq", "threshold": 1.0, "min_cell": 5}
    assert dict(run("lq", econgeo, presence="any").parameters) == {"presence": "any", "min_cell": 5}


@pytest.mark.parametrize("name", ["hoover", "herfindahl", "hachman"])
def test_a_small_region_is_undefined_and_comes_last(name: str) -> None:
    found = run(name, Matrix.from_array("m", [[8, 2], [1, 3], [5, 5]]))
    assert found.by_id["r2"] is None and found.rows[-1][0] == "r2"
    assert any(note.en == "1 region with fewer than 5 projects has no value." for note in found.notes)


def test_the_least_like_all_come_first_by_hachman(econgeo: Matrix) -> None:
    assert [row[0] for row in run("hachman", econgeo).rows][:2] == ["r5", "r1"]


def test_equal_areas_are_the_inverse_of_the_concentration() -> None:
    (row,) = run("herfindahl", Matrix.from_array("m", [[5, 5, 5, 5]])).rows
    assert row[2:] == (0.25, 4.0)


def test_variety_by_hand() -> None:
    # Shares 1/2, 1/4, 1/4, 0: 1.5 bits; groups {a1}, {a2, a3, a4} at 1/2 each: 1 bit; within: 1/2 of 1 bit
    found = run("variety", Matrix.from_array("m", [[8, 4, 4, 0], [4, 4, 4, 4]], ["g", "h", "h", "h"]))
    rows = {row[0]: row[2:] for row in found.rows}
    assert rows["r1"] == pytest.approx((1.5, 0.5, 1.0))
    between = -(0.25 * math.log2(0.25) + 0.75 * math.log2(0.75))
    assert rows["r2"] == pytest.approx((2.0, 0.75 * math.log2(3), between))


def test_variety_needs_groups() -> None:
    with pytest.raises(MeaninglessError, match="are not grouped into wider fields"):
        run("variety", Matrix.from_array("m", [[8, 4]]))
    found = run("variety", Matrix.from_array("m", [[8, 4, 4]], ["g", "g", None]))
    assert any("1 area without a wider field is" in note.en for note in found.notes)
