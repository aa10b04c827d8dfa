"""The soak: mixed traffic on made-up national data, with new data or a release every minute; `make soak`.

SAMSPEL_SOAK_MINUTES (60) is how long, SAMSPEL_SOAK_ROWS (10,000) how many participations there are,
SAMSPEL_SOAK_RATE (40) how many requests come in a second, in all, at random moments. It ends with 1 when
there was an error that is not by design, or memory, descriptors or processes grew: by their means, since none
to two workers of the slow lane are kept, a third of a gigabyte each, and a median leaps from one number to
the next. Memory is told for each process too.
"""

import os
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from random import Random
from statistics import fmean, median, quantiles

from benchmarks.campaign.lab import ROOT, Lab, lab
from benchmarks.campaign.served import TOKEN, Server, insert, serving
from benchmarks.processes import Held, held

SEED, LOOK = 8, 5.0
ASKERS = 8  # threads
_KINDS: dict[str, tuple[tuple[str, ...], frozenset[int]]] = {
    "light query": (
        ("SELECT ?s WHERE {{ ?s ?p ?o }} OFFSET {} LIMIT 5", "ASK {{ ?s ?p {} }}"),
        frozenset({200}),
    ),
    "page": (
        ("/", "/page/county/05", "/needs", "/map", "/networks/organisations", "/compare?region=05&region=06"),
        frozenset({200}),
    ),
    "data": (("/data/county/{:02d}.ttl", "/data/county/{:02d}.jsonld"), frozenset({200, 404})),
    "search": (("/search?q=skog{}", "/api/search?q=energi{}"), frozenset({200})),
    "api": (("/api/queries/cq03", "/api/networks/counties", "/metrics", "/ready"), frozenset({200})),
    "not there": (("/page/county/none-{}", "/nothing/{}"), frozenset({404})),
    "long query": (
        ("SELECT (COUNT(*) AS ?n) WHERE {{ ?a ?p ?b . ?c ?q ?d . ?e ?r {} }}",),
        frozenset({200, 413, 429, 503, 504}),
    ),
}
_GROWING: dict[str, tuple[Callable[[Held], float], float]] = {  # and how many times as much is growth
    "memory": (lambda each: each.memory, 1.1),
    "memory of a process": (lambda each: each.memory / each.processes, 1.05),
    "handles": (lambda each: each.handles, 1.1),
    "processes": (lambda each: each.processes, 1.1),
}
_SHARES = {"light query": 50, "page": 15, "data": 12, "search": 8, "api": 8, "not there": 6, "long query": 1}


class Soak:
    """What came: times by kind, errors, and what the server held over time."""

    def __init__(self, server: Server) -> None:
        self.server, self.end, self.begun = server, threading.Event(), time.monotonic()
        self.seconds: dict[str, list[float]] = {kind: [] for kind in _KINDS}
        self.errors, self.held = Counter[str](), list[Held]()
        self.done = Counter[str]()

    def ask(self, chance: Random, client: str) -> None:
        """Ask one thing after the other until the end."""
        while not self.end.wait(chance.expovariate(rate() / ASKERS)):
            (kind,) = chance.choices(list(_SHARES), list(_SHARES.values()))
            texts, right = _KINDS[kind]
            text = chance.choice(texts).format(chance.randrange(1, 26))
            begun = time.perf_counter()
            answer = self.server.ask(text, client) if "query" in kind else self.server.get(text, 60, client)
            self.seconds[kind].append(time.perf_counter() - begun)
            if answer.status not in right:
                self.wrong(f"{kind} {text[:60]}: {answer.status} {answer.text[:80]}")

    def wrong(self, what: str) -> None:
        """Count an error, and tell of it at once."""
        self.errors[what] += 1
        print(f"{time.monotonic() - self.begun:7.1f} s  {what}", file=sys.stderr, flush=True)

    def watch(self) -> None:
        """Look at what the server holds."""
        while not self.end.wait(LOOK):
            self.held.append(held(self.server.process.pid))

    def feed(self, room: Lab, minutes: float) -> None:
        """Load, publish and write in turn, each minute one of them."""
        end, number = time.monotonic() + minutes * 60, 0
        while (left := end - time.monotonic()) > 0:
            time.sleep(min(60, left))
            number += 1
            words: list[object] = (
                ["publish"] if number % 2 else ["load", "cordis", room.source(number, rows())]
            )
            what = str(words[0])
            ended = room.program(ROOT, *words, "--store", self.server.store)  # threads: no fork
            self.done[what] += 1
            if ended.code:
                self.wrong(f"samspel {what}: {ended.code} {ended.sentence}")
            answer = self.server.update(insert(str(number)))
            self.done["update"] += 1
            if answer.status != 200:
                self.wrong(f"update: {answer.status} {answer.text[:80]}")


def rows() -> int:
    """Return how many participations there are."""
    return int(os.environ.get("SAMSPEL_SOAK_ROWS", "10000"))


def rate() -> float:
    """Return how many requests come in a second."""
    return float(os.environ.get("SAMSPEL_SOAK_RATE", "40"))


def main() -> int:
    """Run the traffic, print the table, and return 1 when something is wrong."""
    minutes = float(os.environ.get("SAMSPEL_SOAK_MINUTES", "60"))
    with lab() as made, made.room() as room:
        store = room.store()
        ended = room.run("load", "cordis", room.source(1, rows()), "--store", store)
        if ended.code:
            raise RuntimeError(ended.said)
        with serving(room, store, SAMSPEL_TOKEN=TOKEN, SAMSPEL_PROXIES="127.0.0.1") as server:
            soak = Soak(server)
            dice = [Random(SEED + each) for each in range(ASKERS)]  # noqa: S311  # traffic, no secret
            threads = [
                threading.Thread(target=soak.ask, args=(each, f"192.0.2.{at}"))
                for at, each in enumerate(dice, 1)
            ]
            threads.append(threading.Thread(target=soak.watch))
            for thread in threads:
                thread.start()
            soak.feed(room, minutes)
            soak.end.set()
            for thread in threads:
                thread.join()
            after = server.get("/ready")
        state = room.state(store)
    print(f"{minutes:g} minutes, {rows()} participations, {rate():g} requests a second; {dict(soak.done)}")
    print(f"/ready {after.status}: {after.text}\n")
    print("\n".join(table(soak)))
    grown = list(growth(soak.held))
    for sentence in (
        *grown,
        *(f"{count} x {error}" for error, count in soak.errors.most_common(10)),
        *state.wrong,
    ):
        print(sentence)
    return 1 if soak.errors or grown or state.wrong or state.error or after.status != 200 else 0


def table(soak: Soak) -> Iterator[str]:
    """Yield the lines of two tables in Markdown: times by kind, and what was held in thirds of the time."""
    yield "| kind | answered | median ms | p99 ms | worst ms |\n|---|---|---|---|---|"
    for kind, found in soak.seconds.items():
        if len(found) > 1:
            p99 = quantiles(found, n=100)[-1]
            yield (
                f"| {kind} | {len(found)} | {median(found) * 1000:.0f} | {p99 * 1000:.0f} "
                f"| {max(found) * 1000:.0f} |"
            )
    yield f"\nerrors that are not by design: {sum(soak.errors.values())}\n"
    yield "| third | memory MB (mean, most) | of a process | descriptors | processes |"
    yield "|---|---|---|---|---|"
    for number, part in enumerate(thirds(soak.held), 1):
        memory = [each.memory / 1e6 for each in part]
        handles, processes = ([getattr(each, name) for each in part] for name in ("handles", "processes"))
        yield (
            f"| {number} | {fmean(memory):.0f}, {max(memory):.0f} "
            f"| {fmean(each.memory / each.processes for each in part) / 1e6:.0f} "
            f"| {fmean(handles):.0f}, {max(handles)} "
            f"| {fmean(processes):.1f}, {max(processes)} |"
        )


def thirds(found: list[Held]) -> list[list[Held]]:
    """Cut what was held over time into three."""
    size = max(len(found) // 3, 1)
    return [part for part in (found[:size], found[size : 2 * size], found[2 * size :]) if part]


def growth(found: list[Held]) -> Iterator[str]:
    """Yield a sentence for what is larger in the last third than in the middle one, which is warm."""
    parts = thirds(found)
    if len(parts) < 3:
        yield "It was too short to tell whether anything grows."
        return
    for name, (of, most) in _GROWING.items():
        middle, last = (fmean(map(of, part)) for part in parts[1:])
        if last > middle * most:
            yield f"{name} grew from {middle:.0f} to {last:.0f}"


if __name__ == "__main__":
    sys.exit(main())
