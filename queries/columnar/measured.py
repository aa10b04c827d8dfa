"""Measure an exported network on an engine; the result is the one that our arrays give."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, Literal, cast

import numpy as np

from queries.columnar.export import Export
from queries.columnar.large import ROUNDS, LargeNetwork, placed
from queries.columnar.on_duckdb import OnDuckDB
from queries.columnar.on_spark import OnSpark
from queries.columnar.work import Runner, refuse_unsettled
from queries.errors import ParameterError
from queries.grouping import grouping
from queries.measure import Measure, MeasureResult, Setting, measures, require, settings
from queries.measures import (
    components,
    degree,
    dynamics,
    flows,
    k_core,
    label_propagation,
    pagerank,
    strength,
)

if TYPE_CHECKING:
    from queries.network import Weight

Engine = Literal["duckdb", "spark"]
ENGINES: Final[tuple[Engine, ...]] = ("duckdb", "spark")
PRECISION = 1e-10  # the walk of PageRank has settled when the values of all nodes change by less together


def runner(export: Export, engine: str, *, master: str, partitions: int, memory_mb: int) -> Runner:
    """Start an engine over an export."""
    if engine == "duckdb":
        return OnDuckDB(export, memory_mb)
    if engine == "spark":
        return OnSpark(export, master, partitions)
    raise ParameterError(f"{engine!r} is no engine of exports; expected one of {', '.join(ENGINES)}.")


def run(name: str, network: LargeNetwork, **given: Setting) -> MeasureResult:
    """Run a measure by name; settings may come as text."""
    measure = measures().get(name)
    if measure is None or name not in _MEASURES:
        raise ParameterError(
            f"The measure {name!r} is not computed by {network.engine}; it computes {', '.join(_MEASURES)}."
        )
    if engine := given.pop("engine", ""):
        raise ParameterError(f"The engine is {network.engine} already; leave out engine={engine}.")
    chosen = {each.name: each.default for each in measure.parameters if each.name != "engine"}
    chosen |= settings(measure, given)
    require(measure, network)
    return _MEASURES[name](network, measure, chosen)


def _degree(network: LargeNetwork, measure: Measure, given: Mapping[str, Setting]) -> MeasureResult:
    network.degrees("count")
    partners, _ = _sums(network)
    return degree.told(network, partners, network.engine)


def _strength(network: LargeNetwork, measure: Measure, given: Mapping[str, Setting]) -> MeasureResult:
    weight = cast("Weight", given["weight"])
    network.degrees(weight)
    partners, sums = _sums(network)
    return strength.told(network, sums, partners, weight, network.engine)


def _sums(network: LargeNetwork) -> tuple[list[int], list[float]]:
    rows = network.work.rows("node_degrees")
    return [int(row[1]) for row in rows], [float(row[2]) for row in rows]


def _components(network: LargeNetwork, measure: Measure, given: Mapping[str, Setting]) -> MeasureResult:
    return components.told(network, network.parts, network.engine)


def _pagerank(network: LargeNetwork, measure: Measure, given: Mapping[str, Setting]) -> MeasureResult:
    weight, damping = cast("Weight", given["weight"]), float(given["damping"])
    pagerank.hold(damping)
    network.degrees(weight)
    of: dict[str, int | float] = {"nodes": len(network.nodes), "damping": damping}
    if not network.work.settle("ranks", weight, damping, rounds=ROUNDS, of=lambda _: of, enough=PRECISION):
        raise refuse_unsettled("The walk of PageRank", ROUNDS)
    found = placed(network.work.rows("node_ranks"), len(network.nodes))
    return pagerank.told(network, found / found.sum(), weight, damping, network.engine)


def _k_core(network: LargeNetwork, measure: Measure, given: Mapping[str, Setting]) -> MeasureResult:
    network.degrees("none")
    if not network.work.settle("cores", rounds=ROUNDS):
        raise refuse_unsettled("The search for cores", ROUNDS)
    cores = placed(network.work.rows("node_cores"), len(network.nodes)).astype(np.intp)
    return k_core.told(network, cores, network.engine)


def _label_propagation(
    network: LargeNetwork, measure: Measure, given: Mapping[str, Setting]
) -> MeasureResult:
    require(measure, network, nodes=2, edges=1)
    weight, many = cast("Weight", given["weight"]), len(network.nodes)
    network.arcs(weight)

    def turn(round: int) -> dict[str, int]:
        unit, side = label_propagation.turn(round, many)
        return {"unit": unit, "side": side, "grain": label_propagation.GRAIN}

    settled = network.work.settle("labels", weight, rounds=label_propagation.ROUNDS, of=turn, still=2)
    quality = float(network.work.rows("modularity")[0][0])
    places = placed(network.work.rows("numbered"), many).astype(np.intp) + 1
    return label_propagation.told(network, places, quality, settled, weight, network.engine)


def _flows(network: LargeNetwork, measure: Measure, given: Mapping[str, Setting]) -> MeasureResult:
    require(measure, network, nodes=2, edges=1)
    by, counting = cast("Literal['territory', 'kind']", given["by"]), str(given["counting"])
    groups = grouping(measure, network, by)
    flows.hold(network, network.events)
    network.arcs("none")
    network.work.make("members", by, by=by)
    network.work.make("presence", by)
    place = {name: at for at, name in enumerate(groups.names)}
    full, shared = (np.zeros((len(place), len(place))) for _ in range(2))
    for name, other, events, share in network.work.rows("flows"):
        full[place[name], place[other]], shared[place[name], place[other]] = events, share
    counted = flows.Counted(
        placed(network.work.rows("outside"), len(network.nodes)).astype(np.intp),
        full,
        full if counting == "full" else shared,
        int(network.work.rows("across")[0][0]),
    )
    return flows.told(network, groups, counted, counting, network.engine)


def _dynamics(network: LargeNetwork, measure: Measure, given: Mapping[str, Setting]) -> MeasureResult:
    dynamics.hold(network)
    periods, counting = str(given["periods"]), str(given["counting"])
    first, last, undated = (int(value) for value in network.work.rows("starts")[0])
    dynamics.bounds(network, np.array([first, last], dtype=np.intp))
    spans = dynamics.spans_of(periods, first, last)
    network.work.make("period_events", periods, counting, periods=_numbered(spans), counting=counting)
    for name in ("period_ties", "period_nodes", "period_edges"):
        network.work.make(name, periods, counting)
    (beyond,) = network.work.rows("beyond", first=spans[0][0], last=spans[-1][1], counting=counting)[0]
    events, nodes, edges = (
        {int(row[0]): [int(value) for value in row[1:]] for row in network.work.rows(f"periods_{what}")}
        for what in ("events", "nodes", "edges")
    )
    found = []
    for at, span in enumerate(spans):
        (ran,), (there, both) = events.get(at, [0]), nodes.get(at, [0, 0])
        met, common, rewired, repeated = edges.get(at, [0, 0, 0, 0])
        found.append(dynamics.Period(span, ran, there, met, both, common, rewired, repeated))
    active = placed(network.work.rows("active"), len(network.nodes)).astype(np.intp)
    counted = dynamics.Counted(found, active, undated, int(beyond), last)
    return dynamics.told(network, counted, periods, counting, network.engine)


def _numbered(spans: list[tuple[int, int]]) -> list[tuple[int, int, int]]:
    return [(at, first, last) for at, (first, last) in enumerate(spans)]


_MEASURES: Final[Mapping[str, Callable[[LargeNetwork, Measure, dict[str, Any]], MeasureResult]]] = {
    "degree": _degree,
    "strength": _strength,
    "components": _components,
    "pagerank": _pagerank,
    "k_core": _k_core,
    "label_propagation": _label_propagation,
    "flows": _flows,
    "dynamics": _dynamics,
}
KNOWN: Final = tuple(_MEASURES)
