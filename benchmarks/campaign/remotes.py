"""Remote stores that stall, break off or answer garbage: each is told in a sentence, and its end as well."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random

from benchmarks.campaign.cases import Case, Seen
from benchmarks.campaign.lab import Lab
from benchmarks.campaign.served import serving
from benchmarks.processes import free_port

_TOLD, _RED = (
    "exit 3 and a sentence",
    "pages 503 with the reason, /ready red, /health green; green again after",
)
_NO_ENGINE = "not run: oxigraph is not installed"
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\nContent-Length: 5000\r\n\r\n"
_ROWS = b'{"head": {"vars": ["s"]}, "results": {"bindings": ['
_SECONDS = "2"  # that an endpoint has for an answer


def cases() -> Iterator[Case]:
    """Yield each way in which an endpoint fails, for a command; and a stall and an end, for a server."""
    for name, talk in _TALKS.items():
        yield Case(f"remote store {name}: query", (_TOLD,), _asked(talk), 3)
    yield Case("remote store stalls: serve", (_RED, _NO_ENGINE), _served(signal.SIGSTOP), 2)
    yield Case("remote store ends: serve", (_RED, _NO_ENGINE), _served(signal.SIGKILL), 2)


def _stall(door: socket.socket, _: Random) -> None:
    time.sleep(4)


def _drip(door: socket.socket, _: Random) -> None:
    door.sendall(_HEAD)
    for _each in range(60):
        door.sendall(b" ")
        time.sleep(0.1)


def _break(door: socket.socket, chance: Random) -> None:
    door.sendall((_HEAD + _ROWS)[: chance.randrange(20, len(_HEAD + _ROWS))])


def _garbage(door: socket.socket, chance: Random) -> None:
    door.sendall(chance.randbytes(500))


def _no_results(door: socket.socket, chance: Random) -> None:
    body = chance.choice((b"<html>Welcome</html>", chance.randbytes(200), b"[]", b"{}", _ROWS))
    door.sendall(_HEAD.replace(b"5000", str(len(body)).encode()) + body)


def _trouble(door: socket.socket, chance: Random) -> None:
    status = chance.choice((b"500 Internal Server Error", b"503 Busy", b"401 No", b"404 None", b"302 There"))
    door.sendall(b"HTTP/1.1 " + status + b"\r\nContent-Length: 0\r\n\r\n")


def _closes(door: socket.socket, _: Random) -> None:
    """Close without a word."""


_TALKS: dict[str, Callable[[socket.socket, Random], None]] = {
    "stalls": _stall,
    "drips": _drip,
    "breaks off": _break,
    "closes at once": _closes,
    "answers garbage": _garbage,
    "answers other things": _no_results,
    "refuses": _trouble,
}


def _asked(talk: Callable[[socket.socket, Random], None]) -> Callable[[Lab, Random], Seen]:
    def run(lab: Lab, chance: Random) -> Seen:
        with _endpoint(talk, chance) as address:
            begun = time.monotonic()
            ended = lab.run("query", "cq03", "--store", address, SAMSPEL_STORE_SECONDS=_SECONDS)
            took = time.monotonic() - begun
        if ended.code != 3 or "Traceback" in ended.said or not ended.sentence.startswith("samspel: "):
            return Seen(f"ended with {ended.code}", ended.said[-500:])
        return Seen(_TOLD if took < 30 else f"only after {took:.0f} s", ended.sentence)

    return run


@contextmanager
def _endpoint(talk: Callable[[socket.socket, Random], None], chance: Random) -> Iterator[str]:
    """Answer each request in the same bad way."""
    end = threading.Event()

    def answer(door: socket.socket) -> None:
        with door, suppress(OSError):
            door.recv(65_536)
            talk(door, chance)
            door.shutdown(socket.SHUT_WR)
            while door.recv(65_536):  # what is unread at the end would reset the connection
                pass

    def accept() -> None:
        while not end.is_set():
            with suppress(TimeoutError):
                door, _ = listener.accept()
                threading.Thread(target=answer, args=(door,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.1)
        thread = threading.Thread(target=accept)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/query"
        finally:
            end.set()
            thread.join()


def _served(number: int) -> Callable[[Lab, Random], Seen]:
    """Serve over a real engine that stops, or ends, and comes again."""

    def run(lab: Lab, _: Random) -> Seen:
        binary = Path(sys.executable).with_name("oxigraph")
        if not binary.exists():
            return Seen(_NO_ENGINE)
        (data,) = lab.built.glob("generations/*/data")
        port = free_port()
        command = [str(binary), "serve-read-only", "--location", str(data), "--bind", f"127.0.0.1:{port}"]
        engine = _engine(command)
        try:
            _wait(port)
            short = {"SAMSPEL_STORE_SECONDS": _SECONDS, "SAMSPEL_REFRESH_SECONDS": "1"}
            with serving(lab, f"http://127.0.0.1:{port}/query", **short) as server:
                os.kill(engine.pid, number)
                if number == signal.SIGKILL:
                    engine.wait()
                red, page = server.get("/ready"), server.get("/queries/cq03")
                alive = server.get("/health").status
                if number == signal.SIGKILL:
                    engine = _engine(command)
                else:
                    os.kill(engine.pid, signal.SIGCONT)
                _wait(port)
                end = time.monotonic() + 15
                while server.get("/ready").status != 200 and time.monotonic() < end:
                    time.sleep(0.1)
                green, after = server.get("/ready").status, server.get("/queries/cq03").status
        finally:
            engine.kill()
            engine.wait()
        if (red.status, page.status, alive, green, after) != (503, 503, 200, 200, 200):
            return Seen(f"ready {red.status}, page {page.status}, then {green}, {after}", page.text[-300:])
        return Seen(_RED, red.text)

    return run


def _engine(command: list[str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603  # our own command
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def _wait(port: int) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise RuntimeError("the engine did not start")
