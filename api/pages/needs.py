"""The needs and the areas that can meet them; and any need that a reader writes."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api import asking
from api.site import Site

LONGEST = 500


def routes(site: Site) -> list[BaseRoute]:
    """Return the route of needs."""

    def needs(request: Request) -> Response:
        view = site.view(request)
        text = " ".join(request.query_params.get("text", "").split())[:LONGEST]
        return site.page(
            view,
            "needs.html",
            {
                "text": text,
                "own": asking.matches(view.snapshot, text) if text else [],
                "needs": asking.matches(view.snapshot),
            },
        )

    return [Route("/needs", needs)]
