"""The terms of the graph and what they mean: as a page, or as Turtle and its kin."""

from io import BytesIO

from pyoxigraph import RdfFormat, parse, serialize
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api import terms, things
from api.negotiate import choose
from api.pages.thing import FORMS, written
from api.site import Missing, Site, vary
from api.sparql_run import PREFIXES
from api.view import View
from ontology import diagram, history, reference, release, vocabulary
from ontology.names import SAMSPEL
from queries.collation import swedish

_MEDIA = dict(FORMS.values())


def routes(site: Site) -> list[BaseRoute]:
    """Return the routes of the ontology."""

    def whole(request: Request) -> Response:
        media = choose(request.headers.get("accept"), ["text/html", *_MEDIA])
        if media in _MEDIA:
            response = Response(_vocabulary(_MEDIA[media]), media_type=media)
        else:
            view = site.view(request)
            response = site.page(view, "ontology.html", _overview(view))
        vary(response.headers, "Accept")
        return response

    def term(request: Request) -> Response:
        iri = SAMSPEL + request.path_params["term"]
        view = site.view(request)
        if vocabulary.entry(iri) is None:
            raise Missing(_missing(view, request.path_params["term"]))
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


def _missing(view: View, name: str) -> str:
    return view.say("term_gone" if release.gone(name) else "no_term", term=name)


def _vocabulary(form: RdfFormat) -> bytes:
    if form == RdfFormat.TURTLE:
        return vocabulary.CORE.read_bytes()
    out = BytesIO()
    quads = parse(path=str(vocabulary.CORE), format=RdfFormat.TURTLE)
    serialize((quad.triple for quad in quads), out, format=form, prefixes=PREFIXES)
    return out.getvalue()


def _overview(view: View) -> dict[str, object]:
    entries = [found for iri in vocabulary.terms() if (found := vocabulary.entry(iri, view.language))]
    entries.sort(key=lambda entry: swedish(entry.label))
    known = set(vocabulary.classes())
    return {
        "classes": [(entry, terms.count(view, entry.iri)) for entry in entries if entry.iri in known],
        "properties": [(entry, terms.count(view, entry.iri)) for entry in entries if entry.iri not in known],
        "schemes": terms.schemes(view),
        "diagram": diagram,
        "changes": history.changes(),
        "version": release.current().version,
        "namespace": SAMSPEL,
    }


def _term(view: View, iri: str) -> dict[str, object]:
    name = iri.removeprefix(SAMSPEL)
    users, rules = terms.users(view, iri), reference.rules(iri, view.language)
    is_class = iri in vocabulary.classes()
    return {
        "entry": vocabulary.entry(iri, view.language),
        "name": name,
        "is_class": is_class,
        "reference": reference.reference(iri),
        "fields": reference.fields(iri) if is_class else ((), ()),
        "rules": rules,
        "samples": terms.samples(view, iri, users),
        "refusal": terms.refusal(view, iri, rules),
        "queries": terms.queries(view, iri),
        "users": users,
        "count": terms.count(view, iri),
        "since": release.since(name),
        "changes": history.of(name),
    }
