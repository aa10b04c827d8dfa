"""One contestant's tasks, each timed once in this process: `networks_way.py CONTESTANT PROJECTS [FOLDER]`.

Prints seconds of processor a task as JSON. Making the data and, for the peers, their graphs is not timed.
"""

import json
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import process_time

from api.commands_ask import read_network
from benchmarks.networks_data import Data, made
from benchmarks.peers import networks as peers
from graph.iris import Iris
from graph.store import Store
from queries.measure import Setting, run
from queries.network import Network

Task = tuple[str, Callable[[], object]]

REPORT: dict[str, dict[str, Setting]] = {
    "degree": {},
    "strength": {},
    "pagerank": {},
    "k_core": {},
    "components": {},
    "degree_assortativity": {},
    "attribute_assortativity": {},
    "backbone": {},
    "flows": {},
    "clustering": {},
    "constraint": {"weight": "count"},
    "communities": {},
    "betweenness": {"pivots": 250},
}
LINEAR = tuple(REPORT)[:9]  # in the number of edges; the others look at pairs of partners or at paths


def our_projection(data: Data) -> Iterator[Task]:
    """Read rows into an incidence matrix and project it by three weights."""
    yield "read and project", partial(_network, data)


def our_report(data: Data, names: tuple[str, ...] = tuple(REPORT)) -> Iterator[Task]:
    """Compute the standard report."""
    network = _network(data)
    for name in names:
        yield name, partial(run, name, network, **REPORT[name])


def our_linear(data: Data) -> Iterator[Task]:
    """Compute what grows with the edges only."""
    return our_report(data, LINEAR)


def our_store(data: Data, folder: Path) -> Iterator[Task]:
    """Read the network of organisations from a store on disk, as `samspel measure` does."""
    store = Store.open(_stored(data, folder))
    yield "network", lambda: read_network(store, "organisations", {})


def _network(data: Data) -> Network:
    return Network.from_rows("bench", data.rows(), "one-mode")


def _stored(data: Data, folder: Path) -> Path:
    """Load the data into a store on disk, unless it is there from an earlier round."""
    place, file = folder / "store", folder / "data.nt"
    if not place.exists():
        data.write(file)
        made = Store.create(place)
        made.load(Iris().graph("bench")[1:-1], [file.read_bytes()])
        made.close()
        file.unlink()
    return place


CONTESTANTS: dict[str, Callable[[Data], Iterator[Task]]] = {
    "our projection": our_projection,
    "our report": our_report,
    "our linear": our_linear,
    "networkx projection": peers.networkx_projection,
    "networkx report": peers.networkx_report,
    "igraph projection": peers.igraph_projection,
}


def main(name: str, projects: str, folder: str = "") -> None:
    """Run the tasks of a contestant one after the other."""
    data = made(int(projects))
    tasks = our_store(data, Path(folder)) if folder else CONTESTANTS[name](data)
    print(json.dumps({task: _cpu(work) for task, work in tasks}))


def _cpu(work: Callable[[], object]) -> float:
    start = process_time()
    work()
    return process_time() - start


if __name__ == "__main__":
    main(*sys.argv[1:])
