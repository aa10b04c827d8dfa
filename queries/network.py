"""A network, immutable: two-mode ties kept as arrays and projected on the actors."""

import math
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, get_index_dtype
from scipy.sparse.csgraph import connected_components

from queries import network_graphs
from queries.errors import MeaninglessError
from queries.network_rows import Event, NetworkError, Node, Row, Side, Tie, TwoMode, gather
from queries.notes import Note
from queries.projection import project

if TYPE_CHECKING:
    import igraph
    import networkx as nx

__all__ = ["Event", "MODES", "Mode", "Network", "NetworkError", "Node", "Row", "Side", "Tie", "Weight"]

Mode = Literal["one-mode", "two-mode"]
Weight = Literal["count", "newman", "amount", "none"]
MODES: Final[tuple[Mode, ...]] = ("one-mode", "two-mode")
Key = TypeVar("Key", bound=Hashable)
Ints = NDArray[np.intp]
Floats = NDArray[np.float64]
Sparse = csr_array[np.float64, tuple[int, int]]
Numbered = csr_array[np.signedinteger, tuple[int, int]]


@dataclass(frozen=True, eq=False)
class Network:
    """Nodes sorted by id and edges sorted by node, both the same however the rows came.

    One-mode: the nodes are the actors and `sources[e] < targets[e]`; `counts` says in how many events
    the two met (C_ij = sum over events of b_ie b_je), `newman` shares each event of k_e actors among the
    pairs: N_ij = sum of b_ie b_je / (k_e - 1), `edge_amounts` splits its total T_e among them:
    A_ij = sum of b_ie b_je T_e / (k_e (k_e - 1) / 2); it is None where no total is known, or where they
    are in several currencies. Actors that met nobody stay as nodes.
    Two-mode: the nodes are actors and events, each edge goes from an actor to an event and counts 1;
    there are no pairs to share an event among, so `newman` is None.
    `factors` scales what an event counts (1 where there are none; see network_filters).

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
    incidence: Sparse  # actors × events, 1 where the actor takes part
    sources: Ints
    targets: Ints
    counts: Floats
    newman: Floats | None
    edge_amounts: Floats | None
    amounts: Floats  # of each tie, in the order of the incidence; nan where not known
    roles: Ints  # of each tie, the number of its set of roles
    role_sets: tuple[tuple[str, ...], ...]
    factors: Floats | None = None  # of each event
    snapshot: str = ""  # the version of the data that it was read from, where it is known
    filters: tuple[tuple[str, str], ...] = ()  # what was asked of it
    notes: tuple[Note, ...] = ()  # what goes with all numbers about it

    def __post_init__(self) -> None:
        """Close the arrays for writing."""
        parts = (self.incidence.data, self.incidence.indices, self.incidence.indptr, self.amounts, self.roles)
        more = (self.sources, self.targets, self.counts, self.newman, self.edge_amounts, self.factors)
        for array in (*parts, *more):
            if array is not None:
                array.setflags(write=False)

    @classmethod
    def from_rows(cls, name: str, rows: Iterable[Row], mode: Mode, snapshot: str = "") -> "Network":
        """Read rows of actor and event; a row may lack either, and equal pairs count once."""
        return cls.from_ties(name, gather(name, rows), mode, snapshot)

    @classmethod
    def from_arrays(
        cls,
        name: str,
        actors: Sequence[Node] | Sequence[str],
        events: Sequence[Event] | Sequence[str],
        tie_actor: Ints,
        tie_event: Ints,
        amounts: Floats | None = None,
        mode: Mode = "one-mode",
    ) -> "Network":
        """Take ties as indexes of actors and events (of ids alone, or with attributes), in any order.

        A tie that comes twice counts once, its amounts are summed; nan is an amount that is not known.
        """
        nodes = [each if isinstance(each, Node) else Node(each, each) for each in actors]
        met = [each if isinstance(each, Event) else Event(each, each) for each in events]
        found = sorted_ties(name, nodes, met, tie_actor, tie_event, amounts)
        return cls.from_ties(name, found, mode)

    @classmethod
    def from_ties(
        cls, name: str, found: TwoMode, mode: Mode, snapshot: str = "", factors: Floats | None = None
    ) -> "Network":
        """Make a network of what was gathered, sorted as `gather` sorts."""
        if mode not in MODES:
            raise NetworkError(f"Network {name!r}: {mode!r} is no mode; write one of {', '.join(MODES)}.")
        shape = len(found.actors), len(found.events)
        places = found.tie_actor, found.tie_event
        incidence: Sparse = csr_array((np.ones(len(found.amounts)), places), shape=shape)
        if mode == "two-mode":
            nodes, sources, targets, counts = _two_sides(name, found, factors)
            newman, edge_amounts = None, None
        else:
            nodes, weights = found.actors, event_weights(found, factors)
            sources, targets, (counts, newman, *money) = project(*places, len(nodes), weights)
            edge_amounts = money[0] if money else None
        return cls(
            name=name,
            mode=mode,
            nodes=nodes,
            events=found.events,
            incidence=incidence,
            sources=sources,
            targets=targets,
            counts=counts,
            newman=newman,
            edge_amounts=edge_amounts,
            amounts=found.amounts,
            roles=found.roles,
            role_sets=found.role_sets,
            factors=factors,
            snapshot=snapshot,
        )

    @classmethod
    def from_networkx(cls, graph: "nx.Graph[Key]", name: str, weight: str | None = None) -> "Network":
        """Take over an undirected graph of networkx; it brings edges only, so there are no events."""
        nodes, ends, counts = network_graphs.taken(graph, name, weight)
        nothing: Sparse = csr_array((len(nodes), 0), dtype=np.float64)
        return cls(
            name=name,
            mode="one-mode",
            nodes=nodes,
            events=(),
            incidence=nothing,
            sources=ends[:, 0].copy(),
            targets=ends[:, 1].copy(),
            counts=counts,
            newman=None,
            edge_amounts=None,
            amounts=np.zeros(0),
            roles=np.zeros(0, dtype=np.intp),
            role_sets=((),),
        )

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids of the nodes, sorted."""
        return tuple(node.id for node in self.nodes)

    @cached_property
    def place(self) -> dict[str, int]:
        """The index of each node by its id."""
        return {key: at for at, key in enumerate(self.ids)}

    @cached_property
    def actors(self) -> tuple[Node, ...]:
        """The nodes that are actors, in the order of the incidence's rows."""
        return tuple(node for node in self.nodes if node.side == "actor")

    @property
    def tie_actor(self) -> Ints:
        """The row of each tie in the incidence."""
        return np.repeat(np.arange(self.incidence.shape[0]), np.diff(self.incidence.indptr))

    @property
    def tie_event(self) -> Ints:
        """The column of each tie in the incidence."""
        return self.incidence.indices.astype(np.intp)

    @cached_property
    def ties(self) -> tuple[Tie, ...]:
        """The ties as objects, made when they are first asked for."""
        return self.two_mode.ties

    @property
    def two_mode(self) -> TwoMode:
        """What the network was made of."""
        ends = self.actors, self.events, self.tie_actor, self.tie_event
        return TwoMode(*ends, self.amounts, self.roles, self.role_sets)

    @cached_property
    def totals(self) -> Floats:
        """What each event is worth: its stated total, or the sum of its known amounts; nan if not known."""
        return event_totals(self.two_mode)

    @cached_property
    def unknown_totals(self) -> int:
        """How many events that joined somebody have no known total, and add nothing to the amounts."""
        sizes = np.bincount(self.tie_event, minlength=len(self.events))
        return int(np.count_nonzero(np.isnan(self.totals) & (sizes > 1)))

    def weights(self, weight: Weight = "count") -> Floats:
        """Return one number an edge: the count, Newman's share, the share of the amounts, or 1."""
        if weight == "none":
            return np.ones(len(self.sources))
        if weight == "count":
            return self.counts
        if weight == "amount":
            return self._amounts()
        if self.newman is None:
            raise lacks_newman(self.name)
        return self.newman

    def _amounts(self) -> Floats:
        if self.edge_amounts is not None:
            return self.edge_amounts
        raise lacks_amounts(self.name, self.mode, {e.currency for e in self.events if e.currency})

    def adjacency(self, weight: Weight = "none") -> Sparse:
        """Return the symmetric matrix of the edges; only its numbers are its own."""
        edges = self._edges
        parts = self.weights(weight)[edges.data], edges.indices, edges.indptr
        return csr_array(parts, shape=edges.shape)

    def upper(self, weight: Weight = "none") -> Sparse:
        """Return the matrix with each edge once, from its source to its target: the half of `adjacency`."""
        edges = self._from_sources
        parts = self.weights(weight)[edges.data - 1], edges.indices, edges.indptr
        return csr_array(parts, shape=edges.shape)

    @cached_property
    def _edges(self) -> Numbered:
        """The number of each edge at both its places in the matrix: made once for all weights."""
        found = self._from_sources + self._from_sources.T.tocsr()
        found.data -= 1  # a sum of matrices keeps no 0
        for array in (found.data, found.indices, found.indptr):
            array.setflags(write=False)
        return found

    @cached_property
    def _from_sources(self) -> Numbered:
        """The number of each edge, from 1, at its source's row and its target's column."""
        n, many = len(self.nodes), len(self.sources)
        short = get_index_dtype(maxval=max(n, 2 * many))  # four bytes, as long as they are enough
        ends = self.sources.astype(short), self.targets.astype(short)
        return csr_array((np.arange(1, many + 1).astype(short), ends), shape=(n, n))

    @cached_property
    def components(self) -> tuple[tuple[int, ...], ...]:
        """The connected parts as indexes of nodes, the largest first, ties by the first node."""
        if not self.nodes:
            return ()
        _, part = connected_components(self._from_sources, directed=True, connection="weak")
        order = np.argsort(part, kind="stable")
        groups = np.split(order, np.flatnonzero(np.diff(part[order])) + 1)
        found = (tuple(group.tolist()) for group in groups)
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
        return network_graphs.to_networkx(
            self.name, self.nodes, self.sources, self.targets, self.weights(weight)
        )

    def to_igraph(self, weight: Weight = "count") -> "igraph.Graph":
        """Return the graph of igraph, if igraph is installed."""
        return network_graphs.to_igraph(self.nodes, self.sources, self.targets, self.weights(weight))


def lacks_newman(name: str) -> MeaninglessError:
    """Say why a network has no Newman weights."""
    return MeaninglessError(
        f"Network {name!r} has no Newman weights: they share an event among the pairs of its "
        "actors, which takes a one-mode network read from rows; use weight=count."
    )


def lacks_amounts(name: str, mode: Mode, currencies: Iterable[str]) -> MeaninglessError:
    """Say why a network, whose events have amounts in these currencies, has no amounts to weigh by."""
    known = sorted(currencies)
    if mode == "one-mode" and len(known) > 1:
        return MeaninglessError(
            f"Network {name!r} has amounts in {', '.join(known)}, which cannot be summed; "
            "filter its events by a fund of one currency, or use weight=count."
        )
    return MeaninglessError(
        f"Network {name!r} has no amounts to weigh by: that takes a one-mode network read from rows "
        "and events with a known total; use weight=count."
    )


def sorted_ties(
    name: str,
    actors: Sequence[Node],
    events: Sequence[Event],
    tie_actor: Ints,
    tie_event: Ints,
    amounts: Floats | None,
) -> TwoMode:
    """Sort actors, events and ties by id, and make one of ties that come twice."""
    for side, ends, things in (("actor", tie_actor, actors), ("event", tie_event, events)):
        if len(ends) and not 0 <= ends.min() <= ends.max() < len(things):
            raise NetworkError(f"Network {name!r}: a tie names an {side} that is not among {len(things)}.")
        if len({thing.id for thing in things}) < len(things):
            raise NetworkError(f"Network {name!r}: two {side}s have the same id; give each its own.")
    first, second = _order(actors), _order(events)
    width = max(len(events), 1)
    pairs = first[1][tie_actor].astype(np.int64) * width + second[1][tie_event]
    keys, tie = np.unique(pairs, return_inverse=True)
    known = np.full(len(pairs), math.nan) if amounts is None else amounts
    sums = np.bincount(tie, weights=np.nan_to_num(known), minlength=len(keys))
    any_known = np.bincount(tie, weights=~np.isnan(known), minlength=len(keys)) > 0
    return TwoMode(
        tuple(actors[at] for at in first[0]),
        tuple(events[at] for at in second[0]),
        (keys // width).astype(np.intp),
        (keys % width).astype(np.intp),
        np.where(any_known, sums, math.nan),
        np.zeros(len(keys), dtype=np.intp),
        ((),),
    )


def _order(things: Sequence[Node] | Sequence[Event]) -> tuple[list[int], Ints]:
    order = sorted(range(len(things)), key=lambda at: things[at].id)
    rank = np.zeros(len(things), dtype=np.intp)
    rank[order] = np.arange(len(things))
    return order, rank


def event_totals(found: TwoMode) -> Floats:
    """Return what each event is worth: its stated total, or the sum of its known amounts; else nan."""
    many = len(found.events)
    stated = np.array([math.nan if e.total is None else e.total for e in found.events], dtype=np.float64)
    known = ~np.isnan(found.amounts)
    sums = np.bincount(found.tie_event[known], weights=found.amounts[known], minlength=many)
    some = np.bincount(found.tie_event[known], minlength=many) > 0
    mixed = np.array(["|" in (e.currency or "") for e in found.events], dtype=bool)
    return np.where(np.isnan(stated) & some & ~mixed, sums, stated)


def event_weights(found: TwoMode, factors: Floats | None) -> list[Floats]:
    """Return what each pair in an event gets of it: one, its share, and its part of the total if known."""
    sizes = np.bincount(found.tie_event, minlength=len(found.events)).astype(np.float64)
    weights = [np.ones(len(sizes)) if factors is None else factors, 1 / np.maximum(sizes - 1, 1)]
    totals = event_totals(found)
    joining = (sizes > 1) & ~np.isnan(totals)
    currencies = {event.currency for event, each in zip(found.events, joining, strict=True) if each}
    if joining.any() and len(currencies) == 1:
        weights.append(np.where(joining, totals, 0) / np.maximum(sizes * (sizes - 1) / 2, 1))
    return weights


def _two_sides(
    name: str, found: TwoMode, factors: Floats | None
) -> tuple[tuple[Node, ...], Ints, Ints, Floats]:
    events = [Node(event.id, event.label, event.kind, side="event") for event in found.events]
    twice = {node.id for node in found.actors} & {event.id for event in found.events}
    if twice:
        raise NetworkError(
            f"Network {name!r}: {min(twice)} is both actor and event; a two-mode network keeps them apart."
        )
    every = [*found.actors, *events]
    order, rank = _order(every)
    counts: Floats = np.ones(len(found.tie_event)) if factors is None else factors[found.tie_event]
    sources, targets = rank[found.tie_actor], rank[found.tie_event + len(found.actors)]
    return tuple(every[at] for at in order), sources, targets, counts
