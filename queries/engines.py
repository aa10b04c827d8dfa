"""Which library computes a measure: our own code on scipy, igraph, networkit or networkx."""

from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

import numpy as np

from queries.errors import MeaninglessError, ParameterError
from queries.measure import Parameter
from queries.network import Floats, Ints, Network

if TYPE_CHECKING:
    import igraph
    import networkx as nx

Made = TypeVar("Made")

ENGINES = ("scipy", "igraph", "networkit", "networkx")
LEAST = {"igraph": 1}  # before, a permutation said where a vertex goes instead of which one comes
NETWORKX_UP_TO = 5_000  # nodes; above, networkx would take minutes and gigabytes

ENGINE = Parameter(
    name="engine",
    default="auto",
    summary_sv="Vilket bibliotek som räknar; auto: det snabbaste som finns.",
    summary_en="Which library computes; auto: the fastest that is installed.",
    choices=("auto", *ENGINES),
)


def pick(measure: str, wanted: str, known: Sequence[str], nodes: int) -> str:
    """Return the engine for a measure: the one wanted, or of `known`, the best first, one that is there.

    Refused are an engine that cannot compute the measure or is not installed, and networkx on more than
    NETWORKX_UP_TO nodes.
    """
    if wanted == "auto":
        wanted = next((each for each in known if installed(each)), known[-1])
    if wanted not in known:
        raise ParameterError(
            f"The measure {measure!r} is not computed by {wanted}; it can be by {', '.join(known)}."
        )
    if not installed(wanted):
        raise ParameterError(
            f"{wanted} is not installed or too old; get it with `pip install --upgrade {wanted}`, or use "
            "engine=auto."
        )
    if wanted == "networkx" and nodes > NETWORKX_UP_TO:
        raise MeaninglessError(
            f"networkx would take too long for {measure!r} of {nodes} nodes (at most {NETWORKX_UP_TO}): "
            "install igraph (`pip install igraph`), or give pivots where the measure has them."
        )
    return wanted


@cache
def installed(engine: str) -> bool:
    """Tell whether an engine can be imported, in a version that does what is asked of it here."""
    return find_spec(engine) is not None and int(version(engine).partition(".")[0]) >= LEAST.get(engine, 0)


# A library's graph is made once a network, by the places of nodes, and has no weights: each call brings its
# own, so that an unweighted measure can never see the weights of another. Nobody may change these graphs.
_MADE: dict[str, WeakKeyDictionary[Network, Any]] = {}


def igraph_of(network: Network) -> "igraph.Graph":
    """Return the edges as a graph of igraph, in our order; weights are given with each call."""
    return _once("igraph", network, lambda: igraph_from(len(network.nodes), network.sources, network.targets))


def igraph_from(nodes: int, sources: Ints, targets: Ints) -> "igraph.Graph":
    """Return a graph of igraph from the places of the ends of edges."""
    return import_module("igraph").Graph(nodes, zip(sources.tolist(), targets.tolist(), strict=True))


def networkit_of(network: Network) -> Any:
    """Return the edges as a graph of networkit, which ships no types."""
    return _once("networkit", network, lambda: _networkit(network))


def networkx_of(network: Network, weights: Floats | None = None) -> "nx.Graph[int]":
    """Return a graph of networkx of the places of nodes, with weights if they are given."""
    graph: nx.Graph[int] = import_module("networkx").Graph()
    graph.add_nodes_from(range(len(network.nodes)))
    values = np.ones(len(network.sources)) if weights is None else weights
    ends = network.sources.tolist(), network.targets.tolist(), values.tolist()
    graph.add_weighted_edges_from(zip(*ends, strict=True))
    return graph


def _networkit(network: Network) -> Any:
    made = import_module("networkit").Graph(len(network.nodes))
    if len(network.sources):
        made.addEdges((network.sources.copy(), network.targets.copy()))  # ours are closed for writing
    return made


def _once(engine: str, network: Network, make: Callable[[], Made]) -> Made:
    made = _MADE.setdefault(engine, WeakKeyDictionary())
    if network not in made:
        made[network] = make()
    found: Made = made[network]
    return found
