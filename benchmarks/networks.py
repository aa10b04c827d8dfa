"""Compare networks of made-up projects with networkx and igraph: projection, standard report, growth, memory.

Seconds of processor; each contestant runs its tasks once in a fresh process, and of several processes the
median is taken. `SAMSPEL_BENCH_FULL=1` adds what takes minutes: networkx at 100,000 projects, and there the
whole report and the way from a store.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.networks_data import SIZES
from benchmarks.rounds import said

FULL = bool(os.environ.get("SAMSPEL_BENCH_FULL"))
ROUNDS = 3
AGAIN = "communities again"  # what networkx takes for the runs after the first


@dataclass(frozen=True)
class Took:
    """What the tasks of a contestant took: seconds of processor and of the clock, and the most memory."""

    tasks: Mapping[str, float]
    clock: Mapping[str, float]
    peak: float

    @property
    def all(self) -> float:
        """Return the seconds of all tasks."""
        return sum(self.tasks.values())


def main(sizes: Sequence[int] = SIZES, full: bool = FULL, rounds: int = ROUNDS) -> None:
    """Print every comparison against its goal; the smaller sizes come first."""
    *_, middle, large = sizes
    _projections(sizes, full, rounds)
    _report(middle, rounds)
    _growth(middle, large, full, rounds)
    _from_store(large if full else middle, rounds)


def took(contestant: str, projects: int, rounds: int, folder: str = "", warm: bool = False) -> Took:
    """Run a contestant in so many fresh processes and return the medians; `warm` as in `side_by_side`."""
    if warm:
        return side_by_side((contestant, contestant), projects, rounds, folder)[0]
    return side_by_side((contestant,), projects, rounds, folder)[0]


def side_by_side(contestants: Sequence[str], projects: int, rounds: int, folder: str = "") -> list[Took]:
    """Run contestants by turns, each time in a fresh process, and return the medians of each.

    Where there are several, each runs twice a turn and the second counts: on a virtual machine the memory
    that the process before has given back is fetched from the host again, up to 2 ms a huge page, which
    told more of who came before than of who ran (134 to 159 ms for what takes 39 to 46).
    """
    turns = []
    for _ in range(rounds):
        if len(contestants) == 1:
            turns.append([once(contestants[0], projects, folder)])
        else:
            turns.append([[once(each, projects, folder) for _ in range(2)][1] for each in contestants])
    return [_medians(found) for found in zip(*turns, strict=True)]


def _medians(found: Sequence[Took]) -> Took:
    tasks = {task: median(each.tasks[task] for each in found) for task in found[0].tasks}
    clock = {task: median(each.clock[task] for each in found) for task in found[0].clock}
    return Took(tasks, clock, max(each.peak for each in found))


def once(contestant: str, projects: int, folder: str) -> Took:
    here = Path(__file__).parent
    with tempfile.TemporaryDirectory() as work:
        report = Path(work) / "took.json"
        measured = (sys.executable, "-I", "-S", str(here / "measured.py"), str(report))
        way = (sys.executable, str(here / "networks_way.py"), contestant, str(projects), folder)
        ended = subprocess.run([*measured, *way], check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
        told = json.loads(ended.stdout)
        cpu, clock = ({task: both[at] for task, both in told.items()} for at in (0, 1))
        return Took(cpu, clock, json.loads(report.read_text("utf-8"))["peak"])


def _projections(sizes: Sequence[int], full: bool, rounds: int) -> None:
    """Print the projections; networkx makes two of the three weights and igraph one."""
    print(
        f"\n{'projection, CPU s':28}{'ours, 3 weights':>18}{'networkx, 2':>18}{'igraph, 1':>18}", flush=True
    )
    for projects in sizes:
        largest = projects == sizes[-1]
        times = 2 * rounds - 1 if largest else rounds  # half of our time there is the kernel's, and it varies
        both = side_by_side(("our projection", "igraph projection"), projects, times)
        ours, igraph = both[0].tasks, both[1].all
        slow = 1 if largest else rounds
        networkx = took("networkx projection", projects, slow).all if full or not largest else None
        each = [ours["project"], networkx, igraph]
        told = "".join(f"{'-':>18}" if value is None else f"{value:18.3f}" for value in each)
        print(f"{projects:>9,} projects{'':10}{told}", flush=True)
        print(f"{'':28}{ours['arrays']:18.3f} from arrays, {ours['rows']:.3f} from rows", flush=True)
    if networkx is None:
        print("  networkx takes minutes at the largest size: SAMSPEL_BENCH_FULL=1 runs it")
    else:
        print(f"  goal against networkx: {said(networkx / ours['project'], 50)}")
    print(f"  goal against igraph: {said(igraph / ours['project'], 5)}", flush=True)


def _report(projects: int, rounds: int) -> None:
    """Print the standard report beside networkx."""
    ours, networkx = took("our report", projects, rounds), took("networkx report", projects, 1)
    print(f"\n{f'standard report, {projects:,}':28}{'ours, CPU s':>18}{'networkx':>18}")
    again = networkx.tasks[AGAIN]  # our measure runs ten times, and so must theirs
    for task, seconds in ours.tasks.items():
        theirs = networkx.tasks[task] + (again if AGAIN.startswith(task) else 0)
        print(f"  {task:26}{seconds:18.4f}{theirs:18.3f}{theirs / seconds:10.0f}x")
    print(f"  {'all':26}{ours.all:18.3f}{networkx.all:18.3f}{networkx.all / ours.all:10.0f}x")
    print(f"  with one run of Louvain by networkx beside our ten: {(networkx.all - again) / ours.all:.0f}x")
    print(f"  goal of seconds: {at_most(ours.all, 5, 's')}")
    print(f"  goal against networkx: {said(networkx.all / ours.all, 20)}", flush=True)


def _growth(few: int, many: int, full: bool, rounds: int) -> None:
    """Print how the measures that look at edges only grow, and the memory of the largest network."""
    before, after = (took("our linear", projects, rounds, warm=True) for projects in (few, many))
    print(f"\n{f'from {few:,} projects':28}{f'to {many:,}, CPU s':>18}{'before':>18}{'growth':>11}")
    growth = {task: seconds / before.tasks[task] for task, seconds in after.tasks.items()}
    for task, times in growth.items():
        print(f"  {task:26}{after.tasks[task]:18.4f}{before.tasks[task]:18.4f}{times:10.1f}x")
    whole = took("our report", many, 1) if full else after
    for task in (each for each in whole.tasks if each not in growth):
        print(f"  {task:26}{whole.tasks[task]:18.4f}")  # it is not linear, so that it has no goal
    worst = max(growth, key=lambda task: growth[task])
    print(f"  goal of growth ({worst}): {at_most(growth[worst], 14, 'x')}")
    print(f"  goal of memory: {at_most(whole.peak / 1e9, 1.5, ' GB')}", flush=True)


def _from_store(projects: int, rounds: int) -> None:
    """Print the way from a store on disk to the projected network: by its queries, and by kept columns."""
    with tempfile.TemporaryDirectory() as folder:
        ours = took("our store", projects, rounds, folder)
    first, again = ours.tasks["first"], ours.tasks["again"]
    print(f"\nfrom a store to the network of {projects:,} projects, CPU s")
    print(f"  by its queries, the first time: {at_most(first, 10, ' s')}; clock {ours.clock['first']:.2f} s")
    print(
        f"  by the columns kept then: {at_most(again, 10, ' s')}; clock {ours.clock['again']:.2f} s",
        flush=True,
    )


def at_most(found: float, most: float, unit: str) -> str:
    """Say whether a goal with an upper bound is reached.

    >>> at_most(4.2, 5, " s")
    'at most 5 s: reached (4.20 s)'
    >>> at_most(6, 5, " s")
    'not reached: 6.00 s of 5 s'
    """
    if found <= most:
        return f"at most {most:g}{unit}: reached ({found:.2f}{unit})"
    return f"not reached: {found:.2f}{unit} of {most:g}{unit}"


if __name__ == "__main__":
    main()
