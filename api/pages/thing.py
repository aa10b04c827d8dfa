"""The page, the data and the address of every thing."""

import sys
from io import BytesIO

from pyoxigraph import RdfFormat, Triple, serialize
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from api import asking, things, versions
from api.labels import Name
from api.negotiate import choose
from api.pages.home import classes
from api.site import Missing, Site, vary
from api.snapshot import Snapshot
from api.sparql_run import PREFIXES
from api.things import Fact, Thing
from api.view import View
from graph.errors import TermError
from graph.iris import Iris
from ontology import names as n
from ontology.names import BASE
from queries.collation import swedish

FORMS = {
    "ttl": ("text/turtle", RdfFormat.TURTLE),
    "nt": ("application/n-triples", RdfFormat.N_TRIPLES),
    "jsonld": ("application/ld+json", RdfFormat.JSON_LD),
    "rdf": ("application/rdf+xml", RdfFormat.RDF_XML),
}
SHOWN = 30  # things under one heading before the rest is folded away
_FIRST = (
    *(n.description, n.areaKind, n.actorKind, n.coversTerritory, n.covers, n.locatedIn, n.governs, n.within),
    *(n.inScheme, n.ledBy, n.addresses, n.prioritises, n.hasParticipation, n.hasMember, n.hasGoal),
    *(n.startDate, n.endDate, n.statedDuration, n.fundedBy, n.totalBudget, n.euContribution, n.amount),
)
_LAST = (n.prefLabel, n.altLabel, n.type_)


def routes(site: Site) -> list[BaseRoute]:
    """Return the routes of things."""

    def address(request: Request) -> Response:
        kind, key = request.path_params["kind"], request.path_params["key"]
        _thing(site, site.snapshot(), kind, key)
        media = {media: ending for ending, (media, _) in FORMS.items()}
        chosen = choose(request.headers.get("accept"), ["text/html", *media])
        where = f"/data/{kind}/{key}.{media[chosen]}" if chosen in media else f"/page/{kind}/{key}"
        response = RedirectResponse(where, 303)
        vary(response.headers, "Accept")
        return response

    def page(request: Request) -> Response:
        view = site.view(request)
        kind, key = request.path_params["kind"], request.path_params["key"]
        thing = _thing(site, view.snapshot, kind, key)
        return site.page(view, "thing.html", _context(view, thing, f"/data/{kind}/{key}"))

    def data(request: Request) -> Response:
        kind, (key, _, ending) = request.path_params["kind"], request.path_params["file"].rpartition(".")
        if ending not in FORMS:
            raise Missing(f"Data come as {', '.join(FORMS)}; found {request.path_params['file']!r}.")
        snapshot = site.snapshot()
        thing = _thing(site, snapshot, kind, key)
        media, form = FORMS[ending]
        return Response(written(things.triples(snapshot.store, thing.iri), form), media_type=media)

    return [
        Route("/id/{kind}/{key}", address),
        Route("/page/{kind}/{key}", page),
        Route("/data/{kind}/{file}", data),
    ]


def written(triples: tuple[Triple, ...], form: RdfFormat) -> bytes:
    """Write triples in a format, with the prefixes that people know."""
    out = BytesIO()
    serialize(triples, out, format=form, prefixes=PREFIXES)
    return out.getvalue()


def _thing(site: Site, snapshot: Snapshot, kind: str, key: str) -> Thing:
    """Return the thing of a kind and a key; concepts keep their addresses under any base."""
    try:
        iris = [Iris(base).thing(kind, key)[1:-1] for base in dict.fromkeys((site.settings.base, BASE))]
    except TermError as error:
        raise Missing(str(error)) from error
    for iri in iris:
        thing = things.read(snapshot.store, iri)
        if thing.known:
            return thing
    raise Missing(iris[0])


def _context(view: View, thing: Thing, data: str) -> dict[str, object]:
    title = view.name(thing.iri)
    if not title.own:
        title = Name(" · ".join(part.text for part in view.parts(thing.iri) if part.text != "→"), None)
    cells = [
        view.cell(value.cell)
        for predicate in (n.prefLabel, n.altLabel, n.title)
        for value in view.sorted_values(thing.values(predicate))
    ]
    names = {cell.text: Name(cell.text, cell.language) for cell in cells if cell.text != title.text}
    return {
        "iri": thing.iri,
        "title": title,
        "names": list(names.values()),
        "classes": _specific(view, thing.iris(n.type_)),
        "versions": versions.read(view.snapshot.store, thing.iri),
        "facts": sorted(thing.facts, key=lambda fact: _order(view, fact)),
        "incoming": [(p, view.by_name(subjects)) for p, subjects in _sorted(view, thing.incoming)],
        "kinds": {
            subject: [view.name(iri).text for iri in asking.classes(view.snapshot, subject)[:1]]
            for _, subjects in thing.incoming
            for subject in subjects
        },
        "capped": thing.capped,
        "limit": things.INCOMING_LIMIT,
        "shown": SHOWN,
        "data": data,
        "forms": [(ending, media) for ending, (media, _) in FORMS.items()],
    }


def _specific(view: View, found: tuple[str, ...]) -> list[str]:
    """Sort classes by how many things they have: the rarest says most."""
    counted = classes(view)
    return sorted(found, key=lambda iri: (counted.get(iri, sys.maxsize), iri))


def _order(view: View, fact: Fact) -> tuple[int, tuple[str, str]]:
    if fact.predicate in _FIRST:
        return _FIRST.index(fact.predicate), ("", "")
    if fact.predicate in _LAST:
        return 1000 + _LAST.index(fact.predicate), ("", "")
    return 500, swedish(view.name(fact.predicate).text)


def _sorted(
    view: View, incoming: tuple[tuple[str, tuple[str, ...]], ...]
) -> list[tuple[str, tuple[str, ...]]]:
    return sorted(incoming, key=lambda item: swedish(view.name(item[0]).text))
