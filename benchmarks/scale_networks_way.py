"""One engine's tasks over one export: `scale_networks_way.py ENGINE PROJECTS FOLDER TASK,TASK`.

Prints as JSON each task's seconds of processor, Java's included, and of the clock; writes the numbers of each
result beside, to be compared. A task is a measure, or a measure and a weight. Making the data and the export
is not timed, nor is starting the engine, which is told apart.
"""

import json
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter, process_time
from typing import TypeVar

import numpy as np

from benchmarks.networks_data import made
from queries.columnar import export, measured
from queries.columnar.large import LargeNetwork
from queries.measure import Cell, MeasureResult, run
from queries.network import Floats, Network

Made = TypeVar("Made")
Took = tuple[float, float]
MEMORY_MB = int(os.environ.get("SAMSPEL_DUCKDB_MEMORY_MB", "2000"))
MASTER = os.environ.get("SAMSPEL_SPARK_MASTER", "local-cluster[2,1,1024]")
TICKS = os.sysconf("SC_CLK_TCK")


def main(engine: str, projects: str, folder: str, tasks: str) -> None:
    """Run the tasks one after the other and print what each took."""
    names = tasks.split(",")
    found = _arrays(int(projects), names) if engine == "scipy" else _engine(engine, Path(folder), names)
    took, results = found
    for name, result in results.items():
        np.save(Path(folder) / f"{engine}-{name}.npy", numbers(result))
        took["edges"] = float(result.edges), 0.0
    print(json.dumps(took))


def numbers(result: MeasureResult) -> Floats:
    """Return all numbers of a result: values, columns, facts, tables; not a number where it tells none."""
    cells: list[Cell] = [value for _, _, value in result.values]
    cells += [value for column in result.columns for value in column.values]
    cells += [fact.value for fact in result.facts]
    cells += [cell for table in result.tables for row in table.rows for cell in row]
    return np.array([each if isinstance(each, int | float) else np.nan for each in cells], dtype=np.float64)


def _arrays(projects: int, names: list[str]) -> tuple[dict[str, Took], dict[str, MeasureResult]]:
    ties = made(projects).network().two_mode
    took: dict[str, Took] = {"start": (0.0, 0.0)}
    network, took["project"] = timed(lambda: Network.from_ties("bench", ties, "one-mode"))
    results = {}
    for name in names:
        engine = {"engine": "scipy"} if name in ("pagerank", "k_core", "label_propagation") else {}
        measure, given = _asked(name)
        results[name], took[name] = timed(partial(run, measure, network, **given, **engine))
    return took, results


def _engine(engine: str, folder: Path, names: list[str]) -> tuple[dict[str, Took], dict[str, MeasureResult]]:
    given = export.read(folder)
    start = partial(measured.runner, given, engine, master=MASTER, partitions=4, memory_mb=MEMORY_MB)
    took: dict[str, Took] = {}
    runner, took["start"] = timed(start)
    network = LargeNetwork(given, runner)
    _, took["project"] = timed(network.project)
    len(network.nodes)  # the labels of the result, which scipy has already
    results = {}
    for name in ("components", *(each for each in names if each != "components")):  # every result tells them
        measure, of = _asked(name)
        results[name], took[name] = timed(partial(measured.run, measure, network, **of))
        print(f"{engine} {name}: {took[name][0]:.1f} s, by the clock {took[name][1]:.1f}", file=sys.stderr)
    runner.close()
    return took, results


def _asked(task: str) -> tuple[str, dict[str, str]]:
    """Return the measure of a task, and its settings.

    >>> _asked("strength newman")
    ('strength', {'weight': 'newman'})
    """
    measure, _, weight = task.partition(" ")
    return measure, {"weight": weight} if weight else {}


def timed(work: Callable[[], Made]) -> tuple[Made, Took]:
    """Return what some work makes, with the seconds of processor and of the clock that it took."""
    start, since = _processor(), perf_counter()
    found = work()
    return found, (_processor() - start, perf_counter() - since)


def _processor() -> float:
    """Return the seconds of processor of this process and of those that it started, which still run."""
    return process_time() + sum(_of(each) for each in _children(os.getpid()))


def _children(process: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        for child in map(int, task.read_text("utf-8").split()):
            found += [child, *_children(child)]
    return found


def _of(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


if __name__ == "__main__":
    main(*sys.argv[1:])
