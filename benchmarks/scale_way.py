"""One part of the measuring of growth, in a process of its own: `scale_way.py PART STORE SECONDS [SHAPE]`.

Prints a line of JSON as each task ends: its name, its seconds of processor and of the clock, the memory held
after it, and a number to see by that something was found. A task that takes more seconds of processor than
are allowed ends the process, so that the lines before it are what is known. What is quick is done again and
the median told.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator, Sized
from functools import partial
from importlib import import_module
from pathlib import Path
from resource import RLIM_INFINITY, RLIMIT_CPU, setrlimit
from statistics import median
from time import process_time
from typing import TYPE_CHECKING

from benchmarks import processes
from benchmarks.networks_way import REPORT
from benchmarks.scale_networks_way import timed
from benchmarks.service_data import Data, constructs
from graph.asked import Asked
from graph.generations import Home
from graph.store import Store
from ontology.names import BASE
from queries import answer, catalogue, network_reading
from queries.measure import run

if TYPE_CHECKING:
    from api.service.worker import Desk

Task = tuple[str, Callable[[], int]]

HUB = f"{BASE}id/organisation/pic-910000000"  # who takes part most often in what `cordis_like` writes
_PREFIXES = f"PREFIX s: <{BASE}ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
CATALOGUED = {  # shape: query of the catalogue, its parameters
    "keyed lookup": ("thing-facts", {"thing": HUB}),
    "group-by, one pattern": ("class-counts", {}),
    "group-by, two patterns": ("roles", {}),
    "NOT EXISTS": ("without-place", {}),
    "OPTIONAL": ("missing-organisations", {}),
    "DISTINCT": ("search-labels", {}),
    "a hub's partners": ("organisation-partners", {"thing": HUB}),
}
WRITTEN = {
    "star": (
        "SELECT (COUNT(?m) AS ?n) "
        "{ ?p a s:Participation ; s:inRole ?r ; s:byOrganisation ?o ; s:euContribution ?m }"
    ),
    "path": "SELECT (COUNT(?c) AS ?n) { ?project s:hasParticipation/s:byOrganisation/s:actorKind ?c }",
    "self-join": (
        "SELECT (COUNT(?project) AS ?n) { ?project s:hasParticipation/s:byOrganisation ?a ; "
        "s:hasParticipation/s:byOrganisation ?b FILTER(STR(?a) < STR(?b)) }"
    ),
    "ORDER BY LIMIT": "SELECT ?p ?v { ?p s:euContribution/s:amount ?v } ORDER BY DESC(?v) ?p LIMIT 20",
    "text filter": (
        'SELECT ?o ?l { ?o a s:Organisation ; skos:altLabel ?l FILTER(CONTAINS(LCASE(?l), "rin")) }'
    ),
}
SHAPES = (
    "keyed lookup", "star", "path", "group-by, one pattern", "group-by, two patterns", "self-join",
    "a hub's partners", "NOT EXISTS", "ORDER BY LIMIT", "text filter", "DISTINCT", "OPTIONAL", "CONSTRUCT",
)  # fmt: skip
OPENED = ("open", "page of a hub", "the hub again", "page of a project", "ready")
READ = ("network by its queries", "network by kept columns")
REPEATED = 5
QUICK = 1.0  # seconds of processor, below which a task is done again


def main(part: str, store: str, seconds: str, shape: str = "") -> None:
    """Do the tasks of a part and print what each took."""
    for name, work in tasks(part, Path(store), shape):
        _allow(int(seconds))
        found, cpu, clock = _measured(work, again=part == "query")
        held = processes.held(os.getpid()).memory
        print(json.dumps([name, cpu, clock, held, found]), flush=True)
        _allow(None)


def tasks(part: str, store: Path, shape: str = "") -> Iterator[Task]:
    """Yield the tasks of a part: open, network, or query with the name of its shape."""
    if part == "open":
        return _opening(store)
    if part == "network":
        return _network(Home(store))
    return iter([(shape, partial(ask, Home(store).open(), shape))])


def ask(store: Asked, shape: str) -> int:
    """Ask a query of a shape; return the number of its rows, or what it counts."""
    if shape in CATALOGUED:
        name, given = CATALOGUED[shape]
        return len(answer.ask(store, catalogue.query(name), given).rows.rows)
    if shape == "CONSTRUCT":
        return len(store.construct(constructs(Data(Path(), 0, 0))[0].at(0)))
    rows = store.rows(_PREFIXES + WRITTEN[shape])
    counted = rows.columns == ("n",)
    return int(next(rows.dicts())["n"] or 0) if counted else len(rows.rows)


def _opening(store: Path) -> Iterator[Task]:
    """Open as the service does, ask for pages of things, and make what is kept beside a generation last."""
    from benchmarks import pages  # the whole application, which queries and networks start sooner without

    opened: list[Desk] = []

    def page(address: str) -> int:
        if pages.take(opened[0], address) is None:
            raise LookupError(f"{address} is no page of this store; was it loaded by this benchmark?")
        return 1

    def first() -> int:
        desk, found = pages.open_desk(store)
        opened.append(desk)
        return found.quads

    yield "open", first
    hub = HUB.removeprefix(f"{BASE}id/")
    yield "page of a hub", partial(page, f"/page/{hub}")
    yield "the hub again", partial(page, f"/page/{hub}")
    yield "page of a project", partial(page, "/page/project/cordis.101000001")
    yield "ready", lambda: round(pages.make_ahead(opened[0]))


def _network(home: Home) -> Iterator[Task]:
    """Read the network of organisations by its queries and by kept columns, then measure as `networks.py`."""
    query = catalogue.network("organisations")
    bare = Store.open(home.data(home.manifest().generation))  # without the columns that are kept beside it
    yield "network by its queries", lambda: _size(network_reading.read(bare, query).counts)
    bare.close()
    store = home.open()
    network_reading.read(store, query)
    found = network_reading.read(store, query)
    yield "network by kept columns", lambda: _size(network_reading.read(store, query).nodes)
    import_module("igraph")
    for name in REPORT:
        yield name, lambda name=name: run(name, found, **REPORT[name]).edges  # type: ignore[misc]


def _size(found: Sized) -> int:
    return len(found)


def _measured(work: Callable[[], int], again: bool) -> tuple[int, float, float]:
    """Do some work, and again where that is quick and told; return what it found and the median seconds."""
    took = []
    while True:
        found, (cpu, clock) = timed(work)
        took.append((cpu, clock))
        if not again or len(took) == REPEATED or sum(each for each, _ in took) > QUICK:
            return found, median(each for each, _ in took), median(each for _, each in took)


def _allow(seconds: int | None) -> None:
    """Let this process use so many more seconds of processor, or any number of them."""
    soft = RLIM_INFINITY if seconds is None else int(process_time()) + 1 + seconds
    setrlimit(RLIMIT_CPU, (soft, RLIM_INFINITY))


if __name__ == "__main__":
    main(*sys.argv[1:])
