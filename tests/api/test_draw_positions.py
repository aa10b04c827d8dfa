"""Positions: the same each time, components apart, no two nodes on one spot."""

import networkx as nx
import pytest

from api.draw_positions import SMALL, positions


@pytest.mark.parametrize(
    "graph",
    [
        nx.complete_graph(9),
        nx.path_graph(2),
        nx.cycle_graph(SMALL + 5),
        nx.disjoint_union_all([nx.path_graph(3)] * 4),
    ],
    ids=["clique", "pair", "springs", "parts"],
)
def test_nodes_stand_apart_and_in_the_same_place_each_time(graph: "nx.Graph[int]") -> None:
    found = positions(graph)
    assert set(found) == set(graph)
    assert len(set(found.values())) == len(graph)
    backwards: nx.Graph[int] = nx.Graph()
    backwards.add_nodes_from(reversed(list(graph)))
    backwards.add_edges_from((j, i) for i, j in reversed(list(graph.edges)))
    assert positions(backwards) == found


def test_no_node_of_a_clique_is_put_in_its_middle() -> None:
    found = positions(nx.complete_graph(9))
    x, y = (sum(point[axis] for point in found.values()) / 9 for axis in (0, 1))
    away = [((px - x) ** 2 + (py - y) ** 2) ** 0.5 for px, py in found.values()]
    assert min(away) > 0.9 * max(away)


def test_components_do_not_overlap() -> None:
    graph = nx.disjoint_union_all([nx.complete_graph(9), nx.complete_graph(8), *[nx.empty_graph(1)] * 5])
    found = positions(graph)
    boxes = []
    for part in nx.connected_components(graph):
        xs, ys = zip(*(found[node] for node in part), strict=True)
        boxes.append((min(xs), min(ys), max(xs), max(ys)))
    for at, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[:at]:
            assert left > other[2] or other[0] > right or top > other[3] or other[1] > bottom


def test_nothing_has_no_place() -> None:
    assert positions(nx.empty_graph(0)) == {}
