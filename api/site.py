"""What every page needs: settings, the snapshot in service, the templates."""

from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Protocol

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import BaseRoute

from api import reader
from api.settings import Settings
from api.snapshot import Snapshot, Source, opened
from api.view import View, anchor

_TEMPLATES = Path(__file__).parent / "templates"


class Page(Protocol):
    """What every file of `api/pages/` offers."""

    def routes(self, site: "Site") -> list[BaseRoute]:
        """Return the routes of the page."""


class Missing(Exception):
    """There is no such thing here; the message is a sentence for the reader."""


class Site:
    """The server's own things, made once."""

    def __init__(self, settings: Settings, snapshots: Source | None = None) -> None:
        self.settings = settings
        self.snapshots = snapshots or opened(settings)
        self._templates = templates()

    def snapshot(self) -> Snapshot:
        """Return the generation in service."""
        return self.snapshots.current()

    def view(self, request: Request) -> View:
        """Return what a page for this request is made with."""
        found = reader.read(request, self.settings.language)
        return View(request, found, self.snapshot(), self.settings.base)

    def filled(self, template: str, context: Mapping[str, object]) -> str:
        """Return a template filled that speaks to programs, in no language."""
        return self._templates.get_template(template).render(context)

    def page(
        self, view: View, template: str, context: Mapping[str, object] | None = None, status: int = 200
    ) -> HTMLResponse:
        """Return a page; a language named in the address is kept in a cookie."""
        text = self._templates.get_template(template).render(view=view, say=view.say, **(context or {}))
        response = HTMLResponse(text, status, {"Content-Language": view.language})
        vary(response.headers, "Accept-Language", "Cookie")
        if view.reader.chosen:
            response.set_cookie(
                reader.COOKIE, view.language, max_age=31_536_000, samesite="lax", httponly=True
            )
        return response


@cache
def templates() -> Environment:
    """Return the templates; each is compiled once, and kept where temporary files are."""
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        bytecode_cache=_compiled(),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["anchor"] = anchor
    made.tests["ending"] = str.endswith
    return made


class _Compiled(FileSystemBytecodeCache):
    """Compiled templates in a folder that is ours alone; where it is full they are not kept."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)


def _compiled() -> _Compiled | None:
    try:
        return _Compiled(pattern="samspel-%s.cache")
    except (OSError, RuntimeError):  # no place to write to, or one that belongs to somebody else
        return None


def vary(headers: MutableHeaders, *names: str) -> None:
    """Say which headers of the request the answer depends on."""
    for name in names:
        headers.add_vary_header(name)
