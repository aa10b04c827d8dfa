"""A snapshot in two stores answers as the one store that it was made of."""

from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import QueryBoolean, QuerySolutions

from graph.asked import Asked, Dataset
from graph.errors import QueryError
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
        "SELECT*FROM<A>{?s?p?o}",
        "SELECT(1<2AS?x)(3>2AS?y)FROM<B>{?s?p?o}",
        "SELECT(COUNT(?from)AS?n)FROM<A>{?s?p?from}",
        "SELECT ?from\nFROM <A>\n# from here\n{ ?graph ?p ?from }",
        "SELECT ?o # a comment ends with its line\rFROM <B>{ ?s ?p ?o }",
        "# it ends here\rSELECT ?o FROM <B>{ ?s ?p ?o }",
        "PREFIX g: <https://example.org/graph/> SELECT ?o FROM g:b { ?s ?p ?o }",
        "PREFIX from: <https://example.org/graph/> SELECT ?o FROM from:b { ?s ?p ?o }",
        'SELECT ?g { BIND("""\n# """ AS ?x) GRAPH ?g { ?s ?p ?o } }',
        "SELECT ?g { BIND('''\n# ''' AS ?x) GRAPH ?g { ?s ?p ?o } }",
        "SELECT ?g { ?s ?p ?o.GRAPH?g{?s?p?o} }",
        "PREFIX : <urn:> SELECT ?g { ?s :p?graph.GRAPH?g{?s?p?o} }",
    ],
)
def test_both_answer_alike(whole: Store, query: str) -> None:
    query = query.replace("<A>", f"<{A}>").replace("<B>", f"<{B}>")
    split = Split(whole.merge_in_memory(), lambda: whole)
    assert split.rows(query) == whole.rows(query)


@pytest.mark.parametrize(
    "query",
    [
        "PREFIX x: <urn:> SELECT ?from { ?from x:fromDocument|x:validFrom|x:p ?graph }",
        "# graphs and where they come from\n  # GRAPH\nSELECT ?s { ?s <urn:p> $graph }",
        "BASE <urn:x> PREFIX : <urn:> SELECT ?s { ?s :p :from, :graph, _:graph }",
    ],
)
def test_names_and_comments_speak_of_no_graph(whole: Store, query: str) -> None:
    split = Split(whole.merge_in_memory(), never)
    assert split.rows(query) == whole.rows(query)


WORDS = (
    "?from",
    "?graph",
    ":from",
    ":graph",
    " ",
    "\n",
    "# from\n",
    "?s",
    " ?p ",
    "?o",
    ".",
    "'graph'",
    '"""\n#"""',
)
WHOLE_WORDS = (
    f"FROM<{A}>",
    f"from <{B}>",
    "GRAPH?g{?s?p?o}",
    "graph ?g { ?s ?p ?from }",
    "{",
    "}",
    "SELECT*",
    "ASK",
)


@given(st.lists(st.sampled_from(WORDS + WHOLE_WORDS), max_size=12).map("".join))
@settings(max_examples=1_000)
@example(f"ASKFROM<{A}>{{?s?p?o}}")
@example(r"SELECT ?g { \u0047RAPH ?g { ?s ?p ?o } }")
@example(f"SELECT?from FROM<{A}>{{?s?p?from}}")
def test_however_it_is_written_the_answer_is_that_of_the_whole(words: str) -> None:
    store = Store.memory()
    store.load(A, [b'<urn:s> <urn:p> <urn:o> .\n<urn:s> <urn:p> "a" .\n'])
    store.load(B, [b"<urn:s> <urn:p> <urn:o> .\n"])
    for query in (
        words,
        f"PREFIX :<urn:>SELECT*{words}",
        f"PREFIX :<urn:>SELECT*{{{words}}}",
        f"PREFIX :<urn:>ASK{words}",
    ):
        assert _answered(Split(store.merge_in_memory(), lambda: store), query) == _answered(store, query)


def _answered(store: Asked, query: str) -> object:
    """Return what is answered; a sentence when it cannot be parsed."""
    try:
        found = store.run(query)
    except QueryError as error:
        return str(error)
    if isinstance(found, QueryBoolean):
        return bool(found)
    assert isinstance(found, QuerySolutions)
    return sorted(map(str, found))


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
