"""The terms of the graph and what they mean: as a page, or as Turtle and its kin.

`/ontology` and `/ontology/TERM` answer by the Accept header at their own address, as the IRIs of terms have
a fragment; an ending (`/ontology.ttl`, `/ontology/TERM.nt`) asks for a form by name.
"""

from functools import cache

from pyoxigraph import RdfFormat, parse
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from api import forms, terms, things
from api.site import Missing, Site, vary
from api.view import View
from ontology import context, diagram, history, reference, release, vocabulary
from ontology.names import SAMSPEL
from queries.collation import swedish

PATH = "/ontology"


def routes(site: Site) -> list[BaseRoute]:
    """Return the routes of the ontology."""

    def whole(request: Request) -> Response:
        ending = forms.wanted(request.headers.get("accept"))
        if ending in forms.FORMS:
            response = _data(_vocabulary(ending), ending, PATH, SAMSPEL.rstrip("#"))
        else:
            view = site.view(request)
            response = _page(site.page(view, "ontology.html", _overview(view)), PATH)
        vary(response.headers, "Accept")
        return response

    def whole_as(request: Request) -> Response:
        ending = _ending(site.view(request), request)
        if ending == "html":
            return RedirectResponse(PATH, 303)
        return _data(_vocabulary(ending), ending, PATH, SAMSPEL.rstrip("#"))

    def term(request: Request) -> Response:
        name, ending = forms.split(request.path_params["term"])
        path, iri = f"{PATH}/{name}", SAMSPEL + name
        view = site.view(request)
        if vocabulary.entry(iri) is None:
            _refuse(view, name)
        found = ending or forms.wanted(request.headers.get("accept"))
        if found in forms.FORMS:
            response = _data(forms.written(things.triples(view.snapshot.store, iri), found), found, path, iri)
        elif ending:
            return RedirectResponse(path, 303)
        else:
            response = _page(site.page(view, "term.html", _term(view, iri)), path)
        if not ending:
            vary(response.headers, "Accept")
        return response

    def in_json(_: Request) -> Response:
        return Response(context.FILE.read_bytes(), media_type="application/ld+json")

    return [
        Route(PATH, whole),
        Route(f"{PATH}.{{ending}}", whole_as),
        Route(f"{PATH}/context.jsonld", in_json),
        Route(f"{PATH}/{{term}}", term),
    ]


def _data(content: bytes, ending: str, path: str, iri: str) -> Response:
    """Return a vocabulary or a term in a form; what is asked for by its address links to the page."""
    return forms.answer(content, ending, forms.data_links(path, path, ending, iri))


def _page(response: Response, path: str) -> Response:
    response.headers["Link"] = ", ".join(forms.page_links(path, path))
    return response


def _ending(view: View, request: Request) -> str:
    ending: str = request.path_params["ending"]
    if ending not in forms.FORMS and ending != "html":
        raise Missing(view.say("no_form", offers=", ".join((*forms.FORMS, "html")), ending=ending))
    return ending


def _refuse(view: View, name: str) -> None:
    """Tell that a term went, or that there never was one."""
    if release.gone(name):
        raise HTTPException(410, view.say("term_gone", term=name).rstrip("."))
    raise Missing(view.say("no_term", term=name))


@cache
def _vocabulary(ending: str) -> bytes:
    if ending == "ttl":
        return vocabulary.CORE.read_bytes()
    quads = parse(path=str(vocabulary.CORE), format=RdfFormat.TURTLE)
    return forms.written((quad.triple for quad in quads), ending)


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
