"""What holds of every measure of matrices: described in full, refusals as sentences, and laws."""

import doctest
import importlib

import numpy as np
import pytest

from queries.errors import MeaninglessError, ParameterError, UnknownName
from queries.matrix import Floats, Matrix
from queries.matrix_measure import MatrixResult, measures, run
from queries.measure import Cell, Setting
from queries.measure import measures as network_measures

NAMES = list(measures())
OF_ONE_PERIOD = [name for name in NAMES if name not in ("leverage", "entry")]
SHAPE = (9, 7)


def values() -> Floats:
    """Return projects of 9 regions in 7 areas, drawn once, so that complexity is settled."""
    found: Floats = np.random.default_rng(6).poisson(9, SHAPE).astype(np.float64)
    found[0, :3], found[5, 4:] = 0, 0
    return found


def matrix(numbers: Floats, *, rows: list[int] | None = None, columns: list[int] | None = None) -> Matrix:
    """Return a matrix in which some areas are declared and areas are of two groups, permuted if wanted."""
    declared = np.add.outer(np.arange(SHAPE[0]), 2 * np.arange(SHAPE[1])) % 3 == 0
    groups = np.array(["g", "g", "g", "h", "h", "h", "h"])
    at = np.ix_(rows or range(SHAPE[0]), columns or range(SHAPE[1]))
    return Matrix.from_array(
        "m", numbers[at], [str(each) for each in groups[columns or range(SHAPE[1])]], declared[at]
    )


def asked(name: str, of: Matrix) -> MatrixResult:
    """Run a measure with min_cell=1 where it has that parameter."""
    settings: dict[str, Setting] = {"min_cell": 1}
    known = {each.name for each in measures()[name].parameters}
    return run(name, of, **{key: value for key, value in settings.items() if key in known})


def told(found: MatrixResult, names: dict[str, str] | None = None) -> list[tuple[Cell, ...]]:
    """Return the rows with ids renamed, without what is picked among equals, and in one order."""
    kept = [at for at, column in enumerate(found.header) if not column.startswith("best")]
    rows = [[(names or {}).get(str(row[at]), row[at]) for at in kept] for row in found.rows]
    if found.header[2] in ("area", "other") or found.header[2] == "partner":
        symmetric = found.measure.name in ("relatedness", "priority_overlap")
        rows = [sorted(row[:1] + row[2:3], key=str) + row[4:] if symmetric else row for row in rows]
    if found.measure.name == "priority_overlap":  # how many either has goes with who comes first
        rows = [row[:-2] + sorted(row[-2:], key=str) for row in rows]
    return sorted((tuple(row) for row in rows), key=lambda row: [str(cell) for cell in row[:4]])


def alike(one: list[tuple[Cell, ...]], other: list[tuple[Cell, ...]]) -> None:
    """Assert that two lists of rows hold the same texts, and numbers within rounding."""
    assert len(one) == len(other)
    for mine, theirs in zip(one, other, strict=True):
        assert len(mine) == len(theirs)
        for a, b in zip(mine, theirs, strict=True):
            assert a == (pytest.approx(b, abs=1e-9) if isinstance(b, float) else b)


def test_no_name_is_taken_twice() -> None:
    assert len(NAMES) >= 17
    assert not set(NAMES) & set(network_measures())


@pytest.mark.parametrize("name", NAMES)
def test_every_measure_is_titled_in_both_languages_and_fully_described(name: str) -> None:
    measure, module = measures()[name], importlib.import_module(f"queries.specialisation.{name}")
    assert all((measure.title_sv, measure.title_en, measure.summary_sv, measure.summary_en))
    text = module.measure.__doc__
    parts = ("Idea:", "Formula:", "Odd input:", "Reference:", ">>>")
    assert [part for part in parts if part not in text] == []
    for parameter in measure.parameters:
        assert parameter.name in text
        assert parameter.read(parameter.default) == parameter.default
        assert parameter.summary_sv and parameter.summary_en


@pytest.mark.parametrize("name", NAMES)
def test_the_examples_in_the_docstrings_hold(name: str) -> None:
    found = doctest.testmod(importlib.import_module(f"queries.specialisation.{name}"))
    assert found.attempted > 0 and found.failed == 0


@pytest.mark.parametrize("name", NAMES)
def test_every_measure_refuses_a_matrix_without_anything(name: str) -> None:
    with pytest.raises(MeaninglessError, match=r"^(The measure|In the matrix) .*[.)]$"):
        run(name, Matrix.from_rows("empty", [{"region": "r"}]))
    with pytest.raises(MeaninglessError):
        run(name, Matrix.from_rows("empty", []))


@pytest.mark.parametrize("name", OF_ONE_PERIOD)
def test_a_result_says_what_it_was_computed_from_and_by(name: str) -> None:
    found = asked(name, matrix(values()))
    assert (found.measure, found.matrix) == (measures()[name], "m")
    assert (found.regions, found.areas, found.cells) == (9, 7, int((values() > 0).sum()))
    assert (found.unit, found.counting, found.engine) == ("projects", "full", "numpy")
    assert found.engine_version[0].isdigit()
    assert name in found.header
    assert found.rows and {len(row) for row in found.rows} == {len(found.header)}
    assert any("Only 9 regions" in note.en for note in found.notes)
    assert all(note.sv and note.en for note in found.notes)
    for cell in (cell for row in found.rows for cell in row):
        assert not isinstance(cell, np.generic)
        assert cell is None or cell == cell


@pytest.mark.parametrize("name", OF_ONE_PERIOD)
def test_the_order_of_regions_and_areas_changes_nothing(name: str) -> None:
    rows, columns = [4, 0, 8, 2, 1, 7, 3, 6, 5], [6, 2, 0, 5, 1, 3, 4]
    names = {f"r{new + 1}": f"r{old + 1}" for new, old in enumerate(rows)}
    names |= {f"a{new + 1}": f"a{old + 1}" for new, old in enumerate(columns)}
    permuted = matrix(values(), rows=rows, columns=columns)
    alike(told(asked(name, permuted), names), told(asked(name, matrix(values()))))


@pytest.mark.parametrize("name", [each for each in OF_ONE_PERIOD if each not in ("lq", "priority_gap")])
def test_scaling_the_matrix_changes_nothing(name: str) -> None:
    alike(told(asked(name, matrix(3 * values()))), told(asked(name, matrix(values()))))


@pytest.mark.parametrize("name", ["herfindahl", "variety"])
def test_the_size_of_a_region_does_not_matter_to_its_own_profile(name: str) -> None:
    grown = values()
    grown[2] *= 7
    alike(told(asked(name, matrix(grown))), told(asked(name, matrix(values()))))


def test_parameters_come_as_text_and_wrong_ones_are_refused() -> None:
    found = run("lq", matrix(values()), min_cell="1", threshold="0.5")
    assert dict(found.parameters) == {"presence": "lq", "threshold": 0.5, "min_cell": 1}
    with pytest.raises(ParameterError, match="The measure 'lq' has no parameter 'x'; it has presence"):
        run("lq", matrix(values()), x="1")
    with pytest.raises(ParameterError, match="expected a whole number of at least 0"):
        run("lq", matrix(values()), min_cell="-1")
    with pytest.raises(UnknownName, match="There is no measure of matrices 'eciii'"):
        run("eciii", matrix(values()))


def test_what_is_left_out_and_what_is_trivial_is_said() -> None:
    made = Matrix.from_array("m", [[9, 9, 0, 2], [9, 0, 9, 0], [9, 0, 0, 1]])
    found = run("relatedness", made, presence="any")
    said = " ".join(note.en for note in found.notes)
    assert "2 of 7 cells have fewer than 5 projects" in said
    assert "Left out, without presence: 0 regions and 1 area." in said
    assert "1 present in all regions, 2 in one only, 0 resting on one project only" in said
