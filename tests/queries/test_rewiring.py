"""Rewiring keeps exactly how many each has, changes who, and is the same for the same seed."""

import doctest

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import queries.rewiring
from queries.errors import MeaninglessError
from queries.network import Mode, Network
from queries.rewiring import each_rewired, traded

PAIRS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 9)), min_size=8, max_size=60)
CLASSICS = [nx.karate_club_graph(), nx.les_miserables_graph()]


def network(pairs: list[tuple[int, int]], mode: Mode = "one-mode") -> Network:
    return Network.from_rows("x", [{"actor": f"a{a:02}", "event": f"e{e:02}"} for a, e in pairs], mode)


def drawn(actors: int, events: int, seed: int, mode: Mode = "one-mode") -> Network:
    random = np.random.default_rng(seed)
    sizes = np.clip(random.lognormal(1.2, 0.7, events).astype(int), 1, actors)
    return network(
        [(int(a), e) for e, k in enumerate(sizes) for a in random.choice(actors, size=int(k), replace=False)],
        mode,
    )


def test_the_examples_in_the_docstrings_hold() -> None:
    found = doctest.testmod(queries.rewiring)
    assert found.attempted > 0
    assert found.failed == 0


@given(PAIRS, st.integers(0, 1000))
@settings(max_examples=60)
def test_trades_keep_the_sums_of_actors_and_events(pairs: list[tuple[int, int]], seed: int) -> None:
    before = network(pairs).incidence
    after = traded(before, 7, np.random.default_rng(seed))
    assert set(after.data.tolist()) <= {1.0}
    assert after.nnz == before.nnz
    assert after.sum(axis=0).tolist() == before.sum(axis=0).tolist()
    assert after.sum(axis=1).tolist() == before.sum(axis=1).tolist()


def test_trades_reach_every_incidence_alike() -> None:
    """Sums (2, 1, 1) by (2, 1, 1) allow five incidences of zeros and ones; each comes about as often."""
    before = network([(0, 0), (0, 1), (1, 0), (2, 2)]).incidence
    random = np.random.default_rng(1)
    seen: dict[tuple[float, ...], int] = {}
    for _ in range(2000):
        found = traded(before, 12, random)
        key = tuple(found.toarray().ravel().tolist())
        seen[key] = seen.get(key, 0) + 1
    assert len(seen) == 5
    assert all(330 < times < 470 for times in seen.values())


def test_a_large_network_is_mixed_and_keeps_its_sums() -> None:
    before = drawn(500, 1000, seed=3)
    after = next(each_rewired(before, 1, 0))
    assert after.incidence.sum(axis=0).tolist() == before.incidence.sum(axis=0).tolist()
    assert after.incidence.sum(axis=1).tolist() == before.incidence.sum(axis=1).tolist()
    assert after.incidence.multiply(before.incidence).sum() < 0.1 * before.incidence.nnz
    assert (after.nodes, after.events) == (before.nodes, before.events)


def test_a_two_mode_network_keeps_its_degrees() -> None:
    before = drawn(20, 30, seed=4, mode="two-mode")
    after = next(each_rewired(before, 1, 0))
    assert after.ids == before.ids
    assert after.adjacency().sum(axis=1).tolist() == before.adjacency().sum(axis=1).tolist()
    assert (
        after.sources.tolist() != before.sources.tolist() or after.targets.tolist() != before.targets.tolist()
    )


@pytest.mark.parametrize("graph", CLASSICS, ids=["karate", "miserables"])
def test_a_network_of_edges_keeps_its_degrees_by_swaps(graph: "nx.Graph[int]") -> None:
    before = Network.from_networkx(graph, "x")
    for after in each_rewired(before, 3, 0):
        assert after.adjacency().sum(axis=1).tolist() == before.adjacency().sum(axis=1).tolist()
        assert (after.sources < after.targets).all()
        assert len(set(zip(after.sources.tolist(), after.targets.tolist(), strict=True))) == len(
            before.sources
        )
        assert sorted(after.counts.tolist()) == sorted(before.counts.tolist())


def test_the_same_seed_gives_the_same_networks() -> None:
    before = drawn(20, 30, seed=5)
    one, same, other = (list(each_rewired(before, 3, seed)) for seed in (1, 1, 2))
    assert [each.sources.tolist() for each in one] == [each.sources.tolist() for each in same]
    assert [each.sources.tolist() for each in one] != [each.sources.tolist() for each in other]


def test_what_has_no_other_form_is_refused() -> None:
    with pytest.raises(MeaninglessError, match="be rewired: no other one has as many events of each actor"):
        next(each_rewired(network([(0, 0), (1, 0), (2, 0)]), 1, 0))
    star = Network.from_networkx(nx.star_graph(4), "star")
    with pytest.raises(MeaninglessError, match="as many partners of each node"):
        next(each_rewired(star, 1, 0))
