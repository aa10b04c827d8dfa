"""Ask our service and its peers the same side by side, in one run; prints ratios and goals, never asserts.

`python benchmarks/service.py` alone, or by `make bench`. The machine matters less than it seems: the
contestants take turns in short rounds, what is compared is the median of the rounds' ratios, and beside it
stands the processor time of each request, which a busy machine distorts least. `SAMSPEL_BENCH_TRIPLES`,
`SAMSPEL_BENCH_ROUNDS` and `SAMSPEL_BENCH_SECONDS` (of a round) make it larger or smaller.
"""

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from api.build import build
from benchmarks import asking, service_data
from benchmarks.asking import Wanted
from benchmarks.fairness import fairness
from benchmarks.peers.endpoints import DISK, ENDPOINTS, FRONTS, NEEDS, US, Endpoint, Running, running
from benchmarks.peers.engines import environment
from benchmarks.rounds import Goal, compare, said
from benchmarks.service_data import Data, Question
from graph.generations import Home
from graph.iris import Iris
from ontology.names import BASE

PAGES = 800  # a second: the goal for pages of things
_FORMATS = (
    ("Turtle", "/data/{}.ttl", "text/turtle"),
    ("JSON-LD", "/data/{}.jsonld", "application/ld+json"),
    ("N-Triples", "/data/{}.nt", "application/n-triples"),
    ("RDF/XML", "/data/{}.rdf", "application/rdf+xml"),
    ("HTML", "/page/{}", "text/html"),
)


@dataclass(frozen=True)
class Size:
    """How large a run is."""

    triples: int = 990_000  # twice that, with the merge, is the most that we hold in memory
    rounds: int = 5
    seconds: int = 2  # of a round
    aggregates: int = 2  # of a kind in a round
    rows: int = 100_000
    queries: int = 10_000
    attacked: float = 20.0  # seconds

    @classmethod
    def wanted(cls) -> "Size":
        """Return the size that the environment asks for."""
        found = {
            name: os.environ.get(f"SAMSPEL_BENCH_{name.upper()}") for name in ("triples", "rounds", "seconds")
        }
        return replace(cls(), **{name: int(value) for name, value in found.items() if value})


def main() -> None:
    """Compare all contestants."""
    if not asking.have_wrk():
        print("service: wrk, the load generator, is not here: sh scripts/wrk.sh")
        return
    try:
        environment(NEEDS)
        contestants: Sequence[Endpoint] = ENDPOINTS
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"service: the peers cannot be installed ({error}); ours and what needs nothing")
        contestants = tuple(each for each in ENDPOINTS if not each.foreign)
    with tempfile.TemporaryDirectory() as folder:
        run(contestants, Size.wanted(), Path(folder))


def run(contestants: Sequence[Endpoint], size: Size, work: Path) -> None:
    """Compare some contestants."""
    data = service_data.write(work / "data.nt", size.triples)
    print(
        f"service: about {size.triples:,} triples; {size.rounds} rounds in turns; ratios to {DISK}: "
        "medians of those of the rounds; above 1 is better",
        flush=True,
    )
    with _all(contestants, data, size, work) as there:
        _alike(there, data)
        _lookups(there, data, size)
        _aggregates(there, size)
        _constructs(there, data, size)
        _large(there, size)
        for each in there:
            if each.name == US:
                light = asking.query(each, service_data.lookup(data))
                fairness(each, light, size.attacked, size.queries)
    _pages(size, work)


@contextmanager
def _all(contestants: Sequence[Endpoint], data: Data, size: Size, work: Path) -> Iterator[list[Running]]:
    """Load and start all; some on a part of the data."""
    with ExitStack() as stack:
        there = []
        for each in contestants:
            file = data.file
            if each.share < 1:
                file = work / f"part-{each.share}.nt"
                service_data.write(file, int(size.triples * each.share))
            there.append(stack.enter_context(running(each, file, work)))
        yield there


def _alike(there: Sequence[Running], data: Data) -> None:
    """Say so when contestants on the same data do not find the same."""
    for question in (service_data.lookup(data), *service_data.aggregates()):
        found = {}
        for each in there:
            if each.endpoint.share == 1:
                body = asking.large(each, asking.query(each, question), 1).body
                found[each.name] = len(json.loads(body)["results"]["bindings"])
        if len(set(found.values())) > 1:
            print(f"  NOT ALIKE: {question.name}: rows {found}")


def _lookups(there: Sequence[Running], data: Data, size: Size) -> None:
    question = service_data.lookup(data)
    for connections in (1, 8):
        _fast(there, question, size, connections, "each another", Goal(0.8), repeated=False)
        _fast(there, question, size, connections, "always the same", Goal(2), repeated=True)


def _fast(
    there: Sequence[Running],
    question: Question,
    size: Size,
    connections: int,
    how: str,
    goal: Goal,
    repeated: bool,
) -> None:
    """Compare by as many requests as go into rounds of some seconds."""

    def measure(each: Running, number: int) -> asking.Took:
        begin = 0 if repeated else (2 * number + (connections > 1)) * question.numbers // (2 * size.rounds)
        wanted = asking.query(each, question)
        return asking.many(each, wanted, begin, size.seconds, connections, repeated)

    title = f"{question.name}, {how}, {connections} connection{'s' if connections > 1 else ''}"
    compare(title, there, measure, size.rounds, goal)


def _aggregates(there: Sequence[Running], size: Size) -> None:
    for question in service_data.aggregates():

        def measure(each: Running, number: int, question: Question = question) -> asking.Took:
            begin = number * size.aggregates
            return asking.one_by_one(each, asking.query(each, question), begin, size.aggregates)

        who = _quick_enough(there) if "join" in question.name else there
        compare(f"{question.name}, each another", who, measure, size.rounds, Goal(3))


def _constructs(there: Sequence[Running], data: Data, size: Size) -> None:
    there = _quick_enough(there)
    for question in service_data.constructs(data):
        _fast(there, question, size, 1, "each another", Goal(3), repeated=False)


def _quick_enough(there: Sequence[Running]) -> list[Running]:
    """Leave out who has less data for being slow: its requests outlive a round and disturb the others."""
    return [each for each in there if each.endpoint.share == 1.0]


def _large(there: Sequence[Running], size: Size) -> None:
    """Compare a large answer: its first byte, its last, and the memory that it takes."""
    there = _quick_enough(there)
    question, found = service_data.rows(size.rows), {each.name: list[asking.Large]() for each in there}
    for number in range(size.rounds):
        for each in there:
            found[each.name].append(asking.large(each, asking.query(each, question), number))
    print(f"\n{question.name}, each another, 1 connection", flush=True)
    for each in there:
        first = median(took.first for took in found[each.name]) * 1000
        total = median(took.total for took in found[each.name]) * 1000
        count = found[each.name][0].body.count(b'"s":')
        before, most = asking.peak(each, asking.query(each, question), size.rounds)
        print(
            f"  {each.name:18}first byte {first:7.1f} ms   all {total:7.1f} ms   {count} rows   "
            f"memory {before / 1e6:5.0f} MB, at most {most / 1e6:5.0f} MB",
            flush=True,
        )
    if US in found and DISK in found:
        pairs = list(zip(found[DISK], found[US], strict=True))
        first, total = (
            median(getattr(them, name) / getattr(ours, name) for them, ours in pairs)
            for name in ("first", "total")
        )
        print(f"  first byte against {DISK}: {said(first, 0.5)}; all: {total:.2f}x")


def _pages(size: Size, work: Path) -> None:
    """Measure our pages of a thing of middling size, each made anew and from what is kept."""
    for ours in (each for each in ENDPOINTS if each.name in (US, FRONTS)):
        print(f"\npages of a thing of the bundled data, 8 connections, {ours.name}", flush=True)
        with running(replace(ours, load=_bundled), work, work) as there:
            thing = _middling(Home(there.place))
            for name, path, media in _FORMATS:
                wanted = Wanted(f"{path.format(thing)}?n=NUMBER", media, 1_000_000)
                for how, repeated in (("each another", False), ("always the same", True)):
                    took = [_page(there, wanted, size, number, repeated) for number in range(size.rounds)]
                    _told(f"  {name:10}{how:16}", took)


def _told(begin: str, took: Sequence[asking.Took]) -> None:
    rate, cpu = median(each.rate for each in took), median(each.cpu for each in took)
    failed = sum(each.failed for each in took)
    reached = f"{'' if rate >= PAGES else 'not '}reached{f'   {failed} FAILED' if failed else ''}"
    print(f"{begin}{rate:10,.0f}/s{cpu * 1000:10.3f} ms CPU each   goal {PAGES}/s: {reached}", flush=True)


def _page(there: Running, wanted: Wanted, size: Size, number: int, repeated: bool) -> asking.Took:
    begin = 0 if repeated else number * wanted.numbers // size.rounds
    return asking.many(there, wanted, begin, size.seconds, 8, repeated)


def _bundled(_: Path, place: Path) -> None:
    build(Home(place), Iris())


def _middling(home: Home) -> str:
    """Return the kind and key of the organisation of which as much is said as of half of them."""
    rows = home.open().rows(
        f"SELECT ?o (COUNT(*) AS ?n) {{ ?o a <{BASE}ontology#Organisation> ; ?p ?v }} "
        "GROUP BY ?o ORDER BY ?n ?o"
    )
    found = [row["o"] for row in rows.dicts()]
    return str(found[len(found) // 2]).removeprefix(f"{BASE}id/")


if __name__ == "__main__":
    main()
