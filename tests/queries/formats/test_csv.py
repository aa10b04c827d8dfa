"""CSV of the edges: what csv reads back is what was written."""

import csv
import dataclasses
import io
from collections.abc import Callable

from queries.attributes import Clean
from queries.format import BOM, Export, write
from queries.network import Network


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_every_attribute_of_every_edge_comes_back(
    text: Callable[[str], str], told_edges: dict[tuple[str, str], Clean], network: Network
) -> None:
    labels = {node.id: node.label for node in network.nodes}
    found = {(row.pop("source"), row.pop("target")): row for row in table(text("csv"))}
    assert list(found) == list(told_edges)
    for (source, target), row in found.items():
        assert (row.pop("source_label"), row.pop("target_label")) == (labels[source], labels[target])
        assert {name: value for name, value in row.items() if value} == {
            name: str(value) for name, value in told_edges[source, target].items()
        }


def test_the_columns_of_both_modes(text: Callable[[str], str], network: Network) -> None:
    own = {"one-mode": ["count", "newman", "events"], "two-mode": ["count", "roles", "amount"]}[network.mode]
    header = text("csv").partition("\n")[0].split(",")
    if network.mode == "one-mode" and "amount" in header:  # where networks have such weights
        header.remove("amount")
    assert header == [
        *("source", "target", "source_label", "target_label"),
        *own,
        *("first_year", "last_year"),
    ]


def test_a_byte_order_mark_stands_once_and_first(export: Export) -> None:
    marked = write("csv", dataclasses.replace(export, bom=True))
    assert marked == BOM + write("csv", export)
    assert marked.encode().startswith(b"\xef\xbb\xbfsource,")
