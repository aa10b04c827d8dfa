"""Turn what goes wrong into answers: a sentence with its status, as a page, as JSON or as text."""

from collections.abc import Callable, Coroutine

from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from api.forms import Unfit
from api.negotiate import choose
from api.parameters import Refusal
from api.site import Missing, Site, vary
from api.view import Shown
from api.withdrawn import Gone
from graph.errors import GraphError, StoreError
from queries.errors import AskError, MeaninglessError, UnknownName

Handler = Callable[[Request, Exception], Coroutine[object, object, Response]]
_HEADINGS = {404: "not_here", 406: "unfit", 410: "gone"}
Handlers = dict[int | type[Exception], Handler]


def handlers(site: Site) -> Handlers:
    """Return what to answer for each kind of error."""

    async def refuse(request: Request, error: Exception) -> Response:
        response = await run_in_threadpool(_answer, site, request, error)
        if isinstance(error, HTTPException):
            response.headers.update(error.headers or {})  # Allow, which a 405 must have
        return response

    kinds = (Missing, Gone, Unfit, Refusal, AskError, GraphError, HTTPException, RequestValidationError)
    return dict.fromkeys(kinds, refuse)


def _told(site: Site, request: Request, error: Exception) -> tuple[int, str]:
    if isinstance(error, HTTPException):
        if error.status_code == 404:
            return 404, _nowhere(site, request)
        return error.status_code, f"{error.detail}."
    if isinstance(error, RequestValidationError):
        first = error.errors()[0]
        return 400, f"Parameter {first['loc'][-1]!r} is not as expected: {first['msg']}."
    if isinstance(error, Refusal):
        return error.status, str(error)
    if isinstance(error, Gone):
        return 410, _gone(site, request, error)
    if isinstance(error, Unfit):
        return 406, site.view(request).say("unfit_forms", offers=str(error))
    if isinstance(error, Missing):
        return 404, _missing(site, request, str(error))
    kinds = ((UnknownName, 404), (MeaninglessError, 409), (StoreError, 503))
    return next((status for kind, status in kinds if isinstance(error, kind)), 400), str(error)


def _nowhere(site: Site, request: Request) -> str:
    try:
        return site.view(request).say("not_here_long", path=request.url.path)
    except GraphError:
        return f"There is no page at {request.url.path}."


def _missing(site: Site, request: Request, said: str) -> str:
    return site.view(request).say("no_thing", iri=said) if said.startswith("http") else said


def _gone(site: Site, request: Request, error: Gone) -> str:
    it = error.withdrawal
    return site.view(request).say("gone_thing", iri=it.iri, version=it.last_version, day=it.withdrawn)


def _answer(site: Site, request: Request, error: Exception) -> Response:
    status, sentence = _told(site, request, error)
    if request.url.path.startswith("/api"):
        return JSONResponse({"error": sentence}, status)
    wanted = choose(request.headers.get("accept"), ["text/plain", "text/html", "application/json"])
    response = _page(site, request, error, status, sentence) if wanted == "text/html" else None
    response = response or _plain(wanted, status, sentence)
    vary(response.headers, "Accept", "Accept-Language", "Cookie")
    return response


def _plain(media: str | None, status: int, sentence: str) -> Response:
    if media == "application/json":
        return JSONResponse({"error": sentence}, status)
    return PlainTextResponse(f"{sentence}\n", status)


def _page(site: Site, request: Request, error: Exception, status: int, sentence: str) -> Response | None:
    """Return the page that tells of an error, or None where the store cannot be read to make one."""
    try:
        view = site.view(request)
    except GraphError:
        return None
    ours = status in _HEADINGS and not isinstance(error, AskError)  # said by the view, in its language
    told = Shown(sentence) if ours else view.refusal(error, sentence)
    heading = view.say(_HEADINGS.get(status, "error"))
    return site.page(view, "message.html", {"heading": heading, "told": told}, status)
