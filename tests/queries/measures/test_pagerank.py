"""PageRank: known values, and what is refused."""

import pytest

from queries.errors import ParameterError
from queries.measures.pagerank import measure
from queries.network import Network


def test_karate(karate: Network) -> None:
    # As networkx and igraph give them
    found = measure(karate, weight="none")
    assert [row[0] for row in found.rows[:3]] == ["33", "0", "32"]
    assert [row[2] for row in found.rows[:3]] == pytest.approx([0.1009, 0.0970, 0.0717], abs=5e-5)


def test_without_damping_all_are_alike(karate: Network) -> None:
    assert list(measure(karate, damping=0).by_id.values()) == pytest.approx([1 / 34] * 34)


def test_near_one_it_is_the_share_of_all_ties(karate: Network) -> None:
    found = measure(karate, damping=0.9999).by_id
    assert found["33"] == pytest.approx(48 / (2 * 231), abs=1e-3)


@pytest.mark.parametrize("damping", [1.0, 1.5])
def test_a_walk_that_never_starts_anew_is_refused(karate: Network, damping: float) -> None:
    with pytest.raises(ParameterError, match=r"'damping' is .* at least 0 and below 1"):
        measure(karate, damping=damping)


def test_two_modes_carry_a_warning(davis: Network) -> None:
    assert any("compare only nodes of the same side" in note.en for note in measure(davis).notes)
