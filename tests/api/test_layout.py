"""The layout of whole networks: every node, no part over another, kept beside the generation."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse.csgraph import connected_components

from api import asking, layout
from api.force_atlas import Settings
from api.snapshot import Snapshots
from benchmarks.networks_data import made
from graph.generations import Home
from queries.network import Network
from queries.network_filters import Filter


@pytest.fixture(scope="module")
def large() -> Network:
    """A made-up network with one large part and many small."""
    return made(600).network()


@pytest.fixture(scope="module")
def placed(large: Network) -> layout.Layout:
    return layout.made(large)


def test_two_parts_of_several_stand_further_apart_than_their_nodes() -> None:
    """Else two circles look like one part: no edge tells that they are not joined."""
    rows = [{"actor": f"{part}{at}", "event": part} for part in "pq" for at in range(5)]
    network = Network.from_rows("two", rows, "one-mode")
    points = layout.made(network).points
    apart = np.linalg.norm(points[:, None] - points[None], axis=2)
    own, other = network.components
    within = max(np.sort(apart[at][list(part)])[1] for part in (own, other) for at in part)
    assert apart[np.ix_(own, other)].min() > 1.5 * within


def boxes(network: Network, placed: layout.Layout) -> list[tuple[float, float, float, float]]:
    found = []
    for part in network.components:
        points = placed.points[list(part)]
        found.append((*points.min(axis=0).tolist(), *points.max(axis=0).tolist()))
    return found


def test_every_node_has_a_point_of_its_own(large: Network, placed: layout.Layout) -> None:
    assert placed.points.shape == (len(large.nodes), 2)
    assert np.isfinite(placed.points).all()
    assert len({tuple(point) for point in placed.points.tolist()}) == len(large.nodes)


def test_no_part_stands_over_another(large: Network, placed: layout.Layout) -> None:
    found = boxes(large, placed)
    assert len(found) > 5
    for at, (left, low, right, high) in enumerate(found):
        for other in found[:at]:
            assert left > other[2] or other[0] > right or low > other[3] or other[1] > high


def test_the_largest_part_is_to_the_left(large: Network, placed: layout.Layout) -> None:
    first, *others = boxes(large, placed)
    assert all(first[2] < other[0] for other in others)


def test_it_is_the_same_each_time(large: Network, placed: layout.Layout) -> None:
    assert np.array_equal(layout.made(large).points, placed.points)
    other = layout.made(large, Settings(seed=2))
    assert not np.array_equal(other.points, placed.points)
    assert other.told()["seed"] == 2 and placed.told()["method"] == "ForceAtlas2"


def test_the_backbone_is_part_of_the_network_and_holds_its_parts_together(large: Network) -> None:
    kept = layout.backbone(large)
    assert kept.nnz < 2 * len(large.sources)
    whole, (i, j) = large.adjacency("count").toarray(), kept.nonzero()
    assert np.array_equal(kept.toarray()[i, j], whole[i, j]), "edges of the network, with their own weights"
    several = Network.from_rows("x", [{"actor": a, "event": "p"} for a in "abc"], "one-mode")
    assert layout.backbone(several).nnz == 6
    assert connected_components(kept)[0] == len(large.components)


def test_a_part_of_a_network_stands_where_the_whole_has_it(large: Network, placed: layout.Layout) -> None:
    part = Filter(kind="company").apply(large)
    whole = dict(zip(large.ids, placed.places(large), strict=True))
    assert placed.places(large, part) == tuple(whole[key] for key in part.ids)
    x, y = placed.points[0]
    assert placed.places(large)[0] == pytest.approx((x * layout.APART, -y * layout.APART), abs=0.06)


def test_nothing_has_no_place() -> None:
    nobody = Network.from_rows("x", [], "one-mode")
    assert layout.made(nobody).points.shape == (0, 2)
    assert layout.made(nobody).places(nobody) == ()


def test_it_is_kept_beside_the_generation(built: Home, tmp_path: Path) -> None:
    beside = tmp_path / "columns"
    first = replace(Snapshots(built).current(), beside=beside, _kept={})
    network = asking.network(first, "organisations")
    found = layout.layout(first, network)
    (file,) = beside.iterdir()
    stamp = file.stat().st_mtime_ns
    again = replace(first, _kept={})
    assert np.array_equal(layout.layout(again, network).points, found.points)
    assert file.stat().st_mtime_ns == stamp
    nowhere = replace(first, beside=None, _kept={})
    assert np.array_equal(layout.layout(nowhere, network).points, found.points)
