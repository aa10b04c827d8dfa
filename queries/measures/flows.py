"""How much groups (counties, kinds) work with each other, beside what their sizes would give."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, diags_array

from queries.errors import MeaninglessError
from queries.grouping import BY, By, Grouping, grouping
from queries.measure import (
    Cell,
    Fact,
    Measure,
    Measured,
    MeasureResult,
    Parameter,
    Table,
    Value,
    require,
    result,
)
from queries.network import Floats, Ints, Network, Sparse

MEASURE = Measure(
    name="flows",
    title_sv="Flöden mellan grupper",
    title_en="Flows between groups",
    summary_sv="Hur många av nodens partner som hör till andra grupper, och gruppernas gemensamma projekt.",
    summary_en="How many of a node's partners are of other groups, and the groups' common projects.",
    parameters=(
        BY,
        Parameter(
            name="counting",
            default="full",
            summary_sv="full: varje projekt räknas för varje par av grupper; fractional: det delas på paren.",
            summary_en="full: a project counts for each pair of groups; fractional: it is shared among them.",
            choices=("full", "fractional"),
        ),
    ),
)


def measure(network: Network, by: By = "territory", counting: str = "full") -> MeasureResult:
    """Count the events that pairs of groups share, and set them in relation to the groups' sizes.

    Idea: large counties share many projects with all. Salton's and Jaccard's measures divide by how many
    projects the two have at all; the affinity by what their numbers of shared projects would give.

    Formula: n_r counts the events with an actor of group r, C_rs those with actors of both; with
    counting=fractional an event of G groups adds 2 / (G (G - 1)) to each of its pairs instead of 1. Salton
    S_rs = C_rs / sqrt(n_r n_s); Jaccard J_rs = C_rs / (n_r + n_s - C_rs) (both by full counts); affinity
    A_rs = C_rs C / (C_r C_s), where C_r sums C_rs over all other s and C sums the C_r: 1 is as expected.

    Parameters: by, what makes a group; counting, as above.

    Odd input: nodes in no group, or in several, are left out (a note counts them); an isolate has 0
    partners elsewhere. A network of edges only has no events to count: refused, and so are fewer than two
    groups and two-mode networks.

    Reference: Salton and McGill (1983), Introduction to Modern Information Retrieval; Zitt, Bassecoulard and
    Okubo (2000), Shadows of the past in international cooperation, Scientometrics 47, 627-657.

    >>> rows = [
    ...     {"actor": a, "actorTerritory": t, "event": e}
    ...     for a, t, e in zip("abcab", "XYZXY", "pppqq")
    ... ]
    >>> found = measure(Network.from_rows("example", rows, "one-mode"))
    >>> [row[:3] for row in found.tables[0].rows]
    [('X', 'Y', 2.0), ('X', 'Z', 1.0), ('Y', 'Z', 1.0)]
    """
    require(MEASURE, network, nodes=2, edges=1)
    groups = grouping(MEASURE, network, by)
    hold(network, len(network.events))
    presence = _presence(network, groups)
    full = (presence @ presence.T).toarray()
    counts = full if counting == "full" else _shared(presence)
    n, codes = len(network.nodes), groups.codes
    one, other = codes[network.sources], codes[network.targets]
    away = (one >= 0) & (other >= 0) & (one != other)
    outside = np.bincount(network.sources, away, n) + np.bincount(network.targets, away, n)
    across = int(np.count_nonzero(np.diff(presence.T.tocsr().indptr) > 1))
    return told(network, groups, Counted(outside, full, counts, across), counting, "scipy")


@dataclass(frozen=True, eq=False)
class Counted:
    """What an engine counts: each node's partners elsewhere, events of pairs of groups, those of several.

    `full` has in its diagonal the events of each group; `counts` are those of pairs as they were asked for.
    """

    outside: Ints
    full: Floats
    counts: Floats
    across: int


def hold(network: Measured, events: int) -> None:
    """Refuse a network without events."""
    if not events:
        raise MeaninglessError(
            f"The network {network.name!r} has edges only: flows count the events that groups share, so it "
            "must be read from rows of actor and event."
        )


def told(network: Measured, groups: Grouping, counted: Counted, counting: str, engine: str) -> MeasureResult:
    """Put what an engine counted in relation to the groups' sizes."""
    events = np.diag(counted.full)
    apart = counted.counts - np.diag(np.diag(counted.counts))
    rows = _pairs(groups, counted.full, apart, events)
    outside = zip(counted.outside.tolist(), groups.codes.tolist(), strict=True)
    values: list[Value] = [int(v) if c >= 0 else None for v, c in outside]
    return result(
        MEASURE,
        network,
        values,
        engine=engine,
        parameters={"by": groups.by, "counting": counting},
        facts=[
            Fact("groups", "Grupper", "Groups", len(groups.names)),
            Fact("across", "Händelser med flera grupper", "Events of several groups", counted.across),
        ],
        notes=groups.notes(),
        tables=[
            Table("flows", "Flöden", "Flows", _HEADER, rows),
            Table("groups", "Grupper", "Groups", ("group", "nodes", "events"), _sizes(groups, events)),
        ],
    )


_HEADER = ("group", "other", "events", "salton", "jaccard", "affinity")


def _presence(network: Network, groups: Grouping) -> Sparse:
    """Return groups × events: 1 where an actor of the group takes part."""
    codes = groups.codes[network.tie_actor]
    known = codes >= 0
    places = codes[known], network.tie_event[known]
    found: Sparse = csr_array(
        (np.ones(int(known.sum())), places), shape=(len(groups.names), len(network.events))
    )
    found.sum_duplicates()
    found.data[:] = 1
    return found


def _shared(presence: Sparse) -> Floats:
    many = np.asarray(presence.sum(axis=0), dtype=np.float64)
    shares = np.divide(2, many * (many - 1), out=np.zeros(len(many)), where=many > 1)
    return np.asarray((presence @ diags_array(shares) @ presence.T).toarray(), dtype=np.float64)


def _pairs(groups: Grouping, full: Floats, apart: Floats, events: Floats) -> tuple[tuple[Cell, ...], ...]:
    sums = apart.sum(axis=1)
    whole = sums.sum()
    return tuple(
        (
            groups.names[r],
            groups.names[s],
            float(apart[r, s]),
            float(full[r, s] / np.sqrt(events[r] * events[s])),
            float(full[r, s] / (events[r] + events[s] - full[r, s])),
            float(apart[r, s] * whole / (sums[r] * sums[s])),
        )
        for r, s in zip(*np.nonzero(np.triu(apart, 1)), strict=True)
    )


def _sizes(groups: Grouping, events: Floats) -> tuple[tuple[Cell, ...], ...]:
    return tuple((name, int(groups.sizes[at]), int(events[at])) for at, name in enumerate(groups.names))
