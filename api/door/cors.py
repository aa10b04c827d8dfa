"""Let programs of other sites read, and only read; nothing is ever allowed with credentials.

A handler that takes a request as a write sets `scope["writes"] = True` before it answers, so that a form
with an update in it, which looks like a query from outside, is not answered to other sites.
"""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.door.answers import answer

_QUERY_PATHS = ("/sparql", "/sparql/")
_QUERY_TYPES = (b"application/sparql-query", b"application/x-www-form-urlencoded")
_READS = b"GET, HEAD, OPTIONS"
_ASKS = b"GET, HEAD, POST, OPTIONS"
_WRITES = b"GET, HEAD, POST, PUT, DELETE, OPTIONS"
_ORIGIN = (b"access-control-allow-origin", b"*")
_READABLE = (
    b"Content-Disposition, Content-Location, ETag, Link, Location, Retry-After, X-Request-Id, "
    b"X-Samspel-Generation"
)
_EXPOSED = (b"access-control-expose-headers", _READABLE)
OPEN = (_ORIGIN, _EXPOSED)
_HEADERS = (
    b"access-control-allow-headers",
    b"Accept, Accept-Language, Content-Type, If-None-Match, X-Request-Id",
)
_AGE = (b"access-control-max-age", b"86400")


class Cors:
    """Answer OPTIONS, and mark answers to reads as open to all sites."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; a read's answer may be read anywhere."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        if scope["method"] == "OPTIONS":
            return await _options(scope, send)
        if not _reads(scope):
            return await self._app(scope, receive, send)

        async def opened(message: Message) -> None:
            if message["type"] == "http.response.start" and "writes" not in scope:
                head = message.get("headers", ())
                if all(name != _ORIGIN[0] for name, _ in head):
                    message["headers"] = [*head, *OPEN]
            await send(message)

        return await self._app(scope, receive, opened)


def allowed(path: str) -> bytes:
    """Return the methods that a path takes."""
    if path in _QUERY_PATHS:
        return _ASKS
    return _WRITES if path == "/store" or path.startswith("/store/") else _READS


def _reads(scope: Scope) -> bool:
    method = scope["method"]
    if method in ("GET", "HEAD"):
        return bool(scope["path"] != "/metrics")
    return method == "POST" and scope["path"] in _QUERY_PATHS and _type(scope) in _QUERY_TYPES


def _type(scope: Scope) -> bytes:
    for name, value in scope["headers"]:
        if name == b"content-type":
            return bytes(value).partition(b";")[0].strip().lower()
    return b""


async def _options(scope: Scope, send: Send) -> None:
    path, asked = scope["path"], dict(scope["headers"]).get(b"access-control-request-method")
    if asked is None:
        return await answer(send, 204, "", [(b"allow", allowed(path))])
    reads = _ASKS if path in _QUERY_PATHS else _READS
    if asked not in reads.split(b", "):
        return await answer(
            send,
            403,
            f"From other sites {path} is open to {reads.decode()}; {asked.decode('latin-1')} is not.",
            [(b"allow", allowed(path))],
        )
    return await answer(send, 204, "", [_ORIGIN, (b"access-control-allow-methods", reads), _HEADERS, _AGE])
