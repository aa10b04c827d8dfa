"""The server: a front without a store, that sends each request to what answers it."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from api.conditional import Conditional, plain
from api.guard import Refused
from api.pages_front import Pages
from api.service.service import Refusal, Service
from api.settings import Settings
from api.sparql import Endpoint

_STATIC = Path(__file__).parent / "static"
Handler = Callable[[Scope, Receive, Send], Awaitable[None]]


class Server:
    """The front as an ASGI app."""

    def __init__(self, settings: Settings) -> None:
        self.service = Service(settings)
        conditional = Conditional()
        self.service.changed = conditional.cache.clear
        self._pages = Pages(settings, self.service, conditional)
        sparql = Endpoint(settings, self.service, conditional, self._pages)
        self._exact: dict[str, Handler] = {"/sparql": sparql, "/sparql/": sparql, "/health": _health}
        self._under: dict[str, ASGIApp] = {"static": StaticFiles(directory=_STATIC)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or begin and end with the server."""
        if scope["type"] == "lifespan":
            return await self._live(receive, send)
        try:
            await self._answer(scope, receive, send)
        except (Refusal, Refused) as error:
            refusal = error if isinstance(error, Refusal) else Refusal(error.status, str(error))
            await plain(send, refusal)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        handler = self._exact.get(path)
        if handler is not None:
            return await handler(scope, receive, send)
        first = path.split("/", 2)[1]
        if first in self._under:
            inner = {**scope, "root_path": f"{scope.get('root_path', '')}/{first}"}
            return await self._under[first](inner, receive, send)
        return await self._pages(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await self.service.start()
                await send({"type": "lifespan.startup.complete"})
            else:
                await self.service.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return


async def _health(scope: Scope, receive: Receive, send: Send) -> None:
    body = b'{"alive": true}'
    head = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": head})
    await send({"type": "http.response.body", "body": body})
