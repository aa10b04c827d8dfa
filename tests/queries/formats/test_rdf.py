"""RDF: each value is an observation that is complete, in cubes that are well-formed, of terms that exist."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, QuerySolutions, RdfFormat, Store, parse

from graph.iris import Iris
from ontology import names as n
from ontology import vocabulary
from queries.errors import MeaninglessError
from queries.format import Export, files, write
from queries.formats.rdf import ATTRIBUTES, DIMENSIONS
from queries.measure import run
from queries.network import Network

QB = "http://purl.org/linked-data/cube#"
SHARED = Path(__file__).parents[3].parent / "shared" / "data" / "ontologies"
PREFIXES = (
    f"PREFIX qb: <{QB}> PREFIX rdfs: <{n.RDFS}> PREFIX dcterms: <{n.DCTERMS}> PREFIX prov: <{n.PROV}> "
    "PREFIX owl: <http://www.w3.org/2002/07/owl#> "
)
STATUS = Iris().thing("status", "inferred")
# Well-formed cubes, by the integrity constraints of https://www.w3.org/TR/vocab-data-cube/#wf-rules, in our
# words: each asks for what breaks the rule
BREAKS = {
    "IC-1": "?x a qb:Observation FILTER NOT EXISTS { ?x qb:dataSet ?one }",
    "IC-1 twice": "?x qb:dataSet ?one, ?two FILTER(?one != ?two)",
    "IC-2": "?x a qb:DataSet FILTER NOT EXISTS { ?x qb:structure ?one }",
    "IC-3": "?x a qb:DataStructureDefinition FILTER NOT EXISTS { ?x qb:component/qb:measure ?m }",
    "IC-4": "?x a qb:DimensionProperty FILTER NOT EXISTS { ?x rdfs:range ?range }",
    "IC-6": '?x qb:componentRequired "false" FILTER NOT EXISTS { ?x qb:attribute ?a }',
    "IC-11": "?x qb:dataSet/qb:structure/qb:component/qb:dimension ?d FILTER NOT EXISTS { ?x ?d ?value }",
    "IC-12": "?x qb:dataSet ?s ; dcterms:subject ?n ; qb:measureType ?m . "
    "?y qb:dataSet ?s ; dcterms:subject ?n ; qb:measureType ?m FILTER(?x != ?y)",
    "IC-13": "?x qb:dataSet/qb:structure/qb:component ?c . ?c qb:attribute ?a ; qb:componentRequired true "
    "FILTER NOT EXISTS { ?x ?a ?value }",
    "IC-15": "?x qb:measureType ?m FILTER NOT EXISTS { ?x ?m ?value }",
    "IC-16": "?x qb:measureType ?m ; qb:dataSet/qb:structure/qb:component/qb:measure ?o ; ?o ?value "
    "FILTER(?o != ?m)",
    "IC-17": "?x qb:dataSet/qb:structure/qb:component/qb:measure ?m "
    "FILTER NOT EXISTS { ?x qb:measureType ?m }",
}


@pytest.fixture
def cube(text: Callable[[str], str]) -> Store:
    store = Store()
    store.load(text("rdf").encode(), format=RdfFormat.TURTLE)
    return store


def rows(store: Store, pattern: str, what: str = "*") -> list[list[str]]:
    found = store.query(f"{PREFIXES} SELECT {what} WHERE {{ {pattern} }}")
    assert isinstance(found, QuerySolutions)
    return [[str(getattr(term, "value", "")) for term in row] for row in found]


@pytest.mark.parametrize("rule", BREAKS)
def test_the_cube_is_well_formed(cube: Store, rule: str) -> None:
    assert rows(cube, BREAKS[rule]) == []


def test_the_rules_are_broken_by_a_cube_that_lacks_something(cube: Store) -> None:
    for predicate in (ATTRIBUTES["method"], DIMENSIONS["node"], "qb:dataSet"):
        prefix, _, name = predicate.partition(":")
        iri = {"qb": QB, "dcterms": n.DCTERMS, "prov": n.PROV}[prefix] + name
        quad = next(cube.quads_for_pattern(None, NamedNode(iri), None))
        cube.remove(quad)
        assert any(rows(cube, pattern) for pattern in BREAKS.values())
        cube.add(quad)


def test_every_value_is_an_observation_that_says_how_it_was_taken(cube: Store, export: Export) -> None:
    for found in export.measures:
        it = found.measure
        values = {
            node: (value, method, settings, engine, version, snapshot)
            for node, value, method, settings, engine, version, snapshot in rows(
                cube,
                f"?x dcterms:subject ?node ; {Iris().thing('measure', it.name)} ?value ; "
                "dcterms:conformsTo/dcterms:title ?method ; dcterms:description ?settings ; "
                f"prov:wasAttributedTo/dcterms:title ?engine ; owl:versionInfo ?version ; "
                f"prov:wasDerivedFrom/dcterms:identifier ?snapshot ; <{n.status}> {STATUS} "
                'FILTER(lang(?method) = "en")',
                "?node ?value ?method ?settings ?engine ?version ?snapshot",
            )
        }
        known = {key: value for key, _, value in found.values if value is not None}
        assert {key: float(row[0]) for key, row in values.items()} == known
        settings = ", ".join(f"{name}={value}" for name, value in found.parameters) or "no parameters"
        engine = f"{found.engine} {found.engine_version}"
        told = (it.title_en, settings, engine, found.engine_version, "2026-11-28")
        assert {row[1:] for row in values.values()} == {told}


def test_further_columns_and_facts_are_observations_too(cube: Store, export: Export) -> None:
    communities = next(found for found in export.measures if found.measure.name == "communities")
    assert communities.columns and communities.facts
    for column in communities.columns:
        prop = Iris().thing("measure", f"communities-{column.name}")
        assert len(rows(cube, f"?x {prop} ?value ; a qb:Observation")) == sum(
            value is not None for value in column.values
        )
    for fact in communities.facts:
        prop = Iris().thing("measure", f"communities-{fact.name.replace('_', '-')}")
        ((value,),) = rows(cube, f"?x {prop} ?value ; qb:dataSet ?cube", "?value")
        assert float(value) == fact.value


def test_values_keep_their_type_and_notes_both_languages(cube: Store) -> None:
    degree = next(cube.quads_for_pattern(None, NamedNode(Iris().thing("measure", "degree")[1:-1]), None))
    assert isinstance(degree.object, Literal)
    assert degree.object.datatype == NamedNode(n.XSD + "integer")
    notes = {term.language for _, term in _comments(cube)}
    assert notes == {"sv", "en"}


def _comments(store: Store) -> list[tuple[object, Literal]]:
    found = store.quads_for_pattern(None, NamedNode(n.comment), None)
    return [(quad.subject, quad.object) for quad in found if isinstance(quad.object, Literal)]


def test_a_method_cites_its_source(cube: Store) -> None:
    cited = rows(cube, f"{Iris().thing('method', 'strength')} dcterms:bibliographicCitation ?cited")
    assert cited == [["Newman (2001), Scientific collaboration networks II, Physical Review E 64, 016132."]]


def test_there_are_no_blank_nodes_and_the_same_results_give_the_same_text(export: Export) -> None:
    assert write("rdf", export) == write("rdf", export)
    assert "_:" not in write("rdf", export) and "[ " not in write("rdf", export)


def test_every_iri_of_ours_stands_under_the_base(export: Export) -> None:
    moved = Export(export.network, export.measures, iris=Iris("https://data.example.org/"))
    made = set(re.findall(r"<(https://[^>]+)>", "".join(files("rdf", moved)["ttl"])))
    own = {iri for iri in made if "/id/" in iri or "void" in iri}
    assert own and all(iri.startswith("https://data.example.org/") or "/id/status/" in iri for iri in own), (
        "but for the concepts of the vocabulary"
    )


def test_a_node_whose_id_is_no_iri_gets_one(export: Export) -> None:
    network = Network.from_rows("x", [{"actor": "a b", "event": "p"}], "one-mode")
    text = write("rdf", Export(network, [run("degree", network)]))
    assert str(Iris().digest("node", "x", "a b")) in text
    assert list(parse(text.encode(), format=RdfFormat.TURTLE))


def test_without_a_snapshot_the_whole_dataset_is_the_source() -> None:
    network = Network.from_rows("x", [{"actor": "urn:a", "event": "p"}], "one-mode")
    assert f"prov:wasDerivedFrom {Iris().dataset()}" in write(
        "rdf", Export(network, [run("degree", network)])
    )


def test_without_measures_there_is_nothing_to_say(network: Network) -> None:
    with pytest.raises(MeaninglessError, match=r"none is given; name some, as in `samspel network"):
        write("rdf", Export(network))


@pytest.mark.shared_data
def test_every_term_exists_where_it_is_said_to_come_from(cube: Store) -> None:
    known = {
        QB: SHARED / "qb.nq",
        n.DCTERMS: SHARED / "dcterms.ttl",
        n.PROV: SHARED / "prov.ttl",
    }
    defined = {
        str(getattr(quad.subject, "value", ""))
        for path in known.values()
        for quad in parse(path=str(path), format=RdfFormat.from_extension(path.suffix.removeprefix(".")))
    } | set(vocabulary.terms())
    cut = {n.description}  # DCMI defines it; the stored copy lists it nowhere
    web = (n.RDF, n.RDFS, "http://www.w3.org/2002/07/owl#")
    terms = {quad.predicate.value for quad in cube} | {
        quad.object.value
        for quad in cube.quads_for_pattern(None, NamedNode(n.type_), None)
        if isinstance(quad.object, NamedNode)
    }
    own = Iris().thing("measure", "x")[1:-2]
    strange = {term for term in terms if not term.startswith((*web, own)) and term not in defined | cut}
    assert strange == set()
