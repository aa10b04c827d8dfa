"""Strength: by hand, against networkx, and what cannot be asked."""

import networkx as nx
import pytest

from queries.errors import MeaninglessError, ParameterError
from queries.measure import run
from queries.measures.strength import measure
from queries.network import Network, Row


def test_common_projects_in_the_seeds(seeds: Network) -> None:
    found = measure(seeds).by_id
    assert found["region-ostergotland"] == 3 + 4 * 2
    assert found["region-uppsala"] == 4 * 2
    assert found["campus-ljungby"] == 8


def test_by_newman_it_is_the_number_of_projects(seeds: Network) -> None:
    found = measure(seeds, weight="newman").by_id
    assert found["region-ostergotland"] == pytest.approx(3)
    assert found["region-uppsala"] == pytest.approx(2)
    assert found["campus-ljungby"] == pytest.approx(1)


def test_karate_as_networkx(karate: Network) -> None:
    expected = dict(nx.karate_club_graph().degree(weight="weight"))
    assert measure(karate).by_id == {str(node): value for node, value in expected.items()}
    assert sum(value or 0 for value in measure(karate).by_id.values()) == 2 * 231


def test_two_mode_strength_is_degree_and_says_so(seed_rows: list[Row]) -> None:
    found = measure(Network.from_rows("seeds", seed_rows, "two-mode"))
    assert [value for _, _, value in found.values] == list(found.columns[0].values)
    assert any("equals the number of partners" in note.en for note in found.notes)


def test_newman_is_refused_in_two_modes(seed_rows: list[Row]) -> None:
    with pytest.raises(MeaninglessError, match="use weight=count"):
        measure(Network.from_rows("seeds", seed_rows, "two-mode"), weight="newman")


def test_without_weight_it_is_another_measure(seeds: Network) -> None:
    with pytest.raises(MeaninglessError, match="'degree'"):
        measure(seeds, weight="none")
    with pytest.raises(ParameterError, match="one of count, newman"):
        run("strength", seeds, weight="none")
