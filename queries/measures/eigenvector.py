"""Who has partners that have partners: eigenvector centrality of the largest part."""

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.linalg import ArpackNoConvergence, eigsh

from queries.engines import ENGINE, igraph_from, pick
from queries.errors import MeaninglessError
from queries.measure import Fact, Measure, MeasureResult, Note, require, result
from queries.network import Floats, Ints, Network, Sparse, Weight
from queries.paths import parts
from queries.weighting import weighting

KNOWN = ("scipy", "igraph", "networkx")
DENSE_UP_TO = 50  # nodes
SMALLEST_GAP = 1e-9  # between the two largest eigenvalues, as a share of the largest

MEASURE = Measure(
    name="eigenvector",
    title_sv="Egenvektorcentralitet",
    title_en="Eigenvector centrality",
    summary_sv="Summan av partnernas egna värden: central är den som har centrala partner (i största delen).",
    summary_en="The sum of the partners' own values: who has central partners (in the largest part).",
    parameters=(weighting("count"), ENGINE),
)


def measure(network: Network, weight: Weight = "count", engine: str = "auto") -> MeasureResult:
    """Compute the eigenvector centrality of the nodes of the largest component.

    Idea: a partner counts for as much as its own partners count. It points at the densest part of the
    network, often one large project; PageRank is less drawn to it.

    Formula: x_i = (1 / l) sum over j of w_ij x_j, where w_ij is the weight of the edge between i and j and
    l the largest eigenvalue of the matrix of all w_ij within the component. All x_i are positive, their
    squares sum to 1. The facts give l and the gap (l - l2) / l to the next eigenvalue l2.

    Parameters: weight, what w_ij is: the number of shared events (count), Newman's share of them (newman),
    the money (amount), or 1 (none); engine, the library that computes.

    Odd input: nodes outside the largest component have no value (None, counted in a note): values of
    different components cannot be compared. Refused are networks without edges, two largest components of
    equal size, and a gap below 1e-9, where the vector is not determined. In a two-mode network the values
    of actors and events come from each other: compare actors with actors only (a note says so).

    Reference: Bonacich (1972), Factoring and weighting approaches to status scores and clique
    identification, J. Math. Sociology 2, 113-120; two-mode: Faust (1997), Social Networks 19, 157-191.

    >>> rows = [{"actor": a, "event": e} for a, e in ("ap", "bp", "bq", "cq", "dr")]
    >>> found = measure(Network.from_rows("example", rows, "one-mode"))
    >>> [(key, value and round(value, 4)) for key, _, value in found.values]
    [('a', 0.5), ('b', 0.7071), ('c', 0.5), ('d', None)]
    """
    require(MEASURE, network, nodes=2, edges=1)
    chosen = pick("eigenvector", engine, KNOWN, len(network.nodes))
    inside = _largest(network)
    place = np.cumsum(inside) - 1
    kept = inside[network.sources]
    ends = place[network.sources[kept]], place[network.targets[kept]]
    weights, n = network.weights(weight)[kept], int(inside.sum())
    both = np.concatenate(ends), np.concatenate(ends[::-1])
    ties: Sparse = csr_array((np.concatenate([weights, weights]), both), shape=(n, n))
    largest, gap, vector = _eigen(network, ties)
    if chosen == "igraph":
        vector = np.array(igraph_from(n, *ends).eigenvector_centrality(weights=weights.tolist()))
    elif chosen == "networkx":
        vector = _by_networkx(n, ends, weights)
    values = np.zeros(len(inside))
    values[inside] = np.abs(vector) / np.linalg.norm(vector)
    return result(
        MEASURE,
        network,
        [value if known else None for value, known in zip(values.tolist(), inside.tolist(), strict=True)],
        engine=chosen,
        parameters={"weight": weight},
        facts=[
            Fact("eigenvalue", "Största egenvärdet", "Largest eigenvalue", largest),
            Fact("gap", "Avstånd till nästa egenvärde", "Gap to the next eigenvalue", gap),
        ],
        notes=_notes(network, len(inside) - n),
    )


def _largest(network: Network) -> NDArray[np.bool_]:
    sizes = [len(part) for part in network.components]
    if sizes.count(sizes[0]) > 1:
        raise MeaninglessError(
            f"Eigenvector centrality compares within the largest component; the network {network.name!r} has "
            f"{sizes.count(sizes[0])} largest ones of {sizes[0]} nodes each. Filter it down to one of them."
        )
    return np.asarray(parts(network) == 0)


def _eigen(network: Network, ties: Sparse) -> tuple[float, float, Floats]:
    """Return the largest eigenvalue, the gap to the next and the vector, or refuse if it is undetermined."""
    n = ties.shape[0]
    try:
        if n <= DENSE_UP_TO:
            values, vectors = np.linalg.eigh(ties.toarray())
        else:
            values, vectors = eigsh(ties, k=2, which="LA", v0=np.ones(n))
    except ArpackNoConvergence as error:
        raise _undetermined(network) from error
    order = np.argsort(values)
    largest, second = float(values[order[-1]]), float(values[order[-2]])
    if not largest - second > SMALLEST_GAP * largest:
        raise _undetermined(network)
    return largest, (largest - second) / largest, vectors[:, order[-1]]


def _by_networkx(nodes: int, ends: tuple[Ints, Ints], weights: Floats) -> Floats:
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(nodes))
    graph.add_weighted_edges_from(zip(*(part.tolist() for part in (*ends, weights)), strict=True))
    found = nx.eigenvector_centrality(graph, max_iter=100_000, tol=1e-14, weight="weight")
    return np.array([found[node] for node in graph])


def _undetermined(network: Network) -> MeaninglessError:
    return MeaninglessError(
        f"Eigenvector centrality of the network {network.name!r} is not determined: the two largest "
        "eigenvalues of its largest component are equal or nearly so. Ask for pagerank instead."
    )


def _notes(network: Network, outside: int) -> list[Note]:
    notes = [_TWO_MODE] if network.mode == "two-mode" else []
    if outside:
        notes.append(
            Note(
                f"{outside} {'nod' if outside == 1 else 'noder'} utanför den största delen har inget värde.",
                f"{outside} {'node' if outside == 1 else 'nodes'} outside the largest part "
                f"{'has' if outside == 1 else 'have'} no value.",
            )
        )
    return notes


_TWO_MODE = Note(
    "I ett nätverk med två slags noder ger sidorna varandra värde: jämför bara noder av samma slag.",
    "In a two-mode network the two sides give each other value: compare only nodes of the same side.",
)
