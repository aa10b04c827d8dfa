"""Engines: every one against every other, which one is taken, and what each is refused."""

import importlib
from itertools import product

import pytest

import queries.engines as engines
from queries.engines import igraph_of, pick
from queries.errors import MeaninglessError, ParameterError
from queries.measure import MeasureResult, run
from queries.network import Network
from tests.queries import classics

NETWORKS = {
    "karate": classics.karate(),
    "davis": classics.davis(),
    "miserables": classics.miserables(),
    "holes": classics.holes(),
    "scattered": classics.scattered(),
    "scattered too": classics.scattered(11),
}
KNOWN: dict[str, tuple[str, ...]] = {
    name: importlib.import_module(f"queries.measures.{name}").KNOWN
    for name in (
        *("pagerank", "eigenvector", "closeness", "harmonic", "k_core", "clustering"),
        *("constraint", "effective_size"),
    )
}
KNOWN["betweenness"] = ("igraph", "networkit", "scipy", "networkx")
KNOWN["transitivity"] = KNOWN["clustering"]
WEIGHTED = ("pagerank", "eigenvector", "constraint", "effective_size")
CASES = [
    (name, weight, on)
    for name, on in product(sorted(KNOWN), NETWORKS)
    for weight in (("count", "none") if name in WEIGHTED else ("",))
]


def measured(name: str, engine: str, weight: str, network: Network) -> MeasureResult:
    settings = {"weight": weight} if weight else {}
    return run(name, network, engine=engine, **settings)


def alike(one: MeasureResult, other: MeasureResult, within: float) -> None:
    assert one.by_id.keys() == other.by_id.keys()
    for key, value in one.by_id.items():
        expected = other.by_id[key]
        assert (value is None) == (expected is None), key
        assert value is None or value == pytest.approx(expected, abs=within), key
    facts = {fact.name: fact.value for fact in other.facts}
    assert {fact.name: fact.value for fact in one.facts} == pytest.approx(facts, abs=within)


@pytest.mark.parametrize(("name", "weight", "on"), CASES)
def test_every_engine_gives_the_same(name: str, weight: str, on: str) -> None:
    found = [measured(name, engine, weight, NETWORKS[on]) for engine in KNOWN[name]]
    assert tuple(each.engine for each in found) == KNOWN[name]
    assert len({each.engine_version for each in found}) == len(found)
    for each in found[1:]:
        alike(found[0], each, 1e-7 if name == "pagerank" else 1e-9)


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_the_best_engine_is_taken_by_itself(name: str) -> None:
    assert run(name, NETWORKS["karate"]).engine == KNOWN[name][0]


@pytest.mark.parametrize("name", ["closeness", "harmonic", "betweenness", "k_core", "pagerank"])
def test_two_modes_are_the_same_by_every_engine(name: str) -> None:
    network = classics.davis_two_mode()
    found = [run(name, network, engine=engine) for engine in KNOWN[name]]
    for each in found[1:]:
        alike(found[0], each, 1e-7 if name == "pagerank" else 1e-9)


def test_without_the_best_the_next_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "installed", lambda engine: engine in {"scipy", "networkx"})
    assert pick("betweenness", "auto", ("igraph", "networkit", "scipy"), 10) == "scipy"
    with pytest.raises(
        ParameterError, match="igraph is not installed or too old; get it with `pip install --upgrade igraph`"
    ):
        pick("betweenness", "igraph", ("igraph", "scipy"), 10)


def test_an_engine_that_cannot_is_refused() -> None:
    with pytest.raises(ParameterError, match="'pagerank' is not computed by networkit"):
        run("pagerank", NETWORKS["karate"], engine="networkit")


def test_networkx_is_refused_large_networks() -> None:
    with pytest.raises(MeaninglessError, match="networkx would take too long"):
        pick("closeness", "networkx", ("networkx",), 5_001)


def test_a_graph_is_made_once_a_network_and_has_no_weights() -> None:
    network = classics.karate()
    assert igraph_of(network) is igraph_of(network)
    assert igraph_of(network) is not igraph_of(classics.karate())
    assert igraph_of(network).es.attributes() == []


def test_an_engine_that_is_too_old_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    engines.installed.cache_clear()
    monkeypatch.setattr(engines, "version", lambda _: "0.11.8")
    assert not engines.installed("igraph") and engines.installed("networkit")
    engines.installed.cache_clear()
