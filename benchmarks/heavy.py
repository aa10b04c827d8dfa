"""Ask every catalogued query of our service and of Virtuoso, side by side over the same million triples.

`python -m benchmarks.heavy [NAME ...]` alone, or by `make bench`. Both are asked over HTTP, in turns:
Virtuoso by the query's text, ours at the query's own address, and at a matrix's; the rows of networks, which
have none, by their text at /sparql. Ours is asked a little differently each time (a limit, a comment), so
that no answer comes from those kept byte for byte; Virtuoso is given the same text, so that it plans a
question once. The heavy ones, which take either of them 50 ms, are asked again; of their turns the median
is taken, of the seconds by the clock and of the processor time of the servers, which a busy machine
distorts least. Those that take 50 ms the first time only, while a plan is made, are told apart: of them the
first answers are compared, and what they take again is told too.
`SAMSPEL_BENCH_TRIPLES` and `SAMSPEL_BENCH_ROUNDS` make a run larger or smaller,
`SAMSPEL_BENCH_STORE` takes a store that is there.
"""

import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import cache
from http.client import HTTPConnection, IncompleteRead
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from api.query_api import MOST
from benchmarks import asking, heavy_data, processes
from benchmarks.peers import virtuoso
from benchmarks.peers.endpoints import ENDPOINTS, US, Endpoint, Running, running
from benchmarks.processes import free_port
from benchmarks.service_data import JSON_ROWS
from graph.generations import Home
from graph.store import Store
from queries import catalogue, panels
from queries.answer import bind
from queries.catalogue import Query

TRIPLES = int(os.environ.get("SAMSPEL_BENCH_TRIPLES", "985000"))  # twice that is the most we hold in memory
ROUNDS = int(os.environ.get("SAMSPEL_BENCH_ROUNDS", "3"))
HEAVY = 0.05  # seconds that a query takes either, to be looked at
THEM = "Virtuoso 7"
_ROWS = 10_000_000  # the largest answer of Virtuoso
_BUFFERS = 100_000  # 800 MB: the data need a fourth of it
_LONG = 5.0  # seconds: what takes either longer is not asked again
_TIMEOUT = 20.0
_QUIET = 0.05  # processor seconds in a second: a server that uses less has made all that stands ready


@dataclass(frozen=True)
class Asked:
    """A question: its text, and where ours has an address for it, its address with the parameters.

    A matrix's answer there is no table of rows, so that their number cannot be held against Virtuoso's.
    """

    name: str
    text: str
    address: str = ""
    rows: bool = True


@dataclass(frozen=True)
class Took:
    """What an answer took: seconds, processor seconds of the server; its rows, -1 for a refusal."""

    seconds: float
    cpu: float
    rows: int


@dataclass(frozen=True)
class Compared:
    """A question's medians: ours asked anew, ours asked again, theirs; and both their first answers."""

    name: str
    ours: Took
    again: float
    theirs: Took
    first: tuple[Took, Took]

    @property
    def once(self) -> bool:
        """Whether it was heavy the first time only."""
        return max(self.ours.seconds, self.theirs.seconds) < HEAVY

    @property
    def at_first(self) -> float:
        """How many times as long their first answer takes by the clock."""
        return self.first[1].seconds / self.first[0].seconds

    @property
    def ratio(self) -> float:
        """How many times as long they take by the clock."""
        return self.theirs.seconds / self.ours.seconds

    @property
    def thrift(self) -> float:
        """How many times as much processor time they take."""
        return self.theirs.cpu / max(self.ours.cpu, 1e-6)


def main(names: Sequence[str] = ()) -> None:
    """Print the comparison of all queries, or of those whose names begin so."""
    if not virtuoso.installed():
        print("heavy queries: Virtuoso is not here: sh scripts/virtuoso.sh")
        return
    with tempfile.TemporaryDirectory() as folder:
        kept = os.environ.get("SAMSPEL_BENCH_STORE")
        home = Home(Path(kept)) if kept else heavy_data.make(Path(folder) / "store", Path(folder), TRIPLES)
        run(home, Path(folder), names)


def run(home: Home, work: Path, names: Sequence[str] = (), rounds: int = ROUNDS) -> list[Compared]:
    """Print the comparison of a store's queries and return it."""
    store = home.open()
    print(f"heavy queries: {len(store):,} quads, {home.manifest().merged:,} triples in the merge; in turns")
    asked = [each for each in questions(store) if not names or each.name.startswith(tuple(names))]
    with both(home, store, work) as (ours, theirs):
        found = [each for one in asked if (each := compare(one, ours, theirs, rounds)) is not None]
    once = [each for each in found if each.once]
    lasting = [each for each in found if not each.once]
    print(f"  {len(asked)} asked; {len(lasting)} heavy, {len(once)} the first time only; against {THEM}:")
    for what, of in (("processor time", "thrift"), ("the clock", "ratio")):
        print(f"    heavy, by {what}: {_told(lasting, of)}")
    print(f"    the first time only, by the clock: {_told(once, 'at_first')}")
    print(f"    the same asked again: {_told(once, 'ratio')}")
    return found


def _told(found: Sequence[Compared], of: str) -> str:
    slower = [f"{each.name} {ratio:.2f}x" for each in found if (ratio := getattr(each, of)) < 1]
    return f"as fast or faster {len(found) - len(slower)}; slower {len(slower)}: {', '.join(slower) or '-'}"


@contextmanager
def both(home: Home, store: Store, work: Path) -> Iterator[tuple[Running, Running]]:
    """Start both over a store, and wait until ours has made what it makes once a generation."""
    sql = free_port()
    ours = replace(
        next(each for each in ENDPOINTS if each.name == US),
        load=None,
        start=lambda _, place, port: _started(home.folder, port),
    )
    theirs = Endpoint(
        THEM,
        lambda _, place, port: virtuoso.command(place, sql, port, _ROWS, _BUFFERS),
        lambda _, place: place.mkdir(),
        path=f"/sparql?{_graphs(store)}",
    )
    with ExitStack() as stack:
        there = stack.enter_context(running(theirs, home.folder, work))
        virtuoso.fill(store, there.place, sql)
        here = stack.enter_context(running(ours, home.folder, work))
        while _used(here, 1) > _QUIET:
            pass
        yield here, there


def questions(store: Store) -> Iterator[Asked]:
    """Yield what is catalogued: as it stands, and with the last choices; panels for what most points to."""
    every = (catalogue.queries(), catalogue.networks(), catalogue.attributes(), catalogue.matrices())
    for query in (query for each in every for query in each.values()):
        for number, given in enumerate(_given(store, query)):
            name = f"{query.name}{' (last choices)' * number}"
            matrix = query.name in catalogue.matrices()
            room = "queries" if query.name in catalogue.queries() else "matrices" if matrix else ""
            address = f"/api/{room}/{query.name}?{urlencode(given)}" if room else ""
            yield Asked(name, bind(query, given)[1], address, rows=not matrix)


def compare(asked: Asked, ours: Running, theirs: Running, rounds: int = ROUNDS) -> Compared | None:
    """Ask both and print what came of it; None when neither needs long."""
    first = ask_us(ours, asked, 0), ask_them(theirs, asked)
    if first[0].rows != first[1].rows and (asked.rows or min(took.rows for took in first) < 0):
        print(f"  NOT ALIKE: {asked.name}: rows {first[0].rows} and {first[1].rows}", flush=True)
    if max(took.seconds for took in first) < HEAVY:
        return None
    rounds = rounds if max(took.seconds for took in first) < _LONG else 0
    turns = [(ask_us(ours, asked, turn), ask_them(theirs, asked)) for turn in range(1, rounds + 1)] or [first]
    again = median(ask_us(ours, asked, rounds).seconds for _ in range(3))
    here, there = (_median([turn[at] for turn in turns]) for at in (0, 1))
    found = Compared(asked.name, here, again, there, first)
    print(
        f"  {asked.name:34}{here.rows:8} rows{here.seconds * 1000:10.1f} ms{again * 1000:8.1f} again"
        f"{there.seconds * 1000:10.1f} theirs{found.ratio:9.2f}x"
        f"   CPU {here.cpu * 1000:8.1f} {there.cpu * 1000:8.1f}{found.thrift:9.2f}x"
        f"   first {first[0].seconds * 1000:8.1f} {first[1].seconds * 1000:8.1f}",
        flush=True,
    )
    return found


def ask_us(running: Running, asked: Asked, turn: int) -> Took:
    """Ask our service, by a request that it has not had before."""
    if asked.address and not asked.rows:
        return _ask(running, "GET", asked.address, "", f"application/json, text/x-{turn}")
    if asked.address:
        return _ask(running, "GET", f"{asked.address}&limit={MOST - turn}", "", "application/json")
    return _ask(running, "POST", "/sparql", urlencode({"query": f"{asked.text}\n# {turn}"}), JSON_ROWS)


def ask_them(running: Running, asked: Asked) -> Took:
    """Ask Virtuoso."""
    return _ask(running, "POST", running.endpoint.path, urlencode({"query": asked.text}), JSON_ROWS)


def _ask(running: Running, method: str, path: str, body: str, media: str) -> Took:
    connection = HTTPConnection("127.0.0.1", running.port, timeout=_TIMEOUT)
    head = {"Accept": media, "Content-Type": "application/x-www-form-urlencoded"}
    with asking.metered(running.pid) as meter:
        start = time.perf_counter()
        try:
            connection.request(method, path, body, head)
            answer = connection.getresponse()
            data = answer.read()
        except (TimeoutError, IncompleteRead):  # too late, or ended by the limit of a query
            return Took(_TIMEOUT, _TIMEOUT, -1)
        seconds = time.perf_counter() - start
    connection.close()
    if answer.status != 200:
        return Took(seconds, meter.seconds, -1)
    found = json.loads(data)
    if "regions" in found:
        return Took(seconds, meter.seconds, len(found["regions"]))
    return Took(
        seconds, meter.seconds, found["total"] if "total" in found else len(found["results"]["bindings"])
    )


def _given(store: Store, query: Query) -> list[Mapping[str, str]]:
    """Return with which parameters a query is asked."""
    given = {}
    if query.panel:
        given["thing"] = _hub(store, panels.read(query).classes)
    last = {each.name: each.choices[-1] for each in query.parameters if each.type == "choice"}
    return [given, given | last] if last else [given]


@cache
def _hub(store: Store, classes: frozenset[str]) -> str:
    """Return what most points to among the things of some classes."""
    pointed = _pointed(store)
    things = store.rows(
        f"SELECT DISTINCT ?x {{ VALUES ?c {{ {' '.join(f'<{each}>' for each in classes)} }} ?x a ?c }}"
    )
    return max((str(row["x"]) for row in things.dicts()), key=lambda each: pointed[each.encode()])


@cache
def _pointed(store: Store) -> Counter[bytes]:
    """Count how often each IRI is the value of something, in one pass over the merge."""
    last = (line[line.rindex(b" <") + 2 : -4] for line in store.raw() if line.endswith(b"> .\n"))
    return Counter(last)


def _median(turns: Sequence[Took]) -> Took:
    return Took(
        median(each.seconds for each in turns),
        median(each.cpu for each in turns),
        turns[0].rows if len({each.rows for each in turns}) == 1 else -1,
    )


def _graphs(store: Store) -> str:
    """Return which graphs Virtuoso shall see: the merge as the default graph, and the named ones."""
    named = [("named-graph-uri", graph) for graph in store.graphs()]
    return urlencode([("default-graph-uri", virtuoso.MERGE), *named])


def _started(store: Path, port: int) -> Sequence[str]:
    return sys.executable, str(Path(__file__).with_name("our_service.py")), str(store), str(port)


def _used(running: Running, seconds: float) -> float:
    before = sum(processes.used(running.pid).values())
    time.sleep(seconds)
    return sum(processes.used(running.pid).values()) - before


if __name__ == "__main__":
    main(sys.argv[1:])
