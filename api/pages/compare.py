"""Two to five counties side by side: a form that works by itself, a table for each part, a page to print."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, permutations
from typing import Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api import county_money, county_partners, map_rows, side_by_side
from api.county_partners import Partners
from api.map_rows import Territory
from api.query_api import MOST
from api.query_values import shortened
from api.side_by_side import COMPLEMENTS, DECLARED, VOCABULARIES, Refused
from api.site import Site
from api.view import View
from api.words_compare import VOCABULARY_NAMES
from queries import catalogue
from queries.notes import Note

LEAST, MOST_COUNTIES = 2, 5
_COUNTED: Final = (  # what county-counts counts, by the words of the interface
    ("areas", "areas_own"),
    ("shared", "areas_shared"),
    ("actors", "actors"),
    ("projects", "projects"),
)
_SWITCH = ("no", "yes")


@dataclass(frozen=True)
class Row:
    """What is told of a county's partners, or why that is unknown."""

    iri: str
    found: Partners | None = None
    reason: Note | None = None


class _Wrong(Exception):
    """The counties asked for cannot be compared; the message is a sentence for the reader."""


def routes(site: Site) -> list[BaseRoute]:
    """Return the route of the comparison."""

    def compared(request: Request) -> Response:
        view = site.view(request)
        counties = map_rows.counties(view.snapshot)
        asked = list(dict.fromkeys(request.query_params.getlist("county")))
        wider = request.query_params.get("wider", "no")
        form = {"counties": counties, "ticked": set(asked), "wider": wider, "chosen": [], "problem": None}
        view.learn(each.iri for each in counties)
        try:
            chosen = _chosen(view, counties, asked, wider)
        except _Wrong as error:
            return site.page(view, "compare.html", form | {"problem": str(error)}, 400)
        told = _told(view, chosen, wider) if chosen else {}
        return site.page(view, "compare.html", form | told)

    return [Route("/compare", compared)]


def _chosen(view: View, counties: Sequence[Territory], asked: list[str], wider: str) -> list[Territory]:
    """Return the counties asked for, in the order asked; none when nothing was asked."""
    known = {each.code: each for each in counties}
    if wider not in _SWITCH:
        raise _Wrong(view.say("compare_wrong_wider", found=shortened(wider)))
    for code in asked:
        if code not in known:
            raise _Wrong(view.say("compare_unknown", found=shortened(code)))
    if asked and not LEAST <= len(asked) <= MOST_COUNTIES:
        key = "compare_too_few" if len(asked) < LEAST else "compare_too_many"
        raise _Wrong(view.say(key, n=len(asked), name=view.name(known[asked[0]].iri).text))
    return [known[code] for code in asked]


def _told(view: View, chosen: list[Territory], wider: str) -> dict[str, object]:
    """Return what the template shows of the counties that are compared."""
    snapshot, iris = view.snapshot, [each.iri for each in chosen]
    areas = side_by_side.areas(snapshot, iris)
    concepts = side_by_side.concepts(snapshot, iris, wider)
    complements = {each: side_by_side.complements(snapshot, iris, each, wider) for each in COMPLEMENTS}
    money = county_money.money(snapshot)
    given = [found[0] for found in complements.values() if not isinstance(found, Refused)]
    view.learn(
        [
            *(iri for each in areas for iri in (*each.own, *each.shared)),
            *(each.iri for each in concepts),
            *(each.best for pairs in given for each in pairs.values()),
            *(fund for _, fund, _ in money.lines if fund),
        ]
    )
    return {
        "chosen": chosen,
        "iris": iris,
        "counted": _COUNTED,
        "areas": areas,
        "concepts": concepts,
        "vocabularies": VOCABULARIES,
        "vocabulary_names": {key: words[view.language == "en"] for key, words in VOCABULARY_NAMES.items()},
        "mapped": {each: side_by_side.mapped(snapshot, iris, each, wider) for each in VOCABULARIES},
        "pairs": list(combinations(iris, 2)),
        "ways": list(permutations(iris, 2)),
        "overlaps": {each: side_by_side.overlaps(snapshot, iris, each, wider) for each in VOCABULARIES},
        "complements": complements,
        "matrices": catalogue.matrices(),
        "money": money,
        "money_lines": {each: _lines(view, money, each, iris) for each in money.currencies(iris)},
        "flows": side_by_side.flows(snapshot, iris),
        "partners": _partners(view, chosen),
        "refused": lambda found: isinstance(found, Refused),
        "files": _files(wider),
        "permalink": f"/compare?{urlencode([*(('county', each.code) for each in chosen), ('wider', wider)])}",
    }


def _lines(
    view: View, money: county_money.Money, currency: str, iris: Sequence[str]
) -> list[county_money.Line]:
    """Return the lines of a currency by fund as readers sort, then year; what is not stated last."""
    lines = money.of(currency, iris)
    funds = {fund: at for at, fund in enumerate(view.by_name({fund for _, fund, _ in lines if fund}))}
    return sorted(lines, key=lambda line: (funds.get(line[1], len(funds)), line[2] or "9999"))


def _partners(view: View, chosen: Sequence[Territory]) -> list[Row]:
    """Return of each county how many partners its organisations have there, or else why that is unknown."""
    names = side_by_side.called(view.snapshot, [each.iri for each in chosen])
    rows = []
    for county, name in zip(chosen, names, strict=True):
        told = county_partners.partners(view.snapshot, name)
        rows.append(Row(county.iri, told) if isinstance(told, Partners) else Row(county.iri, reason=told))
    return rows


def _files(wider: str) -> dict[str, list[tuple[str, str]]]:
    """Return where each part comes from: what a link is called, and its address."""
    queries = {
        part: [(f"/queries/{name}", f"/queries/{name}"), ("CSV", _csv(name))]
        for part, name in (("counted", "county-counts"), ("money", county_money.QUERY))
    }
    declared = [(each, f"/api/matrices/{DECLARED}?vocabulary={each}&wider={wider}") for each in VOCABULARIES]
    overlap = [
        (each, f"/api/measures/priority_overlap?matrix={DECLARED}&vocabulary={each}&wider={wider}")
        for each in VOCABULARIES
    ]
    given = [
        (name, f"/api/measures/complementarity?matrix={name}{f'&wider={wider}' if name == DECLARED else ''}")
        for name in COMPLEMENTS
    ]
    partners = f"network={county_partners.NETWORK}&by=territory&runs={county_partners.RUNS}"
    networks = [
        ("/networks/counties", "/networks/counties"),
        ("CSV", "/api/networks/counties?format=csv"),
        (f"/api/compare/{county_partners.MEASURE}", f"/api/compare/{county_partners.MEASURE}?{partners}"),
        ("CSV", f"/api/compare/{county_partners.MEASURE}?{partners}&format=csv"),
        ("SVG", f"/api/compare/{county_partners.MEASURE}?{partners}&format=svg"),
    ]
    areas = [("declared-areas", "/api/matrices/declared-areas?kind=any")]
    return queries | {
        "areas": areas,
        "concepts": declared,
        "overlap": overlap,
        "complement": given,
        "networks": networks,
    }


def _csv(name: str) -> str:
    return f"/api/queries/{name}?{urlencode({'format': 'csv', 'limit': MOST})}"
