"""The map of all pages of things for search engines, and what robots may ask.

The protocol wants whole addresses on the very host that was asked. A host is taken from the request when it
is a plain name or number with a port, else the answer is 400; it goes nowhere else.
"""

import re
from dataclasses import dataclass
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from api.labels import path
from api.site import Missing, Site, vary
from api.snapshot import Snapshot
from graph.store import shown
from queries.answer import ask, ask_part
from queries.catalogue import query

MOST: Final = 50_000  # addresses in a part, as sitemaps.org allows
_NAME, _NUMBER = r"[a-z\d](?:[a-z\d.-]{0,251}[a-z\d])?", r"\[[\da-f:.]{2,45}\]"
_HOST = re.compile(rf"(?:{_NAME}|{_NUMBER})(?::\d{{1,5}})?", re.ASCII | re.IGNORECASE)
_CLOSED: Final = ("/sparql", "/store", "/api/", "/search", "/*?in=", "/*?lang=")


@dataclass(frozen=True)
class _Map:
    site: Site
    snapshot: Snapshot
    root: str

    @property
    def space(self) -> str:
        return f"{self.site.settings.base}id/"

    @property
    def day(self) -> str:
        return self.snapshot.manifest.made[:10]

    def parts(self) -> int:
        """Return how many parts the addresses of all things fill, one at least."""
        given = {"space": self.space}
        count = self.snapshot.kept(
            ("sitemap", self.space),
            lambda: len(ask(self.snapshot.store, query("addressed-things"), given).rows.rows),
        )
        return max(1, -(-count // MOST))

    def part(self, number: int) -> list[str]:
        """Return the addresses of one part."""
        rows = ask_part(
            self.snapshot.store, query("addressed-things"), {"space": self.space}, MOST, (number - 1) * MOST
        ).rows
        found = (path(shown(cell), self.site.settings.base) for (cell,) in rows if cell is not None)
        return [f"{self.root}{each}" for each in found if each]


def routes(site: Site) -> list[BaseRoute]:
    """Return the routes for robots."""

    def robots(request: Request) -> Response:
        closed = "".join(f"Disallow: {each}\n" for each in _CLOSED)
        return _here(PlainTextResponse(f"User-agent: *\n{closed}Sitemap: {_root(request)}/sitemap.xml\n"))

    def index(request: Request) -> Response:
        found = _Map(site, site.snapshot(), _root(request))
        addresses = [f"{found.root}/sitemap/{number}.xml" for number in range(1, found.parts() + 1)]
        return _xml(site, "sitemap_index.xml", found.day, addresses)

    def part(request: Request) -> Response:
        found = _Map(site, site.snapshot(), _root(request))
        number: int = request.path_params["number"]
        if not 1 <= number <= found.parts():
            raise Missing(f"The sitemap has no part {number}; /sitemap.xml lists those that there are.")
        return _xml(site, "sitemap.xml", found.day, found.part(number))

    return [
        Route("/robots.txt", robots),
        Route("/sitemap.xml", index),
        Route("/sitemap/{number:int}.xml", part),
    ]


def _root(request: Request) -> str:
    """Return scheme and host as the request tells them."""
    host = request.headers.get("host", "")
    if not _HOST.fullmatch(host) or request.url.scheme not in ("http", "https"):
        raise HTTPException(400, f"The request's Host is {host!r}; expected a name or a number, and a port")
    return f"{request.url.scheme}://{host}"


def _xml(site: Site, template: str, day: str, addresses: list[str]) -> Response:
    text = site.filled(template, {"day": day, "addresses": addresses})
    return _here(Response(text, media_type="application/xml"))


def _here(response: Response) -> Response:
    """Say that the answer holds for this host only."""
    vary(response.headers, "Host")
    return response
