"""The description of the dataset in VoID: as a page, or as Turtle and its kin."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from api import dataset, forms
from api.site import Missing, Site, vary
from graph.iris import Iris

PATH = "/void"


def routes(site: Site) -> list[BaseRoute]:
    """Return the routes of the description: by the Accept header at two addresses, or by an ending."""

    def negotiated(request: Request) -> Response:
        ending = forms.wanted(request.headers.get("accept"), (*forms.DATA, forms.HTML))
        response = _in(site, request, ending)
        vary(response.headers, "Accept")
        return response

    def ending(request: Request) -> Response:
        found: str = request.path_params["ending"]
        if found not in (*forms.FORMS, "html"):
            raise Missing(
                site.view(request).say("no_form", offers=", ".join((*forms.FORMS, "html")), ending=found)
            )
        return _in(site, request, found) if found in forms.FORMS else RedirectResponse(PATH, 303)

    return [
        Route(forms.WHOLE, negotiated),
        Route(PATH, negotiated),
        Route(f"{PATH}.{{ending}}", ending),
    ]


def _in(site: Site, request: Request, ending: str) -> Response:
    iris = Iris(site.settings.base)
    snapshot = site.snapshot()
    found = dataset.read(snapshot, iris)
    if ending == "html":
        view = site.view(request)
        view.learn(iri for iri, _ in (*found.classes, *found.properties))
        response: Response = site.page(view, "void.html", {"dataset": found, "forms": forms.FORMS})
        response.headers["Link"] = ", ".join(forms.page_links(PATH, PATH))
        return response
    triples = dataset.triples(found, iris, dataset.dumps(site.settings.store))
    links = [*forms.alternates(PATH, PATH, ending), f'<{found.iri}>; rel="describes"']
    response = forms.answer(forms.written(triples, ending), ending, links)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
