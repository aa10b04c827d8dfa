"""Complexity: the toy of Hidalgo and Hausmann without regard to sign, what is refused, and fitness."""

import numpy as np
import pytest

from queries.errors import MeaninglessError
from queries.matrix import Floats, Matrix
from queries.matrix_measure import MatrixResult, run, scored
from queries.specialisation.eci import reflections
from queries.specialisation.fitness import iterated

# Hidalgo and Hausmann (2009), supporting material, figure S4: C1 has P1 to P4, C2 P2, C3 P3 and P4, C4 P4
TOY = np.array([[1, 1, 1, 1], [0, 1, 0, 0], [0, 0, 1, 1], [0, 0, 0, 1]], dtype=np.float64)


def asked(name: str, m: Floats | list[list[int]], **more: str | float) -> MatrixResult:
    return run(
        name, Matrix.from_array("m", np.array(m, dtype=np.float64)), presence="any", min_cell=1, **more
    )


def random(regions: int, areas: int, seed: int = 3) -> Floats:
    found: Floats = (np.random.default_rng(seed).random((regions, areas)) < 0.35).astype(np.float64)
    found[:, 0] = 1
    found[0] = 1
    return found


def test_reflections_of_the_toy() -> None:
    (k0, p0), (k1, p1), (k2, p2) = reflections(TOY)
    assert (k0.tolist(), p0.tolist()) == ([4, 1, 2, 1], [1, 2, 2, 3])
    assert k1.tolist() == [2, 2, 2.5, 3]
    assert p1 == pytest.approx([4, 2.5, 3, 2.3333], abs=5e-5)
    assert k2 == pytest.approx([2.9583, 2.5, 2.6667, 2.3333], abs=5e-5)
    assert p2.tolist() == [2, 2, 2.25, 2.5]
    told = asked("eci", TOY).tables[0]
    assert told.header == ("region", "regionLabel", "k0", "k1", "k2")
    assert [row[2] for row in told.rows] == [4, 1, 2, 1]


def test_complexity_of_the_toy_but_for_its_sign() -> None:
    found = asked("eci", TOY)
    values = np.array([float(found.by_id[f"r{at}"] or 0) for at in range(1, 5)])
    expected = np.array([-0.0754, -1.6029, 0.7478, 0.9305])
    assert np.abs(values) == pytest.approx(np.abs(expected), abs=5e-5)
    assert abs(float(values @ expected)) == pytest.approx(float(expected @ expected), abs=1e-3)


def test_singular_values_of_the_toy() -> None:
    facts = {fact.name: fact.value for fact in asked("eci", TOY).facts}
    assert facts["second"] == pytest.approx(0.7363, abs=5e-5)
    assert facts["gap"] == pytest.approx(0.7363 - 0.4361, abs=1e-4)


def test_the_sign_is_that_of_the_mean_diversity_of_like_regions_and_is_told() -> None:
    found = asked("eci", TOY)
    values = np.array([float(found.by_id[f"r{at}"] or 0) for at in range(1, 5)])
    k2 = reflections(TOY)[2][0]
    correlation = float(np.corrcoef(values, k2)[0, 1])
    facts = {fact.name: fact.value for fact in found.facts}
    assert facts["sign_correlation"] == pytest.approx(correlation) and correlation > 0
    assert any("positive" in note.en and "k_r,2" in note.en for note in found.notes)


def test_complexity_is_the_second_eigenvector_of_the_table_of_like_regions() -> None:
    m = random(12, 9)
    found = asked("eci", m)
    k_r, k_a = m.sum(axis=1), m.sum(axis=0)
    table = (m / k_r[:, None]) @ (m / k_a).T
    values, vectors = np.linalg.eig(table)
    second = scored(np.real(vectors[:, np.argsort(-np.real(values))[1]]))
    ours = np.array([float(found.by_id[f"r{at:02}"] or 0) for at in range(1, 13)])
    assert np.abs(ours) == pytest.approx(np.abs(second), abs=1e-9)
    facts = {fact.name: fact.value for fact in found.facts}
    assert facts["second"] ** 2 == pytest.approx(np.sort(np.real(values))[-2])


def test_an_area_is_as_complex_as_its_regions() -> None:
    m = random(12, 9)
    regions = np.array([float(asked("eci", m).by_id[f"r{at:02}"] or 0) for at in range(1, 13)])
    areas = np.array([float(asked("tci", m).by_id[f"a{at}"] or 0) for at in range(1, 10)])
    assert areas == pytest.approx(scored((m.T @ regions) / m.sum(axis=0)), abs=1e-12)


@pytest.mark.parametrize("name", ["eci", "tci", "diversification"])
def test_areas_of_one_region_each_are_refused(name: str) -> None:
    with pytest.raises(
        MeaninglessError,
        match=rf"The measure '{name}' compares regions by the areas that they share, but in the matrix 'm' "
        r"each of the 5 areas is named by one region only: the 4 regions are not connected\. Take a matrix",
    ):
        asked(name, [[1, 1, 0, 0, 0], [0, 0, 1, 0, 0], [0, 0, 0, 1, 0], [0, 0, 0, 0, 1]])


@pytest.mark.parametrize("name", ["eci", "tci", "fitness", "diversification"])
def test_parts_that_share_nothing_are_refused_and_named(name: str) -> None:
    m = np.zeros((5, 5))
    m[:3, :3] = TOY[:3, :3]
    m[3:, 3:] = 1
    m[2, 1] = 1
    with pytest.raises(
        MeaninglessError, match=r"fall into 2 parts that share nothing \(3 with r1; 2 with r4\), so the order"
    ):
        asked(name, m)


def test_a_second_singular_value_that_is_not_simple_is_refused() -> None:
    ring = np.eye(5) + np.roll(np.eye(5), 1, axis=1)
    with pytest.raises(
        MeaninglessError, match=r"is not identified: its second and third singular values are"
    ):
        asked("eci", ring)


def test_all_alike_is_refused() -> None:
    with pytest.raises(MeaninglessError, match="is not identified"):
        asked("eci", np.ones((5, 5)))


def test_too_few_regions_are_refused() -> None:
    with pytest.raises(MeaninglessError, match=r"at least 4 regions and 4 areas with presence; .* 3 and 4"):
        asked("eci", [[1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 1]])


def test_where_no_rule_tells_the_sign_it_is_refused() -> None:
    # k_r,2 is the same for all, and so is k_r: no rule can tell the ends of this path of twin areas apart
    steps = ((0, 1), (2, 3), (1, 2), (3, 4), (4, 5))
    path = [[int(at in step) for at in range(6)] for step in steps]
    with pytest.raises(MeaninglessError, match="has no sign"):
        asked("eci", path)


def test_a_region_without_presence_is_undefined() -> None:
    m = np.vstack([TOY, np.zeros(4)])
    found = asked("eci", m)
    assert found.by_id["r5"] is None and found.rows[-1][0] == "r5"
    assert found.by_id["r2"] == pytest.approx(float(asked("eci", TOY).by_id["r2"] or 0))


def test_few_regions_are_said_to_explore_only() -> None:
    assert any("exploratory" in note.en for note in asked("eci", TOY).notes)
    assert not any("exploratory" in note.en for note in asked("eci", random(25, 9)).notes)


def test_fitness_by_hand_and_settled() -> None:
    m = np.array([[1, 1, 1], [1, 1, 0], [1, 0, 0]], dtype=np.float64)
    fit, hard, steps, _ = iterated(m, 2)
    # First step: F = 3, 2, 1 over 2; Q = 1/3, 1/2, 1 over 11/18. Second: F = sums of Q, Q by F of the first
    one_fit, one_hard = np.array([1.5, 1, 0.5]), np.array([6, 9, 18]) / 11
    two_fit = m @ one_hard
    assert (steps, fit.tolist()) == (2, pytest.approx((two_fit / two_fit.mean()).tolist()))
    two_hard = 1 / (m.T @ (1 / one_fit))
    assert hard == pytest.approx(two_hard / two_hard.mean())
    m = random(12, 9)
    fit, hard, steps, change = iterated(m, 10_000)
    assert change <= 1e-9 and steps < 10_000
    assert fit == pytest.approx((m @ hard) / (m @ hard).mean(), abs=1e-6)


def test_fitness_that_does_not_settle_is_said() -> None:
    found = asked("fitness", random(12, 9), iterations=2)
    assert any("have not settled" in note.en for note in found.notes)
    assert found.tables[0].header == ("area", "areaLabel", "complexity")


def test_the_four_fields_part_at_the_means() -> None:
    m = random(12, 9)
    found = asked("diversification", m, split="all")
    assert len(found.rows) == int((m == 0).sum())
    middle = np.mean([float(row[4] or 0) for row in found.rows])
    for row in found.rows:
        near, hard = float(row[4] or 0) >= middle - 1e-9, float(row[5] or 0) >= 0
        assert (
            row[6]
            == {
                (True, True): "high road",
                (True, False): "low road",
                (False, True): "casino",
                (False, False): "dead end",
            }[bool(near), bool(hard)]
        )
    fields = {fact.name: fact.value for fact in found.facts}
    assert sum(fields[name] for name in ("high_road", "low_road", "casino", "dead_end")) == len(found.rows)
    densities = {(row[0], row[2]): row[4] for row in asked("relatedness_density", m).rows}
    assert all(row[4] == pytest.approx(densities[row[0], row[2]]) for row in found.rows)
