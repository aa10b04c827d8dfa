"""Core numbers: by hand and against igraph."""

from queries.measures.k_core import measure
from queries.network import Network


def test_the_seeds_peel_to_the_platform_of_nine(seeds: Network) -> None:
    found = measure(seeds)
    assert found.by_id["campus-ljungby"] == 8
    assert found.by_id["region-ostergotland"] == 4
    assert found.by_id["sankt-kors"] == 3
    assert {fact.name: fact.value for fact in found.facts} == {"deepest_core": 8, "nodes_in_deepest_core": 9}


def test_karate_has_a_core_of_four(karate: Network) -> None:
    assert max(value or 0 for value in measure(karate).by_id.values()) == 4


def test_as_igraph(karate: Network, dense: Network) -> None:
    for network in (karate, dense):
        assert [value for _, _, value in measure(network).values] == network.to_igraph().coreness()


def test_isolates_are_in_no_core() -> None:
    found = measure(Network.from_rows("x", [{"actor": "a"}, {"actor": "b"}], "one-mode"))
    assert list(found.by_id.values()) == [0, 0]
