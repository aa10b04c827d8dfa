"""Panels of what much points to, made once a generation and kept beside it, as their queries take long."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode

from api import ahead, answers_kept, packed_cells, panels
from api.panels import Shown
from api.snapshot import Snapshot
from api.things import Thing
from graph import kept_bytes
from graph.asked import Asked, shown
from ontology import names as n
from queries import catalogue
from queries.answer import ask
from queries.panels import answers, every, of

FORM: Final = "2"  # to be changed when what is kept is made in another way
MANY: Final = 40  # links to a thing from which on its panels are kept, as in thing-hubs
_ALWAYS: Final = frozenset((n.County, n.StatisticalRegion, n.PriorityArea))  # few, and much looked at


def read(snapshot: Snapshot, thing: Thing) -> tuple[Shown, ...]:
    """Return the panels of a thing: from beside the generation where that is worth it, else made."""
    classes = thing.iris(n.type_)

    def make() -> tuple[Shown, ...]:
        if snapshot.beside is None or snapshot.manifest.quads() < ahead.SMALL or not _worth(thing, classes):
            return panels.made(snapshot.store, thing.iri, classes)
        return _kept(snapshot.store, snapshot.beside, thing.iri, classes)

    return snapshot.kept(("panels", thing.iri), make)


def make_ready(store: Asked, beside: Path) -> None:
    """Make the panels of all things that much points to, and of all counties, regions and areas."""
    for iri, classes in hubs(store).items():
        _kept(store, beside, iri, classes)


def hubs(store: Asked) -> dict[str, list[str]]:
    """Return the things that much points to and all counties, regions and areas, with their classes."""
    own = frozenset[str]().union(*(each.classes for each in every()))
    found: dict[str, list[str]] = defaultdict(list)
    for thing, class_ in ask(store, catalogue.query("thing-hubs"), {"of": " ".join(sorted(own))}).rows.rows:
        if isinstance(thing, NamedNode) and class_ is not None:
            found[thing.value].append(shown(class_))
    return found


def _worth(thing: Thing, classes: Iterable[str]) -> bool:
    return sum(thing.incoming.values()) >= MANY or not _ALWAYS.isdisjoint(classes)


def _kept(store: Asked, beside: Path, iri: str, classes: Sequence[str]) -> tuple[Shown, ...]:
    """Read the panels of a thing from beside its generation; else make them, and keep them there."""
    fresh = list[tuple[Shown, ...]]()

    def make() -> bytes:
        found = answers(store, of(classes), iri)
        for _, each in found:
            answers_kept.keep(beside, each)  # the whole, for the query's own address
        fresh.append(panels.cut(found, iri, classes))
        return json.dumps([_written(each) for each in fresh[0]], ensure_ascii=False).encode()

    texts = " ".join(each.query.text for each in of(classes))
    try:
        found = kept_bytes.kept(beside, f"{FORM} panels {iri} {' '.join(sorted(classes))} {texts}", make)
    except packed_cells.Other:
        return fresh[0]
    return fresh[0] if fresh else tuple(_read(iri, *each) for each in json.loads(found))


def _written(panel: Shown) -> tuple[object, ...]:
    """Return what `_read` takes after the thing."""
    columns, rows = panel.rows.columns, packed_cells.packed(panel.rows)
    return panel.query.name, columns, rows, panel.total, panel.unstated, panel.bars, panel.most


def _read(
    iri: str,
    name: str,
    columns: list[str],
    rows: packed_cells.Packed,
    total: int,
    unstated: list[str],
    bars: str | None,
    most: float,
) -> Shown:
    found = packed_cells.rows(columns, rows)
    return Shown(catalogue.query(name), iri, found, total, tuple(unstated), bars, most)
