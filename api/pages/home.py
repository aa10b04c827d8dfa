"""The first page: what samspel is, how much there is, and the ways in; and the page of regions."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from api import ahead, labels
from api.site import Missing, Site
from api.view import View
from ontology import names as n
from queries.collation import swedish

_HEADLINE = (
    (n.PriorityArea, "areas"),
    (n.Organisation, "organisations"),
    (n.Project, "projects"),
    (n.Need, "needs"),
    (n.NeedMatch, "matches"),
    (n.County, "counties"),
    (n.Municipality, "municipalities"),
    (n.SourceDocument, "documents"),
    (n.Statement, "statements"),
)


@dataclass(frozen=True)
class CountyRow:
    """A county and what there is in it: own areas, shared areas, actors, projects."""

    iri: str
    counts: tuple[int, ...]


def routes(site: Site) -> list[BaseRoute]:
    """Return the routes of the first page and of the regions."""

    def home(request: Request) -> Response:
        view = site.view(request)
        found = classes(view)
        return site.page(
            view,
            "home.html",
            {
                "headline": [(iri, key, found[iri]) for iri, key in _HEADLINE if iri in found],
                "classes": sorted(found.items(), key=lambda item: swedish(view.name(item[0]).text)),
                "counties": counties(view),
            },
        )

    def regions(request: Request) -> Response:
        view = site.view(request)
        return site.page(view, "regions.html", {"counties": counties(view), "wider": _wider(view)})

    def region(request: Request) -> Response:
        key = request.path_params["key"]
        query = f"?{request.url.query}" if request.url.query else ""
        for iri in (*(row.iri for row in counties(site.view(request))), *_wider(site.view(request))):
            if iri.endswith(f"/{key}"):  # a county by its code, a wider region by its NUTS code
                return RedirectResponse(f"{labels.path(iri, site.settings.base)}{query}", 303)
        raise Missing(site.view(request).say("not_here_long", path=request.url.path))

    return [Route("/", home), Route("/regions", regions), Route("/regions/{key}", region)]


def classes(view: View) -> dict[str, int]:
    """Return how many things there are of each class."""
    return {row["class"]: int(row["n"]) for row in ahead.table(view.snapshot, "class-counts")}


def counties(view: View) -> list[CountyRow]:
    """Return the counties in the order of their codes."""
    columns = ("areas", "shared", "actors", "projects")
    return [
        CountyRow(row["county"], tuple(int(row[column]) for column in columns))
        for row in ahead.table(view.snapshot, "county-counts")
    ]


def _wider(view: View) -> list[str]:
    return [row["region"] for row in ahead.table(view.snapshot, "wider-regions")]
