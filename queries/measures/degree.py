"""How many partners each node has."""

import numpy as np

from queries.measure import Column, Measure, Measured, MeasureResult, Value, require, result
from queries.network import Ints, Network

MEASURE = Measure(
    name="degree",
    title_sv="Antal partner",
    title_en="Number of partners",
    summary_sv="Hur många andra noder som var och en har någon kant till.",
    summary_en="How many other nodes each one has an edge to.",
)


def measure(network: Network) -> MeasureResult:
    """Count the partners of each node.

    Idea: who works with many different others. Meeting the same partner again adds nothing (that is
    `strength`). In a two-mode network an actor's partners are its events, and an event's its actors.

    Formula: d_i = sum over j of a_ij, and the share d_i / m_i, where a_ij is 1 if i and j have an edge
    and else 0; m_i is how many partners i could have: N - 1 of the N nodes, or in a two-mode network
    the number of nodes on the other side.

    Odd input: an isolate has 0; the share is undefined (None) where m_i is 0; no nodes are refused.

    Reference: Freeman (1979), Centrality in social networks, Social Networks 1, 215-239;
    two-mode shares: Borgatti and Halgin (2011), Analyzing affiliation networks.

    >>> rows = [{"actor": a, "event": e} for a, e in ("ap", "bp", "cp", "aq", "bq", "dr")]
    >>> found = measure(Network.from_rows("example", rows, "one-mode"))
    >>> [(key, value) for key, _, value in found.values]
    [('a', 2), ('b', 2), ('c', 2), ('d', 0)]
    """
    require(MEASURE, network)
    return told(network, partners(network).tolist(), "scipy")


def told(network: Measured, degrees: list[int], engine: str) -> MeasureResult:
    """Put the numbers of partners that an engine found together with their shares."""
    share: list[Value] = [d / m if m else None for d, m in zip(degrees, _possible(network), strict=True)]
    return result(
        MEASURE,
        network,
        degrees,
        engine=engine,
        columns=[Column("share", "Andel av möjliga", "Share of possible", tuple(share))],
    )


def partners(network: Network) -> Ints:
    """Return the number of partners of each node."""
    n = len(network.nodes)
    return np.bincount(network.sources, minlength=n) + np.bincount(network.targets, minlength=n)


def _possible(network: Measured) -> list[int]:
    if network.mode == "one-mode":
        return [len(network.nodes) - 1] * len(network.nodes)
    actors = sum(node.side == "actor" for node in network.nodes)
    return [len(network.nodes) - actors if node.side == "actor" else actors for node in network.nodes]
