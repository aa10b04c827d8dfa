"""A server among kills and bad clients: others go on, and afterwards it is as it was."""

import os
import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from random import Random

from api.service.service import LONG
from benchmarks.campaign.cases import Case, Seen
from benchmarks.campaign.lab import Lab
from benchmarks.campaign.served import Server, serving
from benchmarks.processes import Held, held

_GOES_ON = "light queries are answered or refused by a sentence; afterwards all is as before"
_BACK = "answers again within 30 s, and is ready"
_UNMOVED = "others are answered; afterwards connections, workers and descriptors are as before"
_LIGHT = "SELECT ?s WHERE {{ ?s ?p ?o }} OFFSET {} LIMIT 5"
_HEAVY = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }"
_LONG = (  # some tenths of a second, for the slow lane; never the same, so that no answer is remembered
    "SELECT (COUNT(*) AS ?n) WHERE {{ {{ SELECT ?a {{ ?a ?p ?b }} LIMIT 1500 }} "
    "{{ SELECT ?c {{ ?c ?q ?d }} LIMIT 1500 }} FILTER(CONCAT(STR(?a), '{}') < STR(?c)) }}"
)
_SETTLED = 20.0


def cases() -> Iterator[Case]:
    """Yield the cases."""
    yield Case("workers killed under load", (_GOES_ON,), _workers, 3)
    yield Case("the process that forks workers killed", (_BACK,), _parent(2), 3)
    yield Case("the process that opens snapshots killed", (_BACK,), _parent(1), 3)
    yield Case("clients that drip their requests", (_UNMOVED,), _beside(_drip), 2)
    yield Case("clients that do not read", (_UNMOVED,), _beside(_sleep), 2)
    yield Case("clients that vanish", (_UNMOVED,), _beside(_vanish), 2)


class Load:
    """Light queries by some clients, as long as the block goes on."""

    def __init__(self, server: Server, clients: int = 3) -> None:
        self.server, self.answers, self.texts = server, Counter[int](), dict[int, str]()
        self._end = threading.Event()
        self._threads = [threading.Thread(target=self._ask, args=(each,)) for each in range(clients)]

    def __enter__(self) -> "Load":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        for thread in self._threads:
            thread.join()

    def _ask(self, client: int) -> None:
        number = client
        while not self._end.is_set():
            answer = self.server.ask(_LIGHT.format(number))
            self.answers[answer.status] += 1
            self.texts[answer.status] = answer.text
            number += 10


def _workers(lab: Lab, chance: Random) -> Seen:
    """Kill idle and busy workers again and again."""
    killed = 0
    with serving(lab, lab.store()) as server:
        before = _settled(server)
        with Load(server) as load:
            end = time.monotonic() + 4
            while time.monotonic() < end:
                time.sleep(chance.uniform(0.02, 0.2))
                leaves = [each for each in server.below() if _depth(server, each) == 3]
                if leaves:
                    killed += _kill(chance.choice(leaves))
        with Load(server, 8):  # idle ones that were killed come again when they are needed
            time.sleep(2)
        after, ready = _settled(server, before), server.get("/ready").status
    bad = {each: load.texts[each] for each in load.answers if each not in (200, 413, 503)}
    silent = [each for each, text in load.texts.items() if each != 200 and len(text) < 20]
    if bad or silent or ready != 200 or load.answers[200] < sum(load.answers.values()) / 2:
        return Seen("requests are lost", f"{dict(load.answers)} {bad} {silent} ready {ready}")
    if after.processes != before.processes:
        return Seen("processes are not as before", f"{before} {after}")
    refused = next((f"{each} {text}" for each, text in load.texts.items() if each != 200), "")
    return Seen(_GOES_ON, f"{killed} killed, answers {dict(load.answers)}. {refused}")


def _parent(depth: int) -> Callable[[Lab, Random], Seen]:
    """Kill a process so far below the front; it must come again by itself."""

    def run(lab: Lab, _: Random) -> Seen:
        with serving(lab, lab.store()) as server:
            before = _settled(server)
            (pid,) = [each for each in server.below() if _depth(server, each) == depth]
            _kill(pid)
            begun = time.monotonic()
            time.sleep(2)  # those that end with it answer no more
            while (ready := server.get("/ready")).status != 200 or server.ask(_LIGHT.format(1)).status != 200:
                if time.monotonic() > begun + 30:
                    return Seen("it does not answer again", f"{ready.status} {ready.text}")
                time.sleep(0.05)
            took, after = time.monotonic() - begun, _settled(server, before)
        if after.processes != before.processes:
            return Seen("processes are not as before", f"{before} {after}")
        return Seen(_BACK, f"after {took:.1f} s")

    return run


def _beside(bad: Callable[[Server, ExitStack, Random], None]) -> Callable[[Lab, Random], Seen]:
    """Have bad clients come while good ones ask; a second time, since what is first needed then is kept.

    How many workers the slow lane keeps depends on how many long queries met: both times all that it may.
    """

    def run(lab: Lab, chance: Random) -> Seen:
        short = {"SAMSPEL_HEADER_SECONDS": "2", "SAMSPEL_BODY_SECONDS": "2", "SAMSPEL_QUERY_SECONDS": "3"}
        with serving(lab, lab.store(), **short) as server:
            fresh = _settled(server).processes
            with Load(server), ExitStack() as open_:
                bad(server, open_, chance)
            _fill(server, fresh + LONG)
            before = _settled(server)
            with Load(server) as load, ExitStack() as open_:
                bad(server, open_, chance)
            _fill(server, fresh + LONG)
            after, ready = _settled(server, before), server.get("/ready").status
        if set(load.answers) != {200} or ready != 200:
            return Seen("others suffer", f"{dict(load.answers)} {load.texts} ready {ready}")
        if after.processes != before.processes or after.handles > before.handles + 2:
            return Seen("it is not as before", f"{fresh} processes at first, {before} {after}")
        return Seen(_UNMOVED, f"{load.answers[200]} others answered")

    return run


def _connected(server: Server, open_: ExitStack) -> socket.socket:
    return open_.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=10))


def _drip(server: Server, open_: ExitStack, chance: Random) -> None:
    """Send a head and a body byte by byte, until the server has had enough."""
    doors = [_connected(server, open_) for _ in range(40)]
    for door in doors[::2]:
        door.sendall(b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n")
    end = time.monotonic() + 6
    while time.monotonic() < end:
        for door in doors:
            with suppress(OSError):
                door.sendall(b"x")
        time.sleep(chance.uniform(0.1, 0.3))


def _sleep(server: Server, open_: ExitStack, _: Random) -> None:
    """Ask for much and take nothing of it."""
    query = b"CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
    head = b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\nContent-Length: %d"
    for _each in range(6):
        door = _connected(server, open_)
        door.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        door.sendall(head % len(query) + b"\r\n\r\n" + query)
    time.sleep(6)


def _vanish(server: Server, open_: ExitStack, chance: Random) -> None:
    """Ask for what takes long, and go without a word."""
    query = _HEAVY.encode()
    head = b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\nContent-Length: %d"
    for _each in range(20):
        door = socket.create_connection(("127.0.0.1", server.port), timeout=10)
        door.sendall(head % len(query) + b"\r\n\r\n" + query)
        time.sleep(chance.uniform(0, 0.2))
        door.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")  # an abrupt end
        door.close()


def _settled(server: Server, wanted: Held | None = None) -> Held:
    """Return what a server holds once it stays the same, or is as it was before."""
    end, last = time.monotonic() + _SETTLED, held(server.process.pid)
    while time.monotonic() < end:
        time.sleep(0.5)
        now = held(server.process.pid)
        same = (now.processes, now.handles) == (last.processes, last.handles)
        if same and (wanted is None or (now.processes == wanted.processes and now.handles <= wanted.handles)):
            return now
        last = now
    return last


def _fill(server: Server, wanted: int) -> None:
    """Ask long queries at once until the slow lane keeps all the workers that it may."""
    _settled(server)
    for turn in range(10):
        asking = [
            threading.Thread(target=server.ask, args=(_LONG.format(f"{turn}-{each}"),))
            for each in range(LONG)
        ]
        for thread in asking:
            thread.start()
        for thread in asking:
            thread.join()
        if _settled(server).processes >= wanted:
            return


def _depth(server: Server, pid: int) -> int:
    """Return how far below the front a process is: 1 the nursery, 2 a zygote, 3 a worker; 0 for others."""
    depth = 0
    with suppress(OSError, ValueError):
        while pid > 1 and pid != server.process.pid:
            pid = int(Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[1])
            depth += 1
    return depth if pid == server.process.pid else 0


def _kill(pid: int) -> int:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
        return 1
    return 0
