"""The Graph Store Protocol at /store: reading a graph is public, writing one needs the token.

A graph is named by `?graph=IRI`, by `?default`, or by its own address `/store/PATH` (`BASE store/PATH`).
"""

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from api.guard import Refused
from api.uploads import refuse_unknown
from api.writing import Writing, authorised, refusal
from graph.errors import TermError
from graph.generations import Home
from graph.iris import Iris
from graph.terms import iri

PATH = "/store"
METHODS = ("GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS")
IN_MEMORY = 1_000_000  # bytes; a larger body goes to a file
SLOWEST = 30.0  # seconds between two pieces of a body
Read = Callable[[str | None, Scope, Receive, Send], Awaitable[None]]


@dataclass(frozen=True)
class Target:
    """The graph that a request speaks of: a named one, the default graph (None), or one to be made."""

    graph: str | None
    address: str = ""  # of a graph to be made


class GraphStore:
    """An ASGI application; `read` answers a GET or HEAD for a graph (None: the default graph)."""

    def __init__(self, writing: Writing, read: Read) -> None:
        self._writing, self._read = writing, read
        self._iris = Iris(writing.settings.base)
        self._home = Home(writing.settings.store)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        if request.method in ("GET", "HEAD"):
            try:
                graph = target(request, self._iris).graph
            except Refused as error:
                return await refusal(error)(scope, receive, send)
            return await self._read(graph, scope, receive, send)
        scope["writes"] = True  # no other site may read the answer
        response = await self.answer(request)
        return await response(scope, receive, send)

    async def answer(self, request: Request) -> Response:
        """Return the answer to a request that writes."""
        try:
            return await self._answer(request)
        except Refused as error:
            return refusal(error)
        except ClientDisconnect:
            return refusal(Refused(400, "The request ended before its body did."))

    async def _answer(self, request: Request) -> Response:
        method = request.method
        if method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": ", ".join(METHODS)})
        if method not in METHODS:
            sentence = f"{method} is not taken here; there are {', '.join(METHODS)}.\n"
            return PlainTextResponse(sentence, 405, {"Allow": ", ".join(METHODS)})
        if denied := authorised(request.headers.raw, self._writing.token):
            raise denied
        return await self._write(request, target(request, self._iris))

    async def _write(self, request: Request, target: Target) -> Response:
        if request.method == "DELETE":
            return (await self._writing.graph("DELETE", target.graph, "", b"")).response()
        media = request.headers.get("content-type", "")
        refuse_unknown(media)
        with ExitStack() as stack:
            body = await self._body(request, stack)
            outcome = await self._writing.graph(request.method, target.graph, media, body)
        return outcome.response({"Location": target.address} if target.address and outcome.done else None)

    async def _body(self, request: Request, stack: ExitStack) -> bytes | Path:
        """Read a body no further than it may be long; a large one into a file that is gone afterwards."""
        limit, held, size = self._writing.settings.max_upload_bytes, bytearray(), 0
        path: Path | None = None
        _hold_length(request.headers, limit)
        async for piece in _pieces(request):
            size += len(piece)
            if size > limit:
                raise _too_large(limit)
            held += piece
            if len(held) > IN_MEMORY:
                path = path or stack.enter_context(self._home.workspace()) / "upload"
                _append(path, held)
                held.clear()
        if path is None:
            return bytes(held)
        _append(path, held)
        return path


def target(request: Request, iris: Iris) -> Target:
    """Return the graph that a request speaks of; raise Refused when it names none, or two."""
    own = f"{request.url.scheme}://{request.url.netloc}{PATH}/"
    named = _parameters(request)
    rest = _raw_path(request).removeprefix(PATH).removeprefix("/")
    if rest:
        if named:
            raise Refused(400, "The address names a graph already; it takes no parameter beside.")
        return Target(_own(iris, rest))
    if named == {"default": [""]}:
        return Target(None)
    if list(named) == ["graph"] and len(named["graph"]) == 1:
        (name,) = named["graph"]
        return Target(_own(iris, name.removeprefix(own)) if name.startswith(own) else _iri(name))
    if not named and request.method == "POST":
        path = f"uploads/{secrets.token_hex(8)}"
        return Target(_own(iris, path), own + path)
    raise Refused(400, f"Name one graph: {PATH}?graph=IRI, {PATH}?default, or {PATH}/PATH.")


def _parameters(request: Request) -> dict[str, list[str]]:
    try:
        text = bytes(request.scope["query_string"]).decode()
        return parse_qs(text, keep_blank_values=True, errors="strict", max_num_fields=100)
    except ValueError as error:
        raise Refused(400, f"The parameters cannot be read: {error}.") from error


def _raw_path(request: Request) -> str:
    raw: bytes = request.scope.get("raw_path") or request.url.path.encode()
    return raw.partition(b"?")[0].decode("ascii", "replace")


def _iri(name: str) -> str:
    try:
        return iri(name)[1:-1]
    except TermError as error:
        raise Refused(400, f"graph={name!r} is not an absolute IRI.") from error


def _own(iris: Iris, path: str) -> str:
    try:
        return iris.stored(path)[1:-1]
    except TermError as error:
        raise Refused(400, f"{PATH}/{path} cannot be the address of a graph.") from error


def _hold_length(headers: Headers, limit: int) -> None:
    said = headers.get("content-length", "")
    if said.isdigit() and int(said) > limit:
        raise _too_large(limit)


def _too_large(limit: int) -> Refused:
    return Refused(
        413, f"The body is larger than {limit} bytes (SAMSPEL_MAX_UPLOAD_BYTES); use samspel load for more."
    )


async def _pieces(request: Request) -> AsyncIterator[bytes]:
    """Yield the pieces of a body; who lets us wait too long for one is given up."""
    stream = aiter(request.stream())
    while True:
        try:
            yield await asyncio.wait_for(anext(stream), SLOWEST)
        except StopAsyncIteration:
            return
        except TimeoutError:
            raise Refused(408, f"Nothing more of the body came for {SLOWEST:.0f} seconds.") from None


def _append(path: Path, data: bytes | bytearray) -> None:
    with path.open("ab") as file:
        file.write(data)
