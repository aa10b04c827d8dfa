"""Ask light queries of our service while others attack it, and look at what it holds afterwards; prints."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from statistics import quantiles

from benchmarks import processes
from benchmarks.asking import Wanted
from benchmarks.attacks import attacks
from benchmarks.peers.endpoints import Running

ATTACKERS = 24
_NOWHERE = "http://127.0.0.1:9/sparql"
_TIMEOUT, _SETTLED, _LOOK = 60.0, 30.0, 0.5
_SQL = "application/sparql-query"


@dataclass(frozen=True)
class Light:
    """How light queries fared: seconds of each, and how many were not answered well."""

    seconds: list[float]
    failed: int

    def __str__(self) -> str:
        cuts = quantiles(self.seconds, n=100)
        return (
            f"p50 {cuts[49] * 1000:.1f} ms, p99 {cuts[98] * 1000:.1f} ms, "
            f"longest {max(self.seconds) * 1000:.0f} ms; {len(self.seconds)} asked, {self.failed} failed"
        )


def fairness(
    running: Running, light: Wanted, seconds: float, queries: int, attackers: int = ATTACKERS
) -> None:
    """Print how light queries fare alone and beside attackers, and what is held before and after many."""
    before = processes.held(running.pid)
    print(f"\nfairness of {running.name}: one client of light queries, each another", flush=True)
    print(f"  alone: {ask(running, light, 0, seconds=seconds)}", flush=True)
    begin = light.numbers // 2
    with attacked(running, attackers):
        print(f"  beside {attackers} attackers: {ask(running, light, begin, seconds=seconds)}", flush=True)
    print(f"  alone again: {ask(running, light, begin * 3 // 2, seconds=seconds)}", flush=True)
    rest = ask(running, light, 0, times=queries)
    print(f"  {queries} queries: {rest.failed} failed")
    print(f"  before all: {_told(before)}\n  after all:  {_told(_settled(running, before))}", flush=True)


def ask(
    running: Running, light: Wanted, begin: int, seconds: float = 3_600.0, times: int = 10_000_000
) -> Light:
    """Ask light queries one after the other, for some time or some times."""
    found, failed = list[float](), 0
    connection = HTTPConnection("127.0.0.1", running.port, timeout=_TIMEOUT)
    end = time.monotonic() + seconds
    while time.monotonic() < end and len(found) < times:
        path = light.path.replace("NUMBER", str((begin + len(found)) % light.numbers))
        start = time.perf_counter()
        try:
            connection.request("GET", path, headers={"Accept": light.accept})
            answer = connection.getresponse()
            answer.read()
            failed += answer.status != 200
        except (OSError, HTTPException):
            failed += 1
            connection.close()
        found.append(time.perf_counter() - start)
    connection.close()
    return Light(found, failed)


@contextmanager
def attacked(running: Running, attackers: int) -> Iterator[None]:
    """Have a server attacked, by another process, while the block runs; print what the attackers got."""
    context = get_context("spawn")
    ended, said = context.Event(), context.Queue()
    attacker = context.Process(
        target=_attack, args=(running.port, running.endpoint.path, attackers, ended, said)
    )
    attacker.start()
    try:
        said.get(timeout=_TIMEOUT)  # all are at it
        yield
    finally:
        ended.set()
        got = said.get(timeout=2 * _TIMEOUT)
        attacker.join()
    print(f"  attackers got {', '.join(f'{what}: {many}' for what, many in sorted(got.items()))}", flush=True)


def _attack(port: int, path: str, attackers: int, ended: Event, said: object) -> None:
    got: Counter[str] = Counter()
    queries = list(attacks(_NOWHERE).values())

    def attack(number: int) -> None:
        at = number
        while not ended.is_set():
            got[_got(port, path, queries[at % len(queries)])] += 1
            at += attackers

    threads = [threading.Thread(target=attack, args=(number,)) for number in range(attackers)]
    for thread in threads:
        thread.start()
    said.put({})  # type: ignore[attr-defined]  # a queue of the context has no type of its own
    for thread in threads:
        thread.join()
    said.put(dict(got))  # type: ignore[attr-defined]


def _got(port: int, path: str, query: str) -> str:
    connection = HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT)
    try:
        connection.request("POST", path, query.encode(), {"Content-Type": _SQL, "Accept": "*/*"})
        answer = connection.getresponse()
        answer.read()
    except (OSError, HTTPException) as error:
        return type(error).__name__
    finally:
        connection.close()
    return str(answer.status)


def _settled(running: Running, before: processes.Held) -> processes.Held:
    """Return what a server holds when the last of the attack is over, at the latest after a while."""
    end = time.monotonic() + _SETTLED
    while (found := processes.held(running.pid)).processes > before.processes and time.monotonic() < end:
        time.sleep(_LOOK)
    return found


def _told(held: processes.Held) -> str:
    return (
        f"{held.processes} processes, {held.handles} descriptors, {held.memory / 1e6:.0f} MB "
        "(shared memory counted once)"
    )
