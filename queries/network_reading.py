"""Read a network from a store: its edge rows, and what is told of their actors and events, as columns."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from graph.asked import Asked
from graph.remote import Remote
from queries.answer import bind
from queries.catalogue import Query, attributes
from queries.network import Network
from queries.network_rows import gather_columns

AT_ONCE = 2  # queries; each takes a processor, and the memory of its columns


def read(store: Asked, query: Query, given: Mapping[str, str] | None = None, snapshot: str = "") -> Network:
    """Return a catalogued network; of a local store its queries run beside each other.

    A generation keeps the columns of networks as they stand; those of parameters that were given, which
    may be any, are read each time.
    """
    asked = [(bind(query, given or {})[1], not given)]
    asked += [(attributes()[name].text, True) for name in query.attributes]
    if isinstance(store, Remote):
        table, *more = [store.columns(text) for text, _ in asked]
    else:
        with ThreadPoolExecutor(AT_ONCE) as threads:
            table, *more = threads.map(lambda each: store.columns(*each), asked)
    return Network.from_ties(
        query.name, gather_columns(query.name, table, more), query.network_mode(), snapshot
    )
