"""Ask a server over HTTP and measure: as fast as it goes (wrk), one by one, and one large answer."""

import json
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from threading import Event, Thread
from urllib.parse import quote

from benchmarks import processes
from benchmarks.peers.endpoints import Running
from benchmarks.service_data import Question

_LOOK = 0.02  # seconds between two looks at what a server has used
_TIMEOUT = 300.0
_LUA = """
local n, step, many = {begin} - {step}, {step}, {many}
local head, tail = {head}, {tail}
request = function()
  n = n + step
  return head .. (n % many) .. tail
end
done = function(all)
  local e = all.errors
  local bad = e.connect + e.read + e.write + e.status + e.timeout
  io.write(string.format('\\n{{"requests": %d, "seconds": %f, "failed": %d}}\\n',
    all.requests, all.duration / 1e6, bad))
end
"""


@dataclass(frozen=True)
class Took:
    """What some requests took: how many a second, processor seconds of the server for each, and failures."""

    rate: float
    cpu: float
    failed: int = 0


@dataclass(frozen=True)
class Wanted:
    """A request: its path, in which `NUMBER` stands for a number, and the format that is asked for."""

    path: str
    accept: str
    numbers: int


@dataclass(frozen=True)
class Large:
    """A large answer: seconds to the first byte of its body and to the last, its bytes."""

    first: float
    total: float
    body: bytes


class Meter:
    """The processor seconds that a server uses while it is watched, also in processes that end meanwhile."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._before = processes.used(pid)
        self._seen = dict(self._before)

    @property
    def seconds(self) -> float:
        """How many were used up to the last look."""
        return sum(used - self._before.get(pid, 0.0) for pid, used in self._seen.items())

    def look(self) -> None:
        """Look at what each process has used."""
        self._seen.update(processes.used(self._pid))


@contextmanager
def metered(pid: int) -> Iterator[Meter]:
    """Watch a server while the block runs."""
    meter, ended = Meter(pid), Event()

    def watch() -> None:
        while not ended.wait(_LOOK):
            meter.look()

    watcher = Thread(target=watch)
    watcher.start()
    try:
        yield meter
    finally:
        ended.set()
        watcher.join()
        meter.look()


def query(running: Running, question: Question) -> Wanted:
    """Return the request for a question."""
    path = f"{running.endpoint.path}?query={quote(question.text, safe='')}"
    return Wanted(path, question.accept, question.numbers)


def have_wrk() -> bool:
    """Tell whether the load generator is there."""
    return shutil.which("wrk") is not None


def many(
    running: Running, wanted: Wanted, begin: int, seconds: float, connections: int, repeated: bool = False
) -> Took:
    """Ask as often as it goes by some connections: another number each time, or the same."""
    with tempfile.TemporaryDirectory() as folder, metered(running.pid) as meter:
        script = Path(folder) / "requests.lua"
        script.write_text(_script(running, wanted, begin, 0 if repeated else 1), "utf-8")
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds:g}s", "--timeout=30s", "-s", str(script)]
        address = f"http://127.0.0.1:{running.port}"
        ended = subprocess.run([*command, address], check=True, capture_output=True, text=True)  # noqa: S603
    said = json.loads(ended.stdout.strip().splitlines()[-1])
    asked = max(said["requests"], 1)
    return Took(said["requests"] / said["seconds"], meter.seconds / asked, said["failed"])


def one_by_one(running: Running, wanted: Wanted, begin: int, times: int, repeated: bool = False) -> Took:
    """Ask some times, one after the other."""
    connection = HTTPConnection("127.0.0.1", running.port, timeout=_TIMEOUT)
    failed, start = 0, time.perf_counter()
    with metered(running.pid) as meter:
        for at in range(times):
            number = begin if repeated else begin + at
            path = wanted.path.replace("NUMBER", str(number % wanted.numbers))
            connection.request("GET", path, headers={"Accept": wanted.accept})
            answer = connection.getresponse()
            answer.read()
            failed += answer.status != 200
        wall = time.perf_counter() - start
    connection.close()
    return Took(times / wall, meter.seconds / times, failed)


def large(running: Running, wanted: Wanted, number: int) -> Large:
    """Ask for a large answer, by a socket alone, so that the client takes little of the time."""
    request = _request(running, wanted, ["Connection: close"]).replace("NUMBER", str(number))
    got = bytearray()
    with socket.create_connection(("127.0.0.1", running.port), _TIMEOUT) as sock:
        start = time.perf_counter()
        sock.sendall(request.encode())
        first, room = 0.0, memoryview(bytearray(1 << 20))
        while size := sock.recv_into(room):
            got += room[:size]
            if not first and (at := got.find(b"\r\n\r\n")) >= 0 and len(got) > at + 4:
                first = time.perf_counter() - start
        total = time.perf_counter() - start
    head, _, body = bytes(got).partition(b"\r\n\r\n")
    return Large(first, total, _joined(body) if b"chunked" in head.lower() else body)


def peak(running: Running, wanted: Wanted, number: int) -> tuple[int, int]:
    """Return a server's memory before a large answer, and the most that it had while it made it."""
    before, seen = processes.held(running.pid).memory, [0]
    asking = Thread(target=large, args=(running, wanted, number))
    asking.start()
    while asking.is_alive():
        seen.append(processes.held(running.pid).memory)
        asking.join(_LOOK)
    return before, max(seen)


def _script(running: Running, wanted: Wanted, begin: int, step: int) -> str:
    head, _, tail = _request(running, wanted).partition("NUMBER")
    return _LUA.format(begin=begin, step=step, many=wanted.numbers, head=_lua(head), tail=_lua(tail))


def _request(running: Running, wanted: Wanted, more: list[str] | None = None) -> str:
    lines = [
        f"GET {wanted.path} HTTP/1.1",
        f"Host: 127.0.0.1:{running.port}",
        f"Accept: {wanted.accept}",
        *(more or []),
    ]
    return "\r\n".join(lines) + "\r\n\r\n"


def _lua(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\r\n", "\\r\\n") + '"'


def _joined(body: bytes) -> bytes:
    """Return the content of a chunked body; raise ValueError when its last chunk is missing."""
    found, at = list[bytes](), 0
    while True:
        end = body.index(b"\r\n", at)
        size = int(body[at:end].split(b";")[0], 16)
        if not size:
            return b"".join(found)
        found.append(body[end + 2 : end + 2 + size])
        at = end + 2 + size + 2
