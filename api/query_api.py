"""The catalogued queries over REST: each its own address, typed parameters, pages, and five formats."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from api import answers_kept
from api.columns import COLUMNS
from api.parameters import Json, asked, one_of
from api.query_values import FARTHEST, held, number, told, whole
from api.rest import CELL, extra, failures, media
from api.site import Site, vary
from graph.store import Rows
from queries import catalogue
from queries.answer import Answer, excel
from queries.catalogue import Query
from queries.errors import UnknownName

LIMIT: Final = 1_000  # rows a page when none is asked for
MOST: Final = 10_000
OPERATION: Final = "query-"  # what the operations of single queries begin with
MEDIA: Final = {
    "json": "application/json",
    "csv": "text/csv",
    "excel": "text/csv",
    "tsv": "text/tab-separated-values",
    "markdown": "text/markdown",
}
_OFFERS = {media: form for form, media in MEDIA.items() if form != "excel"}
_ENDING = {"excel": "csv", "markdown": "md"}
_FORMATS_TOLD = (
    "json, csv (RFC 4180), excel (csv with byte order mark, semicolons and decimal commas, no formulas), "
    "tsv or markdown; without it the Accept header decides"
)


@dataclass(frozen=True)
class Page:
    """A part of an answer: so many rows after so many."""

    limit: int
    offset: int
    total: int

    def links(self, path: str, given: dict[str, str]) -> dict[str, str]:
        """Return the addresses of the next and the previous page, where there are such."""
        starts = {}
        if self.offset + self.limit < self.total:
            starts["next"] = self.offset + self.limit
        if self.offset > 0:
            starts["prev"] = max(min(self.offset, self.total) - self.limit, 0)
        return {rel: f"{path}?{urlencode(given | {'offset': str(at)})}" for rel, at in starts.items()}


def add(api: APIRouter, site: Site) -> None:
    """Add an address for every catalogued query, and one that refuses other names."""
    for query in catalogue.queries().values():
        api.add_api_route(
            f"/queries/{query.name}",
            _asked(site, query),
            methods=["GET"],
            summary=query.title_en,
            description=f"{query.about_en}\n\n{query.title_sv} {query.about_sv}",
            operation_id=f"{OPERATION}{query.name}",
            tags=[f"queries: {query.category}"],
            response_class=Response,
            responses={200: _answered(query), **failures()},
            openapi_extra=extra([*map(told, query.parameters), *_paging()]),
        )

    @api.get("/queries/{name}", include_in_schema=False)
    def unknown(request: Request, name: str) -> None:
        raise UnknownName("query", name, catalogue.queries())


def _asked(site: Site, query: Query) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        given = dict(request.query_params)
        form = _form(request, given.get("format"))
        limit = number("limit", given.get("limit", str(LIMIT)), 1, MOST)
        offset = number("offset", given.get("offset", "0"), 0, FARTHEST)
        values = {each.name: held(each, given[each.name]) for each in query.parameters if each.name in given}
        found = answers_kept.answer(site.snapshot(), query, values)
        page = Page(limit, offset, len(found.rows.rows))
        links = page.links(request.url.path, given | {"limit": str(limit)})
        part = Rows(found.rows.columns, found.rows.rows[offset : offset + limit])
        response = _written(Answer(query, found.parameters, part), form, page, links)
        response.headers["X-Total-Count"] = str(page.total)
        if links:
            response.headers["Link"] = ", ".join(f'<{to}>; rel="{rel}"' for rel, to in links.items())
        vary(response.headers, "Accept")
        return response

    return answer


def _form(request: Request, asked: str | None) -> str:
    if asked is not None:
        return one_of(asked, MEDIA, "format")
    return _OFFERS[media(request, list(_OFFERS))]


def _written(answer: Answer, form: str, page: Page, links: dict[str, str]) -> Response:
    if form == "json":
        whole_answer = {
            "query": answer.query.name,
            "parameters": dict(answer.parameters),
            "columns": answer.rows.columns,
            "rows": json.loads(answer.write("json")),
            "total": page.total,
            "limit": page.limit,
            "offset": page.offset,
            "next": links.get("next"),
            "prev": links.get("prev"),
        }
        content = json.dumps(whole_answer, ensure_ascii=False, allow_nan=False)
        return Response(content, media_type=MEDIA[form])
    content = excel(answer.rows) if form == "excel" else answer.write(form, "\r\n")
    response = Response(content, media_type=f"{MEDIA[form]}; charset=utf-8")
    if form != "markdown":
        name = f"{answer.query.name}.{_ENDING.get(form, form)}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _paging() -> list[Json]:
    return [
        asked("limit", "rows at most", whole(1, MOST) | {"default": LIMIT}),
        asked("offset", "rows passed over", whole(0, FARTHEST) | {"default": 0}),
        asked("format", _FORMATS_TOLD, {"type": "string", "enum": list(MEDIA)}),
    ]


def _answered(query: Query) -> Json:
    texts = {media: {"schema": {"type": "string"}} for media in dict.fromkeys(MEDIA.values())}
    return {
        "description": "A page of rows.",
        "headers": {
            "X-Total-Count": {"description": "rows of the whole answer", "schema": {"type": "integer"}},
            "Link": {
                "description": 'addresses of the pages `rel="next"` and `rel="prev"`, where there are such',
                "schema": {"type": "string"},
            },
        },
        "content": texts | {MEDIA["json"]: {"schema": _schema(query)}},
    }


def _schema(query: Query) -> Json:
    link: Json = {"type": ["string", "null"], "format": "uri-reference"}
    row: Json = {
        "type": "object",
        "properties": {name: CELL | {"description": _column(name)} for name in query.returns},
        "required": list(query.returns),
        "additionalProperties": False,
    }
    parameters: Json = {
        "type": "object",
        "properties": {each.name: {"type": "string"} for each in query.parameters},
        "required": [each.name for each in query.parameters],
        "additionalProperties": False,
    }
    properties: Json = {
        "query": {"const": query.name},
        "parameters": parameters,
        "columns": {"type": "array", "items": {"enum": list(query.returns)}},
        "rows": {"type": "array", "items": row, "maxItems": MOST},
        "total": {"type": "integer", "minimum": 0},
        "limit": whole(1, MOST),
        "offset": whole(0, FARTHEST),
        "next": link,
        "prev": link,
    }
    return {"type": "object", "properties": properties, "required": list(properties)}


def _column(name: str) -> str:
    return " / ".join(COLUMNS[name]) if name in COLUMNS else name
