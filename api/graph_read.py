"""Answer the reading of one graph by the Graph Store Protocol, from a store."""

from starlette.responses import PlainTextResponse, Response

from api.guard import Refused
from api.negotiate import choose
from api.sparql_run import GRAPHS, PREFIXES
from graph.errors import GraphError
from graph.foreign import EDITS
from graph.iris import Iris
from graph.store import Store


def answer(store: Store, iris: Iris, graph: str | None, accept: str | None) -> Response:
    """Return a graph in the form that is liked best; without a name, what was put into the default graph."""
    try:
        return _document(store, iris, graph, accept)
    except Refused as error:
        return PlainTextResponse(f"{error}\n", error.status, {"Vary": "Accept"})


def _document(store: Store, iris: Iris, graph: str | None, accept: str | None) -> Response:
    name = iris.graph(EDITS)[1:-1] if graph is None else graph
    if graph is not None and next(store.quads(graph), None) is None:
        raise Refused(404, f"There is no graph {graph}.")
    media = choose(accept, list(GRAPHS))
    if media is None:
        raise Refused(406, f"A graph is given as {', '.join(GRAPHS)}.")
    try:
        content = store.document(name, GRAPHS[media], PREFIXES)
    except (GraphError, ValueError) as error:
        raise Refused(406, f"This graph cannot be written as {media}: {error}.") from error
    kind = f"{media}; charset=utf-8" if media == "text/turtle" else media
    return Response(content, headers={"Content-Type": kind, "Vary": "Accept"})
