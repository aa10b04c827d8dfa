"""The JSON API: queries, networks, measures, matches, names, search and the vocabulary."""

from collections.abc import Callable, Iterable
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from api import (
    asking,
    compare_api,
    described,
    explorer,
    labels,
    measure_values,
    network_options,
    query_api,
    search_api,
    specialise,
)
from api.pages.networks import FILES, written
from api.parameters import Json, asked, one_of
from api.query_values import IRI, LONGEST
from api.rest import answer, as_json, extra, failures, media, strict
from api.site import Site, vary
from api.snapshot import Snapshot
from queries import catalogue, executables, matrix_measure, measure
from queries.answer import ask
from queries.errors import UnknownName
from queries.format import formats
from queries.measure import MeasureResult

IRIS = 100  # labels at once
_JSON = [Depends(as_json)]
_OFFERED = {"application/json": "json", "text/csv": "csv", "text/turtle": "rdf"} | {
    FILES[form]: form for form in ("graphml", "gexf")
}
_MARKED = [name for name, form in formats().items() if "bom" in form.takes]
_Name = Annotated[
    str,
    Path(
        description="its name, as the catalogue lists it", json_schema_extra={"enum": [*catalogue.networks()]}
    ),
]
_Form = Annotated[
    str | None,
    Query(
        description=f"one of {', '.join(FILES)}; without it the Accept header decides",
        json_schema_extra={"enum": [*FILES]},
    ),
]
_Bom = Annotated[
    str,
    Query(
        description=f"true: begin with a byte order mark, as Excel wants ({', '.join(_MARKED)})",
        json_schema_extra={"enum": ["true", "false"]},
    ),
]
_Language = Annotated[
    str, Query(description="language of names", json_schema_extra={"enum": ["sv", "en"], "default": "sv"})
]
_Iri = Annotated[str, Path(pattern=IRI, max_length=LONGEST)]


def router(site: Site) -> APIRouter:
    """Return the routes under /api."""
    api = APIRouter(prefix="/api", dependencies=[Depends(strict)])
    _add_queries(api, site)
    query_api.add(api, site)
    _add_networks(api, site)
    specialise.add(api, site)
    _add_measures(api, site)
    compare_api.add(api, site)
    _add_asking(api, site)
    search_api.add(api, site)
    _add_names(api, site)
    return api


def _add_queries(api: APIRouter, site: Site) -> None:
    @api.get(
        "/queries",
        summary="The catalogue of queries",
        response_model=list[described.Query],
        responses=failures(),
        dependencies=_JSON,
    )
    def queries() -> Response:
        """List every catalogued query with its parameters, its columns and its text."""
        return answer([described.query(found) for found in catalogue.queries().values()])


def _add_networks(api: APIRouter, site: Site) -> None:
    @api.get(
        "/networks",
        summary="The catalogue of networks",
        response_model=list[described.Network],
        responses=failures(),
        dependencies=_JSON,
    )
    def networks() -> Response:
        """List every network with its size."""
        snapshot = site.snapshot()
        return answer([_network(snapshot, found) for found in catalogue.networks().values()])

    @api.get(
        "/networks/{name}",
        summary="A network as a file",
        response_model=described.NetworkFile,
        responses={200: {"content": _files()}, **failures(404, 409)},
        openapi_extra=extra(network_options.described()),
    )
    def network(request: Request, name: _Name, format: _Form = None, bom: _Bom = "false") -> Response:
        """Return a network with the values of its measures."""
        chosen = _OFFERED[media(request, list(_OFFERED))] if format is None else format
        mark = one_of(bom, ("true", "false"), "bom") == "true"
        part = network_options.read(request.query_params)
        response = written(site, name, one_of(chosen, FILES, "format"), mark, part)
        vary(response.headers, "Accept")
        return response

    @api.get(
        "/networks/{name}/explorer",
        summary="A network as the explorer reads it",
        response_model=described.Explored,
        responses=failures(404),
        dependencies=_JSON,
    )
    def explored(name: _Name, lang: _Language = "sv") -> Response:
        """Return a network by columns: its nodes and where they stand, its edges, events and measures."""
        catalogue.network(name)
        language = one_of(lang, ("sv", "en"), "lang")
        content = explorer.data(site.snapshot(), name, site.settings.base, language)
        return Response(content, media_type="application/json")


def _add_measures(api: APIRouter, site: Site) -> None:
    @api.get(
        "/measures",
        summary="The catalogue of measures",
        response_model=list[described.Measure],
        responses=failures(),
        dependencies=_JSON,
    )
    def measures() -> Response:
        """List every measure with its parameters."""
        known = measure.measures() | matrix_measure.measures()
        return answer([_measure(found) for found in known.values()])

    for found in measure.measures().values():
        api.add_api_route(
            f"/measures/{found.name}",
            _measured(site, found),
            methods=["GET"],
            summary=found.title_en,
            description=f"{found.summary_en}\n\n{found.title_sv}: {found.summary_sv}",
            operation_id=f"measure-{found.name}",
            response_model=described.Measured,
            responses=failures(404, 409),
            dependencies=_JSON,
            openapi_extra=extra(
                [_of_network(), *map(measure_values.setting, found.parameters), *network_options.described()]
            ),
        )

    @api.get("/measures/{name}", include_in_schema=False)
    def unknown(request: Request, name: str) -> None:
        raise UnknownName("measure", name, measure.measures() | matrix_measure.measures())


def _add_asking(api: APIRouter, site: Site) -> None:
    @api.get(
        "/match",
        summary="Match needs to areas",
        response_model=list[described.Match],
        responses=failures(404),
        dependencies=_JSON,
    )
    def match(
        need: Annotated[str | None, Query(description="IRI or name of a need", max_length=LONGEST)] = None,
        text: Annotated[str | None, Query(description="a need in your own words", max_length=LONGEST)] = None,
    ) -> Response:
        """Return the areas that can meet a need, scored, with reasons; without parameters, for all needs.

        When both are given, `need` is asked for.
        """
        found = asking.matches(site.snapshot(), need or text)
        return answer([each.json() for _, matched in found for each in matched])


def _add_names(api: APIRouter, site: Site) -> None:
    @api.get(
        "/labels",
        summary="What things are called",
        response_model=list[described.Label],
        responses=failures(),
        dependencies=_JSON,
    )
    def names(
        iri: Annotated[list[_Iri], Query(description="IRIs of things", min_length=1, max_length=IRIS)],
        lang: Annotated[
            str, Query(description="the language wanted", json_schema_extra={"enum": ["sv", "en"]})
        ] = "sv",
    ) -> Response:
        """Return what things are called (without a name the end of the IRI), and where their pages are."""
        one_of(lang, ("sv", "en"), "lang")
        return answer([_label(site.snapshot(), each, lang, site.settings.base) for each in iri])

    @api.get(
        "/vocabulary",
        summary="The vocabulary in use",
        response_model=described.Vocabulary,
        responses=failures(),
        dependencies=_JSON,
    )
    def vocabulary() -> Response:
        """Return our prefixes, and the classes and properties that stand in the data, with their counts."""
        snapshot = site.snapshot()
        return answer(snapshot.kept(("vocabulary",), lambda: _vocabulary(snapshot)))


def _files() -> Json:
    texts = {media.partition(";")[0] for media in FILES.values()} - {"application/json"}
    binary = {"type": "string", "format": "binary"}
    return {media: {"schema": binary if "zip" in media else {"type": "string"}} for media in sorted(texts)}


def _network(snapshot: Snapshot, found: catalogue.Query) -> Json:
    net = asking.network(snapshot, found.name)
    return described.query(found) | {"mode": found.mode, "nodes": len(net.nodes), "edges": len(net.sources)}


def _measure(found: measure.Measure) -> Json:
    return {
        "name": found.name,
        "title": {"sv": found.title_sv, "en": found.title_en},
        "about": {"sv": found.summary_sv, "en": found.summary_en},
        "parameters": [
            {"name": p.name, "default": p.default, "choices": p.choices, "label": p.summary_en}
            for p in found.parameters
        ],
        "of": "matrix" if found.name in matrix_measure.measures() else "network",
    }


def _measured(site: Site, found: measure.Measure) -> Callable[[Request], Response]:
    def measured(request: Request) -> Response:
        given = dict(request.query_params)
        of = catalogue.network(given.pop("network", "organisations")).name
        known = {each.name: each for each in found.parameters}
        read = {
            name: measure_values.value(known[name], value) for name, value in given.items() if name in known
        }
        part = network_options.read({name: value for name, value in given.items() if name not in known})
        network = part.apply(asking.network(site.snapshot(), of))
        return answer(_result(measure.run(found.name, network, **read)))

    return measured


def _of_network() -> Json:
    schema: Json = {"type": "string", "enum": list(catalogue.networks()), "default": "organisations"}
    return asked("network", "name of a network", schema)


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
        "filters": dict(found.filters),
        "columns": found.header,
        "rows": [dict(zip(found.header, row, strict=True)) for row in found.rows],
        "facts": {fact.name: fact.value for fact in found.facts},
        "notes": [{"sv": note.sv, "en": note.en} for note in found.notes],
        "snapshot": found.snapshot,
        "tables": {table.name: table.dicts() for table in found.tables},
    }


def _label(snapshot: Snapshot, iri: str, language: str, base: str) -> Json:
    found = labels.name(snapshot, iri, language)
    return {
        "iri": iri,
        "label": found.text,
        "language": found.language,
        "page": labels.path(iri, base),
    }


def _vocabulary(snapshot: Snapshot) -> Json:
    return {
        "prefixes": executables.prefixes(),
        "classes": list(_terms(snapshot, "class")),
        "properties": list(_terms(snapshot, "property")),
    }


def _terms(snapshot: Snapshot, column: str) -> Iterable[Json]:
    name = {"class": "vocabulary-classes", "property": "vocabulary-properties"}[column]
    for row in ask(snapshot.store, catalogue.query(name)).rows.dicts():
        iri = str(row[column])
        sv, en = (labels.name(snapshot, iri, language).text for language in ("sv", "en"))
        yield {"iri": iri, "label": {"sv": sv, "en": en}, "n": int(str(row["n"]))}
