"""Divide nodes by modularity, with igraph or networkx; one run has one seed and one order of the nodes."""

import random
from importlib import import_module
from typing import Literal

import networkx as nx
import numpy as np

from queries.collation import swedish
from queries.engines import igraph_of
from queries.network import Floats, Ints, Network

Method = Literal["louvain", "leiden"]


class Divider:
    """Divides one network again and again; labels are canonical: see `labels`."""

    def __init__(
        self, network: Network, values: Floats, engine: str, method: Method, resolution: float
    ) -> None:
        self._network, self._values = network, values.tolist()
        self._engine, self._method, self._resolution = engine, method, resolution
        names = sorted(
            range(len(network.nodes)), key=lambda at: (swedish(network.nodes[at].label), network.ids[at])
        )
        self._alphabet = np.empty(len(names), dtype=np.intp)
        self._alphabet[names] = np.arange(len(names))

    def labels(self, seed: int) -> Ints:
        """Run once: the largest community is 1; of equal ones that with the first label in the alphabet."""
        order = np.random.default_rng(seed).permutation(len(self._network.nodes))
        found = self._igraph(order, seed) if self._engine == "igraph" else self._networkx(order, seed)
        return self._canonical(found)

    def _igraph(self, order: Ints, seed: int) -> Ints:
        place = np.empty(len(order), dtype=np.intp)
        place[order] = np.arange(len(order))
        graph = igraph_of(self._network).permute_vertices(
            order.tolist()
        )  # a node at `place`, from igraph 1.0
        library = import_module("igraph")
        library.set_random_number_generator(random.Random(seed))  # noqa: S311  # to be repeated, not secret
        try:
            if self._method == "louvain":
                made = graph.community_multilevel(weights=self._values, resolution=self._resolution)
            else:
                made = graph.community_leiden(
                    objective_function="modularity",
                    weights=self._values,
                    resolution=self._resolution,
                    n_iterations=-1,
                )
        finally:
            library.set_random_number_generator(random)
        return np.asarray(made.membership, dtype=np.intp)[place]

    def _networkx(self, order: Ints, seed: int) -> Ints:
        graph: nx.Graph[int] = nx.Graph()  # whole numbers as nodes: sets of text change between processes
        graph.add_nodes_from(order.tolist())
        ends = self._network.sources.tolist(), self._network.targets.tolist(), self._values
        graph.add_weighted_edges_from(zip(*ends, strict=True))
        groups = nx.community.louvain_communities(
            graph, weight="weight", resolution=self._resolution, seed=seed
        )
        labels = np.zeros(len(order), dtype=np.intp)
        for label, group in enumerate(groups):
            labels[list(group)] = label
        return labels

    def _canonical(self, labels: Ints) -> Ints:
        many = int(labels.max()) + 1
        sizes = np.bincount(labels, minlength=many)
        first = np.full(many, len(labels))
        np.minimum.at(first, labels, self._alphabet)
        new = np.empty(many, dtype=np.intp)
        new[np.lexsort((first, -sizes))] = np.arange(1, many + 1)
        return new[labels]


def modularity(network: Network, values: Floats, labels: Ints, resolution: float) -> float:
    """Return how much more weight lies within communities than chance would put there."""
    total = values.sum()
    inside = values[labels[network.sources] == labels[network.targets]].sum()
    ends = np.concatenate([labels[network.sources], labels[network.targets]])
    sums = np.bincount(ends, weights=np.concatenate([values, values]))
    return float(inside / total - resolution * ((sums / (2 * total)) ** 2).sum())
