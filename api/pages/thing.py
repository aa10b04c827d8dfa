"""The address, the page and the data of every thing.

`/id/KIND/KEY` answers 303 by the Accept header: to `/page/KIND/KEY` or to `/data/KIND/KEY.ENDING`. An ending
on an address or a page (`/id/county/05.ttl`) leads there too, so that each document has one address only.
"""

import sys
from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Triple
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from api import asking, compact, forms, incoming, panels, panels_kept, things, versions, withdrawn
from api.labels import Name
from api.pages.home import classes
from api.site import Missing, Site, vary
from api.snapshot import Snapshot
from api.things import Fact, Thing
from api.view import View
from api.withdrawn import Gone
from graph.errors import TermError
from graph.iris import Iris
from ontology import names as n
from ontology.names import BASE
from queries.collation import swedish

_FIRST = (
    *(n.description, n.areaKind, n.actorKind, n.coversTerritory, n.covers, n.locatedIn, n.governs, n.within),
    *(n.inScheme, n.ledBy, n.addresses, n.prioritises, n.hasParticipation, n.hasMember, n.hasGoal),
    *(n.startDate, n.endDate, n.statedDuration, n.fundedBy, n.totalBudget, n.euContribution, n.amount),
)
_LAST = (n.prefLabel, n.altLabel, n.type_)
_NETWORKS = ((n.Organisation, "organisations"), (n.County, "counties"))  # whose nodes things of a class are
_REPLACED = (n.replaces, n.isReplacedBy)


def routes(site: Site) -> list[BaseRoute]:
    """Return the routes of things."""

    def address(request: Request) -> Response:
        kind, key, ending = _asked(site, request)
        found = ending or forms.wanted(request.headers.get("accept"))
        links = [*forms.alternates(f"/data/{kind}/{key}", f"/page/{kind}/{key}")]
        return _see(request, kind, key, found, [*links, forms.described(f"/data/{kind}/{key}.ttl")])

    def page(request: Request) -> Response:
        view = site.view(request)
        kind, key = request.path_params["kind"], request.path_params["key"]
        thing = _read(site, view.snapshot, kind, key)
        if thing is None and forms.split(key)[1]:
            return _see(request, *_asked(site, request), ())
        if thing is None:
            raise _missing(site, list(_iris(site, kind, key)))
        context = _context(view, thing, f"/data/{kind}/{key}", f"/page/{kind}/{key}")
        response = site.page(view, "thing.html", context)
        response.headers["Link"] = ", ".join(forms.page_links(f"/data/{kind}/{key}", f"/page/{kind}/{key}"))
        return response

    def data(request: Request) -> Response:
        kind, (key, ending) = request.path_params["kind"], forms.split(request.path_params["key"])
        snapshot = site.snapshot()
        if ending not in forms.FORMS:
            _known(site, snapshot, kind, key)
            wanted = ending or forms.wanted(request.headers.get("accept"), forms.DATA)
            return _see(request, kind, key, wanted, ())
        for iri in _iris(site, kind, key):
            if found := things.triples(snapshot.store, iri):
                links = forms.data_links(f"/data/{kind}/{key}", f"/page/{kind}/{key}", ending, iri)
                return forms.answer(forms.written(found, ending), ending, links)
        iri = _known(site, snapshot, kind, key)
        links = forms.data_links(f"/data/{kind}/{key}", f"/page/{kind}/{key}", ending, iri)
        return forms.answer(forms.written((), ending), ending, links)

    return [
        Route("/id/{kind}/{key}", address),
        Route("/page/{kind}/{key}", page),
        Route("/data/{kind}/{key}", data),
    ]


def _see(request: Request, kind: str, key: str, ending: str, links: Iterable[str]) -> Response:
    """Lead to the document about a thing in a form; a language asked for is passed on to the page."""
    query = f"?{request.url.query}" if request.url.query else ""
    where = f"/page/{kind}/{key}{query}" if ending == "html" else f"/data/{kind}/{key}.{ending}"
    response = RedirectResponse(where, 303)
    if found := ", ".join(links):
        response.headers["Link"] = found
    vary(response.headers, "Accept")
    return response


def _asked(site: Site, request: Request) -> tuple[str, str, str]:
    """Return kind, key and ending of a thing that there is; a key may hold a point itself."""
    kind, name = request.path_params["kind"], request.path_params["key"]
    snapshot, (key, ending) = site.snapshot(), forms.split(name)
    if ending and any(things.known(snapshot.store, iri) for iri in _iris(site, kind, name)):
        return kind, name, ""
    _known(site, snapshot, kind, key)
    return kind, key, ending


def _iris(site: Site, kind: str, key: str) -> Iterator[str]:
    """Yield what a thing may be called; concepts keep their addresses under any base."""
    try:
        yield from dict.fromkeys(Iris(base).thing(kind, key)[1:-1] for base in (site.settings.base, BASE))
    except TermError as error:
        raise Missing(f"{site.settings.base}id/{kind}/{key}") from error


def _known(site: Site, snapshot: Snapshot, kind: str, key: str) -> str:
    """Return the IRI of a thing that there is; raise Gone or Missing."""
    iris = list(_iris(site, kind, key))
    for iri in iris:
        how = things.known(snapshot.store, iri)
        if how == "said" or (how and not withdrawn.find(site.settings.store, iri)):
            return iri
    raise _missing(site, iris)


def _read(site: Site, snapshot: Snapshot, kind: str, key: str) -> Thing | None:
    """Return a thing when there is something to show; what only old links point to is gone when withdrawn."""
    single = snapshot.kept(("single-valued",), lambda: things.single_valued(snapshot.store))
    for iri in _iris(site, kind, key):
        thing = things.read(snapshot.store, iri, single)
        if thing.facts or (thing.known and not withdrawn.find(site.settings.store, iri)):
            return thing
    return None


def _missing(site: Site, iris: list[str]) -> Exception:
    """Return why there is no such thing: it was withdrawn, or never was."""
    found = (withdrawn.find(site.settings.store, iri) for iri in iris)
    return next((Gone(each) for each in found if each), Missing(iris[0]))


def _context(view: View, thing: Thing, data: str, page: str) -> dict[str, object]:
    alone = "in" in view.request.query_params
    told = () if alone else panels_kept.read(view.snapshot, thing)
    view.learn([*_shown(thing), *panels.iris(told)])
    title = view.name(thing.iri)
    if not title.own:
        title = Name(" · ".join(_said(view, thing) or _tied(view, thing)), None)
    cells = [
        view.cell(value.cell)
        for predicate in (n.prefLabel, n.altLabel, n.title)
        for value in view.sorted_values(thing.values(predicate))
    ]
    names = {cell.text: Name(cell.text, cell.language) for cell in cells if cell.text != title.text}
    found = incoming.parts(view, thing)
    replaced = any(fact.predicate in _REPLACED for fact in thing.facts) or set(_REPLACED) & set(
        thing.incoming
    )
    kinds = asking.classes_of(view.snapshot, (subject for part in found for subject in part.subjects))
    view.learn(each for of in kinds.values() for each in of[:1])
    chain = versions.read(view.snapshot.store, thing.iri) if replaced else ()
    return {
        "iri": thing.iri,
        "title": title,
        "names": list(names.values()),
        "classes": _specific(view, thing.iris(n.type_)),
        "versions": chain,
        "line": versions.line(chain),
        "panels_found": told,
        "network": next((name for kind, name in _NETWORKS if kind in thing.iris(n.type_)), None),
        "facts": sorted(thing.facts, key=lambda fact: _order(view, fact)),
        "incoming": found,
        "alone": any(part.page for part in found),
        "kinds": {subject: [view.name(iri).text for iri in of[:1]] for subject, of in kinds.items()},
        "data": data,
        "page": page,
        "forms": [(ending, media) for ending, (media, _) in forms.FORMS.items()],
        "linked": compact.script(_own(thing)),
    }


def _said(view: View, thing: Thing) -> list[str]:
    """Return what a statement says: of what, which property, which value; nothing of any other thing."""
    cells = [thing.values(each)[0].cell for each in (n.subject, n.predicate, n.object_) if thing.values(each)]
    return [view.cell(cell).text for cell in cells]


def _tied(view: View, thing: Thing) -> list[str]:
    """Return what a thing without a name ties together."""
    return [part.text for part in view.parts(thing.iri) if part.text != "→"]


def _shown(thing: Thing) -> Iterator[str]:
    """Yield the IRIs whose names the page of a thing will show."""
    yield thing.iri
    for fact in thing.facts:
        yield fact.predicate
        for value in fact.values:
            if isinstance(value.cell, NamedNode):
                yield value.cell.value
        told = [value.evidence for value in fact.values] + [unknown.evidence for unknown in fact.unknowns]
        yield from (each.document for evidence in told for each in evidence)


def _own(thing: Thing) -> list[Triple]:
    """Return what is said of a thing as triples, without the statements that are evidence."""
    return [
        Triple(NamedNode(thing.iri), NamedNode(fact.predicate), value.cell)
        for fact in thing.facts
        for value in fact.values
        if isinstance(value.cell, NamedNode | Literal)
    ]


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
