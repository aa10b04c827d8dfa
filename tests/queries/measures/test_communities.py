"""Communities: known divisions, modularity against networkx and igraph, labels, stability, repetition."""

import os
import subprocess
import sys

import networkx as nx
import numpy as np
import pytest

import queries.measures.communities as communities
from queries.errors import MeaninglessError
from queries.measure import MeasureResult
from queries.measures.communities import measure
from queries.network import Network, Row


def facts(found: MeasureResult) -> dict[str, int | float]:
    return {fact.name: fact.value for fact in found.facts}


def test_the_seeds_fall_into_their_circles(seeds: Network) -> None:
    found = measure(seeds)
    groups = {label: {key for key, value in found.by_id.items() if value == label} for label in (1, 2, 3)}
    assert len(groups[1]) == 9
    assert groups[2] == {
        *("region-ostergotland", "region-sormland", "region-orebro", "region-uppsala", "region-vastmanland")
    }
    assert groups[3] == {"linkoping-science-park", "norrkoping-science-park", "sankt-kors"}
    assert set(found.columns[0].values) == {1.0}
    assert facts(found)["agreement"] == 1


def test_karate_comes_near_the_optimum(karate: Network) -> None:
    # the optimum of modularity is .4198 without weights (igraph, exact) and .4449 with them
    found = facts(measure(karate, weight="none"))
    assert found["communities"] == 4
    assert 0.41 < found["modularity"] <= found["modularity_highest"] < 0.41980
    assert facts(measure(karate))["modularity_highest"] == pytest.approx(0.4449, abs=5e-5)


@pytest.mark.parametrize("resolution", [0.5, 1.0, 2.0])
def test_modularity_as_networkx_and_igraph(karate: Network, resolution: float) -> None:
    found = measure(karate, resolution=resolution, runs=2)
    labels = [int(value or 0) for _, _, value in found.values]
    groups = [{karate.ids[at] for at in np.flatnonzero(np.array(labels) == label)} for label in set(labels)]
    ours = facts(found)["modularity"]
    graph = karate.to_networkx()
    assert ours == pytest.approx(nx.community.modularity(graph, groups, resolution=resolution), abs=1e-12)
    by_igraph = karate.to_igraph().modularity(labels, weights="weight", resolution=resolution)
    assert ours == pytest.approx(by_igraph, abs=1e-12)


def test_agreement_is_the_adjusted_rand_index_of_igraph() -> None:
    import igraph

    rng = np.random.default_rng(3)
    for groups in (1, 2, 5, 12):
        one, other = rng.integers(groups, size=12), rng.integers(3, size=12)
        expected = igraph.compare_communities(one.tolist(), other.tolist(), method="adjusted_rand")
        if expected == expected:  # igraph has no number for two trivial divisions
            assert communities._adjusted_rand(one, other) == pytest.approx(expected, abs=1e-12)
    same = np.ones(4, dtype=np.intp)
    assert communities._adjusted_rand(same, same) == 1


def test_labels_are_by_size_then_by_the_alphabet() -> None:
    names = {"a": "Östad", "b": "Åre", "c": "Zink", "d": "Arla", "e": "Boden", "f": "Cirkus", "g": "Djura"}
    pairs = ("ap", "bp", "cp", "dq", "eq", "fr", "gr")
    rows: list[Row] = [{"actor": a, "actorLabel": names[a], "event": e} for a, e in map(tuple, pairs)]
    found = measure(Network.from_rows("x", rows, "one-mode"))
    assert found.by_id == {"a": 1, "b": 1, "c": 1, "d": 2, "e": 2, "f": 3, "g": 3}
    assert [row[1] for row in found.rows] == ["Zink", "Åre", "Östad", "Arla", "Boden", "Cirkus", "Djura"]


def test_where_the_runs_differ_it_is_said() -> None:
    ring = Network.from_networkx(nx.cycle_graph(60), "ring")  # may be cut anywhere
    found = measure(ring)
    agreement = facts(found)["agreement"]
    assert agreement < communities.UNSURE_BELOW
    assert any("read them as a suggestion" in note.en for note in found.notes)
    assert all(value is not None and 0 < value < 1 for value in found.columns[0].values)


def test_one_run_cannot_say_how_stable_it_is(seeds: Network) -> None:
    found = measure(seeds, runs=1)
    assert found.columns == ()
    assert any("give runs=10" in note.en for note in found.notes)


def test_isolates_are_communities_of_their_own() -> None:
    rows: list[Row] = [{"actor": "a", "event": "p"}, {"actor": "b", "event": "p"}, {"actor": "c"}]
    found = measure(Network.from_rows("x", rows, "one-mode"))
    assert found.by_id == {"a": 1, "b": 1, "c": 2}
    assert found.columns[0].values == (1, 1, 1)
    assert any("1 node without edges" in note.en for note in found.notes)


def test_two_modes_are_divided_with_a_warning(davis: Network) -> None:
    assert any("expects edges between all nodes" in note.en for note in measure(davis, runs=2).notes)


def test_a_network_without_edges_is_refused() -> None:
    with pytest.raises(MeaninglessError, match="1 edge"):
        measure(Network.from_rows("x", [{"actor": "a"}, {"actor": "b"}], "one-mode"))


def test_other_processes_find_the_same() -> None:
    code = (
        "import networkx as nx; from queries.network import Network; from queries.measure import run;"
        "net = Network.from_networkx(nx.les_miserables_graph(), 'x', 'weight');"
        "print(run('communities', net, runs=3).values)"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1
