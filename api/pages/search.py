"""Search by name, narrowed by kind and county through links: no script in the browser."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api.query_api import Page
from api.query_values import FARTHEST, number
from api.searching import LONGEST, key, search
from api.site import Site
from api.view import View
from api.words_search import KINDS
from queries.search import Found, Hit

PATH = "/search"
SHOWN = 50  # hits a page
NAMED = 3  # counties of a hit that are named; of more, how many


@dataclass(frozen=True)
class Facet:
    """A part of the hits: what it is called, how many there are, where it leads, whether it is chosen."""

    name: str
    count: int | None
    link: str
    chosen: bool


def routes(site: Site) -> list[BaseRoute]:
    """Return the route of the search page."""

    def page(request: Request) -> Response:
        asked, view = request.query_params, site.view(request)
        q = asked.get("q", "").strip()[:LONGEST]
        offset = number("offset", asked.get("offset", "0"), 0, FARTHEST)
        given = {"q": q} | {name: asked[name] for name in ("kind", "county") if asked.get(name)}
        kind, county = given.get("kind", ""), given.get("county", "")
        found = search(view.snapshot, q, kind, county, SHOWN, offset)
        _learn(view, found)
        context = {
            "q": q,
            "found": found,
            "page": Page(SHOWN, offset, found.total),
            "links": Page(SHOWN, offset, found.total).links(PATH, given),
            "facets": list(_facets(view, found, given)),
            "where": [_where(view, hit) for hit in found.hits],
            "near": [(word, _link({"q": word})) for word in found.near],
        }
        return site.page(view, "search.html", context)

    return [Route(PATH, page)]


def _learn(view: View, found: Found) -> None:
    """Ask at once for all names that the page will show."""
    hits = [iri for hit in found.hits for iri in (hit.iri, *hit.classes)]
    view.learn([*hits, *(iri for iri, _ in found.counties)])


def _where(view: View, hit: Hit) -> str:
    """Say which counties a hit belongs to, unless its name says it."""
    if len(hit.counties) > NAMED:
        return view.say("search_counties", n=view.number(len(hit.counties)))
    return ", ".join(view.name(iri).text for iri in hit.counties if iri != hit.iri)


def _facets(view: View, found: Found, given: dict[str, str]) -> Iterable[tuple[str, list[Facet]]]:
    """Return the kinds and the counties that the hits can be narrowed to, where there are several."""
    counts = dict(found.counties)
    several = {
        "kind": {kind: (KINDS[kind][view.language == "en"], count) for kind, count in found.kinds},
        "county": {key(iri): (view.name(iri).text, counts[iri]) for iri in view.by_name(counts)},
    }
    for by, known in several.items():
        if len(known) > 1 or by in given:
            yield by, list(_parts(view, known, given, by))


def _parts(view: View, known: dict[str, tuple[str, int]], given: dict[str, str], by: str) -> Iterable[Facet]:
    others = {name: value for name, value in given.items() if name != by}
    yield Facet(view.say("search_all"), None, _link(others), by not in given)
    for value, (name, count) in known.items():
        yield Facet(name, count, _link(others | {by: value}), given.get(by) == value)


def _link(given: dict[str, str]) -> str:
    return f"{PATH}?{urlencode(given)}"
