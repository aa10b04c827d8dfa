"""Search by name, without any script in the browser."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api import asking
from api.site import Site

LONGEST = 200


def routes(site: Site) -> list[BaseRoute]:
    """Return the route of the search page."""

    def search(request: Request) -> Response:
        view = site.view(request)
        q = request.query_params.get("q", "").strip()[:LONGEST]
        return site.page(view, "search.html", {"q": q, "hits": asking.search(view.snapshot, q)})

    return [Route("/search", search)]
