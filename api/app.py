"""The app of pages: everything that is read by GET, made from one snapshot; workers answer with it."""

from importlib import import_module
from pathlib import Path
from typing import cast

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from api import answers, catalogue
from api.door.cors import Cors
from api.door.headers import Headers
from api.prefetch import Batched
from api.settings import Settings
from api.site import Page, Site
from api.snapshot import Source

PAGES = (
    "home",
    "thing",
    "ontology",
    "queries",
    "networks",
    "map",
    "compare",
    "needs",
    "sources",
    "statements",
    "design",
    "catalog",
    "dumps",
    "offline",
    "missing",
    "search",
    "docs",
    "editor",
    "health",
    "service_description",
    "void",
    "sitemap",
)
_PACKED = Middleware(GZipMiddleware, minimum_size=1024)
_STATIC = Path(__file__).parent / "static"


def create_app(settings: Settings, snapshots: Source | None = None, bare: bool = False) -> FastAPI:
    """Return the app over the store of the settings, or over the snapshots that are given.

    A `bare` one adds no headers and packs nothing: a front does that.
    """
    site = Site(settings, snapshots)
    app = FastAPI(
        title="samspel",
        version="0.1.0",
        summary="An open knowledge graph of the regional innovation ecosystem",
        docs_url=None,
        redoc_url=None,
        middleware=[
            *([] if bare else [Middleware(Headers), Middleware(Cors), _PACKED]),
            *([Middleware(Batched, site=site)] if settings.endpoint else []),
        ],
        exception_handlers=answers.handlers(site),
    )
    for name in PAGES:
        page = cast("Page", import_module(f"api.pages.{name}"))
        app.router.routes.extend(page.routes(site))
    app.router.routes.extend(catalogue.router(site).routes)  # to include them would make each anew
    app.router.routes.append(Mount("/static", StaticFiles(directory=_STATIC)))
    return app
