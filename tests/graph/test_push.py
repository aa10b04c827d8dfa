"""What changed reaches a real engine whole, whatever breaks on the way; what is there comes back whole."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from graph.addresses import doors
from graph.asked import Asked
from graph.delivery import Delivery
from graph.endpoint import Endpoint
from graph.errors import StoreBusy, StoreError, StoreMissing
from graph.leftovers import writing
from graph.mirror import Mirror
from graph.remote import STAGING, Remote

SPACE = "https://push.example/graph/"
A, B, C = SPACE + "a", SPACE + "b", SPACE + "c"
ROOT = Path(__file__).parent.parent.parent
SHARED = '<http://x.org/shared> <http://x.org/p> "åäö \\"quoted\\" \\\\ €"@sv'
DOCUMENTS = "SELECT ?s WHERE { ?s <http://x.org/version> ?o }"


def version(store: Asked) -> str:
    return " ".join(sorted(str(cell) for row in store.rows(DOCUMENTS).rows for cell in row))


def facts(name: str, count: int) -> list[str]:
    return [f'<http://x.org/{name}/{n}> <http://x.org/p> "{n} {name}"' for n in range(count)]


def put(mirror: Mirror, **graphs: list[str]) -> None:
    """Make a generation of the working copy in which these graphs are as given; an empty one goes."""
    with mirror.home.draft() as draft:
        for name, lines in graphs.items():
            if lines:
                draft.replace(SPACE + name, lines)
            else:
                draft.store.drop(SPACE + name)
                draft.edited([SPACE + name])


@pytest.fixture(params=["oxigraph", "oxigraph by updates alone", "virtuoso"])
def there(request: pytest.FixtureRequest) -> Endpoint:
    """An engine that takes changes, and holds none of the graphs of these tests."""
    name = "virtuoso" if request.param == "virtuoso" else "empty_oxigraph"
    found: Endpoint = request.getfixturevalue(name)
    if name == "virtuoso":
        return replace(found, default_graph=SPACE + "merge", chunk=70)
    clear(found)
    return replace(found, chunk=70, store="none" if "alone" in request.param else "")


@pytest.fixture
def engine(empty_oxigraph: Endpoint) -> Endpoint:
    """An Oxigraph that holds nothing."""
    clear(empty_oxigraph)
    return replace(empty_oxigraph, chunk=70, pause=0.0)


def clear(endpoint: Endpoint) -> None:
    delivery = Delivery(endpoint)
    delivery.update(["CLEAR ALL"])
    delivery.close()


def held(endpoint: Endpoint) -> dict[str, list[str]]:
    """Return all that an endpoint holds: each graph's triples, and under no name those of the merge."""
    remote = Remote(replace(endpoint, chunk=10_000))
    found = {graph: remote.lines(graph) for graph in remote.graphs()} | {"": remote.lines()}
    assert not remote.staged()
    remote.close()
    return found


def same(mirror: Mirror, endpoint: Endpoint) -> bool:
    store = mirror.home.open()
    return held(endpoint) == {graph: store.lines(graph) for graph in store.graphs()} | {"": store.lines()}


def test_graphs_come_change_and_go_and_come_back_to_a_lost_copy(there: Endpoint, tmp_path: Path) -> None:
    mirror = Mirror(tmp_path, there, version)
    with pytest.raises(StoreMissing, match="it holds nothing yet"):
        mirror.look()
    assert mirror.begin() == []
    put(mirror, a=[*facts("a", 200), SHARED], b=[*facts("b", 3), SHARED])
    assert set(mirror.send().graphs) == {A, B}
    assert same(mirror, there)
    assert mirror.begin() == []
    put(mirror, a=facts("a", 190), c=facts("c", 75))
    sent = mirror.send()
    assert (sent.graphs, sent.gone, sent.merge_new, sent.merge_gone) == ((A, C), (), 75, 10)
    assert same(mirror, there)  # what b says too is still in the merge
    put(mirror, b=[])
    assert mirror.send().gone == (B,)
    assert same(mirror, there)
    assert mirror.verify() == []
    assert mirror.begin() == []
    assert mirror.send().graphs == ()
    shutil.rmtree(mirror.folder)  # the copy is lost; it is read again, in slices
    assert mirror.begin() == [f"Pulled 265 triples into {mirror.home.folder}."]
    assert same(mirror, there)
    assert mirror.send().graphs == ()
    put(mirror, a=[], c=[])
    mirror.send()


def test_what_others_write_is_pulled_and_what_was_lost_there_is_sent_again(
    engine: Endpoint, tmp_path: Path
) -> None:
    ours, theirs = Mirror(tmp_path / "ours", engine, version), Mirror(tmp_path / "theirs", engine, version)
    ours.begin()
    put(ours, a=facts("a", 5))
    ours.send()
    theirs.begin()
    put(theirs, b=facts("b", 4))
    theirs.send()
    assert ours.begin() == [f"Pulled 9 triples into {ours.home.folder}."]
    assert same(ours, engine)
    remote, delivery = Remote(engine), Delivery(engine)
    delivery.update([f"DELETE WHERE {{ GRAPH <{A}> {{ <http://x.org/a/1> ?p ?o }} }}"])
    delivery.update([f'INSERT DATA {{ GRAPH <{A}> {{ <x:y> <x:z> "other" }} }}'])
    (found,) = ours.verify()  # the counts are as they were
    assert found.startswith(f"{A}: 5 triples there hash to ")
    clear(engine)
    assert ours.begin() == ["The endpoint is empty: all that the working copy holds goes there."]
    assert set(ours.send().graphs) == {A, B}
    assert same(ours, engine)
    remote.close()
    delivery.close()


def test_blank_nodes_are_one_in_their_graph_and_in_the_merge(engine: Endpoint, tmp_path: Path) -> None:
    mirror = Mirror(tmp_path, engine, version)
    mirror.begin()
    knot = ["<http://x.org/s> <http://x.org/p> _:k", '_:k <http://x.org/q> "end"']
    for more in (60, 90):
        put(mirror, a=[*knot, *facts("a", more)], b=facts("b", 2))
        mirror.send()
        remote = Remote(engine)
        assert remote.counts() == {A: more + 2, B: 2}
        assert remote.merged() == more + 4
        assert remote.ask(
            f'ASK {{ ?s <http://x.org/p> ?k . ?k ?q "end" GRAPH <{A}> {{ ?s <http://x.org/p> ?k }} }}'
        )
        remote.close()
        assert mirror.verify() == []
    shutil.rmtree(mirror.folder)
    mirror.begin()
    assert mirror.home.manifest().graphs[A].count == 92


# What may befall a request on its way to the engine: what the server in between does with it.
Fault = Callable[[socket.socket, bytes, Callable[[bytes], bytes]], None]


def well(door: socket.socket, request: bytes, engine: Callable[[bytes], bytes]) -> None:
    door.sendall(engine(request))


def busy(door: socket.socket, request: bytes, engine: Callable[[bytes], bytes]) -> None:
    door.sendall(b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 4\r\n\r\nbusy")


def garbage(door: socket.socket, request: bytes, engine: Callable[[bytes], bytes]) -> None:
    door.sendall(b"\x00\xff nothing that is HTTP\r\n\r\n")


def break_off(door: socket.socket, request: bytes, engine: Callable[[bytes], bytes]) -> None:
    """Hang up; the engine never hears of it."""


def lose_the_answer(door: socket.socket, request: bytes, engine: Callable[[bytes], bytes]) -> None:
    engine(request)


def stall(door: socket.socket, request: bytes, engine: Callable[[bytes], bytes]) -> None:
    door.recv(1)  # until the other side hangs up


@contextmanager
def between(engine: Endpoint, faults: Callable[[bytes, int], Fault]) -> Iterator[Endpoint]:
    """Serve the engine through a server that may misbehave with each request, the n-th to its address."""
    port = int(engine.url.split(":")[2].split("/")[0])
    seen: dict[bytes, int] = {}

    def heard(door: socket.socket) -> bytes:
        data = b""
        while b"\r\n\r\n" not in data:
            data += door.recv(65536) or b"\r\n\r\n"
        head, _, body = data.partition(b"\r\n\r\n")
        lines = [each for each in head.split(b"\r\n") if not each.lower().startswith(b"connection:")]
        length = next((int(x[15:]) for x in lines if x.lower().startswith(b"content-length:")), 0)
        while len(body) < length:
            body += door.recv(65536)
        return b"\r\n".join((*lines, b"Connection: close")) + b"\r\n\r\n" + body

    def ask(request: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", port)) as inner:
            inner.sendall(request)
            return b"".join(iter(lambda: inner.recv(65536), b""))

    def serve(listener: socket.socket) -> None:
        while True:
            try:
                door, _ = listener.accept()
            except OSError:
                return
            with door:
                try:
                    request = heard(door)
                    path = request.split(b" ", 2)[1].partition(b"?")[0]
                    seen[path] = seen.get(path, 0) + 1
                    faults(path, seen[path])(door, request, ask)
                except OSError:
                    continue

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, args=(listener,))
        thread.start()
        try:
            yield replace(engine, url=f"http://127.0.0.1:{listener.getsockname()[1]}/query", seconds=0.5)
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join(5)


def ready(folder: Path, endpoint: Endpoint) -> Mirror:
    """Return a working copy whose endpoint holds its first generation, not its second."""
    mirror = Mirror(folder, endpoint, version)
    mirror.begin()
    put(mirror, a=facts("a", 100), b=facts("b", 9))
    mirror.send()
    put(mirror, a=facts("a", 80), c=facts("c", 75))
    return mirror


def moved(mirror: Mirror, endpoint: Endpoint) -> Mirror:
    """Return the same working copy for another address of the same engine."""
    other = Mirror(mirror.folder.parent, endpoint, version)
    mirror.folder.rename(other.folder)
    return other


OVERCOME: dict[str, Callable[[bytes, int], Fault]] = {
    "busy twice, then well": lambda path, n: busy if n <= 2 else well,
    "garbage for the first chunk": lambda path, n: garbage if (path, n) == (b"/store", 1) else well,
    "the answer to a chunk is lost": lambda path, n: lose_the_answer if (path, n) == (b"/store", 2) else well,
    "the last step finds it busy": lambda path, n: busy if (path, n) == (b"/update", 1) else well,
    "its answer is lost": lambda path, n: lose_the_answer if path == b"/update" else well,
}


@pytest.mark.parametrize("faults", OVERCOME.values(), ids=OVERCOME)
def test_what_fails_for_a_while_is_overcome(
    engine: Endpoint, tmp_path: Path, faults: Callable[[bytes, int], Fault]
) -> None:
    mirror = ready(tmp_path, engine)
    with between(engine, faults) as there:
        mirror = moved(mirror, there)
        assert set(mirror.send().graphs) == {A, C}
    assert same(mirror, engine)


BROKEN: dict[str, tuple[Callable[[bytes, int], Fault], str]] = {
    "chunks stall": (
        lambda path, n: stall if path == b"/store" and n > 1 else well,
        "no whole answer came within 0.5",
    ),
    "always busy": (lambda path, n: busy if path == b"/store" and n > 1 else well, "Tried 2 times"),
    "the last step breaks off": (
        lambda path, n: break_off if path == b"/update" else well,
        "the answer broke off",
    ),
}


@pytest.mark.parametrize(("faults", "sentence"), BROKEN.values(), ids=BROKEN)
def test_what_fails_for_good_leaves_all_as_it_was_until_the_next_start(
    engine: Endpoint, tmp_path: Path, faults: Callable[[bytes, int], Fault], sentence: str
) -> None:
    mirror = ready(tmp_path, engine)
    before = Remote(engine).counts()
    with between(replace(engine, tries=2), faults) as there:
        mirror = moved(mirror, there)
        with pytest.raises(StoreError, match=sentence) as caught:
            mirror.send()
    assert "the next build or load ends the push: samspel build --store http://127.0.0.1:" in str(
        caught.value
    )
    mirror = moved(mirror, engine)
    assert Remote(engine).counts() == before
    assert Remote(engine).staged()
    with pytest.raises(StoreError, match="a push to it was cut off"):
        mirror.look()
    swept, ended = mirror.begin()
    assert swept.startswith("Dropped ") and swept.endswith("staging graphs that an earlier push left.")
    assert ended == "Ended a push that was cut off: 2 graphs, 155 triples."
    assert same(mirror, engine)


def test_a_cut_push_does_not_undo_what_others_wrote_since(engine: Endpoint, tmp_path: Path) -> None:
    mirror = ready(tmp_path, engine)
    delivery = Delivery(engine)
    delivery.update([f"INSERT DATA {{ GRAPH <{B}> {{ <x:y> <x:z> 1 }} }}"])
    delivery.close()
    assert mirror.begin() == [
        "An earlier push was cut off, and others wrote there since: what is there was pulled."
    ]
    assert mirror.home.manifest().graphs[B].count == 10


PUSHING = """
import sys
from pathlib import Path
from graph.endpoint import Endpoint
from graph.mirror import Mirror
Mirror(Path(sys.argv[1]), Endpoint(sys.argv[2], chunk=70), lambda store: "").send()
"""


@pytest.mark.parametrize("moment", ["chunk", "last step, unheard", "last step, done"])
def test_a_kill_leaves_old_graphs_or_new_ones(engine: Endpoint, tmp_path: Path, moment: str) -> None:
    mirror = ready(tmp_path, engine)
    old, running = Remote(engine).counts(), list[subprocess.Popen[bytes]]()

    def kill(door: socket.socket, request: bytes, engine: Callable[[bytes], bytes]) -> None:
        if moment == "last step, done":
            engine(request)
        os.kill(running[0].pid, signal.SIGKILL)

    def faults(path: bytes, number: int) -> Fault:
        return kill if (path, number) == ((b"/store", 2) if moment == "chunk" else (b"/update", 1)) else well

    with between(engine, faults) as there:
        mirror = moved(mirror, there)
        command = [sys.executable, "-c", PUSHING, str(tmp_path), there.url]
        running.append(subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)}))
        assert running[0].wait(60) == -signal.SIGKILL
    mirror = moved(mirror, engine)
    new = {A: 80, B: 9, C: 75}
    assert Remote(engine).counts() == (new if moment == "last step, done" else old)
    mirror.begin()
    assert same(mirror, engine)


def test_a_second_writer_is_told_who_writes(engine: Endpoint, tmp_path: Path) -> None:
    mirror = Mirror(tmp_path, engine, version)
    with writing(mirror.folder), pytest.raises(StoreBusy, match=f"process {os.getpid()} is writing"):
        mirror.begin()


GUESSED = {
    "http://h:7878/query": ("http://h:7878/update", "http://h:7878/store"),
    "http://h:8890/sparql": ("http://h:8890/sparql-auth", "http://h:8890/sparql-graph-crud-auth"),
    "http://h:3030/ds/query": ("http://h:3030/ds/update", "http://h:3030/ds/data"),
    "http://h:3030/ds/sparql": ("http://h:3030/ds/update", "http://h:3030/ds/data"),
    "http://h:7200/repositories/r": (
        "http://h:7200/repositories/r/statements",
        "http://h:7200/repositories/r/rdf-graphs/service",
    ),
}


@pytest.mark.parametrize(("url", "expected"), GUESSED.items())
def test_where_changes_go_is_told_by_the_address(url: str, expected: tuple[str, str]) -> None:
    update, store = doors(Endpoint(url))
    assert store is not None
    assert (update.url, store.url) == expected
    assert doors(Endpoint(url, update="http://u/", store="none")) == (
        Endpoint("http://u/", update="http://u/", store="none"),
        None,
    )


def test_an_address_that_tells_nothing_is_refused() -> None:
    with pytest.raises(StoreError, match=r"Set SAMSPEL_STORE_UPDATE, and SAMSPEL_STORE_GRAPHS \(none: "):
        doors(Endpoint("https://h.org/api/ask/here"))


def test_virtuoso_is_told_who_we_are_by_digest_alone(virtuoso: Endpoint) -> None:
    delivery = Delivery(replace(virtuoso, user=("dba", "wrong")))
    with pytest.raises(StoreError, match="it lets us not in"):
        delivery.update([f"DROP SILENT GRAPH <{STAGING}x>"])
    delivery.close()
    asked = Remote(replace(virtuoso, url=f"{virtuoso.url}-auth"))
    assert asked.ask("ASK {}")
    asked.close()
