"""The releases: what there is to download, what changed since the one before, and a feed of them."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from api import publishing
from api.site import Missing, Site
from graph import withdrawn
from graph.iris import Iris
from graph.release_files import WHOLE
from graph.releases import SUMS, Release, Releases

_MEDIA = {".gz": "application/gzip", ".json": "application/json", ".csv": "text/csv; charset=utf-8"}


def routes(site: Site) -> list[BaseRoute]:
    """Return the routes of the releases and of their feed."""
    releases = Releases(site.settings.store)

    def every(request: Request) -> Response:
        return _page(site, request, releases.all())

    def one(request: Request) -> Response:
        version = request.path_params["version"]
        if version not in releases.versions():
            raise Missing(site.view(request).say("dumps_no_release", version=version))
        return _page(site, request, [releases.read(version)])

    def file(request: Request) -> Response:
        version, name = request.path_params["version"], request.path_params["file"]
        path = releases.file(version, name)
        if path is None:
            raise Missing(site.view(request).say("dumps_no_file", version=version, file=name))
        return _sent(path)

    def slashed(request: Request) -> Response:
        return RedirectResponse(f"{request.url.path}/", 308)

    def gone(request: Request) -> Response:
        path = releases.folder / withdrawn.FILE
        if not path.is_file():
            raise Missing(site.view(request).say("catalog_none"))
        return _sent(path)

    def changes(_: Request) -> Response:
        return JSONResponse([_told(release) for release in releases.all()])

    def feed(request: Request) -> Response:
        return _feed(site, request, releases.all())

    return [
        Route("/dumps", slashed),
        Route("/dumps/", every),
        Route("/dumps/changes.json", changes),
        Route(f"/dumps/{withdrawn.FILE}", gone),
        Route("/dumps/{version}", slashed),
        Route("/dumps/{version}/", one),
        Route("/dumps/{version}/{file}", file),
        Route("/feed.atom", feed),
    ]


def _sent(path: Path) -> Response:
    return FileResponse(path, media_type=_MEDIA.get(path.suffix, "text/plain; charset=utf-8"))


def _page(site: Site, request: Request, found: list[Release]) -> Response:
    view = site.view(request)
    folder = Releases(site.settings.store).folder
    context = {
        "releases": found,
        "single": request.url.path != "/dumps/",
        "publisher": site.settings.publisher,
        "at": publishing.addresses(site.settings, str(request.base_url)),
        "whole": WHOLE,
        "sums": SUMS,
        "withdrawn": {
            each.version: withdrawn.count(folder / each.version / withdrawn.FILE) for each in found[:1]
        },
    }
    return site.page(view, "dumps.html", context)


def _feed(site: Site, request: Request, found: list[Release]) -> Response:
    view = site.view(request)
    context = {
        "releases": found,
        "publisher": site.settings.publisher,
        "at": publishing.addresses(site.settings, str(request.base_url)),
        "lasting": Iris(site.settings.base),
        "whole": WHOLE,
    }
    response = site.page(view, "feed.xml", context)
    response.headers["Content-Type"] = "application/atom+xml; charset=utf-8"
    return response


def _told(release: Release) -> dict[str, object]:
    changes = release.changes
    return {
        "version": release.version,
        "published": release.published,
        "previous": release.previous,
        "triples": release.triples,
        "changes": None if changes is None else {part: counts.json() for part, counts in changes.items()},
    }
