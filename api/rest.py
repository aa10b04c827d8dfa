"""What all addresses under /api share: errors as JSON, no unknown parameters, answers by Accept."""

import json
from collections.abc import Mapping, Sequence

from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from api.negotiate import choose
from api.parameters import Json, Refusal

CELL: Json = {"type": ["string", "number", "null"]}
WORDS: Json = {
    "type": "object",
    "properties": {"sv": {"type": "string"}, "en": {"type": "string"}},
    "required": ["sv", "en"],
}


class Error(BaseModel):
    """What went wrong, as a sentence: where, what was found, what was expected."""

    error: str


_SAID = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}  # a model costs FastAPI 1 ms


def failures(*statuses: int) -> dict[int | str, dict[str, object]]:
    """Return the documentation of the errors of an address; 503 may come from anywhere."""
    told = {
        400: "A parameter is unknown, stands twice or is not as expected.",
        404: "There is nothing of that name.",
        406: "The address does not answer in any media type of the Accept header.",
        409: "The numbers asked for would mean nothing for this network.",
        503: "The store cannot be read, or too many ask at once.",
    }
    found: dict[int | str, dict[str, object]] = {
        status: {"content": _SAID, "description": told[status]} for status in (400, *statuses, 406, 503)
    }
    large: dict[str, object] = {"description": "The address is too long.", "content": {"text/plain": {}}}
    other: dict[str, object] = {"model": Error, "description": "Any other error, in the same form."}
    return found | {431: large, "default": other}  # the door refuses before the API is asked


def answer(value: object) -> Response:
    """Return an answer as JSON, in which nothing is left to a reader's guess: no NaN, no escapes."""
    return Response(json.dumps(value, ensure_ascii=False, allow_nan=False), media_type="application/json")


def strict(request: Request) -> None:
    """Refuse parameters that the address does not take, and those that stand twice."""
    route = request.scope["route"]
    if isinstance(route, APIRoute) and not route.include_in_schema:
        return  # the address of what is not there: its own refusal says more
    known, several = _parameters(route) if isinstance(route, APIRoute) else (set(), set())
    found = [name for name, _ in request.query_params.multi_items()]
    for name in found:
        if name not in known:
            takes = f"it takes {', '.join(sorted(known))}" if known else "it takes none"
            raise Refusal(400, f"Parameter {name!r} is not known at {request.url.path}; {takes}.")
        if name not in several and found.count(name) > 1:
            raise Refusal(400, f"Parameter {name!r} stands {found.count(name)} times; give it once.")


def as_json(request: Request) -> None:
    """Refuse a request that would not take JSON, at an address that has nothing else."""
    media(request, ["application/json"])


def media(request: Request, offers: Sequence[str]) -> str:
    """Return the media type to answer in, by the Accept header."""
    accept = request.headers.get("accept")
    found = choose(accept, offers)
    if found is None:
        raise Refusal(406, f"Accept is {accept!r}; this address answers as {', '.join(offers)}.")
    return found


def extra(parameters: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """Return what FastAPI adds to the description of an address whose parameters we read ourselves."""
    return {"parameters": list(parameters)}


def _parameters(route: APIRoute) -> tuple[set[str], set[str]]:
    """Return the names of a route's parameters in the query string, and those that may stand twice."""
    known, several = set[str](), set[str]()
    for each in route.dependant.query_params:
        known.add(each.alias)
        if "list" in str(each.field_info.annotation):
            several.add(each.alias)
    for told in (route.openapi_extra or {}).get("parameters", ()):
        if told["in"] == "query":
            known.add(str(told["name"]))
    return known, several
