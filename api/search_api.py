"""The JSON API of the search: hits in pages, and how many there are of each kind and in each county."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request, Response

from api import described
from api.parameters import Json
from api.query_api import Page
from api.query_values import FARTHEST
from api.rest import answer, as_json, failures
from api.searching import LONGEST, key, search
from api.site import Site
from queries.search import LIMIT
from queries.search_build import KINDS, OTHER

MOST: Final = 1_000  # hits at a time
_JSON = [Depends(as_json)]
_Q = Annotated[str, Query(description="words of a name", max_length=LONGEST)]
_Kind = Annotated[
    str | None,
    Query(description="things of this kind only", json_schema_extra={"enum": [*KINDS, OTHER]}),
]
_County = Annotated[
    str | None,
    Query(description="things of this county only, by its code such as 05", pattern=r"^[0-9A-Za-z-]{1,40}$"),
]
_HEADERS: Json = {
    "X-Total-Count": {"description": "hits in all", "schema": {"type": "integer"}},
    "Link": {
        "description": 'addresses of the pages `rel="next"` and `rel="prev"`, where there are such',
        "schema": {"type": "string"},
    },
}


def add(api: APIRouter, site: Site) -> None:
    """Add the addresses of the search."""

    @api.get(
        "/search",
        summary="Search by name",
        response_model=list[described.Hit],
        responses={200: {"headers": _HEADERS}, **failures(404)},
        dependencies=_JSON,
    )
    def hits(
        request: Request,
        q: _Q,
        kind: _Kind = None,
        county: _County = None,
        limit: Annotated[int, Query(description="hits at most", ge=1, le=MOST)] = LIMIT,
        offset: Annotated[int, Query(description="hits passed over", ge=0, le=FARTHEST)] = 0,
    ) -> Response:
        """Return the things whose names hold all the words, the best first.

        `match` tells how a name fits: it is the `name`, its `beginning`, it holds the `words`, words `begun`
        so, words of the same `stems` or compounds; and where nothing fits so, words with these `inside`, or
        words spelled `near` them.
        """
        found = search(site.snapshot(), q, kind or "", county or "", limit, offset)
        response = answer(
            [
                {
                    "iri": hit.iri,
                    "label": hit.label,
                    "language": hit.language,
                    "classes": hit.classes,
                    "kind": hit.kind,
                    "match": hit.way,
                    "counties": [key(iri) for iri in hit.counties],
                }
                for hit in found.hits
            ]
        )
        given = dict(request.query_params) | {"limit": str(limit)}
        links = Page(limit, offset, found.total).links(request.url.path, given)
        response.headers["X-Total-Count"] = str(found.total)
        if links:
            response.headers["Link"] = ", ".join(f'<{to}>; rel="{rel}"' for rel, to in links.items())
        return response

    @api.get(
        "/search/facets",
        summary="What kinds and counties the hits are of",
        response_model=described.Facets,
        responses=failures(404),
        dependencies=_JSON,
    )
    def facets(q: _Q, kind: _Kind = None, county: _County = None) -> Response:
        """Count the hits by kind (within the county) and by county (within the kind).

        `near` names words to try instead, where there are no hits.
        """
        found = search(site.snapshot(), q, kind or "", county or "", 1)
        return answer(
            {
                "total": found.total,
                "kinds": dict(found.kinds),
                "counties": {key(iri): count for iri, count in found.counties},
                "near": found.near,
            }
        )
