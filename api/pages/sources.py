"""The sources: whose they are, under which licence, and when each was loaded."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api.site import Site
from api.view import View
from graph.manifest import GraphEntry
from queries.answer import ask
from queries.catalogue import query


@dataclass(frozen=True)
class SourceRow:
    """A named graph: what the manifest knows of it and, for a source, what the provenance graph says."""

    key: str
    iri: str
    entry: GraphEntry
    said: dict[str, str | None]


def routes(site: Site) -> list[BaseRoute]:
    """Return the route of sources."""

    def sources(request: Request) -> Response:
        view = site.view(request)
        return site.page(view, "sources.html", {"rows": rows(view)})

    return [Route("/sources", sources)]


def rows(view: View) -> list[SourceRow]:
    """Return every named graph, those of sources first."""
    said = {str(row["graph"]): row for row in ask(view.snapshot.store, query("provenance")).rows.dicts()}
    found = [
        SourceRow(iri.rpartition("/")[2], iri, entry, said.get(iri, {}))
        for iri, entry in view.snapshot.manifest.graphs.items()
    ]
    return sorted(found, key=lambda row: (not row.said, row.key))
