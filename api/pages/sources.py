"""The sources: whose they are, under which licence, when each was loaded; and the graph in other terms."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api import source_facts
from api.forms import FORMS
from api.site import Missing, Site
from api.view import View
from graph import dump
from graph.manifest import GraphEntry
from queries import catalogue, missing
from queries.answer import ask
from queries.catalogue import query

_VIEWS = ("ttl", "nt")


@dataclass(frozen=True)
class SourceRow:
    """A named graph: what the manifest knows of it and, for a source, what the provenance graph says."""

    key: str
    iri: str
    entry: GraphEntry
    said: dict[str, str | None]


def routes(site: Site) -> list[BaseRoute]:
    """Return the routes of sources and of the views, the same graph in other terms."""

    def sources(request: Request) -> Response:
        view = site.view(request)
        found, readable = rows(view), source_facts.readable()
        loaded = {row.key for row in found}
        made = view.snapshot.manifest.made
        changed = source_facts.changed(view.snapshot)
        unknowns = view.snapshot.kept(("unknowns",), lambda: missing.unknowns(view.snapshot.store))
        context = {
            "rows": found,
            "views": list(catalogue.views()),
            "times": source_facts.times(view.snapshot),
            "changed": changed,
            "days": {
                row.key: source_facts.days_between(changed.get(row.iri) or row.said.get("day"), made)
                for row in found
            },
            "stale": source_facts.STALE,
            "why": {row.key: source_facts.refused(site.settings.store, row.key) for row in found if row.said},
            "known": {row.key: readable.get(row.key) for row in found},
            "waiting": [source for name, source in readable.items() if name not in loaded],
            "gaps": source_facts.gaps(view.snapshot),
            "unknowns": len(unknowns.rows),
        }
        return site.page(view, "sources.html", context)

    def dumped(request: Request) -> Response:
        name, ending = request.path_params["name"], request.path_params["ending"]
        parts = [part.text for part in catalogue.view(name)]
        if ending not in _VIEWS:
            raise Missing(site.view(request).say("no_form", offers=", ".join(_VIEWS), ending=ending))
        media, form = FORMS[ending]
        return Response(dump.view(site.snapshot().store, parts, form), media_type=media)

    return [Route("/sources", sources), Route("/dumps/view/{name}.{ending}", dumped)]


def rows(view: View) -> list[SourceRow]:
    """Return every named graph, those of sources first."""
    said = {str(row["graph"]): row for row in ask(view.snapshot.store, query("provenance")).rows.dicts()}
    found = [
        SourceRow(iri.rpartition("/")[2], iri, entry, said.get(iri, {}))
        for iri, entry in view.snapshot.manifest.graphs.items()
    ]
    return sorted(found, key=lambda row: (not row.said, row.key))
