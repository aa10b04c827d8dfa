"""A plain query goes from the wire to a worker and back, and nobody can tell by the answer."""

import gzip
import json
import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx2
import pytest

from api.door.metrics import Registry
from api.server import Front
from api.settings import Settings
from graph.generations import Home

JSON = "application/sparql-results+json"
LARGE = "SELECT ?a ?b ?c { ?a ?b ?c } LIMIT 4000"
CROSS = "SELECT (COUNT(DISTINCT CONCAT(STR(?a), STR(?f))) AS ?n) { ?a ?b ?c . ?d ?e ?f }"
_OWN = re.compile(rb"(?mi)^(date|etag|x-request-id): [^\r]*\r\n")


class Line:
    """A connection that says bytes as they are given."""

    def __init__(self, address: str) -> None:
        where = urlsplit(address)
        self.host = where.netloc
        self._socket = socket.create_connection((where.hostname, where.port), timeout=20)
        self._held = b""

    def say(self, query: str, *headers: str, accept: str = JSON) -> None:
        """Ask a query by GET, with more headers than the plain ones if any are given."""
        self.raw(self.request(query, *headers, accept=accept))

    def request(self, query: str, *headers: str, accept: str = JSON) -> bytes:
        """Return a request."""
        first = f"GET /sparql?query={quote(query, safe='')} HTTP/1.1"
        return "\r\n".join([first, f"Host: {self.host}", f"Accept: {accept}", *headers, "", ""]).encode()

    def raw(self, data: bytes) -> None:
        """Send bytes."""
        self._socket.sendall(data)

    def answer(self) -> tuple[bytes, bytes]:
        """Return head and body of the next answer."""
        head = self._until(b"\r\n\r\n")
        if found := re.search(rb"(?i)content-length: (\d+)", head):
            return head, self._take(int(found[1]))
        body = b""
        while size := int(self._until(b"\r\n"), 16):
            body += self._take(size)
            self._take(2)
        self._take(2)
        return head, body

    def close(self) -> None:
        """Go away."""
        self._socket.close()

    def _until(self, mark: bytes) -> bytes:
        while mark not in self._held:
            self._more()
        found, _, self._held = self._held.partition(mark)
        return found + mark

    def _take(self, size: int) -> bytes:
        while len(self._held) < size:
            self._more()
        found, self._held = self._held[:size], self._held[size:]
        return found

    def _more(self) -> None:
        piece = self._socket.recv(65_536)
        assert piece, f"the connection ended after {self._held[:200]!r}"
        self._held += piece


@contextmanager
def line(address: str) -> Iterator[Line]:
    """Open a connection and close it."""
    opened = Line(address)
    try:
        yield opened
    finally:
        opened.close()


def lines(head: bytes) -> tuple[bytes, list[bytes]]:
    """Return the first line of a head, and the others sorted, without those that differ each time."""
    first, *rest = _OWN.sub(b"", head).split(b"\r\n")
    return first, sorted(rest)


QUERIES = (
    "ASK { <https://w3id.org/samspel/id/county/05> ?p ?o }",
    "SELECT ?s { ?s a <https://w3id.org/samspel/ontology#County> } ORDER BY ?s",
    "CONSTRUCT { ?s a ?c } WHERE { ?s a ?c } LIMIT 7",
    "SELECT ?g { GRAPH ?g { ?s ?p ?o } } LIMIT 3",
    "SELECT ?x { ?x",
    "SELECT (1/0 AS ?x) {}",
    "DELETE WHERE { ?s ?p ?o }",
    "SELECT * { ?s ?p ?o } LIMIT 2",
    LARGE,
)


@pytest.mark.parametrize("accept", [JSON, "text/csv, */*;q=0.1", "text/turtle", "image/png"])
@pytest.mark.parametrize("query", QUERIES)
def test_the_short_and_the_long_way_answer_alike(address: str, query: str, accept: str) -> None:
    with line(address) as other:
        other.say(f"{query} # {accept} 1", accept=accept)  # a comment: another query to what is kept
        short = other.answer()
        other.say(f"{query} # {accept} 2", "DNT: 1", accept=accept)
        long = other.answer()
    assert (b"etag: " in short[0]) == (b"etag: " in long[0])
    assert lines(short[0]) == lines(long[0])
    assert short[1] == long[1].replace(f"# {accept} 2".encode(), f"# {accept} 1".encode())


@pytest.mark.parametrize("query", [QUERIES[0], QUERIES[4], LARGE])
def test_the_last_request_of_a_connection_is_begun_at_once_and_answered_alike(
    address: str, query: str
) -> None:
    with line(address) as other:
        other.say(f"{query} # last 1")
        short = other.answer()
        before = _jobs(address)
        other.say(f"{query} # last 2", "Connection: close")
        last = other.answer()
        with pytest.raises(AssertionError, match="the connection ended"):
            other.answer()
    assert _jobs(address) == before + 1
    assert lines(last[0].replace(b"connection: close\r\n", b"")) == lines(short[0])
    assert short[1] == last[1].replace(b"# last 2", b"# last 1")


def _jobs(address: str) -> float:
    text = httpx2.get(f"{address}/metrics").text
    found = re.findall(r'(?m)^samspel_job_seconds_count\{lane="fast"\} (.*)$', text)
    return sum(float(each) for each in found)


COUNTY = "https://w3id.org/samspel/id/county/05"
LOOKUPS = (
    f"SELECT ?p ?o {{ <{COUNTY}> ?p ?o }} LIMIT ",
    f"PREFIX c: <https://w3id.org/samspel/id/county/> select * where {{ <{COUNTY}> a ?c ; ?p ?o . }} limit ",
)


@pytest.mark.parametrize("packing", ["identity", "gzip"])
@pytest.mark.parametrize("query", LOOKUPS)
def test_a_lookup_is_answered_without_a_worker(address: str, query: str, packing: str) -> None:
    wanted = f"Accept-Encoding: {packing}"
    with line(address) as other:
        before = _jobs(address)
        other.say(f"{query}{9000 + (packing == 'gzip')}", wanted)
        short = other.answer()
        assert _jobs(address) == before
        other.say(f"{query}{9002 + (packing == 'gzip')}", wanted, "DNT: 1")
        long = other.answer()
        assert _jobs(address) == before + 1
        other.say(f"{query}{9004 + (packing == 'gzip')}", wanted, accept="text/csv")
        other.answer()
        assert _jobs(address) == before + 2, "another format is a worker's"
    bodies = [gzip.decompress(body) if packing == "gzip" else body for _, body in (short, long)]
    rows = [sorted(json.dumps(row) for row in json.loads(body)["results"]["bindings"]) for body in bodies]
    assert rows[0] == rows[1]
    assert len(rows[0]) > 5
    heads = [[each for each in lines(head)[1] if b"ength" not in each] for head, _ in (short, long)]
    assert heads[0] == heads[1]


def test_which_requests_are_plain(built: Home) -> None:
    settings = Settings(store=built.folder, max_query_bytes=200)
    front = Front(settings, Registry())
    express = front.express
    assert express.plain(b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: a\r\n\r\n") is None, "no data yet"
    front.service._pool = _Pool()  # type: ignore[assignment]
    begin = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: a\r\n"
    plain = express.plain(begin + b"ACCEPT:text/csv \r\nAccept-Encoding: gzip\r\nUser-Agent: me\r\n\r\n")
    assert plain is not None
    assert (plain.query, plain.asked.accept, plain.asked.packed, plain.agent) == (
        "ASK{}",
        "text/csv",
        True,
        b"me",
    )
    last = express.plain(begin + b"Connection: Close\r\n\r\n")
    assert last is not None and last.last and not plain.last
    for other in (
        begin,
        begin + b"\r\nGET",
        begin + b"Host: b\r\n\r\n",
        begin + b"Cookie: lang=sv\r\n\r\n",
        begin + b"Accept: text/html\r\n\r\n",
        begin + b"Connection: upgrade\r\n\r\n",
        begin + b"X-Forwarded-For: 192.0.2.1\r\n\r\n",
        begin + b"Accept : text/csv\r\n\r\n",
        begin + b"Accept: a\r\n b\r\n\r\n",
        b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\n\r\n",
        b"GET /sparql?query=ASK%7B%7D HTTP/1.0\r\nHost: a\r\n\r\n",
        b"GET /sparql?query=ASK%7B%7D&format=csv HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET /sparql?query=%20 HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET /sparql?query=%FF HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET /sparql?query=ASK%7BSERVICE%7D HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET /sparql?query=" + b"a" * 201 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
    ):
        assert express.plain(other) is None, other


class _Pool:
    """Where there is always room."""

    class zygote:  # stands for an attribute
        version = "1"

    open = True


def test_requests_in_a_row_are_answered_in_their_order(address: str) -> None:
    with line(address) as other:
        counts = [f"SELECT ?s {{ ?s ?p ?o }} LIMIT {number}" for number in (3, 1, 2)]
        other.raw(b"".join(other.request(each) for each in counts[:2]))
        other.raw(other.request(counts[2]))
        assert [other.answer()[1].count(b'"s":') for _ in counts] == [3, 1, 2]
        other.say(counts[0])
        other.raw(b"GET /health HTTP/1.1\r\nHost: a\r\n\r\n")
        assert other.answer()[1].count(b'"s":') == 3 and b"alive" in other.answer()[1]


def test_what_is_not_answered_at_once_is_limited_as_ever(built: Home, serve: object) -> None:
    settings = Settings(store=built.folder, query_seconds=2, workers=1)
    with serve(settings) as address:  # type: ignore[operator]
        with line(address) as slow, line(address) as light:
            slow.say(CROSS)
            light.say(QUERIES[0])  # waits for the worker, or for the one that takes its place
            assert b"true" in light.answer()[1]
            head, body = slow.answer()
            assert head.startswith(b"HTTP/1.1 504 ") and b"2 seconds" in body
        gone = Line(address)
        gone.say(CROSS.replace("?n", "?m"))
        gone.close()
        with httpx2.Client(base_url=address) as client:
            end = time.monotonic() + 10
            while _figure(client, "samspel_jobs_running") and time.monotonic() < end:
                pass
            assert _figure(client, "samspel_jobs_running") == 0
            assert _figure(client, "samspel_requests_in_flight") == 1  # this very one


def _figure(client: httpx2.Client, name: str) -> float:
    found = re.search(rf"(?m)^{name} (\S+)$", client.get("/metrics").text)
    assert found is not None
    return float(found[1])


def test_a_large_answer_goes_on_by_the_same_worker(address: str) -> None:
    with line(address) as other:
        other.say(LARGE + "1")
        head, body = other.answer()
    assert b"chunked" in head.lower() and body.count(b'"a":') > 10_000 and body.endswith(b"]}}")


def test_no_place_in_the_queue_is_told_in_time(built: Home, tmp_path: Path) -> None:
    """Who waits in the queue for a worker in vain is told so by the long way."""
    import asyncio

    from api.service.begun import Begun
    from api.service.connection import Task
    from api.service.figures import Figures
    from api.service.lanes import SlowLane, SlowOnes
    from api.service.pool import Limits, Pool

    async def run() -> list[str]:
        heard: list[str] = []
        pool = Pool(None, Limits(0, patience=0.01), SlowLane(1, 1, 1), SlowOnes(), Figures(Registry()))  # type: ignore[arg-type]
        done = asyncio.get_running_loop().create_future()
        begun = Begun(pool, Task("a", lambda: 1, 1.0), b"", lambda: done.set_result(None))
        assert pool.queued == 1
        await asyncio.wait_for(done, 5)
        assert begun.whole() is None and begun.take() is None
        heard.append("late" if begun.late else "in time")
        left = Begun(pool, Task("a", lambda: 1, 1.0), b"", lambda: heard.append("heard"))
        left.leave()
        await asyncio.sleep(0.03)
        return heard

    assert asyncio.run(run()) == ["late"]
