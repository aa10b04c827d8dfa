"""The server: a front without a store, that sends each request to what answers it."""

import json
from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from api.conditional import Conditional, plain, read
from api.door.clients import client_of
from api.door.metrics import MEDIA, Registry
from api.express import Express
from api.graph_store import GraphStore
from api.guard import Refused
from api.pages_front import Pages
from api.service.figures import Figures
from api.service.service import Asked, Refusal, Reply, Service
from api.settings import Settings
from api.sparql import Endpoint
from api.writing import Writing, refusal
from graph.releases import Releases

_STATIC = Path(__file__).parent / "static"
_JSON = b"application/json"
Handler = Callable[[Scope, Receive, Send], Awaitable[None]]


class Front:
    """The front as an ASGI app; `changed` is called with the version of the data when they are others."""

    def __init__(
        self, settings: Settings, registry: Registry, changed: Callable[[str], None] = lambda _: None
    ) -> None:
        self.service = Service(settings, Figures(registry))
        self._settings, self._registry, self._tell = settings, registry, changed
        self._releases = Releases(settings.store)
        self._conditional = Conditional()
        self.service.changed = self._changed
        self._pages = Pages(settings, self.service, self._conditional)
        self._writing = Writing(settings, self.service.renew, self.service.writer)
        self._graphs = GraphStore(self._writing, self._graph)
        sparql = Endpoint(settings, self.service, self._conditional, self._pages, self._writing)
        self.express = Express(settings, self.service, self._conditional, sparql)
        self._exact: dict[str, Handler] = {
            "/sparql": sparql,
            "/sparql/": sparql,
            "/health": self._health,
            "/ready": self._ready,
            "/metrics": self._metrics,
        }
        self._static = StaticFiles(directory=_STATIC)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or begin and end with the server."""
        if scope["type"] == "lifespan":
            return await self._live(receive, send)
        try:
            return await self._answer(scope, receive, send)
        except Refusal as error:
            return await plain(send, error)
        except Refused as error:
            return await refusal(error)(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        handler = self._exact.get(path)
        if handler is not None:
            return await handler(scope, receive, send)
        first = path.split("/", 2)[1] if path.startswith("/") else ""
        if first == "static":
            inner = {**scope, "root_path": f"{scope.get('root_path', '')}/{first}"}
            return await self._static(inner, receive, send)
        if first == "store":
            return await self._graphs(scope, receive, send)
        if first == "dumps" and scope["method"] in ("GET", "HEAD") and (file := self._dump(path)):
            return await FileResponse(file)(scope, receive, send)
        return await self._pages(scope, receive, send)

    async def _graph(self, graph: str | None, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the reading of a graph."""
        asked = read(scope)

        async def make() -> Reply:
            job = {"do": "graph", "graph": graph, "accept": asked.accept, "gzip": asked.packed}
            seconds = self._settings.page_seconds
            return await self.service.ask(Asked(job, client_of(scope), lambda: ("graph", graph), seconds))

        await self._conditional.answer(asked, self.service.version, make, scope, send)

    def _dump(self, path: str) -> Path | None:
        """Return the file of a release that a path names."""
        parts = path.split("/")[2:]
        return self._releases.file(*parts) if len(parts) == 2 and all(parts) else None

    async def start(self) -> None:
        """Begin: the workers, and what writes."""
        await self.service.start()
        self._writing.warm()

    async def stop(self) -> None:
        """End all that was begun."""
        await self._writing.close()
        await self.service.stop()

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await self.start()
                await send({"type": "lifespan.startup.complete"})
            else:
                await self.stop()
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
        said: dict[str, object] = {"ready": True, "generation": zygote.generation, "quads": zygote.quads}
        if self._settings.endpoint:
            said |= {"generation": "remote", "version": zygote.version}
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
