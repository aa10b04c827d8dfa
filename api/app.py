"""The web server: pages, linked data, the JSON API and the SPARQL endpoint, put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from typing import cast

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from api import answers, catalogue, sparql
from api.security import Headers
from api.settings import Settings
from api.site import Page, Site
from api.workers import Workers

PAGES = (
    "home",
    "thing",
    "ontology",
    "queries",
    "networks",
    "needs",
    "sources",
    "catalog",
    "dumps",
    "offline",
    "missing",
    "search",
    "docs",
    "health",
)
_STATIC = Path(__file__).parent / "static"


def create_app(settings: Settings) -> FastAPI:
    """Return the server over the store of the settings."""
    site = Site(settings, Workers(settings.workers))

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        yield
        site.workers.close()

    app = FastAPI(
        title="samspel",
        version="0.1.0",
        summary="An open knowledge graph of the regional innovation ecosystem",
        docs_url=None,
        redoc_url=None,
        lifespan=life,
        middleware=[Middleware(Headers), Middleware(GZipMiddleware, minimum_size=1024)],
        exception_handlers=answers.handlers(site),
    )
    app.router.routes.extend(sparql.routes(site))
    for name in PAGES:
        page = cast("Page", import_module(f"api.pages.{name}"))
        app.router.routes.extend(page.routes(site))
    app.include_router(catalogue.router(site))
    app.router.routes.append(Mount("/static", StaticFiles(directory=_STATIC)))
    return app
