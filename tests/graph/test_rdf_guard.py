"""Uploads: one graph in UTF-8; entities, named graphs and contexts from elsewhere are refused."""

import pytest
from pyoxigraph import BlankNode

from graph.errors import TermError
from graph.rdf_guard import form, read

XML = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://x.example/">{}</rdf:RDF>'
ONE = XML.format('<rdf:Description rdf:about="a" x:p="1"/>')
BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))


def _read(media: str, data: str | bytes) -> list[str]:
    kind = form(media)
    assert kind is not None
    return [
        str(quad)
        for quad in read(data.encode() if isinstance(data, str) else data, kind, "http://g.example/g")
    ]


@pytest.mark.parametrize(
    ("media", "data"),
    [
        ("text/turtle", "<a> <http://x.example/p> '1' ."),
        ("application/n-triples; charset=utf-8", '<http://g.example/a> <http://x.example/p> "1" .'),
        ("application/rdf+xml", ONE),
        ("application/ld+json", '{"@id": "a", "http://x.example/p": "1"}'),
        ("application/trig", "{ <a> <http://x.example/p> '1' }"),
    ],
)
def test_each_format_gives_the_quads_of_the_graph(media: str, data: str) -> None:
    assert _read(media, data) == ['<http://g.example/a> <http://x.example/p> "1" <http://g.example/g>']


@pytest.mark.parametrize(
    ("media", "data", "says"),
    [
        ("application/rdf+xml", f'<!DOCTYPE r [<!ENTITY e0 "x">{BOMB}]>' + XML.format("&e11;"), "<!DOCTYPE"),
        ("application/rdf+xml", f'<?xml version="1.0"?>\n<!doctype r>{ONE}', "Line 2 of the RDF/XML"),
        ("application/rdf+xml", ONE.encode("utf-16"), "utf-8"),
        ("application/rdf+xml", ONE.replace("1", "å").encode("latin-1"), "utf-8"),
        ("application/ld+json", '{"@context": "http://127.0.0.1:9/c", "a": 1}', "lies elsewhere"),
        (
            "application/ld+json",
            '{"@id": "http://h.example/", "@graph": [{"@id": "a", "x:p": 1}]}',
            "Named graphs",
        ),
        ("application/trig", "<h> { <a> <b> <c> }", "Named graphs"),
        ("application/n-quads", "<x:a> <x:b> <x:c> <x:d> .", "Named graphs"),
        ("text/turtle", b"<a> <b> '\xff' .", "Invalid UTF-8"),
        ("text/turtle", "<a> <b>", "no Turtle that can be taken"),
        ("text/turtle", "{}", "no Turtle that can be taken"),
    ],
)
def test_what_is_refused_is_told_why(media: str, data: str | bytes, says: str) -> None:
    with pytest.raises(TermError, match="(?i)" + says):
        _read(media, data)


def test_two_documents_never_mean_the_same_blank_node() -> None:
    turtle = form("text/turtle")
    assert turtle is not None
    nodes = {quad.subject for _ in range(2) for quad in read(b"_:a <x:p> 1 .", turtle, "x:g")}
    assert len(nodes) == 2
    assert all(isinstance(node, BlankNode) for node in nodes)


def test_other_media_types_are_no_graphs() -> None:
    assert form("text/html") is form("") is form("application/json") is None
