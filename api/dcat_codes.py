"""The entries of code lists that the catalogue uses: EU authority tables, ADMS, IANA, SPDX.

Each entry says in the catalogue itself what it is, in which list it stands and what it is called, as its
list does: whoever harvests need not fetch the lists to read or to validate.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from graph.terms import Term, Triple, iri, text
from ontology import names as n

EU: Final = "http://publications.europa.eu/resource/authority/"
ADMS: Final = "http://purl.org/adms/"
IANA: Final = "http://www.iana.org/assignments/media-types/"
DCAT: Final = "http://www.w3.org/ns/dcat#"
DCT: Final = "http://purl.org/dc/terms/"
FOAF: Final = "http://xmlns.com/foaf/0.1/"
SPDX: Final = "http://spdx.org/rdf/terms#"
_GEO: Final = "http://www.opengis.net/ont/geosparql#wktLiteral"
_CONCEPT: Final = n.SKOS + "Concept"
BODIES: Final = EU + "corporate-body"


@dataclass(frozen=True)
class Code:
    """An entry of a list: its classes, its list (IANA and SPDX have none in RDF), its names."""

    iri: str
    scheme: str
    classes: tuple[str, ...]
    sv: str = ""
    en: str = ""


_SCHEMES: Final = {
    EU + "access-right": ("Åtkomsträttigheter", "Access right"),
    EU + "corporate-body": ("Organisationer", "Corporate body"),
    EU + "country": ("Länder", "Country"),
    EU + "data-theme": ("Datateman", "Data theme"),
    EU + "file-type": ("Filtyper", "File type"),
    EU + "frequency": ("Frekvenser", "Frequency"),
    EU + "language": ("Språk", "Language"),
    EU + "planned-availability": ("Planerad tillgänglighet", "Planned availability"),
    ADMS + "licencetype/1.0": ("Licenstyper", "Licence type"),
    ADMS + "publishertype/1.0": ("Utgivartyper", "Publisher type"),
}


def _eu(table: str, key: str, sv: str, en: str, *classes: str) -> Code:
    return Code(f"{EU}{table}/{key}", EU + table, (_CONCEPT, *classes), sv, en)


def _adms(table: str, key: str, sv: str, en: str) -> Code:
    return Code(f"{ADMS}{table}/{key}", f"{ADMS}{table}/1.0", (_CONCEPT,), sv, en)


THEMES: Final = (
    _eu("data-theme", "REGI", "Regioner och städer", "Regions and cities"),
    _eu("data-theme", "TECH", "Vetenskap och teknik", "Science and technology"),
    _eu("data-theme", "ECON", "Ekonomi och finans", "Economy and finance"),
)
LANGUAGES: Final = (
    _eu("language", "SWE", "svenska", "Swedish", DCT + "LinguisticSystem"),
    _eu("language", "ENG", "engelska", "English", DCT + "LinguisticSystem"),
)
PUBLIC: Final = _eu("access-right", "PUBLIC", "offentlig", "public", DCT + "RightsStatement")
IRREGULAR: Final = _eu("frequency", "IRREG", "oregelbunden", "irregular", DCT + "Frequency")
SWEDEN: Final = _eu("country", "SWE", "Sverige", "Sweden", DCT + "Location")
STABLE: Final = _eu("planned-availability", "STABLE", "stabil", "stable")
AVAILABLE: Final = _eu("planned-availability", "AVAILABLE", "tillgänglig", "available")
# Of the country's outline in NUTS 2024 at 1:60 million, to a tenth of a degree
_BOUNDS: Final = "POLYGON((11.1 55.3, 24.2 55.3, 24.2 69.1, 11.1 69.1, 11.1 55.3))"
_CENTRE: Final = "POINT(16.8 62.8)"

FILE_TYPES: Final = {
    "nq": _eu("file-type", "RDF_N_QUADS", "RDF N-Quads", "RDF N-Quads", DCT + "MediaTypeOrExtent"),
    "trig": _eu("file-type", "RDF_TRIG", "RDF TriG", "RDF TriG", DCT + "MediaTypeOrExtent"),
    "ttl": _eu("file-type", "RDF_TURTLE", "RDF Turtle", "RDF Turtle", DCT + "MediaTypeOrExtent"),
    "json": _eu("file-type", "JSON", "JSON", "JSON", DCT + "MediaTypeOrExtent"),
    "sparql": _eu("file-type", "SPARQLQRES", "SPARQL-svar", "SPARQL results", DCT + "MediaTypeOrExtent"),
}
MEDIA: Final = {
    key: Code(IANA + name, "", (DCT + "MediaType",), name, name)
    for key, name in {
        "nq": "application/n-quads",
        "trig": "application/trig",
        "ttl": "text/turtle",
        "json": "application/json",
        "sparql": "application/sparql-results+json",
        "gz": "application/gzip",
    }.items()
}
SHA256: Final = Code(
    # the list names its entries with http, DCAT-AP's shape demands https
    "https://spdx.org/rdf/terms#checksumAlgorithm_sha256",
    "",
    (SPDX + "ChecksumAlgorithm",),
    "SHA-256",
    "SHA-256",
)
_LICENCE_KINDS: Final = {
    "creativecommons.org/publicdomain/": ("PublicDomain", "allmän egendom", "Public domain"),
    "creativecommons.org/licenses/by/": ("Attribution", "erkännande", "Attribution"),
}
_OTHER_KIND: Final = ("UnknownIPR", "okända rättigheter", "Unknown IPR")
_MIXED_KIND: Final = ("OtherRestrictiveClauses", "andra villkor", "Other restrictive clauses")
_PUBLISHERS: Final = {
    "Academia-ScientificOrganisation": ("Akademi eller forskning", "Academia/Scientific organisation"),
    "Company": ("Företag", "Company"),
    "IndustryConsortium": ("Branschkonsortium", "Industry consortium"),
    "LocalAuthority": ("Kommunal myndighet", "Local authority"),
    "NationalAuthority": ("Nationell myndighet", "National authority"),
    "NonGovernmentalOrganisation": ("Icke-statlig organisation", "Non-governmental organisation"),
    "NonProfitOrganisation": ("Ideell organisation", "Non-profit organisation"),
    "RegionalAuthority": ("Regional myndighet", "Regional authority"),
    "StandardisationBody": ("Standardiseringsorgan", "Standardisation body"),
    "SupraNationalAuthority": ("Överstatlig myndighet", "Supra-national authority"),
}


def publisher_type(key: str) -> Code:
    """Return the entry of a kind of publisher."""
    return _adms("publishertype", key, *_PUBLISHERS[key])


def licence_type(licence: str, mixed: bool = False) -> Code:
    """Return the entry of a licence's kind, unknown when we know no better; mixed for several licences."""
    found = next((kind for part, kind in _LICENCE_KINDS.items() if part in licence), _OTHER_KIND)
    key, sv, en = _MIXED_KIND if mixed else found
    return _adms("licencetype", key, sv, en)


def told(codes: Iterable[Code]) -> Iterator[Triple]:
    """Yield what the catalogue says of the entries that it uses, and of their lists."""
    used = set(codes)
    for code in used:
        yield from _entry(code)
    for scheme in {code.scheme for code in used if code.scheme} | {BODIES}:
        yield iri(scheme), iri(n.type_), iri(n.SKOS + "ConceptScheme")
        for language, name in zip(("sv", "en"), _SCHEMES[scheme], strict=True):
            yield iri(scheme), iri(DCT + "title"), text(name, language)
    if SWEDEN in used:
        yield iri(SWEDEN.iri), iri(DCAT + "bbox"), _wkt(_BOUNDS)
        yield iri(SWEDEN.iri), iri(DCAT + "centroid"), _wkt(_CENTRE)


def _entry(code: Code) -> Iterator[Triple]:
    node = iri(code.iri)
    for name in code.classes:
        yield node, iri(n.type_), iri(name)
    if code.scheme:
        yield node, iri(n.inScheme), iri(code.scheme)
    label = iri(n.prefLabel if code.scheme else n.RDFS + "label")
    yield node, label, text(code.sv, "sv")
    yield node, label, text(code.en, "en")


def _wkt(value: str) -> Term:
    return Term(f'"{value}"^^<{_GEO}>')
