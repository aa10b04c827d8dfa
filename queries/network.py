"""A network, immutable: two-mode rows kept as an incidence matrix and projected on the actors by scipy."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Final, Literal, TypeVar

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, diags_array, triu
from scipy.sparse.csgraph import connected_components

from queries.errors import MeaninglessError
from queries.network_rows import Event, NetworkError, Node, Row, Side, Tie, TwoMode, gather

if TYPE_CHECKING:
    import igraph

__all__ = ["Event", "MODES", "Mode", "Network", "NetworkError", "Node", "Row", "Side", "Tie", "Weight"]

Mode = Literal["one-mode", "two-mode"]
Weight = Literal["count", "newman", "none"]
MODES: Final[tuple[Mode, ...]] = ("one-mode", "two-mode")
Key = TypeVar("Key", bound=Hashable)
Ints = NDArray[np.intp]
Floats = NDArray[np.float64]
Sparse = csr_array[np.float64, tuple[int, int]]


@dataclass(frozen=True, eq=False)
class Network:
    """Nodes sorted by id and edges sorted by node, both the same however the rows came.

    One-mode: the nodes are the actors and `sources[e] < targets[e]`; `counts` says in how many events
    the two met (C_ij = sum over events of b_ie b_je), `newman` shares each event of k_e actors among the
    pairs: N_ij = sum of b_ie b_je / (k_e - 1). Actors that met nobody stay as nodes.
    Two-mode: the nodes are actors and events, each edge goes from an actor to an event and counts 1;
    there are no pairs to share an event among, so `newman` is None.

    >>> rows = [{"actor": a, "event": e} for a, e in ("ap", "bp", "cp", "aq", "bq", "dr")]
    >>> met = Network.from_rows("example", rows, "one-mode")
    >>> [(met.ids[i], met.ids[j], float(n)) for i, j, n in zip(met.sources, met.targets, met.counts)]
    [('a', 'b', 2.0), ('a', 'c', 1.0), ('b', 'c', 1.0)]
    >>> met.newman.tolist(), [e.id for e in met.edge_events(0, 1)], met.ids
    ([1.5, 0.5, 0.5], ['p', 'q'], ('a', 'b', 'c', 'd'))
    """

    name: str
    mode: Mode
    nodes: tuple[Node, ...]
    events: tuple[Event, ...]
    ties: tuple[Tie, ...]
    incidence: Sparse  # actors × events, 1 where the actor takes part
    sources: Ints
    targets: Ints
    counts: Floats
    newman: Floats | None
    snapshot: str = ""  # the version of the data that it was read from, where it is known

    def __post_init__(self) -> None:
        """Close the arrays for writing."""
        parts = (self.incidence.data, self.incidence.indices, self.incidence.indptr)
        for array in (*parts, self.sources, self.targets, self.counts, self.newman):
            if array is not None:
                array.setflags(write=False)

    @classmethod
    def from_rows(cls, name: str, rows: Iterable[Row], mode: Mode, snapshot: str = "") -> "Network":
        """Read rows of actor and event; a row may lack either, and equal pairs count once."""
        if mode not in MODES:
            raise NetworkError(f"Network {name!r}: {mode!r} is no mode; write one of {', '.join(MODES)}.")
        found = gather(name, rows)
        incidence = _incidence(found)
        if mode == "two-mode":
            return cls(
                name,
                mode,
                _both_sides(name, found),
                found.events,
                found.ties,
                incidence,
                *_as_edges(found),
                snapshot,
            )
        edges = _projected(incidence)
        return cls(name, mode, found.actors, found.events, found.ties, incidence, *edges, snapshot)

    @classmethod
    def from_networkx(cls, graph: "nx.Graph[Key]", name: str, weight: str | None = None) -> "Network":
        """Take over an undirected graph of networkx; it brings edges only, so there are no events."""
        if graph.is_directed() or graph.is_multigraph() or nx.number_of_selfloops(graph):
            raise NetworkError(
                f"Graph {name!r} has directions, parallel edges or loops; give a simple nx.Graph."
            )
        labels = {str(node): str(data.get("label", node)) for node, data in graph.nodes(data=True)}
        if len(labels) < len(graph):
            raise NetworkError(f"Graph {name!r} has two nodes with the same text as id; rename one of them.")
        place = {key: at for at, key in enumerate(sorted(labels))}
        edges = sorted(
            (*sorted((place[str(a)], place[str(b)])), float(data.get(weight, 1) if weight else 1))
            for a, b, data in graph.edges(data=True)
        )
        ends = np.array([edge[:2] for edge in edges], dtype=np.intp).reshape(-1, 2)
        counts = np.array([edge[2] for edge in edges], dtype=np.float64)
        nodes = tuple(Node(key, labels[key]) for key in place)
        nothing: Sparse = csr_array((len(nodes), 0), dtype=np.float64)
        return cls(
            name, "one-mode", nodes, (), (), nothing, ends[:, 0].copy(), ends[:, 1].copy(), counts, None
        )

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids of the nodes, sorted."""
        return tuple(node.id for node in self.nodes)

    @cached_property
    def place(self) -> dict[str, int]:
        """The index of each node by its id."""
        return {key: at for at, key in enumerate(self.ids)}

    def weights(self, weight: Weight = "count") -> Floats:
        """Return one number an edge: the count, Newman's share, or 1."""
        if weight == "none":
            return np.ones(len(self.sources))
        if weight == "count":
            return self.counts
        if self.newman is None:
            raise MeaninglessError(
                f"Network {self.name!r} has no Newman weights: they share an event among the pairs of its "
                "actors, which takes a one-mode network read from rows; use weight=count."
            )
        return self.newman

    def adjacency(self, weight: Weight = "none") -> Sparse:
        """Return the symmetric matrix of the edges."""
        n, values = len(self.nodes), self.weights(weight)
        ends = np.concatenate([self.sources, self.targets]), np.concatenate([self.targets, self.sources])
        return csr_array((np.concatenate([values, values]), ends), shape=(n, n))

    @cached_property
    def components(self) -> tuple[tuple[int, ...], ...]:
        """The connected parts as indexes of nodes, the largest first, ties by the first node."""
        if not self.nodes:
            return ()
        _, part = connected_components(self.adjacency(), directed=False)
        order = np.argsort(part, kind="stable")
        groups = np.split(order, np.flatnonzero(np.diff(part[order])) + 1)
        found = (tuple(int(at) for at in group) for group in groups)
        return tuple(sorted(found, key=lambda group: (-len(group), group[0])))

    @property
    def density(self) -> float | None:
        """The share of possible edges that exist; None where none is possible."""
        actors = sum(node.side == "actor" for node in self.nodes)
        others = len(self.nodes) - actors
        possible = actors * others if self.mode == "two-mode" else actors * (actors - 1) / 2
        return len(self.sources) / possible if possible else None

    def edge_events(self, i: int, j: int) -> tuple[Event, ...]:
        """Return the events that two nodes share, given their indexes; in two-mode the event at one end."""
        if self.mode == "two-mode":
            linked = ((self.sources == i) & (self.targets == j)) | ((self.sources == j) & (self.targets == i))
            ends = {self.ids[i], self.ids[j]} if linked.any() else set()
            return tuple(event for event in self.events if event.id in ends)
        shared = np.intersect1d(self._events_of(i), self._events_of(j))
        return tuple(self.events[at] for at in shared)

    def _events_of(self, i: int) -> Ints:
        first, last = self.incidence.indptr[i : i + 2]
        return self.incidence.indices[first:last].astype(np.intp)

    def to_networkx(self, weight: Weight = "count") -> "nx.Graph[str]":
        """Return the graph of networkx with the attributes of nodes and the chosen weight on edges."""
        graph: nx.Graph[str] = nx.Graph(name=self.name)
        for node in self.nodes:
            graph.add_node(
                node.id, label=node.label, kind=node.kind, territory=node.territory, side=node.side
            )
        for i, j, value in zip(self.sources, self.targets, self.weights(weight), strict=True):
            graph.add_edge(self.ids[i], self.ids[j], weight=float(value))
        return graph

    def to_igraph(self, weight: Weight = "count") -> "igraph.Graph":
        """Return the graph of igraph, if igraph is installed."""
        try:
            made = import_module("igraph").Graph(
                len(self.nodes), list(zip(self.sources, self.targets, strict=True))
            )
        except ImportError as error:
            raise NetworkError(
                "igraph is not installed; install it with `pip install igraph` (no measure of ours needs it)."
            ) from error
        made.vs["name"], made.vs["label"] = list(self.ids), [node.label for node in self.nodes]
        made.es["weight"] = self.weights(weight).tolist()
        return made


def _incidence(found: TwoMode) -> Sparse:
    rows = {node.id: at for at, node in enumerate(found.actors)}
    columns = {event.id: at for at, event in enumerate(found.events)}
    places = [rows[tie.actor] for tie in found.ties], [columns[tie.event] for tie in found.ties]
    return csr_array((np.ones(len(found.ties)), places), shape=(len(rows), len(columns)))


def _projected(incidence: Sparse) -> tuple[Ints, Ints, Floats, Floats]:
    sizes = np.asarray(incidence.sum(axis=0), dtype=np.float64)
    shares = diags_array(1 / np.maximum(sizes - 1, 1))  # an event with one actor makes no pair anyway
    met = _upper(incidence @ incidence.T)
    newman = _upper(incidence @ shares @ incidence.T)
    ends = met.tocoo()
    return ends.row.astype(np.intp), ends.col.astype(np.intp), met.data, newman.data


def _upper(matrix: Sparse) -> Sparse:
    found: Sparse = csr_array(triu(matrix, k=1, format="csr"))
    found.sort_indices()
    return found


def _both_sides(name: str, found: TwoMode) -> tuple[Node, ...]:
    events = [Node(event.id, event.label, event.kind, side="event") for event in found.events]
    twice = {node.id for node in found.actors} & {event.id for event in found.events}
    if twice:
        raise NetworkError(
            f"Network {name!r}: {min(twice)} is both actor and event; a two-mode network keeps them apart."
        )
    return tuple(sorted((*found.actors, *events), key=lambda node: node.id))


def _as_edges(found: TwoMode) -> tuple[Ints, Ints, Floats, None]:
    every = sorted([node.id for node in found.actors] + [event.id for event in found.events])
    place = {key: at for at, key in enumerate(every)}
    sources = np.array([place[tie.actor] for tie in found.ties], dtype=np.intp)
    targets = np.array([place[tie.event] for tie in found.ties], dtype=np.intp)
    return sources, targets, np.ones(len(sources)), None
