"""The catalogue: DCAT-AP-SE for harvesters, a page for people, both at one address."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api import dcat_rdf, forms, publishing
from api.dcat import Catalogue, catalogue
from api.site import Missing, Site, vary
from api.view import STATIC
from graph.releases import Described, Releases

_SUFFIXES = (
    "rdf",
    "ttl",
    "jsonld",
    "nt",
)  # the first is what harvesters of DCAT-AP-SE ask for, and the default


def routes(site: Site) -> list[BaseRoute]:
    """Return the routes of the catalogue."""

    def negotiated(request: Request) -> Response:
        offers = [*(forms.FORMS[ending][0] for ending in _SUFFIXES), forms.HTML]
        ending = forms.wanted(request.headers.get("accept"), offers)
        response = _page(site, request) if ending == "html" else _written(site, request, ending)
        vary(response.headers, "Accept")
        return response

    def suffixed(request: Request) -> Response:
        ending = request.path_params["ending"]
        if ending not in _SUFFIXES:
            raise Missing(site.view(request).say("no_form", offers=", ".join(_SUFFIXES), ending=ending))
        return _written(site, request, ending)

    return [Route("/catalog", negotiated), Route("/catalog.{ending}", suffixed)]


def described(site: Site, request: Request) -> Catalogue:
    """Return the catalogue as of now, at the address where the public finds us."""
    snapshot = site.snapshot()

    def describe() -> dict[str, Described]:
        return dict(publishing.describe(snapshot.store))

    return catalogue(
        publishing.addresses(site.settings, str(request.base_url)),
        publishing.publisher(site.settings),
        Releases(site.settings.store).all(),
        snapshot.kept(("described",), describe),
        snapshot.manifest.made,
        live=not request.scope.get(STATIC),
    )


def _written(site: Site, request: Request, ending: str) -> Response:
    media, form = forms.FORMS[ending]
    return Response(dcat_rdf.written(described(site, request), form), media_type=media)


def _page(site: Site, request: Request) -> Response:
    view, found = site.view(request), described(site, request)

    def local(address: str) -> str:
        """Return an address of ours as a path, any other as it is."""
        root = found.at.at("")
        return address.removeprefix(root) if address.startswith(f"{root}/") else address

    context = {
        "it": found,
        "local": local,
        "suffixes": [(ending, forms.FORMS[ending][0]) for ending in _SUFFIXES],
        "at": 1 if view.language == "en" else 0,
    }
    return site.page(view, "catalog.html", context)
