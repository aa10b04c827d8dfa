"""The catalogue in SHACL: every query is there with all its parts, and runs as the graph has it."""

import pytest
from pyoxigraph import Literal, NamedNode

from graph.iris import Iris
from graph.store import Store
from ontology import names as n
from queries.answer import ask
from queries.catalogue import queries, query
from queries.executables import SCHEMA, lines, prefixes

GRAPH = Iris().graph("queries")[1:-1]


def said(name: str, predicate: str) -> list[str]:
    """Return what the graph says of a query, as N-Triples terms."""
    begins = f"{Iris().thing('query', name)} <{predicate}> "
    return [line.removeprefix(begins) for line in lines(Iris()) if line.startswith(begins)]


def test_the_graph_holds_every_query_and_no_other(store: Store) -> None:
    typed = {line.split(" ")[0] for line in store.lines(GRAPH) if line.endswith(f"<{n.SH}SPARQLExecutable>")}
    assert typed == {Iris().thing("query", name) for name in queries()}


@pytest.mark.parametrize("name", ["cq03", "tq01", "search-labels"])
def test_a_query_has_all_its_parts(name: str) -> None:
    found = query(name)
    assert said(name, n.SH + "select") == [str(Literal(found.text))]
    assert said(name, n.RDFS + "label") == sorted(
        [str(Literal(found.title_sv, language="sv")), str(Literal(found.title_en, language="en"))]
    )
    assert len(said(name, n.comment)) == 2
    assert said(name, SCHEMA + "keywords") == [str(Literal(found.category))]
    assert said(name, SCHEMA + "target") == ["<https://w3id.org/samspel/sparql>"]
    assert len(said(name, n.SH + "parameter")) == len(found.parameters)
    assert len(said(name, n.type_)) == 2


@pytest.mark.parametrize("name", ["cq03", "cq24", "tq01", "class-counts"])
def test_the_text_in_the_graph_runs_as_it_stands(store: Store, name: str) -> None:
    subject = Iris().thing("query", name)
    ((text,),) = store.rows(f"SELECT ?text WHERE {{ {subject} <{n.SH}select> ?text }}").rows
    assert isinstance(text, Literal)
    found, asked = store.rows(text.value), ask(store, query(name)).rows
    assert found.columns == asked.columns
    assert len(found.rows) == len(asked.rows) > 0


def test_a_parameter_is_described_as_shacl_wants() -> None:
    found = [line for line in lines(Iris()) if line.startswith(Iris().thing("query-parameter", "cq03.level"))]
    by_predicate = {line.split(" ", 2)[1]: line.split(" ", 2)[2] for line in found}
    assert by_predicate[f"<{n.SH}path>"] == Iris().thing("query-variable", "level")
    assert by_predicate[f"<{n.SH}pattern>"] == '"^(seed|all)$"'
    assert by_predicate[f"<{n.SH}defaultValue>"] == '"seed"'


def test_prefixes_are_declared_once_each(store: Store) -> None:
    namespaces = [line for line in lines(Iris()) if f"<{n.SH}namespace>" in line]
    assert len(namespaces) == len(prefixes())
    assert prefixes()["samspel"] == n.SAMSPEL
    assert all(NamedNode(namespace) for namespace in prefixes().values())


def test_another_base_mints_other_addresses() -> None:
    other = lines(Iris("https://example.org/"))
    assert "<https://example.org/id/query/cq03>" in {line.split(" ")[0] for line in other}
    assert len(other) == len(lines(Iris()))
