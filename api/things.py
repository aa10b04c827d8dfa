"""Gather all that the graph says of one thing: facts with their evidence, unknowns, and what points to it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from graph.asked import Asked, Cell
from ontology import names as n
from queries.answer import ask
from queries.catalogue import query

_Parts = Mapping[str, list[Cell]]  # of a statement: the values of each of its properties
_NEEDED = (n.predicate, n.fromDocument, n.status)
_LANGUAGES = ("sv", "en")  # of remarks


@dataclass(frozen=True)
class Evidence:
    """One document's word for a fact: where it stands, how sure, how printed."""

    document: str
    lines: str | None
    status: str
    printed: str | None
    notes: tuple[Literal, ...]  # our note, once per language
    level: str | None


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
    for predicate, cell, graph in ask(store, query("thing-facts"), {"thing": iri}).rows.rows:
        graphs[_text(predicate), cell].append(_text(graph))
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
    found: dict[tuple[str, Cell], list[Evidence]] = defaultdict(list)
    unknowns: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
    statements: dict[str, dict[str, list[Cell]]] = defaultdict(lambda: defaultdict(list))
    for statement, part, value, level in ask(store, query("thing-evidence"), {"thing": iri}).rows.rows:
        parts = statements[_text(statement)]
        parts[_text(part)].append(value)
        if level is not None:
            parts[n.evidenceLevel].append(level)
    whole = (parts for parts in statements.values() if all(each in parts for each in _NEEDED))
    for parts in sorted(whole, key=_place):
        predicate, said = _text(parts[n.predicate][0]), _said(parts)
        if n.unknownKind in parts:
            unknowns[predicate, _text(parts[n.unknownKind][0])].append(said)
        else:
            found[predicate, _first(parts, n.object_)].append(said)
    return found, unknowns


def _place(parts: _Parts) -> tuple[str, int]:
    lines = _some(_first(parts, n.lines)) or ""
    digits = lines.split("-")[0].split(",")[0].strip()
    return _text(parts[n.fromDocument][0]), int(digits) if digits.isdigit() else 0


def _said(parts: _Parts) -> Evidence:
    comments = [each for each in parts.get(n.comment, ()) if isinstance(each, Literal)]
    return Evidence(
        document=_text(parts[n.fromDocument][0]),
        lines=_some(_first(parts, n.lines)),
        status=_text(parts[n.status][0]),
        printed=_some(_first(parts, n.asPrinted)),
        notes=tuple(each for language in _LANGUAGES for each in comments if each.language == language),
        level=_some(_first(parts, n.evidenceLevel)),
    )


def _first(parts: _Parts, part: str) -> Cell:
    return next(iter(parts.get(part, ())), None)


def _incoming(store: Asked, iri: str) -> dict[str, int]:
    rows = ask(store, query("thing-incoming-counts"), {"thing": iri}).rows.rows
    return {_text(predicate): int(_text(n)) for predicate, n in rows if predicate is not None}


def _text(cell: Cell) -> str:
    return _some(cell) or ""


def _some(cell: Cell) -> str | None:
    return cell.value if isinstance(cell, NamedNode | Literal | BlankNode) else None
