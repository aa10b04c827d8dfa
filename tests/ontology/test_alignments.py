"""alignments.ttl: every foreign term exists where it is said to come from, and nothing is made the same."""

import csv
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import OWL, RDF, SDO, SH, SKOS, Graph, URIRef

from ontology import names as n
from ontology import vocabulary

SHARED = vocabulary.ROOM.parent.parent / "shared" / "data"
ALIGNMENTS = vocabulary.read([vocabulary.ALIGNMENTS])
USED = vocabulary.read(vocabulary.files())
EURIO = "http://data.europa.eu/s66#"
SCHEMA = "https://schema.org/"
SCHEMA_OF_OLD = "http://schema.org/"  # named by the shape that refuses personal data
HELD = {
    "dcat.ttl": "http://www.w3.org/ns/dcat#",
    "dcterms.ttl": n.DCTERMS,
    "foaf.ttl": n.FOAF,
    "geo.ttl": "http://www.opengis.net/ont/geosparql#",
    "org.ttl": n.ORG,
    "prov.ttl": n.PROV,
    "shacl.ttl": str(SH),
    "skos.ttl": n.SKOS,
    "vcard.nq": "http://www.w3.org/2006/vcard/ns#",
}
CUT_FROM_THE_COPY = {"dcterms.ttl": {n.description}}  # DCMI defines it; the stored copy lists it nowhere
NOT_HELD = (  # checked in field.md; the vocabularies themselves are not stored beside the repository
    "http://data.europa.eu/m8g/",
    "http://purl.org/cerif/frapo/",
    "https://w3id.org/dingo#",
    "http://vivoweb.org/ontology/core#",
    "http://purl.org/vocab/vann/",
)
LANGUAGES_OF_THE_WEB = (n.RDF, n.RDFS, n.XSD, str(OWL))
LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"


def foreign() -> set[str]:
    iris = {str(node) for triple in USED for node in triple if isinstance(node, URIRef)}
    return {iri for iri in iris if not iri.startswith(n.BASE) and iri != LICENCE}


def of(namespace: str) -> list[str]:
    return sorted(iri for iri in foreign() if iri.startswith(namespace))


@cache
def defined_in(path: Path) -> frozenset[str]:
    form = RdfFormat.from_extension(path.suffix.removeprefix("."))
    return frozenset(str(quad.subject).strip("<>") for quad in parse(path=str(path), format=form))


def test_every_namespace_is_either_checked_or_known_as_not_held() -> None:
    known = (*HELD.values(), EURIO, SCHEMA, SCHEMA_OF_OLD, *NOT_HELD, *LANGUAGES_OF_THE_WEB)
    assert [iri for iri in sorted(foreign()) if not iri.startswith(known)] == []


@pytest.mark.shared_data
@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not there")
@pytest.mark.parametrize("file", HELD)
def test_terms_exist_in_the_stored_vocabulary(file: str) -> None:
    assert of(HELD[file])
    missing = set(of(HELD[file])) - defined_in(SHARED / "ontologies" / file)
    assert missing == CUT_FROM_THE_COPY.get(file, set())


@pytest.mark.shared_data
@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not there")
def test_terms_exist_in_eurio() -> None:
    with (SHARED / "eurio" / "eurio_terms.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert of(EURIO)
    assert set(of(EURIO)) <= {row["iri"] for row in rows}


@pytest.mark.shared_data
@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not there")
def test_the_term_of_m8g_that_is_stored_exists() -> None:
    path = SHARED / "ontologies" / "semic-core-business-2.3.0.ttl"
    unit = URIRef("http://data.europa.eu/m8g/AdminUnit")
    assert (unit, RDF.type, OWL.Class) in Graph().parse(path, format="turtle")
    assert str(unit) in foreign()


def test_terms_of_schema_org_are_those_that_rdflib_lists() -> None:
    newer = {"funding", "domainIncludes", "rangeIncludes"}  # in schema.org, not in rdflib's closed list
    spelt = {iri.removeprefix(old) for old in (SCHEMA, SCHEMA_OF_OLD) for iri in of(old)}
    terms = spelt - newer
    assert terms
    assert [term for term in sorted(terms) if term not in SDO] == []


def test_only_our_terms_are_aligned() -> None:
    """What others defined is only declared (rdf:type), so that the file needs no import of theirs."""
    declared = set(ALIGNMENTS.subjects(RDF.type))
    said = {(s, p) for s, p in ALIGNMENTS.subject_predicates() if isinstance(s, URIRef)}
    ours = {str(s) for s, p in said if s not in declared}
    assert ours <= set(vocabulary.terms())
    assert {str(s) for s, p in said if p != RDF.type and s in declared} == {f"{n.BASE}ontology/alignments"}
    assert (declared & {URIRef(term) for term in vocabulary.terms()}) == set()


def test_nothing_is_made_the_same() -> None:
    assert not list(USED.subject_objects(OWL.sameAs))
    assert not list(ALIGNMENTS.subject_objects(SKOS.exactMatch))


def test_authority_and_territory_share_no_alignment() -> None:
    def aligned(iri: str) -> set[str]:
        return {str(o) for o in ALIGNMENTS.objects(URIRef(iri)) if isinstance(o, URIRef)}

    assert not aligned(n.Territory) & (aligned(n.RegionAuthority) | aligned(n.Organisation))
    assert not (aligned(n.Fund) | aligned(n.Programme)) & aligned(n.Agency)
