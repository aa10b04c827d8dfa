"""Tell how sure a number is: draw the events anew, many times, and see how far it moves."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from queries.errors import MeaninglessError
from queries.measure import MeasureResult, Note, Setting, Value, run
from queries.network import Floats, Network
from queries.nulls import LEAST_RUNS, checked, matrix, measured, quantities
from queries.redrawn import chosen

LEAST_EVENTS: Final = 10  # below, too few different draws to say anything
LEVEL: Final = 0.95
TOP: Final = 5
METHOD: Final = "events drawn anew with replacement, centred percentile interval (Efron 1979)"


@dataclass(frozen=True)
class Interval:
    """A number and the interval around it; `bias` is how much lower or higher the draws lie than it."""

    name: str
    value: float
    low: float
    high: float
    bias: float
    runs: int


@dataclass(frozen=True)
class NodeInterval:
    """A node's value with its interval, and how its rank moves.

    `rank` counts from 1, the most first (or the least, where the measure is sorted so); ties share the
    mean. `top` is the share of the draws in which the node is among the TOP first.
    """

    id: str
    label: str
    value: Value
    interval: Interval | None
    rank: float | None
    rank_low: float | None
    rank_high: float | None
    top: float | None


@dataclass(frozen=True)
class Bootstrap:
    """The intervals of one measure, and all that is needed to repeat them.

    `stability` is the mean rank correlation (Spearman) of the nodes in the draws with that observed.
    """

    result: MeasureResult
    events: int
    runs: int
    seed: int
    facts: tuple[Interval, ...]
    nodes: tuple[NodeInterval, ...]
    stability: float | None
    notes: tuple[Note, ...]
    method: str = METHOD


def bootstrap(
    measure: str,
    network: Network,
    runs: int = 200,
    seed: int = 0,
    nodes: bool = False,
    parameters: Mapping[str, Setting] | None = None,
) -> Bootstrap:
    """Draw as many events as there are, with replacement, and measure the network that they make; many times.

    Idea: the projects that we see are some of those that could have been. How far a number moves when
    others of the same kind are drawn says how sure it is. All actors stay, also those that no drawn event
    has.

    Formula: with x the observed number, x_r that of draw r and m their mean, the interval is
    [x + q_2.5 - m, x + q_97.5 - m], q the percentiles of x_r; it is
    stretched to hold x, and never below 0 where no x_r is. A drawn
    set holds fewer different events (about 63 %), so counts of edges or partners come out lower in every
    draw; centring takes that away, and `bias` = m - x says how much it was.

    Parameters: measure, a name; network; runs, at least 20; seed; nodes, whether each node gets an interval
    and a rank too; parameters are those of the measure.

    Odd input: a network without events has nothing to draw, and fewer than 10 events are too few; in a
    two-mode network the events are nodes, which cannot be drawn away: all three refused.

    Reference: Efron (1979), Bootstrap methods: another look at the jackknife, Annals of Statistics 7, 1-26;
    Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapters 10 and 13; for networks Snijders
    and Borgatti (1999), Non-parametric standard errors and tests for network statistics, Connections 22.
    """
    checked(runs)
    reason = unfit(network)
    if reason:
        raise MeaninglessError(
            f"No intervals for the network {network.name!r}: {reason.en}.",
            f"Inga intervall för nätverket {network.name!r}: {reason.sv}.",
        )
    found = run(measure, network, **(parameters or {}))
    results = list(
        measured(each_drawn(network, runs, seed), lambda each: run(measure, each, **(parameters or {})))
    )
    if len(results) < max(LEAST_RUNS, runs // 2):
        raise MeaninglessError(
            f"The measure {measure!r} has a value in only {len(results)} of {runs} draws of the events of "
            f"{network.name!r}, too few for an interval.",
            f"Måttet {measure!r} har ett värde i bara {len(results)} av {runs} dragningar av händelserna i "
            f"{network.name!r}, för få för ett intervall.",
        )
    every, stability = _of_nodes(found, results) if nodes and not found.measure.groups else ((), None)
    facts = tuple(_of_facts(found, results))
    lost = [_left_out(runs, len(results))] if len(results) < runs else []
    return Bootstrap(
        found,
        len(network.events),
        runs,
        seed,
        facts,
        every,
        stability,
        (*found.notes, *_biased(facts), *lost),
    )


def unfit(network: Network) -> Note | None:
    """Return why the events of a network cannot be drawn anew, as the end of a sentence; None if they can."""
    if network.mode == "two-mode":
        return Note(
            "dess händelser är egna noder, som inte kan dras; ta ett nätverk med ett slags noder",
            "its events are nodes of their own, which cannot be drawn; ask a one-mode network",
        )
    if not network.events:
        return Note(
            "det har bara kanter och inga händelser som kan dras på nytt",
            "it has edges only and no events that could be drawn anew",
        )
    if (many := len(network.events)) < LEAST_EVENTS:
        word = "event" if many == 1 else "events"
        return Note(
            f"det har {many} händelse{'' if many == 1 else 'r'}, och {LEAST_EVENTS} är det minsta att dra ur",
            f"it has {many} {word}, and {LEAST_EVENTS} are the least to draw from",
        )
    return None


def each_drawn(network: Network, runs: int, seed: int) -> Iterator[Network]:
    """Yield the networks of so many draws."""
    random = np.random.default_rng(seed)
    many, actors = len(network.events), np.arange(network.incidence.shape[0])
    for _ in range(runs):
        yield chosen(network, actors, np.sort(random.integers(many, size=many)))


def interval(name: str, value: float, drawn: Floats) -> Interval:
    """Return the centred percentile interval of a number.

    >>> interval("x", 10.0, np.array([7.0, 8.0, 9.0])).bias
    -2.0
    """
    mean = float(drawn.mean())
    tail = (1 - LEVEL) / 2
    low, high = (float(each) + value - mean for each in np.quantile(drawn, [tail, 1 - tail]))
    if drawn.min() >= 0 and value >= 0:
        low = max(low, 0.0)
    return Interval(name, value, min(low, value), max(high, value), mean - value, len(drawn))


def ranks(values: Floats, highest_first: bool = True) -> Floats:
    """Return the ranks of values from 1, ties sharing their mean; NaN stays NaN.

    >>> ranks(np.array([3.0, 1.0, 3.0, np.nan])).tolist()
    [1.5, 3.0, 1.5, nan]
    """
    found = np.full(len(values), np.nan)
    there = np.isfinite(values)
    shown = np.round(values[there], 12)
    _, place, times = np.unique(-shown if highest_first else shown, return_inverse=True, return_counts=True)
    last = np.cumsum(times)
    found[there] = (last - (times - 1) / 2)[place]
    return found


def spearman(one: Floats, other: Floats) -> float | None:
    """Return the rank correlation over what both define; None where either does not vary."""
    both = np.isfinite(one) & np.isfinite(other)
    if both.sum() < 2:
        return None
    first, second = ranks(one[both]), ranks(other[both])
    first, second = first - first.mean(), second - second.mean()
    size = math.sqrt(float((first**2).sum() * (second**2).sum()))
    return float((first * second).sum()) / size if size else None


def _of_facts(found: MeasureResult, results: list[MeasureResult]) -> Iterator[Interval]:
    told = [quantities(each) for each in results]
    for name, value in quantities(found).items():
        drawn = np.array([each[name] for each in told if name in each])
        if len(drawn) >= LEAST_RUNS:
            yield interval(name, value, drawn)


def _of_nodes(
    found: MeasureResult, results: list[MeasureResult]
) -> tuple[tuple[NodeInterval, ...], float | None]:
    ids = [key for key, _, _ in found.values]
    first = found.measure.order == "highest first"
    seen, table = matrix([found], ids)[0], matrix(results, ids)
    rank, moved = ranks(seen, first), np.array([ranks(row, first) for row in table])
    agreed = [each for row in table if (each := spearman(seen, row)) is not None]
    rows = []
    for at, (key, label, value) in enumerate(found.values):
        there = np.isfinite(table[:, at])
        if value is None or there.sum() < LEAST_RUNS:
            rows.append(NodeInterval(key, label, value, None, None, None, None, None))
            continue
        low, high = (float(each) for each in np.quantile(moved[there, at], [0.025, 0.975]))
        around = interval(key, float(value), table[there, at])
        top = float((moved[there, at] <= TOP).mean())
        rows.append(NodeInterval(key, label, value, around, float(rank[at]), low, high, top))
    return tuple(rows), float(np.mean(agreed)) if agreed else None


def _biased(facts: tuple[Interval, ...]) -> list[Note]:
    names = ", ".join(each.name for each in facts if abs(each.bias) > (each.high - each.low) / 2 > 0)
    if not names:
        return []
    return [
        Note(
            f"Dragna projekt upprepas, vilket flyttar {names} mer än osäkerheten: intervallen är centrerade.",
            f"Drawn events repeat, which moves {names} more than their uncertainty: intervals are centred.",
        )
    ]


def _left_out(runs: int, defined: int) -> Note:
    return Note(
        f"I {runs - defined} av {runs} dragningar är måttet odefinierat; de räknas inte med.",
        f"In {runs - defined} of {runs} draws the measure is undefined; they are left out.",
    )
