"""Tell whether the server lives, and whether it has a generation to answer from."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from api.site import Site


def routes(site: Site) -> list[BaseRoute]:
    """Return the routes that a supervisor asks."""

    async def health(_: Request) -> Response:
        return JSONResponse({"alive": True})

    def ready(_: Request) -> Response:
        reason = site.snapshots.broken()
        if reason is not None:
            return JSONResponse({"ready": False, "reason": reason}, 503)
        manifest = site.snapshot().manifest
        return JSONResponse({"ready": True, "generation": manifest.generation, "quads": manifest.quads()})

    return [Route("/health", health), Route("/ready", ready)]
