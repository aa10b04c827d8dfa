"""JSON of our own: nodes, links, events and how the measures were taken."""

import json
from collections.abc import Callable

from queries.attributes import Clean
from queries.format import Export


def test_nodes_and_links_hold_what_is_known(
    text: Callable[[str], str],
    told_nodes: dict[str, Clean],
    told_edges: dict[tuple[str, str], Clean],
) -> None:
    found = json.loads(text("json"))
    assert {node.pop("id"): node for node in found["nodes"]} == told_nodes
    links = {(link.pop("source"), link.pop("target")): link for link in found["links"]}
    for link in links.values():
        for name in {"events", "roles"} & set(link):
            assert isinstance(link[name], list)
            link[name] = "|".join(link[name])
    assert links == told_edges


def test_events_and_the_network_are_told(text: Callable[[str], str], export: Export) -> None:
    found = json.loads(text("json"))
    assert (found["name"], found["mode"]) == (export.network.name, export.network.mode)
    assert found["snapshot"] == "2026-11-28"
    assert found["events"][0] == {"id": "urn:p", "label": "P & <ett>", "from": "2015-04-01"}
    assert found["events"][2] == {"id": "urn:r", "label": "urn:r", "from": "2017-01-01", "to": "2018-12-31"}


def test_a_measure_says_how_it_was_taken(text: Callable[[str], str]) -> None:
    found = {each["name"]: each for each in json.loads(text("json"))["measures"]}
    assert found["strength"]["parameters"] == {"weight": "count"}
    assert found["strength"]["engine"].startswith("scipy 1.")
    assert found["degree"]["notes"][0]["en"].startswith("The network has fewer than 10 nodes")
