"""A network with all that a file may trip over, and what its files must give back."""

from collections.abc import Callable

import pytest

from queries.attributes import Clean, edges, nodes
from queries.format import Export, files
from queries.measure import run
from queries.network import Mode, Network, Row

NASTY = "Åäö & <b>\"Ö\"</b> 'x'\nrad två | tre; fyra, fem \\ sex"
ROWS: list[Row] = [
    {"actor": "https://x.se/a?b=1&c=2", "actorLabel": NASTY, "actorKind": "cluster", "event": "urn:p"},
    {"actor": "https://x.se/a?b=1&c=2", "actorKind": "company", "actorTerritory": "Örebro <län>"},
    {
        "actor": "urn:b",
        "actorLabel": NASTY,
        "event": "urn:p",
        "eventLabel": "P & <ett>",
        "from": "2015-04-01",
    },
    {"actor": "urn:b", "event": "urn:q", "from": "2020", "amount": "2.5", "role": "owner"},
    {"actor": "https://x.se/a?b=1&c=2", "event": "urn:q", "role": "financier", "eventKind": "a&b"},
    {"actor": "https://x.se/a?b=1&c=2", "event": "urn:q", "role": "owner"},
    {"actor": "urn:c", "actorLabel": "  blank fore and aft  ", "event": None},
    {"actor": "urn:d", "actorLabel": "=1+1", "event": "urn:q"},
    {"actor": "urn:e", "actorLabel": "]]> <!-- &amp; %20", "event": "urn:r", "to": "2018-12-31"},
    {"actor": "urn:d", "event": "urn:r", "from": "2017-01-01"},
]


@pytest.fixture(params=["one-mode", "two-mode"])
def mode(request: pytest.FixtureRequest) -> Mode:
    found: Mode = request.param
    return found


@pytest.fixture
def network(mode: Mode) -> Network:
    return Network.from_rows("exempel å & <b>", ROWS, mode, "2026-11-28")


@pytest.fixture
def export(network: Network) -> Export:
    """The network with measures that have gaps, groups and further columns, and with positions."""
    names = ("degree", "strength", "communities", *(("constraint",) if network.mode == "one-mode" else ()))
    points = [(10.0 * at, 2.5 * at * at) for at in range(len(network.nodes))]
    return Export(network, [run(name, network) for name in names], points)


@pytest.fixture
def told_nodes(export: Export) -> dict[str, Clean]:
    """What is to come back of each node, by its id."""
    return {str(node.pop("id")): node for node in nodes(export.network, export.measures)}


@pytest.fixture
def told_edges(export: Export) -> dict[tuple[str, str], Clean]:
    """What is to come back of each edge, by the ids of its ends."""
    return {(str(e.pop("source")), str(e.pop("target"))): e for e in edges(export.network)}


@pytest.fixture
def text(export: Export) -> Callable[[str], str]:
    """The first file of a format."""
    return lambda name: "".join(next(iter(files(name, export).values())))
