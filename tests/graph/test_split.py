"""A snapshot in two stores answers as the one store that it was made of."""

from collections.abc import Iterator

import pytest
from pyoxigraph import QuerySolutions

from graph.asked import Dataset
from graph.split import Split
from graph.store import Store

A, B = "https://example.org/graph/a", "https://example.org/graph/b"


@pytest.fixture
def whole() -> Iterator[Store]:
    """A store in which one triple is said twice."""
    store = Store.memory()
    store.load(A, [b'<urn:s> <urn:p> <urn:o> .\n<urn:s> <urn:p> "a" .\n'])
    store.load(B, [b"<urn:s> <urn:p> <urn:o> .\n"])
    yield store


class _Never(Exception):
    """The whole was asked where the merge would do."""


def never() -> Store:
    """Refuse to open the whole."""
    raise _Never


COUNT = "SELECT (COUNT(*) AS ?n) {0} {{ {1} }}"


@pytest.mark.parametrize(
    "query",
    [
        COUNT.format("", "?s ?p ?o"),
        COUNT.format("", "GRAPH ?g { ?s ?p ?o }"),
        COUNT.format("", "gRaPh ?g { ?s ?p ?o }"),
        COUNT.format(f"FROM <{A}>", "?s ?p ?o"),
        COUNT.format(f"FROM NAMED <{B}>", "GRAPH ?g { ?s ?p ?o }"),
        COUNT.format("", "?s ?p ?o FILTER EXISTS { GRAPH ?g { ?s ?p 'a' } }"),
    ],
)
def test_both_answer_alike(whole: Store, query: str) -> None:
    split = Split(whole.merge_in_memory(), lambda: whole)
    assert split.rows(query) == whole.rows(query)


def test_the_merge_is_asked_alone_where_no_graph_is_named(whole: Store) -> None:
    split = Split(whole.merge_in_memory(), never)
    assert isinstance(split.run("SELECT ?o { <urn:s> ?p ?o }"), QuerySolutions)
    assert sorted(split.lines()) == sorted(whole.lines())
    for query in (COUNT.format("", "GRAPH ?g { ?s ?p ?o }"), COUNT.format(f"FROM <{A}>", "?s ?p ?o")):
        with pytest.raises(_Never):
            split.run(query)
    with pytest.raises(_Never):
        split.run("SELECT ?o { <urn:s> ?p ?o }", Dataset((A,), ()))


def test_all_else_is_of_the_whole(whole: Store) -> None:
    split = Split(whole.merge_in_memory(), lambda: whole)
    assert len(split) == len(whole) == 5 and split.graphs() == (A, B)
    assert split.lines(A) == whole.lines(A) and split.lines(B) == whole.lines(B)
    assert split.run("ASK { ?s ?p 'a' }", Dataset((B,), ())) == whole.run(
        "ASK { ?s ?p 'a' }", Dataset((B,), ())
    )
