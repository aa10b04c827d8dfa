"""Ask the snapshot for networks, measures, matches and names; what is costly is kept a generation."""

import unicodedata
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from pyoxigraph import Literal

from api.snapshot import Snapshot
from graph.errors import GraphError
from graph.store import shown
from ontology import names as n
from ontology import vocabulary
from queries import measure, network_reading
from queries.answer import ask
from queries.catalogue import network as network_query
from queries.catalogue import query
from queries.collation import swedish
from queries.errors import AskError
from queries.match import Match, Matcher
from queries.measure import MeasureResult
from queries.needs import Need
from queries.network import Network

HITS = 50
_CLASSES_TOLD = 3


@dataclass(frozen=True)
class Hit:
    """A thing that a search found: the name that fits, and its main classes."""

    iri: str
    label: str
    language: str | None
    classes: tuple[str, ...]
    rank: int


@dataclass(frozen=True)
class _Searched:
    folded: str
    iri: str
    label: str
    language: str | None
    kind: int


def network(snapshot: Snapshot, name: str) -> Network:
    """Return a catalogued network."""
    found = network_query(name)
    return snapshot.kept(
        ("network", name),
        lambda: network_reading.read(snapshot.store, found, snapshot=snapshot.version),
    )


def measured(snapshot: Snapshot, name: str, of: str) -> MeasureResult | AskError | GraphError:
    """Return a measure of a network with its defaults, or the reason why it has none."""

    def run() -> MeasureResult | AskError | GraphError:
        try:
            return measure.run(name, network(snapshot, of))
        except (AskError, GraphError) as error:
            return error.with_traceback(None)

    return snapshot.kept(("measure", name, of), run)


def measured_all(network: Network) -> list[MeasureResult]:
    """Return all measures of a network that mean something for it, with their defaults."""
    found = []
    for name in measure.measures():
        with suppress(AskError, GraphError):
            found.append(measure.run(name, network))
    return found


def matches(snapshot: Snapshot, asked: str | None = None) -> list[tuple[Need, tuple[Match, ...]]]:
    """Return the matches of all needs, of the need of an IRI, or of a need in one's own words."""
    found = matcher(snapshot)
    needs = found.needs if asked is None else found.named(asked)
    return [(need, found.matches(need)) for need in needs]


def matcher(snapshot: Snapshot) -> Matcher:
    """Return what matches needs to the areas of a generation."""
    return snapshot.kept(("matcher",), lambda: Matcher(snapshot.store))


def kinds(language: str, own: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """Return what the kinds of nodes are called, by their keys."""
    found = {key: words[language == "en"] for key, words in own.items()}
    for scheme in ("actor-kind", "area-kind"):
        for iri in vocabulary.concepts(scheme):
            found[iri.rpartition("/")[2]] = vocabulary.label(iri, language) or iri
    return found


def search(snapshot: Snapshot, text: str) -> list[Hit]:
    """Return the things whose names hold all words of the text, the best first."""
    words = folded(text).split()
    if not words:
        return []
    best: dict[str, tuple[int, _Searched]] = {}
    for each in snapshot.kept(("search",), lambda: _searchable(snapshot)):
        rank = _rank(each, words)
        held = best.get(each.iri)
        if rank and (held is None or (rank, each.language != "sv") < (held[0], held[1].language != "sv")):
            best[each.iri] = rank, each
    ordered = sorted(
        best.values(), key=lambda item: (item[0], len(item[1].label), swedish(item[1].label), item[1].iri)
    )
    return [
        Hit(each.iri, each.label, each.language, classes(snapshot, each.iri)[:_CLASSES_TOLD], rank)
        for rank, each in ordered[:HITS]
    ]


def folded(text: str) -> str:
    """Return a text without case and accents.

    >>> folded("Östra Mellansverige")
    'ostra mellansverige'
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def classes(snapshot: Snapshot, iri: str) -> tuple[str, ...]:
    """Return the classes of a thing, the most telling first."""
    found = snapshot.kept(("search-classes",), lambda: _classes(snapshot))
    return tuple(found.get(iri, ()))


def classes_of(snapshot: Snapshot, iris: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the classes of some things, the most telling first, asked for at once."""
    found: dict[str, list[str]] = {iri: [] for iri in iris}
    if found:
        rows = ask(snapshot.store, query("thing-classes"), {"thing": " ".join(found)}).rows.rows
        for thing, class_ in rows:
            if thing is not None and class_ is not None:
                found[shown(thing)].append(shown(class_))
    return {iri: tuple(sorted(each, key=_general)) for iri, each in found.items()}


def _rank(each: _Searched, words: list[str]) -> int:
    """Return 0 for no hit, else 1 (the whole name) to 4 (inside words), later for titles and other names."""
    if not all(word in each.folded for word in words):
        return 0
    whole = " ".join(words)
    own = each.folded.replace("-", " ").split()
    if each.folded == whole:
        place = 0
    elif each.folded.startswith(whole):
        place = 1
    elif all(any(part.startswith(word) for part in own) for word in words):
        place = 2
    else:
        place = 3
    return 1 + 3 * place + (each.kind - 1)


def _searchable(snapshot: Snapshot) -> list[_Searched]:
    rows = ask(snapshot.store, query("search-labels")).rows.rows
    return [
        _Searched(folded(label.value), shown(thing), label.value, label.language, int(rank.value))
        for thing, label, rank in rows
        if isinstance(label, Literal) and isinstance(rank, Literal) and thing is not None
    ]


def _classes(snapshot: Snapshot) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in ask(snapshot.store, query("search-classes")).rows.dicts():
        found.setdefault(str(row["thing"]), []).append(str(row["class"]))
    return {thing: sorted(classes, key=_general) for thing, classes in found.items()}


def _general(iri: str) -> tuple[int, str]:
    """Sort the classes that tell least last: every actor is an organisation, many are companies too."""
    told_last = (n.Company, n.Organisation, n.PriorityArea)
    return (told_last.index(iri) + 1 if iri in told_last else 0), iri
