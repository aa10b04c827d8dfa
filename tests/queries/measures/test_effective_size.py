"""Burt's effective size: values of the literature, weighted and not, and what is undefined."""

import pytest

from queries.errors import MeaninglessError
from queries.measures.effective_size import measure
from queries.network import Network, Row
from tests.queries.classics import holes


def test_the_example_of_borgatti() -> None:
    # Borgatti (1997), Structural holes: unpacking Burt's redundancy measures
    found = measure(holes(), weight="none").by_id
    assert found["G"] == pytest.approx(4.667, abs=5e-4)
    assert found["A"] == pytest.approx(2.5)
    assert found["C"] == 1


def test_the_example_of_borgatti_weighted() -> None:
    # By Burt's formula node by node; networkx's way for all at once gives 5.5152, 2.7917, 2.1143 (issue 8906)
    found = measure(holes(), weight="count").by_id
    assert (found["G"], found["A"], found["B"]) == pytest.approx((5.4717, 2.475, 1.6714), abs=5e-5)


def test_karate(karate: Network) -> None:
    found = measure(karate, weight="none")
    assert (found.by_id["0"], found.by_id["33"]) == pytest.approx((13.75, 15.2353), abs=5e-5)
    efficiency = dict(zip(found.by_id, found.columns[0].values, strict=True))
    assert efficiency["0"] == pytest.approx(13.75 / 16)


def test_it_is_partners_less_what_clusters(dense: Network) -> None:
    clustering = dense.to_igraph().transitivity_local_undirected(mode="zero")
    degree = dense.to_igraph().degree()
    values = [value for _, _, value in measure(dense, weight="none").values]
    for value, d, c in zip(values, degree, clustering, strict=True):
        assert value == (pytest.approx(d - (d - 1) * c, abs=1e-12) if d else None)


def test_isolates_are_undefined_and_no_edges_are_refused() -> None:
    rows: list[Row] = [{"actor": "a", "event": "p"}, {"actor": "b", "event": "p"}, {"actor": "c"}]
    found = measure(Network.from_rows("x", rows, "one-mode"))
    assert found.by_id == {"a": 1, "b": 1, "c": None}
    assert any(note.en.startswith("1 node without partners") for note in found.notes)
    with pytest.raises(MeaninglessError, match="at least 2 nodes and 1 edge"):
        measure(Network.from_rows("x", [{"actor": "a"}, {"actor": "b"}], "one-mode"))
