"""The API's comparisons: a measure over parts of a network, or against chance; as JSON, CSV and SVG."""

import json
from collections.abc import Callable

from fastapi import APIRouter, Request, Response

from api import asking, comparing, described, network_options
from api.parameters import Json, Refusal, asked, one_of
from api.query_values import LONGEST, number, shortened, whole
from api.rest import extra, failures, media
from api.site import Site, vary
from queries import catalogue, measure
from queries.compare import compare
from queries.errors import UnknownName
from queries.groups import BYS, By
from queries.nulls import LEAST_RUNS

MOST_RUNS = 200  # on a page's time; the command line takes more
RUNS = 50
FORMS = {"json": "application/json", "csv": "text/csv; charset=utf-8", "svg": "image/svg+xml"}
_OFFERED = {found.partition(";")[0]: form for form, found in FORMS.items()}
_BY: dict[str, By] = {each: each for each in BYS}
_SWITCH = ("no", "yes")


def add(api: APIRouter, site: Site) -> None:
    """Add a route for each measure, and one that tells of unknown measures."""
    for found in measure.measures().values():
        api.add_api_route(
            f"/compare/{found.name}",
            _compared(site, found),
            methods=["GET"],
            summary=f"{found.title_en}, compared",
            description=(
                f"Compare {found.title_en.lower()} over the parts of a network, with bootstrap intervals, or "
                f"against rewired networks. Parts that are too small are set aside with the reason.\n\n"
                f"{found.summary_en}"
            ),
            operation_id=f"compare-{found.name}",
            response_model=described.Compared,
            responses={200: {"content": _files()}, **failures(404, 409)},
            openapi_extra=extra([*_parameters(), *network_options.described()]),
        )

    @api.get("/compare/{name}", include_in_schema=False)
    def unknown(request: Request, name: str) -> None:
        raise UnknownName("measure", name, measure.measures())


def _compared(site: Site, found: measure.Measure) -> Callable[[Request], Response]:
    def compared(request: Request) -> Response:
        given = dict(request.query_params)
        form = given.get("format")
        chosen = _OFFERED[media(request, list(_OFFERED))] if form is None else one_of(form, FORMS, "format")
        of = catalogue.network(given.get("network", "organisations")).name
        by = _BY[one_of(given.get("by", "territory"), _BY, "by")]
        runs = number("runs", given.get("runs", str(RUNS)), LEAST_RUNS, MOST_RUNS)
        seed = number("seed", given.get("seed", "0"), 0, MOST_RUNS)
        null = one_of(given.get("null", "no"), _SWITCH, "null") == "yes"
        language = one_of(given.get("lang", "sv"), ("sv", "en"), "lang")
        fact = _fact(given.get("fact", ""))
        network = network_options.read(given).apply(asking.network(site.snapshot(), of))
        answer = compare(found.name, network, by, fact, runs, seed, null=null)
        response = Response(_written(answer, chosen, language), media_type=FORMS[chosen])
        vary(response.headers, "Accept")
        return response

    return compared


def _written(answer: comparing.Comparison, form: str, language: str) -> str:
    if form == "csv":
        return comparing.as_csv(answer)
    if form == "json":
        return json.dumps(comparing.told(answer), ensure_ascii=False, allow_nan=False)
    from api.plot import svg  # heavy: matplotlib

    return svg(answer, language)


def _fact(name: str) -> str:
    if len(name) > LONGEST:
        raise Refusal(400, f"Parameter 'fact' is {shortened(name)}; expected at most {LONGEST} characters.")
    return name


def _files() -> Json:
    return {found: {"schema": {"type": "string"}} for found in _OFFERED if found != "application/json"}


def _parameters() -> list[Json]:
    networks = list(catalogue.networks())
    return [
        asked("network", "name of a network", _choice(networks, "organisations")),
        asked("by", "what to part it by; null compares the whole with chance", _choice(BYS, "territory")),
        asked(
            "fact",
            "a fact of the measure, or mean, median or highest of the nodes' values, edges, components; "
            "another is refused with what there is",
            {"type": "string", "maxLength": LONGEST},
        ),
        asked("runs", "draws, or rewired networks", whole(LEAST_RUNS, MOST_RUNS) | {"default": RUNS}),
        asked("seed", "the same seed gives the same numbers", whole(0, MOST_RUNS) | {"default": 0}),
        asked("null", "whether each part gets a z against chance too", _choice(_SWITCH, "no")),
        asked("lang", "language of the picture", _choice(("sv", "en"), "sv")),
        asked("format", "without it the Accept header decides", {"type": "string", "enum": [*FORMS]}),
    ]


def _choice(known: list[str] | tuple[str, ...], default: str) -> Json:
    return {"type": "string", "enum": list(known), "default": default}
