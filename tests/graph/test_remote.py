"""A remote store answers as the embedded one does, on two real engines; and every failure is a sentence."""

import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from graph.endpoint import Endpoint
from graph.errors import GraphError, QueryError, StoreError
from graph.remote import Remote, remembering
from graph.store import Store
from queries import catalogue
from queries.answer import ask
from queries.catalogue import Query

ENGINES = ("oxigraph", "virtuoso")
# Virtuoso keeps an xsd:duration as a number of months and cannot give back what was written, so cq14 differs.
VIRTUOSO = {"cq14": {("P5Y", "60"), ("P2D", "-157593540")}}
EVERY = "SELECT ?s WHERE { ?s ?p ?o } LIMIT 3"
JSON = b"application/sparql-results+json"
ONE = b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","value":"http://x.org/a"}}]}}'


def questions(last: bool) -> Iterator[tuple[Query, dict[str, str]]]:
    """Yield every query, network, attribute and matrix as it stands, or with the last of all choices."""
    every = (catalogue.queries(), catalogue.networks(), catalogue.attributes(), catalogue.matrices())
    for query in (query for each in every for query in each.values()):
        choices = {each.name: each.choices[-1] for each in query.parameters if each.type == "choice"}
        yield query, choices if last else {}


def rows(store: Store | Remote, query: Query, given: dict[str, str]) -> list[str]:
    found = ask(store, query, given).rows
    assert found.columns == query.returns
    return sorted(" ".join(map(str, row)) for row in found.rows)


@pytest.fixture(params=ENGINES)
def remote(request: pytest.FixtureRequest) -> Iterator[Remote]:
    """A remote store on each engine."""
    remote = Remote(request.getfixturevalue(request.param))
    yield remote
    remote.close()


def test_every_catalogued_query_gives_the_same_rows(remote: Remote, store: Store) -> None:
    """Oxigraph is asked them as they stand; Virtuoso, which plans slowly, with the choices that find most."""
    on_virtuoso = bool(remote.endpoint.default_graph)
    remote.graphs()
    with ThreadPoolExecutor(3) as pool:
        asked = [
            (query, given, pool.submit(rows, remote, query, given)) for query, given in questions(on_virtuoso)
        ]
    differing = {
        query.name: (expected, answer.result())
        for query, given, answer in asked
        if (expected := rows(store, query, given)) != answer.result()
    }
    allowed = VIRTUOSO if on_virtuoso else {}
    assert set(differing) == set(allowed)
    for name, (expected, found) in differing.items():
        texts = "\n".join(expected).replace("dayTimeDuration", "integer")
        for ours, theirs in allowed[name]:
            assert f'"{ours}"' in texts
            texts = texts.replace(f'"{ours}"', f'"{theirs}"')
        assert sorted(texts.splitlines()) == found


@pytest.mark.parametrize("view", catalogue.views())
def test_every_view_gives_the_same_triples(remote: Remote, store: Store, view: str) -> None:
    for part in catalogue.view(view):
        assert set(remote.construct(part.text)) == set(store.construct(part.text)), part.name


def test_a_remote_store_holds_what_it_was_filled_with(remote: Remote, store: Store) -> None:
    assert remote.graphs() == store.graphs()
    assert len(remote) == len(store)
    assert remote.counts() == {graph: store.digest(graph)[0] for graph in store.graphs()}
    same = [graph for graph in store.graphs() if '"P5Y"^^' not in "".join(store.lines(graph))]
    assert len(same) == len(store.graphs()) - 1
    assert [remote.digest(graph) for graph in same] == [store.digest(graph) for graph in same]
    assert list(remote.stream(same[0])) and remote.lines(same[0]) == store.lines(same[0])


def test_an_ask_is_true_or_false(remote: Remote) -> None:
    assert remote.ask("ASK { ?s ?p ?o }")
    assert not remote.ask("ASK { ?s <http://x.org/nowhere> ?o }")


def test_what_is_no_sparql_is_a_query_error(remote: Remote) -> None:
    with pytest.raises(QueryError, match=r"^The query cannot be run: http://127\.0\.0\.1:\d+/\w+ says: .+"):
        remote.rows("SELECT {")


def test_an_answer_that_virtuoso_cuts_is_refused(virtuoso: Endpoint) -> None:
    remote = Remote(virtuoso)
    with pytest.raises(StoreError, match=r"only a part of the answer came \(x-sparql-maxrows: 30000\)"):
        remote.rows("SELECT ?s ?x { { ?s ?p ?x } UNION { ?s ?x ?o } }")
    remote.close()


@pytest.mark.parametrize(
    "query", ["INSERT DATA { <a:b> <a:b> <a:b> }", "", "# SELECT", "PREFIX a: <b:c> LOAD <d:e>"]
)
def test_nothing_but_a_question_is_sent(query: str) -> None:
    with pytest.raises(QueryError, match="A query begins with SELECT, ASK, CONSTRUCT or DESCRIBE"):
        Remote(Endpoint("http://127.0.0.1:9/")).run(query)


def test_a_question_is_asked_once_while_it_is_remembered(oxigraph: Endpoint) -> None:
    remote = Remote(oxigraph)
    with remembering():
        assert remote.rows(EVERY) is remote.rows(EVERY)
        assert remote.sent == 1
    remote.rows(EVERY)
    assert remote.sent == 2
    remote.close()


Talk = Callable[[socket.socket], None]


def reply(status: str, media: bytes, body: bytes, *more: bytes, short: int = 0) -> Talk:
    """Return a server's part: it reads a request, and writes an answer whose end may be missing."""
    length = b"Content-Length: %d" % len(body)
    head = b"\r\n".join((b"HTTP/1.1 " + status.encode(), b"Content-Type: " + media, length, *more, b"", b""))

    def talk(door: socket.socket) -> None:
        hear(door)
        door.sendall(head + body[: len(body) - short])

    return talk


def hear(door: socket.socket) -> bytes:
    heard = b""
    while b"\r\n\r\n" not in heard:
        heard += door.recv(65536)
    head, _, body = heard.partition(b"\r\n\r\n")
    length = next(
        int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")
    )
    while len(body) < length:
        body += door.recv(65536)
    return head


def drip(door: socket.socket) -> None:
    """Write an answer that never ends, a little at a time, until the other side has had enough."""
    hear(door)
    door.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: " + JSON + b"\r\nTransfer-Encoding: chunked\r\n\r\n")
    door.settimeout(0.02)
    while True:
        door.sendall(b"1\r\n \r\n")
        try:
            if not door.recv(1):
                return
        except TimeoutError:
            continue


def stall(door: socket.socket) -> None:
    """Read a request, and answer nothing until the other side hangs up."""
    hear(door)
    door.recv(1)


@contextmanager
def server(talk: Talk) -> Iterator[str]:
    """Serve a part on a free port; a connection that breaks is the point of many of them."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            while True:
                try:
                    door, _ = listener.accept()
                except OSError:
                    return
                with door:
                    try:
                        talk(door)
                    except OSError:
                        continue

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/sparql"
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join(5)


FAILURES: dict[str, tuple[Talk, type[GraphError], str]] = {
    "no credentials": (
        reply("401 Unauthorized", b"text/plain", b"no"),
        StoreError,
        r"it lets us not in \(status 401\)\. Set SAMSPEL_STORE_USER and SAMSPEL_STORE_PASSWORD",
    ),
    "failing": (
        reply("500 Internal Server Error", b"text/html", b"<h1>Out of\x07 memory</h1>"),
        StoreError,
        r"it failed \(status 500\)\. It says: Out of memory",
    ),
    "refusing": (
        reply("400 Bad Request", b"text/plain", b"\n\nline 1: no such thing\nSELECT"),
        QueryError,
        r"The query cannot be run: .* says: line 1: no such thing$",
    ),
    "nothing there": (
        reply("404 Not Found", b"text/plain", b"gone"),
        StoreError,
        r"there is no SPARQL endpoint \(status 404\)\. It says: gone",
    ),
    "garbage": (
        reply("200 OK", JSON, b"\x00\x01{]"),
        StoreError,
        r"what it answers cannot be read as a SPARQL answer",
    ),
    "half a document": (
        reply("200 OK", JSON, ONE[:-9]),
        StoreError,
        r"what it answers cannot be read as a SPARQL answer",
    ),
    "a page": (
        reply("200 OK", b"text/html; charset=utf-8", b"<html>"),
        StoreError,
        r"application/sparql-results\+json was expected, text/html came\. Is this the address",
    ),
    "a redirect": (
        reply("302 Found", b"text/plain", b"", b"Location: https://me:secret@other.org/sparql?key=secret"),
        StoreError,
        r"it leads on to 'https://other\.org/sparql' \(status 302\)\. Name that address instead",
    ),
    "breaking off": (
        reply("200 OK", JSON, ONE, short=5),
        StoreError,
        r"the answer broke off",
    ),
    "too large": (
        reply("200 OK", JSON, ONE + b" " * 5000),
        QueryError,
        r"the answer is larger than 4000 bytes\. Ask for less",
    ),
    "stalling": (stall, StoreError, r"no whole answer came within 0\.5 seconds"),
    "never ending": (drip, StoreError, r"no whole answer came within 0\.5 seconds"),
}


@pytest.mark.parametrize(("talk", "kind", "sentence"), FAILURES.values(), ids=FAILURES)
def test_every_failure_is_a_sentence_that_tells_no_secret(
    talk: Talk, kind: type[GraphError], sentence: str
) -> None:
    with server(talk) as url:
        there = Endpoint(url, "", {"X-Key": "secret"}, ("me", "secret"), seconds=0.5, limit=4000)
        remote = Remote(there)
        with pytest.raises(kind, match=sentence) as caught:
            remote.run(EVERY)
        remote.close()
    assert url in str(caught.value) and str(caught.value).endswith((".", "?", "memory", "gone", "thing"))
    assert "secret" not in f"{caught.value} {there!r}"


def test_nobody_there_is_told() -> None:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{door.getsockname()[1]}/sparql"
        with pytest.raises(StoreError, match=rf"{url}: cannot be reached: .*\. Does the endpoint run\?"):
            Remote(Endpoint(url)).rows(EVERY)


def test_user_and_password_are_sent_to_the_endpoint() -> None:
    heard: list[bytes] = []

    def talk(door: socket.socket) -> None:
        heard.append(hear(door))
        door.sendall(
            b"HTTP/1.1 200 OK\r\nContent-Type: " + JSON + b"\r\nContent-Length: %d\r\n\r\n" % len(ONE) + ONE
        )

    with server(talk) as url:
        remote = Remote(Endpoint(url, user=("me", "secret")))
        assert [str(cell) for (cell,) in remote.rows(EVERY).rows] == ["<http://x.org/a>"]
        remote.close()
    assert b"Authorization: Basic bWU6c2VjcmV0" in heard[0]


def test_a_connection_that_was_closed_meanwhile_is_made_again() -> None:
    with server(reply("200 OK", JSON, ONE)) as url:  # it keeps no connection, and does not say so
        remote = Remote(Endpoint(url))
        assert remote.rows(EVERY) == remote.rows(EVERY)
        remote.close()
