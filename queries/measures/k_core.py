"""How deep in the dense middle of the network each node sits."""

import networkx as nx

from queries.measure import Fact, Measure, MeasureResult, require, result
from queries.network import Network

MEASURE = Measure(
    name="k_core",
    title_sv="Kärntal",
    title_en="Core number",
    summary_sv="Det största k för vilket noden hör till en grupp där alla har minst k partner i gruppen.",
    summary_en="The largest k for which the node is in a group where all have at least k partners in it.",
)


def measure(network: Network) -> MeasureResult:
    """Find the core number of each node.

    Idea: take away all nodes with fewer than k partners, again and again; what stays is the k-core, a
    group that holds together. A node with many loose partners has a low core number.

    Formula: c_i = max of k such that i is in H_k, where H_k is the largest set of nodes of which each
    has at least k partners inside the set. Edges count 1, whatever their weight.

    Odd input: an isolate has 0; no nodes are refused. A single project of n actors is by itself an
    (n - 1)-core: large projects make high numbers. In a two-mode network actors and events peel together.

    Reference: Seidman (1983), Network structure and minimum degree, Social Networks 5, 269-287;
    Batagelj and Zaversnik (2003), An O(m) algorithm for cores decomposition of networks.

    >>> rows = [{"actor": a, "event": e} for a, e in ("ap", "bp", "cp", "cq", "dq", "er")]
    >>> found = measure(Network.from_rows("example", rows, "one-mode"))
    >>> [(key, value) for key, _, value in found.values]
    [('a', 2), ('b', 2), ('c', 2), ('d', 1), ('e', 0)]
    """
    require(MEASURE, network)
    cores = nx.core_number(network.to_networkx())
    deepest = max(cores.values())
    return result(
        MEASURE,
        network,
        [int(cores[key]) for key in network.ids],
        engine="networkx",
        facts=[
            Fact("deepest_core", "Innersta kärnans k", "k of the innermost core", deepest),
            Fact(
                "nodes_in_deepest_core",
                "Noder i innersta kärnan",
                "Nodes in the innermost core",
                sum(value == deepest for value in cores.values()),
            ),
        ],
    )
