"""Tell whether the server lives, and whether it has a generation to answer from."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from api.site import Site
from graph.remote import Remote


def routes(site: Site) -> list[BaseRoute]:
    """Return the routes that a supervisor asks."""

    async def health(_: Request) -> Response:
        return JSONResponse({"alive": True})

    def ready(_: Request) -> Response:
        reason = site.snapshots.broken()
        if reason is not None:
            return JSONResponse({"ready": False, "reason": reason}, 503)
        snapshot = site.snapshot()
        said: dict[str, object] = {
            "ready": True,
            "generation": "remote" if snapshot.remote else snapshot.manifest.generation,
            "quads": snapshot.manifest.quads(),
        }
        if isinstance(snapshot.store, Remote):
            said["round_trips"] = snapshot.store.sent
        return JSONResponse(said)

    return [Route("/health", health), Route("/ready", ready)]
