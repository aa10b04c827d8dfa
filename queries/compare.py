"""Compare one measure over parts of a network, or with chance: with intervals, small parts set aside."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from queries.bootstrap import LEAST_EVENTS, METHOD, Bootstrap, Interval, bootstrap, unfit
from queries.errors import MeaninglessError, ParameterError, UnknownName
from queries.groups import BYS, By, Group, groups
from queries.measure import Cell, Measure, MeasureResult, Note, Setting, run
from queries.network import Network
from queries.nulls import METHODS, Against, NullResult, checked, quantities, z_scores
from queries.trivial import trivial_notes

LEAST_NODES: Final = 5
MOST_GROUPS: Final = 60
HEADER: Final = ("group", "nodes", "events", "edges", "value", "low", "high", "chance", "z", "p")
ALL: Final = "all"
CHANCE: Final = "chance"
_TITLES: Final = {
    "mean": ("medel av nodernas värden", "mean of the nodes' values"),
    "median": ("median av nodernas värden", "median of the nodes' values"),
    "highest": ("nodernas högsta värde", "the nodes' highest value"),
    "edges": ("antal kanter", "number of edges"),
    "components": ("antal delar", "number of components"),
}


@dataclass(frozen=True)
class Compared:
    """One part: its size, the number, its interval, and how it lies against chance where that was asked."""

    group: str
    nodes: int
    events: int
    edges: int
    value: float | None
    low: float | None = None
    high: float | None = None
    chance: float | None = None
    z: float | None = None
    p: float | None = None

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The values in the order of HEADER."""
        return tuple(getattr(self, name) for name in HEADER)


@dataclass(frozen=True)
class Aside:
    """A part that is not compared, and why."""

    group: str
    nodes: int
    events: int
    reason: str


@dataclass(frozen=True)
class Comparison:
    """The parts side by side, and all that is needed to repeat them."""

    measure: Measure
    network: str
    by: By
    fact: str
    title_sv: str
    title_en: str
    runs: int
    seed: int
    method: str
    engine: str
    snapshot: str
    parameters: tuple[tuple[str, Setting], ...]
    rows: tuple[Compared, ...]
    aside: tuple[Aside, ...]
    notes: tuple[Note, ...]


def compare(
    measure: str,
    network: Network,
    by: By = "territory",
    fact: str = "",
    runs: int = 200,
    seed: int = 0,
    null: bool = False,
    parameters: Mapping[str, Setting] | None = None,
) -> Comparison:
    """Compare a fact of a measure over the parts of a network; `by="null"` compares the whole with chance.

    `fact` is a fact of the measure, or mean, median or highest of the nodes' values, or edges or components;
    without it the mean, or for communities the first fact. Parts get bootstrap intervals and, with `null`,
    a z-score against rewired networks of their own; the row `all` is the whole network. Parts with fewer
    than 5 nodes or 10 events are set aside with the reason; when none is left, it is refused.
    """
    if by not in BYS:
        raise ParameterError(f"Parameter 'by' is {by!r}; expected one of {', '.join(BYS)}.")
    checked(runs)
    found = run(measure, network, **(parameters or {}))
    chosen = fact or _default(found)
    _fact(found, chosen)
    if by == "null":
        return _with_chance(found, network, chosen, runs, seed, parameters)
    parts = [Group(ALL, network), *groups(network, by)]
    if len(parts) > MOST_GROUPS + 1:
        raise MeaninglessError(
            f"By {by} the network {network.name!r} falls into {len(parts) - 1} parts; at most {MOST_GROUPS} "
            "can be compared. Choose a filter or another way."
        )
    rows, aside = list[Compared](), list[Aside]()
    for group in parts:
        try:
            rows.append(_row(measure, group, chosen, runs, seed, null, parameters))
        except MeaninglessError as error:
            aside.append(Aside(group.name, len(group.network.nodes), len(group.network.events), str(error)))
    if not any(row.group != ALL for row in rows):
        raise MeaninglessError(
            f"No part of the network {network.name!r} by {by} is large enough to compare: "
            + " ".join(each.reason for each in aside[:3])
        )
    method = METHOD + (f"; {METHODS['trades']}" if null else "")
    notes = (*network.notes, *_of_parts(by), *_set_aside(aside), *trivial_notes(network))
    return _comparison(found, by, chosen, (runs, seed), method, tuple(rows), tuple(aside), notes)


def fact_title(found: MeasureResult, name: str) -> tuple[str, str]:
    """Return what a number is called in Swedish and English."""
    titled = {fact.name: (fact.title_sv, fact.title_en) for fact in found.facts}
    return titled.get(name) or _TITLES[name]


def _row(
    measure: str,
    group: Group,
    fact: str,
    runs: int,
    seed: int,
    null: bool,
    parameters: Mapping[str, Setting] | None,
) -> Compared:
    network = group.network
    if reason := too_small(network):
        raise MeaninglessError(f"{group.name}: {reason.en}.", f"{group.name}: {reason.sv}.")
    drawn = bootstrap(measure, network, runs, seed, parameters=parameters)
    around = _interval(drawn, fact, group.name)
    left = z_scores(measure, network, runs, seed, parameters=parameters).fact(fact) if null else None
    return Compared(
        group.name,
        len(network.nodes),
        len(network.events),
        len(network.sources),
        around.value,
        around.low,
        around.high,
        *((left.mean, left.z, left.p) if left else ()),
    )


def too_small(network: Network) -> Note | None:
    """Return why a part is too small to be compared, as the end of a sentence; None if it is not."""
    if (many := len(network.nodes)) < LEAST_NODES:
        return Note(
            f"det har {many} nod{'' if many == 1 else 'er'}, och {LEAST_NODES} är det minsta att jämföra",
            f"it has {many} {'node' if many == 1 else 'nodes'}, and {LEAST_NODES} are the least to compare",
        )
    return unfit(network)


def _interval(drawn: Bootstrap, fact: str, group: str) -> Interval:
    for each in drawn.facts:
        if each.name == fact:
            return each
    raise MeaninglessError(f"{group}: {fact!r} is undefined there.", f"{group}: {fact!r} är odefinierat där.")


def _with_chance(
    found: MeasureResult,
    network: Network,
    fact: str,
    runs: int,
    seed: int,
    parameters: Mapping[str, Setting] | None,
) -> Comparison:
    left: NullResult = z_scores(found.measure.name, network, runs, seed, parameters=parameters)
    it: Against = left.fact(fact)
    size = (len(network.nodes), len(network.events))
    around = None
    if (reason := unfit(network)) is None:
        around = _interval(
            bootstrap(found.measure.name, network, runs, seed, parameters=parameters), fact, ALL
        )
    edges = left.fact("edges")
    rows = (
        Compared(
            ALL,
            *size,
            found.edges,
            it.observed,
            around.low if around else None,
            around.high if around else None,
            it.mean,
            it.z,
            it.p,
        ),
        Compared(CHANCE, *size, round(edges.mean), it.mean, it.low, it.high),
    )
    lone = () if reason is None else (_no_interval(reason),)
    own = tuple(note for note in left.notes if note not in found.notes)
    notes = (*found.notes, *own, *lone, *trivial_notes(network))
    method = left.method + (f"; {METHOD}" if around else "")
    return _comparison(found, "null", fact, (runs, seed), method, rows, (), notes)


def _comparison(
    found: MeasureResult,
    by: By,
    fact: str,
    drawn: tuple[int, int],
    method: str,
    rows: tuple[Compared, ...],
    aside: tuple[Aside, ...],
    notes: tuple[Note, ...],
) -> Comparison:
    sv, en = fact_title(found, fact)
    return Comparison(
        found.measure,
        found.network,
        by,
        fact,
        sv,
        en,
        *drawn,
        method,
        f"{found.engine} {found.engine_version}",
        found.snapshot,
        found.parameters,
        rows,
        aside,
        notes,
    )


def _default(found: MeasureResult) -> str:
    return found.facts[0].name if found.measure.groups and found.facts else "mean"


def _fact(found: MeasureResult, name: str) -> None:
    known = quantities(found)
    if name not in known:
        raise UnknownName(f"fact of {found.measure.name}", name, known)


def _of_parts(by: By) -> list[Note]:
    notes = [
        Note(
            "Delarna är olika stora, och många mått följer storleken: jämför z (null) och läs intervallen.",
            "The parts differ in size, and many measures follow size: compare z (null), read the intervals.",
        )
    ]
    if by in ("period", "year"):
        notes.append(
            Note(
                "Ett projekt räknas varje år det pågår, och det sista avsnittet kan vara ofullständigt.",
                "A project counts in every year that it runs, and the last part may not be complete.",
            )
        )
    return notes


def _set_aside(aside: list[Aside]) -> list[Note]:
    if not aside:
        return []
    names = ", ".join(each.group for each in aside[:8]) + (" …" if len(aside) > 8 else "")
    return [
        Note(
            f"{len(aside)} delar är för små eller saknar värde och står utanför: {names} "
            f"(minst {LEAST_NODES} noder och {LEAST_EVENTS} händelser).",
            f"{len(aside)} parts are too small or undefined and set aside: {names} "
            f"(at least {LEAST_NODES} nodes and {LEAST_EVENTS} events).",
        )
    ]


def _no_interval(reason: Note) -> Note:
    return Note(
        f"Nätverkets eget tal har inget intervall: {reason.sv}.",
        f"The network's own number has no interval: {reason.en}.",
    )
