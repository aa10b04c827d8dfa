"""What changed from period to period: who came and went, and which ties lasted."""

import re
from dataclasses import dataclass

import numpy as np

from queries.errors import MeaninglessError
from queries.measure import Cell, Fact, Measure, MeasureResult, Note, Parameter, Table, require, result
from queries.network import Ints, Network
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
    if network.mode == "two-mode":
        raise MeaninglessError(
            f"Change over time compares who met whom; ask it of a one-mode network, not {network.name!r}."
        )
    since, until = _years(network)
    known = since > 0
    if not known.any():
        raise MeaninglessError(
            f"No event of the network {network.name!r} has a start; its query must return 'from'."
        )
    if counting == "start":
        until = since
    spans = _spans(periods, int(since[known].min()), int(since[known].max()))
    parts = [_part(network, span, since, until) for span in spans]
    full = [at for at, part in enumerate(parts) if part.events]
    if len(full) < 2:
        raise MeaninglessError(
            f"The events of the network {network.name!r} fall into {len(full)} period; a change takes two."
        )
    seen = parts[full[0] : full[-1] + 1]  # an empty period between two stays: it is what came before
    outside = int(np.count_nonzero(known & ((since > spans[-1][1]) | (until < spans[0][0]))))
    last = int(since[known].max())
    active = np.zeros(len(network.nodes), dtype=np.intp)
    for part in seen:
        active[part.nodes] += 1
    return result(
        MEASURE,
        network,
        [int(value) for value in active],
        engine="scipy",
        parameters={"periods": periods, "counting": counting},
        facts=[Fact("periods", "Perioder med händelser", "Periods with events", len(full))],
        notes=_notes(int(np.count_nonzero(~known)), outside, seen[-1], last),
        tables=[Table("periods", "Perioder", "Periods", _HEADER, tuple(_rows(seen, last)))],
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

    @property
    def name(self) -> str:
        return str(self.span[0]) if self.span[0] == self.span[1] else f"{self.span[0]}-{self.span[1]}"


def _year(day: str | None) -> int:
    """Return the year of a day, 0 when it is unknown or no day."""
    found = re.match(r"[0-9]{4}", day or "")
    return int(found[0]) if found else 0


def _years(network: Network) -> tuple[Ints, Ints]:
    since = np.array([_year(event.since) for event in network.events], dtype=np.intp)
    until = np.array([_year(event.until) for event in network.events], dtype=np.intp)
    return since, np.maximum(since, until)


def _spans(periods: str, first: int, last: int) -> list[tuple[int, int]]:
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


def _rows(parts: list[_Part], last: int) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    ever = np.zeros(0, dtype=np.intp)
    for before, part in zip([None, *parts[:-1]], parts, strict=True):
        years = max(1, min(part.span[1], last) - part.span[0] + 1)
        whole = part.name, part.events, len(part.nodes), len(part.edges)
        rows.append((*whole, *_change(before, part, ever), len(part.edges) / years))
        ever = np.union1d(ever, part.edges)
    return rows


def _change(before: _Part | None, part: _Part, ever: Ints) -> tuple[Cell, ...]:
    if before is None:
        return (None,) * 7
    both, common = (
        np.intersect1d(a, b, assume_unique=True).size
        for a, b in ((before.nodes, part.nodes), (before.edges, part.edges))
    )
    new = np.setdiff1d(part.edges, before.edges, assume_unique=True)
    old_ends = np.isin(new // part.size, before.nodes) & np.isin(new % part.size, before.nodes)
    return (
        len(part.nodes) - both,
        len(before.nodes) - both,
        _share(both, len(part.nodes) + len(before.nodes) - both),
        _share(common, len(before.edges)),
        _share(common, len(part.edges) + len(before.edges) - common),
        _share(int(old_ends.sum()), len(new)),
        _share(int(np.isin(part.edges, ever).sum()), len(part.edges)),
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _notes(undated: int, outside: int, final: _Part, last: int) -> list[Note]:
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
