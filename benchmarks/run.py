"""Compare samspel side by side with what one would use instead; prints ratios of one run, never asserts.

`make bench` runs every part, `python benchmarks/run.py PART ...` some. A part that breaks off is told with
its reason, the others are run, and the end is 1.
"""

import re
import sys
import tempfile
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

import rdflib

from api.build import build
from benchmarks import explorer, heavy, loading, matching, networks, pages, search, service
from graph.generations import Home
from graph.iris import Iris
from graph.store import Store
from graph.validate import validate
from ontology import names
from queries import answer, catalogue

FOR_RDFLIB = ("class-counts", "match-themes", "match-needs")  # a competency question takes it minutes


def main(*names: str) -> int:
    """Run the parts of these names, or all; return 1 when one broke off."""
    if unknown := set(names) - set(PARTS):
        print(f"benchmarks: {', '.join(sorted(unknown))}: no such part; there are {', '.join(PARTS)}.")
        return 2
    broken = [name for name in names or PARTS if not _whole(name)]
    if broken:
        print(f"\nbroke off: {', '.join(broken)}")
    return 1 if broken else 0


def _whole(name: str) -> bool:
    start = perf_counter()
    try:
        PARTS[name]()
    except Exception:  # noqa: BLE001  # one part that breaks must not hide the others
        traceback.print_exc()
        return False
    print(f"({name}: {perf_counter() - start:.0f} s)", flush=True)
    return True


def _bundled() -> None:
    """Build the bundled data, ask the competency questions, validate and match."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        print(f"build from nothing: {_time(lambda: build(home, Iris()), 1):.2f} s")
        print(f"build again, nothing changed: {_time(lambda: build(home, Iris()), 1):.2f} s")
        disk = home.open()
        _competency(disk, disk.in_memory())
        _validation(disk.in_memory().lines())
        matching.main(disk.in_memory())


def _competency(disk: Store, memory: Store) -> None:
    """Time the 25 competency questions in memory and on disk; rdflib on what it can finish."""
    names = [name for name in catalogue.queries() if name.startswith("cq")]
    ours = sum(_time(partial(memory.rows, _text(name))) for name in names)
    ours_disk = sum(_time(partial(disk.rows, _text(name))) for name in names)
    print(f"{len(names)} competency questions in memory: {ours * 1000:.0f} ms in all")
    print(f"  on disk: {ours_disk / ours:.1f}x the time")
    peer = rdflib.Graph()
    peer.parse(data="".join(f"{line} .\n" for line in memory.lines()), format="nt")
    for name in FOR_RDFLIB:
        ratio = _time(partial(_all, peer, _text(name)), 1) / _time(partial(memory.rows, _text(name)))
        print(f"  {name} in rdflib {rdflib.__version__}: {ratio:.0f}x the time")


def _validation(real: list[str]) -> None:
    """Hold the real graph, and 100,000 triples made of it, against the shapes with both engines."""
    thing = re.compile(rf"<{names.BASE}id/(?!(?:scheme|{'|'.join(names.SCHEMES)})/)[^>]+(?=>)")
    large, number = set(real), 0
    while len(large) < 100_000:
        large.update(thing.sub(rf"\g<0>.copy{number}", line) for line in real)
        number += 1
    for data in (real, sorted(large)):
        store = Store.memory()
        store.replace(f"{names.BASE}graph/bench", data)
        ours = _time(partial(validate, store), 3)
        theirs = _time(partial(validate, store, engine="pyshacl"), 1)
        print(f"validation of {len(data)} triples: {ours:.2f} s; pyshacl: {theirs / ours:.0f}x the time")


def _text(name: str) -> str:
    return answer.bind(catalogue.query(name), {})[1]


def _all(graph: rdflib.Graph, query: str) -> list[object]:
    return list(graph.query(query))


def _time(work: Callable[[], object], times: int = 5) -> float:
    found = []
    for _ in range(times):
        start = perf_counter()
        work()
        found.append(perf_counter() - start)
    return median(found)


PARTS: dict[str, Callable[[], object]] = {
    "bundled": _bundled,
    "networks": networks.main,
    "search": search.main,
    "loading": loading.main,
    "service": service.main,
    "heavy": heavy.main,
    "pages": pages.main,
    "explorer": explorer.main,
}

if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
