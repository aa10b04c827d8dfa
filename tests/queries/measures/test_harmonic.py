"""Harmonic centrality: against networkx, by hand, two modes."""

import networkx as nx
import pytest

import queries.paths as paths
from queries.errors import MeaninglessError
from queries.measures.harmonic import measure
from queries.network import Network


def test_as_networkx(karate: Network, dense: Network) -> None:
    for network in (karate, dense):
        n = len(network.nodes)
        expected = nx.harmonic_centrality(network.to_networkx())
        assert measure(network).by_id == pytest.approx(
            {k: v / (n - 1) for k, v in expected.items()}, abs=1e-12
        )


def test_a_path_by_hand() -> None:
    found = measure(Network.from_networkx(nx.path_graph(4), "path")).by_id
    assert found["0"] == pytest.approx((1 + 1 / 2 + 1 / 3) / 3)
    assert found["1"] == pytest.approx((1 + 1 + 1 / 2) / 3)


def test_the_best_placed_in_two_modes_has_one() -> None:
    rows = [{"actor": a, "event": e} for a, e in ("ap", "bp", "cp", "aq")]
    found = measure(Network.from_rows("x", rows, "two-mode")).by_id
    assert found["a"] == 1  # both events at one step, both others at two
    assert found["q"] == pytest.approx((1 + 1 / 2 + 1 / 3 + 1 / 3) / (3 + 1 / 2))


def test_blocks_of_starts_change_nothing(karate: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = measure(karate, engine="scipy").by_id
    monkeypatch.setattr(paths, "CELLS_AT_ONCE", 100)
    assert measure(karate, engine="scipy").by_id == whole


def test_too_many_nodes_are_refused(karate: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "ALL_UP_TO", 33)
    with pytest.raises(MeaninglessError, match="'harmonic' needs the distances between all pairs"):
        measure(karate)
