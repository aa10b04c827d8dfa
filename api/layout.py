"""Where the nodes of a whole network stand: ForceAtlas2 for large parts, the small ones packed beside.

The backbone of a part is laid out: its edges that are least likely by chance, a few a node, and the
heaviest tree that holds it together. Computed once a version of the data, and kept beside it.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import minimum_spanning_tree

from api import force_atlas
from api.draw_positions import Point, shelves
from api.force_atlas import Floats, Settings, Sparse
from api.snapshot import Snapshot
from graph import kept_bytes
from queries.measures.backbone import significance
from queries.network import Ints, Network

EDGES_A_NODE: Final = 3
FORCED_FROM: Final = 8  # nodes of a part; smaller ones stand in a circle
ROOM: Final = 0.5  # half the side of a part of one node
EDGE: Final = 1.5  # around a part of several: more than between its nodes, or two parts look like one
GAP: Final = 0.5
WIDE: Final = 0.8  # see shelves: here they stand, so that small parts make a strip beside the largest
APART: Final = 40.0  # units of a file for one of ours: about the space of a node
FORM: Final = 2  # to be raised when the layout changes, so that nobody reads an older one


@dataclass(frozen=True)
class Layout:
    """A point for each node, in the order of the network, and how it was made; y grows upwards."""

    points: Floats
    settings: Settings

    def places(self, whole: Network, part: Network | None = None) -> tuple[Point, ...]:
        """Return the points of the nodes of the network, or of a part of it, as files take them."""
        held = (self.points * (APART, -APART)).round(1).tolist()  # in files y grows downwards
        nodes = (whole if part is None else part).ids
        return tuple((held[at][0], held[at][1]) for at in map(whole.place.__getitem__, nodes))

    def told(self) -> dict[str, object]:
        """Return what is said of it beside the points."""
        return {
            "method": "ForceAtlas2",
            "of": "backbone (disparity filter and heaviest tree) of each large component",
            "edges_a_node": EDGES_A_NODE,
            "small_components": f"fewer than {FORCED_FROM} nodes: a circle; packed on shelves",
            **self.settings.told(),
        }


def layout(snapshot: Snapshot, network: Network) -> Layout:
    """Return the layout of a network of a snapshot: from memory, else from its file, else made."""

    def read() -> Layout:
        if snapshot.beside is None:
            return made(network)
        settings = Settings()
        key = f"layout {FORM} {network.name} {EDGES_A_NODE} {settings}"

        def make() -> bytes:
            return made(network, settings).points.tobytes()

        packed = kept_bytes.kept(snapshot.beside, key, make)
        return Layout(np.frombuffer(packed, dtype=np.float64).reshape(-1, 2), settings)

    return snapshot.kept(("layout", network.name), read)


def made(network: Network, settings: Settings | None = None) -> Layout:
    """Lay out a network: the same for the same network, settings and machine."""
    chosen = settings or Settings()
    weights = backbone(network)
    blocks = [_block(weights, np.array(part), chosen) for part in network.components]
    edges = (EDGE if len(block) > 1 else ROOM for block in blocks)
    sides = [float(np.ptp(block, axis=0).max()) + 2 * edge for block, edge in zip(blocks, edges, strict=True)]
    order = sorted(range(len(blocks)), key=lambda at: (-sides[at], at))
    corners = shelves([sides[at] for at in order], GAP, WIDE)
    points = np.zeros((len(network.nodes), 2))
    for at, corner in zip(order, corners, strict=True):
        block = blocks[at]
        middle = (block.min(axis=0) + block.max(axis=0)) / 2
        x, y = corner[1] + sides[at] / 2, corner[0] + sides[at] / 2  # shelves stand: the rest is to the right
        points[np.array(network.components[at])] = block - middle + (x, y)
    return Layout(np.round(points, 3), chosen)


def backbone(network: Network) -> Sparse:
    """Return the weights of the edges that the layout looks at, as a symmetric matrix.

    Of n nodes the 3 n edges are kept that are least likely by chance, heavier ones first where they are
    as likely, and those of a heaviest spanning tree, which keeps parts whole.
    """
    many, counts = len(network.nodes), network.counts
    keep = np.zeros(len(counts), dtype=bool)
    if len(counts):
        order = np.lexsort((np.arange(len(counts)), -counts, significance(network)))
        keep[order[: EDGES_A_NODE * many]] = True
        ends = network.sources.astype(np.int64), network.targets.astype(np.int64)
        tree = minimum_spanning_tree(csr_array((1 / counts, ends), shape=(many, many))).tocoo()
        found = tree.row.astype(np.int64) * many + tree.col
        keep |= np.isin(ends[0] * many + ends[1], found)
    i, j, weight = network.sources[keep], network.targets[keep], counts[keep]
    both = np.concatenate([i, j]), np.concatenate([j, i])
    return csr_array((np.concatenate([weight, weight]), both), shape=(many, many))


def _block(weights: Sparse, part: Ints, settings: Settings) -> Floats:
    """Lay out one part: by force, or in a circle."""
    if len(part) >= FORCED_FROM:
        return force_atlas.laid_out(csr_array(weights[part][:, part]), settings)
    if len(part) == 1:
        return np.zeros((1, 2))
    turns = np.arange(len(part)) * (2 * math.pi / len(part))
    radius = 0.6 * len(part) / math.pi + 0.3
    return radius * np.stack([np.cos(turns), np.sin(turns)], axis=1)
