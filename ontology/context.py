"""Make the JSON-LD context from core.ttl: our terms and those we reuse, with the kind of their values."""

import json
from pathlib import Path

from rdflib import OWL, RDF, RDFS, XSD, Graph, URIRef

from ontology import names as n
from ontology import vocabulary

_RANGE = URIRef("https://schema.org/rangeIncludes")  # names the datatype where OWL 2 has none of it (a date)
FILE = Path(__file__).parent / "context.jsonld"
_PREFIXES = {
    "samspel": n.SAMSPEL,
    "id": f"{n.BASE}id/",
    "rdf": n.RDF,
    "rdfs": n.RDFS,
    "xsd": n.XSD,
    "skos": n.SKOS,
    "dcterms": n.DCTERMS,
    "prov": n.PROV,
    "org": n.ORG,
    "foaf": n.FOAF,
}
_BY_LANGUAGE = (n.prefLabel, n.altLabel, n.description, n.comment)
_LINKS = (
    n.subject,
    n.predicate,
    n.seeAlso,
    n.inScheme,
    n.closeMatch,
    n.exactMatch,
    n.relatedMatch,
    n.isPartOf,
    n.isReplacedBy,
    n.replaces,
    n.homepage,
    n.attributedTo,
)


def context() -> dict[str, object]:
    """Return the context document; `context.jsonld` is this, written out."""
    graph = vocabulary.read([vocabulary.CORE])
    entries: dict[str, object] = dict(_PREFIXES)
    entries |= {_local(iri): {"@id": _short(iri), "@type": "@id"} for iri in _LINKS}
    entries |= {_local(iri): {"@id": _short(iri), "@container": "@language"} for iri in _BY_LANGUAGE}
    entries |= {_local(term): _definition(graph, term) for term in vocabulary.terms()}
    return {"@context": dict(sorted(entries.items()))}


def text() -> str:
    """Return the context document as the text of its file."""
    return json.dumps(context(), ensure_ascii=False, indent=2) + "\n"


def write() -> None:
    """Write the file anew, after core.ttl has changed."""
    FILE.write_text(text(), encoding="utf-8")


def _definition(graph: Graph, term: str) -> object:
    node = URIRef(term)
    if (node, RDF.type, OWL.ObjectProperty) in graph:
        return {"@id": _short(term), "@type": "@id"}
    datatypes = {str(o) for p in (RDFS.range, _RANGE) for o in graph.objects(node, p)} - {n.RDFS + "Literal"}
    if len(datatypes) == 1 and (datatype := datatypes.pop()) != str(XSD.string):
        return {"@id": _short(term), "@type": _short(datatype)}
    return _short(term)


def _short(iri: str) -> str:
    for prefix, namespace in _PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _local(iri: str) -> str:
    return iri.replace("#", "/").rpartition("/")[2]
