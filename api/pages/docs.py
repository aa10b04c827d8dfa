"""The API described on a plain page, made from the same openapi.json that programs read."""

from typing import TYPE_CHECKING, TypedDict

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api.site import Site
from api.view import Shown

if TYPE_CHECKING:
    from collections.abc import Callable


class Parameter(TypedDict, total=False):
    """A parameter as OpenAPI writes it."""

    name: str
    required: bool
    description: str
    schema: dict[str, object]


class Operation(TypedDict, total=False):
    """An operation as OpenAPI writes it."""

    summary: str
    description: str
    parameters: list[Parameter]


def values_of(parameter: Parameter) -> str:
    """Return what a parameter takes: its choices, or its type with its bounds."""
    schema = parameter.get("schema", {})
    if isinstance(choices := schema.get("enum"), list):
        return " | ".join(map(str, choices))
    kind = str(schema.get("format") or schema.get("type") or "")
    bounds = [str(schema[name]) for name in ("minimum", "maximum") if name in schema]
    return f"{kind} {'–'.join(bounds)}".strip()


def told(operation: Operation, language: str) -> Shown:
    """Return what an operation does, in the language where it is told in it; where not, in English.

    The catalogue tells of its queries, measures and matrices in both, a line apart (see query_api).
    """
    english, apart, swedish = (operation.get("description") or operation.get("summary", "")).partition("\n\n")
    if language == "sv" and apart:
        return Shown(swedish)
    return Shown(english, "en" if language != "en" else None)


def routes(site: Site) -> list[BaseRoute]:
    """Return the route of the API's description."""

    def docs(request: Request) -> Response:
        openapi: Callable[[], dict[str, dict[str, dict[str, Operation]]]] = request.app.openapi
        values = {"values_of": values_of, "told": told}
        paths = [(path, methods["get"]) for path, methods in openapi()["paths"].items() if "get" in methods]
        return site.page(site.view(request), "docs.html", {"paths": paths, **values})

    return [Route("/docs", docs)]
