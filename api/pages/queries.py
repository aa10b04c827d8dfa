"""The catalogue of questions, and a page for each: its form, its text, its answer."""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api import answers_kept
from api.query_api import MOST, Page
from api.query_values import FARTHEST, number
from api.site import Site
from graph.store import Rows
from queries.answer import write
from queries.catalogue import Query, queries, query

SHOWN = 500  # rows a page
MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "json": "application/json",
}


def routes(site: Site) -> list[BaseRoute]:
    """Return the routes of the catalogue."""

    def catalogue(request: Request) -> Response:
        view = site.view(request)
        groups: dict[str, list[Query]] = {}
        for found in queries().values():
            groups.setdefault(found.category, []).append(found)
        return site.page(view, "queries.html", {"groups": sorted(groups.items())})

    def one(request: Request) -> Response:
        found = query(request.path_params["name"])
        asked = {key: value for key, value in request.query_params.items() if key != "lang"}
        offset = number("offset", asked.pop("offset", "0"), 0, FARTHEST)
        given = {key: value for key, value in asked.items() if key != "format"}
        if form := request.query_params.get("format"):
            return table(
                write(answers_kept.answer(site.snapshot(), found, given).rows, form), form, found.name
            )
        view = site.view(request)
        answer = answers_kept.answer(view.snapshot, found, given)
        page = Page(SHOWN, offset, len(answer.rows.rows))
        context = {
            "query": found,
            "answer": answer,
            "given": answer.parameters,
            "rows_shown": Rows(answer.rows.columns, answer.rows.rows[offset : offset + SHOWN]),
            "page": page,
            "links": page.links(request.url.path, given),
            "file": f"/api/queries/{found.name}?{urlencode({**answer.parameters, 'limit': MOST})}",
        }
        return site.page(view, "query.html", context)

    return [Route("/queries", catalogue), Route("/queries/{name}", one)]


def table(content: str, form: str, name: str) -> Response:
    """Return rows as a file to keep."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return Response(content, media_type=MEDIA.get(form, "text/plain; charset=utf-8"), headers=headers)
