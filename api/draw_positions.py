"""Where the nodes of a drawing stand: a layout of each component, packed beside one another."""

import math
from collections.abc import Sequence

import networkx as nx

Point = tuple[float, float]

REACH = 60.0  # half the side of a component of one node; grows with the root of its nodes
GAP = 60.0  # between components
EDGE = 60.0  # around one of several nodes, or two such look like one
SMALL = 60  # nodes up to which path lengths place them: springs put one node of a clique in its middle


def positions(graph: "nx.Graph[int]", seed: int = 1) -> dict[int, Point]:
    """Return a point for each node, the same for the same graph and seed."""
    parts = (sorted(part) for part in nx.connected_components(graph))
    groups = sorted(parts, key=lambda part: (-len(part), part))
    blocks = [_block(graph, group, seed) for group in groups]
    edges = [EDGE if len(group) > 1 else 0.0 for group in groups]
    halves = (REACH * math.sqrt(len(group)) for group in groups)
    corners = shelves([2 * (half + edge) for half, edge in zip(halves, edges, strict=True)])
    return {
        node: (round(x + corner[0] + edge, 1), round(y + corner[1] + edge, 1))
        for block, corner, edge in zip(blocks, corners, edges, strict=True)
        for node, (x, y) in block.items()
    }


def _block(graph: "nx.Graph[int]", group: Sequence[int], seed: int) -> dict[int, Point]:
    """Lay out one component inside a square whose corner is (0, 0)."""
    half = REACH * math.sqrt(len(group))
    if len(group) == 1:
        return {group[0]: (half, half)}
    part: nx.Graph[int] = nx.Graph()
    part.add_nodes_from(group)  # in order: the layout starts from it
    edges = ((min(i, j), max(i, j), weight) for i, j, weight in graph.edges(group, data="weight", default=1))
    part.add_weighted_edges_from(sorted(edges))
    if len(group) <= SMALL:
        found = nx.kamada_kawai_layout(part, weight=None, scale=half, center=(half, half))
    else:
        apart = 2 / math.sqrt(len(group))  # twice networkx's own distance keeps the middle open
        found = nx.spring_layout(part, k=apart, seed=seed, iterations=100, scale=half, center=(half, half))
    return {node: (float(found[node][0]), float(found[node][1])) for node in group}


def shelves(sides: Sequence[float], gap: float = GAP, wide: float = 1.5) -> list[Point]:
    """Place squares, the largest first, on centred shelves; a shelf holds squares of about one size.

    A shelf is as long as the largest square, or as the side of a square of all their area, times `wide`.
    """
    width = max([wide * math.sqrt(sum((side + gap) ** 2 for side in sides)), *sides])
    rows: list[list[float]] = []
    for side in sides:
        last = rows[-1] if rows else []
        if last and side > last[0] / 2 and sum(last) + side + gap * len(last) <= width:
            last.append(side)
        else:
            rows.append([side])
    corners, y = [], 0.0
    for shelf in rows:
        x = -(sum(shelf) + gap * (len(shelf) - 1)) / 2
        for side in shelf:
            corners.append((x, y + (shelf[0] - side) / 2))
            x += side + gap
        y += shelf[0] + gap
    return corners
