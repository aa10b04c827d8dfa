"""The needs and the areas that can meet them; needs that a reader writes; lists and answers to keep."""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api import asking
from api.needs import Asked, asked, judged, known, listed, marked, matched, places
from api.site import Site, vary
from api.view import View

SHOWN = 10  # areas under a need on the page; the list has them all


def routes(site: Site) -> list[BaseRoute]:
    """Return the routes of needs."""

    def needs(request: Request) -> Response:
        view = site.view(request)
        return site.page(view, "needs.html", _context(view))

    def printed(request: Request) -> Response:
        view = site.view(request)
        return site.page(view, "needs_list.html", _context(view))

    def file(request: Request) -> Response:
        view = site.view(request)
        excel = request.query_params.get("format") == "excel"
        found = asked(view.snapshot, request.query_params)
        text = listed(view, matched(view.snapshot, found.needs), excel)
        return _file(text, view.say("needs_file") + _place(found))

    def answers(request: Request) -> Response:
        view = site.view(request)
        found = asked(view.snapshot, request.query_params, alone=True)
        text = judged(view, matched(view.snapshot, found.needs), request.query_params)
        return _file(text, view.say("answers_file") + _place(found))

    return [
        Route("/needs", needs),
        Route("/needs/list", printed),
        Route("/needs/list.csv", file),
        Route("/needs/answers.csv", answers),
    ]


def _context(view: View) -> dict[str, object]:
    found = asked(view.snapshot, view.request.query_params)
    answers, told = matched(view.snapshot, found.needs), known(view.snapshot)
    view.learn(
        iri
        for _, matches in answers
        for each in matches
        for iri in (
            each.area.iri,
            each.area.territory,
            *told.contacts.get(each.area.iri, ()),
            *told.projects.get(each.area.iri, ()),
        )
    )
    return {
        "asked": found,
        "answers": answers,
        "stated": asking.matcher(view.snapshot).needs,
        "places": places(view.snapshot),
        "known": told,
        "marked": marked,
        "shown": SHOWN,
        "query": urlencode(found.parameters),
    }


def _place(found: Asked) -> str:
    return f"-{found.place.code}" if found.place else ""


def _file(text: str, name: str) -> Response:
    response = Response(
        text, media_type="text/csv", headers={"Content-Disposition": f'attachment; filename="{name}.csv"'}
    )
    vary(response.headers, "Accept-Language", "Cookie")
    return response
