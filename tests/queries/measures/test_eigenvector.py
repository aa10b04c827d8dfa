"""Eigenvector centrality: known values, the largest part only, and where it is not determined."""

import networkx as nx
import pytest

import queries.measures.eigenvector as eigenvector
from queries.errors import MeaninglessError
from queries.measures.eigenvector import measure
from queries.network import Network, Row


def test_karate(karate: Network) -> None:
    # As networkx and igraph give them, of length 1
    found = measure(karate, weight="none").by_id
    assert (found["33"], found["0"], found["2"]) == pytest.approx((0.3734, 0.3555, 0.3172), abs=5e-5)
    assert sum(float(value or 0) ** 2 for value in found.values()) == pytest.approx(1)


def test_the_eigenvalue_of_a_clique_is_its_partners_and_the_gap_is_known() -> None:
    found = measure(Network.from_networkx(nx.complete_graph(6), "clique"))
    facts = {fact.name: fact.value for fact in found.facts}
    assert facts == pytest.approx({"eigenvalue": 5, "gap": 6 / 5})


def test_only_the_largest_part_has_values(seeds: Network) -> None:
    found = measure(seeds)
    outside = {key for key, value in found.by_id.items() if value is None}
    assert len(outside) == 8
    assert {"region-ostergotland", "region-uppsala", "sankt-kors"} < outside
    assert [value for value in found.by_id.values() if value is not None] == pytest.approx([1 / 3] * 9)
    assert any("8 nodes outside the largest part have no value" in note.en for note in found.notes)


def test_two_largest_parts_are_refused() -> None:
    rows: list[Row] = [{"actor": a, "event": e} for a, e in ("ap", "bp", "cq", "dq", "e_")]
    with pytest.raises(MeaninglessError, match="'x' has 2 largest ones of 2 nodes each"):
        measure(Network.from_rows("x", rows, "one-mode"))


@pytest.mark.parametrize("dense_up_to", [0, 1000])
def test_two_cliques_far_apart_are_refused(monkeypatch: pytest.MonkeyPatch, dense_up_to: int) -> None:
    monkeypatch.setattr(eigenvector, "DENSE_UP_TO", dense_up_to)
    with pytest.raises(MeaninglessError, match="'barbell' is not determined"):
        measure(Network.from_networkx(nx.barbell_graph(20, 30), "barbell"))


def test_dense_and_sparse_are_the_same(karate: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = measure(karate).by_id
    monkeypatch.setattr(eigenvector, "DENSE_UP_TO", 0)
    assert measure(karate).by_id == pytest.approx(whole, abs=1e-12)


def test_two_modes_are_those_of_the_projection(davis: Network) -> None:
    # The vector of the women is that of their common events with the diagonal, B B'
    found = measure(davis)
    women = [value for key, value in found.by_id.items() if key.startswith("woman")]
    events = [value for key, value in found.by_id.items() if not key.startswith("woman")]
    assert sum(float(value or 0) ** 2 for value in women) == pytest.approx(0.5)
    assert sum(float(value or 0) ** 2 for value in events) == pytest.approx(0.5)
    assert any("compare only nodes of the same side" in note.en for note in found.notes)
