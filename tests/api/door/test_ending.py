"""SIGTERM: a real process ends in time, whatever its clients do, and answers what runs."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

ROOT = Path(__file__).parent.parent.parent.parent
SERVER = """
import asyncio, socket, sys
from pathlib import Path
from api.door import ending
from api.door.around import around, config
from api.door.log import Log
from api.door.metrics import Registry
from api.settings import Settings

ending.GRACE = 1
async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        for kind in ("startup", "shutdown"):
            await receive()
            await send({"type": f"lifespan.{kind}.complete"})
        return
    if scope["path"] == "/stuck":
        await asyncio.sleep(100)
    if scope["path"] == "/runs":
        print("runs", flush=True)
        await asyncio.sleep(0.5)
    body = b"x" * (30_000_000 if scope["path"] == "/long" else 5)
    if scope["method"] == "POST":
        await receive(), await receive()
    head = [(b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": 200, "headers": head})
    await send({"type": "http.response.body", "body": body})

settings = Settings(store=Path("/nowhere"))
made = config(around(app, settings, Registry(), Log(False)), settings)
made.timeout_graceful_shutdown = 2
with socket.create_server(("127.0.0.1", 0)) as door:
    print(door.getsockname()[1], flush=True)
    ending.Server(made).run(sockets=[door])
print("ended", flush=True)
"""


@pytest.fixture
def process() -> Iterator[subprocess.Popen[str]]:
    """A server in a process of its own."""
    started = subprocess.Popen(
        [sys.executable, "-c", SERVER],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    with started:
        yield started
        started.kill()


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def _connect(port: int, said: bytes, answered: bool = False) -> socket.socket:
    wire = socket.create_connection(("127.0.0.1", port), timeout=10)
    wire.sendall(said)
    if answered:
        assert b"200 OK" in wire.recv(65536)
    return wire


def test_what_runs_is_answered_and_nothing_else_holds_the_end_up(process: subprocess.Popen[str]) -> None:
    port = int(_line(process))
    get = b"GET /%s HTTP/1.1\r\nhost: x\r\n\r\n"
    wires = [
        _connect(port, get % b"", answered=True),  # kept alive
        _connect(port, b"GET / HTTP/1.1\r\nx: "),  # half a head
        _connect(port, b"POST /sparql HTTP/1.1\r\ncontent-length: 9\r\n\r\nx"),  # half a body
        _connect(port, get % b"long"),  # reads nothing
        _connect(port, get % b"stuck"),
        _connect(port, get % b"runs"),
    ]
    assert _line(process) == "runs"
    begun = monotonic()
    process.send_signal(signal.SIGTERM)
    runs = b""
    while piece := wires[-1].recv(65536):
        runs += piece
    assert b"200 OK" in runs and runs.endswith(b"xxxxx")
    assert (_line(process), process.wait(10)) == ("ended", 0)
    assert monotonic() - begun < 6
    for wire in wires:
        wire.close()
