"""Ask the snapshot for networks, matrices, measures and matches; what is costly is kept a generation."""

from collections.abc import Iterable, Mapping
from typing import Final

from api import ahead
from api.snapshot import Snapshot
from graph.errors import GraphError
from graph.store import shown
from ontology import vocabulary
from queries import matrix_ask, measure, network_reading
from queries.answer import ask
from queries.catalogue import network as network_query
from queries.catalogue import query
from queries.errors import AskError, ParameterError
from queries.match import Match, Matcher
from queries.matrix import Matrix
from queries.measure import MeasureResult, Setting
from queries.needs import Need
from queries.network import Network
from queries.search_build import telling

LARGE: Final = 20_000_000  # nodes times edges, as the cost of betweenness grows: about a second
COSTLY: Final = ("betweenness", "bridging", "closeness", "harmonic", "rich_club")  # seconds to minutes above
FEWER: Final[Mapping[str, Mapping[str, Setting]]] = {"communities": {"runs": 2}}


def network(snapshot: Snapshot, name: str) -> Network:
    """Return a catalogued network."""
    found = network_query(name)
    return snapshot.kept(
        ("network", name),
        lambda: network_reading.read(snapshot.store, found, snapshot=snapshot.version),
    )


def matrix(snapshot: Snapshot, name: str, given: Mapping[str, str]) -> Matrix:
    """Return a catalogued matrix, by its own parameters and how to count which period."""

    def make() -> Matrix:
        return matrix_ask.made(
            name, lambda own: ahead.matrix_rows(snapshot, name, own), given, snapshot.version
        )

    return snapshot.kept(("matrix", name, *(f"{key}={given[key]}" for key in sorted(given))), make)


def measured(snapshot: Snapshot, name: str, of: str) -> MeasureResult | AskError | GraphError:
    """Return a measure of a network with its defaults, or the reason why it has none."""

    return snapshot.kept(("measure", name, of), lambda: measured_part(network(snapshot, of), name))


def measured_part(network: Network, name: str) -> MeasureResult | AskError | GraphError:
    """Return a measure of a network or a part of one with its defaults, or the reason why it has none.

    Of a large network a page cannot wait for the costly ones, and has fewer runs of some.
    """
    try:
        nodes, edges = len(network.nodes), len(network.sources)
        if nodes * edges <= LARGE:
            return measure.run(name, network)
        if name in COSTLY:
            return ParameterError(
                f"Measure {name!r} of {nodes} nodes and {edges} edges takes longer than a page may; expected "
                f"nodes times edges of at most {LARGE}. Ask for it by `samspel measure {name} --network "
                f"{network.name}`."
            )
        return measure.run(name, network, **FEWER.get(name, {}))
    except (AskError, GraphError) as error:
        return error.with_traceback(None)


def measured_all(network: Network) -> list[MeasureResult]:
    """Return all measures of a network that mean something for it, with their defaults."""
    results = (measured_part(network, name) for name in measure.measures())
    return [each for each in results if isinstance(each, MeasureResult)]


def matches(snapshot: Snapshot, asked: str | None = None) -> list[tuple[Need, tuple[Match, ...]]]:
    """Return the matches of all needs, of the need of an IRI, or of a need in one's own words."""
    found = matcher(snapshot)
    needs = found.needs if asked is None else found.named(asked)
    return [(need, found.matches(need)) for need in needs]


def matcher(snapshot: Snapshot) -> Matcher:
    """Return what matches needs to the areas of a generation."""
    return snapshot.kept(("matcher",), lambda: Matcher(snapshot.store))


def kinds(language: str, own: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """Return what the kinds of nodes are called, by their keys."""
    found = {key: words[language == "en"] for key, words in own.items()}
    for scheme in ("actor-kind", "area-kind"):
        for iri in vocabulary.concepts(scheme):
            found[iri.rpartition("/")[2]] = vocabulary.label(iri, language) or iri
    return found


def classes_of(snapshot: Snapshot, iris: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the classes of some things, the most telling first, asked for at once."""
    found: dict[str, list[str]] = {iri: [] for iri in iris}
    if found:
        rows = ask(snapshot.store, query("thing-classes"), {"thing": " ".join(found)}).rows.rows
        for thing, class_ in rows:
            if thing is not None and class_ is not None:
                found[shown(thing)].append(shown(class_))
    return {iri: tuple(telling(each)) for iri, each in found.items()}
