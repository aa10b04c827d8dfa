"""Local clustering: known values, the undefined, and the facts."""

from typing import cast

import networkx as nx
import pytest

from queries.measures.clustering import measure
from queries.network import Network
from tests.queries.classics import miserables


def test_karate_and_les_miserables(karate: Network) -> None:
    # networkx counts the undefined as 0 in its average, igraph leaves them out
    for network, mean in ((karate, 0.5706), (miserables(), 0.5731)):
        facts = {fact.name: fact.value for fact in measure(network).facts}
        assert facts["mean_with_zeros"] == pytest.approx(mean, abs=5e-5)
        leaving_out = network.to_igraph().transitivity_avglocal_undirected(mode="nan")
        assert facts["mean"] == pytest.approx(leaving_out, abs=1e-12)


def test_as_networkx_but_for_the_undefined(dense: Network) -> None:
    expected = cast("dict[str, float]", nx.clustering(dense.to_networkx()))
    degree = dict(dense.to_networkx().degree())
    found = measure(dense)
    for key, value in found.by_id.items():
        assert value == (pytest.approx(expected[key], abs=1e-12) if degree[key] > 1 else None)
    few = sum(many < 2 for many in degree.values())
    assert any(f"{few} nodes with fewer than two partners" in note.en for note in found.notes)


def test_without_pairs_there_is_no_mean() -> None:
    found = measure(Network.from_networkx(nx.path_graph(2), "x"))
    assert found.by_id == {"0": None, "1": None}
    assert [fact.name for fact in found.facts] == ["mean_with_zeros"]
