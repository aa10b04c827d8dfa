"""Ask every catalogued query of our service and of Virtuoso, side by side over the same million triples.

`python benchmarks/heavy.py [NAME ...]` alone, or by `make bench`. Both are asked over HTTP by the same SPARQL
text, in turns. Ours is given another comment each time, so that no answer comes from what is kept of answers;
Virtuoso is given the same text, so that it plans a question once. The heavy ones, which take either of them
50 ms, are asked again; of their turns the median is taken, and of the processor time of the servers.
`SAMSPEL_BENCH_TRIPLES` and `SAMSPEL_BENCH_ROUNDS` make a run larger or smaller.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from benchmarks import asking, heavy_data, processes
from benchmarks.peers import virtuoso
from benchmarks.peers.endpoints import ENDPOINTS, US, Endpoint, Running, free_port, running
from benchmarks.service_data import JSON_ROWS
from graph.generations import Home
from graph.store import Store
from ontology.names import BASE
from queries import catalogue, panels
from queries.answer import bind
from queries.catalogue import Query

TRIPLES = int(os.environ.get("SAMSPEL_BENCH_TRIPLES", 985_000))  # twice that is the most we hold in memory
ROUNDS = int(os.environ.get("SAMSPEL_BENCH_ROUNDS", 3))
HEAVY = 0.05  # seconds that a query takes either, to be looked at
THEM = "Virtuoso 7"
_ROWS = 10_000_000  # the largest answer of Virtuoso
_BUFFERS = 100_000  # 800 MB: the data need a fourth of it
_TIMEOUT = 60.0
_QUIET = 0.05  # processor seconds in a second: a server that uses less has made all that stands ready


@dataclass(frozen=True)
class Asked:
    """A question as both get it."""

    name: str
    text: str


@dataclass(frozen=True)
class Took:
    """What an answer took: seconds, processor seconds of the server; how many rows it has, -1 for a refusal."""

    seconds: float
    cpu: float
    rows: int


@dataclass(frozen=True)
class Compared:
    """A question's medians: ours asked anew, ours asked again, theirs; and whether both found the same."""

    name: str
    ours: Took
    again: float
    theirs: Took

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
    slower = [each for each in found if each.ratio < 1]
    print(f"  {len(asked)} asked, {len(found)} heavy; as fast as {THEM} or faster: {len(found) - len(slower)}")
    print(f"  slower: {', '.join(f'{each.name} {each.ratio:.2f}x' for each in slower) or 'none'}", flush=True)
    return found


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
            yield Asked(f"{query.name}{' (last choices)' * number}", bind(query, given)[1])


def compare(asked: Asked, ours: Running, theirs: Running, rounds: int = ROUNDS) -> Compared | None:
    """Ask both and print what came of it; None when neither needs long."""
    first = ask(ours, asked, "first"), ask(theirs, asked)
    if first[0].rows != first[1].rows:
        print(f"  NOT ALIKE: {asked.name}: rows {first[0].rows} and {first[1].rows}", flush=True)
    if max(took.seconds for took in first) < HEAVY:
        return None
    turns = [(ask(ours, asked, str(turn)), ask(theirs, asked)) for turn in range(rounds)]
    again = median(ask(ours, asked, str(rounds - 1)).seconds for _ in range(rounds))
    here, there = (_median([turn[at] for turn in turns]) for at in (0, 1))
    found = Compared(asked.name, here, again, there)
    print(
        f"  {asked.name:34}{here.rows:8} rows{here.seconds * 1000:10.1f} ms{again * 1000:8.1f} again"
        f"{there.seconds * 1000:10.1f} theirs{found.ratio:9.2f}x"
        f"   CPU {here.cpu * 1000:8.1f} {there.cpu * 1000:8.1f}{found.thrift:9.2f}x"
        f"   first {first[0].seconds * 1000:8.1f} {first[1].seconds * 1000:8.1f}",
        flush=True,
    )
    return found


def ask(running: Running, asked: Asked, comment: str = "") -> Took:
    """Ask a server once."""
    text = f"{asked.text}\n# {comment}" if comment else asked.text
    path, _, more = running.endpoint.path.partition("?")
    body = "&".join(filter(None, (more, urlencode({"query": text}))))
    connection = HTTPConnection("127.0.0.1", running.port, timeout=_TIMEOUT)
    head = {"Accept": JSON_ROWS, "Content-Type": "application/x-www-form-urlencoded"}
    with asking.metered(running.pid) as meter:
        start = time.perf_counter()
        try:
            connection.request("POST", path, body, head)
            answer = connection.getresponse()
            data = answer.read()
        except TimeoutError:
            return Took(_TIMEOUT, meter.seconds, -1)
        seconds = time.perf_counter() - start
    connection.close()
    rows = len(json.loads(data)["results"]["bindings"]) if answer.status == 200 else -1
    return Took(seconds, meter.seconds, rows)


def _given(store: Store, query: Query) -> list[Mapping[str, str]]:
    """Return with which parameters a query is asked."""
    given = {}
    if query.panel:
        given["thing"] = _hub(store, panels.read(query).classes)
    last = {each.name: each.choices[-1] for each in query.parameters if each.type == "choice"}
    return [given, given | last] if last else [given]


def _hub(store: Store, classes: frozenset[str]) -> str:
    """Return what most points to among the things of some classes."""
    found = store.rows(
        f"SELECT ?thing (COUNT(*) AS ?n) {{ VALUES ?class {{ {' '.join(f'<{each}>' for each in classes)} }} "
        "?thing a ?class . ?other ?property ?thing } GROUP BY ?thing ORDER BY DESC(?n) ?thing LIMIT 1"
    )
    return str(next(iter(found.dicts()))["thing"])


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
