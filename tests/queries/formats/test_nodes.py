"""CSV of the nodes: isolates and measures too; the undefined is empty."""

import csv
import dataclasses
import io
from collections.abc import Callable

import pytest

from queries.attributes import Clean
from queries.format import BOM, Export, write


def test_every_attribute_of_every_node_comes_back(
    text: Callable[[str], str], told_nodes: dict[str, Clean]
) -> None:
    rows = list(csv.DictReader(io.StringIO(text("nodes"), newline="")))
    found = {row.pop("id"): {name: value for name, value in row.items() if value} for row in rows}
    assert found == {key: {n: str(v) for n, v in told.items()} for key, told in told_nodes.items()}


@pytest.mark.parametrize("mode", ["one-mode"], indirect=True)
def test_a_value_that_is_undefined_is_empty_and_no_zero(text: Callable[[str], str]) -> None:
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(text("nodes"), newline=""))}
    assert (rows["urn:c"]["strength"], rows["urn:c"]["constraint"]) == ("0.0", "")


def test_a_byte_order_mark_can_be_had(export: Export) -> None:
    assert write("nodes", dataclasses.replace(export, bom=True)) == BOM + write("nodes", export)
