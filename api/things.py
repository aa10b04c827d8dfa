"""Gather all that the graph says of one thing: facts with their evidence, unknowns, and what points to it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final, cast

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from graph.asked import Asked, Cell
from ontology import names as n
from queries.answer import ask
from queries.catalogue import query

_EVIDENCE: Final = frozenset((n.subject, n.object_, n.predicate, n.fromDocument, n.status, n.unknownKind))
_FEW: Final = 2_000  # links to a thing that are sooner read than counted by a query
_DUE = (n.predicate, n.fromDocument, n.status)
_Statement = dict[str, list[Cell]]


@dataclass(frozen=True)
class Evidence:
    """One document's word for a fact: where it stands, how sure, how printed."""

    document: str
    lines: str | None
    status: str
    printed: str | None
    notes: tuple[Literal, ...]  # our note, once per language


@dataclass(frozen=True)
class Value:
    """A value of a fact with its evidence and the graphs that say it."""

    cell: Cell
    graphs: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Unknown:
    """What a document leaves open, and how."""

    kind: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Fact:
    """Everything said with one predicate; `disagree` when there are two values where one is due."""

    predicate: str
    values: tuple[Value, ...]
    unknowns: tuple[Unknown, ...]
    disagree: bool


@dataclass(frozen=True)
class Thing:
    """A thing as its page shows it."""

    iri: str
    facts: tuple[Fact, ...]
    incoming: Mapping[str, int]  # how many things name it, by property

    @property
    def known(self) -> bool:
        """Tell whether the graph says anything of it."""
        return bool(self.facts or self.incoming)

    def values(self, predicate: str) -> tuple[Value, ...]:
        """Return the values of a predicate."""
        return next((fact.values for fact in self.facts if fact.predicate == predicate), ())

    def iris(self, predicate: str) -> tuple[str, ...]:
        """Return the things that a predicate names."""
        return tuple(v.cell.value for v in self.values(predicate) if isinstance(v.cell, NamedNode))


def read(store: Asked, iri: str, single: frozenset[str] | None = None) -> Thing:
    """Return what the store says of a thing; `single` are the predicates of one value, when known already."""
    evidence, unknowns = _evidence(store, iri)
    graphs: dict[tuple[str, Cell], list[str]] = defaultdict(list)
    for predicate, cell, graph in _facts(store, iri):
        graphs[predicate, cell].append(graph)
    single = single_valued(store) if single is None else single
    names = sorted({predicate for predicate, _ in (*graphs, *unknowns)})
    facts = tuple(_fact(name, graphs, evidence, unknowns, single) for name in names)
    return Thing(iri, facts, _incoming(store, iri))


def known(store: Asked, iri: str) -> str | None:
    """Tell how the store knows a thing: something is `said` of it, it is `pointed to`, or not at all."""
    rows = ask(store, query("thing-known"), {"thing": iri}).rows.rows
    return _text(rows[0][0]) if rows else None


def triples(store: Asked, iri: str) -> tuple[Triple, ...]:
    """Return a thing's own triples and those of the statements about it."""
    node = NamedNode(iri)
    own, about = store.match(node), store.match(predicate=n.subject, value=node)
    if own is not None and about is not None:
        found = (each for quad in about for each in store.match(quad.subject) or ())
        return tuple(quad.triple for quad in (*own, *found))
    rows = ask(store, query("thing-triples"), {"thing": iri}).rows.rows
    return tuple(
        Triple(s, p, o)
        for s, p, o in rows
        if isinstance(s, NamedNode | BlankNode) and isinstance(p, NamedNode) and o is not None
    )


def parts(store: Asked, iris: Iterable[str]) -> dict[str, tuple[Cell, ...]]:
    """Return what things without a name tie together: their values, and the things that hold them."""
    found: dict[str, list[Cell]] = {iri: [] for iri in iris}
    if found:
        for thing, _, part in ask(store, query("thing-parts"), {"thing": " ".join(found)}).rows.rows:
            found[_text(thing)].append(part)
    return {iri: tuple(dict.fromkeys(cells)) for iri, cells in found.items()}


def single_valued(store: Asked) -> frozenset[str]:
    """Return the predicates that should have one value at most."""
    return frozenset(_text(cell) for (cell,) in ask(store, query("single-valued")).rows.rows)


def _fact(
    name: str,
    graphs: dict[tuple[str, Cell], list[str]],
    evidence: dict[tuple[str, Cell], list[Evidence]],
    unknowns: dict[tuple[str, str], list[Evidence]],
    single: frozenset[str],
) -> Fact:
    values = tuple(
        Value(cell, tuple(sorted(found)), tuple(evidence.get((name, cell), ())))
        for (predicate, cell), found in sorted(graphs.items(), key=lambda item: str(item[0][1]))
        if predicate == name
    )
    open_ = tuple(
        Unknown(kind, tuple(found)) for (predicate, kind), found in unknowns.items() if predicate == name
    )
    differ = name in single and len(values) > 1
    return Fact(name, values, open_, differ)


def _evidence(
    store: Asked, iri: str
) -> tuple[dict[tuple[str, Cell], list[Evidence]], dict[tuple[str, str], list[Evidence]]]:
    """Return the statements about a thing, by what they say: plain triples, put together here.

    `thing-evidence` gives the same as one table; its optional columns take the engine four times as long.
    """
    statements: dict[str, _Statement] = defaultdict(lambda: defaultdict(list))
    for triple in triples(store, iri):
        if (subject := _text(triple.subject)) != iri:
            statements[subject][triple.predicate.value].append(triple.object)
    found: dict[tuple[str, Cell], list[Evidence]] = defaultdict(list)
    unknowns: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
    whole = (each for each in statements.values() if all(name in each for name in _DUE))
    for statement in sorted(whole, key=_place):
        about, said = _text(statement[n.predicate][0]), _said(statement)
        if n.unknownKind in statement:
            unknowns[about, _text(statement[n.unknownKind][0])].append(said)
        else:
            found[about, _first(statement, n.object_)].append(said)
    return found, unknowns


def _place(statement: _Statement) -> tuple[str, int]:
    lines = _some(_first(statement, n.lines)) or ""
    digits = lines.split("-")[0].split(",")[0].strip()
    return _text(statement[n.fromDocument][0]), int(digits) if digits.isdigit() else 0


def _said(statement: _Statement) -> Evidence:
    notes = [note for note in statement.get(n.comment, ()) if isinstance(note, Literal)]
    return Evidence(
        document=_text(statement[n.fromDocument][0]),
        lines=_some(_first(statement, n.lines)),
        status=_text(statement[n.status][0]),
        printed=_some(_first(statement, n.asPrinted)),
        notes=tuple(note for language in ("sv", "en") for note in notes if note.language == language),
    )


def _first(statement: _Statement, name: str) -> Cell:
    return statement[name][0] if name in statement else None


def _facts(store: Asked, iri: str) -> Iterator[tuple[str, Cell, str]]:
    """Yield predicate, value and graph of all that is said of a thing."""
    found = store.match(NamedNode(iri), named=True)
    if found is not None:
        yield from (
            (quad.predicate.value, quad.object, cast("NamedNode", quad.graph_name).value) for quad in found
        )
        return
    for predicate, cell, graph in ask(store, query("thing-facts"), {"thing": iri}).rows.rows:
        yield _text(predicate), cell, _text(graph)


def _incoming(store: Asked, iri: str) -> dict[str, int]:
    """Return how many things name a thing, by property; evidence is left out."""
    found = store.match(value=NamedNode(iri))
    first = [] if found is None else [quad.predicate.value for quad in islice(found, _FEW)]
    if found is not None and len(first) < _FEW:
        return {predicate: many for predicate, many in Counter(first).items() if predicate not in _EVIDENCE}
    rows = ask(store, query("thing-incoming-counts"), {"thing": iri}).rows.rows
    return {_text(predicate): int(_text(many)) for predicate, many in rows if predicate is not None}


def _text(cell: Cell) -> str:
    return _some(cell) or ""


def _some(cell: Cell) -> str | None:
    return cell.value if isinstance(cell, NamedNode | Literal | BlankNode) else None
