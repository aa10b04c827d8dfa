"""Which parts of the network hang together."""

import numpy as np

from queries.measure import Column, Fact, Measure, Measured, MeasureResult, require, result
from queries.network import Ints, Network
from queries.paths import parts

MEASURE = Measure(
    name="components",
    title_sv="Sammanhängande delar",
    title_en="Components",
    summary_sv="Numret på den del som noden hör till; del 1 är den största. Mellan delarna går inga vägar.",
    summary_en="The number of the part that the node is in; part 1 is the largest. No path joins two parts.",
    order="lowest first",
    groups=True,
)


def measure(network: Network) -> MeasureResult:
    """Number the connected parts of the network, the largest first.

    Idea: two nodes are in the same part if one can be reached from the other, from partner to partner.
    What is said of ways through the network holds within a part only.

    Formula: i and j are in the same part if A^k has a number above 0 at (i, j) for some k >= 0, where A
    is the matrix of the edges and k the length of a path. The share of the largest part is its nodes by
    all N nodes.

    Odd input: an isolate is a part of its own, and counted among the facts; no nodes are refused. Parts
    of equal size are numbered by their first node. In a two-mode network events are nodes of the parts.

    Reference: Wasserman and Faust (1994), Social Network Analysis, Cambridge University Press, chapter 4.

    >>> rows = [{"actor": a, "event": e} for a, e in ("ap", "bq", "cq", "dq", "er", "fr")]
    >>> found = measure(Network.from_rows("example", rows, "one-mode"))
    >>> [(key, value) for key, _, value in found.values], found.facts[1].value
    ([('a', 3), ('b', 1), ('c', 1), ('d', 1), ('e', 2), ('f', 2)], 3)
    """
    require(MEASURE, network)
    return told(network, parts(network), "scipy")


def told(network: Measured, part: Ints, engine: str) -> MeasureResult:
    """Put the parts that an engine found, 0 being the largest, together with their sizes."""
    sizes = np.bincount(part)
    return result(
        MEASURE,
        network,
        (part + 1).tolist(),
        engine=engine,
        columns=[Column("size", "Noder i delen", "Nodes in the part", tuple(sizes[part].tolist()))],
        facts=[
            Fact("components", "Antal delar", "Components", len(sizes)),
            Fact("largest", "Noder i den största", "Nodes in the largest", int(sizes[0])),
            Fact(
                "share_of_largest", "Den störstas andel", "Share of the largest", float(sizes[0] / len(part))
            ),
            Fact("isolates", "Ensamma noder", "Isolates", int(np.count_nonzero(sizes == 1))),
        ],
    )
