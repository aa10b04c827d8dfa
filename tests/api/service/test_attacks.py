"""What is made to bring a service down does not: each attack is answered or refused, light queries go on."""

import importlib.util
import os
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path
from typing import cast

import httpx2
import pytest

from api.settings import Settings
from benchmarks.attacks import attacks
from graph.generations import Home

LIGHT = "SELECT ?p ?o { <https://w3id.org/samspel/id/county/05> ?p ?o } #"
BY_DESIGN = {200, 400, 403, 413, 429, 503, 504}
ATTACKERS = 24
pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="the service is Linux's in part")


@pytest.fixture(scope="module")
def canary() -> Iterator[tuple[str, list[str]]]:
    """The address of a listener that nobody should call, and who called."""
    callers: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        ended = threading.Event()

        def listen() -> None:
            while not ended.is_set():
                try:
                    caller, address = listener.accept()
                except TimeoutError:
                    continue
                callers.append(str(address))
                caller.close()

        thread = threading.Thread(target=listen)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/sparql", callers
        ended.set()
        thread.join()


@pytest.fixture(scope="module")
def attacked(built: Home, serve: Callable[[Settings], AbstractContextManager[str]]) -> Iterator[str]:
    """The address of a server that cuts long queries off soon."""
    with serve(Settings(store=built.folder, query_seconds=2, memory_mb=400)) as address:
        yield address


def send(address: str, query: str) -> int:
    """Send a query; return the status, 0 when the answer was cut off."""
    try:
        return httpx2.post(
            f"{address}/sparql",
            content=query.encode(),
            headers={"Content-Type": "application/sparql-query"},
            timeout=60,
        ).status_code
    except httpx2.RemoteProtocolError:
        return 0


def stand(address: str, queries: list[str]) -> tuple[list[int], int]:
    """Send all queries by many attackers at once; return the statuses and how many light ones passed."""
    light = 0
    with ThreadPoolExecutor(ATTACKERS) as pool, httpx2.Client(base_url=address, timeout=30) as client:
        running = [pool.submit(send, address, query) for query in queries]
        while not all(each.done() for each in running):
            assert client.get("/sparql", params={"query": f"{LIGHT}{light}"}).status_code == 200
            light += 1
            assert client.get("/health").status_code == 200
    return [each.result() for each in running], light


def test_our_attacks_are_withstood(attacked: str, canary: tuple[str, list[str]]) -> None:
    address, callers = canary
    queries = list(attacks(address).values())
    assert len(queries) >= 15
    statuses, light = stand(attacked, queries)
    assert set(statuses) <= BY_DESIGN | {0}
    assert light > 20
    assert callers == []


@pytest.mark.shared_data
def test_the_shared_attacks_are_withstood(attacked: str, shared: Path) -> None:
    spec = importlib.util.spec_from_file_location("attacks", shared / "prototypes" / "attacks.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    queries = list(cast("dict[str, str]", module.A).values())
    assert len(queries) >= 25
    statuses, _ = stand(attacked, queries)
    assert set(statuses) <= BY_DESIGN | {0}


@pytest.mark.parametrize("name", sorted(attacks("http://127.0.0.1:9/")))
def test_what_asks_another_machine_is_refused(attacked: str, name: str) -> None:
    if name.startswith(("service", "load")):
        assert send(attacked, attacks("http://127.0.0.1:9/")[name]) in (400, 403)


def test_the_front_is_the_same_process_afterwards(attacked: str) -> None:
    assert httpx2.get(f"{attacked}/health").json() == {"alive": True}
    assert Path(f"/proc/{os.getpid()}").exists()
    assert send(attacked, LIGHT) == 200
