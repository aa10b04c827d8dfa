"""The marks of a drawing: what each node and edge looks like and says; plain data for vis-network."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import networkx as nx
import numpy as np

from api.draw_positions import positions
from api.draw_texts import WORDS, Words, number
from queries.measure import MeasureResult
from queries.network import Floats, Network

EVENTS_SHOWN = 8  # in the text of an edge
MANY = 100  # nodes above which points are drawn smaller

_COLOURS: Final = ("#4477AA", "#EE6677", "#228833", "#CCBB44", "#66CCEE", "#AA3377")  # Paul Tol, bright
_GREY: Final = "#BBBBBB"
SHAPES: Final[Mapping[str, str | None]] = {  # vis-network's names; the corners as drawn in the legend
    "dot": None,
    "square": "3,3 17,3 17,17 3,17",
    "triangle": "10,2 18,17 2,17",
    "diamond": "10,1 19,10 10,19 1,10",
    "star": "10,1 12.4,7 19,7.3 13.8,11.4 15.6,18 10,14.2 4.4,18 6.2,11.4 1,7.3 7.6,7",
    "triangleDown": "2,3 18,3 10,18",
    "hexagon": "5.5,2 14.5,2 19,10 14.5,18 5.5,18 1,10",
}


@dataclass(frozen=True)
class Kept:
    """What is drawn of a network: indexes of its nodes and edges, the strongest first."""

    nodes: tuple[int, ...]
    edges: tuple[int, ...]


@dataclass(frozen=True)
class Look:
    """How the nodes of one kind are drawn, and how many they are."""

    text: str
    colour: str
    shape: str
    many: int

    @property
    def corners(self) -> str | None:
        """The corners of the shape in a square of 20; None for a circle."""
        return SHAPES[self.shape]


@dataclass(frozen=True)
class NodeMark:
    """A node as vis-network takes it, and as a row of the table."""

    drawn: Mapping[str, object]
    cells: tuple[str, ...]


def strongest(network: Network, max_nodes: int, max_edges: int) -> Kept:
    """Return the strongest nodes, and the strongest edges between them."""
    strength: Floats = network.adjacency("count").sum(axis=1)
    nodes = sorted(range(len(network.nodes)), key=lambda at: (-strength[at], at))[:max_nodes]
    drawn = np.zeros(len(network.nodes), dtype=bool)
    drawn[nodes] = True
    between = np.flatnonzero(drawn[network.sources] & drawn[network.targets])
    edges = between[np.argsort(-network.counts[between], kind="stable")][:max_edges]
    return Kept(tuple(nodes), tuple(int(at) for at in edges))


def looks(
    network: Network, kept: Kept, language: str, values: MeasureResult | None, kinds: Mapping[str, str]
) -> dict[int, Look]:
    """Give each node drawn the look of its kind (or of its group), the commonest kinds first."""
    keys = {at: _key(network, at, values) for at in kept.nodes}
    many = Counter(keys.values())
    order = sorted(many, key=lambda key: (key[1] == "", -many[key], key))
    by_key = {key: _look(at, key, many[key], WORDS[language], kinds) for at, key in enumerate(order)}
    return {at: by_key[key] for at, key in keys.items()}


def _key(network: Network, at: int, values: MeasureResult | None) -> tuple[str, str]:
    if values and values.measure.groups:
        return "group", str(values.values[at][2])
    return network.nodes[at].side, (network.nodes[at].kind or "").split("|")[0]


def _look(at: int, key: tuple[str, str], many: int, words: Words, kinds: Mapping[str, str]) -> Look:
    sort, value = key
    if not value:
        return Look(words["no_kind"], _GREY, "square" if sort == "event" else "dot", many)
    text = words["group"].format(value) if sort == "group" else kinds.get(value, value)
    return Look(text, _COLOURS[at % len(_COLOURS)], list(SHAPES)[at % len(SHAPES)], many)


def node_marks(
    network: Network,
    kept: Kept,
    looked: Mapping[int, Look],
    language: str,
    values: MeasureResult | None,
    kinds: Mapping[str, str],
) -> list[NodeMark]:
    """Return the marks of the nodes, the most important first: they get their names first."""
    degrees: Floats = network.adjacency().sum(axis=1)
    measured = values if values and not values.measure.groups else None
    sizes = _sizes(network, kept, degrees, measured)
    points = positions(_graph(network, kept))
    marks = []
    for at in sorted(kept.nodes, key=lambda at: (-sizes[at], kept.nodes.index(at))):
        node = network.nodes[at]
        shown = [kinds.get(kind, kind) for kind in (node.kind or "").split("|") if kind]
        cells = [node.label, ", ".join(shown), (node.territory or "").replace("|", ", ")]
        cells.append(str(int(degrees[at])))
        if values:
            cells.append(number(values.values[at][2], language))
        (x, y), look = points[at], looked[at]
        drawn = {"id": at, "x": x, "y": y, "size": sizes[at], "shape": look.shape, "color": look.colour}
        text = _node_text(cells, language, values)
        marks.append(NodeMark({**drawn, "name": node.label, "title": text}, tuple(cells)))
    return marks


def _node_text(cells: Sequence[str], language: str, values: MeasureResult | None) -> str:
    words = WORDS[language]
    lines = [*(cell for cell in cells[:3] if cell), f"{words['degree']}: {cells[3]}"]
    if values:
        lines.append(f"{title_of(values, language)}: {cells[4]}")
    return "\n".join(lines)


def title_of(values: MeasureResult, language: str) -> str:
    """Return the title of the measure in a language."""
    return values.measure.title_sv if language == "sv" else values.measure.title_en


def _sizes(network: Network, kept: Kept, degrees: Floats, measured: MeasureResult | None) -> dict[int, float]:
    """Let the area of a point grow with the value, or with the number of partners."""
    found = [measured.values[at][2] for at in range(len(network.nodes))] if measured else degrees.tolist()
    largest = max((abs(found[at] or 0) for at in kept.nodes), default=0) or 1
    least, most = (5, 18) if len(kept.nodes) <= MANY else (3, 11)
    return {
        at: round(least + (most - least) * math.sqrt(abs(found[at] or 0) / largest), 1) for at in kept.nodes
    }


def _graph(network: Network, kept: Kept) -> "nx.Graph[int]":
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(kept.nodes)
    for edge in kept.edges:
        i, j = int(network.sources[edge]), int(network.targets[edge])
        graph.add_edge(i, j, weight=float(network.counts[edge]))
    return graph


def edge_marks(network: Network, kept: Kept, language: str) -> list[dict[str, object]]:
    """Return the edges as vis-network takes them."""
    largest = max((float(network.counts[edge]) for edge in kept.edges), default=1.0)
    marks: list[dict[str, object]] = []
    for edge in kept.edges:
        i, j, count = int(network.sources[edge]), int(network.targets[edge]), float(network.counts[edge])
        width = round(1 + 5 * (count - 1) / max(largest - 1, 5), 1) if count > 1 else 1
        marks.append({"from": i, "to": j, "width": width, "title": _edge_text(network, edge, language)})
    return marks


def _edge_text(network: Network, edge: int, language: str) -> str:
    words, i, j = WORDS[language], int(network.sources[edge]), int(network.targets[edge])
    ends = f"{network.nodes[i].label} – {network.nodes[j].label}"
    if network.mode == "two-mode":
        return "\n".join([ends, *filter(None, [", ".join(network.ties[edge].roles)])])
    labels = sorted(event.label for event in network.edge_events(i, j))
    if not labels:
        return f"{ends}\n{words['weight'].format(number(float(network.counts[edge]), language))}"
    shown = labels[:EVENTS_SHOWN]
    if more := len(labels) - len(shown):
        shown.append(words["more"].format(more))
    return f"{ends}\n{words['shared'].format(len(labels), '; '.join(shown))}"
