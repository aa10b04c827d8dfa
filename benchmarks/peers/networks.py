"""The same projections and measures by networkx and igraph, as one would write them with those libraries."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import partial

import igraph
import networkx as nx
import numpy as np

from benchmarks.networks_data import Data
from queries.measures.communities import RUNS

Task = tuple[str, Callable[[], object]]


def networkx_projection(data: Data) -> Iterator[Task]:
    """Project by two of the three weights: networkx has none for amounts."""
    many = len(data.region)
    both: nx.Graph[int] = nx.Graph()
    both.add_nodes_from(range(many))
    both.add_edges_from(zip(data.organisation.tolist(), (data.project + many).tolist(), strict=True))
    side = range(many)
    yield "count", partial(nx.bipartite.weighted_projected_graph, both, side)
    yield "newman", partial(nx.bipartite.collaboration_weighted_projected_graph, both, side)


def igraph_projection(data: Data) -> Iterator[Task]:
    """Project by one of the three weights: igraph counts shared projects and no more."""
    many = len(data.region)
    ends = np.column_stack([data.organisation, data.project + many])
    kinds = [False] * many + [True] * len(data.since)
    both = igraph.Graph.Bipartite(kinds, ends.tolist())
    yield "count", partial(both.bipartite_projection, which=False, multiplicity=True)


def networkx_report(data: Data) -> Iterator[Task]:
    """Compute the standard report; what networkx lacks is a loop over its edges."""
    graph = _projected(data)
    yield "degree", lambda: dict(graph.degree())
    yield "strength", lambda: dict(graph.degree(weight="weight"))
    yield "pagerank", partial(nx.pagerank, graph)
    yield "k_core", partial(nx.core_number, graph)
    yield "components", lambda: list(nx.connected_components(graph))
    yield "clustering", partial(nx.clustering, graph)
    yield "constraint", partial(nx.constraint, graph, weight="weight")
    yield "communities", partial(nx.community.louvain_communities, graph, seed=1)
    yield "communities again", partial(_communities, graph, range(2, RUNS + 1))
    yield "degree_assortativity", partial(nx.degree_assortativity_coefficient, graph)
    yield "attribute_assortativity", partial(nx.attribute_assortativity_coefficient, graph, "region")
    yield "backbone", partial(_backbone, graph)
    yield "flows", partial(_flows, graph)
    yield "betweenness", partial(nx.betweenness_centrality, graph, k=min(250, len(graph)), seed=1)


def _communities(graph: "nx.Graph[int]", seeds: range) -> list[object]:
    """Divide as often as our measure does, which reports the run that agrees most with the others."""
    return [nx.community.louvain_communities(graph, seed=seed) for seed in seeds]


def _projected(data: Data) -> "nx.Graph[int]":
    """Return the projected graph, made by scipy so that only the measures are compared."""
    met = data.incidence @ data.incidence.T
    met.setdiag(0)
    met.eliminate_zeros()
    graph: nx.Graph[int] = nx.from_scipy_sparse_array(met)
    nx.set_node_attributes(graph, dict(enumerate(data.region.tolist())), "region")
    return graph


def _backbone(graph: "nx.Graph[int]") -> list[tuple[int, int]]:
    """Keep the edges that a random split of a node's strength would seldom make so strong."""
    strength, degree = dict(graph.degree(weight="weight")), dict(graph.degree())
    kept = []
    for one, other, data in graph.edges(data=True):
        chances = [
            (1 - data["weight"] / strength[end]) ** (degree[end] - 1) if degree[end] > 1 else 1.0
            for end in (one, other)
        ]
        if min(chances) < 0.05:
            kept.append((one, other))
    return kept


def _flows(graph: "nx.Graph[int]") -> dict[tuple[int, int], float]:
    """Sum the weights between regions, with the association of each pair."""
    sums: Counter[tuple[int, int]] = Counter()
    region = nx.get_node_attributes(graph, "region")
    for one, other, data in graph.edges(data=True):
        low, high = sorted((region[one], region[other]))
        sums[low, high] += data["weight"]
    totals: defaultdict[int, float] = defaultdict(float)
    for (low, high), value in sums.items():
        totals[low] += value
        totals[high] += value
    return {pair: value / (totals[pair[0]] * totals[pair[1]]) for pair, value in sums.items()}


PEERS: dict[str, Callable[[Data], Iterator[Task]]] = {
    "networkx projection": networkx_projection,
    "networkx report": networkx_report,
    "igraph projection": igraph_projection,
}
