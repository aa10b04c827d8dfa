"""VOSviewer JSON against the structure that its documentation gives."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace

import networkx as nx
import pytest

from queries.format import Export, write
from queries.formats.vosviewer import CLUSTERS
from queries.measure import Measure, MeasureResult, run
from queries.network import Network

# https://app.vosviewer.com/docs/file-types/json-file-type/: every attribute that is allowed, and its type
Kind = type | tuple[type, ...]
ITEM: dict[str, Kind] = {
    "id": (str, int),
    "label": str,
    "description": str,
    "url": str,
    "x": float,
    "y": float,
    "cluster": int,
    "weights": dict,
    "scores": dict,
}
LINK: dict[str, Kind] = {"source_id": (str, int), "target_id": (str, int), "strength": float}
CLUSTER: dict[str, Kind] = {"cluster": int, "label": str}
INFO: dict[str, Kind] = {"title": str, "description": str}


def holds(found: dict[str, object], allowed: Mapping[str, Kind]) -> bool:
    return all(isinstance(value, allowed[key]) for key, value in found.items())


def test_it_has_the_documented_structure(text: Callable[[str], str]) -> None:
    found = json.loads(text("vosviewer"))
    assert set(found) == {"info", "network"}
    assert set(found["network"]) == {"items", "links", "clusters"}
    items, links = found["network"]["items"], found["network"]["links"]
    assert all(holds(item, ITEM) for item in items) and all(holds(link, LINK) for link in links)
    assert all(holds(each, CLUSTER) for each in found["network"]["clusters"]) and holds(found["info"], INFO)
    for item in items:
        assert 1 <= item["cluster"] <= 1000
        assert all(value >= 0 for value in item["weights"].values())
        assert all(isinstance(value, int | float) for value in item["scores"].values())
    assert len({frozenset(item["weights"]) for item in items}) == 1
    ids = {item["id"] for item in items}
    assert len(ids) == len(items)
    assert all({link["source_id"], link["target_id"]} <= ids and link["strength"] >= 0 for link in links)
    assert {item["cluster"] for item in items} == {each["cluster"] for each in found["network"]["clusters"]}


def test_labels_links_and_addresses_come_back(text: Callable[[str], str], network: Network) -> None:
    found = json.loads(text("vosviewer"))["network"]
    assert [item["label"] for item in found["items"]] == [node.label for node in network.nodes]
    first = next(item for item in found["items"] if "url" in item)
    assert first["url"] == "https://x.se/a?b=1&c=2"
    assert first["description"] == "cluster, company<br>Örebro &lt;län&gt;"
    strengths = [(link["source_id"], link["target_id"], link["strength"]) for link in found["links"]]
    ends = zip(network.sources.tolist(), network.targets.tolist(), network.counts.tolist(), strict=True)
    assert strengths == [(i + 1, j + 1, count) for i, j, count in ends]
    sums: list[float] = network.adjacency("count").sum(axis=1).tolist()
    assert [item["weights"]["Total link strength"] for item in found["items"]] == sums


@pytest.mark.parametrize("mode", ["one-mode"], indirect=True)
def test_a_measure_with_gaps_is_a_score_and_no_weight(text: Callable[[str], str]) -> None:
    items = json.loads(text("vosviewer"))["network"]["items"]
    assert all("constraint" not in item["weights"] for item in items)
    assert ["constraint" in item["scores"] for item in items] == [True, True, False, True, True]
    assert all("communities" not in item["weights"] | item["scores"] for item in items)


def test_clusters_are_numbered_by_size_and_at_most_a_thousand() -> None:
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(1_010))
    network = Network.from_networkx(graph, "x")
    degree = run("degree", network)
    groups = [at // 2 + 7 if at < 4 else at + 100 for at in range(1_010)]
    parted: MeasureResult = replace(
        degree,
        measure=Measure("parts", "delar", "parts", "", "", groups=True),
        values=tuple((key, key, group) for (key, _, _), group in zip(degree.values, groups, strict=True)),
        columns=(),
    )
    found = json.loads(write("vosviewer", Export(network, [parted])))
    clusters = [item.get("cluster") for item in found["network"]["items"]]
    assert clusters[:4] == [1, 1, 2, 2]
    assert max(filter(None, clusters)) == CLUSTERS == len(found["network"]["clusters"])
    assert clusters.count(None) == 8  # 1,008 groups
    assert "8 items have no cluster" in found["info"]["description"]


def test_without_groups_there_are_no_clusters(network: Network) -> None:
    found = json.loads(write("vosviewer", Export(network)))["network"]
    assert found["clusters"] == []
    assert all(set(item) <= {"id", "label", "description", "url", "weights"} for item in found["items"])
