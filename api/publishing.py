"""Who publishes, and what a release says of each graph: its origin, its licence, the time it speaks of."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from api.settings import Settings
from api.sparql_run import PREFIXES
from graph.asked import Asked
from graph.generations import Home
from graph.iris import Addresses
from graph.releases import Described, Release, Releases
from ontology import names as n
from ontology.names import BASE
from queries.answer import ask
from queries.catalogue import query

NOBODY = ".invalid"  # a name that can never be anyone's (RFC 2606)


@dataclass(frozen=True)
class Publisher:
    """Who publishes: a name, a page, a kind by ADMS, and the mailbox of a role."""

    name: str
    url: str
    kind: str
    contact: str

    @property
    def unset(self) -> bool:
        """Tell whether nobody has said who publishes."""
        return self.contact.endswith(NOBODY)


def publisher(settings: Settings) -> Publisher:
    """Return who publishes, by the settings."""
    return Publisher(settings.publisher, settings.publisher_url, settings.publisher_type, settings.contact)


def addresses(settings: Settings, host: str = "") -> Addresses:
    """Return where the public finds us: as set, else the host that a request came to, else our base."""
    return Addresses(settings.address or host or settings.base)


def publish(settings: Settings, force: bool = False) -> tuple[Release, bool]:
    """Make a release of the generation in service; return it, and whether it is new."""
    bases = dict.fromkeys((settings.base, BASE))
    now = datetime.now(UTC)
    releases = Releases(settings.store)
    return releases.publish(Home(settings.store), now, describe, bases, PREFIXES, force)


def describe(store: Asked) -> Mapping[str, Described]:
    """Return what is known of each graph that came from a source."""
    found = {
        str(row["graph"]): Described(
            publisher=str(row["publisher"]),
            licence=str(row["licence"]),
            address=str(row["address"]),
            day=str(row["day"]),
        )
        for row in ask(store, query("provenance")).rows.dicts()
    }
    for row in ask(store, query("coverage")).rows.dicts():
        if (graph := str(row["graph"])) in found:
            found[graph] = replace(found[graph], first=str(row["first"]), last=str(row["last"]))
    return {graph: _titled(store, graph, said) for graph, said in found.items()}


def _titled(store: Asked, graph: str, said: Described) -> Described:
    rows = ask(store, query("thing-facts"), {"thing": graph}).rows.rows
    titles = {
        getattr(cell, "language", None): getattr(cell, "value", "")
        for predicate, cell, _ in rows
        if getattr(predicate, "value", "") == n.title
    }
    name = graph.rpartition("/")[2]
    return replace(said, title_sv=titles.get("sv", name), title_en=titles.get("en", name))
