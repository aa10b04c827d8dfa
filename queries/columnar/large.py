"""A network that lies on the disk: what results tell of it, and its edges as an engine projects them."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from queries.columnar.export import Export
from queries.columnar.work import Runner, Work, refuse_unsettled
from queries.network import Floats, Ints, Mode, Node, Weight, lacks_amounts, lacks_newman
from queries.notes import Note

ROUNDS = 1_000  # that nothing here has ever needed


class LargeNetwork:
    """What `queries.measure.Measured` asks for, computed by an engine when it is asked."""

    def __init__(self, export: Export, runner: Runner) -> None:
        self._manifest = export.manifest
        self.work = Work(runner)
        self.engine = runner.name

    @property
    def name(self) -> str:
        """The name of the network."""
        return self._manifest.network

    @property
    def mode(self) -> Mode:
        """Whether its nodes are actors only, or events too."""
        return self._manifest.mode

    @property
    def snapshot(self) -> str:
        """The version of the data."""
        return self._manifest.snapshot

    @property
    def filters(self) -> tuple[tuple[str, str], ...]:
        """What was asked of the network before it was exported."""
        return self._manifest.filters

    @property
    def notes(self) -> tuple[Note, ...]:
        """What goes with all numbers about it."""
        return self._manifest.notes

    @property
    def unknown_totals(self) -> int:
        """How many events that joined somebody have no known total."""
        return self._manifest.unknown_totals

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """The nodes in the order of their numbers."""
        return tuple(Node(*row) for row in self.work.rows("all_nodes"))

    @cached_property
    def sources(self) -> range:
        """One place for each edge."""
        self.project()
        return range(int(self.work.rows("count_edges")[0][0]))

    @cached_property
    def events(self) -> int:
        """How many events there are."""
        return int(self.work.rows("count_events")[0][0])

    @cached_property
    def parts(self) -> Ints:
        """The component of each node, 0 being the largest."""
        self.arcs("none")
        if not self.work.settle("parts", rounds=ROUNDS):
            raise refuse_unsettled("The search for components", ROUNDS)
        return self.numbered("parts")

    @cached_property
    def components(self) -> range:
        """One place for each component."""
        return range(int(self.parts.max()) + 1 if len(self.parts) else 0)

    def project(self) -> None:
        """Make the edges, unless the export brings them."""
        if not self._manifest.edges:
            self.work.make("shares")
            self.work.make("edges")

    def arcs(self, weight: Weight) -> None:
        """Let the steps see each edge in both directions with a weight; refuse one that there is not."""
        if weight == "newman" and "newman" not in self._manifest.weights:
            raise lacks_newman(self.name)
        if weight == "amount" and "amount" not in self._manifest.weights:
            raise lacks_amounts(self.name, self.mode, self._manifest.currencies)
        self.project()
        self.work.see("arcs", weight=weight)

    def degrees(self, weight: Weight) -> None:
        """Let the steps see the number of partners and the strength of each node."""
        self.arcs(weight)
        self.work.make("degrees", weight)

    def numbered(self, name: str) -> Ints:
        """Return the group of each node, 0 being the largest, of a table of nodes and labels."""
        self.work.runner.alias("labels", name)
        return placed(self.work.rows("numbered"), len(self.nodes)).astype(np.intp)


def placed(rows: Sequence[tuple[Any, ...]], many: int) -> Floats:
    """Return an array of the values of nodes, from rows that begin with node and value; 0 where none is."""
    found: Floats = np.zeros(many)
    if rows:
        nodes, values = (np.array(each) for each in zip(*((row[0], row[1]) for row in rows), strict=True))
        found[nodes.astype(np.intp)] = values.astype(np.float64)
    return found
