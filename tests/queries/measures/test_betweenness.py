"""Betweenness: published values, igraph and networkx, components, sampling."""

import networkx as nx
import pytest

import queries.measures.betweenness as betweenness
import queries.paths as paths
from queries.errors import MeaninglessError, ParameterError
from queries.measures.betweenness import measure
from queries.network import Network, Row


def test_karate(karate: Network) -> None:
    # Raw sums as published and as igraph and networkx give them; there are 33 x 32 / 2 pairs
    found = measure(karate).by_id
    raw = {"0": 231.071, "33": 160.552, "32": 76.690, "2": 75.851}
    for node, value in raw.items():
        assert found[node] == pytest.approx(value / 528, abs=1e-6)


def test_florentine_families() -> None:
    # Padgett's marriages; the two highest as in Jackson (2008), Social and Economic Networks, ch. 1
    found = measure(Network.from_networkx(nx.florentine_families_graph(), "florentine"))
    assert [round(float(row[2] or 0), 3) for row in found.rows[:2]] == [0.522, 0.255]


def test_davis_in_two_modes(davis: Network) -> None:
    # Borgatti and Halgin (2011), as in the tests of networkx: E8 .24, the highest of the women .11, .10, .09
    found = measure(davis)
    assert found.rows[0][0] == "E8"
    assert round(float(found.rows[0][2] or 0), 2) == 0.24
    women = [row for row in found.rows if str(row[0]).startswith("woman")]
    assert [round(float(row[2] or 0), 2) for row in women[:3]] == [0.11, 0.10, 0.09]


def test_two_modes_as_networkx(davis: Network, seed_rows: list[Row]) -> None:
    for network in (davis, Network.from_rows("seeds", seed_rows, "two-mode")):
        actors = [node.id for node in network.nodes if node.side == "actor"]
        expected = nx.bipartite.betweenness_centrality(network.to_networkx(), actors)
        assert measure(network).by_id == pytest.approx(expected, abs=1e-12)


def test_as_igraph_and_networkx(dense: Network, karate: Network) -> None:
    for network in (dense, karate):
        found = measure(network).by_id
        n = len(network.nodes)
        by_igraph = [value * 2 / ((n - 1) * (n - 2)) for value in network.to_igraph().betweenness()]
        assert list(found.values()) == pytest.approx(by_igraph, abs=1e-12)
        assert found == pytest.approx(nx.betweenness_centrality(network.to_networkx()), abs=1e-12)


def test_blocks_of_starts_change_nothing(karate: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = measure(karate, engine="scipy").by_id
    monkeypatch.setattr(paths, "CELLS_AT_ONCE", 100)
    assert measure(karate, engine="scipy").by_id == pytest.approx(whole, abs=1e-15)


def test_only_ostergotland_lies_between_in_the_seeds(seeds: Network) -> None:
    found = measure(seeds)
    # by hand: 4 of the five x 3 parties of SKISS pass it, of 16 x 15 / 2 pairs
    assert found.by_id["region-ostergotland"] == pytest.approx(12 / 120)
    assert [value for key, value in found.by_id.items() if key != "region-ostergotland"] == [0] * 16
    assert any("2 components: betweenness compares only within" in note.en for note in found.notes)


def test_long_paths() -> None:
    found = measure(Network.from_networkx(nx.path_graph(101), "path")).by_id
    assert found["50"] == pytest.approx(50 * 50 / (100 * 99 / 2))


def test_a_sample_says_so_and_comes_near(karate: Network) -> None:
    exact = measure(karate).by_id
    sampled = measure(karate, pivots=20, seed=1)
    assert dict(sampled.parameters) == {"pivots": 20, "seed": 1}
    assert any("20 of 34 starting nodes" in note.en for note in sampled.notes)
    assert sampled.rows[0][0] == "0"
    assert sampled.by_id == pytest.approx(exact, abs=0.2)
    assert measure(karate, pivots=20, seed=1) == sampled
    assert measure(karate, pivots=20, seed=2) != sampled


@pytest.mark.parametrize("engine", ["scipy", "igraph", "networkx"])
def test_the_same_pivots_on_every_engine(dense: Network, engine: str) -> None:
    found = measure(dense, pivots=40, seed=3, engine=engine)
    assert found.engine == engine
    assert dict(found.parameters) == {"pivots": 40, "seed": 3}
    assert found.by_id == pytest.approx(measure(dense, pivots=40, seed=3).by_id, abs=1e-12)


def test_networkit_cannot_be_told_the_pivots(karate: Network) -> None:
    with pytest.raises(
        ParameterError, match="not computed by networkit; it can be by igraph, scipy, networkx"
    ):
        measure(karate, pivots=5, engine="networkit")


def test_all_pivots_are_exact(karate: Network) -> None:
    assert measure(karate, pivots=34) == measure(karate) == measure(karate, pivots=999)


def test_large_networks_are_sampled_by_themselves(karate: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(betweenness, "EXACT_UP_TO", 33)
    monkeypatch.setattr(betweenness, "SAMPLE", 10)
    assert dict(measure(karate).parameters)["pivots"] == 10


def test_two_nodes_are_refused() -> None:
    with pytest.raises(MeaninglessError, match="at least 3 nodes"):
        measure(Network.from_networkx(nx.path_graph(2), "x"))


def test_without_edges_nothing_lies_between() -> None:
    network = Network.from_rows("x", [{"actor": a} for a in "abc"], "one-mode")
    assert list(measure(network).by_id.values()) == [0, 0, 0]
