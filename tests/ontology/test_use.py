"""Every term at work: in data or a scheme, in a shape or an example, and in a query."""

import re
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, Graph, Namespace, URIRef
from rdflib.term import Node

from graph.iris import Iris
from graph.store import Store
from ontology import names as n
from ontology import vocabulary

SCHEMA = Namespace("https://schema.org/")
CORE = vocabulary.read([vocabulary.CORE])
QUERIES = sorted((vocabulary.ROOM.parent / "queries").rglob("*.rq"))
OURS = re.compile(r"\bsamspel:(\w+)")
# What no query asks for by name yet: classes reached through a class above them or a property that leads to
# them, and values that the pages show through thing-facts.rq. The list may only become shorter.


def local(iri: str) -> str:
    return iri.removeprefix(n.SAMSPEL)


TERMS = {local(term) for term in vocabulary.terms()}


def in_files(paths: list[Path]) -> set[str]:
    return {name for path in paths for name in OURS.findall(path.read_text("utf-8"))}


def asked(path: Path) -> set[str]:
    """Return the terms in the query itself, its header lines left out."""
    lines = path.read_text("utf-8").splitlines()
    return set(OURS.findall("\n".join(line for line in lines if not line.lstrip().startswith("#"))))


def in_data(store: Store) -> set[str]:
    vocabulary_graph = Iris().graph("ontology")
    rows = store.rows(
        f"""SELECT DISTINCT ?term WHERE {{ GRAPH ?g {{ {{ ?s ?term ?o }} UNION {{ ?s a ?term }} }}
        FILTER(?g != {vocabulary_graph}) FILTER(STRSTARTS(STR(?term), "{n.SAMSPEL}")) }}"""
    )
    return {local(str(row["term"])) for row in rows.dicts()}


def test_every_term_is_in_data_or_a_scheme(store: Store) -> None:
    found = in_data(store) | in_files(vocabulary.schemes())
    assert TERMS - found == set()
    assert found <= TERMS


def test_every_term_is_in_a_shape_or_an_example() -> None:
    examples = sorted((vocabulary.ROOM / "examples").glob("*.ttl"))
    assert TERMS - in_files([vocabulary.SHAPES, *examples, *vocabulary.schemes()]) == set()


def test_every_term_is_in_a_query() -> None:
    found = {name for path in QUERIES for name in asked(path)}
    assert sorted(TERMS - found) == []
    assert found - TERMS == set()


@pytest.mark.parametrize(
    ("side", "strict", "loose"),
    [("?s", RDFS.domain, SCHEMA.domainIncludes), ("?o", RDFS.range, SCHEMA.rangeIncludes)],
    ids=["domain", "range"],
)
def test_domains_and_ranges_are_broad_enough_for_the_data(
    store: Store, side: str, strict: Node, loose: Node
) -> None:
    for term in vocabulary.terms():
        allowed = {o for p in (strict, loose) for o in CORE.objects(URIRef(term), p)}
        if (URIRef(term), RDF.type, OWL.Class) not in CORE and classes(allowed):
            assert strangers(store, term, side, allowed) == [], local(term)


def classes(allowed: set[Node]) -> bool:
    return all((one, RDF.type, OWL.Class) in CORE for one in allowed)


def strangers(store: Store, term: str, side: str, allowed: set[Node]) -> list[str | None]:
    """Return the subjects or values of a property that are in none of the allowed classes."""
    below = " ".join(f"<{kind}>" for one in allowed for kind in kinds(CORE, one))
    rows = store.rows(
        f"""SELECT DISTINCT {side} WHERE {{ ?s <{term}> ?o
        FILTER NOT EXISTS {{ VALUES ?kind {{ {below} }} {side} a ?kind }} }}"""
    )
    return [row[side.removeprefix("?")] for row in rows.dicts()]


def kinds(graph: Graph, top: Node) -> set[Node]:
    return {kind for kind in graph.transitive_subjects(RDFS.subClassOf, top) if kind is not None}
