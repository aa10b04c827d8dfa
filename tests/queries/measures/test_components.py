"""Components: the seeds, isolates, two modes."""

from queries.measures.components import measure
from queries.network import Network


def test_the_seeds_fall_in_nine_and_eight(seeds: Network) -> None:
    found = measure(seeds)
    assert (found.by_id["campus-ljungby"], found.by_id["region-ostergotland"]) == (1, 2)
    facts = {fact.name: fact.value for fact in found.facts}
    assert facts == {"components": 2, "largest": 9, "share_of_largest": 9 / 17, "isolates": 0}
    assert dict(zip(found.by_id, found.columns[0].values, strict=True))["region-ostergotland"] == 8


def test_isolates_are_parts_and_counted() -> None:
    rows = [{"actor": "c", "event": "p"}, {"actor": "d", "event": "p"}, {"actor": "a"}, {"actor": "b"}]
    found = measure(Network.from_rows("x", rows, "one-mode"))
    assert found.by_id == {"a": 2, "b": 3, "c": 1, "d": 1}
    assert {fact.name: fact.value for fact in found.facts}["isolates"] == 2


def test_events_are_nodes_of_parts_in_two_modes(davis: Network) -> None:
    assert measure(davis).columns[0].values == (32,) * 32
