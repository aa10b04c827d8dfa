"""Catalogued queries at their own addresses, past the layers of the app, which take longer than many."""

from collections.abc import Iterable

from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import Scope

from api.parameters import Refusal
from api.query_api import OPERATION
from api.rest import strict
from graph.errors import GraphError
from queries.errors import AskError


class Direct:
    """The routes of an app that are found by their path alone, and answered by one function each."""

    def __init__(self, routes: Iterable[BaseRoute]) -> None:
        self._routes = {
            each.path: each
            for each in routes
            if isinstance(each, APIRoute) and (each.operation_id or "").startswith(OPERATION)
        }

    def answer(self, scope: Scope) -> Response | None:
        """Return the answer to a GET; None for the app to answer: another address, or one that is refused."""
        route = self._routes.get(scope["path"])
        if route is None:
            return None
        request = Request({**scope, "route": route})
        try:
            strict(request)
            found = route.endpoint(request)
        except (Refusal, AskError, GraphError):
            return None  # the app is refused the same, and says it as it says all errors
        return found if isinstance(found, Response) else None
