"""Lookups have the same answers as the engine gives, and what is no lookup is left to it."""

import json
import tempfile
from collections.abc import Iterator
from random import Random

import pytest
from pyoxigraph import QueryResultsFormat, QueryTriples

from api import lookup
from graph import keyed
from graph.keyed import Keyed
from graph.store import Store

E = "http://e.org/"
VALUES = (
    *(f"<{E}o{number}>" for number in range(4)),
    *(f"<{E}p{number}>" for number in range(2)),
    *(
        '"a"',
        '"a"@sv',
        '"a"@sv-SE',
        '"3"^^<http://www.w3.org/2001/XMLSchema#integer>',
        '"x"^^<http://e.org/d>',
    ),
    '"å 😀 \\" \\\\ \\n \\t \\r \\b \\f \\u0001 \\u007F <b> \' ; . }"',
    '"ends in \\\\"',
    '""',
)
LOOKUPS = (
    "SELECT ?p ?o { <S> ?p ?o }",
    "select * where { <S> ?p ?o . } limit 3",
    "SELECT ?o ?p { <S> ?p ?o }",
    "SELECT ?p { <S> ?p ?o }",
    "SELECT ?o WHERE{<S> <http://e.org/p0> ?o}",
    "SELECT ?p { <S> ?p <http://e.org/o1> }",
    "SELECT * { <S> ?x ?x }",
    "SELECT ?b ?a { <S> <http://e.org/p0> ?a ; <http://e.org/p1> ?b }",
    "SELECT ?a { <S> <http://e.org/p0> ?a ; <http://e.org/p1> ?a . }",
    "PREFIX e: <http://e.org/>\nPREFIX ex:<http://e.org/x/> SELECT ?a ?c { <S> e:p0 ?a ; a ?c ; e:p1 e:o2 }",
    "ASK { <S> <http://e.org/p0> <http://e.org/o0> }",
    "ASK WHERE { <S> a ?any }",
    "SELECT ?p { <S> ?p ?o } LIMIT 0",
)
OTHERS = (
    "SELECT ?p ?p { <http://e.org/s1> ?p ?o }",
    "SELECT ?x { <http://e.org/s1> ?p ?o }",
    "SELECT DISTINCT ?p { <http://e.org/s1> ?p ?o }",
    "SELECT (COUNT(*) AS ?n) { <http://e.org/s1> ?p ?o }",
    "SELECT ?p { <http://e.org/s1> ?p ?o FILTER(?o > 1) }",
    "SELECT ?p { <http://e.org/s1> ?p ?o . ?o ?q ?r }",
    "SELECT ?p { <http://e.org/s1> ?p ?o , ?q }",
    "SELECT ?p { <http://e.org/s1> ?p 'a' }",
    "SELECT ?o { <http://e.org/s1> <http://e.org/p0>/<http://e.org/p1> ?o }",
    "SELECT ?o { <http://e.org/s1> ^<http://e.org/p0> ?o }",
    "SELECT ?s { ?s ?p ?o }",
    "SELECT ?p { <s1> ?p ?o }",
    "SELECT ?p { <http://e.org/a/../s1> ?p ?o }",
    "SELECT ?p { <http://e.org/%zz> ?p ?o }",
    "SELECT ?p { <http://e.org/s1> nobody:told ?p }",
    "SELECT ?p FROM <http://e.org/g> { <http://e.org/s1> ?p ?o }",
    "SELECT ?g { GRAPH ?g { <http://e.org/s1> ?p ?o } }",
    "SELECT ?p { <http://e.org/s1> ?p ?o } # LIMIT 1",
    "SELECT ?p { <http://e.org/s1> ?p ?o } LIMIT 1 OFFSET 1",
    "SELECT ?p { <http://e.org/s1> ?p ?o } ORDER BY ?p",
    "SELECT ?p { <http://e.org/s1> ?p ?o } LIMIT 9999999",
    "ASK { <http://e.org/s1> A ?o }",
    "ASK { <http://e.org/s1> ?p ?o } LIMIT 1",
    "DESCRIBE <http://e.org/s1>",
    "SELECT ?p\u00a0{ <http://e.org/s1> ?p ?o }",
)


@pytest.fixture(scope="module")
def both() -> Iterator[tuple[Store, Keyed]]:
    """Give random triples in the engine and as a table."""
    chance, kind = Random(3), "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"  # noqa: S311  # made-up data
    verbs = (f"<{E}p0>", f"<{E}p1>", kind)
    lines = {
        f"<{E}s{n}> {chance.choice(verbs)} {chance.choice(VALUES)} .\n" for n in range(40) for _ in range(12)
    }
    store = Store.of("".join(sorted(lines)).encode())
    with tempfile.TemporaryFile() as file:
        assert keyed.write(store.raw(), file)
        yield store, Keyed(file.fileno())


def found(store: Store, query: str) -> object:
    """Return the engine's answer as it is in JSON, its rows in some order."""
    answer = store.run(query)
    assert not isinstance(answer, QueryTriples)
    return told(answer.serialize(format=QueryResultsFormat.JSON) or b"")


def told(text: bytes) -> object:
    """Return an answer in JSON, its rows in an order."""
    read = json.loads(text)
    if "results" in read:
        read["results"]["bindings"].sort(key=json.dumps)
    return read


@pytest.mark.parametrize("query", LOOKUPS)
def test_lookups_have_the_engines_answers(query: str, both: tuple[Store, Keyed]) -> None:
    store, table = both
    some = 0
    for number in range(40):
        asked = query.replace("<S>", f"<{E}s{number}>")
        read = lookup.read(asked)
        assert read is not None
        answer = lookup.answer(table, read)
        assert answer is not None
        every = asked if "limit 3" not in asked else asked.replace(" limit 3", "")
        if every == asked:
            assert told(answer) == found(store, asked)
        else:
            rows = json.loads(answer)["results"]["bindings"]
            assert len(rows) == 3
            assert all(
                row in json.loads(json.dumps(found(store, every)))["results"]["bindings"] for row in rows
            )
        some += b"value" in answer or b"true" in answer
    assert some or "LIMIT 0" in query or "?x ?x" in query


@pytest.mark.parametrize("query", OTHERS)
def test_what_is_no_lookup_is_left_to_the_engine(query: str) -> None:
    assert lookup.read(query) is None


@pytest.mark.parametrize(
    "value",
    [
        "_:b",
        '"x"@ar--rtl',
        "<<( <http://e.org/a> <http://e.org/b> <http://e.org/c> )>>",
    ],
)
def test_what_is_said_in_another_way_is_left_to_the_engine(value: str) -> None:
    with tempfile.TemporaryFile() as file:
        keyed.write([f'<{E}s> <{E}p> "plain" .\n'.encode(), f"<{E}s> <{E}p> {value} .\n".encode()], file)
        table = Keyed(file.fileno())
    asked = lookup.read(f"SELECT ?o {{ <{E}s> <{E}p> ?o }}")
    assert asked is not None
    assert lookup.answer(table, asked) is None


def test_of_whom_nothing_is_said_and_what_has_too_many_rows_is_left_to_the_engine() -> None:
    with tempfile.TemporaryFile() as file:
        keyed.write([f"<{E}s> <{E}p> <{E}o{number}> .\n".encode() for number in range(30)], file)
        table = Keyed(file.fileno())
    none, many = lookup.read(f"ASK {{ <{E}other> ?p ?o }}"), lookup.read(f"ASK {{ <{E}s> ?p ?o ; ?q ?r }}")
    assert none is not None
    assert many is not None
    assert lookup.answer(table, none) is None
    assert lookup.answer(table, many) is None
