"""Tell which ties rest on one event only, and how much of a network one large event makes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from queries.measure import Note, Table
from queries.network import Ints, Network
from queries.projection import project

HALF = 0.5
_ROWS = 10


@dataclass(frozen=True)
class Single:
    """The edges of a network that one event alone makes; `of` is that event's index, -1 where several do."""

    network: Network
    of: Ints  # one an edge
    largest: int | None  # the event that alone makes the most edges

    @property
    def share(self) -> float | None:
        """The share of edges that rest on one event only; None without edges."""
        return float((self.of >= 0).mean()) if len(self.of) else None

    @property
    def largest_share(self) -> float | None:
        """The share of edges that rest only on the event which alone makes the most; None without edges."""
        if not len(self.of):
            return None
        return 0.0 if self.largest is None else float((self.of == self.largest).mean())


def single_events(network: Network) -> Single:
    """Find the event of each edge that has only one.

    An event of k actors ties k (k - 1) / 2 pairs. If it is all that ties them, then "these five share a
    project" says the same thing ten times. With C_ij = sum of b_ie b_je, the pairs with C_ij = 1 rest on
    one event, whose number is D_ij = sum of e b_ie b_je.

    >>> rows = [{"actor": a, "event": e} for a, e in ("ap", "bp", "cp", "aq", "bq", "dr")]
    >>> found = single_events(Network.from_rows("example", rows, "one-mode"))
    >>> found.of.tolist(), round(found.share or 0, 3), found.largest_share == found.share
    ([-1, 0, 0], 0.667, True)
    """
    if network.mode == "two-mode" or not network.events:
        return Single(network, np.full(len(network.sources), -1, dtype=np.intp), None)
    ones, numbers = np.ones(len(network.events)), np.arange(1, len(network.events) + 1, dtype=np.float64)
    ends = network.tie_actor, network.tie_event
    _, _, (count, number) = project(*ends, len(network.actors), [ones, numbers])
    of = np.where(count == 1, number - 1, -1).astype(np.intp)
    alone = np.bincount(of[of >= 0], minlength=len(network.events))
    return Single(network, of, int(alone.argmax()) if alone.any() else None)


def without_trivial(network: Network) -> tuple[NDArray[np.bool_], int]:
    """Return which edges rest on more than one event, and how many others there are: filter and count."""
    kept = single_events(network).of < 0
    return kept, int((~kept).sum())


def trivial_notes(network: Network) -> list[Note]:
    """Warn where one event, or single events together, make more than half of the edges."""
    found = single_events(network)
    share, largest = found.share, found.largest_share
    if share is None or largest is None or found.largest is None:
        return []
    label = network.events[found.largest].label
    if largest > HALF:
        return [
            Note(
                f"En enda händelse, {label}, gör ensam {largest:.0%} av kanterna: det är mest den som mäts.",
                f"One event, {label}, alone makes {largest:.0%} of the edges: mostly that is measured.",
            )
        ]
    if share > HALF:
        return [
            Note(
                f"{share:.0%} av kanterna vilar på en enda händelse var ({label} gör flest, {largest:.0%}).",
                f"{share:.0%} of the edges rest on one event each ({label} makes the most, {largest:.0%}).",
            )
        ]
    return []


def single_table(network: Network) -> Table:
    """Return the events that alone make the most edges: their actors, their pairs, and those only theirs."""
    found = single_events(network)
    alone = np.bincount(found.of[found.of >= 0], minlength=len(network.events))
    sizes = np.asarray(network.incidence.sum(axis=0), dtype=np.int64)
    first = [int(at) for at in np.argsort(-alone, kind="stable")[:_ROWS] if alone[at]]
    return Table(
        "single_events",
        "Händelser som ensamma gör flest kanter",
        "Events that alone make the most edges",
        ("event", "label", "actors", "pairs", "only_here", "share"),
        tuple(
            (
                network.events[at].id,
                network.events[at].label,
                int(sizes[at]),
                int(sizes[at] * (sizes[at] - 1) // 2),
                int(alone[at]),
                float(alone[at] / len(found.of)),
            )
            for at in first
        ),
    )
