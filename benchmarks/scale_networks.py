"""Compare scipy, DuckDB and Spark on networks of made-up projects: seconds, rows a second, memory.

Each engine runs once in a process of its own; seconds of processor decide, since others may work beside.
`SAMSPEL_BENCH_SPARK=0` leaves Spark out, which takes minutes; `SAMSPEL_BENCH_PROJECTS` (several are parted by
commas) gives other sizes. A result is held against that of our arrays by all its numbers.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from benchmarks.networks_data import made
from benchmarks.scale_networks_way import MASTER, MEMORY_MB, Took
from queries.columnar import export

SIZES = tuple(map(int, os.environ.get("SAMSPEL_BENCH_PROJECTS", "6500,65000,260000").split(",")))
SPARK_AT = 65_000  # projects, which have a million edges
TASKS = (
    *("degree", "strength count", "strength newman", "strength amount", "components", "pagerank"),
    *("label_propagation", "k_core", "flows", "dynamics"),
)
WITH_SPARK = os.environ.get("SAMSPEL_BENCH_SPARK", "1") != "0"


def main(sizes: Sequence[int] = SIZES, spark: bool = WITH_SPARK) -> None:
    """Print a table a size."""
    for projects in sizes:
        with tempfile.TemporaryDirectory() as work:
            _size(projects, Path(work) / "export", spark and projects == SPARK_AT)


def _size(projects: int, folder: Path, spark: bool) -> None:
    data = made(projects)
    export.write_ties(folder, "bench", data.network().two_mode)
    engines = ("scipy", "duckdb", "spark") if spark else ("scipy", "duckdb")
    found = {engine: _once(engine, projects, folder) for engine in engines}
    edges = int(found["scipy"][0]["edges"][0])
    size = sum(path.stat().st_size for path in folder.rglob("part*/**/*.parquet"))
    print(
        f"\n{projects:,} projects, {len(data.project):,} participations ({size / 1e6:.1f} MB), "
        f"{edges:,} edges"
    )
    print(
        f"  duckdb has {MEMORY_MB} MB{f', spark is {MASTER}' if spark else ''}; processor s (clock), rows/s"
    )
    ours = found["scipy"][0]
    for task in ("start", "project", *TASKS):
        rows = len(data.project) if task == "project" else edges
        cells = "".join(_cell(took.get(task), ours[task], rows, task) for took, _ in found.values())
        print(f"  {task:18}{cells}", flush=True)
    for engine, (_, peak) in found.items():
        print(f"  most memory, {engine}: {peak / 1e6:,.0f} MB{' without Java' if engine == 'spark' else ''}")
    for engine in engines[1:]:
        apart = {task: _apart(folder, engine, task) for task in TASKS}
        print(f"  {engine} beside scipy, largest difference: {_told(apart)}", flush=True)


def _once(engine: str, projects: int, folder: Path) -> tuple[dict[str, Took], float]:
    here = Path(__file__).parent
    report = folder.parent / f"{engine}.json"
    measured = (sys.executable, "-I", "-S", str(here / "measured.py"), str(report))
    way = (sys.executable, str(here / "scale_networks_way.py"), engine, str(projects), str(folder))
    ended = subprocess.run(  # noqa: S603
        [*measured, *way, ",".join(TASKS)], check=True, stdout=subprocess.PIPE, text=True
    )
    return json.loads(ended.stdout.splitlines()[-1]), json.loads(report.read_text("utf-8"))["peak"]


def _cell(took: Took | None, ours: Took, rows: int, task: str) -> str:
    """Say what a task took, how many rows that is a second, and how many times scipy's seconds."""
    if took is None:
        return f"{'-':>36}"
    cpu, clock = took
    if task == "start":
        return f"{f'{cpu:.1f} ({clock:.1f})':>36}"
    times = f" {cpu / ours[0]:,.1f}x" if took is not ours and ours[0] else ""
    return f"{f'{cpu:.2f} ({clock:.1f}) {rows / max(cpu, 1e-9):,.0f}/s{times}':>36}"


def _apart(folder: Path, engine: str, task: str) -> float:
    """Return the largest difference of two numbers, over 1 that of their size; infinite where one is none."""
    ours, theirs = (np.load(folder / f"{each}-{task}.npy") for each in ("scipy", engine))
    if ours.shape != theirs.shape or (np.isnan(ours) != np.isnan(theirs)).any():
        return float("inf")
    return float(np.nanmax(np.abs(ours - theirs) / np.maximum(np.abs(ours), 1), initial=0))


def _told(apart: Mapping[str, float]) -> str:
    return ", ".join(f"{task} {value:.1g}" for task, value in apart.items())


if __name__ == "__main__":
    main()
