"""Tell what a number says beyond chance: against rewired networks, and against shuffled labels."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeVar

import numpy as np

from queries.errors import MeaninglessError, ParameterError
from queries.measure import MeasureResult, Note, Setting, Value, run
from queries.network import Floats, Network, Node
from queries.rewiring import each_rewired

LEAST_RUNS: Final = 20  # below, the smallest p there can be is above 0.05
MOST_RUNS: Final = 10_000
Attribute = Literal["kind", "territory"]
Key = TypeVar("Key")
METHODS: Final = {
    "trades": "curveball trades of who takes part in what (Strona et al. 2014)",
    "swaps": "double edge swaps (Maslov & Sneppen 2002)",
    "labels": "labels permuted among the nodes that have one (Hubert & Schultz 1976)",
}


@dataclass(frozen=True)
class Against:
    """A number beside what chance gives: `z` = (observed - mean) / sd, None where chance never varies.

    `p` is two-sided and empirical: (1 + runs at least as far from the mean) / (runs + 1), so never 0.
    `low` and `high` hold 95 % of the runs; `runs` counts those in which the number was defined.
    """

    name: str
    observed: float
    mean: float
    sd: float
    z: float | None
    p: float
    low: float
    high: float
    runs: int


@dataclass(frozen=True)
class NullResult:
    """The numbers of one measure against a null model, and all that is needed to repeat them."""

    result: MeasureResult
    method: str
    runs: int
    seed: int
    facts: tuple[Against, ...]
    nodes: tuple[tuple[str, str, Against | None], ...]  # id, label; None where undefined
    notes: tuple[Note, ...]

    def fact(self, name: str) -> Against:
        """Return one fact by its name."""
        return named(self.facts, name, self.result.measure.name)


def quantities(found: MeasureResult) -> dict[str, float]:
    """Return the numbers that a result gives of its network as a whole.

    They are its facts; `mean`, `median` and `highest` of its nodes' values, unless these are labels of
    groups; and the edges and components of the network.
    """
    numbers = {fact.name: float(fact.value) for fact in found.facts}
    values = [float(value) for _, _, value in found.values if value is not None]
    if values and not found.measure.groups:
        spread = {"mean": float(np.mean(values)), "median": float(np.median(values)), "highest": max(values)}
        numbers = spread | numbers
    return numbers | {"edges": float(found.edges), "components": float(found.components)}


def z_scores(
    measure: str,
    network: Network,
    runs: int = 200,
    seed: int = 0,
    nodes: bool = False,
    parameters: Mapping[str, Setting] | None = None,
) -> NullResult:
    """Compare a measure with what rewired networks give, whose actors and events have as many ties as ours.

    Idea: large projects make dense networks and busy actors central whatever they do. A network in which
    each actor takes part in as many events and each event has as many actors, but who meets whom is left to
    chance, says how much of a number follows from these sizes alone.

    Formula: z = (x - m) / s, where x is the observed number, m the mean and s the standard deviation over
    the rewired networks; p = (1 + #{r : |x_r - m| >= |x - m|}) / (R + 1), x_r the number of run r of R.

    Parameters: measure, a name; network; runs R, at least 20; seed; nodes, whether each node is compared
    too; parameters are those of the
    measure.

    Odd input: a number that no rewiring changes (the degrees themselves) has no z, told in a note. A network
    of edges only is rewired by swaps of their ends, told in a note. One that has no other form is refused.

    Reference: Strona et al. (2014), Nature Communications 5, 4114; p after Davison and Hinkley (1997),
    Bootstrap Methods and their Application, section 4.2.
    """
    method = METHODS["trades" if network.events else "swaps"]
    notes = [] if network.events else [_SWAPPED]
    return _against(
        measure,
        network,
        each_rewired(network, checked(runs), seed),
        runs,
        seed,
        method,
        nodes,
        notes,
        parameters,
    )


def permuted(
    measure: str,
    network: Network,
    attribute: Attribute = "territory",
    runs: int = 200,
    seed: int = 0,
    nodes: bool = False,
    parameters: Mapping[str, Setting] | None = None,
) -> NullResult:
    """Compare a measure of an attribute with what it gives when the labels are dealt out by chance.

    The edges stay; nodes without a label stay without one. Refused where fewer than two labels are there:
    every permutation is then the same.

    Reference: Hubert and Schultz (1976), Quadratic assignment as a general data analysis strategy, British
    Journal of Mathematical and Statistical Psychology 29, 190-241; Krackhardt and Stern (1988), Social
    Psychology Quarterly 51, 123-140 (for the E-I index).
    """
    found = {label for node in network.nodes if (label := getattr(node, attribute)) is not None}
    if len(found) < 2:
        raise MeaninglessError(
            f"The {attribute} of the nodes of {network.name!r} has "
            f"{'one label only, ' + repr(min(found)) if found else 'no labels'}: permuted it stays the same, "
            "so there is no chance to compare with."
        )
    drawn = _each_permuted(network, attribute, checked(runs), seed)
    return _against(measure, network, drawn, runs, seed, METHODS["labels"], nodes, [], parameters)


def named(facts: Iterable[Against], name: str, measure: str) -> Against:
    """Return the number of a name, or say which there are."""
    found = {each.name: each for each in facts}
    if name not in found:
        raise ParameterError(f"The measure {measure!r} gives no {name!r} here; it gives {', '.join(found)}.")
    return found[name]


def against(name: str, observed: float, drawn: Floats) -> Against:
    """Compare one number with those of the runs."""
    mean, sd = float(drawn.mean()), float(drawn.std(ddof=1))
    still = sd <= 1e-12 * max(1.0, abs(mean))
    z = None if still else (observed - mean) / sd
    far = np.abs(drawn - mean) >= abs(observed - mean) - 1e-12 * max(1.0, abs(mean))
    low, high = (float(each) for each in np.quantile(drawn, [0.025, 0.975]))
    p = (1 + int(far.sum())) / (len(drawn) + 1)
    return Against(name, observed, mean, 0.0 if still else sd, z, p, low, high, len(drawn))


def checked(runs: int) -> int:
    """Return a number of runs that says something and ends."""
    if not LEAST_RUNS <= runs <= MOST_RUNS:
        raise ParameterError(
            f"Parameter 'runs' is {runs}; expected {LEAST_RUNS} to {MOST_RUNS}: with fewer than {LEAST_RUNS} "
            "no difference can be told from chance."
        )
    return runs


def _against(
    measure: str,
    network: Network,
    drawn: Iterator[Network],
    runs: int,
    seed: int,
    method: str,
    nodes: bool,
    notes: Iterable[Note],
    parameters: Mapping[str, Setting] | None,
) -> NullResult:
    found = run(measure, network, **(parameters or {}))
    results = list(measured(drawn, lambda each: run(measure, each, **(parameters or {}))))
    if len(results) < max(LEAST_RUNS, runs // 2):
        raise MeaninglessError(
            f"The measure {measure!r} has a value in only {len(results)} of {runs} networks left to chance, "
            f"too few to compare {network.name!r} with."
        )
    told = [quantities(each) for each in results]
    facts = _compared(quantities(found), told)
    every = _per_node(found, results) if nodes and not found.measure.groups else ()
    return NullResult(
        found,
        method,
        runs,
        seed,
        facts,
        every,
        (*found.notes, *notes, *_still(facts), *_undefined(runs, len(results))),
    )


def measured(drawn: Iterator[Network], ask: Callable[[Network], MeasureResult]) -> Iterator[MeasureResult]:
    """Yield the results; a network in which the measure means nothing gives none."""
    for each in drawn:
        try:
            found = ask(each)
        except MeaninglessError:
            continue
        yield found


def _compared(observed: Mapping[str, float], told: list[dict[str, float]]) -> tuple[Against, ...]:
    found = []
    for name, value in observed.items():
        drawn = np.array([each[name] for each in told if math.isfinite(each.get(name, math.nan))])
        if len(drawn) >= LEAST_RUNS:
            found.append(against(name, value, drawn))
    return tuple(found)


def _per_node(
    found: MeasureResult, results: list[MeasureResult]
) -> tuple[tuple[str, str, Against | None], ...]:
    table = matrix(results, [key for key, _, _ in found.values])
    rows = []
    for (key, label, value), column in zip(found.values, table.T, strict=True):
        drawn = column[np.isfinite(column)]
        defined = value is not None and len(drawn) >= LEAST_RUNS
        rows.append((key, label, against(key, float(value or 0), drawn) if defined else None))
    return tuple(rows)


def matrix(results: list[MeasureResult], ids: list[str]) -> Floats:
    """Return the values of the nodes, a row for each result, NaN inside where undefined."""
    table = np.full((len(results), len(ids)), np.nan)
    for at, each in enumerate(results):
        known: dict[str, Value] = each.by_id
        table[at] = [math.nan if (value := known.get(key)) is None else float(value) for key in ids]
    return table


def _each_permuted(network: Network, attribute: Attribute, runs: int, seed: int) -> Iterator[Network]:
    random = np.random.default_rng(seed)
    labels = [getattr(node, attribute) for node in network.nodes]
    having = [at for at, label in enumerate(labels) if label is not None]
    for _ in range(runs):
        dealt = list(labels)
        for at, other in zip(having, random.permutation(having).tolist(), strict=True):
            dealt[at] = labels[other]
        yield replace(network, nodes=tuple(_labelled(network, attribute, dealt)))


def _labelled(network: Network, attribute: Attribute, labels: list[str | None]) -> Iterator[Node]:
    for node, label in zip(network.nodes, labels, strict=True):
        yield replace(node, kind=label) if attribute == "kind" else replace(node, territory=label)


def _still(facts: Iterable[Against]) -> list[Note]:
    """Tell of the numbers that never vary: those that the null model holds, and those far from all runs."""
    still = [each for each in facts if each.z is None]
    held = [each.name for each in still if math.isclose(each.observed, each.mean, abs_tol=1e-9)]
    apart = [each.name for each in still if each.name not in held]
    notes = []
    if held:
        listed = ", ".join(held)
        notes.append(
            Note(
                f"Slumpen ger alltid det iakttagna talet för {listed}: det har inget z.",
                f"Chance always gives the observed number for {listed}: it has no z.",
            )
        )
    if apart:
        listed = ", ".join(apart)
        notes.append(
            Note(
                f"Slumpen ger alltid samma tal för {listed}, ett annat än det iakttagna: inget z, men se p.",
                f"Chance always gives the same number for {listed}, not the observed one: no z, but see p.",
            )
        )
    return notes


def _undefined(runs: int, defined: int) -> list[Note]:
    if defined == runs:
        return []
    return [
        Note(
            f"I {runs - defined} av {runs} slumpade nätverk är måttet odefinierat; de räknas inte med.",
            f"In {runs - defined} of {runs} networks of chance the measure is undefined; they are left out.",
        )
    ]


_SWAPPED = Note(
    "Nätverket har bara kanter och inga händelser: kanternas ändar byts, så projektens storlek styr inte.",
    "The network has edges only and no events: ends of edges are swapped, so project sizes are not held.",
)
