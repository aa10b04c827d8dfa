"""Gather all that the graph says of one thing: facts with their evidence, unknowns, and what points to it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from graph.asked import Asked, Cell
from ontology import names as n
from queries.answer import ask
from queries.catalogue import query

_PARTS = (
    n.byOrganisation,
    n.inRole,
    n.goalKind,
    n.description,
    n.amount,
    n.currency,
    n.matchNeed,
    n.matchArea,
)
_HOLDS = (n.hasParticipation, n.hasGoal, n.totalBudget, n.euContribution)
INCOMING_LIMIT = 1000  # as in thing-incoming.rq


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
    incoming: tuple[tuple[str, tuple[str, ...]], ...]
    capped: bool

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


def read(store: Asked, iri: str) -> Thing:
    """Return what the store says of a thing."""
    evidence, unknowns = _evidence(store, iri)
    graphs: dict[tuple[str, Cell], list[str]] = defaultdict(list)
    for predicate, cell, graph in ask(store, query("thing-facts"), {"thing": iri}).rows.rows:
        graphs[_text(predicate), cell].append(_text(graph))
    single = {_text(cell) for (cell,) in ask(store, query("single-valued")).rows.rows}
    names = sorted({predicate for predicate, _ in (*graphs, *unknowns)})
    facts = tuple(_fact(name, graphs, evidence, unknowns, single) for name in names)
    incoming, capped = _incoming(store, iri)
    return Thing(iri, facts, incoming, capped)


def triples(store: Asked, iri: str) -> tuple[Triple, ...]:
    """Return a thing's own triples and those of the statements about it."""
    rows = ask(store, query("thing-triples"), {"thing": iri}).rows.rows
    return tuple(
        Triple(s, p, o)
        for s, p, o in rows
        if isinstance(s, NamedNode | BlankNode) and isinstance(p, NamedNode) and o is not None
    )


def parts(store: Asked, iri: str) -> tuple[Cell, ...]:
    """Return what a thing without a name ties together: its values, and the things that hold it."""
    rows = ask(store, query("thing-facts"), {"thing": iri}).rows.rows
    holders = ask(store, query("thing-incoming"), {"thing": iri}).rows.rows
    return tied(((p, cell) for p, cell, _ in rows), ((p, subject) for subject, p in holders))


def tied(facts: Iterable[tuple[Cell, Cell]], holders: Iterable[tuple[Cell, Cell]]) -> tuple[Cell, ...]:
    """Return the parts among a thing's facts, and its holders, in order; both come with their predicates."""
    own = [(_PARTS.index(key), str(cell), cell) for p, cell in facts if (key := _text(p)) in _PARTS]
    held = [(len(_PARTS), str(subject), subject) for p, subject in holders if _text(p) in _HOLDS]
    return tuple(dict.fromkeys(cell for _, _, cell in sorted(own + held, key=lambda part: part[:2])))


def _fact(
    name: str,
    graphs: dict[tuple[str, Cell], list[str]],
    evidence: dict[tuple[str, Cell], list[Evidence]],
    unknowns: dict[tuple[str, str], list[Evidence]],
    single: set[str],
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
    rows = ask(store, query("thing-evidence"), {"thing": iri}).rows
    statements: dict[str, list[dict[str, Cell]]] = defaultdict(list)
    for row in rows.rows:
        named = dict(zip(rows.columns, row, strict=True))
        statements[_text(named["statement"])].append(named)
    for statement in sorted(statements.values(), key=_place):
        first, said = statement[0], _said(statement)
        if first["unknown"] is not None:
            unknowns[_text(first["predicate"]), _text(first["unknown"])].append(said)
        else:
            found[_text(first["predicate"]), first["object"]].append(said)
    return found, unknowns


def _place(statement: list[dict[str, Cell]]) -> tuple[str, int]:
    lines = _some(statement[0]["lines"]) or ""
    digits = lines.split("-")[0].split(",")[0].strip()
    return _text(statement[0]["document"]), int(digits) if digits.isdigit() else 0


def _said(statement: Iterable[dict[str, Cell]]) -> Evidence:
    rows = list(statement)
    return Evidence(
        document=_text(rows[0]["document"]),
        lines=_some(rows[0]["lines"]),
        status=_text(rows[0]["status"]),
        printed=_some(rows[0]["printed"]),
        notes=tuple(dict.fromkeys(note for row in rows for note in _notes(row))),
        level=_some(rows[0]["level"]),
    )


def _notes(row: dict[str, Cell]) -> list[Literal]:
    return [note for note in (row["note"], row["noteEn"]) if isinstance(note, Literal)]


def _incoming(store: Asked, iri: str) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], bool]:
    found: dict[str, list[str]] = defaultdict(list)
    rows = ask(store, query("thing-incoming"), {"thing": iri}).rows.rows
    for subject, predicate in rows:
        found[_text(predicate)].append(_text(subject))
    grouped = tuple((predicate, tuple(sorted(subjects))) for predicate, subjects in sorted(found.items()))
    return grouped, len(rows) == INCOMING_LIMIT


def _text(cell: Cell) -> str:
    return _some(cell) or ""


def _some(cell: Cell) -> str | None:
    return cell.value if isinstance(cell, NamedNode | Literal | BlankNode) else None
