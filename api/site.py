"""What every page needs: settings, the snapshot in service, the templates."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol, cast

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from jinja2.runtime import Context
from markupsafe import Markup
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import BaseRoute

from api import reader
from api.settings import Settings
from api.snapshot import Snapshot, Source, opened
from api.view import SECTIONS, View, anchor

_TEMPLATES = Path(__file__).parent / "templates"


class Page(Protocol):
    """What every file of `api/pages/` offers."""

    def routes(self, site: "Site") -> list[BaseRoute]:
        """Return the routes of the page."""


@dataclass(frozen=True)
class Frame:
    """What stands around a page: menu, search box, foot."""

    menu: Markup
    search: Markup
    foot: Markup


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
        given = {"view": view, "say": view.say, "frame": self._frame(view), **(context or {})}
        text = self._templates.get_template(template).render(given)
        response = HTMLResponse(text, status, {"Content-Language": view.language})
        vary(response.headers, "Accept-Language", "Cookie")
        if view.reader.chosen:
            response.set_cookie(
                reader.COOKIE, view.language, max_age=31_536_000, samesite="lax", httponly=True
            )
        return response

    def _frame(self, view: View) -> Frame:
        """Return what stands around a page, made once for each language and section."""
        path = view.request.url.path
        section = next((each for each, _ in SECTIONS if path.startswith(each)), "")

        def make() -> Frame:
            around = cast("Any", self._templates.get_template("around.html").module)
            parts = cast("Any", self._templates.get_template("parts.html").module)
            menu = around.menu(view, section, path == section)
            return Frame(menu, parts.searchbox(view, ""), around.foot(view))

        return view.snapshot.kept(("frame", view.language, section, path[len(section) :] and "below"), make)


@cache
def templates() -> Environment:
    """Return the templates; each is compiled once, and kept where temporary files are."""
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        bytecode_cache=_compiled(),
        auto_reload=False,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.context_class = _Context
    made.filters["anchor"] = anchor
    made.tests["ending"] = str.endswith
    return made


class _Context(Context):
    """Calls at once: nothing that our templates call wants to be given the context, which Jinja looks up."""

    def call(
        self,
        called: Callable[..., object],
        /,
        *given: object,
        _loop_vars: object = None,
        _block_vars: object = None,
        **named: object,
    ) -> object:
        """Call something; the two variables are Jinja's own."""
        return called(*given, **named)


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
