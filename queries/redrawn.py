"""Make a network of the same actors out of other rows: a part of the events, or a rewired incidence."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, diags_array, triu

from queries.network import Floats, Ints, Network, Node, Sparse

Mask = NDArray[np.bool_]


def actors_of(network: Network) -> tuple[Node, ...]:
    """Return the nodes that are rows of the incidence, in its order."""
    return tuple(node for node in network.nodes if node.side == "actor")


def redrawn(
    network: Network, incidence: Sparse, actors: Ints | None = None, events: Ints | None = None
) -> Network:
    """Return the network that another incidence makes.

    `actors` and `events` are the indexes of the rows and columns in the old incidence, all in their order
    when left out; an event may stand several times. Roles and amounts do not follow: there are no ties.
    """
    rows = actors_of(network)
    kept = rows if actors is None else tuple(rows[int(at)] for at in actors)
    drawn = network.events if events is None else tuple(network.events[int(at)] for at in events)
    if network.mode == "two-mode":
        others = (Node(event.id, event.label, event.kind, side="event") for event in drawn)
        nodes = tuple(sorted((*kept, *others), key=lambda node: node.id))
        place = {node.id: at for at, node in enumerate(nodes)}
        ends = incidence.tocoo()
        sources = np.array([place[node.id] for node in kept], dtype=np.intp)[ends.row]
        targets = np.array([place[event.id] for event in drawn], dtype=np.intp)[ends.col]
        counts, newman = np.ones(len(sources)), None
    else:
        nodes = kept
        sources, targets, counts, newman = _projected(incidence)
    return replace(
        network,
        nodes=nodes,
        events=drawn,
        ties=(),
        incidence=incidence,
        sources=sources,
        targets=targets,
        counts=counts,
        newman=newman,
    )


def part(network: Network, actors: Mask, events: Mask) -> Network:
    """Return the part of a network that some actors have in some events; both stay when they meet nobody."""
    rows, columns = np.flatnonzero(actors), np.flatnonzero(events)
    incidence: Sparse = csr_array(network.incidence[rows][:, columns])
    incidence.sort_indices()
    return redrawn(network, incidence, rows, columns)


def _projected(incidence: Sparse) -> tuple[Ints, Ints, Floats, Floats]:
    sizes = np.asarray(incidence.sum(axis=0), dtype=np.float64)
    shares = diags_array(1 / np.maximum(sizes - 1, 1))
    met, newman = _upper(incidence @ incidence.T), _upper(incidence @ shares @ incidence.T)
    ends = met.tocoo()
    return ends.row.astype(np.intp), ends.col.astype(np.intp), met.data, newman.data


def _upper(matrix: Sparse) -> Sparse:
    found: Sparse = csr_array(triu(matrix, k=1, format="csr"))
    found.sort_indices()
    return found
