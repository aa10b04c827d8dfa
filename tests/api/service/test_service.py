"""The service as clients meet it: limits, lanes, swaps without a gap, and nothing leaked."""

import os
import re
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from pathlib import Path

import httpx2
import pytest

from api.settings import Settings
from graph.generations import Home

CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }"
LIGHT = "ASK { <https://w3id.org/samspel/id/county/05> ?p ?o }"
Serve = Callable[[Settings], AbstractContextManager[str]]
pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="processes are counted in /proc")


@pytest.fixture(scope="module")
def tight(built: Home, serve: Serve) -> Iterator[httpx2.Client]:
    """A client of a server with small limits."""
    settings = Settings(store=built.folder, query_seconds=4, memory_mb=100, max_result_bytes=500_000)
    with serve(settings) as address, httpx2.Client(base_url=address, timeout=30) as client:
        yield client


@pytest.fixture(scope="module")
def patient(built: Home, serve: Serve) -> Iterator[str]:
    """The address of a server that lets a query take its time."""
    with serve(Settings(store=built.folder, query_seconds=600)) as address:
        assert settled(lambda: httpx2.get(f"{address}/ready").status_code == 200, 60)
        yield address


def ask(client: httpx2.Client, query: str, **headers: str) -> httpx2.Response:
    """Ask by POST."""
    return client.post(
        "/sparql", content=query, headers={"Content-Type": "application/sparql-query", **headers}
    )


def children(pid: int) -> set[int]:
    """Return the processes below a process."""
    found: set[int] = set()
    waiting = [pid]
    while waiting:
        for task in Path(f"/proc/{waiting.pop()}/task").glob("*/children"):
            for child in task.read_text().split():
                found.add(int(child))
                waiting.append(int(child))
    return found


def handles_open() -> int:
    """Return how many files and sockets this process has open."""
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def settled(seen: Callable[[], bool], seconds: float = 15) -> bool:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not (holds := seen()) and time.monotonic() < end:
        time.sleep(0.02)
    return holds


def test_time_is_limited_and_the_limit_is_named(tight: httpx2.Client) -> None:
    answer = ask(tight, CROSS)
    assert answer.status_code == 504
    assert "4 seconds" in answer.text and "/dumps/" in answer.text
    assert ask(tight, LIGHT).status_code == 200


def test_memory_is_limited(tight: httpx2.Client) -> None:
    bomb = " ".join(f"BIND(CONCAT({', '.join([f'?x{at}'] * 8)}) AS ?x{at + 1})" for at in range(10))
    answer = ask(tight, f"SELECT (STRLEN(?x10) AS ?n) {{ BIND('{'a' * 16}' AS ?x0) {bomb} }}")
    assert answer.status_code == 413 and "100 MB" in answer.text
    assert ask(tight, LIGHT).status_code == 200


def test_a_result_that_grows_too_large_is_cut_off_visibly(tight: httpx2.Client) -> None:
    with pytest.raises(httpx2.RemoteProtocolError):
        ask(tight, "SELECT * { ?s ?p ?o }", **{"Accept-Encoding": "identity"})
    told = ask(tight, f"SELECT ('{'x' * 200}' AS ?t) {{ ?s ?p ?o }}")  # packed, it is small until then
    assert told.status_code == 413 and "500000 bytes" in told.text
    assert ask(tight, LIGHT).status_code == 200


def test_light_queries_do_not_wait_for_heavy_ones(tight: httpx2.Client) -> None:
    with ThreadPoolExecutor(12) as heavy:
        answers = [heavy.submit(ask, tight, f"{CROSS} # {at}") for at in range(12)]
        light = 0
        while not all(answer.done() for answer in answers):
            assert ask(tight, LIGHT).status_code == 200
            light += 1
    statuses = {answer.result().status_code for answer in answers}
    assert statuses <= {429, 503, 504} and 504 in statuses
    refused = next(answer.result() for answer in answers if answer.result().status_code != 504)
    assert refused.headers["retry-after"] and "Try again" in refused.text
    assert light > 5


def test_a_client_that_leaves_frees_its_worker(patient: str) -> None:
    for _ in range(3):
        assert settled(partial(gone, left_alone(patient)), 60)


def left_alone(address: str) -> set[int]:
    """Ask what takes long and leave while it is worked at; return the processes that work at it."""
    before = used(children(os.getpid()))
    with asked(address, CROSS):
        assert settled(lambda: bool(at_work(before)), 60)
        return at_work(before)


@contextmanager
def asked(address: str, query: str) -> Iterator[None]:
    """Ask, and leave when the block ends."""
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as sock:
        sock.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
            b"Content-Length: %d\r\n\r\n" % len(query.encode()) + query.encode()
        )
        yield


def gone(workers: set[int]) -> bool:
    """Tell whether none of these processes is there any more."""
    return not workers & children(os.getpid())


def used(pids: set[int]) -> dict[int, int]:
    """Return what processes used of the processor so far, in hundredths of a second."""

    def ticks(pid: int) -> int:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return 0
        return int(fields[11]) + int(fields[12])

    return {pid: ticks(pid) for pid in pids}


def at_work(before: dict[int, int]) -> set[int]:
    """Return the processes that used half a second since then: on a busy machine, whenever that is."""
    now = used(children(os.getpid()))
    return {pid for pid, ticks in now.items() if ticks - before.get(pid, 0) >= 50}


def test_a_new_generation_comes_without_a_lost_request(home: Home, serve: Serve) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    with serve(Settings(store=home.folder)) as address, httpx2.Client(base_url=address, timeout=30) as client:
        first = ask(client, count)
        statuses: list[int] = []
        ended = threading.Event()

        def keep_asking() -> None:
            with httpx2.Client(base_url=address, timeout=30) as other:
                while not ended.is_set():
                    statuses.append(ask(other, f"ASK {{ ?s ?p {len(statuses)} }}").status_code)

        asking = threading.Thread(target=keep_asking)
        asking.start()
        try:
            with home.draft() as draft:
                draft.replace("https://w3id.org/samspel/graph/new", ["<urn:a> <urn:b> <urn:c>"])
            assert settled(lambda: ask(client, count).text != first.text)
        finally:
            ended.set()
            asking.join()
        assert set(statuses) == {200} and len(statuses) > 20
        assert ask(client, count).headers["etag"] != first.headers["etag"]


def test_a_long_query_whose_snapshot_ended_while_it_waited_is_answered_by_the_next(
    home: Home, serve: Serve
) -> None:
    some = "{ SELECT * { ?%s ?%s ?%s } LIMIT 2000 }"
    slow = f"SELECT (COUNT(*) AS ?n) {{ {some % tuple('abc')} {some % tuple('def')} }}"
    with (
        serve(Settings(store=home.folder, query_seconds=600)) as address,
        httpx2.Client(base_url=address, timeout=60) as client,
        ThreadPoolExecutor(1) as other,
        ExitStack() as long,
    ):

        def lane(what: str, many: int) -> bool:
            return f"\nsamspel_slow_jobs_{what} {many}\n" in client.get("/metrics").text

        def renew(name: str) -> None:
            with home.draft() as draft:
                draft.replace(f"https://w3id.org/samspel/graph/{name}", [f"<urn:{name}> <urn:b> <urn:c>"])
            assert settled(lambda: '"boolean":true' in ask(client, f"ASK {{ <urn:{name}> ?p ?o }}").text)

        assert ask(client, slow).status_code == 200  # from now on it is known to be slow
        for at in range(2):
            long.enter_context(asked(address, f"{CROSS} # {at}"))
        assert settled(lambda: lane("running", 2))
        renew("one")
        waiting = other.submit(ask, client, slow)
        assert settled(lambda: lane("waiting", 1))
        renew("two")  # nothing runs on the snapshot before, so that it ends
        long.close()
        assert waiting.result().status_code == 200


def test_a_query_that_is_quick_after_all_goes_through_the_fast_lane_again(patient: str) -> None:
    some = "{ SELECT * { ?%s ?%s ?%s } LIMIT NUMBER }"
    query = f"SELECT (COUNT(*) AS ?quick) {{ {some % tuple('abc')} {some % tuple('def')} }}"
    with httpx2.Client(base_url=patient, timeout=60) as client:

        def lane_of(number: int) -> str:
            """Ask for so many; queries that differ in numbers only are one to the lanes."""
            before = ended()
            assert ask(client, query.replace("NUMBER", str(number))).status_code == 200
            return {1: "slow", 0: "fast"}[ended() - before]

        def ended() -> int:
            counted = re.search(
                r'samspel_job_seconds_count\{lane="slow"\} (\d+)', client.get("/metrics").text
            )
            return int(counted[1]) if counted else 0

        assert [lane_of(number) for number in (3000, 2, 3)] == ["slow", "slow", "fast"]


def test_nothing_is_leaked(patient: str) -> None:
    with httpx2.Client(base_url=patient, timeout=30) as client:
        for at in range(50):
            ask(client, f"ASK {{ ?s ?p {at} }}")
        before, handles = children(os.getpid()), handles_open()
        for at in range(300):
            assert ask(client, f"ASK {{ ?s ?p {at} }}").status_code == 200
        assert len(children(os.getpid())) <= len(before) + 2  # so many of the slow lane may be kept
        assert handles_open() <= handles + 2


def test_a_store_that_was_never_built_is_told_of(tmp_path: Path, built: Home, serve: Serve) -> None:
    with serve(Settings(store=tmp_path / "none")) as address:
        assert httpx2.get(f"{address}/health").status_code == 200
        answer = httpx2.get(f"{address}/sparql", params={"query": LIGHT})
        assert answer.status_code == 503 and "samspel build" in answer.text
        place = shutil.copytree(built.folder, tmp_path / "new")
        place.rename(tmp_path / "none")
        assert settled(
            lambda: httpx2.get(f"{address}/sparql", params={"query": LIGHT}).status_code == 200, 30
        )


def test_pages_that_many_ask_for_at_once_are_no_long_jobs(address: str) -> None:
    def ask(number: int) -> int:
        page = f"{address}/page/county/05?n={number}"
        return httpx2.get(page, headers={"Accept": "text/html"}, timeout=30).status_code

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(ask, range(80))) == {200}
