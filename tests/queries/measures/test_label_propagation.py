"""Label propagation: where it ends, how good that is by networkx, and what does not settle."""

from collections import Counter

import networkx as nx
import pytest

from queries.errors import MeaninglessError, ParameterError
from queries.measure import run
from queries.measures import label_propagation
from queries.network import Network
from tests.queries import classics


@pytest.mark.parametrize(
    "network",
    [
        classics.karate(),
        classics.davis(),
        classics.miserables(),
        classics.scattered(),
        classics.davis_two_mode(),
    ],
    ids=lambda network: network.name,
)
def test_every_node_has_the_label_of_most_of_its_partners(network: Network) -> None:
    found = run("label_propagation", network)
    labels, graph = found.by_id, network.to_networkx()
    for node in graph:
        votes: Counter[object] = Counter()
        for partner, data in graph[node].items():
            votes[labels[partner]] += round(data["weight"] * 1_000_000)
        assert votes[labels[node]] == max(votes.values(), default=0)
    parts: dict[object, set[str]] = {}
    for node, label in labels.items():
        parts.setdefault(label, set()).add(node)
    facts = {fact.name: fact.value for fact in found.facts}
    assert facts["communities"] == len(parts)
    assert facts["modularity"] == pytest.approx(nx.community.modularity(graph, parts.values()))
    assert dict(zip(labels, found.columns[0].values, strict=True)) == {
        node: len(parts[label]) for node, label in labels.items()
    }
    sizes = [len(parts[label]) for label in sorted(parts, key=str) if isinstance(label, int)]
    assert max(sizes) == len(parts[1])


def test_two_cliques_with_a_bridge_are_two_communities() -> None:
    graph: nx.Graph[int] = nx.disjoint_union(nx.complete_graph(5), nx.complete_graph(4))
    graph.add_edge(4, 5)
    found = run("label_propagation", Network.from_networkx(graph, "barbell"))
    assert [value for _, _, value in found.values] == [1] * 5 + [2] * 4


def test_a_star_and_a_ladder_of_pairs_come_to_rest() -> None:
    for graph in (nx.star_graph(6), nx.complete_bipartite_graph(4, 5), nx.cycle_graph(8)):
        found = run("label_propagation", Network.from_networkx(graph, "swinging"))
        assert not any("settled" in note.en for note in found.notes)


def test_what_has_not_settled_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(label_propagation, "ROUNDS", 1)
    assert any("had not settled" in note.en for note in run("label_propagation", classics.karate()).notes)


def test_without_edges_or_by_another_library_it_is_refused() -> None:
    alone: nx.Graph[str] = nx.Graph()
    alone.add_nodes_from("ab")
    with pytest.raises(MeaninglessError, match="needs at least 2 nodes and 1 edge"):
        run("label_propagation", Network.from_networkx(alone, "alone"))
    with pytest.raises(ParameterError, match="'label_propagation' is not computed by igraph"):
        run("label_propagation", classics.karate(), engine="igraph")
