"""triples: what is looked up, and what a term's text says."""

import pytest
from pyoxigraph import Literal, NamedNode

from graph.errors import TermError
from graph.triples import TYPE, Triples, datatype, language, lexical, plain
from ontology import names as n


@pytest.mark.parametrize(
    "literal",
    [
        Literal("plain"),
        Literal('two\nlines, "quotes", a \\ and a tab\t'),
        Literal("bell \x07 and back \x08\x0c"),
        Literal("Östergötland \U0001f332", language="sv"),
        Literal('"@en', language="en-gb"),
        Literal('"^^<x>', datatype=NamedNode(f"{n.XSD}date")),
        Literal(""),
    ],
    ids=lambda literal: repr(literal.value),
)
def test_a_literal_is_read_as_the_store_writes_it(literal: Literal) -> None:
    text = str(literal)
    assert (lexical(text), language(text)) == (literal.value, literal.language)
    assert datatype(text) == literal.datatype.value
    assert plain(text) == literal.value


def test_escapes_by_number_are_read() -> None:
    assert lexical(r'"\u00e5\U0001F332\\u00e5"') == "å\U0001f332\\u00e5"


def test_triples_are_looked_up_both_ways_and_counted_once() -> None:
    triples = Triples(["<a:s> <a:p> <a:o>", "<a:s> <a:p> <a:o>", '<a:t> <a:p> "x y"'])
    assert triples.by("<a:p>") == {"<a:s>": ["<a:o>"], "<a:t>": ['"x y"']}
    assert triples.towards("<a:p>") == {"<a:o>": ["<a:s>"], '"x y"': ["<a:t>"]}
    assert triples.by("<a:none>") == {} and triples.towards("<a:none>") == {}
    assert triples.subjects() == {"<a:s>", "<a:t>"}
    assert triples.predicates() == ("<a:p>",)
    assert Triples([]).subjects() == frozenset()


def test_instances_are_those_of_classes_below_even_in_a_circle() -> None:
    below = f"<{n.RDFS}subClassOf>"
    triples = Triples(
        [
            f"<a:C> {below} <a:B>",
            f"<a:B> {below} <a:A>",
            f"<a:A> {below} <a:C>",
            f"<a:one> {TYPE} <a:C>",
            f"<a:two> {TYPE} <a:D>",
        ]
    )
    assert triples.instances("<a:A>") == {"<a:one>"}
    assert triples.instances("<a:D>") == {"<a:two>"}


@pytest.mark.parametrize("value", ["<<( <a:a> <a:b> <a:c> )>>", "<a:a> <a:b> <a:c>"])
def test_a_triple_within_a_triple_is_refused(value: str) -> None:
    with pytest.raises(TermError, match="is a triple within a triple"):
        Triples([f"<a:s> <a:p> {value}"])
