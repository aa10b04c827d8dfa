"""Triples as N-Triples texts, looked up by predicate: what shapes and links are checked on."""

import re
from collections.abc import Iterable, Mapping, Sequence

from graph.errors import TermError
from ontology import names as n

TYPE = f"<{n.type_}>"
SUBCLASS = f"<{n.RDFS}subClassOf>"
_LANG_STRING = f"{n.RDF}langString"
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_CONTROLS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
Rows = Mapping[str, Sequence[str]]


class Triples:
    """A set of triples, each given as `subject predicate object`; every term is N-Triples text.

    Those of a `base` belong to it too; they are not copied, and the base stays as it is.
    """

    def __init__(self, lines: Iterable[str], base: "Triples | None" = None) -> None:
        self._base = base
        self._own: dict[str, dict[str, list[str]]] = {}
        self._forward: dict[str, Rows] = {}
        self._backward: dict[str, Rows] = {}
        self._instances: dict[str, frozenset[str]] = {}
        self.add(lines)

    def add(self, lines: Iterable[str]) -> None:
        """Add triples; what was looked up before is looked up again."""
        known: dict[str, str] = {}  # each term is held once, which takes a third of the memory
        once = known.setdefault
        for line in lines:
            subject, predicate, value = line.split(" ", 2)
            if value[0] == "<" and " " in value:
                raise TermError(f"{value} is a triple within a triple; the shapes know nothing of those.")
            if (rows := self._own.get(predicate)) is None:
                rows = self._own[predicate] = {}
            if (said := rows.get(subject)) is None:
                rows[once(subject, subject)] = [once(value, value)]
            else:
                said.append(once(value, value))
        for rows in self._own.values():
            rows.update((of, list(dict.fromkeys(said))) for of, said in rows.items() if len(said) > 1)
        for found in (self._forward, self._backward, self._instances):
            found.clear()

    def predicates(self) -> tuple[str, ...]:
        """Return the predicates, sorted."""
        return tuple(sorted({*self._own, *(() if self._base is None else self._base.predicates())}))

    def subjects(self) -> frozenset[str]:
        """Return whatever something is said of."""
        own = frozenset().union(*self._own.values())
        return own if self._base is None else own | self._base.subjects()

    def linked(self) -> set[str]:
        """Return the things at either end of the triples that stand beside the base."""
        found = set().union(*self._own.values())
        for predicate, rows in self._own.items():
            if predicate != TYPE:
                found.update(value for values in rows.values() for value in values if value[0] != '"')
        return found

    def by(self, predicate: str) -> Rows:
        """Return the objects of a predicate by subject."""
        own = self._own.get(predicate, {})
        if self._base is None:
            return own
        if predicate not in self._forward:
            self._forward[predicate] = _joined(self._base.by(predicate), own)
        return self._forward[predicate]

    def towards(self, predicate: str) -> Rows:
        """Return the subjects of a predicate by object."""
        if predicate not in self._backward:
            own = _turned(self._own.get(predicate, {}))
            self._backward[predicate] = (
                own if self._base is None else _joined(self._base.towards(predicate), own)
            )
        return self._backward[predicate]

    def instances(self, name: str) -> frozenset[str]:
        """Return what has a class, or a class that the data say is below it, as type."""
        if name not in self._instances:
            typed = self.towards(TYPE)
            below = self._below(name)
            self._instances[name] = frozenset(thing for each in below for thing in typed.get(each, ()))
        return self._instances[name]

    def _below(self, name: str) -> set[str]:
        found, ahead = {name}, [name]
        while ahead:
            new = [each for each in self.towards(SUBCLASS).get(ahead.pop(), ()) if each not in found]
            found.update(new)
            ahead.extend(new)
        return found


def _joined(base: Rows, own: Rows) -> Rows:
    if not base or not own:
        return base or own
    both = base.keys() & own.keys()
    return {**base, **own, **{each: list(dict.fromkeys((*base[each], *own[each]))) for each in both}}


def _turned(rows: Rows) -> Rows:
    found: dict[str, list[str]] = {}
    for subject, values in rows.items():
        for value in values:
            found.setdefault(value, []).append(subject)
    return found


def is_iri(term: str) -> bool:
    """Tell whether a term is an IRI."""
    return term[0] == "<"


def is_literal(term: str) -> bool:
    """Tell whether a term is a literal."""
    return term[0] == '"'


def plain(term: str) -> str:
    """Return an IRI without brackets, a literal's text, or a blank node with its mark `_:`."""
    if is_literal(term):
        return lexical(term)
    return term[1:-1] if is_iri(term) else term


def lexical(literal: str) -> str:
    """Return a literal's text."""
    quoted = literal[1 : literal.rindex('"')]
    return _ESCAPE.sub(_unescaped, quoted) if "\\" in quoted else quoted


def language(literal: str) -> str | None:
    """Return a literal's language tag in lower case, or None."""
    after = literal[literal.rindex('"') + 1 :]
    return after[1:].lower() if after.startswith("@") else None


def datatype(literal: str) -> str:
    """Return the IRI of a literal's datatype."""
    after = literal[literal.rindex('"') + 1 :]
    if after.startswith("@"):
        return _LANG_STRING
    return after[3:-1] if after else f"{n.XSD}string"


def _unescaped(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    return chr(int(code, 16)) if code else _CONTROLS.get(found[3], found[3])
