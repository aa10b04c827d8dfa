"""The SPARQL 1.1 Protocol at the front: read a request, have it answered by a worker, send what comes."""

import re
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from json import JSONDecoder
from urllib.parse import parse_qsl, quote, unquote_to_bytes

from starlette.datastructures import Headers
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message, Receive, Scope, Send

from api.conditional import Conditional, Read, read
from api.door.clients import client_of
from api.guard import Refused
from api.negotiate import choose
from api.pages_front import Pages
from api.service.service import Asked, Refusal, Reply, Service
from api.settings import Settings
from api.sparql_run import GRAPHS, TABLES
from api.update_request import may_be_update, update_of
from api.writing import Writing, authorised

DESCRIPTION = "/service-description"
MACHINES = (*TABLES, *GRAPHS)
_DESCRIBED = (
    "text/turtle",
    "application/rdf+xml",
    "application/n-triples",
    "application/ld+json",
    "text/html",
)
_VARYING = re.compile(r"<[^<>\s]*>|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|#[^\n]*|\s+|\d+")
_FIELDS = 200
_ESCAPE = "\\u00"
_read_json = JSONDecoder().raw_decode
Parameters = dict[str, list[str]]


class Endpoint:
    """`/sparql`."""

    def __init__(
        self, settings: Settings, service: Service, conditional: Conditional, pages: Pages, writing: Writing
    ) -> None:
        self._settings, self._service, self._conditional = settings, service, conditional
        self._pages, self._writing = pages, writing
        self._services = settings.services()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; raise Refused or Refusal with the reason when it is not answered."""
        if scope["method"] in ("GET", "HEAD"):
            await self._get(scope, receive, send)
        elif scope["method"] == "POST":
            await self._post(scope, receive, send)
        else:
            raise Refusal(405, "Ask by GET or POST.", [(b"allow", b"GET, HEAD, POST, OPTIONS")])

    async def _get(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = read(scope)
        kept = self._conditional.kept(asked, self._service.version)
        if kept is not None or (
            asked.tag is not None and self._conditional.same(asked, self._service.version)
        ):
            return await self._conditional.answer(asked, self._service.version, _nothing, scope, send)
        parameters = only_query(scope["query_string"]) or _parse(scope["query_string"])
        if "update" in parameters:
            raise Refused(400, "An update cannot come by GET: send it by POST, with a token.")
        query = _one(parameters)
        if query is None:
            return await self._introduce(asked, scope, receive, send)
        if "format" not in parameters and choose(asked.accept, (*MACHINES, "text/html")) == "text/html":
            return await self._pages(scope, receive, send)
        return await self._answer(asked, query, parameters, scope, receive, send)

    async def _post(self, scope: Scope, receive: Receive, send: Send) -> None:
        media = Headers(scope=scope).get("content-type", "")
        if may_be_update(media, scope["query_string"]):
            scope["writes"] = True
            _hold(authorised(scope["headers"], self._writing.token))
            content = await whole(Request(scope, receive), self._settings.max_upload_bytes)
            return await self._update(media, content, scope, receive, send)
        content = await whole(Request(scope, receive), 3 * self._settings.max_query_bytes + 1000)
        if update_of("POST", media, scope["query_string"], content) is not None:
            scope["writes"] = True
            _hold(authorised(scope["headers"], self._writing.token))
            return await self._update(media, content, scope, receive, send)
        parameters = await self._parameters(scope, media, content)
        query = _one(parameters)
        if query is None:
            raise Refused(400, "No query came: give it as the parameter 'query' of a form, or as the body.")
        asked = read(scope)
        if "format" not in parameters and choose(asked.accept, (*MACHINES, "text/html")) == "text/html":
            shown = {**scope, "method": "GET", "query_string": f"query={quote(query)}".encode()}
            return await self._pages(shown, receive, send)
        return await self._answer(asked, query, parameters, scope, receive, send)

    async def _answer(
        self, asked: Read, query: str, parameters: Parameters, scope: Scope, receive: Receive, send: Send
    ) -> None:
        if len(query) > self._settings.max_query_bytes:
            raise Refused(
                413,
                f"The query is longer than {self._settings.max_query_bytes} bytes, the most that are taken.",
            )
        job = self.job(asked, query, parameters)
        # by POST the query stands in the body: what is kept, is kept under all that the answer depends on
        said = asked if scope["method"] != "POST" else _as_read(asked, job)

        async def make() -> Reply:
            return await self._service.ask(
                Asked(
                    job,
                    client_of(scope),
                    partial(shape, query),
                    self._settings.query_seconds,
                    left=lambda: gone(receive),
                    begun=scope.get("begun"),
                )
            )

        await self._conditional.answer(said, self._service.version, make, scope, send)

    def job(self, asked: Read, query: str, parameters: Parameters) -> Mapping[str, object]:
        """Return what a worker is told of a query."""
        job: dict[str, object] = {"do": "query", "query": query, "accept": asked.accept, "gzip": asked.packed}
        if "format" in parameters:
            job["format"] = parameters["format"][0]
        default, named = parameters.get("default-graph-uri"), parameters.get("named-graph-uri")
        if default or named:
            job["default"], job["named"] = default or [], named or []
        if self._services and "service" in query.lower():
            job["services"] = True
        return job

    async def _introduce(self, asked: Read, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer who asks for nothing: a person with the editor, a program with what the service can do."""
        if choose(asked.accept, _DESCRIBED) == "text/html":
            return await self._pages(scope, receive, send)
        return await self._pages({**scope, "path": DESCRIPTION}, receive, send)

    async def _update(self, media: str, content: bytes, scope: Scope, receive: Receive, send: Send) -> None:
        found = update_of("POST", media, scope["query_string"], content)
        if found is None:
            raise Refused(400, "No update came: give it as the body, or as the parameter 'update' of a form.")
        outcome = await self._writing.update(found.text.encode(), found.using, found.using_named)
        await outcome.response()(scope, receive, send)

    async def _parameters(self, scope: Scope, media: str, content: bytes) -> Parameters:
        """Return the parameters of a query by POST: those of the address, and those of the body."""
        found = _parse(scope["query_string"])
        kind, _, rest = media.partition(";")
        kind = kind.strip().lower()
        _hold_charset(rest)
        if kind == "application/sparql-query":
            found.setdefault("query", []).append(_text(content))
        elif kind == "application/x-www-form-urlencoded":
            for key, values in _parse(content).items():
                found.setdefault(key, []).extend(values)
        elif kind == "multipart/form-data":
            for key, value in await _multipart(scope, content, self._settings.max_query_bytes):
                found.setdefault(key, []).append(value)
        else:
            raise Refused(
                415,
                f"Content-Type {kind!r} is not taken: send application/sparql-query, "
                "application/x-www-form-urlencoded or multipart/form-data.",
            )
        return found


async def whole(request: Request, limit: int) -> bytes:
    """Return a body, read no further than a limit."""
    data = bytearray()
    try:
        async for chunk in request.stream():
            data += chunk
            if len(data) > limit:
                raise Refused(413, f"The body is larger than {limit} bytes, the most that are taken.")
    except ClientDisconnect as error:
        raise Refused(400, "The request ended before its body did.") from error
    return bytes(data)


async def gone(receive: Receive) -> None:
    """Return when the client has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def _nothing() -> Reply:
    raise Refusal(500, "There is nothing to be made.")


async def _multipart(scope: Scope, content: bytes, limit: int) -> list[tuple[str, str]]:
    """Return the fields of a multipart form; files are none of a query's parameters."""

    async def receive() -> Message:
        return {"type": "http.request", "body": content, "more_body": False}

    try:
        form = await Request(scope, receive).form(max_files=0, max_fields=_FIELDS, max_part_size=limit)
    except MultiPartException as error:
        raise Refused(
            400, f"The form cannot be read: {error.message} Send each parameter as a field."
        ) from error
    return [(name, str(value)) for name, value in form.multi_items()]


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(400, f"The body is not UTF-8 (byte {error.start}).") from error


def _hold(refused: Refused | None) -> None:
    if refused is not None:
        raise refused


def only_query(text: bytes) -> Parameters | None:
    """Return the parameters of a GET that brings nothing but a query, which is most."""
    if not text.startswith(b"query=") or b"&" in text:
        return None
    try:
        return {"query": [_decoded(text[6:].replace(b"+", b" "))]}
    except UnicodeDecodeError:
        return None


def _decoded(text: bytes) -> str:
    """Return the text that stands percent-encoded.

    With a backslash and u00 for `%` it is a text of JSON, which is read four times as fast as by `unquote`.

    >>> _decoded(b"%C3%A5%20a"), _decoded(b'"%41'), _decoded(b"%4x")
    ('å a', '"A', '%4x')
    """
    if b"\\" not in text:
        written = f'"{text.decode("latin-1").replace("%", _ESCAPE)}"'
        with suppress(ValueError):
            found, end = _read_json(written)
            if end == len(written):
                return str(found) if found.isascii() else str(found.encode("latin-1"), "utf-8")
    return unquote_to_bytes(text).decode("utf-8")


def _parse(text: bytes) -> Parameters:
    found: Parameters = {}
    try:
        pairs = parse_qsl(
            text.decode("latin-1"), keep_blank_values=True, max_num_fields=_FIELDS, errors="strict"
        )
    except UnicodeDecodeError as error:
        raise Refused(400, f"A parameter is not UTF-8: {error}.") from error
    except ValueError as error:
        raise Refused(400, f"More than {_FIELDS} parameters came.") from error
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def _one(parameters: Parameters) -> str | None:
    given = parameters.get("query", [])
    if len(given) > 1:
        raise Refused(400, "Several queries came at once; send one.")
    return given[0] if given and given[0].strip() else None


def _hold_charset(parameters: str) -> None:
    for each in parameters.split(";"):
        name, _, value = each.partition("=")
        charset = value.strip().strip("\"'").lower()
        if name.strip().lower() == "charset" and charset not in ("utf-8", "utf8", "us-ascii"):
            raise Refused(415, f"The body is said to be in {charset!r}; SPARQL comes in UTF-8.")


def shape(query: str) -> int:
    """Return what queries have in common that differ in texts, numbers, comments and spaces only."""
    return hash(_VARYING.sub(_fixed, query))


def _fixed(match: re.Match[str]) -> str:
    """Keep the IRIs of a query; its texts, numbers, comments and spaces do not tell whether it is slow."""
    found = match.group()
    return found if found[0] == "<" else ""


def _as_read(asked: Read, job: Mapping[str, object]) -> Read:
    return Read(
        asked.path, repr(sorted(job.items())).encode(), asked.accept, b"", asked.packed, b"", "", False, None
    )
