"""What cannot be had without a server: the page that a site of files shows in place of search and SPARQL."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api.site import Site

PATH = "/offline"


def routes(site: Site) -> list[BaseRoute]:
    """Return the route of the page."""

    def offline(request: Request) -> Response:
        return site.page(site.view(request), "offline.html", {"address": site.settings.address})

    return [Route(PATH, offline)]
