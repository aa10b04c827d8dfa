"""Matrices of regions and areas: what rows add up to, presence, periods, and what is refused."""

import doctest
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.store import Store
from queries import catalogue, matrix, matrix_rows
from queries.answer import ask
from queries.errors import MeaninglessError
from queries.matrix import Counting, Matrix, MatrixError, Row
from queries.matrix_ask import OURS
from queries.matrix_measure import measures


def rows(*told: str, **more: str) -> list[Row]:
    """Make rows of texts such as `n x p`: region, area, project."""
    return [{**dict(zip(("region", "area", "thing"), one.split(), strict=True)), **more} for one in told]


def test_the_examples_in_the_docstrings_hold() -> None:
    for module in (matrix, matrix_rows):
        found = doctest.testmod(module)
        assert found.attempted > 0 and found.failed == 0


def test_a_project_counts_once_in_a_cell_and_fully_in_each() -> None:
    found = Matrix.from_rows("m", rows("n x p", "n x p", "n x q", "s x p", "n y p"))
    assert found.values.tolist() == [[2, 1], [1, 0]]
    assert found.projects.tolist() == found.values.tolist()
    assert (found.unit, found.counting) == ("projects", "full")


def test_money_is_parted_so_that_nothing_counts_twice() -> None:
    told = rows("n x p", "s x p", "n y q", unit="SEK", value="100")
    parted, full = Matrix.from_rows("m", told), Matrix.from_rows("m", told, "full")
    assert (parted.values.tolist(), parted.counting) == ([[50, 100], [50, 0]], "fractional")
    assert (full.values.tolist(), full.counting) == ([[100, 100], [100, 0]], "full")
    assert parted.projects.tolist() == [[1, 1], [1, 0]]


def test_parts_of_a_project_add_up_and_are_one_project() -> None:
    told: list[Row] = [
        {"region": "n", "area": "x", "thing": "p", "part": part, "value": value, "unit": "EUR"}
        for part, value in (("1", "10"), ("2", "5.5"))
    ]
    found = Matrix.from_rows("m", told)
    assert (found.values.tolist(), found.projects.tolist()) == ([[15.5]], [[1]])


def test_a_row_without_an_area_names_a_region_only() -> None:
    found = Matrix.from_rows("m", [{"region": "o", "regionLabel": "Öland"}, *rows("n x p")])
    assert [each.label for each in found.regions] == ["n", "Öland"]
    assert found.values.tolist() == [[1], [0]]


def test_declared_rows_make_no_values() -> None:
    found = Matrix.from_rows("m", [*rows("n x p"), {"region": "n", "area": "y", "declared": "true"}])
    assert found.values.tolist() == [[1, 0]]
    assert found.declared.tolist() == [[False, True]]


def test_declarations_are_declared() -> None:
    found = Matrix.from_rows("m", rows("n x a", "s y b", unit="declarations"))
    assert found.declared.tolist() == [[True, False], [False, True]]
    assert found.presence(min_cell=5).tolist() == found.declared.tolist()


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ([{"area": "x"}], r"row 1: 'region' is not bound \(columns: area\)"),
        (
            [*rows("n x p", unit="SEK"), *rows("n x q", unit="EUR")],
            r"mixes units \(EUR, SEK\); sums of them would mean nothing",
        ),
        (rows("n x p", value="much"), "row 1: value is 'much'; expected a number of at least 0"),
        (rows("n x p", value="-1"), "row 1: value is '-1'; expected a number of at least 0"),
        (rows("n x p", paid="inf"), "row 1: paid is 'inf'"),
    ],
    ids=["no region", "two currencies", "no number", "below 0", "without end"],
)
def test_bad_rows_are_refused(told: list[Row], said: str) -> None:
    with pytest.raises(MatrixError, match=said):
        Matrix.from_rows("m", told)


def test_a_table_of_bad_numbers_is_refused() -> None:
    for bad in ([[float("nan")]], [[-1.0]]):
        with pytest.raises(MatrixError, match="finite numbers of at least 0"):
            Matrix.from_array("m", bad)


def test_a_quotient_of_exactly_one_is_presence() -> None:
    found = Matrix.from_array("m", [[3, 3, 3], [7, 7, 7]])
    assert found.presence().all()
    assert not found.presence(threshold=1.01).any()


def test_small_cells_are_no_presence() -> None:
    found = Matrix.from_array("m", [[4, 1], [1, 8]])
    assert found.presence(min_cell=5).tolist() == [[False, False], [False, True]]
    assert found.presence(rule="any", min_cell=2).tolist() == [[True, False], [False, True]]


def test_periods_are_those_in_which_projects_begin() -> None:
    told = [*rows("n x p", **{"from": "2013-12-31"}), *rows("n x q", "n y q", **{"from": "2014"})]
    found = Matrix.from_rows("m", told)
    assert found.periods == ("2007-2013", "2014-2020")
    assert found.in_period("2014-2020").values.tolist() == [[1, 1]]
    with pytest.raises(MeaninglessError, match="no period '2021-2027'; it has 2007-2013, 2014-2020"):
        found.in_period("2021-2027")


def test_areas_meet_in_projects() -> None:
    found = Matrix.from_rows("m", rows("n x p", "s y p", "n x q", "n y q", "n z r"))
    together = found.together()
    assert together is not None and together.tolist() == [[0, 2, 0], [2, 0, 0], [0, 0, 0]]
    assert Matrix.from_array("m", [[1.0]]).together() is None


def test_arrays_are_closed_for_writing() -> None:
    found = Matrix.from_array("m", [[1, 2]])
    with pytest.raises(ValueError, match="read-only"):
        found.values[0, 0] = 5


TOLD = st.lists(
    st.tuples(st.sampled_from("nso"), st.sampled_from("xyz"), st.sampled_from("pqrs")), max_size=12
)


@given(told=TOLD, random=st.randoms(use_true_random=False), counting=st.sampled_from(["full", "fractional"]))
def test_the_order_of_rows_changes_nothing(
    told: list[tuple[str, str, str]], random: Random, counting: Counting
) -> None:
    mixed = [*told, *told[:2]]
    random.shuffle(mixed)
    one = Matrix.from_rows("m", rows(*map(" ".join, told)), counting)
    other = Matrix.from_rows("m", rows(*map(" ".join, mixed)), counting)
    assert (one.regions, one.areas) == (other.regions, other.areas)
    assert np.array_equal(one.values, other.values)
    if counting == "fractional":
        assert one.values.sum() == pytest.approx(len({thing for *_, thing in told}))


@pytest.mark.parametrize("name", catalogue.matrices())
def test_every_matrix_reads_from_the_bundled_sources(store: Store, name: str) -> None:
    found = Matrix.from_rows(name, ask(store, catalogue.matrix(name)).rows.dicts())
    assert len(found.regions) >= 18
    if name.startswith("county"):
        assert len(found.regions) == 21
        assert {each.label.endswith(" län") for each in found.regions} == {True}


def test_no_parameter_is_of_a_matrix_and_of_a_measure() -> None:
    of_matrices = {
        *OURS,
        *(each.name for query in catalogue.matrices().values() for each in query.parameters),
    }
    assert not of_matrices & {each.name for one in measures().values() for each in one.parameters}
