"""Nodes sorted into groups by an attribute: territory or kind.

One rule for all measures: a node that has no value of the attribute, or several of them, is in no group.
It is left out of what is counted by group, and a note says how many are.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

import numpy as np

from queries.collation import swedish
from queries.errors import MeaninglessError
from queries.measure import Measure, Measured, Note, Parameter
from queries.network import Ints

By = Literal["territory", "kind"]
BY: Final = Parameter(
    name="by",
    default="territory",
    summary_sv="Vad som gör en grupp: territory (län) eller kind (slag av aktör).",
    summary_en="What makes a group: territory (county) or kind (of actor).",
    choices=("territory", "kind"),
)


@dataclass(frozen=True, eq=False)
class Grouping:
    """The group of each node as a number, -1 where it has none; names in the order of the alphabet."""

    by: By
    names: tuple[str, ...]
    codes: Ints
    without: int
    several: int

    @cached_property
    def sizes(self) -> Ints:
        """How many nodes each group has."""
        return np.bincount(self.codes[self.codes >= 0], minlength=len(self.names))

    def notes(self) -> list[Note]:
        """Tell of the nodes that are in no group."""
        left = self.without + self.several
        if not left:
            return []
        sv = {"territory": "län", "kind": "slag"}[self.by]
        return [
            Note(
                f"{left} av {len(self.codes)} noder är inte med: {self.without} utan {sv}, "
                f"{self.several} med flera.",
                f"{left} of {len(self.codes)} nodes are left out: {self.without} without a {self.by}, "
                f"{self.several} with several.",
            )
        ]


def grouping(measure: Measure, network: Measured, by: By, least: int = 2) -> Grouping:
    """Sort the nodes of a one-mode network into groups; refuse fewer groups than `least`."""
    if network.mode == "two-mode":
        raise MeaninglessError(
            f"The measure {measure.name!r} compares partners of one kind of node; in the two-mode network "
            f"{network.name!r} partners are events. Ask it of a one-mode network."
        )
    values = [getattr(node, by) for node in network.nodes]
    single = {value for value in values if value and "|" not in value}
    names = tuple(sorted(single, key=swedish))
    if len(names) < least:
        raise MeaninglessError(
            f"The measure {measure.name!r} needs nodes of at least {least} groups by {by}; the network "
            f"{network.name!r} has {len(names)}. Let the query return actor{by.capitalize()}."
        )
    place = {name: at for at, name in enumerate(names)}
    codes = np.array([place.get(value or "", -1) for value in values], dtype=np.intp)
    several = sum("|" in (value or "") for value in values)
    return Grouping(by, names, codes, sum(not value for value in values), several)
