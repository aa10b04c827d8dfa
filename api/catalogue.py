"""The JSON API: queries, networks, measures, matches and search by name."""

import json
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from api import asking
from api.pages.networks import FILES, written
from api.site import Site
from queries import catalogue, measure
from queries.answer import FORMATS, ask
from queries.errors import ParameterError, UnknownName
from queries.measure import MeasureResult

Json = dict[str, object]
_MEDIA = {"csv": "text/csv", "tsv": "text/tab-separated-values", "markdown": "text/markdown"}
Name = Annotated[str, Path(description="its name, as the catalogue lists it")]
Format = Annotated[str | None, Query(description="json (else csv, tsv, markdown)")]


def router(site: Site) -> APIRouter:
    """Return the routes under /api."""
    api = APIRouter(prefix="/api")

    @api.get("/queries", summary="The catalogue of queries")
    def queries() -> list[Json]:
        """List every catalogued query with its parameters and columns."""
        return [_query(found) for found in catalogue.queries().values()]

    @api.get("/queries/{name}", summary="Ask a catalogued query")
    def query(request: Request, name: Name, format: Format = None) -> Response:
        """Ask a query by name; its own parameters are given by their names."""
        given = {key: value for key, value in request.query_params.items() if key not in ("format", "lang")}
        found = catalogue.query(name)
        answer = ask(site.snapshot().store, found, given)
        form = format or "json"
        if form not in FORMATS:
            raise ParameterError(f"Format {form!r} is none of {', '.join(FORMATS)}.")
        if form != "json":
            return Response(answer.write(form), media_type=f"{_MEDIA[form]}; charset=utf-8")
        rows = json.loads(answer.write("json"))
        return _json(
            {
                "query": name,
                "parameters": dict(answer.parameters),
                "columns": answer.rows.columns,
                "rows": rows,
            }
        )

    @api.get("/networks", summary="The catalogue of networks")
    def networks() -> list[Json]:
        """List every network with its size."""
        snapshot = site.snapshot()
        return [
            _query(found) | {"mode": found.mode, "nodes": len(net.nodes), "edges": len(net.sources)}
            for name, found in catalogue.networks().items()
            for net in (asking.network(snapshot, name),)
        ]

    @api.get("/networks/{name}", summary="A network as a file")
    def network(
        name: Name, format: Annotated[str | None, Query(description=f"one of {', '.join(FILES)}")] = None
    ) -> Response:
        """Return a network with the values of its measures."""
        return written(site.snapshot(), name, format or "json")

    @api.get("/measures", summary="The catalogue of measures")
    def measures() -> list[Json]:
        """List every measure with its parameters."""
        return [_measure(found) for found in measure.measures().values()]

    @api.get("/measures/{name}", summary="Measure a network")
    def measured(
        request: Request,
        name: Name,
        network: Annotated[str, Query(description="name of a network")] = "organisations",
    ) -> Response:
        """Measure the nodes of a network; the measure's own parameters are given by their names."""
        if name not in measure.measures():
            raise UnknownName("measure", name, measure.measures())
        given = {key: value for key, value in request.query_params.items() if key not in ("network", "lang")}
        return _json(_result(measure.run(name, asking.network(site.snapshot(), network), **given)))

    @api.get("/match", summary="Match needs to areas")
    def match(
        need: Annotated[str | None, Query(description="IRI or name of a need", max_length=500)] = None,
        text: Annotated[str | None, Query(description="a need in your own words", max_length=500)] = None,
    ) -> Response:
        """Return the areas that can meet a need, scored, with reasons; without parameters, for all needs."""
        found = asking.matches(site.snapshot(), need or text)
        return _json([each.json() for _, matched in found for each in matched])

    @api.get("/search", summary="Search by name")
    def search(q: Annotated[str, Query(description="words of a name", max_length=200)]) -> Response:
        """Return the things whose names hold all the words, the best first."""
        hits = asking.search(site.snapshot(), q)
        return _json(
            [
                {"iri": hit.iri, "label": hit.label, "language": hit.language, "classes": hit.classes}
                for hit in hits
            ]
        )

    return api


def _json(value: object) -> Response:
    return Response(json.dumps(value, ensure_ascii=False, allow_nan=False), media_type="application/json")


def _query(found: catalogue.Query) -> Json:
    return {
        "name": found.name,
        "category": found.category,
        "title": {"sv": found.title_sv, "en": found.title_en},
        "about": {"sv": found.about_sv, "en": found.about_en},
        "parameters": [
            {"name": p.name, "type": p.type, "choices": p.choices, "default": p.default, "label": p.label}
            for p in found.parameters
        ],
        "returns": found.returns,
    }


def _measure(found: measure.Measure) -> Json:
    return {
        "name": found.name,
        "title": {"sv": found.title_sv, "en": found.title_en},
        "about": {"sv": found.summary_sv, "en": found.summary_en},
        "parameters": [
            {"name": p.name, "default": p.default, "choices": p.choices, "label": p.summary_en}
            for p in found.parameters
        ],
    }


def _result(found: MeasureResult) -> Json:
    return {
        "measure": found.measure.name,
        "network": found.network,
        "mode": found.mode,
        "nodes": found.nodes,
        "edges": found.edges,
        "components": found.components,
        "engine": f"{found.engine} {found.engine_version}",
        "parameters": dict(found.parameters),
        "columns": found.header,
        "rows": [dict(zip(found.header, row, strict=True)) for row in found.rows],
        "facts": {fact.name: fact.value for fact in found.facts},
        "notes": [{"sv": note.sv, "en": note.en} for note in found.notes],
    }
