"""The addresses of matrices: the catalogue, a matrix as JSON, and the measures of matrices."""

import json
from collections.abc import Callable

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from api import described
from api.commands_specialise import told
from api.query_values import number, shortened, whole
from api.rest import Json, Refusal, as_json, extra, failures, one_of
from api.site import Site
from queries import catalogue, matrix_ask, matrix_measure, measure
from queries.errors import UnknownName
from queries.matrix import Matrix

MOST = 1_000  # the largest number that a measure takes here
_JSON = [Depends(as_json)]


def add(api: APIRouter, site: Site) -> None:
    """Add the addresses of matrices and of their measures to those under /api."""

    @api.get(
        "/matrices",
        summary="The catalogue of matrices",
        response_model=list[described.Query],
        responses=failures(),
        dependencies=_JSON,
    )
    def matrices() -> Response:
        """List every matrix of regions and areas with its parameters."""
        return _json([_query(found) for found in catalogue.matrices().values()])

    for query in catalogue.matrices().values():
        api.add_api_route(
            f"/matrices/{query.name}",
            _matrix(site, query),
            methods=["GET"],
            summary=query.title_en,
            description=f"{query.about_en}\n\n{query.title_sv}: {query.about_sv}",
            operation_id=f"matrix-{query.name}",
            response_model=described.Matrix,
            responses=failures(404, 409),
            dependencies=_JSON,
            openapi_extra=extra(_of_matrix(query.name)),
        )

    @api.get("/matrices/{name}", include_in_schema=False)
    def unknown(name: str) -> None:
        raise UnknownName("matrix", name, catalogue.matrices())

    for found in matrix_measure.measures().values():
        api.add_api_route(
            f"/measures/{found.name}",
            _measured(site, found),
            methods=["GET"],
            summary=found.title_en,
            description=f"{found.summary_en}\n\n{found.title_sv}: {found.summary_sv}",
            operation_id=f"measure-{found.name}",
            response_model=described.MatrixMeasured,
            responses=failures(404, 409),
            dependencies=_JSON,
            openapi_extra=extra([_WHICH, *map(_setting, found.parameters), *_of_any()]),
        )


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
        "sparql": found.body,
    }


def _read(site: Site, name: str, given: dict[str, str]) -> Matrix:
    """Return a matrix, kept for as long as the data are the same."""
    query = catalogue.matrix(name)
    for each in query.parameters:
        if each.name in given:
            one_of(given[each.name], each.choices, each.name)
    for key in given.keys() & matrix_ask.OURS.keys():
        one_of(given[key], matrix_ask.OURS[key].choices, key)
    snapshot = site.snapshot()
    kept = ("matrix", name, *(f"{key}={value}" for key, value in sorted(given.items())))
    return snapshot.kept(kept, lambda: matrix_ask.read(snapshot.store, name, given))


def _matrix(site: Site, query: catalogue.Query) -> Callable[[Request], Response]:
    def matrix(request: Request) -> Response:
        return _json(_as_json(_read(site, query.name, dict(request.query_params))))

    return matrix


def _as_json(found: Matrix) -> Json:
    return {
        "name": found.name,
        "unit": found.unit,
        "counting": found.counting,
        "periods": found.periods,
        "regions": [{"id": each.id, "label": each.label} for each in found.regions],
        "areas": [{"id": each.id, "label": each.label, "group": each.group} for each in found.areas],
        "values": found.values.tolist(),
        "projects": found.projects.tolist(),
        "declared": found.declared.tolist(),
    }


def _measured(site: Site, found: measure.Measure) -> Callable[[Request], Response]:
    def measured(request: Request) -> Response:
        given = dict(request.query_params)
        name = given.pop("matrix", "")
        if not name:
            raise Refusal(
                400,
                f"The measure {found.name!r} is of a matrix; name one: matrix=MATRIX "
                f"(there are: {', '.join(catalogue.matrices())}).",
            )
        own, others = matrix_ask.parted(name, given)
        known = {each.name: each for each in found.parameters}
        if strange := sorted(set(others) - set(known)):
            takes = ", ".join(each.name for each in catalogue.matrix(name).parameters) or "none of its own"
            raise Refusal(
                409,
                f"Parameter {strange[0]!r} means nothing for the matrix {name!r}, which takes {takes}; "
                "leave it out, or ask another matrix.",
            )
        read = {key: _value(known[key], value) for key, value in others.items()}
        answer = matrix_measure.run(found.name, _read(site, name, own), **read)
        notes = [{"sv": note.sv, "en": note.en} for note in answer.notes]
        return _json({**told(answer, own), "notes": notes})

    return measured


def _value(parameter: measure.Parameter, value: str) -> measure.Setting:
    if isinstance(parameter.default, str):
        return one_of(value, parameter.choices, parameter.name)
    if isinstance(parameter.default, int):
        return number(parameter.name, value, int(parameter.at_least), MOST)
    try:
        found = float(value) if value.isascii() and "_" not in value and value == value.strip() else -1.0
    except ValueError:
        found = -1.0
    if not parameter.at_least <= found <= MOST:
        raise Refusal(
            400,
            f"Parameter {parameter.name!r} is {shortened(value)}; expected a number from "
            f"{parameter.at_least:g} to {MOST}.",
        )
    return found


def _setting(parameter: measure.Parameter) -> Json:
    if isinstance(parameter.default, str):
        schema: Json = {"type": "string", "enum": list(parameter.choices)}
    elif isinstance(parameter.default, int):
        schema = whole(int(parameter.at_least), MOST)
    else:
        schema = {"type": "number", "minimum": parameter.at_least, "maximum": MOST}
    return _told(
        parameter.name,
        f"{parameter.summary_sv} / {parameter.summary_en}",
        schema | {"default": parameter.default},
    )


def _of_matrix(name: str) -> list[Json]:
    own = [
        _told(each.name, each.label, {"type": "string", "enum": list(each.choices), "default": each.default})
        for each in catalogue.matrix(name).parameters
    ]
    return own + [_setting(each) for each in matrix_ask.OURS.values()]


def _of_any() -> list[Json]:
    """Return the parameters of all matrices; which of them a request may have, its matrix decides."""
    choices: dict[str, tuple[str, set[str]]] = {}
    for query in catalogue.matrices().values():
        for each in query.parameters:
            choices.setdefault(each.name, (each.label, set()))[1].update(each.choices)
    own = [
        _told(name, f"{label} (if the matrix has it)", {"type": "string", "enum": sorted(found)})
        for name, (label, found) in choices.items()
    ]
    return own + [_setting(each) for each in matrix_ask.OURS.values()]


def _told(name: str, description: str, schema: Json) -> Json:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": description,
        "schema": schema,
    }


_WHICH: Json = {
    "name": "matrix",
    "in": "query",
    "required": True,
    "description": "name of a matrix",
    "schema": {"type": "string", "enum": list(catalogue.matrices())},
}
