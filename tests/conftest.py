"""What tests share: a store built once from the bundled sources, servers over it, and the shared data."""

import fcntl
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest
from hypothesis import settings

from api.build import build
from benchmarks.peers import virtuoso as engine
from benchmarks.processes import free_port
from graph.delivery import Delivery
from graph.endpoint import Endpoint
from graph.generations import Home
from graph.iris import Iris
from graph.push import Plan, push
from graph.remote import Remote
from graph.store import Store

ROOT = Path(__file__).parent.parent
settings.register_profile("samspel", deadline=None, derandomize=True)  # no clock and no dice in a test
settings.load_profile("samspel")
_START = 60.0  # seconds
ROWS = 30_000  # more than the merge has
LONG = tuple(  # files that come late by name; of several processes none is left alone with one of them
    ROOT / "tests" / name
    for name in (
        "test_notebooks.py",
        "queries/columnar/test_on_spark.py",
        "test_wheel.py",
        "ontology/test_reasoner.py",
        "queries/test_measure.py",
    )
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take long and would come last; the others stay in their order."""
    items.sort(key=lambda item: LONG.index(item.path) if item.path in LONG else len(LONG))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The bundled sources, built once for all tests; nobody writes to it.

    Of several processes that test, the first builds it and each has a copy of its own.
    """
    folder = tmp_path_factory.mktemp("built") / "store"
    if "PYTEST_XDIST_WORKER" not in os.environ:
        build(Home(folder), Iris())
        return Home(folder)
    first = Home(tmp_path_factory.getbasetemp().parent / "built")
    with first.folder.with_suffix(".lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        if first.current() is None:
            build(first, Iris())
    return Home(Path(shutil.copytree(first.folder, folder)))


@pytest.fixture(scope="session")
def store(built: Home) -> Store:
    """The built store, in memory."""
    return built.open().in_memory()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared data beside the repository; tests that need it skip where it is absent."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip(f"{folder} is not here: this test needs the shared data, which are not committed")
    return folder


@pytest.fixture(scope="session")
def oxigraph(built: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """A real `oxigraph serve` in memory, to which the built store was sent."""
    with _oxigraph(tmp_path_factory.mktemp("oxigraph")) as there:
        _send(built, there, tmp_path_factory.mktemp("sending"))
        yield there


@pytest.fixture(scope="session")
def empty_oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """A real `oxigraph serve` in memory, to write to; each test begins with an update that clears it."""
    with _oxigraph(tmp_path_factory.mktemp("empty_oxigraph")) as there:
        yield there


@contextmanager
def _oxigraph(folder: Path) -> Iterator[Endpoint]:
    binary = Path(sys.executable).with_name("oxigraph")
    if not binary.exists():
        pytest.skip("oxigraph is not installed: pip install oxigraph")
    port = free_port()
    command = [str(binary), "serve", "--bind", f"127.0.0.1:{port}"]
    with _running(command, folder, f"http://127.0.0.1:{port}/query") as url:
        yield Endpoint(url, seconds=60)


@pytest.fixture(scope="session")
def virtuoso(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """A real Virtuoso, bulk-loaded: each named graph, the merge as one of its own; pushes go beside them."""
    if not engine.installed():
        pytest.skip("Virtuoso is not installed: sh scripts/virtuoso.sh")
    sql, http, folder = free_port(), free_port(), tmp_path_factory.mktemp("virtuoso")
    command = engine.command(folder, sql, http, ROWS)
    with _running(command, folder, f"http://127.0.0.1:{http}/sparql") as url:
        there = Endpoint(url, engine.MERGE, user=("dba", "dba"), seconds=60)
        engine.fill(store, folder, sql)
        yield there


def _send(home: Home, there: Endpoint, work: Path) -> None:
    """Send a store to an endpoint that is empty, as `samspel build --store URL` does."""
    manifest, remote, delivery = home.manifest(), Remote(there), Delivery(there)
    counts = {graph: entry.count for graph, entry in manifest.graphs.items()}
    push(remote, delivery, Plan(home.open(), None, tuple(counts), (), counts, manifest.merged), work)
    delivery.close()
    remote.close()


@contextmanager
def _running(command: Sequence[str], folder: Path, url: str) -> Iterator[str]:
    """Run a server until the block ends, which begins once it answers."""
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    try:
        _wait(process, url)
        yield url
    finally:
        process.kill()
        process.wait(10)


def _wait(process: "subprocess.Popen[bytes]", url: str) -> None:
    end = time.monotonic() + _START
    while time.monotonic() < end:
        assert process.poll() is None, f"{process.args!r} ended with {process.returncode}"
        try:
            httpx2.get(url, params={"query": "ASK {}"}, timeout=2, trust_env=False).raise_for_status()
        except httpx2.TransportError:
            time.sleep(0.05)  # nothing tells when a door opens but knocking at it
            continue
        return
    raise AssertionError(f"{url} did not answer within {_START:g} seconds")
