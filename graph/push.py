"""Bring what a store holds to an endpoint: each changed graph beside the old one, then moved over it.

What is new goes into staging graphs, chunk by chunk. Then come the last steps: each staging graph is moved
over the graph that it replaces, and the merge is brought up to date by what differs. On an engine that runs
a request as one transaction they are one request, so that a reader sees the old data or the new; Virtuoso
runs each step by itself. Whatever breaks before them leaves all graphs as they were.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import Final

from pyoxigraph import Quad

from graph.delivery import Delivery
from graph.errors import StoreError
from graph.remote import GRAPH, STAGING, Remote, text_of
from graph.sorting import in_order
from graph.store import Store

_MERGE: Final = "urn:samspel:the-merge"
_SOURCE: Final = "urn:samspel:the-staging"
_NEW, _GONE, _WHOLE = f"{STAGING}new", f"{STAGING}gone", f"{STAGING}merge"
_IN_MERGE: Final = re.compile(rf"GRAPH <{_MERGE}> {{ ([^}}]*) }}")
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Plan:
    """What an endpoint shall come to hold.

    `changed` graphs are sent from the `new` store, those `gone` are dropped, `counts` tells how many triples
    each graph of it has, `merged` how many the merge. `old` is the store that the endpoint's merge was made
    of: the merge changes by what differs. Without one it is made again from all graphs.
    """

    new: Store
    old: Store | None
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    counts: Mapping[str, int]
    merged: int


@dataclass(frozen=True)
class Sent:
    """What went to an endpoint: the graphs, how many triples they have, and what changed in the merge."""

    graphs: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    triples: int = 0
    merge_new: int = 0
    merge_gone: int = 0


def sweep(remote: Remote, delivery: Delivery) -> int:
    """Drop the staging graphs of a push that was cut off; return how many there were."""
    left = remote.staged()
    if left:
        delivery.again([_drop(graph) for graph in left])
    return len(left)


def push(remote: Remote, delivery: Delivery, plan: Plan, work: Path, tell: Tell = lambda _: None) -> Sent:
    """Make the endpoint hold what a plan says; `work` is a folder for files in the making."""
    sweep(remote, delivery)
    staged: dict[str, str] = {}
    for number, graph in enumerate(plan.changed):
        tell(f"Sending {graph.rpartition('/')[2]}")
        staged[f"{STAGING}{number}"] = graph
        _stage(remote, delivery, f"{STAGING}{number}", plan.new.raw(graph))
    merge = _Merge(remote, delivery, plan, work)
    tell("Sending what changes in the merge")
    new, gone = merge.stage()
    tell("Moving graphs into place")
    _finish(remote, delivery, plan, staged, merge)
    _hold(remote.anew(), plan)
    return Sent(plan.changed, plan.gone, sum(plan.counts[graph] for graph in plan.changed), new, gone)


class _Merge:
    """The merge of a plan: the steps that bring it up to date."""

    def __init__(self, remote: Remote, delivery: Delivery, plan: Plan, work: Path) -> None:
        self._remote, self._delivery, self._plan, self._work = remote, delivery, plan, work
        self._name = remote.endpoint.default_graph
        self._differs = False

    def stage(self) -> tuple[int, int]:
        """Send what comes into the merge and what leaves it; return how many triples that are."""
        if self._plan.old is None:
            return self._plan.merged, 0
        counted = []
        for graph, lines in ((_NEW, self._coming()), (_GONE, self._leaving())):
            sorted_once = (line for line, _ in groupby(in_order(lines, self._work)))
            counted.append(_stage(self._remote, self._delivery, graph, sorted_once))
        self._differs = any(counted)
        return counted[0], counted[1]

    def before(self) -> list[str]:
        """Return the steps before graphs are moved: blank nodes leave the merge as their graph has them."""
        graphs = (*self._plan.changed, *self._plan.gone) if self._plan.old is not None else ()
        return [self._of("forget_blank", graph) for graph in graphs if _any_blank(self._plan.old, graph)]

    def after(self) -> list[str]:
        """Return the steps after that."""
        if self._plan.old is None:
            return self._anew()
        steps = [self._merged(text_of("differ"))] if self._differs else []
        changed = self._plan.changed
        return steps + [
            self._of("copy_blank", graph) for graph in changed if _any_blank(self._plan.new, graph)
        ]

    def last(self) -> str | None:
        """Return the step that must not run twice: the merge that was made beside is moved into place."""
        beside = self._plan.old is None and self._remote.virtuoso
        return _move(_WHOLE, self._name) if beside else None

    def _anew(self) -> list[str]:
        """Return the steps that make the merge of all graphs: beside it, if a reader could see them."""
        if self._remote.virtuoso:
            steps = [
                text_of("copy").replace(_MERGE, _WHOLE).replace(GRAPH, graph) for graph in self._plan.counts
            ]
            return [_drop(_WHOLE), *steps]
        clear = _drop(self._name) if self._name else text_of("clear")
        return [clear, *(self._of("copy", graph) for graph in self._plan.counts)]

    def _coming(self) -> Iterator[bytes]:
        for graph in self._plan.changed:
            yield from _without(self._plan.new, graph, self._plan.old)

    def _leaving(self) -> Iterator[bytes]:
        if (old := self._plan.old) is not None:
            held = old.graphs()
            for graph in (*self._plan.changed, *self._plan.gone):
                if graph in held:
                    yield from _without(old, graph, self._plan.new)

    def _of(self, name: str, graph: str) -> str:
        return self._merged(text_of(name)).replace(GRAPH, graph)

    def _merged(self, text: str) -> str:
        return text.replace(_MERGE, self._name) if self._name else _IN_MERGE.sub(r"\1", text)


def _without(store: Store, graph: str, other: Store | None) -> Iterator[bytes]:
    """Yield the triples of a graph that the merge of another store lacks, but for those with blank nodes."""
    for quad in store.quads(graph):
        line = f"{quad.triple} .\n".encode()
        if not (blank(line) or (other is not None and other.holds(Quad(*quad.triple)))):
            yield line


def _stage(remote: Remote, delivery: Delivery, graph: str, lines: Iterable[bytes]) -> int:
    """Put lines into a staging graph and count them there; return how many they are."""
    count = 0

    def chunks() -> Iterator[bytes]:
        nonlocal count
        ahead = iter(lines)
        while held := list(islice(ahead, remote.endpoint.chunk)):
            if any(map(blank, held)):
                held += ahead
            count += len(held)
            yield b"".join(held)

    delivery.fill(graph, chunks())
    found = remote.size(graph) if count else 0
    if found != count:
        raise StoreError(
            f"{remote.endpoint.name}: {count} triples were sent to {graph}, {found} are there. "
            "Nothing else was changed. Does another process write there? Try again."
        )
    return count


def _finish(remote: Remote, delivery: Delivery, plan: Plan, staged: Mapping[str, str], merge: _Merge) -> None:
    moves = [_move(source, graph) for source, graph in staged.items()]
    drops = [_drop(graph) for graph in plan.gone]
    ends = [_drop(graph) for graph in (_NEW, _GONE)]
    before, after, last = merge.before(), merge.after(), merge.last()
    if not remote.virtuoso:
        steps = [*before, *drops, *moves, *after, *ends]
        if not (full := remote.staged()):
            delivery.again(steps)
            return
        delivery.settle(steps, lambda: _became(remote.staged(), full))
        return
    for step in (*before, *drops):
        delivery.again([step])
    for source, move in zip(staged, moves, strict=True):
        _settle_move(remote, delivery, source, move)
    for step in after:
        delivery.again([step])
    if last is not None:
        _settle_move(remote, delivery, _WHOLE, last)
    delivery.again(ends)


def _settle_move(remote: Remote, delivery: Delivery, source: str, move: str) -> None:
    """Run a move by itself; Virtuoso would empty the target if it ran again, so it is looked before."""
    if full := remote.size(source):
        delivery.settle([move], lambda: _became(remote.size(source), full))


def _became(now: object, before: object) -> bool | None:
    """Tell what became of staging graphs, by their counts: all gone, all there, or something between."""
    if not now:
        return True
    return False if now == before else None


def _hold(remote: Remote, plan: Plan) -> None:
    """Hold what the endpoint has now against the plan."""
    counts = remote.counts()
    wrong = [
        f"{graph} has {counts.get(graph, 0)} triples, {plan.counts.get(graph, 0)} were sent"
        for graph in (*plan.changed, *plan.gone)
        if counts.get(graph, 0) != plan.counts.get(graph, 0)
    ]
    merged = remote.merged()
    if merged != plan.merged:
        wrong.append(f"the merge has {merged} triples, {plan.merged} were expected")
    if wrong:
        raise StoreError(
            f"{remote.endpoint.name}: it does not hold what was sent: {'; '.join(wrong)}. "
            "Does another process write there? Try again."
        )


def _any_blank(store: Store | None, graph: str) -> bool:
    return store is not None and any(map(blank, store.raw(graph)))


def blank(line: bytes) -> bool:
    return line.startswith(b"_:") or b"> _:" in line


def _move(source: str, graph: str) -> str:
    return text_of("move").replace(_SOURCE, source).replace(GRAPH, graph)


def _drop(graph: str) -> str:
    return text_of("drop").replace(GRAPH, graph)
