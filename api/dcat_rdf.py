"""Write the catalogue as DCAT-AP-SE 3.0.1 in RDF: absolute IRIs, no blank node; same facts, same bytes."""

from collections.abc import Iterator
from io import BytesIO

from pyoxigraph import RdfFormat, parse, serialize

from api import dcat_codes as codes
from api.dcat import CC0, Both, Catalogue, Dataset, Distribution, Service, say
from api.dcat_codes import DCAT, DCT, EU, FOAF, SPDX, Code
from graph.terms import Term, Triple, iri, text, typed
from ontology import names as n

VCARD = "http://www.w3.org/2006/vcard/ns#"
R5R = "http://data.europa.eu/r5r/"
PREFIXES = {
    "dcat": DCAT,
    "dcatap": R5R,
    "dcterms": DCT,
    "foaf": FOAF,
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": n.PROV,
    "rdf": n.RDF,
    "rdfs": n.RDFS,
    "skos": n.SKOS,
    "spdx": SPDX,
    "vcard": VCARD,
    "xsd": n.XSD,
}
_KEYWORD = ("smart specialisering", "smart specialisation")
_MODEL = (n.BASE + "ontology", ("samspels ontologi", "The ontology of samspel"))


def written(catalogue: Catalogue, form: RdfFormat) -> bytes:
    """Return the catalogue in an RDF format."""
    lines = "".join(sorted({f"{s} {p} {o} .\n" for s, p, o in _Writer(catalogue).triples()}))
    out = BytesIO()
    quads = parse(lines.encode(), format=RdfFormat.N_TRIPLES)
    serialize((quad.triple for quad in quads), out, format=form, prefixes=PREFIXES)
    return out.getvalue()


class _Writer:
    """Say everything of one catalogue, and remember which entries of code lists were used."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._it, self._at = catalogue, catalogue.at
        self._used: dict[Code, None] = {}
        self._licences: dict[str, bool] = {}
        self._standards: dict[str, Both] = {}

    def triples(self) -> Iterator[Triple]:
        it = self._it
        yield from self._catalog()
        yield from self._agents()
        if it.releases:
            yield from self._series()
        for dataset in (*it.releases, *it.datasets):
            yield from self._dataset(dataset)
        for service in it.services:
            yield from self._service(service)
        yield from self._beside()
        yield from codes.told(self._used)

    def _catalog(self) -> Iterator[Triple]:
        it, node = self._it, iri(self._at.catalog)
        yield from _typed(node, DCAT + "Catalog")
        yield from _both(node, DCT + "title", say("catalog_title"))
        yield from _both(node, DCT + "description", say("catalog_description"))
        yield node, iri(DCT + "publisher"), self._publisher()
        yield node, iri(DCT + "license"), self._licence(CC0)
        yield node, iri(DCT + "issued"), typed(it.issued, "date")
        yield node, iri(DCT + "modified"), typed(it.modified, "date")
        yield node, iri(DCT + "spatial"), self._use(codes.SWEDEN)
        yield from ((node, iri(DCT + "language"), self._use(each)) for each in codes.LANGUAGES)
        yield node, iri(DCAT + "themeTaxonomy"), iri(EU + "data-theme")
        yield from self._document(node, FOAF + "homepage", self._at.at("/"))
        for dataset in (*it.releases, *it.datasets):
            yield node, iri(DCAT + "dataset"), self._named(dataset.key)
        for service in it.services:
            yield node, iri(DCAT + "service"), self._named(service.key)

    def _agents(self) -> Iterator[Triple]:
        who, node, contact = self._it.publisher, self._publisher(), self._named("contact")
        yield from _typed(node, FOAF + "Agent", FOAF + "Organization")
        yield from _both(node, FOAF + "name", (who.name, who.name))
        yield node, iri(DCT + "type"), self._use(codes.publisher_type(who.kind))
        yield node, iri(n.inScheme), iri(codes.BODIES)
        if not who.url.startswith(codes.BODIES):
            yield from _both(node, n.SKOS + "editorialNote", say("catalog_listed"))
            if who.url:
                yield from self._document(node, FOAF + "homepage", who.url)
        yield from _typed(contact, VCARD + "Organization", VCARD + "Kind")
        yield from _both(contact, VCARD + "fn", say("catalog_contact_role", publisher=who.name))
        yield contact, iri(VCARD + "hasEmail"), iri(f"mailto:{who.contact}")

    def _series(self) -> Iterator[Triple]:
        node, members = self._named("series"), self._it.releases
        yield from _typed(node, DCAT + "DatasetSeries")
        yield from _both(node, DCT + "title", say("catalog_series"))
        yield from _both(node, DCT + "description", say("catalog_series_about"))
        yield from self._shared(node)
        yield node, iri(DCT + "issued"), typed(members[-1].issued, "date")
        yield node, iri(DCT + "modified"), typed(members[0].issued, "date")
        yield node, iri(DCAT + "first"), self._named(members[-1].key)
        yield node, iri(DCAT + "last"), self._named(members[0].key)
        first, last = min(each.period[0] for each in members), max(each.period[1] for each in members)
        yield from self._period(node, "series", (first, last))
        yield from self._document(node, DCAT + "landingPage", self._at.at("/dumps/"))

    def _dataset(self, dataset: Dataset) -> Iterator[Triple]:
        node = self._named(dataset.key)
        yield from _typed(node, DCAT + "Dataset")
        yield from _both(node, DCT + "title", dataset.title)
        yield from _both(node, DCT + "description", dataset.about)
        yield from self._shared(node)
        yield from ((node, iri(DCAT + "theme"), self._use(theme)) for theme in codes.THEMES)
        yield from ((node, iri(DCT + "language"), self._use(each)) for each in codes.LANGUAGES)
        yield node, iri(DCT + "accessRights"), self._use(codes.PUBLIC)
        yield node, iri(DCT + "license"), self._licence(dataset.licence, dataset.mixed)
        yield node, iri(DCT + "identifier"), text(dataset.identifier)
        yield node, iri(DCT + "issued"), typed(dataset.issued, "date")
        yield from self._period(node, dataset.key, dataset.period)
        yield from self._document(node, DCAT + "landingPage", dataset.landing)
        yield from self._origin(node, dataset)
        if dataset.version:
            yield node, iri(DCAT + "inSeries"), self._named("series")
            yield node, iri(DCAT + "version"), text(dataset.version)
        if dataset.previous:
            yield node, iri(DCAT + "prev"), self._named(dataset.previous)
        for each in dataset.distributions:
            yield node, iri(DCAT + "distribution"), self._named(each.key)
            yield from self._distribution(each, dataset.mixed)

    def _shared(self, node: Term) -> Iterator[Triple]:
        """Say what holds of every dataset and of the series."""
        yield node, iri(DCT + "publisher"), self._publisher()
        yield node, iri(DCAT + "contactPoint"), self._named("contact")
        yield node, iri(DCT + "spatial"), self._use(codes.SWEDEN)
        yield node, iri(DCT + "accrualPeriodicity"), self._use(codes.IRREGULAR)
        yield node, iri(DCT + "conformsTo"), self._standard(*_MODEL)
        yield from _keywords(node)

    def _origin(self, node: Term, dataset: Dataset) -> Iterator[Triple]:
        statement = self._named(f"{dataset.key}-provenance")
        yield node, iri(DCT + "provenance"), statement
        yield from _typed(statement, DCT + "ProvenanceStatement")
        yield from _both(statement, n.RDFS + "label", dataset.provenance)
        if dataset.source:
            yield node, iri(n.PROV + "wasDerivedFrom"), iri(dataset.source)

    def _distribution(self, each: Distribution, mixed: bool) -> Iterator[Triple]:
        node = self._named(each.key)
        yield from _typed(node, DCAT + "Distribution")
        yield from _both(node, DCT + "title", each.title)
        yield from _both(node, DCT + "description", each.title)
        yield node, iri(DCAT + "accessURL"), iri(each.url)
        yield node, iri(DCT + "license"), self._licence(each.licence, mixed)
        yield node, iri(DCT + "format"), self._use(codes.FILE_TYPES[each.form])
        yield node, iri(DCAT + "mediaType"), self._use(codes.MEDIA[each.form])
        yield node, iri(R5R + "availability"), self._use(codes.STABLE if each.file else codes.AVAILABLE)
        if each.file is None:
            yield node, iri(DCAT + "accessService"), self._named("sparql")
            return
        yield node, iri(DCT + "issued"), typed(each.issued, "date")
        yield node, iri(DCAT + "downloadURL"), iri(each.url)
        yield node, iri(DCAT + "compressFormat"), self._use(codes.MEDIA["gz"])
        yield node, iri(DCAT + "byteSize"), typed(str(each.file.bytes), "nonNegativeInteger")
        checksum = self._named(f"{each.key}-sha256")
        yield node, iri(SPDX + "checksum"), checksum
        yield from _typed(checksum, SPDX + "Checksum")
        yield checksum, iri(SPDX + "algorithm"), self._use(codes.SHA256)
        yield checksum, iri(SPDX + "checksumValue"), typed(each.file.sha256, "hexBinary")

    def _service(self, service: Service) -> Iterator[Triple]:
        node = self._named(service.key)
        yield from _typed(node, DCAT + "DataService")
        yield from _both(node, DCT + "title", service.title)
        yield from _both(node, DCT + "description", service.about)
        yield node, iri(DCAT + "endpointURL"), iri(service.url)
        yield node, iri(DCAT + "endpointDescription"), iri(service.description)
        yield node, iri(DCT + "conformsTo"), self._standard(service.standard, (service.standard_name,) * 2)
        yield node, iri(DCT + "publisher"), self._publisher()
        yield node, iri(DCAT + "contactPoint"), self._named("contact")
        yield node, iri(DCT + "accessRights"), self._use(codes.PUBLIC)
        yield node, iri(DCT + "license"), self._licence(CC0)
        yield node, iri(DCT + "format"), self._use(codes.FILE_TYPES[service.form])
        yield from ((node, iri(DCAT + "theme"), self._use(theme)) for theme in codes.THEMES)
        yield from _keywords(node)
        yield from self._document(node, DCAT + "landingPage", service.landing)
        for dataset in self._it.datasets:
            yield node, iri(DCAT + "servesDataset"), self._named(dataset.key)

    def _beside(self) -> Iterator[Triple]:
        """Say what the licences and the standards are that were named."""
        for licence, mixed in self._licences.items():
            yield from _typed(iri(licence), DCT + "LicenseDocument")
            yield iri(licence), iri(DCT + "type"), self._use(codes.licence_type(licence, mixed))
            if mixed:
                yield from _both(iri(licence), DCT + "title", say("catalog_mixed"))
        for standard, title in self._standards.items():
            yield from _typed(iri(standard), DCT + "Standard")
            yield from _both(iri(standard), DCT + "title", title)

    def _period(self, node: Term, key: str, period: Both) -> Iterator[Triple]:
        span = self._named(f"{key}-period")
        yield node, iri(DCT + "temporal"), span
        yield from _typed(span, DCT + "PeriodOfTime")
        yield span, iri(DCAT + "startDate"), typed(period[0], "date")
        yield span, iri(DCAT + "endDate"), typed(period[1], "date")

    def _document(self, node: Term, predicate: str, address: str) -> Iterator[Triple]:
        yield node, iri(predicate), iri(address)
        yield from _typed(iri(address), FOAF + "Document")

    def _publisher(self) -> Term:
        url = self._it.publisher.url
        return iri(url) if url.startswith(codes.BODIES) else self._named("publisher")

    def _named(self, key: str) -> Term:
        return iri(self._at.named(key))

    def _use(self, code: Code) -> Term:
        self._used[code] = None
        return iri(code.iri)

    def _licence(self, licence: str, mixed: bool = False) -> Term:
        self._licences[licence] = mixed
        return iri(licence)

    def _standard(self, standard: str, title: Both) -> Term:
        self._standards[standard] = title
        return iri(standard)


def _typed(node: Term, *classes: str) -> Iterator[Triple]:
    return ((node, iri(n.type_), iri(name)) for name in classes)


def _both(node: Term, predicate: str, said: Both) -> Iterator[Triple]:
    return ((node, iri(predicate), text(said[at], language)) for at, language in enumerate(("sv", "en")))


def _keywords(node: Term) -> Iterator[Triple]:
    """Say the keyword; the shapes made of DCAT-AP-SE's templates allow one in each language."""
    return _both(node, DCAT + "keyword", _KEYWORD)
