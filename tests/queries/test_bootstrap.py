"""Intervals: they cover what is true about as often as they say, and are refused without events."""

import doctest

import networkx as nx
import numpy as np
import pytest

import queries.bootstrap
from queries.bootstrap import bootstrap, spearman, unfit
from queries.errors import MeaninglessError
from queries.network import Network, Row

SIZES = (1, 2, 3, 6)
ACTORS = 30


def network(seed: int, events: int = 60) -> Network:
    random = np.random.default_rng(seed)
    rows: list[Row] = [{"actor": f"a{a:02}"} for a in range(ACTORS)]
    for event in range(events):
        size = int(random.choice(SIZES))
        rows += [{"actor": f"a{a:02}", "event": f"e{event:02}"} for a in random.choice(ACTORS, size, False)]
    return Network.from_rows("x", rows, "one-mode")


def test_the_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(queries.bootstrap).failed == 0


def test_intervals_cover_the_truth_about_as_often_as_they_say() -> None:
    """The mean strength of 60 events is 60 E[k(k-1)] / 30 in the long run, k even over SIZES: 19.0."""
    true = 60 * np.mean([k * (k - 1) for k in SIZES]) / ACTORS
    assert true == 19.0
    found = [bootstrap("strength", network(seed), runs=40, seed=seed).facts[0] for seed in range(40)]
    covered = np.mean([each.low <= true <= each.high for each in found])
    assert {each.name for each in found} == {"mean"}
    assert 0.85 <= covered <= 1


def test_an_interval_holds_its_number_and_tells_of_bias() -> None:
    found = {each.name: each for each in bootstrap("degree", network(1), runs=40).facts}
    assert all(each.low <= each.value <= each.high for each in found.values())
    assert found["edges"].bias < 0
    assert found["edges"].low >= 0
    told = " ".join(note.en for note in bootstrap("degree", network(1), runs=40).notes)
    assert "Drawn events repeat, which moves" in told


def test_nodes_have_intervals_ranks_and_stability() -> None:
    given = network(2)
    found = bootstrap("strength", given, runs=40, nodes=True)
    assert [each.id for each in found.nodes] == list(given.ids)
    assert found.stability is not None
    assert 0.3 < found.stability < 1
    first = min(found.nodes, key=lambda each: each.rank or 99)
    assert first.rank is not None
    assert first.rank_low is not None
    assert first.rank_high is not None
    assert first.top is not None
    assert first.rank_low <= first.rank <= first.rank_high
    assert first.top > max(each.top or 0 for each in found.nodes if (each.rank or 99) > 15)


def test_the_same_seed_gives_the_same_numbers() -> None:
    one, same, other = (bootstrap("degree", network(3), runs=20, seed=seed).facts for seed in (1, 1, 2))
    assert one == same != other


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (network(1, events=9), "it has 9 events, and 10 are the least to draw from"),
        (Network.from_networkx(nx.karate_club_graph(), "x"), "it has edges only and no events"),
        (
            Network.from_rows("x", [{"actor": "a", "event": f"e{n}"} for n in range(12)], "two-mode"),
            "its events are nodes of their own",
        ),
    ],
    ids=["few", "edges", "two-mode"],
)
def test_what_cannot_be_drawn_is_refused(given: Network, reason: str) -> None:
    assert unfit(given) is not None
    with pytest.raises(MeaninglessError, match=f"No intervals for the network 'x': {reason}"):
        bootstrap("degree", given)


def test_a_measure_that_draws_leave_undefined_is_refused() -> None:
    lonely: list[Row] = [{"actor": f"a{n:02}", "event": f"e{n:02}"} for n in range(40)]
    given = Network.from_rows("x", [*lonely, {"actor": "a01", "event": "e00"}], "one-mode")
    found = bootstrap("constraint", given, runs=40)
    assert any("draws the measure is undefined" in note.en for note in found.notes)
    with pytest.raises(MeaninglessError, match=r"has a value in only \d+ of 20 draws"):
        bootstrap("constraint", given, runs=20)


def test_rank_correlation() -> None:
    assert spearman(np.array([1.0, 2, 3, 4]), np.array([10.0, 20, 30, 40])) == pytest.approx(1)
    assert spearman(np.array([1.0, 2, 3, np.nan]), np.array([3.0, 2, 1, 0])) == pytest.approx(-1)
    assert spearman(np.array([1.0, 1]), np.array([1.0, 2])) is None
