"""The contestants that answer SPARQL over HTTP: how each takes the data, how it is started and ended."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from benchmarks.peers.engines import HERE, environment, made
from benchmarks.processes import free_port
from benchmarks.service_data import graph
from graph.generations import Home

NEEDS = "endpoints.txt"
US, FRONTS, DISK = "samspel", "samspel, 2 fronts", "oxigraph, disk"
_PATIENCE = 300.0  # seconds until a server answers
_END = 20.0  # seconds that it may take to end
_DOORS = 16  # connections of which each of two processes gets some
Words = Sequence[str]
_ENVIRONMENT = {**os.environ, "PYTHONPATH": str(HERE.parents[1])}  # what is measured is this checkout


@dataclass(frozen=True)
class Endpoint:
    """A contestant: `load` puts the data into a folder, `start` gives the command that serves them."""

    name: str
    start: Callable[[Path, Path, int], Words]  # file, folder, port
    load: Callable[[Path, Path], None] | None = None
    path: str = "/sparql"
    sent: bool = False  # the data are sent to it when it runs
    share: float = 1.0  # of the data, when it cannot hold them all in a bearable time
    foreign: bool = False  # it needs the peers' environment


@dataclass(frozen=True)
class Running:
    """A contestant that runs."""

    endpoint: Endpoint
    pid: int
    port: int
    place: Path

    @property
    def name(self) -> str:
        """What it is called in tables."""
        return self.endpoint.name


@contextmanager
def running(endpoint: Endpoint, file: Path, work: Path) -> Iterator[Running]:
    """Load the data, start a contestant, wait until it answers, and end it."""
    place, port = work / endpoint.name.replace(", ", "-"), free_port()
    if endpoint.load is not None:
        endpoint.load(file, place)
    command = endpoint.start(file, place, port)
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, env=_ENVIRONMENT)  # noqa: S603
    try:
        _wait(process, port)
        for _ in range(_DOORS):
            _asked(port)
        if endpoint.sent:
            _send(port, file)
        yield Running(endpoint, process.pid, port, place)
    finally:
        process.terminate()
        try:
            process.wait(_END)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if place.exists():
            shutil.rmtree(place)


def installed() -> tuple[Endpoint, ...]:
    """Return the contestants that can run without anything being installed first."""
    return tuple(each for each in ENDPOINTS if not each.foreign or made(NEEDS))


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), 1):
                return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(f"{process.args!r} did not answer: exit {process.poll()}")


def _asked(port: int) -> None:
    """Await an answer, whichever: where several listen on a port, it comes when that one has begun."""
    connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    connection.request("GET", "/")
    connection.getresponse().read()
    connection.close()


def _send(port: int, file: Path) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    with file.open("rb") as body:
        head = {"Content-Type": "application/n-triples", "Content-Length": str(file.stat().st_size)}
        connection.request("POST", "/store?default", body, head)
        answer = connection.getresponse()
        said = answer.read()
    if answer.status >= 300:
        raise OSError(f"the data were not taken: {answer.status} {said!r}")
    connection.close()


def _into_ours(file: Path, place: Path) -> None:
    with Home(place).draft() as draft:
        draft.replace_file(graph(), file, file.name)


def _into_oxigraph(file: Path, place: Path) -> None:
    command = [_oxigraph(), "load", "--location", str(place), "--file", str(file)]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603


def _oxigraph() -> str:
    return str(Path(environment(NEEDS)).with_name("oxigraph"))


def _ours(file: Path, place: Path, port: int) -> Words:
    return sys.executable, str(HERE.parent / "our_service.py"), str(place), str(port)


def _two_fronts(file: Path, place: Path, port: int) -> Words:
    command = ("serve", "--fronts", "2", "--port", str(port), "--store", str(place))
    return sys.executable, "-c", "from api.cli import main; main()", *command, "--log", "none"


def _on_disk(file: Path, place: Path, port: int) -> Words:
    return _oxigraph(), "serve", "--location", str(place), "--bind", f"127.0.0.1:{port}"


def _in_memory(file: Path, place: Path, port: int) -> Words:
    return _oxigraph(), "serve", "--bind", f"127.0.0.1:{port}"


def _rdflib(file: Path, place: Path, port: int) -> Words:
    return environment(NEEDS), str(HERE / "rdflib_served.py"), str(file), str(port)


def _threads(file: Path, place: Path, port: int) -> Words:
    return sys.executable, str(HERE / "fastapi_threads.py"), str(file), str(port)


ENDPOINTS = (
    Endpoint(US, _ours, _into_ours),
    Endpoint(DISK, _on_disk, _into_oxigraph, path="/query", foreign=True),
    Endpoint("oxigraph, memory", _in_memory, path="/query", sent=True, foreign=True),
    Endpoint("FastAPI, threads", _threads),
    Endpoint("rdflib-endpoint", _rdflib, share=0.1, foreign=True),
    Endpoint(FRONTS, _two_fronts, _into_ours),
)
