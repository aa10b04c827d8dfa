"""The SPARQL endpoint by the protocol: ways in, formats out, refusals with a sentence."""

import json
from urllib.parse import quote, unquote_to_bytes
from xml.etree import ElementTree

import pytest
from httpx2 import Client
from hypothesis import example, given
from hypothesis import strategies as some

from api.sparql import only_query

SELECT = "SELECT ?z ?a { VALUES (?z ?a) { (1 'å') } }"
CONSTRUCT = "CONSTRUCT WHERE { <https://w3id.org/samspel/id/county/05> ?p ?o }"
HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
QUERY = {"Content-Type": "application/sparql-query"}


@pytest.mark.parametrize(
    ("accept", "media", "begins"),
    [
        ("*/*", "application/sparql-results+json", '{"head":{"vars":["z","a"]}'),
        ("application/json", "application/json", '{"head":{"vars":["z","a"]}'),
        ("application/sparql-results+xml", "application/sparql-results+xml", "<?xml"),
        ("text/csv", "text/csv; charset=utf-8", "z,a\r\n1,å"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8", "?z\t?a\n1\t"),
        ("text/csv;q=0.2, application/sparql-results+xml;q=0.1", "text/csv; charset=utf-8", "z,a"),
    ],
)
def test_select_comes_as_asked(live: Client, accept: str, media: str, begins: str) -> None:
    answer = live.get("/sparql", params={"query": SELECT}, headers={"Accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (200, media)
    assert answer.text.startswith(begins)
    assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize(
    ("accept", "media", "holds"),
    [
        ("*/*", "text/turtle; charset=utf-8", "@prefix samspel:"),
        ("application/n-triples", "application/n-triples", '"Östergötlands län"@sv .'),
        ("application/rdf+xml", "application/rdf+xml", "<rdf:RDF"),
        ("application/ld+json", "application/ld+json", '"@id"'),
    ],
)
def test_construct_comes_as_asked(live: Client, accept: str, media: str, holds: str) -> None:
    answer = live.get("/sparql", params={"query": CONSTRUCT}, headers={"Accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (200, media)
    assert holds in answer.text


def test_turtle_has_the_prefixes_of_its_query(live: Client) -> None:
    query = f"PREFIX kat: <http://www.w3.org/2004/02/skos/core#> {CONSTRUCT}"
    text = live.get("/sparql", params={"query": query}, headers={"Accept": "text/turtle"}).text
    assert "kat:prefLabel" in text
    assert "@prefix samspel:" not in text


def test_ask_and_describe_answer(live: Client) -> None:
    assert live.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True
    xml = live.get("/sparql", params={"query": "ASK {}"}, headers={"Accept": "application/xml"}).text
    assert ElementTree.fromstring(xml)[-1].text == "true"  # noqa: S314  # our own answer
    described = live.get("/sparql", params={"query": "DESCRIBE <https://w3id.org/samspel/id/county/05>"})
    assert "SE123" in described.text


def test_all_ways_in_give_the_same_answer(live: Client) -> None:
    answers = [
        live.get("/sparql", params={"query": SELECT}),
        live.post("/sparql", data={"query": SELECT}),
        live.post("/sparql", content=SELECT.encode(), headers=QUERY),
    ]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1


def test_a_star_gives_the_columns_in_order_of_appearance(live: Client) -> None:
    text = "SELECT * { ?z ?p ?a . ?z <http://www.w3.org/2004/02/skos/core#prefLabel> ?b } LIMIT 1"
    assert live.get("/sparql", params={"query": text}).json()["head"]["vars"] == ["z", "p", "a", "b"]


@pytest.mark.parametrize(
    ("text", "status", "says"),
    [
        ("SELECT ?x { ?x ", 400, "line 1, column 16"),
        ("SELECT *\n{ ?x nope:y ?z }", 400, "line 2"),
        ("SELECT * { ?s ?p ?o FILTER(CONCAT ('a') = 'a') }", 400, "line 1, column 28"),
        ("SELECT (COUNT(?x) AS ?n) ?y { ?x ?p ?y }", 400, "unbound"),
        ("INSERT DATA { <urn:a> <urn:b> 1 }", 403, "only reads"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 403, "SERVICE"),
        ("SELECT * {" + "{" * 100 + "}" * 100 + "}", 400, "nested"),
    ],
)
def test_refusals_are_sentences(live: Client, text: str, status: int, says: str) -> None:
    plain = live.get("/sparql", params={"query": text})
    assert (plain.status_code, plain.headers["content-type"]) == (status, "text/plain; charset=utf-8")
    assert says in plain.text and plain.text.splitlines()[0].endswith((".", ")"))
    page = live.get("/sparql", params={"query": text}, headers=HTML)
    assert page.status_code == status and 'role="alert"' in page.text


def test_nothing_fits_is_said(live: Client) -> None:
    answer = live.get("/sparql", params={"query": SELECT}, headers={"Accept": "image/png"})
    assert answer.status_code == 406 and "text/csv" in answer.text
    assert live.get("/sparql", params={"query": SELECT, "format": "ttl"}).status_code == 400
    assert live.get("/sparql", params={"query": SELECT, "format": "tsv"}).text.startswith("?z\t?a")


def test_odd_requests_are_refused(live: Client) -> None:
    assert live.post("/sparql", content=b" ", headers=QUERY).status_code == 400
    assert live.get(f"/sparql?query={SELECT}&query={SELECT}").status_code == 400
    assert live.post("/sparql", data={"update": "CLEAR ALL"}).status_code == 403
    assert (
        live.post(
            "/sparql", content=b"CLEAR ALL", headers={"Content-Type": "application/sparql-update"}
        ).status_code
        == 403
    )
    assert (
        live.post("/sparql", content=b"{}", headers={"Content-Type": "application/json"}).status_code == 415
    )
    assert live.post("/sparql", content=b"ASK {} # \xff", headers=QUERY).status_code == 400
    assert live.post("/sparql", content=b" " * 70_000, headers=QUERY).status_code == 413
    assert live.put("/sparql").status_code == 405


def test_a_browser_gets_a_form_and_a_table(live: Client) -> None:
    form = live.get("/sparql", headers=HTML)
    assert form.status_code == 200 and "<textarea" in form.text and "/queries/cq03" in form.text
    table = live.get(
        "/sparql",
        params={"query": "SELECT ?s { ?s a <https://w3id.org/samspel/ontology#Project> }"},
        headers=HTML,
    )
    assert '<a href="/page/project/skiss"' in table.text
    graph = live.get("/sparql", params={"query": CONSTRUCT}, headers=HTML)
    assert "skos:prefLabel" in graph.text


def test_what_is_written_into_the_form_is_escaped(live: Client) -> None:
    attack = "</textarea><script>alert(1)</script>"
    page = live.get("/sparql", params={"query": attack}, headers=HTML)
    assert page.status_code == 400 and "<script>alert" not in page.text
    shown = live.get("/sparql", params={"query": f"SELECT ('{attack}' AS ?x) {{}}"}, headers=HTML)
    assert shown.status_code == 200 and "<script>alert" not in shown.text and "&lt;script&gt;" in shown.text


def crashes() -> list[str]:
    """Return queries of 60 kB that each end an unguarded process by overflowing its stack."""
    many = 60_000
    return [
        "SELECT * " + "{" * 2000 + "?s ?p ?o" + "}" * 2000,
        "SELECT * { FILTER(" + "CONCAT(" * 1000 + "'a'" + ")" * 1000 + " = 'a') }",
        "SELECT * { ?s ?p ?o FILTER(" + "!" * many + "true) }",
        "SELECT * { ?s ?p ?o FILTER(1=1" + "||1=1" * (many // 5) + ") }",
        "SELECT * { {}" + "UNION{}" * (many // 7) + " }",
        "SELECT * { ?s <u:>" + "/<u:>" * (many // 5) + " ?o }",
        "SELECT * { " + "".join(f"BIND(1 AS ?x{at})" for at in range(many // 17)) + " }",
        "SELECT " + " ".join(f"(1 AS ?x{at})" for at in range(many // 14)) + " {}",
        "SELECT * { ?s ?p ?o " + "MINUS{?s ?p 3}" * (many // 14) + " }",
    ]


@pytest.mark.parametrize("text", crashes(), ids=range(len(crashes())))
def test_what_would_end_the_process_is_refused(live: Client, text: str) -> None:
    assert live.post("/sparql", content=text.encode(), headers=QUERY).status_code == 400
    assert json.loads(live.get("/health").text) == {"alive": True}


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * " + "{" * 58 + "?s a <urn:none>" + "}" * 58,
        "SELECT * { ?s a <urn:none> FILTER(" + "CONCAT(" * 57 + "'a'" + ")" * 57 + " = 'a') }",
        "SELECT * { ?s a <urn:none> FILTER(" + "!" * 490 + "true) }",
        "SELECT * { ?s a <urn:none> FILTER(1=1" + "||1=1" * 240 + ") }",
        "SELECT * { ?s <u:>" + "/<u:>" * 100 + " <urn:none> }",
        "SELECT * { " + "".join(f"BIND(1 AS ?x{at})" for at in range(240)) + " }",
        "SELECT * { ?s a <urn:none> " + "MINUS{?s a 3}" * 490 + " }",
        "SELECT * { " + "{}" * 30_000 + " }",
    ],
    ids=["groups", "calls", "nots", "ors", "paths", "binds", "minus", "empty groups"],
)
def test_the_largest_that_passes_is_answered(live: Client, text: str) -> None:
    assert live.post("/sparql", content=text.encode(), headers=QUERY).status_code == 200


@given(text=some.text())
@example(text='a "b" \\u0041 \n + % å 😀')
def test_a_query_is_read_as_it_was_encoded(text: str) -> None:
    assert only_query(b"query=" + quote(text, safe="").encode()) == {"query": [text]}


@given(text=some.binary().filter(lambda each: b"&" not in each))
@example(text=b"%4x%")
@example(text=b"\\u0041%22")
@example(text=b'"a"%41')
@example(text=b"%C3")
@example(text="å%C3%A5".encode())
def test_whatever_comes_as_a_query_is_read_as_urllib_reads_it(text: bytes) -> None:
    try:
        expected = {"query": [unquote_to_bytes(text.replace(b"+", b" ")).decode("utf-8")]}
    except UnicodeDecodeError:
        expected = None
    assert only_query(b"query=" + text) == expected
