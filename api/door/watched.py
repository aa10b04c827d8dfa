"""Watch each request once, for the log and the figures: its id, status, size and time."""

import os
import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import count
from time import monotonic, time
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.door.log import Line, Log
from api.door.metrics import Registry

_SANE = re.compile(rb"[A-Za-z0-9._-]{1,64}").fullmatch
_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"))
_KINDS = frozenset(
    (
        *("sparql", "store", "id", "page", "data", "ontology", "catalog", "dumps", "api", "static", "health"),
        *("ready", "metrics", "networks", "queries", "needs", "regions", "search", "sources", "docs", "map"),
        *("missing", ".well-known", "openapi.json", "graph"),
    )
)
_STATUSES = {at: f"{at // 100}xx" for at in range(100, 600)}
_PATHS = 256  # whose kinds are kept
_IDS = count(1)
_RUN = os.urandom(4).hex()


class Record:
    """A request on its way; `scope["record"]` gives it to all layers."""

    __slots__ = ("bytes", "id", "status")

    def __init__(self, ident: str, status: int = 0, size: int = 0) -> None:
        self.id, self.status, self.bytes = ident, status, size


class Watched:
    """Give each request an id, and tell of its answer when it has ended."""

    def __init__(self, app: ASGIApp, log: Log, registry: Registry) -> None:
        self._app, self._log = app, log
        self._asked = registry.counter(
            "samspel_requests_total", "Requests answered.", ("kind", "method", "status")
        )
        self._took = registry.histogram(
            "samspel_request_seconds", "Seconds from a request's head to its answer's end.", ("kind",)
        )
        self.busy = 0
        registry.gauge("samspel_requests_in_flight", "Requests being answered.", ask=lambda: self.busy)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and watch its answer."""
        if scope["type"] != "http":
            return await self._live(scope, receive, send)
        begun, at = monotonic(), time()
        given, agent = _given(scope)
        record = scope["record"] = Record(given)

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                record.status = message["status"]
                head = message.get("headers", ())
                message["headers"] = [*head, (b"x-request-id", record.id.encode())]
            else:
                record.bytes += len(message.get("body", b""))
            await send(message)

        self.busy += 1
        try:
            await self._app(scope, receive, sending)
        finally:
            self.busy -= 1
            client = scope.get("client")
            self.told(scope, record, client[0] if client else "", agent, monotonic() - begun, at)

    def told(
        self, scope: Mapping[str, Any], record: Record, address: str, agent: bytes, seconds: float, at: float
    ) -> None:
        """Take an answer into the figures and the log; 499 when none was given, as the client had gone.

        Of the scope only the request's own path, method and query are read; 0 for `at` is now.
        """
        path, method, status = scope["path"], scope["method"], record.status or 499
        kind = kind_of(path)
        self._asked.inc((kind, method if method in _METHODS else "other", _STATUSES.get(status, "other")))
        self._took.observe(seconds, (kind,))
        if self._log.requests:
            said = (record.id, method, path, scope["query_string"], status, record.bytes, seconds)
            self._log.put(Line(*said, address, agent, at or time()))

    async def _live(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Write the last lines of the log when all else has ended."""
        await self._app(scope, receive, send)
        if scope["type"] == "lifespan":
            self._log.close()


@lru_cache(_PATHS)
def kind_of(path: str) -> str:
    """Return the kind of a path, of which there are few.

    >>> kind_of("/"), kind_of("/id/county/05"), kind_of("/wp-login.php")
    ('home', 'id', 'other')
    """
    first = path.split("/", 2)[1] if path.startswith("/") else "?"
    return first if first in _KINDS else "other" if first else "home"


def _given(scope: Scope) -> tuple[str, bytes]:
    """Return the id that came with a request when it is sane, else a new one; and the user agent."""
    ident, agent = b"", b""
    for name, value in scope["headers"]:
        if name == b"user-agent":
            agent = value
        elif name == b"x-request-id":
            ident = value
    if ident and _SANE(ident):
        return ident.decode("ascii"), agent
    return new_id(), agent


def new_id() -> str:
    """Return the id of a request that brought none."""
    return f"{_RUN}-{next(_IDS):x}"
