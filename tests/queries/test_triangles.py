"""Triangles: each once, whatever the size of the blocks; many ranges at once."""

from typing import cast

import networkx as nx
import numpy as np
import pytest

import queries.triangles as counted
from queries.network import Network
from queries.ranges import ranges
from queries.triangles import count_triangles, node_sums, triangles
from tests.queries.classics import karate, miserables, scattered


@pytest.mark.parametrize("network", [karate(), miserables(), scattered()], ids=lambda network: network.name)
@pytest.mark.parametrize("at_once", [1, 17, 10_000])
def test_every_triangle_comes_once(network: Network, at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counted, "AT_ONCE", at_once)
    ends = [{int(a), int(b)} for a, b in zip(network.sources, network.targets, strict=True)]
    found = [list(map(int, each)) for some in triangles(network) for each in zip(*some, strict=True)]
    assert all(
        ends[ab] == {a, b} and ends[ac] == {a, c} and ends[bc] == {b, c} for a, b, c, ab, ac, bc in found
    )
    assert len({frozenset(each[:3]) for each in found}) == len(found)
    expected = cast("dict[str, int]", nx.triangles(network.to_networkx()))
    assert count_triangles(network).tolist() == [expected[key] for key in network.ids]


def test_without_edges_there_are_none() -> None:
    network = Network.from_rows("x", [{"actor": "a"}, {"actor": "b"}], "one-mode")
    assert list(triangles(network)) == []
    assert count_triangles(network).tolist() == [0, 0]
    assert node_sums(network, network.counts).tolist() == [0, 0]


def test_ranges_may_be_empty() -> None:
    assert ranges(np.array([5, 7, 1]), np.array([0, 2, 0])).tolist() == [7, 8]
    assert ranges(np.array([], dtype=np.intp), np.array([], dtype=np.intp)).tolist() == []
