"""The networks: who meets whom and in what, as numbers, tables, files and a picture."""

from dataclasses import dataclass
from typing import cast

import numpy as np
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from api import asking, exporting, layout, network_names, network_options
from api.site import Site, vary
from api.snapshot import Snapshot
from api.view import View
from api.words import KINDS
from api.words_explorer import SCRIPT_WORDS
from graph.iris import Iris
from queries.catalogue import network as network_query
from queries.catalogue import networks
from queries.collation import swedish
from queries.errors import ParameterError, UnknownName
from queries.format import Export, files, format_of, formats, refusal
from queries.measure import Measure, MeasureResult, Value, measures
from queries.network import Event, Network, Node
from queries.network_filters import Filter

EDGES_SHOWN = 200
NODES_SHOWN = 100
FILES = {name: form.media_type for name, form in formats().items()}
_FRAMED = "frame-ancestors 'self'; base-uri 'none'; form-action 'none'; sandbox allow-scripts"


@dataclass(frozen=True)
class Row:
    """A node and its values, one a measure that has any."""

    node: Node
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Edge:
    """Two nodes, how strongly they are joined, and in what."""

    source: Node
    target: Node
    weight: float
    events: tuple[Event, ...]


def routes(site: Site) -> list[BaseRoute]:
    """Return the routes of networks."""

    def catalogue(request: Request) -> Response:
        view = site.view(request)
        found = [(each, asking.network(view.snapshot, name)) for name, each in networks().items()]
        return site.page(view, "networks.html", {"networks": found})

    def one(request: Request) -> Response:
        view = site.view(request)
        return site.page(view, "network.html", _context(view, request.path_params["name"]))

    def file(request: Request) -> Response:
        bom = request.query_params.get("bom") == "true"
        return written(site, request.path_params["name"], request.path_params["form"], bom)

    def picture(request: Request) -> Response:
        from api.draw import policy  # heavy, and only here

        view = site.view(request)
        part = network_options.read(request.query_params)
        content = _picture(view, request.path_params["name"], request.query_params.get("size"), part)
        response = HTMLResponse(content, headers={"Content-Security-Policy": f"{policy()}; {_FRAMED}"})
        vary(response.headers, "Accept-Language", "Cookie")
        return response

    return [
        Route("/networks", catalogue),
        Route("/networks/{name}", one),
        Route("/networks/{name}/picture", picture),
        Route("/networks/{name}/{form}", file),
    ]


def written(site: Site, name: str, form: str, bom: bool = False, part: Filter | None = None) -> Response:
    """Return a network, or a part of it, as a file: with the values of its measures and where nodes stand."""
    if form not in FILES:
        raise ParameterError(f"Format {form!r} is none of {', '.join(FILES)}.")
    told, snapshot = format_of(form), site.snapshot()
    network = whole = asking.network(snapshot, name)
    if part is None or not part.told:
        values = [found for _, found in _measured(snapshot, name)] if "measures" in told.takes else []
    else:
        network = part.apply(whole)
        values = asking.measured_all(network) if "measures" in told.takes else []
    places = layout.layout(snapshot, whole).places(whole, network) if "positions" in told.takes else None
    made = files(form, Export(network, values, places, bom, Iris(site.settings.base)))
    content = exporting.zipped(name, made) if told.several else "".join(next(iter(made.values())))
    shown = exporting.file_name(name, told)
    return Response(
        content,
        media_type=told.media_type,
        headers={"Content-Disposition": f'attachment; filename="{shown}"'},
    )


def _context(view: View, name: str) -> dict[str, object]:
    query, network = network_query(name), asking.network(view.snapshot, name)
    found = _measured(view.snapshot, name)
    rows = [
        Row(node, tuple(result.values[at][2] for _, result in found)) for at, node in enumerate(network.nodes)
    ]
    sort = view.request.query_params.get("sort", "name")
    export = Export(network, [result for _, result in found])
    notes = (note for _, result in found for note in result.notes)
    return {
        "query": query,
        "network": network,
        "measures": [measure for measure, _ in found],
        "without": [each for each in measures().values() if each not in [measure for measure, _ in found]],
        "rows": _sorted(rows, [measure for measure, _ in found], sort)[:NODES_SHOWN],
        "nodes_left_out": len(rows) > NODES_SHOWN,
        "sort": sort,
        "edges": _edges(network),
        "kinds": asking.kinds(view.language, KINDS),
        "places": network_names.places(view.snapshot, view.language),
        "explorer": _script_words(view, network, found),
        "notes": dict.fromkeys(note.en if view.language == "en" else note.sv for note in notes),
        "files": sorted(
            (form for name, form in formats().items() if refusal(name, export) is None),
            key=lambda form: swedish(form.title(view.language)),
        ),
    }


def _script_words(
    view: View, network: Network, found: list[tuple[Measure, MeasureResult]]
) -> dict[str, object]:
    """Return what the explorer's script says, in the reader's language."""
    english = view.language == "en"
    words: dict[str, object] = {key: texts[english] for key, texts in SCRIPT_WORDS.items()}
    titles = {each.name: each.title_en if english else each.title_sv for each, _ in found}
    groups = [each.name for each, _ in found if each.groups]
    names = network_names.spoken(view.snapshot, network, view.language)
    kinds = asking.kinds(view.language, KINDS)
    return words | {"kinds": kinds, "names": names, "measures": titles, "groups": groups}


def _measured(snapshot: Snapshot, name: str) -> list[tuple[Measure, MeasureResult]]:
    """Return the measures that mean something for a network, with their values."""
    results = ((measure, asking.measured(snapshot, key, name)) for key, measure in measures().items())
    return [(measure, result) for measure, result in results if isinstance(result, MeasureResult)]


def _sorted(rows: list[Row], known: list[Measure], sort: str) -> list[Row]:
    rows = sorted(rows, key=lambda row: swedish(row.node.label))
    columns = {measure.name: (at, measure) for at, measure in enumerate(known)}
    if sort in ("kind", "territory"):
        return sorted(rows, key=lambda row: swedish(cast("str | None", getattr(row.node, sort)) or "{z"))
    if sort not in columns:
        return rows
    at, measure = columns[sort]
    sign = 1 if measure.groups or measure.order == "lowest first" else -1
    return sorted(rows, key=lambda row: ((value := row.values[at]) is None, sign * (value or 0)))


def _edges(network: Network) -> list[Edge]:
    strongest = np.argsort(-network.counts, kind="stable")[:EDGES_SHOWN]
    edges = [
        Edge(
            network.nodes[i := int(network.sources[at])],
            network.nodes[j := int(network.targets[at])],
            float(network.counts[at]),
            network.edge_events(i, j),
        )
        for at in strongest
    ]
    return sorted(edges, key=lambda it: (-it.weight, swedish(it.source.label), swedish(it.target.label)))


def _picture(view: View, name: str, size: str | None, part: Filter) -> str:
    from api.draw import draw  # heavy, and only here

    if size is not None and size not in measures():
        raise UnknownName("measure", size, measures())
    query, whole = network_query(name), asking.network(view.snapshot, name)

    def make() -> str:
        network = part.apply(whole)
        values = asking.measured_part(network, size) if part.told and size else None
        if size and not part.told:
            values = asking.measured(view.snapshot, size, name)
        return draw(
            network_names.placed(view.snapshot, network, view.language),
            query.title(view.language),
            view.language,
            values if isinstance(values, MeasureResult) else None,
            kinds=asking.kinds(view.language, KINDS),
        )

    if part.told:
        return make()
    return view.snapshot.kept(("picture", name, view.language, size or ""), make)
