"""Make a network of the same actors out of other ties: a part of the events, or a rewired incidence."""

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from queries.errors import MeaninglessError
from queries.network import Ints, Network, Sparse
from queries.network_rows import TwoMode

Mask = NDArray[np.bool_]


def rewritten(network: Network, incidence: Sparse) -> Network:
    """Return the network that another incidence of the same actors and events makes.

    Who had which role and which part of the amount does not follow; what an event is worth does.
    """
    unknown = np.full(incidence.nnz, math.nan)
    roles = np.zeros(incidence.nnz, dtype=np.intp)
    made = TwoMode(network.actors, network.events, *_ends(incidence), unknown, roles, ((),))
    return _like(network, made, network.factors)


def chosen(network: Network, actors: Ints, events: Ints) -> Network:
    """Return the network of some actors and events by their indexes, in rising order.

    All stay, also those that meet nobody. An event may stand several times: it then counts as several.
    """
    numbers: Sparse = csr_array(
        (
            np.arange(1, network.incidence.nnz + 1, dtype=np.float64),
            network.incidence.indices,
            network.incidence.indptr,
        ),
        shape=network.incidence.shape,
    )
    kept: Sparse = csr_array(numbers[actors][:, events])
    kept.sort_indices()
    ties = kept.data.astype(np.intp) - 1
    made = TwoMode(
        tuple(network.actors[at] for at in actors.tolist()),
        tuple(network.events[at] for at in events.tolist()),
        *_ends(kept),
        network.amounts[ties],
        network.roles[ties],
        network.role_sets,
    )
    return _like(network, made, None if network.factors is None else network.factors[events])


def part(network: Network, actors: Mask, events: Mask) -> Network:
    """Return the part of a network that some actors have in some events."""
    return chosen(network, np.flatnonzero(actors), np.flatnonzero(events))


def _ends(incidence: Sparse) -> tuple[Ints, Ints]:
    rows = np.repeat(np.arange(incidence.shape[0], dtype=np.intp), np.diff(incidence.indptr))
    return rows, incidence.indices.astype(np.intp)


def _like(network: Network, made: TwoMode, factors: NDArray[np.float64] | None) -> Network:
    if any(name == "min_weight" for name, _ in network.filters):
        raise MeaninglessError(
            f"The network {network.name!r} has lost its weak edges, which would come back when its ties are "
            "drawn anew; leave out min_weight to compare it."
        )
    found = Network.from_ties(network.name, made, network.mode, network.snapshot, factors)
    return replace(found, filters=network.filters, notes=network.notes)
