"""What a worker can be asked: a query, a page, a graph; each answered into an outlet."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, TypeVar, cast

import anyio.to_thread
from starlette.types import ASGIApp, Message, Scope

from api import sparql_run
from api.counts import counts
from api.direct import Direct
from api.guard import Refused, check
from api.service.frames import Headers, Job
from api.service.outlet import Outlet
from api.service.worker import Answer, Desk
from api.site import templates
from graph.asked import Dataset
from graph.foreign import EDITS
from graph.iris import Iris
from ontology import vocabulary
from queries import catalogue
from queries.measure import measures

if TYPE_CHECKING:
    from fastapi import FastAPI

T = TypeVar("T")
WARM = 200_000  # quads; of larger snapshots most answers are made by a process of their own
_NOWHERE = "/api/-"
_FIRST_PAGES = ("/", "/search?q=a", "/page/county/05", "/api/queries/cq03")
_LARGE_PAGES = (
    "/",
    "/search?q=a",  # the index takes 0.35 s at 265,000 quads, 4 s at two million; else a first search waits
    "/map",
    "/needs?text=a",
    "/page/county/05",
    "/ontology",
    "/ontology/Project",
    "/docs",
    "/missing",
    "/networks",
)
_NETWORKS = 400_000  # quads; of larger snapshots the measures of networks take too long to be waited for
_NETWORK_PAGES = ("/networks/organisations", "/networks/counties", "/compare?county=05&county=04")


def query(desk: Desk, job: Job, out: Outlet) -> None:
    """Answer a SPARQL query in the format that the client likes best."""
    try:
        checked = check(_text(job, "query"), desk.settings.max_query_bytes, desk.settings.services())
        media = sparql_run.chosen(checked.form, job.get("accept"), job.get("format"))
        out.begin(200, _media(media))
        dataset = Dataset(_texts(job, "default"), _texts(job, "named")) if "default" in job else None
        snapshot, base = desk.snapshot(), _base(desk.settings.base)
        instead = counts(snapshot).instead(checked.text) if dataset is None else None
        sparql_run.write(snapshot.store, checked, media, out, dataset, base, instead)
        out.finish()
    except Refused as error:
        out.refuse(error.status, str(error))


def graph(desk: Desk, job: Job, out: Outlet) -> None:
    """Answer with a named graph; without a name, with what was put into the default graph."""
    store, named = desk.snapshot().store, cast("str | None", job.get("graph"))
    if named is not None and named not in store.graphs():
        return out.refuse(404, f"There is no graph {named} here; /sparql tells which there are.")
    try:
        media = sparql_run.chosen("CONSTRUCT", job.get("accept"), job.get("format"))
    except Refused as error:
        return out.refuse(error.status, str(error))
    out.begin(200, _media(media))
    name = Iris(desk.settings.base).graph(EDITS)[1:-1] if named is None else named
    store.write(out, sparql_run.GRAPHS[media], name, sparql_run.PREFIXES)
    return out.finish()


def page(desk: Desk, job: Job, out: Outlet) -> None:
    """Answer a GET of a page by the app of pages."""
    scope = _scope(job)
    found = None if desk.settings.endpoint else _direct(desk.app).answer(scope)
    if found is None:
        return asyncio.get_event_loop().run_until_complete(_run(desk, scope, out))
    out.begin(found.status_code, _named(found.raw_headers))
    out.write(bytes(found.body))
    return out.finish()


ANSWERS: Mapping[str, Answer] = {"query": query, "graph": graph, "page": page}


def without_threads() -> None:
    """Let pages run in the thread that calls them: threads would not survive a fork."""
    anyio.to_thread.run_sync = _here  # type: ignore[assignment]  # what Starlette and FastAPI call


async def _here(function: Callable[..., T], *arguments: object, **_: object) -> T:
    return function(*arguments)


def prepare(desk: Desk) -> None:
    """Make ready what no snapshot is needed for: once, not after every write, nor in every worker.

    What is nowhere is asked for, so that FastAPI has made its routes ready; templates are compiled; the
    vocabulary and the files of queries and measures are read.
    """
    _ask(desk, (_NOWHERE,))
    for name in templates().list_templates():
        templates().get_template(name)
    vocabulary.terms()
    catalogue.queries()
    measures()
    _direct(desk.app)


def warm(desk: Desk, quads: int) -> None:
    """Make the first pages once, so that what they compute is there before workers are forked."""
    if quads <= WARM:
        _ask(desk, _FIRST_PAGES)
    else:
        _ask(desk, (*_LARGE_PAGES, *(_NETWORK_PAGES if quads <= _NETWORKS else ())))


def _ask(desk: Desk, addresses: Iterable[str]) -> None:
    loop = asyncio.new_event_loop()
    for address in addresses:
        path, _, asked = address.partition("?")
        with suppress(Exception):  # a page that fails will fail for whoever asks for it
            scope = _scope({"path": path, "query_string": asked})
            loop.run_until_complete(_run(desk, scope, _Nowhere()))
    loop.close()


class _Nowhere(Outlet):
    """Takes an answer that nobody asked for."""

    def __init__(self) -> None:
        pass

    def begin(self, status: int, headers: object) -> None:
        """Forget how it begins."""

    def write(self, data: bytes) -> int:
        """Forget a piece."""
        return len(data)

    def finish(self) -> None:
        """Forget that it is all."""


@cache
def _direct(app: ASGIApp) -> Direct:
    return Direct(cast("FastAPI", app).router.routes)


async def _run(desk: Desk, scope: Scope, out: Outlet) -> None:
    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            out.begin(message["status"], _named(message["headers"]))
        else:
            if message.get("body"):
                out.write(message["body"])
            if not message.get("more_body"):
                out.finish()

    await desk.app(scope, receive, send)


def _named(headers: Iterable[tuple[bytes, bytes]]) -> Headers:
    """Return headers without the length, which the outlet knows."""
    return [pair for pair in headers if pair[0] != b"content-length"]


def _scope(job: Job) -> Scope:
    headers = cast("list[list[str]]", job.get("headers", []))
    path = _text(job, "path")
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": job.get("scheme", "http"),
        "server": job.get("server"),
        "client": None,
        "root_path": "",
        "path": path,
        "raw_path": path.encode(),
        "query_string": _text(job, "query_string").encode("latin-1"),
        "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers],
        "state": {},
    }


@cache
def _base(base: str) -> str:
    """Return what relative IRIs begin with, in queries as in updates."""
    return Iris(base).stored("")[1:-1]


def _media(media: str) -> Headers:
    kind = media if media.endswith(("json", "xml", "n-triples", "n-quads")) else f"{media}; charset=utf-8"
    return [(b"content-type", kind.encode())]


def _text(job: Job, name: str) -> str:
    return cast("str", job[name])


def _texts(job: Job, name: str) -> tuple[str, ...]:
    return tuple(cast("list[str]", job.get(name, [])))
