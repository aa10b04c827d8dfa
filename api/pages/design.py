"""Every element of the pages on one page, with the tokens of the stylesheet: what a new page is made of."""

import re
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api.site import Site

_SHEET = Path(__file__).parents[1] / "static" / "samspel.css"
_NOT_COLOURS = {"text", "title", "code"}


def routes(site: Site) -> list[BaseRoute]:
    """Return the route of the page of elements."""

    def design(request: Request) -> Response:
        return site.page(site.view(request), "design.html", {"colours": colours(), "spaces": range(1, 6)})

    return [Route("/design", design)]


@cache
def colours() -> tuple[str, ...]:
    """Return the names of the colours that the stylesheet begins with.

    >>> colours()[:3]
    ('paper', 'raised', 'ink')
    """
    root = _SHEET.read_text("utf-8").partition("}")[0]
    names = re.findall(r"--([a-z-]+):", root)
    return tuple(name for name in names if name not in _NOT_COLOURS)
