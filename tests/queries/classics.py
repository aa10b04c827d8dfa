"""Classic networks of the literature, and random ones, that measures are checked on."""

import networkx as nx

from queries.network import Network, Row

# Borgatti (1997), Structural holes: unpacking Burt's redundancy measures; the weights as in networkx's tests
_HOLES = {
    "AB": 2,
    "AF": 3,
    "AG": 5,
    "AE": 2,
    "EG": 8,
    "FG": 3,
    "BG": 4,
    "BD": 1,
    "DG": 3,
    "GC": 10,
}


def karate() -> Network:
    """Zachary's karate club: 34 members, 78 ties, weighted."""
    return Network.from_networkx(nx.karate_club_graph(), "karate", "weight")


def miserables() -> Network:
    """The 77 figures of Les Misérables by common chapter, weighted."""
    return Network.from_networkx(nx.les_miserables_graph(), "miserables", "weight")


def florentine() -> Network:
    """The marriages of Florentine families, by Padgett."""
    return Network.from_networkx(nx.florentine_families_graph(), "florentine")


def holes() -> Network:
    """The example of Borgatti for structural holes, weighted."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_weighted_edges_from((pair[0], pair[1], weight) for pair, weight in _HOLES.items())
    return Network.from_networkx(graph, "holes", "weight")


def davis_rows() -> list[Row]:
    """Who of Davis, Gardner and Gardner's 18 women came to which of 14 events."""
    graph = nx.davis_southern_women_graph()
    return [{"actor": woman, "event": event} for woman in graph.graph["top"] for event in graph[woman]]


def davis() -> Network:
    """The 18 women by common event."""
    return Network.from_rows("davis women", davis_rows(), "one-mode")


def davis_two_mode() -> Network:
    """The 18 women and the 14 events."""
    return Network.from_rows("davis", davis_rows(), "two-mode")


def scattered(seed: int = 7) -> Network:
    """120 actors in 110 random events: several components, isolates, weights above one."""
    graph = nx.bipartite.random_graph(120, 110, 0.012, seed=seed)
    rows: list[Row] = [{"actor": f"a{a:03}", "event": f"e{e}"} for a, e in graph.edges]
    rows += [{"actor": f"a{a:03}", "event": "large"} for a in range(20, 32)]
    rows += [{"actor": f"a{a:03}"} for a in range(124)]
    return Network.from_rows(f"scattered {seed}", rows, "one-mode")


def with_isolates(network: Network, many: int = 5) -> Network:
    """The same with nodes added that know nobody."""
    graph = network.to_networkx()
    graph.add_nodes_from(f"zz{at}" for at in range(many))
    return Network.from_networkx(graph, f"{network.name} with isolates", "weight")


def scaled(network: Network, factor: float) -> Network:
    """The same with all weights multiplied."""
    graph = network.to_networkx()
    for _, _, data in graph.edges(data=True):
        data["weight"] *= factor
    return Network.from_networkx(graph, f"{network.name} scaled", "weight")
