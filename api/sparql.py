"""The SPARQL endpoint: queries by GET and POST, answers by Accept, a form in a browser."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TypeVar
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from api import sparql_run
from api.guard import Checked, Refused, check
from api.negotiate import choose
from api.site import Site, vary
from api.snapshot import Snapshot
from api.sparql_run import GRAPHS, TABLES, Shown
from api.workers import Busy
from queries.catalogue import queries

T = TypeVar("T")
_FORMS = {
    "json": ("application/sparql-results+json", "application/ld+json"),
    "xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "csv": ("text/csv", None),
    "tsv": ("text/tab-separated-values", None),
    "ttl": (None, "text/turtle"),
    "nt": (None, "application/n-triples"),
}
_REFUSED_PARAMETERS = (
    "default-graph-uri",
    "named-graph-uri",
    "using-graph-uri",
    "using-named-graph-uri",
    "update",
)


def routes(site: Site) -> list[BaseRoute]:
    """Return the route of the endpoint."""

    async def sparql(request: Request) -> Response:
        html = choose(request.headers.get("accept"), ["text/plain", "text/html"]) == "text/html"
        try:
            response = await _answer(site, request, html)
        except Refused as error:
            response = await _refusal(site, request, html, error)
            if error.status == 503:
                response.headers["Retry-After"] = "5"
        vary(response.headers, "Accept")
        return response

    return [Route("/sparql", sparql, methods=["GET", "POST"])]


async def _answer(site: Site, request: Request, html: bool) -> Response:
    limit = site.settings.max_query_bytes
    parameters = await _parameters(request, limit)
    if not parameters.get("query"):
        if html:
            return await run_in_threadpool(_page, site, request, queries()["who-leads"].body)
        raise Refused(
            400, "No query came: give it as the parameter 'query' of a GET or a form, or as the body."
        )
    query = await run_in_threadpool(check, parameters["query"], limit)
    offers = list(TABLES if query.form in ("SELECT", "ASK") else GRAPHS)
    media = _chosen(request, query, offers, parameters.get("format"))
    snapshot = await run_in_threadpool(site.snapshot)
    if media == "text/html":
        answer = await _run(
            site, partial(sparql_run.shown, snapshot.store, query, site.settings.max_result_bytes)
        )
        return await run_in_threadpool(_page, site, request, query.text, answer)
    content = await _run(
        site, partial(sparql_run.written, snapshot.store, query, media, site.settings.max_result_bytes)
    )
    return _file(content, media, snapshot)


def _chosen(request: Request, query: Checked, offers: list[str], form: str | None) -> str:
    if form is not None:
        table, graph = _FORMS.get(form, (None, None))
        found = table if query.form in ("SELECT", "ASK") else graph
        if found is None:
            raise Refused(400, f"Format {form!r} does not fit a {query.form}; there are {', '.join(_FORMS)}.")
        return found
    media = choose(request.headers.get("accept"), [*offers, "text/html"])
    if media is None:
        raise Refused(406, f"A {query.form} can be answered as {', '.join(offers)} or text/html.")
    return media


async def _run(site: Site, job: Callable[[], T]) -> T:
    try:
        return await asyncio.wrap_future(site.workers.submit(job))
    except Busy as error:
        raise Refused(503, f"{error} Try again in a few seconds.") from error


async def _parameters(request: Request, limit: int) -> dict[str, str]:
    """Return the parameters of a request, read no further than a query may be long."""
    found = {key: request.query_params.getlist(key) for key in request.query_params}
    if request.method == "POST":
        media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media == "application/sparql-query":
            found["query"] = [*found.get("query", ()), await _body(request, limit)]
        elif media == "application/x-www-form-urlencoded":
            for key, values in parse_qs(await _body(request, 3 * limit + 1000)).items():
                found.setdefault(key, []).extend(values)
        elif media == "application/sparql-update":
            raise Refused(403, "This endpoint only reads; it takes no updates.")
        else:
            raise Refused(
                415,
                f"Content-Type {media!r} is not taken: send application/sparql-query or "
                "application/x-www-form-urlencoded.",
            )
    for name in _REFUSED_PARAMETERS:
        if name in found:
            raise Refused(
                403 if name == "update" else 400,
                f"{name!r} is not taken: nothing is written here, and a query names its graphs itself.",
            )
    if len(found.get("query", ())) > 1:
        raise Refused(400, "Several queries came at once; send one.")
    return {key: values[0] for key, values in found.items()}


async def _body(request: Request, limit: int) -> str:
    data = bytearray()
    try:
        async for chunk in request.stream():
            data += chunk
            if len(data) > limit:
                raise Refused(413, f"The body is larger than {limit} bytes.")
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(400, f"The body is not UTF-8 (byte {error.start}).") from error
    except ClientDisconnect as error:
        raise Refused(400, "The request ended before its body did.") from error


def _page(
    site: Site, request: Request, text: str, answer: Shown | None = None, error: Refused | None = None
) -> Response:
    forms = (
        []
        if answer is None
        else [
            name for name, (table, graph) in _FORMS.items() if (graph if answer.turtle is not None else table)
        ]
    )
    context = {
        "text": text,
        "answer": answer,
        "problem": str(error) if error else None,
        "forms": forms,
        "examples": [each for each in queries().values() if each.category == "competency"],
    }
    return site.page(site.view(request), "sparql.html", context, error.status if error else 200)


async def _refusal(site: Site, request: Request, html: bool, error: Refused) -> Response:
    if html:
        text = request.query_params.get("query", "") if request.method == "GET" else ""
        return await run_in_threadpool(_page, site, request, text, None, error)
    return PlainTextResponse(f"{error}\n", error.status)


def _file(content: bytes, media: str, snapshot: Snapshot) -> Response:
    kind = media if media.endswith(("json", "xml", "n-triples")) else f"{media}; charset=utf-8"
    headers = {"Content-Type": kind, "X-Samspel-Generation": snapshot.version}
    return Response(content, headers=headers)
