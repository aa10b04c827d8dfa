"""Small cells are hidden and counted, and cannot be told from the total."""

import doctest

import pytest

import queries.suppression
from queries.errors import ParameterError
from queries.measure import Table
from queries.suppression import suppress, suppress_rows

TABLE = Table("t", "t", "t", ("area", "c", "d", "e", "all"), (("a", 2, 9, 3, 14), ("b", 4, 7, 0, 11)))


def test_the_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(queries.suppression).failed == 0


def test_small_cells_are_hidden_and_counted() -> None:
    found = suppress(TABLE, ["c", "d", "e"])
    assert found.table.rows == (("a", None, 9, None, 14), ("b", None, 7, 0, 11))
    assert found.hidden == 3
    assert [note.en for note in found.notes] == ["3 cells are hidden: they rest on fewer than 5."]


def test_a_total_that_would_tell_is_hidden_too() -> None:
    found = suppress(TABLE, ["c", "d", "e"], total="all")
    assert found.table.rows[1] == ("b", None, 7, 0, None)
    assert found.table.rows[0][4] == 14
    assert found.hidden == 4


def test_nothing_small_nothing_said() -> None:
    assert suppress(TABLE, ["d"]) == suppress(TABLE, ["d"], least=1)
    assert suppress(TABLE, ["d"]).notes == ()


def test_rows_of_few_cases_lose_their_numbers() -> None:
    found = suppress_rows(Table("t", "t", "t", ("x", "n", "v"), (("a", 1, 0.5), ("b", 5, 0.1))), "n")
    assert (found.table.rows, found.hidden) == ((("a", None, None), ("b", 5, 0.1)), 2)


def test_an_unknown_column_is_refused() -> None:
    with pytest.raises(ParameterError, match="Table 't' has no column 'f'; it has area, c, d, e, all"):
        suppress(TABLE, ["f"])
