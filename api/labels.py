"""What things are called in the reader's language, and where their pages are."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from pyoxigraph import Literal, NamedNode

from api.snapshot import Snapshot
from api.words import REUSED
from ontology.names import BASE, SAMSPEL
from queries.answer import ask
from queries.catalogue import query


@dataclass(frozen=True)
class Name:
    """A name and its language (None when it has none); `own` is False when only the IRI is left."""

    text: str
    language: str | None
    own: bool = True


def name(snapshot: Snapshot, iri: str, language: str) -> Name:
    """Return what a thing is called: in the language, else in another, else the end of its IRI."""
    if iri in REUSED:
        sv, en = REUSED[iri]
        return Name(en if language == "en" else sv, language)
    found = snapshot.kept(("names", iri), lambda: _names(snapshot, iri))
    wanted = [each for each in found if each.language == language]
    plain = [each for each in found if each.language is None]
    return next(iter([*wanted, *plain, *found]), Name(short(iri), None, own=False))


def short(iri: str) -> str:
    """Return the end of an IRI that a person may recognise.

    >>> short("https://w3id.org/samspel/id/county/05"), short("http://purl.org/dc/terms/title")
    ('county/05', 'title')
    """
    _, mark, tail = iri.partition("/id/")
    return tail if mark else iri.rstrip("/#").replace("#", "/").rpartition("/")[2] or iri


def path(iri: str, base: str) -> str | None:
    """Return the local page of an IRI of ours, None for others."""
    for root in dict.fromkeys((base, BASE)):
        if iri.startswith(f"{root}id/"):
            return "/page/" + iri.removeprefix(f"{root}id/")
        if iri.startswith(f"{root}graph/"):
            return "/sources#" + iri.removeprefix(f"{root}graph/")
    return "/ontology/" + iri.removeprefix(SAMSPEL) if iri.startswith(SAMSPEL) else None


def learn(snapshot: Snapshot, iris: Iterable[str]) -> None:
    """Ask what things are called, all at once, before a page asks for one after the other."""
    found = {iri: list[Name]() for iri in iris if iri not in REUSED and not snapshot.has(("names", iri))}
    if not found:
        return
    for thing, label, _ in ask(snapshot.store, query("thing-names"), {"thing": " ".join(found)}).rows.rows:
        if isinstance(thing, NamedNode) and isinstance(label, Literal):
            found[thing.value].append(Name(label.value, label.language))
    for iri, names in found.items():
        snapshot.kept(("names", iri), partial(tuple, names))


def _names(snapshot: Snapshot, iri: str) -> tuple[Name, ...]:
    rows = ask(snapshot.store, query("thing-names"), {"thing": iri}).rows
    return tuple(Name(cell.value, cell.language) for _, cell, _ in rows.rows if isinstance(cell, Literal))
