"""Pajek: the network as .net, each grouping as .clu, each other measure as .vec."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from queries.attributes import clean_text, measured, weights
from queries.format import Export, Format, Point, Text, marked
from queries.measure import Cell
from queries.network import Ints, Network

FORMAT = Format(
    name="pajek",
    ending="net",
    media_type="application/zip",
    title_sv="Pajek (.net, .clu, .vec)",
    title_en="Pajek (.net, .clu, .vec)",
    opens_in="Pajek, VOSviewer, igraph, networkx, Gephi",
    takes=("bom", "measures", "positions"),
    several=True,
)
NO_CLASS, NO_VALUE = 9_999_998, 999_999_998  # what Pajek takes for missing in a partition, in a vector
_SAFE = str.maketrans({'"': "'", "\\": "/", "\n": " ", "\t": " "})


def files(export: Export) -> Mapping[str, Text]:
    """Write a .net, and for each measure a .clu or a .vec of the same order.

    Pajek knows a node by its label alone: double quotes in it become single, backslashes slashes, line
    ends blanks, and labels that stand twice are numbered. In two-mode the actors come first, and the head
    is `*Vertices N N1`, N1 the number of actors. The value of an edge is its count. Positions are moved
    into the square from 0 to 1. Pajek itself tells UTF-8 by the byte order mark, which others stumble on.
    """
    order, groups = (
        _order(export.network),
        {each.measure.name: each.measure.groups for each in export.measures},
    )
    found = {"net": marked(export, _net(export, order))}
    for name, cells in measured(export.network, export.measures).items():
        ending = "clu" if groups.get(name) else "vec"
        values = _classes(cells) if ending == "clu" else [NO_VALUE if it is None else it for it in cells]
        found[f"{name}.{ending}"] = _column([values[at] for at in order.tolist()])
    return found


def _net(export: Export, order: Ints) -> Iterator[str]:
    network = export.network
    yield _head(network)
    place = np.empty(len(order), dtype=np.intp)
    place[order] = np.arange(1, len(order) + 1)
    points = _in_square(export.positions)
    for number, (at, label) in enumerate(zip(order.tolist(), _labels(network, order), strict=True), start=1):
        where = f" {points[at][0]:.4f} {points[at][1]:.4f} 0.5" if points else ""
        yield f'{number} "{label}"{where}\n'
    yield "*Edges\n"
    ends = place.tolist()
    for i, j, count in weights(network):
        yield f"{ends[i]} {ends[j]} {count}\n"


def _order(network: Network) -> Ints:
    """Return the places of the nodes as they are written: actors, then events."""
    return np.argsort([node.side == "event" for node in network.nodes], kind="stable").astype(np.intp)


def _head(network: Network) -> str:
    actors = sum(node.side == "actor" for node in network.nodes)
    return f"*Vertices {len(network.nodes)}{f' {actors}' if network.mode == 'two-mode' else ''}\n"


def _labels(network: Network, order: Ints) -> Iterator[str]:
    """Yield labels that Pajek can hold, no two alike."""
    seen: set[str] = set()
    for at in order.tolist():
        label = own = clean_text("label", network.nodes[at].label).translate(_SAFE)
        number = 1
        while label in seen:
            number += 1
            label = f"{own} ({number})"
        seen.add(label)
        yield label


def _in_square(positions: Sequence[Point] | None) -> list[Point]:
    if not positions:
        return []
    points = np.array(positions, dtype=np.float64)
    low, side = points.min(axis=0), max(float(np.ptp(points, axis=0).max()), 1e-9)
    moved = 0.05 + 0.9 * (points - low) / side
    return [(float(x), float(y)) for x, y in moved]


def _classes(cells: Sequence[Cell]) -> list[Cell]:
    """Number the groups from 1 in the order of their labels."""
    known = sorted({cell for cell in cells if cell is not None}, key=lambda cell: (str(type(cell)), cell))
    number = {cell: at for at, cell in enumerate(known, start=1)}
    return [NO_CLASS if cell is None else number[cell] for cell in cells]


def _column(values: Sequence[Cell]) -> Text:
    yield f"*Vertices {len(values)}\n"
    yield from (f"{value}\n" for value in values)
