"""Against chance: near 0 where there is only chance, high where something was planted, and refusals."""

import networkx as nx
import numpy as np
import pytest

from queries.errors import MeaninglessError, ParameterError, UnknownName
from queries.measure import run
from queries.network import Network, Row
from queries.nulls import against, permuted, quantities, z_scores


def rows_of(seed: int, apart: float = 0.0, actors: int = 24, events: int = 60) -> list[Row]:
    """Return events of four actors each; with `apart` that share of them inside one of three groups."""
    random = np.random.default_rng(seed)
    rows: list[Row] = []
    for event in range(events):
        group = int(random.integers(3))
        inside = random.random() < apart
        pool = np.arange(actors)[np.arange(actors) % 3 == group] if inside else np.arange(actors)
        rows += [
            {"actor": f"a{a:02}", "event": f"e{event:02}", "actorTerritory": f"t{a % 3}"}
            for a in random.choice(pool, size=4, replace=False)
        ]
    return rows


def network(seed: int, apart: float = 0.0) -> Network:
    return Network.from_rows("x", rows_of(seed, apart), "one-mode")


def test_a_network_of_chance_has_z_near_zero() -> None:
    found = [z_scores("constraint", network(seed), runs=40).fact("mean").z for seed in range(16)]
    values = [each for each in found if each is not None]
    assert len(values) == 16
    assert abs(np.mean(values)) < 0.8
    assert sum(abs(each) < 2 for each in values) >= 12


def test_planted_communities_have_a_high_z() -> None:
    parameters = {"runs": 2}
    found = z_scores("communities", network(1, apart=0.9), runs=20, parameters=parameters).fact("modularity")
    assert found.z is not None
    assert found.z > 5
    assert found.p == pytest.approx(1 / 21)
    assert found.observed > found.high > found.low


def test_degrees_of_swapped_edges_have_no_z_and_a_note_says_so() -> None:
    found = z_scores("degree", Network.from_networkx(nx.karate_club_graph(), "karate"), runs=20)
    assert {each.z for each in found.facts} == {None}
    assert found.fact("mean").observed == pytest.approx(156 / 34)
    assert found.fact("mean").mean == pytest.approx(156 / 34)
    told = " ".join(note.en for note in found.notes)
    assert "edges only and no events" in told
    assert "Chance always gives the observed number for mean, median, highest, edges" in told


def test_what_chance_never_gives_is_said() -> None:
    """Two closed halves come together by every rewiring: one component always, two observed."""
    halves: list[Row] = [
        {"actor": f"{half}{a}", "event": f"{half}{e}"}
        for half in "xy"
        for e in range(8)
        for a in range(8)
        if a != e
    ]
    found = z_scores("degree", Network.from_rows("halves", halves, "one-mode"), runs=30)
    apart = found.fact("components")
    assert (apart.observed, apart.mean, apart.z) == (2, 1, None)
    assert apart.p == pytest.approx(1 / 31)
    assert any("not the observed one: no z, but see p" in note.en for note in found.notes)


def test_nodes_are_compared_on_request() -> None:
    given = network(2)
    found = z_scores("betweenness", given, runs=25, nodes=True)
    assert [key for key, _, _ in found.nodes] == list(given.ids)
    assert all(each is not None and each.runs == 25 for _, _, each in found.nodes)
    assert z_scores("betweenness", given, runs=25).nodes == ()


def test_the_same_seed_gives_the_same_numbers() -> None:
    one, same, other = (z_scores("constraint", network(3), runs=20, seed=seed).facts for seed in (1, 1, 2))
    assert one == same != other


def test_z_and_p_by_hand() -> None:
    found = against("x", 4.0, np.array([1.0, 2.0, 3.0, 2.0]))
    assert found.mean == 2.0
    assert found.sd == pytest.approx(0.8165, abs=1e-4)
    assert found.z == pytest.approx(2 / 0.816496580927726)
    assert found.p == 1 / 5
    assert against("x", 1.0, np.array([1.0, 2.0, 3.0, 2.0])).p == 3 / 5


def test_the_numbers_of_a_result() -> None:
    given = Network.from_networkx(nx.karate_club_graph(), "karate")
    assert quantities(run("degree", given)) == {
        "mean": pytest.approx(156 / 34),
        "median": 3.0,
        "highest": 17.0,
        "edges": 78.0,
        "components": 1.0,
        **{fact.name: float(fact.value) for fact in run("degree", given).facts},
    }
    assert "mean" not in quantities(run("communities", given, runs=1))


@pytest.mark.parametrize("runs", [0, 19, 10_001])
def test_runs_that_say_nothing_or_never_end_are_refused(runs: int) -> None:
    with pytest.raises(ParameterError, match=rf"'runs' is {runs}; expected 20 to 10000"):
        z_scores("degree", network(1), runs=runs)


def test_unknown_names_are_refused() -> None:
    with pytest.raises(UnknownName):
        z_scores("degre", network(1))
    with pytest.raises(ParameterError, match="gives no 'means' here; it gives mean, median"):
        z_scores("degree", network(1), runs=20).fact("means")


def test_a_constant_label_is_not_permuted() -> None:
    given = Network.from_rows("x", [{**row, "actorTerritory": "t"} for row in rows_of(1)], "one-mode")
    with pytest.raises(MeaninglessError, match="one label only, 't': permuted it stays the same"):
        permuted("degree", given)
    with pytest.raises(MeaninglessError, match="kind of the nodes of 'x' has no labels"):
        permuted("degree", given, "kind")


def test_permuted_labels_keep_the_edges() -> None:
    found = permuted("degree", network(1), runs=20)
    assert {each.z for each in found.facts} == {None}
    assert "labels permuted" in found.method


def test_labels_dealt_by_chance_are_far_from_labels_that_split_the_network() -> None:
    """Two pairs, each within its group: of the three ways to deal two and two, one keeps E-I at -1."""
    pairs = zip("abcd", "XXYY", "ppqq", strict=True)
    rows: list[Row] = [{"actor": a, "actorTerritory": t, "event": e} for a, t, e in pairs]
    runs = 600
    found = permuted("ei_index", Network.from_rows("x", rows, "one-mode"), runs=runs).fact("ei_index")
    same = found.p * (runs + 1) - 1  # only the runs that keep the split are as far from the mean
    assert found.observed == -1
    assert found.mean == pytest.approx(1 - 2 * same / runs)
    assert same / runs == pytest.approx(1 / 3, abs=3 * np.sqrt(2 / 9 / runs))
    assert (found.low, found.high) == (-1, 1)


@pytest.mark.parametrize(
    ("measure", "number"), [("ei_index", "ei_index"), ("attribute_assortativity", "assortativity")]
)
def test_a_planted_attribute_is_found_by_permutation_and_a_random_one_is_not(
    measure: str, number: str
) -> None:
    planted = permuted(measure, network(1, apart=0.9), runs=100).fact(number)
    assert planted.z is not None
    assert abs(planted.z) > 5
    assert planted.p == pytest.approx(1 / 101)
    by_chance = [permuted(measure, network(seed), runs=50).fact(number).p for seed in range(12)]
    assert sum(p < 0.05 for p in by_chance) <= 1
