"""What is missing: per class how many things lack what they should have, and how that changes over time."""

from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from api.site import Site
from api.view import View
from graph.manifest import Manifest
from graph.store import Rows
from ontology import names as n
from queries import missing
from queries.missing import Lack, Missing

MOST: Final = 200  # things of a lack that are named; the query answers with all

_CLASSES = {
    "areas": n.PriorityArea,
    "counties": n.County,
    "documents": n.SourceDocument,
    "needs": n.Need,
    "organisations": n.Organisation,
    "projects": n.Project,
    "strategies": n.Strategy,
}


@dataclass(frozen=True)
class Series:
    """One figure over the kept generations; None where a generation kept no figures."""

    name: str
    column: str
    values: tuple[int | None, ...]


def routes(site: Site) -> list[BaseRoute]:
    """Return the route of what is missing, and the same figures as JSON."""

    def page(request: Request) -> Response:
        view = site.view(request)
        found, kept = _missing(view), site.snapshots.kept()
        view.learn(iri for each in found for lack in each.lacks for iri in _shown(lack))
        context = {
            "most": MOST,
            "found": [(_CLASSES[each.name], each) for each in found],
            "generations": kept,
            "series": series(found, kept),
            "unknowns": _unknowns(view),
        }
        return site.page(view, "missing.html", context)

    def figures(request: Request) -> Response:
        return JSONResponse(missing.figures(_missing(site.view(request))))

    return [Route("/missing", page), Route("/missing.json", figures)]


def series(found: tuple[Missing, ...], kept: list[Manifest]) -> list[Series]:
    """Return how many things had simply nothing, lack by lack, over the kept generations."""
    return [
        Series(
            each.name,
            lack.column,
            tuple(one.counts.get(f"{each.name}.{lack.name}.nothing") for one in kept),
        )
        for each in found
        for lack in each.lacks
    ]


def _shown(lack: Lack) -> tuple[str, ...]:
    return (*lack.nothing[:MOST], *lack.unknown[:MOST])


def _missing(view: View) -> tuple[Missing, ...]:
    return view.snapshot.kept(("missing",), lambda: missing.missing(view.snapshot.store))


def _unknowns(view: View) -> Rows:
    return view.snapshot.kept(("unknowns",), lambda: missing.unknowns(view.snapshot.store))
