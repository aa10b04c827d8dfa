"""Networks that several measures are tried on."""

import networkx as nx
import pytest

from queries.network import Network, Row

_FIVE = ["region-ostergotland", "region-sormland", "region-orebro", "region-uppsala", "region-vastmanland"]
# Who takes part in what according to the five seed documents
_SEEDS = {
    "skiss": ["region-ostergotland", "linkoping-science-park", "norrkoping-science-park", "sankt-kors"],
    "oms-projektet": _FIVE,
    "east-central-sweden": _FIVE,
    "s3-plattform": [
        *("region-kalmar", "region-kronoberg", "region-jonkoping", "region-gotland", "tracentrum"),
        *("iuc-kalmar", "gotlands-forenade-besoksnaring", "campus-ljungby", "science-park-jonkoping"),
    ],
}


@pytest.fixture(scope="session")
def seed_rows() -> list[Row]:
    """Who takes part in which project, by the seeds."""
    return [{"actor": actor, "event": event} for event, actors in _SEEDS.items() for actor in actors]


@pytest.fixture(scope="session")
def seeds(seed_rows: list[Row]) -> Network:
    """The organisations of the seeds by common project."""
    return Network.from_rows("seeds", seed_rows, "one-mode")


@pytest.fixture(scope="session")
def karate() -> Network:
    """Zachary's karate club: 34 members, 78 ties, weighted."""
    return Network.from_networkx(nx.karate_club_graph(), "karate", "weight")


@pytest.fixture(scope="session")
def davis() -> Network:
    """Davis, Gardner and Gardner's 18 women at 14 events, in two modes."""
    graph = nx.davis_southern_women_graph()
    rows: list[Row] = [
        {"actor": f"woman-{at:02}", "event": event}
        for at, woman in enumerate(sorted(graph.graph["top"]))
        for event in graph[woman]
    ]
    return Network.from_rows("davis", rows, "two-mode")


@pytest.fixture(scope="session")
def dense() -> Network:
    """300 actors in 400 random events, the projection of which has several components."""
    graph = nx.bipartite.random_graph(300, 400, 0.003, seed=7)
    rows: list[Row] = [{"actor": f"a{a}", "event": f"e{e}"} for a, e in graph.edges]
    rows += [{"actor": f"a{a}"} for a in range(300)]
    return Network.from_rows("dense", rows, "one-mode")
