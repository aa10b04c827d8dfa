"""The terms of the graph and what they mean: as a page, or as Turtle and its kin."""

from io import BytesIO

from pyoxigraph import NamedNode, RdfFormat, parse, serialize
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api import things
from api.negotiate import choose
from api.pages.home import classes
from api.pages.thing import FORMS, written
from api.site import Missing, Site, vary
from api.sparql_run import PREFIXES
from api.view import View
from ontology import names as n
from ontology import vocabulary
from ontology.names import SAMSPEL
from queries.answer import ask
from queries.catalogue import query
from queries.collation import swedish

_MEDIA = dict(FORMS.values())
_ABOUT = (n.RDFS + "subClassOf", n.RDFS + "domain", n.RDFS + "range")


def routes(site: Site) -> list[BaseRoute]:
    """Return the routes of the ontology."""

    def whole(request: Request) -> Response:
        media = choose(request.headers.get("accept"), ["text/html", *_MEDIA])
        if media in _MEDIA:
            response = Response(_vocabulary(_MEDIA[media]), media_type=media)
        else:
            view = site.view(request)
            response = site.page(view, "ontology.html", _table(view))
        vary(response.headers, "Accept")
        return response

    def term(request: Request) -> Response:
        iri = SAMSPEL + request.path_params["term"]
        view = site.view(request)
        if vocabulary.entry(iri) is None:
            raise Missing(view.say("no_term", term=request.path_params["term"]))
        media = choose(request.headers.get("accept"), ["text/html", *_MEDIA])
        if media in _MEDIA:
            response = Response(
                written(things.triples(view.snapshot.store, iri), _MEDIA[media]), media_type=media
            )
        else:
            response = site.page(view, "term.html", _term(view, iri))
        vary(response.headers, "Accept")
        return response

    return [Route("/ontology", whole), Route("/ontology/{term}", term)]


def _vocabulary(form: RdfFormat) -> bytes:
    if form == RdfFormat.TURTLE:
        return vocabulary.CORE.read_bytes()
    out = BytesIO()
    quads = parse(path=str(vocabulary.CORE), format=RdfFormat.TURTLE)
    serialize((quad.triple for quad in quads), out, format=form, prefixes=PREFIXES)
    return out.getvalue()


def _table(view: View) -> dict[str, object]:
    counted = classes(view)
    entries = [found for iri in vocabulary.terms() if (found := vocabulary.entry(iri, view.language))]
    entries.sort(key=lambda entry: swedish(entry.label))
    known = set(vocabulary.classes())
    return {
        "classes": [(entry, counted.get(entry.iri, 0)) for entry in entries if entry.iri in known],
        "properties": [entry for entry in entries if entry.iri not in known],
    }


def _term(view: View, iri: str) -> dict[str, object]:
    store = view.snapshot.store
    thing = things.read(store, iri)
    users = [
        cell.value
        for (cell,) in ask(store, query("term-uses"), {"term": iri}).rows.rows
        if isinstance(cell, NamedNode)
    ]
    return {
        "entry": vocabulary.entry(iri, view.language),
        "about": [
            (predicate, view.by_name(thing.iris(predicate))) for predicate in _ABOUT if thing.iris(predicate)
        ],
        "users": view.by_name(users),
        "count": classes(view).get(iri),
    }
