"""The service description: what the endpoint can do and which graphs it holds, in SPARQL 1.1's own terms."""

from collections.abc import Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api import forms
from api.site import Site, vary
from ontology.names import XSD

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "RDF_XML", "JSON-LD", "TriG", "N-Quads", "N3"),
)
_A = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def routes(site: Site) -> list[BaseRoute]:
    """Return the route that the front asks when somebody asks `/sparql` for nothing."""

    def description(request: Request) -> Response:
        ending, snapshot = forms.wanted(request.headers.get("accept"), forms.DATA), site.snapshot()
        endpoint = str(request.base_url.replace(path="/sparql"))
        counts = {name: entry.count for name, entry in snapshot.manifest.graphs.items()}
        federated = bool(site.settings.services())
        triples = tuple(_triples(endpoint, counts, snapshot.manifest.merged, federated))
        response = forms.answer(forms.written(triples, ending), ending, [forms.described(forms.WHOLE)])
        vary(response.headers, "Accept")
        return response

    return [Route("/service-description", description)]


def _triples(endpoint: str, graphs: dict[str, int], merged: int, federated: bool) -> Iterator[Triple]:
    service, dataset, default = NamedNode(endpoint), BlankNode("dataset"), BlankNode("default")
    features = ("UnionDefaultGraph", *(("BasicFederatedQuery",) if federated else ()))
    yield Triple(service, _A, _sd("Service"))
    yield Triple(service, _sd("endpoint"), service)
    for language in ("SPARQL10Query", "SPARQL11Query"):
        yield Triple(service, _sd("supportedLanguage"), _sd(language))
    for name in features:
        yield Triple(service, _sd("feature"), _sd(name))
    for name in _RESULTS:
        yield Triple(service, _sd("resultFormat"), NamedNode(_FORMATS + name))
    yield Triple(service, _sd("defaultEntailmentRegime"), NamedNode("http://www.w3.org/ns/entailment/Simple"))
    yield Triple(service, _sd("defaultDataset"), dataset)
    yield Triple(dataset, _A, _sd("Dataset"))
    yield Triple(dataset, _sd("defaultGraph"), default)
    yield Triple(default, _A, _sd("Graph"))
    yield Triple(default, NamedNode(VOID + "triples"), _count(merged))
    for number, (name, count) in enumerate(sorted(graphs.items())):
        named, graph = BlankNode(f"named{number}"), BlankNode(f"graph{number}")
        yield Triple(dataset, _sd("namedGraph"), named)
        yield Triple(named, _A, _sd("NamedGraph"))
        yield Triple(named, _sd("name"), NamedNode(name))
        yield Triple(named, _sd("graph"), graph)
        yield Triple(graph, _A, _sd("Graph"))
        yield Triple(graph, NamedNode(VOID + "triples"), _count(count))


def _sd(name: str) -> NamedNode:
    return NamedNode(SD + name)


def _count(number: int) -> Literal:
    return Literal(str(number), datatype=NamedNode(XSD + "integer"))
