"""Ask for one page of each kind on a large graph, as a worker that has just been forked does.

`make bench`, or `python benchmarks/pages.py STORE`: the store whose pages are asked for, else that of
`SAMSPEL_BENCH_STORE`, else one that is made of ERDF, Swecris and CORDIS, which the goal is for.

Each kind of page is asked for in a process of its own, forked from one that holds the snapshot and has made
no page of it, as the service forks its workers. Told are the first page there, with all that is computed once
a worker, and the pages after it: other addresses of the kind where there are others, else the same again,
which a worker makes anew (what the front keeps of pages it has sent is left out). The times are of the
processor, which other work on the machine distorts least; no page waits for anything else. What is made once
a generation and kept beside it (`api.standing`) is made first, told on its own line.
"""

import gc
import json
import os
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from time import process_time

from api import standing
from api.app import create_app
from api.service import answering
from api.service.outlet import Outlet
from api.service.worker import Desk
from api.settings import Settings
from api.snapshot import Held, Opened, open_snapshot
from graph.asked import Asked
from graph.iris import Iris
from ontology import names as n
from scripts import notebooks

GOAL = 150  # ms
FILES = {**notebooks.FILES, "swecris": "swecris/swecris_export_kth_vinnova.csv"}
AGAIN = 5  # pages after the first
_LINK = re.compile(rf"<([^>]+)> <([^>]+)> <({re.escape(n.BASE)}id/[^>]+|{re.escape(n.SAMSPEL)}[^>]+)>")


@dataclass(frozen=True)
class Kind:
    """A kind of page: the address asked for first, and those asked for after it."""

    name: str
    first: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Took:
    """How long the pages of a kind took, in ms: the first, and those after it."""

    kind: Kind
    first: float
    after: tuple[float, ...]

    @property
    def line(self) -> str:
        """Say it in a line; `!` marks what is above the goal."""
        p50, worst = median(self.after), max(self.after)
        marks = "".join("!" if each > GOAL else " " for each in (self.first, worst))
        which = f"{len(self.kind.others)} others" if self.kind.others else "the same"
        figures = " ".join(f"{each:7.0f}" for each in (self.first, p50, worst))
        return f"{marks} {figures}  {self.kind.name}: {self.kind.first}, then {which}"


PAGES = (
    Kind("home", "/", ("/?lang=en",)),
    Kind("regions", "/regions"),
    Kind("map", "/map"),
    *(
        Kind(f"map of {show}", f"/map?show={show}")
        for show in ("shared", "actors", "projects", "parks", "flows")
    ),
    Kind(
        "map of a county", "/map?county=05", tuple(f"/map?county={code}" for code in ("14", "12", "01", "25"))
    ),
    Kind("needs", "/needs"),
    Kind(
        "a need", "/needs?text=renare+vatten", ("/needs?text=digital+omsorg", "/needs?text=skog+och+klimat")
    ),
    Kind("search", "/search?q=vatten", ("/search?q=universitet", "/search?q=ostergotland", "/search?q=a")),
    Kind("networks", "/networks"),
    Kind("a network", "/networks/organisations"),
    Kind("a network of counties", "/networks/counties"),
    Kind("queries", "/queries"),
    Kind("a query", "/queries/cq03", ("/queries/cq01", "/queries/tq01", "/queries/class-counts")),
    Kind("a query that counts", "/queries/county-counts", ("/queries/class-counts",)),
    *(Kind(path.strip("/"), path) for path in ("/sources", "/dumps/", "/sparql", "/missing")),
    *(Kind(path.strip("/"), path) for path in ("/void", "/compare?county=05&county=14", "/ontology")),
    Kind("a term", "/ontology/StrengthArea", ("/ontology/Project", "/ontology/hasParticipation")),
    *(Kind(path.strip("/"), path) for path in ("/design", "/accessibility", "/privacy", "/docs")),
)


def main(store: str = "") -> None:
    """Ask for all pages and print what they took."""
    store = store or os.environ.get("SAMSPEL_BENCH_STORE", "")
    if store:
        return _ask(store)
    lacking = [each for each in FILES.values() if not (notebooks.SHARED / each).exists()]
    if lacking:
        print(f"pages: {notebooks.SHARED} lacks {', '.join(lacking)}; name a store in SAMSPEL_BENCH_STORE")
        return None
    with tempfile.TemporaryDirectory() as folder:
        notebooks.fill(Path(folder) / "store", FILES)
        return _ask(str(Path(folder) / "store"))


def _ask(store: str) -> None:
    desk, opened = open_desk(Path(store))
    print(f"pages: made once a generation, kept beside it: {make_ahead(desk):.0f} ms")
    start = process_time()
    answering.warm(desk, opened.quads)
    print(f"pages: made before workers are forked: {(process_time() - start) * 1000:.0f} ms")
    gc.collect()
    gc.freeze()
    took = [found for kind in (*PAGES, *things(desk.snapshot().store)) if (found := ask(desk, kind))]
    print(
        f"pages of {opened.quads:,} quads, ms (! above {GOAL}): first in a fresh worker, then p50 and worst"
    )
    for each in sorted(took, key=lambda each: -each.first):
        print(each.line)
    print(_summary(took))


def open_desk(store: Path) -> tuple[Desk, Opened]:
    """Open a store as the service does before it forks workers."""
    settings = Settings(store=store)
    answering.without_threads()
    held = Held(settings.store)
    desk = Desk(settings, held, create_app(settings, held, bare=True))
    answering.prepare(desk)
    opened = open_snapshot(settings)
    held.get = opened.get
    return desk, opened


def _summary(took: Sequence[Took]) -> str:
    firsts, afters = [each.first for each in took], [each for one in took for each in one.after]
    slow, slow_first = sum(each > GOAL for each in afters), sum(each > GOAL for each in firsts)
    return (
        f"{len(took)} kinds of pages: the first p50 {median(firsts):.0f} ms, worst {max(firsts):.0f} ms, "
        f"{slow_first} above {GOAL} ms; after it p50 {median(afters):.0f} ms, worst {max(afters):.0f} ms, "
        f"{slow} of {len(afters)} above"
    )


def make_ahead(desk: Desk) -> float:
    """Make what is kept beside a generation as the service does when it opens one; return the ms it took."""
    start = process_time()
    standing.make_ready(desk.snapshot(), Iris(desk.settings.base).space)
    return (process_time() - start) * 1000


def things(store: Asked) -> Iterator[Kind]:
    """Yield a kind of page for each class of ours that has things: first that with most incoming links."""
    links, members = Counter[str](), defaultdict[str, list[str]](list)
    for line in store.raw():
        if found := _LINK.match(line.decode()):
            subject, predicate, value = found.groups()
            if predicate != n.type_:
                links[value] += 1
            elif value.startswith(n.SAMSPEL) and subject.startswith(f"{n.BASE}id/"):
                members[value].append(subject)
    for class_, iris in sorted(members.items()):
        ranked = sorted(iris, key=lambda iri: (-links[iri], iri))
        wanted = ranked[:1] + ranked[1 :: max(1, len(ranked) // AGAIN)][: AGAIN - 1]
        first, *others = (f"/page/{iri.removeprefix(f'{n.BASE}id/')}" for iri in wanted)
        yield Kind(f"{class_.removeprefix(n.SAMSPEL)} ({links[ranked[0]]} links in)", first, tuple(others))


def ask(desk: Desk, kind: Kind) -> Took | None:
    """Ask for the pages of a kind in a process forked for it; None when there is no such page here."""
    reading, writing = os.pipe()
    if (child := os.fork()) == 0:
        found = [take(desk, path) for path in (kind.first, *(kind.others or (kind.first,) * AGAIN))]
        os.write(writing, json.dumps(found).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    times = [each for each in json.loads(said or "[]") if each is not None]
    if len(times) < 2:
        print(f"pages: {kind.first} is no page here")
        return None
    return Took(replace(kind), times[0], tuple(times[1:]))


def take(desk: Desk, address: str) -> float | None:
    """Return how many ms a page takes, None when the answer is no page."""
    path, _, asked = address.partition("?")
    out = _Taken()
    start = process_time()
    answering.page(desk, {"do": "page", "path": path, "query_string": asked}, out)
    return (process_time() - start) * 1000 if out.status == 200 else None


class _Taken(Outlet):
    """Takes an answer and keeps its status."""

    def __init__(self) -> None:
        self.status = 0

    def begin(self, status: int, headers: Sequence[tuple[bytes, bytes]]) -> None:
        """Keep the status."""
        self.status = status

    def write(self, data: bytes) -> int:
        """Let a piece go."""
        return len(data)

    def finish(self) -> None:
        """Let the end go."""


if __name__ == "__main__":
    main(*sys.argv[1:])
