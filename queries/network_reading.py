"""Read a network from a store: its edge rows, and what is told of their actors and events, as columns."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from graph.asked import Asked
from graph.columns import Column
from graph.memory import give_back
from graph.remote import Remote
from queries.answer import bind
from queries.catalogue import Query, attributes
from queries.network import Network
from queries.network_rows import TwoMode, gather_columns

AT_ONCE = 2  # queries; each takes a processor, and the memory of its columns


def read(store: Asked, query: Query, given: Mapping[str, str] | None = None, snapshot: str = "") -> Network:
    """Return a catalogued network."""
    return Network.from_ties(query.name, ties(store, query, given), query.network_mode(), snapshot)


def ties(store: Asked, query: Query, given: Mapping[str, str] | None = None) -> TwoMode:
    """Return who took part in what, which a network projects on who met whom."""
    table, *more = columns(store, query, given)
    return gather_columns(query.name, table, more)


def columns(store: Asked, query: Query, given: Mapping[str, str] | None = None) -> list[dict[str, Column]]:
    """Return the edge rows of a network, and what is told of its actors and events.

    Of a local store the queries run beside each other. A generation keeps the columns of networks as they
    stand; those of parameters that were given, which may be any, are read each time.
    """
    asked = _asked(query, given or {})
    if isinstance(store, Remote):
        return [store.columns(text) for text, _ in asked]
    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(lambda each: store.columns(*each), asked))


def keep(store: Asked, query: Query) -> None:
    """Read the columns of a network as it stands, so that its generation keeps them.

    One query after the other: nobody waits, and two of a large store take twice the memory.
    """
    for text, kept in _asked(query, {}):
        store.columns(text, kept)
        give_back()


def _asked(query: Query, given: Mapping[str, str]) -> list[tuple[str, bool]]:
    """Return the texts of a network's queries, and whether the columns of each are kept."""
    more = [(attributes()[name].text, True) for name in query.attributes]
    return [(bind(query, given)[1], not given), *more]
