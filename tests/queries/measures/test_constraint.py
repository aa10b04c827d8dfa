"""Burt's constraint: values of the literature, of igraph and of networkx, and what is undefined."""

import networkx as nx
import pytest

from queries.errors import MeaninglessError
from queries.measures.constraint import measure
from queries.network import Network, Row, Weight
from tests.queries.classics import holes


def test_the_example_of_borgatti() -> None:
    # Borgatti (1997), Structural holes: unpacking Burt's redundancy measures; same values in UCINET
    found = measure(holes(), weight="none").by_id
    assert found["G"] == pytest.approx(0.400, abs=5e-4)
    assert found["A"] == pytest.approx(0.595, abs=5e-4)
    assert found["C"] == 1


def test_karate(karate: Network) -> None:
    plain, weighted = measure(karate, weight="none").by_id, measure(karate, weight="count").by_id
    assert (plain["0"], plain["33"], plain["11"]) == pytest.approx((0.1554, 0.1564, 1.0), abs=5e-5)
    assert (weighted["0"], weighted["33"]) == pytest.approx((0.1906, 0.1863), abs=5e-5)


def test_the_seeds_have_their_broker_in_ostergotland(seeds: Network) -> None:
    # By hand, without weights: partners in the five 4 x ((1 + 3/4)/7)^2, in SKISS 3 x ((1 + 2/3)/7)^2
    plain = measure(seeds, weight="none")
    assert plain.by_id["region-ostergotland"] == pytest.approx(4 * (1.75 / 7) ** 2 + 3 * (5 / 3 / 7) ** 2)
    assert plain.rows[0][0] == "region-ostergotland"
    assert round(float(plain.rows[0][2] or 0), 2) == 0.42
    # By common projects the five weigh 2 each of 11: the circle of the five ties it closer
    counted = measure(seeds, weight="count").by_id
    assert counted["region-ostergotland"] == pytest.approx(4 * (2 / 11 * 1.75) ** 2 + 3 * (5 / 3 / 11) ** 2)


@pytest.mark.parametrize("weight", ["count", "newman", "none"])
def test_as_igraph_and_networkx(dense: Network, weight: Weight) -> None:
    found = measure(dense, weight=weight)
    values = [value for _, _, value in found.values]
    graph = dense.to_igraph(weight)
    by_igraph = [None if value != value else value for value in graph.constraint(weights="weight")]
    assert [value is None for value in values] == [value is None for value in by_igraph]
    assert [v for v in values if v is not None] == pytest.approx([v for v in by_igraph if v is not None])
    by_networkx = nx.constraint(dense.to_networkx(weight), weight="weight")
    for key, value in found.by_id.items():
        assert value is None or value == pytest.approx(by_networkx[key], abs=1e-12)


def test_isolates_are_undefined_and_counted_in_a_note() -> None:
    rows: list[Row] = [{"actor": "a", "event": "p"}, {"actor": "b", "event": "p"}, {"actor": "c"}]
    found = measure(Network.from_rows("x", rows, "one-mode"))
    assert found.by_id == {"a": 1, "b": 1, "c": None}
    assert any(note.en.startswith("1 node without partners") for note in found.notes)


def test_a_network_without_edges_is_refused() -> None:
    with pytest.raises(MeaninglessError, match=r"at least 2 nodes and 1 edge; .* 2 nodes and 0 edges"):
        measure(Network.from_rows("x", [{"actor": "a"}, {"actor": "b"}], "one-mode"))


def test_two_modes_are_refused(davis: Network) -> None:
    with pytest.raises(MeaninglessError, match="Ask it of a one-mode network"):
        measure(davis)
