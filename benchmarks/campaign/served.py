"""A server under the fault campaign: a real process with its workers, asked and written to over HTTP."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from benchmarks.campaign.lab import COMMAND, ENVIRONMENT, Lab
from benchmarks.processes import free_port, tree

TOKEN = "of-this-campaign"  # noqa: S105  # it opens nothing but a store in a temporary folder
PARTS = 3  # triples of each write: all or none of them must be there
_THING, _PART = "urn:faults:", "urn:faults-part"
_START = 120.0


@dataclass(frozen=True)
class Answered:
    """An answer: its status, 0 when the connection broke, and its text or why it broke."""

    status: int
    text: str


@dataclass(frozen=True)
class Server:
    """A server that runs."""

    process: "subprocess.Popen[bytes]"
    port: int
    store: Path
    log: Path

    def get(self, path: str, seconds: float = 30.0, client: str = "") -> Answered:
        """Ask for a path."""
        return self.send("GET", path, seconds=seconds, client=client)

    def ask(self, query: str, client: str = "") -> Answered:
        """Ask a query; `client` is an address that a server believes which trusts its proxies here."""
        return self.send("POST", "/sparql", query, "application/sparql-query", client=client)

    def update(self, text: str) -> Answered:
        """Write."""
        return self.send("POST", "/sparql", text, "application/sparql-update")

    def send(
        self,
        method: str,
        path: str,
        body: str | None = None,
        media: str = "",
        seconds: float = 60.0,
        client: str = "",
    ) -> Answered:
        """Send a request on a connection of its own."""
        head = {"Authorization": f"Bearer {TOKEN}", "Content-Type": media} if body is not None else {}
        if client:
            head["X-Forwarded-For"] = client
        connection = HTTPConnection("127.0.0.1", self.port, timeout=seconds)
        try:
            connection.request(method, path, body, head)
            answer = connection.getresponse()
            return Answered(answer.status, answer.read().decode("utf-8", "replace").strip())
        except (OSError, HTTPException) as error:
            return Answered(0, f"{type(error).__name__}: {error}")
        finally:
            connection.close()

    def below(self) -> set[int]:
        """Return the processes below the server."""
        return tree(self.process.pid) - {self.process.pid}

    def write_until(self, seconds: float, number: int) -> tuple[int, set[str]]:
        """Write one after another till the server ends of a signal; return how many, and which came."""
        acknowledged, sent = set[str](), 0
        timer = threading.Timer(seconds, self.process.send_signal, [number])
        timer.start()
        while self.process.poll() is None:
            answer = self.update(insert(str(sent)))
            if answer.text.startswith(ConnectionRefusedError.__name__):
                continue  # its door is shut, and it is on its way out
            if answer.status == 200:
                acknowledged.add(str(sent))
            sent += 1
        timer.join()
        return sent, acknowledged

    def write_and_kill(self, name: int, after: float) -> Answered:
        """Write, and kill the process that holds the writer's lock after so many seconds."""
        answers: list[Answered] = []
        thread = threading.Thread(target=lambda: answers.append(self.update(insert(str(name)))))
        thread.start()
        time.sleep(after)
        with suppress(OSError, ValueError):
            pid = int((self.store / "lock").read_text("ascii"))
            if pid in self.below():
                os.kill(pid, signal.SIGKILL)
        thread.join()
        return answers[0]


def insert(name: str) -> str:
    """Return an update that adds the parts of a write."""
    said = " ".join(f"<{_THING}{name}> <{_PART}> {part} ." for part in range(PARTS))
    return f"INSERT DATA {{ {said} }}"


def written(store: Path) -> dict[str, int]:
    """Return how many parts of each write a store holds; only to be called in a fork."""
    from graph.generations import Home  # the store's room is opened in forks only

    found: dict[str, int] = {}
    for line in Home(store).open().lines():
        if line.startswith(f"<{_THING}"):
            name = line.partition(">")[0].removeprefix(f"<{_THING}")
            found[name] = found.get(name, 0) + 1
    return found


@contextmanager
def serving(lab: Lab, store: "Path | str", wait: str = "/ready", **environment: str) -> Iterator[Server]:
    """Run a server on a free port until the block ends; it begins when a path answers 200."""
    port, log = free_port(), lab.folder / "server.log"
    with log.open("ab") as out:
        process = subprocess.Popen(  # noqa: S603  # our own command
            [*COMMAND, "serve", "--port", str(port), "--store", str(store)],
            env={**ENVIRONMENT, "SAMSPEL_RATE": "0", "SAMSPEL_LOG": "none", **environment},
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    server = Server(process, port, Path(str(store)), log)
    try:
        end = time.monotonic() + _START
        while server.get(wait).status != 200:
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"the server did not start: {log.read_text('utf-8', 'replace')[-2000:]}")
            time.sleep(0.05)
        yield server
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
