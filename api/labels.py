"""What things are called in the reader's language, and where their pages are."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from api import gathering
from api.snapshot import Snapshot
from api.words import REUSED
from graph.errors import TermError
from graph.terms import iri as as_iri
from ontology import names as n
from ontology.names import BASE, SAMSPEL
from queries.answer import ask
from queries.catalogue import query

AT_ONCE: Final = 400  # things in one query
PREFIXES: Final = {
    "dcterms": n.DCTERMS,
    "org": n.ORG,
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": n.PROV,
    "rdf": n.RDF,
    "rdfs": n.RDFS,
    "schema": "https://schema.org/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "sh": n.SH,
    "skos": n.SKOS,
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
}


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
    wanted = gathering.current()
    if wanted is not None and not snapshot.has(key(iri)):
        wanted.names.add(iri)
        return Name(short(iri), None)
    found = snapshot.kept(key(iri), lambda: _names(snapshot, iri))
    if not found:
        return Name(short(iri), None, own=False)
    best = found[0]
    for each in found:
        if each.language == language:
            return each
        if each.language is None and best.language is not None:
            best = each
    return best


def key(iri: str) -> tuple[str, ...]:
    """Return what the names of a thing are kept under."""
    return "names", iri


def short(iri: str) -> str:
    """Return the end of an IRI that a person may recognise.

    >>> short("https://w3id.org/samspel/id/county/05"), short("http://purl.org/dc/terms/title")
    ('county/05', 'title')
    """
    _, mark, tail = iri.partition("/id/")
    return tail if mark else iri.rstrip("/#").replace("#", "/").rpartition("/")[2] or iri


def prefixed(iri: str) -> str:
    """Return a term of a vocabulary that is known everywhere by its prefix; any other as it is.

    >>> prefixed("http://www.w3.org/ns/shacl#path"), prefixed("https://ror.org/05ynxx418")
    ('sh:path', 'https://ror.org/05ynxx418')
    """
    for prefix, space in PREFIXES.items():
        term = iri.removeprefix(space)
        if term != iri and term.isidentifier():
            return f"{prefix}:{term}"
    return iri


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
    fresh = [iri for iri in dict.fromkeys(iris) if iri not in REUSED and not snapshot.has(key(iri))]
    for some in portions(fresh):
        found: dict[str, list[Name]] = {iri: [] for iri in some}
        rows = ask(snapshot.store, query("thing-names"), {"thing": " ".join(some)}).rows.rows
        for thing, label, _ in rows:
            if isinstance(thing, NamedNode) and isinstance(label, Literal):
                found[thing.value].append(Name(label.value, label.language))
        for iri, names in found.items():
            snapshot.keep(key(iri), tuple(names))
    for iri in fresh:
        if not snapshot.has(key(iri)):  # no IRI that could be asked for
            snapshot.keep(key(iri), ())


def portions(iris: Sequence[str]) -> Iterator[list[str]]:
    """Yield what can be asked for, so many at once."""
    askable = [iri for iri in iris if _askable(iri)]
    for at in range(0, len(askable), AT_ONCE):
        yield askable[at : at + AT_ONCE]


def _askable(iri: str) -> bool:
    try:
        as_iri(iri)
    except TermError:
        return False
    return True


def _names(snapshot: Snapshot, iri: str) -> tuple[Name, ...]:
    if not _askable(iri):  # a text where a thing was meant
        return ()
    rows = ask(snapshot.store, query("thing-names"), {"thing": iri}).rows
    return tuple(Name(cell.value, cell.language) for _, cell, _ in rows.rows if isinstance(cell, Literal))
