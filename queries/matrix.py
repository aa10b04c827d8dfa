"""A matrix of regions and areas, immutable: how many projects, how much money or which priorities."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from queries.errors import MeaninglessError
from queries.matrix_rows import (
    DECLARATIONS,
    PROJECTS,
    Area,
    Counting,
    Floats,
    MatrixError,
    Region,
    Row,
    Ties,
    gather,
)

__all__ = ["DECLARATIONS", "PROJECTS", "Area", "Counting", "Floats", "Matrix", "MatrixError", "Region", "Row"]

Bools = NDArray[np.bool_]
Rule = Literal["auto", "lq", "any"]
RULES: Final[tuple[Rule, ...]] = ("auto", "lq", "any")


@dataclass(frozen=True, eq=False)
class Matrix:
    """Regions and areas sorted by id, the same however the rows came; regions without anything stay.

    `values` holds what is counted (see `unit`), `projects` the number of different projects in each cell
    whatever the unit, and `declared` the cells that a region has declared as its priorities.

    >>> rows = [{"region": r, "area": a, "thing": t} for r, a, t in ("nx1", "nx2", "ny2", "sy3")]
    >>> found = Matrix.from_rows("example", [*rows, {"region": "o"}])
    >>> [region.id for region in found.regions], [area.id for area in found.areas], found.values.tolist()
    (['n', 'o', 's'], ['x', 'y'], [[2.0, 1.0], [0.0, 0.0], [0.0, 1.0]])
    """

    name: str
    regions: tuple[Region, ...]
    areas: tuple[Area, ...]
    values: Floats
    projects: Floats
    declared: Bools
    unit: str = PROJECTS
    counting: Literal["full", "fractional"] = "full"
    ties: Ties | None = None  # what the cells are made of, where it was read from rows
    snapshot: str = ""  # the version of the data that it was read from, where it is known

    def __post_init__(self) -> None:
        """Hold the arrays to the shape, and close them for writing."""
        shape = (len(self.regions), len(self.areas))
        for array in (self.values, self.projects, self.declared):
            if array.shape != shape:
                raise MatrixError(
                    f"Matrix {self.name!r} has {shape[0]} regions and {shape[1]} areas, but an array of "
                    f"the shape {array.shape}."
                )
            array.setflags(write=False)

    @classmethod
    def from_rows(
        cls, name: str, rows: Iterable[Row], counting: Counting = "auto", snapshot: str = ""
    ) -> "Matrix":
        """Sum rows of region and area; equal rows count once, a row may name a region only."""
        found = gather(name, rows, counting)
        shape = (len(found.regions), len(found.areas))
        declared = np.zeros(shape, dtype=bool)
        for region, area in found.declared:
            declared[region, area] = True
        values = _summed(found.ties, shape)
        if found.unit == DECLARATIONS:
            declared |= values > 0
        return cls(
            name,
            found.regions,
            found.areas,
            values,
            _counted(found.ties, shape),
            declared,
            found.unit,
            found.counting,
            found.ties,
            snapshot,
        )

    @classmethod
    def from_array(
        cls,
        name: str,
        values: Sequence[Sequence[float]] | Floats,
        groups: Sequence[str | None] | None = None,
        declared: Sequence[Sequence[bool]] | Bools | None = None,
        unit: str = PROJECTS,
    ) -> "Matrix":
        """Take over numbers; regions are called r1, r2 …, areas a1, a2 …; values count as projects."""
        found = np.array(values, dtype=np.float64)
        if found.ndim != 2 or not np.isfinite(found).all() or (found < 0).any():
            raise MatrixError(f"Matrix {name!r} must be a table of finite numbers of at least 0.")
        wide, wanted = len(str(found.shape[1])), groups or [None] * found.shape[1]
        tall = len(str(found.shape[0]))
        return cls(
            name,
            tuple(Region(f"r{at + 1:0{tall}}", f"r{at + 1}") for at in range(found.shape[0])),
            tuple(Area(f"a{at + 1:0{wide}}", f"a{at + 1}", group) for at, group in enumerate(wanted)),
            found,
            found.copy(),
            np.zeros(found.shape, dtype=bool) if declared is None else np.array(declared, dtype=bool),
            unit,
        )

    @cached_property
    def shares(self) -> Floats:
        """What part of a region's total each area is; rows of zeros where a region has nothing."""
        total = self.values.sum(axis=1, keepdims=True)
        return self.values / np.where(total > 0, total, 1)

    @cached_property
    def overall(self) -> Floats:
        """What part of the total of all regions each area is."""
        total = self.values.sum()
        found: Floats = self.values.sum(axis=0) / (total if total > 0 else 1)
        return found

    @cached_property
    def quotients(self) -> Floats:
        """The location quotients; NaN where the region or the area has nothing at all."""
        with np.errstate(divide="ignore", invalid="ignore"):
            found: Floats = self.shares / self.overall
        found[self.values.sum(axis=1) == 0] = np.nan
        return found

    def rule(self, rule: Rule = "auto") -> Literal["lq", "any"]:
        """Return the rule of presence that is meant: `auto` is any for declarations, else lq."""
        if rule == "auto":
            return "any" if self.unit == DECLARATIONS else "lq"
        return rule

    def presence(self, threshold: float = 1.0, min_cell: int = 0, rule: Rule = "auto") -> Bools:
        """Return which areas are present in which regions.

        By `lq` where the location quotient is at least the threshold, by `any` where there is anything.
        Either way a cell of fewer than `min_cell` projects is not present; declarations have no projects.
        """
        present = self.values > 0
        if self.rule(rule) == "lq":
            # A hair is allowed: shares of floats may make a quotient of 0.9999999999999999 that is 1
            present &= np.nan_to_num(self.quotients) >= threshold * (1 - 1e-12)
        return present & self.large(min_cell)

    def large(self, min_cell: int) -> Bools:
        """Return the cells that have at least so many projects; all, of declarations."""
        if self.unit == DECLARATIONS:
            return np.ones(self.values.shape, dtype=bool)
        return self.projects >= min_cell

    def part(self, regions: Bools, areas: Bools) -> "Matrix":
        """Return some regions and areas; it can no more be told by period."""
        at = np.ix_(regions, areas)
        return replace(
            self,
            regions=tuple(each for each, kept in zip(self.regions, regions, strict=True) if kept),
            areas=tuple(each for each, kept in zip(self.areas, areas, strict=True) if kept),
            values=self.values[at],
            projects=self.projects[at],
            declared=self.declared[at],
            ties=None,
        )

    @property
    def periods(self) -> tuple[str, ...]:
        """The programme periods of the rows, by the day on which a project begins; none without days."""
        return tuple(sorted(set(self.ties.periods) - {""})) if self.ties else ()

    def in_period(self, period: str) -> "Matrix":
        """Return the same regions and areas with the projects that began in one period."""
        if self.ties is None or period not in self.periods:
            raise MeaninglessError(
                f"Matrix {self.name!r} has no period {period!r}; it has {', '.join(self.periods) or 'none'}."
            )
        ties = self.ties.of_period(period)
        shape = self.values.shape
        return replace(self, values=_summed(ties, shape), projects=_counted(ties, shape), ties=ties)

    def together(self) -> Floats | None:
        """Return in how many projects each two areas stand together, 0 on the diagonal; None without rows."""
        if self.ties is None:
            return None
        pairs = np.unique(np.stack([self.ties.thing, self.ties.area]), axis=1)
        many = int(pairs[0].max(initial=-1)) + 1
        stands = np.zeros((many, len(self.areas)))
        stands[pairs[0], pairs[1]] = 1
        found: Floats = stands.T @ stands
        np.fill_diagonal(found, 0)
        return found


def _summed(ties: Ties, shape: tuple[int, ...]) -> Floats:
    found = np.zeros(shape)
    np.add.at(found, (ties.region, ties.area), ties.value)
    return found


def _counted(ties: Ties, shape: tuple[int, ...]) -> Floats:
    """Count the different projects of each cell: two participations of one project are one."""
    found = np.zeros(shape)
    cells = np.unique(np.stack([ties.thing, ties.region, ties.area]), axis=1)
    np.add.at(found, (cells[1], cells[2]), 1.0)
    return found
