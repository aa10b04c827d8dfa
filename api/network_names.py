"""What the nodes, events, territories, areas and funds of a network are called in the reader's language.

A network is read with Swedish names, which filters and files take; only what is shown is renamed.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from api import ahead, labels
from api.snapshot import Snapshot
from queries.network import Network

WRITTEN_IN: Final = "sv"  # the language of the networks' queries


def places(snapshot: Snapshot, language: str) -> Mapping[str, str]:
    """Return the names of counties and the regions above them, by their Swedish names; none for Swedish."""
    if language == WRITTEN_IN:
        return {}

    def make() -> Mapping[str, str]:
        iris = [row["county"] for row in ahead.table(snapshot, "county-counts")]
        iris += [row["region"] for row in ahead.table(snapshot, "wider-regions")]
        labels.learn(snapshot, iris)
        written = (labels.name(snapshot, iri, WRITTEN_IN).text for iri in iris)
        return dict(zip(written, (labels.name(snapshot, iri, language).text for iri in iris), strict=True))

    return snapshot.kept(("network places", language), make)


def spoken(snapshot: Snapshot, network: Network, language: str) -> Mapping[str, str]:
    """Return what filters take (places, areas, funds) as the language calls it; none for Swedish."""
    if language == WRITTEN_IN:
        return {}
    lists = (each for event in network.events for each in (event.area, event.fund) if each)
    used = {text for each in lists for text in each.split("|")}
    rows = ahead.table(snapshot, "project-terms")
    terms = {row["swedish"]: row["english"] for row in reversed(rows) if row["swedish"] in used}
    return {**terms, **places(snapshot, language)}


def named(snapshot: Snapshot, network: Network, language: str) -> Network:
    """Return the network with its nodes and events called as in the language, where they have such names."""
    if language == WRITTEN_IN:
        return network
    labels.learn(snapshot, [*network.ids, *(event.id for event in network.events)])

    def label(iri: str, written: str) -> str:
        found = labels.name(snapshot, iri, language)
        return found.text if found.own and found.language == language else written

    nodes = tuple(replace(node, label=label(node.id, node.label)) for node in network.nodes)
    events = tuple(replace(event, label=label(event.id, event.label)) for event in network.events)
    return replace(network, nodes=nodes, events=events)


def placed(snapshot: Snapshot, network: Network, language: str) -> Network:
    """Return the network as named, with the territories of its nodes in the language too."""
    known = places(snapshot, language)

    def place(written: str | None) -> str | None:
        return written and "|".join(known.get(each, each) for each in written.split("|"))

    nodes = tuple(replace(node, territory=place(node.territory)) for node in network.nodes)
    return named(snapshot, replace(network, nodes=nodes), language)
