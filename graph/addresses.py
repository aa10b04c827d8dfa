"""Where an endpoint takes changes: SPARQL Update and the Graph Store Protocol, as its query address tells."""

from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from graph.endpoint import Endpoint
from graph.errors import StoreError

NONE: Final = "none"  # an endpoint without Graph Store Protocol: triples come by INSERT DATA


def doors(endpoint: Endpoint) -> tuple[Endpoint, Endpoint | None]:
    """Return the endpoint as it takes updates, and as it takes graphs, if it does."""
    update, store = endpoint.update, endpoint.store
    if not (update and store):
        guessed = _guessed(endpoint.url)
        update, store = update or guessed[0], store or guessed[1]
    if not (update and store):
        raise StoreError(
            f"{endpoint.name}: where it takes changes cannot be told from this address. "
            "Set SAMSPEL_STORE_UPDATE, and SAMSPEL_STORE_GRAPHS (none: it has no Graph Store Protocol)."
        )
    return replace(endpoint, url=update), None if store == NONE else replace(endpoint, url=store)


def _guessed(url: str) -> tuple[str, str]:
    """Return the two addresses beside the query address of engines that we know, or nothing."""
    path = urlsplit(url).path.rstrip("/")
    begin, _, last = url.rstrip("/").rpartition("/")
    if path == "/query":  # oxigraph serve
        return f"{begin}/update", f"{begin}/store"
    if path == "/sparql":  # Virtuoso
        return f"{begin}/sparql-auth", f"{begin}/sparql-graph-crud-auth"
    if last in ("query", "sparql") and path.count("/") == 2:  # Fuseki: /DATASET/query
        return f"{begin}/update", f"{begin}/data"
    if "/repositories/" in path:  # GraphDB and RDF4J
        return f"{url.rstrip('/')}/statements", f"{url.rstrip('/')}/rdf-graphs/service"
    return "", ""
