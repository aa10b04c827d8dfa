"""What changed from period to period: who came and went, and which ties lasted."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from queries.errors import MeaninglessError
from queries.measure import (
    Cell,
    Fact,
    Measure,
    Measured,
    MeasureResult,
    Note,
    Parameter,
    Table,
    require,
    result,
)
from queries.network import Event, Ints, Network
from queries.projection import project

PROGRAMMES = ((2000, 2006), (2007, 2013), (2014, 2020), (2021, 2027))

MEASURE = Measure(
    name="dynamics",
    title_sv="Förändring över tid",
    title_en="Change over time",
    summary_sv="I hur många perioder noden är med, och hur nätverket ändras från period till period.",
    summary_en="In how many periods the node takes part, and how the network changes between periods.",
    parameters=(
        Parameter(
            name="periods",
            default="programme",
            summary_sv="programme: EU:s programperioder; years: år för år.",
            summary_en="programme: the EU's programme periods; years: year by year.",
            choices=("programme", "years"),
        ),
        Parameter(
            name="counting",
            default="running",
            summary_sv="running: ett projekt räknas i alla perioder det pågår; start: i den det börjar.",
            summary_en="running: a project counts in all periods it runs in; start: in the one it begins.",
            choices=("running", "start"),
        ),
    ),
)


def measure(network: Network, periods: str = "programme", counting: str = "running") -> MeasureResult:
    """Compare the networks of periods that follow each other.

    Idea: a network of the same partners over and over keeps what it knows; one of ever new ones learns,
    or does not last. Both show only against the period before.

    Formula: with V_t and E_t the nodes with events and the edges of period t: entered |V_t - V_{t-1}|; left
    |V_{t-1} - V_t|; node Jaccard |V_t and V_{t-1}| / |V_t or V_{t-1}|; persistence
    |E_t and E_{t-1}| / |E_{t-1}|; rewiring: the share of the edges of E_t - E_{t-1} whose two ends were
    both in V_{t-1}; repeat: the share of E_t that was an edge in any earlier period. Edges per year divide
    by the period's length up to the last year of the data.

    Parameters: periods and counting, as above.

    Odd input: events without a start, or outside all periods (before 2000, for programmes), are left out and
    counted in a note; one without an end counts where it starts. Years go up to the last start. A period
    without events stands in the table, and the next is compared with it. The last period may still be going
    on, which a note says. Refused: a two-mode network, and data of fewer than two periods.

    Reference: Powell, White, Koput and Owen-Smith (2005), Network dynamics and field evolution, American
    Journal of Sociology 110, 1132-1205.

    >>> rows = [
    ...     {"actor": a, "event": e, "from": y}
    ...     for a, e, y in zip("ababc", "ppqqq", ("2008", "2008", "2015", "2015", "2015"))
    ... ]
    >>> found = measure(Network.from_rows("example", rows, "one-mode"))
    >>> [(key, value) for key, _, value in found.values], found.tables[0].rows[1][:5]
    ([('a', 2), ('b', 2), ('c', 1)], ('2014-2020', 1, 3, 3, 1))
    """
    require(MEASURE, network)
    hold(network)
    since, until = years(network.events)
    first, last = bounds(network, since)
    if counting == "start":
        until = since
    spans = spans_of(periods, first, last)
    known = since > 0
    beyond = known & ((since > spans[-1][1]) | (until < spans[0][0]))
    parts = [_part(network, span, since, until) for span in spans]
    found = Counted(
        _periods(parts),
        np.bincount(np.concatenate([part.nodes for part in parts]), minlength=len(network.nodes)),
        undated=int(np.count_nonzero(~known)),
        outside=int(np.count_nonzero(beyond)),
        last=last,
    )
    return told(network, found, periods, counting, "scipy")


@dataclass(frozen=True)
class Period:
    """What is counted of a period and of what it has in common with those before.

    `both` and `common`: nodes and edges that the period before has too; `rewired`: new edges between nodes
    of the period before; `repeated`: edges of any period before.
    """

    span: tuple[int, int]
    events: int
    nodes: int
    edges: int
    both: int
    common: int
    rewired: int
    repeated: int

    @property
    def name(self) -> str:
        """The years, or the year."""
        return str(self.span[0]) if self.span[0] == self.span[1] else f"{self.span[0]}-{self.span[1]}"


@dataclass(frozen=True, eq=False)
class Counted:
    """What an engine counts: the periods, in how many each node takes part, and which events are in none."""

    periods: list[Period]
    active: Ints
    undated: int
    outside: int
    last: int


def hold(network: Measured) -> None:
    """Refuse a two-mode network."""
    if network.mode == "two-mode":
        raise MeaninglessError(
            f"Change over time compares who met whom; ask it of a one-mode network, not {network.name!r}."
        )


def bounds(network: Measured, since: Ints) -> tuple[int, int]:
    """Return the first and the last year in which an event starts; refuse a network that tells none."""
    known = since[since > 0]
    if not len(known):
        raise MeaninglessError(
            f"No event of the network {network.name!r} has a start; its query must return 'from'."
        )
    return int(known.min()), int(known.max())


def told(network: Measured, found: Counted, periods: str, counting: str, engine: str) -> MeasureResult:
    """Put what an engine counted together as changes from period to period."""
    full = [at for at, period in enumerate(found.periods) if period.events]
    if len(full) < 2:
        raise MeaninglessError(
            f"The events of the network {network.name!r} fall into {len(full)} period; a change takes two."
        )
    seen = found.periods[full[0] : full[-1] + 1]  # an empty one between two stays: it is what came before
    return result(
        MEASURE,
        network,
        [int(value) for value in found.active],
        engine=engine,
        parameters={"periods": periods, "counting": counting},
        facts=[Fact("periods", "Perioder med händelser", "Periods with events", len(full))],
        notes=_notes(found.undated, found.outside, seen[-1], found.last),
        tables=[Table("periods", "Perioder", "Periods", _HEADER, tuple(_rows(seen, found.last)))],
    )


_HEADER = (
    *("period", "events", "nodes", "edges", "entered", "left", "node_jaccard"),
    *("persistence", "edge_jaccard", "rewiring", "repeat", "edges_per_year"),
)


@dataclass(frozen=True, eq=False)
class _Part:
    """A period: its years, how many events run in it, the nodes that take part, the edges as numbers."""

    span: tuple[int, int]
    events: int
    nodes: Ints
    edges: Ints
    size: int  # of the whole network, by which edges are numbered


def year(day: str | None) -> int:
    """Return the year of a day, 0 when it is unknown or no day."""
    found = re.match(r"[0-9]{4}", day or "")
    return int(found[0]) if found else 0


def years(events: Sequence[Event]) -> tuple[Ints, Ints]:
    """Return the years of the starts of events, and those of their ends, which are never before."""
    since = np.array([year(event.since) for event in events], dtype=np.intp)
    until = np.array([year(event.until) for event in events], dtype=np.intp)
    return since, np.maximum(since, until)


def spans_of(periods: str, first: int, last: int) -> list[tuple[int, int]]:
    """Return the years of the periods that are asked for."""
    if periods == "programme":
        return list(PROGRAMMES)
    return [(year, year) for year in range(first, last + 1)]


def _part(network: Network, span: tuple[int, int], since: Ints, until: Ints) -> _Part:
    here = (since > 0) & (since <= span[1]) & (until >= span[0])
    ties = here[network.tie_event]
    actors, events = network.tie_actor[ties], network.tie_event[ties]
    n = len(network.nodes)
    sources, targets, _ = project(actors, events, n, [np.ones(len(network.events))])
    edges = sources.astype(np.intp) * n + targets
    return _Part(span, int(np.count_nonzero(here)), np.unique(actors), np.sort(edges), n)


def _periods(parts: list[_Part]) -> list[Period]:
    found = []
    ever = np.zeros(0, dtype=np.intp)
    for before, part in zip([None, *parts[:-1]], parts, strict=True):
        counts = _change(before, part) if before else (0, 0, 0)
        repeated = int(np.isin(part.edges, ever).sum())
        found.append(Period(part.span, part.events, len(part.nodes), len(part.edges), *counts, repeated))
        ever = np.union1d(ever, part.edges)
    return found


def _change(before: _Part, part: _Part) -> tuple[int, int, int]:
    """Return the nodes and the edges of both, and the new edges between old nodes."""
    both, common = (
        np.intersect1d(a, b, assume_unique=True).size
        for a, b in ((before.nodes, part.nodes), (before.edges, part.edges))
    )
    new = np.setdiff1d(part.edges, before.edges, assume_unique=True)
    old_ends = np.isin(new // part.size, before.nodes) & np.isin(new % part.size, before.nodes)
    return both, common, int(old_ends.sum())


def _rows(periods: list[Period], last: int) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    for before, now in zip([None, *periods[:-1]], periods, strict=True):
        years = max(1, min(now.span[1], last) - now.span[0] + 1)
        whole = now.name, now.events, now.nodes, now.edges
        rows.append((*whole, *_shares(before, now), now.edges / years))
    return rows


def _shares(before: Period | None, now: Period) -> tuple[Cell, ...]:
    if before is None:
        return (None,) * 7
    return (
        now.nodes - now.both,
        before.nodes - now.both,
        _share(now.both, now.nodes + before.nodes - now.both),
        _share(now.common, before.edges),
        _share(now.common, now.edges + before.edges - now.common),
        _share(now.rewired, now.edges - now.common),
        _share(now.repeated, now.edges),
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _notes(undated: int, outside: int, final: Period, last: int) -> list[Note]:
    notes = []
    if outside:
        notes.append(
            Note(
                f"Händelser utanför alla perioder är inte med: {outside}.",
                f"Events outside all periods are left out: {outside}.",
            )
        )
    if undated:
        notes.append(
            Note(
                f"Händelser utan startår är inte med: {undated}.",
                f"Events without a year of start are left out: {undated}.",
            )
        )
    if final.span[1] >= last:
        notes.append(
            Note(
                f"Perioden {final.name} är kanske inte slut i data (sista start {last}): fler kan mötas än.",
                f"The period {final.name} may not be over in the data (last start {last}): more may meet.",
            )
        )
    return notes
