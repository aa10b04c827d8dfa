"""How often a wanderer from partner to partner comes by each node."""

import math

import networkx as nx
import numpy as np

from queries.engines import ENGINE, igraph_of, networkx_of, pick
from queries.errors import ParameterError
from queries.measure import Measure, Measured, MeasureResult, Note, Parameter, require, result
from queries.network import Floats, Network, Weight
from queries.triangles import node_sums
from queries.weighting import weighting

KNOWN = ("scipy", "igraph", "networkx")  # networkit normalises in another way
PRECISION = 1e-12  # of the sum, which is 1; the rounding of a million values is not far below

MEASURE = Measure(
    name="pagerank",
    title_sv="PageRank",
    title_en="PageRank",
    summary_sv="Hur ofta en vandring från partner till partner kommer förbi: den som har betydande partner.",
    summary_en="How often a walk from partner to partner comes by: who has partners that matter.",
    parameters=(
        weighting("count"),
        Parameter(
            name="damping",
            default=0.85,
            summary_sv="Sannolikheten att gå vidare till en partner hellre än till vem som helst; under 1.",
            summary_en="The probability of going on to a partner rather than to anybody; below 1.",
            at_least=0,
        ),
        ENGINE,
    ),
)


def measure(
    network: Network, weight: Weight = "count", damping: float = 0.85, engine: str = "auto"
) -> MeasureResult:
    """Compute the PageRank of each node.

    Idea: somebody walks from partner to partner, the likelier the stronger the tie, and now and then
    starts anew anywhere. The nodes where the walker is found most often have partners that matter. Without
    directions, as here, it lies close to the share of all ties that a node has.

    Formula: x_i = (1 - d) / N + d (sum over j of x_j w_ij / s_j + x_0 / N), where d is the damping, N the
    number of nodes, w_ij the weight of the edge between i and j, s_j the sum of j's weights, and x_0 the
    sum of x over the nodes without partners, from which the walk goes on anywhere. The values sum to 1.

    Parameters: weight, what w_ij is: the number of shared events (count), Newman's share of them (newman),
    the money (amount), or 1 (none); damping, d; engine, the library that computes.

    Odd input: an isolate has the lowest value, not 0. More isolates scale the others' values down, all by
    the same factor. No nodes are refused, and so is a damping of 1. In a two-mode network the walk goes
    from side to side: compare actors with actors only (a note says so).

    Reference: Brin and Page (1998), The anatomy of a large-scale hypertextual Web search engine, Computer
    Networks 30, 107-117; undirected: Grolmusz (2015), Information Processing Letters 115, 633-634.

    >>> rows = [{"actor": a, "event": e} for a, e in ("ap", "bp", "bq", "cq", "dr")]
    >>> found = measure(Network.from_rows("example", rows, "one-mode"))
    >>> [(key, round(value, 4)) for key, _, value in found.values]
    [('a', 0.2445), ('b', 0.4633), ('c', 0.2445), ('d', 0.0476)]
    """
    require(MEASURE, network)
    hold(damping)
    chosen = pick("pagerank", engine, KNOWN, len(network.nodes))
    return told(network, _RANKS[chosen](network, weight, damping), weight, damping, chosen)


def hold(damping: float) -> None:
    """Refuse a damping with which the walk never settles."""
    if not 0 <= damping < 1:
        raise ParameterError(
            f"Parameter 'damping' is {damping!r}; expected a number of at least 0 and below 1: at 1 the walk "
            "never starts anew, and what it settles at depends on where it began."
        )


def told(network: Measured, ranks: Floats, weight: Weight, damping: float, engine: str) -> MeasureResult:
    """Put the ranks that an engine found together with what they mean."""
    return result(
        MEASURE,
        network,
        ranks.tolist(),
        engine=engine,
        parameters={"weight": weight, "damping": damping},
        notes=[_TWO_MODE] if network.mode == "two-mode" else [],
    )


def _by_scipy(network: Network, weight: Weight, damping: float) -> Floats:
    """Let the walk go on until its places no longer change."""
    n = len(network.nodes)
    total = node_sums(network, network.weights(weight))
    stuck = total == 0
    share = damping / np.where(stuck, 1, total)
    there = network.upper(weight)  # half of the matrix: read there and back it is read from nearer memory
    back = there.T
    found: Floats = np.full(n, 1 / n)
    for _ in range(_steps(damping)):
        before = found
        passed = before * share
        found = np.asarray(there @ passed)
        found += np.asarray(back @ passed)
        found += (1 - found.sum()) / n  # what was not passed on: the new starts and the stuck
        if np.abs(found - before).sum() < PRECISION:
            break
    return np.asarray(found / found.sum())


def _steps(damping: float) -> int:
    """Return how many steps make the rest smaller than the precision: it shrinks by damping in each."""
    return 2 if damping == 0 else math.ceil(math.log(PRECISION) / math.log(damping)) + 10


def _by_igraph(network: Network, weight: Weight, damping: float) -> Floats:
    return np.array(igraph_of(network).pagerank(damping=damping, weights=network.weights(weight).tolist()))


def _by_networkx(network: Network, weight: Weight, damping: float) -> Floats:
    graph = networkx_of(network, network.weights(weight))
    found = nx.pagerank(graph, alpha=damping, weight="weight", tol=1e-13, max_iter=_steps(damping) * 2)
    return np.array([found[node] for node in graph])


_RANKS = {"scipy": _by_scipy, "igraph": _by_igraph, "networkx": _by_networkx}

_TWO_MODE = Note(
    "I ett nätverk med två slags noder går vandringen från sida till sida: jämför bara noder av samma slag.",
    "In a two-mode network the walk goes from side to side: compare only nodes of the same side.",
)
