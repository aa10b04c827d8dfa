"""One contestant's tasks, each timed once in this process: `networks_way.py CONTESTANT PROJECTS [FOLDER]`.

Prints as JSON each task's seconds of processor and of the clock. Making the data is not timed, nor is making
the graphs of the peers.
"""

import gc
import json
import shutil
import sys
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

from benchmarks.networks_data import Data, made
from graph.generations import Home
from graph.iris import Iris
from queries import catalogue, network_reading
from queries.measure import Setting, measures, run
from queries.network import Network
from queries.projection import project

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
    """Project by all three weights: shared projects, Newman's shares and amounts."""
    network = data.network()
    sizes = np.bincount(data.project, minlength=len(data.since))
    totals = np.bincount(data.project, weights=data.amount, minlength=len(data.since))
    shares, parts = 1 / np.maximum(sizes - 1, 1), totals / np.maximum(sizes * (sizes - 1) / 2, 1)
    weights = [np.ones(len(sizes)), shares, parts]
    yield "project", partial(project, network.tie_actor, network.tie_event, len(network.nodes), weights)
    yield "arrays", data.network
    yield "rows", lambda: Network.from_rows("bench", data.rows(), "one-mode")


def our_report(data: Data, names: tuple[str, ...] = tuple(REPORT)) -> Iterator[Task]:
    """Compute the standard report; the library that some measures take is read before, as networkx is."""
    import_module("igraph")
    network = data.network()
    for name in (each for each in names if each in measures()):
        yield name, partial(run, name, network, **REPORT[name])


def our_linear(data: Data) -> Iterator[Task]:
    """Compute what grows with the edges only."""
    return our_report(data, LINEAR)


def our_store(data: Data, folder: Path) -> Iterator[Task]:
    """Read the network of organisations from a store on disk, as `samspel measure` does: first, and again."""
    store = _stored(data, folder).open()
    for kept in folder.glob("store/generations/*/columns"):  # of an earlier round
        shutil.rmtree(kept)
    query = catalogue.network("organisations")
    yield "first", lambda: network_reading.read(store, query)
    yield "again", lambda: network_reading.read(store, query)


def _stored(data: Data, folder: Path) -> Home:
    """Load the data into a store on disk, unless it is there from an earlier round."""
    home, file = Home(folder / "store"), folder / "data.nt"
    if home.current() is None:
        data.write(file)
        with home.draft() as draft:
            draft.replace_file(Iris().graph("bench")[1:-1], file, "bench")
        file.unlink()
    return home


OURS: dict[str, Callable[[Data], Iterator[Task]]] = {
    "our projection": our_projection,
    "our report": our_report,
    "our linear": our_linear,
}


def contestant(name: str) -> Callable[[Data], Iterator[Task]]:
    """Return who makes the tasks of a name; the libraries of peers are read for peers only."""
    if name in OURS:
        return OURS[name]
    from benchmarks.peers.networks import PEERS

    return PEERS[name]


def main(name: str, projects: str, folder: str = "") -> None:
    """Run the tasks of a contestant one after the other."""
    data = made(int(projects))
    tasks = our_store(data, Path(folder)) if folder else contestant(name)(data)
    print(json.dumps({task: timed(work) for task, work in tasks}))


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Return the seconds of processor, of all threads, and those of the clock.

    What was left behind before is collected first: who makes objects pays for looking at their own only.
    """
    gc.collect()
    start, since = process_time(), perf_counter()
    work()
    return process_time() - start, perf_counter() - since


if __name__ == "__main__":
    main(*sys.argv[1:])
