"""The addresses of matrices: the catalogue, a matrix as JSON, and the measures of matrices."""

from collections.abc import Callable

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from api import asking, described, measure_values
from api.commands_specialise import told
from api.parameters import Json, Refusal, asked, one_of
from api.rest import answer, as_json, extra, failures
from api.site import Site
from queries import catalogue, matrix_ask, matrix_measure, measure
from queries.errors import UnknownName
from queries.matrix import Matrix

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
        return answer([described.query(found) for found in catalogue.matrices().values()])

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
            openapi_extra=extra([_WHICH, *map(measure_values.setting, found.parameters), *_of_any()]),
        )


def _read(site: Site, name: str, given: dict[str, str]) -> Matrix:
    """Return a matrix, kept for as long as the data are the same."""
    query = catalogue.matrix(name)
    for each in query.parameters:
        if each.name in given:
            one_of(given[each.name], each.choices, each.name)
    for key in given.keys() & matrix_ask.OURS.keys():
        one_of(given[key], matrix_ask.OURS[key].choices, key)
    return asking.matrix(site.snapshot(), name, given)


def _matrix(site: Site, query: catalogue.Query) -> Callable[[Request], Response]:
    def matrix(request: Request) -> Response:
        return answer(_asanswer(_read(site, query.name, dict(request.query_params))))

    return matrix


def _asanswer(found: Matrix) -> Json:
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
        read = {key: measure_values.value(known[key], value) for key, value in others.items()}
        result = matrix_measure.run(found.name, _read(site, name, own), **read)
        notes = [{"sv": note.sv, "en": note.en} for note in result.notes]
        return answer({**told(result, own), "notes": notes})

    return measured


def _of_matrix(name: str) -> list[Json]:
    own = [
        asked(each.name, each.label, {"type": "string", "enum": list(each.choices), "default": each.default})
        for each in catalogue.matrix(name).parameters
    ]
    return own + [measure_values.setting(each) for each in matrix_ask.OURS.values()]


def _of_any() -> list[Json]:
    """Return the parameters of all matrices; which of them a request may have, its matrix decides."""
    choices: dict[str, tuple[str, set[str]]] = {}
    for query in catalogue.matrices().values():
        for each in query.parameters:
            choices.setdefault(each.name, (each.label, set()))[1].update(each.choices)
    own = [
        asked(name, f"{label} (if the matrix has it)", {"type": "string", "enum": sorted(found)})
        for name, (label, found) in choices.items()
    ]
    return own + [measure_values.setting(each) for each in matrix_ask.OURS.values()]


_WHICH = asked(
    "matrix", "name of a matrix", {"type": "string", "enum": list(catalogue.matrices())}, required=True
)
