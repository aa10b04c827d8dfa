"""Part of a network: of a period, place, area, fund or kind, around a node, without the weak or too large."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Final, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from queries.errors import MeaninglessError, ParameterError, UnknownName
from queries.network import Event, Network, Weight
from queries.network_rows import TwoMode
from queries.notes import Note

Large = Literal["set_aside", "down_weighted"]
Bools = NDArray[np.bool_]
_MOMENT: Final = re.compile(r"[0-9]{4}(-[0-9]{2}-[0-9]{2})?")
_NAMES: Final = {"since": "from", "until": "to"}  # as they are written by those who ask


@dataclass(frozen=True)
class Filter:
    """What to keep of a network; nothing said keeps all. `apply` returns a network of its own.

    since, until: years or days; kept are the events whose time overlaps the period. An event with one
    date is taken to be open at the other end; one without any date is left out, and counted.
    territory, kind: of actors; area, fund: of events, by a name as the network has it, whatever its case.
    min_weight: edges that weigh less, by `weight`, are left out; their nodes stay.
    max_size: events of more actors are set aside (nobody meets in them, their actors stay as nodes), or
    down-weighted: a pair counts (max_size - 1) / (k - 1) in an event of k actors, so that nobody gets
    more partners' worth from it than from an event of max_size. Newman's shares and the amounts are not
    touched by that, since they share an event among its pairs already.
    around: a node by its id; of what all else has left, those at most `steps` edges away stay.

    An actor that loses all its events to the period, the area or the fund leaves; one that never had any
    stays. Shares are those among the actors that are left.
    """

    since: str | None = None
    until: str | None = None
    territory: str | None = None
    area: str | None = None
    fund: str | None = None
    kind: str | None = None
    min_weight: float | None = None
    weight: Weight = "count"
    max_size: int | None = None
    large: Large = "set_aside"
    around: str | None = None
    steps: int = 1

    def __post_init__(self) -> None:
        """Refuse what is no period, no size and no weight."""
        for name in ("since", "until"):
            value = getattr(self, name)
            if value is not None and not _MOMENT.fullmatch(value):
                raise ParameterError(
                    f"Filter {_NAMES[name]!r} is {value!r}; expected a year such as 2017 or a day such as "
                    "2024-04-01.",
                    f"Filtret {_NAMES[name]!r} är {value!r}; väntade ett år, till exempel 2017, eller en "
                    "dag, till exempel 2024-04-01.",
                )
        if self.since and self.until and _last(self.until) < _first(self.since):
            raise MeaninglessError(
                f"The period from {self.since} to {self.until} ends before it begins.",
                f"Tiden från {self.since} till {self.until} slutar innan den börjar.",
            )
        if self.max_size is not None and self.max_size < 2:
            raise ParameterError(f"Filter 'max_size' is {self.max_size}; expected at least 2 actors.")
        if self.min_weight is not None and not 0 < self.min_weight < math.inf:
            raise ParameterError(f"Filter 'min_weight' is {self.min_weight}; expected a number above 0.")
        if self.steps < 1:
            raise ParameterError(f"Filter 'steps' is {self.steps}; expected at least 1 edge.")
        for name, known in (("weight", get_args(Weight)), ("large", get_args(Large))):
            if getattr(self, name) not in known:
                raise ParameterError(
                    f"Filter {name!r} is {getattr(self, name)!r}; expected one of {', '.join(known)}."
                )

    @property
    def told(self) -> tuple[tuple[str, str], ...]:
        """What is asked for, by name, as text; what says nothing is left out."""
        given = {field.name: getattr(self, field.name) for field in fields(self)}
        if self.min_weight is None:
            del given["weight"]
        if self.max_size is None:
            del given["large"]
        if self.around is None:
            del given["steps"]
        return tuple(
            (_NAMES.get(name, name), f"{value:g}" if isinstance(value, float) else str(value))
            for name, value in given.items()
            if value is not None
        )

    def apply(self, network: Network) -> Network:
        """Return the network that is left; the same one where nothing is asked."""
        if not self.told:
            return network
        lost = {"min_weight": "its weak edges", "around": "what is farther away"}
        if gone := [lost[name] for name, _ in network.filters if name in lost]:
            raise ParameterError(
                f"Network {network.name!r} has lost {gone[0]} already; filter the whole network at once."
            )
        notes: list[Note] = []
        left = self._without_events(network, notes) if self._asks_of_events else network
        left = self._without_actors(left, notes) if self.territory or self.kind else left
        left = self._without_large(left, notes) if self.max_size else left
        left = self._without_weak(left, notes) if self.min_weight is not None else left
        left = self._near(left) if self.around is not None else left
        told = (*network.filters, *self.told)
        return replace(left, notes=(*network.notes, _said(self.told), *notes), filters=told)

    @property
    def _asks_of_events(self) -> bool:
        return any((self.since, self.until, self.area, self.fund))

    def _without_events(self, network: Network, notes: list[Note]) -> Network:
        if not network.events:
            raise MeaninglessError(
                f"Network {network.name!r} has edges only, no events to filter by period, area or fund.",
                f"Nätverket {network.name!r} har bara kanter, inga händelser att välja ut efter tid, område "
                "eller fond.",
            )
        keep = np.ones(len(network.events), dtype=bool)
        if self.since or self.until:
            undated = sum(not event.since and not event.until for event in network.events)
            keep &= np.array([self._overlaps(event) for event in network.events], dtype=bool)
            if undated:
                notes.append(_undated(undated))
        if self.area:
            keep &= _having("area", self.area, [event.area for event in network.events])
        if self.fund:
            keep &= _having("fund", self.fund, [event.fund for event in network.events])
        ties = keep[network.tie_event]
        many = len(network.actors)
        had = np.bincount(network.tie_actor, minlength=many)
        has = np.bincount(network.tie_actor[ties], minlength=many)
        return _part(network, (has > 0) | (had == 0), keep)

    def _overlaps(self, event: Event) -> bool:
        if not event.since and not event.until:
            return False
        early = self.until and event.since and _first(event.since) > _last(self.until)
        late = self.since and event.until and _last(event.until) < _first(self.since)
        return not early and not late

    def _without_actors(self, network: Network, notes: list[Note]) -> Network:
        keep = np.ones(len(network.actors), dtype=bool)
        for name, wanted in (("territory", self.territory), ("kind", self.kind)):
            if wanted:
                keep &= _having(name, wanted, [getattr(actor, name) for actor in network.actors])
        if not network.events:
            return _edges(network, keep)
        sizes = np.bincount(network.tie_event, minlength=len(network.events))
        left = np.bincount(network.tie_event[keep[network.tie_actor]], minlength=len(network.events))
        return _part(network, keep, (left > 0) | (sizes == 0))

    def _without_large(self, network: Network, notes: list[Note]) -> Network:
        bound = self.max_size or 0
        sizes = np.bincount(network.tie_event, minlength=len(network.events))
        large = sizes > bound
        if not large.any():
            return network
        notes.append(_large(int(large.sum()), bound, int(sizes.max()), self.large))
        if self.large == "set_aside":
            return _part(network, np.ones(len(network.actors), dtype=bool), ~large)
        before = np.ones(len(sizes)) if network.factors is None else network.factors
        factors = np.where(large, before * (bound - 1) / np.maximum(sizes - 1, 1), before)
        return Network.from_ties(network.name, network.two_mode, network.mode, network.snapshot, factors)

    def _without_weak(self, network: Network, notes: list[Note]) -> Network:
        keep = network.weights(self.weight) >= (self.min_weight or 0)
        gone = int(np.count_nonzero(~keep))
        notes.append(
            Note(
                f"{gone} av {len(keep)} kanter väger mindre än {self.min_weight:g} ({self.weight}) "
                "och är inte med.",
                f"{gone} of {len(keep)} edges weigh less than {self.min_weight:g} ({self.weight}) "
                "and are left out.",
            )
        )
        return _with_edges(network, keep)

    def _near(self, network: Network) -> Network:
        """Return the nodes at most so many edges from one, and the edges between them."""
        if self.around not in network.place:
            raise UnknownName("node in this part of the network", str(self.around), network.ids)
        near = np.zeros(len(network.nodes), dtype=bool)
        near[network.place[self.around]] = True
        for _ in range(self.steps):
            reached = near[network.sources] | near[network.targets]
            before = int(near.sum())
            near[network.sources[reached]] = True
            near[network.targets[reached]] = True
            if int(near.sum()) == before:
                break
        return _of_nodes(network, near)


def _part(network: Network, actors: Bools, events: Bools) -> Network:
    """Return the network of some actors and some events."""
    ties = actors[network.tie_actor] & events[network.tie_event]
    found = TwoMode(
        tuple(network.actors[at] for at in np.flatnonzero(actors).tolist()),
        tuple(network.events[at] for at in np.flatnonzero(events).tolist()),
        (np.cumsum(actors) - 1)[network.tie_actor[ties]],
        (np.cumsum(events) - 1)[network.tie_event[ties]],
        network.amounts[ties],
        network.roles[ties],
        network.role_sets,
    )
    factors = None if network.factors is None else network.factors[events]
    return Network.from_ties(network.name, found, network.mode, network.snapshot, factors)


def _of_nodes(network: Network, nodes: Bools) -> Network:
    """Return the network of some nodes, with those edges between them that it still has."""
    if not network.events:
        return _edges(network, nodes)
    many = len(network.nodes)
    known = network.sources.astype(np.int64) * many + network.targets
    if network.mode == "two-mode":
        kept = {node.id for node, near in zip(network.nodes, nodes.tolist(), strict=True) if near}
        actors = np.array([actor.id in kept for actor in network.actors], dtype=bool)
        events = np.array([event.id in kept for event in network.events], dtype=bool)
    else:
        actors = nodes
        events = np.bincount(network.tie_event[actors[network.tie_actor]], minlength=len(network.events)) > 0
    part = _part(network, actors, events)
    old = np.flatnonzero(nodes)
    return _with_edges(part, np.isin(old[part.sources].astype(np.int64) * many + old[part.targets], known))


def _edges(network: Network, nodes: Bools) -> Network:
    """Return the network of some nodes, of one that has edges only."""
    keep = nodes[network.sources] & nodes[network.targets]
    place = np.cumsum(nodes) - 1
    left = _with_edges(network, keep)
    return replace(
        left,
        nodes=tuple(network.nodes[at] for at in np.flatnonzero(nodes).tolist()),
        incidence=network.incidence[np.flatnonzero(nodes)],
        sources=place[left.sources],
        targets=place[left.targets],
    )


def _with_edges(network: Network, keep: Bools) -> Network:
    return replace(
        network,
        sources=network.sources[keep],
        targets=network.targets[keep],
        counts=network.counts[keep],
        newman=None if network.newman is None else network.newman[keep],
        edge_amounts=None if network.edge_amounts is None else network.edge_amounts[keep],
    )


def _having(name: str, wanted: str, values: Iterable[str | None]) -> Bools:
    """Tell which of the values, several parted by `|`, are the one wanted; refuse one that nobody has."""
    held = [value.split("|") if value else [] for value in values]
    found = [{each.casefold() for each in several} for several in held]
    keep = np.array([wanted.casefold() in each for each in found], dtype=bool)
    if not keep.any():
        raise UnknownName(f"{name} in this network", wanted, {each for several in held for each in several})
    return keep


def _first(moment: str) -> str:
    return f"{moment}-01-01" if len(moment) == 4 else moment


def _last(moment: str) -> str:
    return f"{moment}-12-31" if len(moment) == 4 else moment


def _said(told: tuple[tuple[str, str], ...]) -> Note:
    written = ", ".join(f"{name}={value}" for name, value in told)
    return Note(f"Bara en del av nätverket: {written}.", f"Only a part of the network: {written}.")


def _undated(many: int) -> Note:
    return Note(
        f"{many} händelser utan datum är inte med, eftersom perioden inte kan prövas mot dem.",
        f"{many} {'event' if many == 1 else 'events'} without dates "
        f"{'is' if many == 1 else 'are'} left out, since nothing tells when they were.",
    )


def _large(many: int, bound: int, largest: int, how: Large) -> Note:
    sv, en = {
        "set_aside": ("är lagda åt sidan: ingen möts i dem", "set aside: nobody meets in them"),
        "down_weighted": ("väger mindre", "down-weighted"),
    }[how]
    return Note(
        f"{many} händelser med fler än {bound} aktörer (som mest {largest}) {sv}.",
        f"{many} {'event' if many == 1 else 'events'} of more than {bound} actors (at most {largest}) "
        f"{'is' if many == 1 else 'are'} {en}.",
    )


__all__ = ["Filter", "Large"]
