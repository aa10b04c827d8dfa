"""The server: a front without a store, that sends each request to what answers it."""

import json
from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from api.conditional import Conditional, plain
from api.door.metrics import MEDIA, Registry
from api.guard import Refused
from api.pages_front import Pages
from api.service.figures import Figures
from api.service.service import Refusal, Service
from api.settings import Settings
from api.sparql import Endpoint

_STATIC = Path(__file__).parent / "static"
_JSON = b"application/json"
Handler = Callable[[Scope, Receive, Send], Awaitable[None]]


class Front:
    """The front as an ASGI app; `changed` is called with the version of the data when they are others."""

    def __init__(
        self, settings: Settings, registry: Registry, changed: Callable[[str], None] = lambda _: None
    ) -> None:
        self.service = Service(settings, Figures(registry))
        self._registry, self._tell = registry, changed
        self._conditional = Conditional()
        self.service.changed = self._changed
        self._pages = Pages(settings, self.service, self._conditional)
        sparql = Endpoint(settings, self.service, self._conditional, self._pages)
        self._exact: dict[str, Handler] = {
            "/sparql": sparql,
            "/sparql/": sparql,
            "/health": self._health,
            "/ready": self._ready,
            "/metrics": self._metrics,
        }
        self._under: dict[str, ASGIApp] = {"static": StaticFiles(directory=_STATIC)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or begin and end with the server."""
        if scope["type"] == "lifespan":
            return await self._live(receive, send)
        try:
            return await self._answer(scope, receive, send)
        except (Refusal, Refused) as error:
            refusal = error if isinstance(error, Refusal) else Refusal(error.status, str(error))
            return await plain(send, refusal)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        handler = self._exact.get(path)
        if handler is not None:
            return await handler(scope, receive, send)
        first = path.split("/", 2)[1] if path.startswith("/") else ""
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

    def _changed(self, version: str) -> None:
        self._conditional.cache.clear()
        self._tell(version)

    async def _health(self, scope: Scope, receive: Receive, send: Send) -> None:
        await _send(send, 200, _JSON, b'{"alive": true}')

    async def _ready(self, scope: Scope, receive: Receive, send: Send) -> None:
        reason = await run_in_threadpool(self.service.broken)
        if reason is not None:
            return await _send(send, 503, _JSON, json.dumps({"ready": False, "reason": reason}).encode())
        zygote = self.service.pool.zygote
        said = {"ready": True, "generation": zygote.generation, "quads": zygote.quads}
        return await _send(send, 200, _JSON, json.dumps(said).encode())

    async def _metrics(self, scope: Scope, receive: Receive, send: Send) -> None:
        await _send(send, 200, MEDIA, self._registry.text())


async def _send(send: Send, status: int, media: bytes, body: bytes) -> None:
    head = [
        (b"content-type", media),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": head})
    await send({"type": "http.response.body", "body": body})
