"""Reads at the front: ETag and 304, HEAD, gzip, and what an answer may depend on."""

import gzip

import pytest
from httpx2 import Client

ASK = "/sparql?query=ASK%20%7B%3Fs%20%3Fp%20%3Fo%7D"
READS = (ASK, "/page/county/05", "/data/county/05.ttl", "/api/queries/cq03", "/catalog.rdf", "/sparql")
GRAPH = "/store?graph=https%3A%2F%2Fw3id.org%2Fsamspel%2Fgraph%2Fseeds"


@pytest.mark.parametrize("path", [*READS, GRAPH])
def test_what_is_the_same_is_not_sent_again(live: Client, path: str) -> None:
    first = live.get(path)
    assert first.status_code == 200 and first.headers["etag"].startswith('"')
    again = live.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    weak = live.get(path, headers={"If-None-Match": f'"x", W/{first.headers["etag"]}'})
    assert weak.status_code == 304
    assert live.get(path, headers={"If-None-Match": '"x"'}).status_code == 200


@pytest.mark.parametrize("path", [*READS, GRAPH])
def test_head_tells_what_get_would(live: Client, path: str) -> None:
    head, got = live.head(path), live.get(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers.get("content-type") == got.headers["content-type"]
    assert head.headers["etag"] == got.headers["etag"]


def test_another_accept_language_or_coding_is_another_answer(live: Client) -> None:
    asked = [
        {"Accept": "text/turtle"},
        {"Accept": "application/ld+json"},
        {"Accept": "text/html", "Accept-Language": "en"},
        {"Accept": "text/html", "Accept-Language": "sv"},
        {"Accept": "text/html", "Accept-Language": "sv", "Accept-Encoding": "identity"},
    ]
    answers = [live.get("/ontology/StrengthArea", headers=headers) for headers in asked]
    assert len({answer.headers["etag"] for answer in answers}) == len(asked)
    assert all({"Accept", "Accept-Encoding"} <= set(a.headers["vary"].split(", ")) for a in answers)


def test_answers_come_packed_to_who_takes_it(live: Client) -> None:
    with live.stream("GET", "/page/county/05", headers={"Accept-Encoding": "gzip"}) as packed:
        assert packed.headers["content-encoding"] == "gzip"
        content = b"".join(packed.iter_raw())
    plain = live.get("/page/county/05", headers={"Accept-Encoding": "gzip;q=0"})
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(content) == plain.content and len(content) < len(plain.content) / 2


def test_the_third_time_is_answered_as_the_first(live: Client) -> None:
    answers = [live.get("/data/county/09.ttl") for _ in range(4)]
    assert len({answer.content for answer in answers}) == 1
    assert len({answer.headers["x-request-id"] for answer in answers}) == 4
    heads = [
        {name: value for name, value in answer.headers.items() if name not in ("x-request-id", "date")}
        for answer in answers
    ]
    assert all(head == heads[0] for head in heads)


def test_a_dataset_is_that_of_the_parameters(live: Client) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    graph = "https://w3id.org/samspel/graph/seeds"
    of = {"default-graph-uri": graph, "query": count}
    named = {"named-graph-uri": graph, "query": "ASK { GRAPH ?g { ?s ?p ?o } }"}
    everything = live.get("/sparql", params={"query": count}).json()["results"]["bindings"][0]["n"]["value"]
    seeds = live.get("/sparql", params=of).json()["results"]["bindings"][0]["n"]["value"]
    assert 0 < int(seeds) < int(everything)
    assert live.post("/sparql", data=named).json()["boolean"] is True
    assert live.get("/sparql", params={**named, "named-graph-uri": "urn:none"}).json()["boolean"] is False


def test_a_query_comes_as_a_multipart_form(live: Client) -> None:
    answer = live.post("/sparql", files={"query": (None, "ASK { FILTER('å' = 'å') }")})
    assert answer.status_code == 200 and answer.json()["boolean"] is True
    assert live.post("/sparql", files={"query": ("q.rq", "ASK {}")}).status_code == 400
