"""Tell whether the server lives, and whether it has a generation to answer from."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from api.site import Site
from graph.errors import GraphError
from graph.remote import Remote


def routes(site: Site) -> list[BaseRoute]:
    """Return the routes that a supervisor asks."""

    async def health(_: Request) -> Response:
        return JSONResponse({"alive": True})

    def ready(_: Request) -> Response:
        try:
            snapshot = site.snapshots.probed()
        except GraphError as error:
            return JSONResponse({"ready": False, "reason": str(error)}, 503)
        said: dict[str, object] = {
            "ready": True,
            "generation": "remote" if snapshot.remote else snapshot.manifest.generation,
            "version": snapshot.version,
            "quads": snapshot.manifest.quads(),
        }
        if isinstance(snapshot.store, Remote):
            said["round_trips"] = snapshot.store.sent
        if site.snapshots.trouble:
            said["warning"] = f"The newest generation cannot be opened: {site.snapshots.trouble}"
        return JSONResponse(said)

    return [Route("/health", health), Route("/ready", ready)]
