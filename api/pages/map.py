"""The map: how much each county and municipality has, what counties share, and the same in a table."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api import asking, map_rows, map_shapes
from api.map_rows import Flow, Place, Territory
from api.map_scale import Class, Scale
from api.map_shapes import Box, Shape
from api.query_api import MOST
from api.query_values import shortened
from api.site import Missing, Site
from api.view import View
from ontology import names as n
from queries.catalogue import network as network_query
from queries.catalogue import query
from queries.collation import swedish
from queries.errors import ParameterError

FLOWS: Final = "flows"
NAMES: Final = {  # of what can be shown, the words of the interface
    "areas": "areas_own",
    "shared": "areas_shared",
    "actors": "actors",
    "projects": "projects",
    "parks": "map_parks",
    FLOWS: "map_flows",
}
NATION: Final = tuple(NAMES)
WITHIN: Final = ("actors", "projects", "parks")  # what is known of municipalities
_PAIRS: Final = ("shared", "projects", "areas")  # the columns of the table of pairs


@dataclass(frozen=True)
class Mark:
    """A territory on the map: its shape, its row in the table, and the class of its value."""

    shape: Shape
    row: Territory
    step: int
    value: int


@dataclass(frozen=True)
class Point:
    """Parks and clusters in the middle of a municipality: how many, and how large the point is."""

    shape: Shape
    iri: str
    many: int
    radius: int


@dataclass(frozen=True)
class Line:
    """Two counties that share something: the path between them, and its class."""

    flow: Flow
    path: str
    step: int


def routes(site: Site) -> list[BaseRoute]:
    """Return the route of the map."""

    def one(request: Request) -> Response:
        view = site.view(request)
        return site.page(view, "map.html", context(view))

    return [Route("/map", one)]


def context(view: View) -> dict[str, object]:
    """Return what the template shows: the country, or a county with its municipalities."""
    asked = view.request.query_params
    counties = map_rows.counties(view.snapshot)
    chosen = _county(view, counties, code) if (code := asked.get("county")) else None
    shows = WITHIN if chosen else NATION
    show = asked.get("show") or shows[0]
    if show not in shows:
        known = "municipalities" if chosen else "counties"
        raise ParameterError(
            f"The map of {known} cannot show {show!r}; ask for one of {', '.join(shows)}.",
            f"Kartan över {'kommuner' if chosen else 'län'} kan inte visa {show!r}; välj något av "
            f"{', '.join(shows)}.",
        )
    rows = map_rows.municipalities(view.snapshot, chosen.code) if chosen else counties
    shapes = map_shapes.municipalities() if chosen else map_shapes.counties()
    shown = [(shapes[row.code], row) for row in rows if row.code in shapes]
    box = map_shapes.around([shape for shape, _ in shown] or shapes.values())
    values = [row.counts.get(show, 0) for _, row in shown]
    scale = Scale.of(values)
    found = [place for place in map_rows.places(view.snapshot) if not chosen or place.code[:2] == chosen.code]
    view.learn([*(row.iri for row in counties), *(row.iri for row in rows), *_iris(found)])
    sort = asked.get("sort") or "code"
    return {
        "show": show,
        "shows": [(each, NAMES[each]) for each in shows],
        "within": WITHIN,
        "flows": show == FLOWS,
        "chosen": chosen,
        "box": box,
        "marks": [
            Mark(shape, row, scale.step(row.counts.get(show, 0)), row.counts.get(show, 0))
            for shape, row in shown
        ],
        "others": _others(counties, chosen, box),
        "empty": [
            shape for code, shape in shapes.items() if not chosen and code not in {r.code for r in rows}
        ],
        "legend": [] if show == FLOWS else scale.legend(values),
        "columns": [(each, NAMES[each]) for each in (WITHIN if chosen else NATION[:-1])],
        "rows": _sorted(view, rows, sort),
        "sort": sort,
        "without_outline": ", ".join(view.name(row.iri).text for row in rows if row.code not in shapes),
        "points": _points(found, box) if show == "parks" else [],
        "places": _by_place(found) if chosen or show == "parks" else [],
        "only": sum(bool(place.code) and not place.in_municipality for place in found),
        "nowhere": sum(not place.code for place in map_rows.places(view.snapshot)),
        "kinds": asking.kinds(view.language, {}),
        "unplaced": _unplaced(view),
        "queries": _queries(view, show, chosen is not None),
        **(_flows(view, counties, sort) if show == FLOWS else {}),
    }


def _county(view: View, counties: Sequence[Territory], code: str) -> Territory:
    for county in counties:
        if county.code == code:
            return county
    raise Missing(view.say("compare_unknown", found=shortened(code)))


def _others(
    counties: Sequence[Territory], chosen: Territory | None, box: Box
) -> list[tuple[Shape, Territory]]:
    """Return the counties around the one that is chosen, as far as they come into the picture."""
    if chosen is None:
        return []
    shapes = map_shapes.counties()
    near = ((shapes[each.code], each) for each in counties if each.code in shapes and each != chosen)
    return [(shape, each) for shape, each in near if shape.box.meets(box)]


def _sorted(view: View, rows: Sequence[Territory], sort: str) -> list[Territory]:
    if sort == "name":
        return sorted(rows, key=lambda row: swedish(view.name(row.iri).text))
    return sorted(rows, key=lambda row: -row.counts.get(sort, 0))


def _points(found: Sequence[Place], box: Box) -> list[Point]:
    """Return the points of the municipalities that have parks or clusters, the largest first."""
    within: dict[str, set[str]] = defaultdict(set)
    iris = {place.code: place.territory for place in found if place.in_municipality}
    for place in found:
        if place.code in iris:
            within[place.code].add(place.iri)
    shapes = map_shapes.municipalities()
    return [
        Point(shapes[code], iris[code], len(each), round(1.2 * box.unit * len(each) ** 0.5))
        for code, each in sorted(within.items(), key=lambda item: (-len(item[1]), item[0]))
        if code in shapes
    ]


def _by_place(found: Sequence[Place]) -> list[Place]:
    """Sort parks and clusters by where they are; those without a place last."""
    return sorted(found, key=lambda place: (not place.code, place.code))


def _iris(found: Sequence[Place]) -> list[str]:
    return [iri for place in found for iri in (place.iri, place.territory) if iri]


def _unplaced(view: View) -> dict[str, str]:
    """Return the numbers of the sentence about what has no place."""
    found = map_rows.unplaced(view.snapshot)
    words = {"organisations": n.Organisation, "areas": n.PriorityArea, "projects": n.Project}
    without = {word: view.number(found[class_].without) for word, class_ in words.items()}
    return without | {f"all_{word}": view.number(found[class_].all) for word, class_ in words.items()}


def _flows(view: View, counties: Sequence[Territory], sort: str) -> dict[str, object]:
    """Return the lines between counties, their legend, and the table of pairs."""
    found = map_rows.flows(view.snapshot)
    shapes = {row.iri: map_shapes.counties().get(row.code) for row in counties}
    values = [flow.shared for flow in found]
    scale = Scale.of(values)
    joined = {iri for flow in found for iri in (flow.one, flow.other)}
    ends = ((flow, shapes.get(flow.one), shapes.get(flow.other)) for flow in found)
    lines = [
        Line(flow, map_shapes.curve(one.inner, other.inner), scale.step(flow.shared))
        for flow, one, other in ends
        if one and other
    ]
    orders: dict[str, Callable[[Flow], int]] = {
        "shared": lambda flow: -flow.shared,
        "projects": lambda flow: -flow.projects,
        "areas": lambda flow: -flow.areas,
    }
    named = sorted(
        found, key=lambda flow: tuple(swedish(view.name(iri).text) for iri in (flow.one, flow.other))
    )
    order = sort if sort in orders or sort == "name" else "shared"
    legend: list[Class] = scale.legend(values)
    return {
        "lines": sorted(lines, key=lambda line: line.flow.shared),
        "pairs": sorted(named, key=orders[order]) if order in orders else named,
        "pair_columns": [(key, {"shared": "map_shared"}.get(key, key)) for key in _PAIRS],
        "sort": order,
        "line_legend": legend,
        "alone": sum(row.iri not in joined for row in counties),
    }


def _queries(view: View, show: str, within: bool) -> list[tuple[str, str, str]]:
    """Return the queries that the page is made of: title, page, and a file of its rows."""
    names = ["municipality-counts" if within else "county-counts", "parks-and-clusters", "without-place"]
    found = [
        (query(name).title(view.language), f"/queries/{name}", f"/api/queries/{name}?limit={MOST}&format=csv")
        for name in names
    ]
    if show == FLOWS:
        title = network_query("counties").title(view.language)
        found.insert(0, (title, "/networks/counties", "/networks/counties/csv"))
    return found
