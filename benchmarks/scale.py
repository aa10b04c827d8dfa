"""Measure how each part grows with the data: build, publish, open, queries, pages, network, report, disk.

`make bench-scale`, or `python -m benchmarks.scale`. For each of `SAMSPEL_SCALE_TRIPLES` (triples, parted by
commas) a made-up file laid out like CORDIS is loaded beside the bundled sources. Each part runs in a process
of its own and is told in seconds of processor, which other work on the machine distorts least. A query, a
page or a measure may take `SAMSPEL_SCALE_SECONDS` of them; a slower one is told as such and not waited for.

`SAMSPEL_SCALE_FOLDER` keeps stores and what was measured (else both are removed); a second run there measures
only what is missing. The exponent is the slope of the logarithms by least squares over all points: 1 grows
as the data do, 2 as their square. Beside it stands that of the last two points, since what costs the same at
any size hides the slope of the small ones.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np

from benchmarks import cordis_like
from benchmarks.loading import OUR_COMMAND
from benchmarks.networks_way import REPORT
from benchmarks.scale_way import OPENED, READ, SHAPES
from graph.generations import Home

TRIPLES = "100000,1000000,10000000"
SECONDS = 60
A_RECORD = 9.2  # triples of a record of the made-up file
REPORTED = "standard report"
PARTS = {"open": OPENED, "network": (*READ, *REPORT)}
_OVER = 256 - signal.SIGXCPU  # how a shell tells of a process that took too many seconds
_HERE = Path(__file__).parent

Points = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Step:
    """A command that ended: what it took, how it ended, and its output."""

    wall: float
    cpu: float
    peak: float
    code: int
    out: str


@dataclass
class Size:
    """What was measured of data of one size; `over` names what took too long."""

    asked: int
    triples: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    memory: dict[str, float] = field(default_factory=dict)  # MB
    disk: dict[str, float] = field(default_factory=dict)  # MB
    found: dict[str, float] = field(default_factory=dict)
    over: set[str] = field(default_factory=set)


def main() -> None:
    """Measure all sizes that are asked for and print their table."""
    sizes = [int(each) for each in os.environ.get("SAMSPEL_SCALE_TRIPLES", TRIPLES).split(",")]
    seconds = int(os.environ.get("SAMSPEL_SCALE_SECONDS", SECONDS))
    kept = os.environ.get("SAMSPEL_SCALE_FOLDER")
    if kept:
        print_sizes([measured(size, Path(kept), seconds) for size in sizes], seconds)
        return
    with tempfile.TemporaryDirectory() as folder:
        print_sizes([measured(size, Path(folder), seconds) for size in sizes], seconds)


def measured(asked: int, folder: Path, seconds: int, shapes: Iterable[str] = SHAPES) -> Size:
    """Make data of a size and a store of them, and measure all parts there."""
    place = folder / str(asked)
    place.mkdir(parents=True, exist_ok=True)
    size, store = Size(asked), place / "store"
    _load(size, place, store)
    for part, names in PARTS.items():
        step = _step(place, part, _way(part, store, seconds))
        _take(size, step, names)
        size.memory[part] = step.peak / 1e6
    if all(name in size.seconds for name in REPORT):
        size.seconds[REPORTED] = sum(size.seconds[name] for name in REPORT)
    for shape in shapes:
        step = _step(place, f"query {shape}", _way("query", store, seconds, shape))
        _take(size, step, (shape,))
        size.memory["largest query"] = max(size.memory.get("largest query", 0), step.peak / 1e6)
    _publish(size, place, store)
    return size


def _load(size: Size, place: Path, store: Path) -> None:
    """Build the bundled sources, load the made-up file, and tell what lies there then."""
    source = place / "organization.csv"
    _step(place, "build", (OUR_COMMAND, "build", "--store", str(store)))
    if not (place / "load.json").exists() and not source.exists():
        cordis_like.write(source, round(size.asked / A_RECORD), faults=0, duplicates=0)
    command = (OUR_COMMAND, "load", "cordis", str(source), "--store", str(store), "--json")
    step = _step(place, "load", command)
    manifest = Home(store).manifest()
    size.triples = manifest.merged
    size.seconds["load"], size.memory["load"] = step.cpu, step.peak / 1e6
    told = json.loads(step.out)
    size.found |= {"quads": manifest.quads(), "participations": told["things"]["Participation"]}
    size.disk["a generation"] = _bytes(Home(store).data(manifest.generation)) / 1e6


def _publish(size: Size, place: Path, store: Path) -> None:
    step = _step(place, "publish", (OUR_COMMAND, "publish", "--store", str(store), "--force"))
    size.seconds["publish"], size.memory["publish"] = step.cpu, step.peak / 1e6
    size.disk["a release"] = _bytes(store / "releases") / 1e6


def _take(size: Size, step: Step, names: Sequence[str]) -> None:
    """Take over what a part printed; what it did not come to took too long, or stands behind what did."""
    for line in step.out.splitlines():
        name, cpu, _, held, found = json.loads(line)
        size.seconds[name] = cpu
        if name in ("open", "ready", "network by its queries"):
            size.memory[f"{name}, after it"] = held / 1e6
        if name in ("self-join", "network by kept columns", "degree"):
            size.found[_WHAT[name]] = found
    if step.code == _OVER:
        size.over |= {name for name in names if name not in size.seconds}


_WHAT = {"self-join": "pairs met", "network by kept columns": "actors", "degree": "edges"}


def _way(part: str, store: Path, seconds: int, *more: str) -> tuple[str, ...]:
    return sys.executable, str(_HERE / "scale_way.py"), part, str(store), str(seconds), *more


def _step(place: Path, name: str, command: tuple[str, ...]) -> Step:
    """Run a command once, or return what it took in an earlier run."""
    kept = place / f"{name}.json"
    if kept.exists():
        return Step(**json.loads(kept.read_text("utf-8")))
    report = place / f"{name}.took"
    small = (sys.executable, "-I", "-S", str(_HERE / "measured.py"), str(report))
    ended = subprocess.run([*small, *command], capture_output=True, text=True, check=False)  # noqa: S603
    if ended.returncode not in (0, _OVER):
        raise RuntimeError(f"{name!r} in {place} ended with {ended.returncode}: {ended.stderr.strip()}")
    step = Step(**json.loads(report.read_text("utf-8")), code=ended.returncode, out=ended.stdout)
    kept.write_text(json.dumps(asdict(step)), "utf-8")
    report.unlink()
    print(f"  {place.name}: {name} took {step.cpu:.1f} s ({step.wall:.1f} by the clock)", flush=True)
    return step


def exponent(points: Points) -> float | None:
    """Return the slope of the logarithms of points by least squares, None when they have none.

    >>> round(exponent([(10, 3), (100, 300), (1000, 30000)]), 6)
    2.0
    """
    known = [(x, y) for x, y in points if x > 0 and y > 0]
    if len({x for x, _ in known}) < 2:
        return None
    x, y = np.log(np.array(known)).T
    return float(np.polyfit(x, y, 1)[0])


def print_sizes(sizes: Sequence[Size], seconds: int) -> None:
    """Print what was measured, and how each grows."""
    triples = [size.triples for size in sizes]
    head = "".join(f"{many:>14,}" for many in triples)
    print(f"\n{'triples':34}{head}{'exponent':>10}{'last two':>10}")
    for title, which, form in (
        ("found", "found", ",.0f"),
        ("processor seconds", "seconds", ",.3f"),
        ("most memory, MB", "memory", ",.0f"),
        ("disk, MB", "disk", ",.1f"),
    ):
        print(title)
        columns: list[Mapping[str, float]] = [getattr(size, which) for size in sizes]
        over = [size.over if which == "seconds" else set() for size in sizes]
        for name in dict.fromkeys(name for column in columns for name in column):
            cells = "".join(
                f"{_cell(column.get(name), form, seconds if name in late else 0):>14}"
                for column, late in zip(columns, over, strict=True)
            )
            points = [(x, column[name]) for x, column in zip(triples, columns, strict=True) if name in column]
            print(f"  {name:32}{cells}{_slope(points):>10}{_slope(points[-2:]):>10}", flush=True)


def _cell(value: float | None, form: str, limit: int) -> str:
    if value is not None:
        return format(value, form)
    return f"over {limit} s" if limit else "-"


def _slope(points: Points) -> str:
    found = exponent(points)
    return "-" if found is None else f"{found:.2f}"


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    main()
