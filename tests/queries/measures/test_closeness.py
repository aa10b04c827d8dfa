"""Closeness: known values, several parts, two modes."""

import networkx as nx
import pytest

import queries.paths as paths
from queries.errors import MeaninglessError
from queries.measures.closeness import measure
from queries.network import Network, Row


def test_karate(karate: Network) -> None:
    # As networkx and igraph give them
    found = measure(karate).by_id
    expected = {"0": 0.5690, "33": 0.5500, "32": 0.5156, "2": 0.5593}
    assert {key: found[key] for key in expected} == pytest.approx(expected, abs=5e-5)


def test_several_parts_as_networkx(dense: Network) -> None:
    found = measure(dense)
    assert found.by_id == pytest.approx(nx.closeness_centrality(dense.to_networkx()), abs=1e-12)
    assert any("scaled down by the share that can be reached" in note.en for note in found.notes)


def test_davis_in_two_modes(davis: Network) -> None:
    # Borgatti and Halgin (2011), as in the tests of networkx: E8 .85, the highest of the women .80
    found = measure(davis)
    assert round(float(found.by_id["E8"] or 0), 2) == 0.85
    women = {key: float(value or 0) for key, value in found.by_id.items() if key.startswith("woman")}
    assert round(max(women.values()), 2) == 0.80
    expected = nx.bipartite.closeness_centrality(davis.to_networkx(), list(women))
    assert found.by_id == pytest.approx(expected, abs=1e-12)


def test_no_value_is_above_one_in_two_modes_of_several_parts() -> None:
    rows: list[Row] = [{"actor": a, "event": e} for a, e in ("ap", "bq", "cq", "dr", "dt")]
    network = Network.from_rows("x", rows, "two-mode")
    found = measure(network).by_id
    assert found["a"] == pytest.approx(1 / 7)  # reaches its event only, as near as can be
    assert found["q"] == pytest.approx(2 / 7)
    assert max(float(value or 0) for value in found.values()) < 1


def test_too_many_nodes_and_one_node_are_refused(karate: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(MeaninglessError, match="at least 2 nodes"):
        measure(Network.from_rows("x", [{"actor": "a"}], "one-mode"))
    monkeypatch.setattr(paths, "ALL_UP_TO", 33)
    with pytest.raises(MeaninglessError, match=r"for at most 33 nodes; the network 'karate' has 34"):
        measure(karate)
