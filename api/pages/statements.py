"""Statements of who serves: how accessible the pages are, and what is known of people."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api.publishing import publisher
from api.site import Site
from api.words_statements import ACCESSIBILITY, PRIVACY, Part

STATEMENTS = {
    "accessibility": ("accessibility_about", ACCESSIBILITY),
    "privacy": ("privacy_about", PRIVACY),
}


def routes(site: Site) -> list[BaseRoute]:
    """Return the routes of the statements."""
    return [Route(f"/{name}", _page(site, name, *told)) for name, told in STATEMENTS.items()]


def _page(site: Site, name: str, about: str, parts: tuple[Part, ...]) -> Callable[[Request], Response]:
    def statement(request: Request) -> Response:
        view = site.view(request)
        at = ("sv", "en").index(view.language)
        told = [(heading[at], [each[at] for each in sentences]) for heading, sentences in parts]
        who = publisher(site.settings)
        context = {"name": name, "about": about, "parts": told, "publisher": who}
        return site.page(view, "statement.html", context)

    return statement
