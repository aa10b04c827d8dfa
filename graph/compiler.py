"""Compile SHACL shapes into rules; what the compiler does not know is refused, never passed over."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from graph import checks
from graph.checks import Check, Test
from graph.errors import GraphError
from graph.shapes import Constraint, Path, Rule, Shape
from graph.triples import TYPE, Triples, is_iri, is_literal, language, lexical, plain
from ontology import names as n

_SH = "<http://www.w3.org/ns/shacl#"
_FIRST, _REST, _NIL = f"<{n.RDF}first>", f"<{n.RDF}rest>", f"<{n.RDF}nil>"
_TARGETS = ("targetClass", "targetSubjectsOf", "targetObjectsOf")
_WAYS = {"inversePath": "inverse", "alternativePath": "any"}
_COUNTS = ("qualifiedMinCount", "qualifiedMaxCount")
_TOLD = ("name", "description", "order", "group")  # for people; they ask nothing
_READ_APART = {*_TARGETS, *_WAYS, *_TOLD, "path", "property", "message", "severity"}
_ONE_ONLY = {
    "path", "severity", "nodeKind", "datatype", "minCount", "maxCount", "minLength", "uniqueLang",
    "languageIn", "in", "minInclusive", "maxInclusive", "qualifiedValueShape", *_COUNTS,
}  # fmt: skip
_UNLIKE_OTHERS = {f"{n.RDFS}Literal", f"{n.RDFS}Datatype"}  # pyshacl takes many literals for these


def compiled(shapes: Triples) -> tuple[Rule, ...]:
    """Compile all shapes; raise a GraphError that names shape and feature where one is not known."""
    compiler = _Compiler(shapes)
    rules = tuple(compiler.rule(node) for node in compiler.named())
    compiler.refuse_what_was_not_read()
    return tuple(rule for rule in rules if rule.classes or rule.subjects_of or rule.objects_of)


@dataclass
class _Compiler:
    """Reads shapes and keeps in mind which nodes it has read."""

    shapes: Triples
    seen: set[str] = field(default_factory=set)
    within: list[str] = field(default_factory=list)

    def named(self) -> list[str]:
        """Return the shapes with a type or a target, sorted; they must have names to be told by."""
        found = {node for name in _TARGETS for node in self.shapes.by(_sh(name))}
        for kind in ("NodeShape", "PropertyShape"):
            found.update(self.shapes.towards(TYPE).get(_sh(kind), ()))
        return sorted(node for node in found if is_iri(node) or self._is_root(node))

    def rule(self, node: str) -> Rule:
        """Compile a named shape with its targets."""
        if not is_iri(node):
            raise _refusal("A shape with a target", "has no IRI that a finding could name")
        classes, subjects_of, objects_of = (tuple(sorted(self._all(node, name))) for name in _TARGETS)
        reports = bool(classes or subjects_of or objects_of)
        return Rule(self.shape(node, plain(node), reports), classes, subjects_of, objects_of)

    def shape(self, node: str, owner: str, reports: bool) -> Shape:
        """Compile a shape; one that reports findings needs messages."""
        name = plain(node) if is_iri(node) else owner
        if node in self.within:
            raise _refusal(name, "refers to itself")
        self.within.append(node)
        self._examine(node, name)
        constraints = tuple(self._constraints(node, name))
        properties = tuple(
            self._property(each, name, reports) for each in sorted(self._all(node, "property"))
        )
        self.within.pop()
        sv, en = self._messages(node, name, reports and bool(constraints))
        return Shape(name, self._path(node, name), self._severity(node), sv, en, constraints, properties)

    def refuse_what_was_not_read(self) -> None:
        """Raise where something is said in SHACL's words of a node that no shape led to."""
        for predicate in self.shapes.predicates():
            for node in sorted(self.shapes.by(predicate)):
                if predicate.startswith(_SH) and node not in self.seen:
                    raise _refusal(plain(node), f"has sh:{_local(predicate)} but is part of no shape")

    def _is_root(self, node: str) -> bool:
        return any(self._all(node, name) for name in _TARGETS)

    def _all(self, node: str, name: str) -> list[str]:
        return list(self.shapes.by(_sh(name)).get(node, ()))

    def _examine(self, node: str, name: str) -> None:
        """Refuse features that are not known, and several values where one is expected."""
        self.seen.add(node)
        for predicate in self.shapes.predicates():
            values = self.shapes.by(predicate).get(node, ())
            feature = _local(predicate)
            if not values or not predicate.startswith(_SH):
                continue
            if (feature not in _FEATURES and feature not in _READ_APART) or feature in _WAYS:
                known = ", ".join(sorted(set(_FEATURES) | _READ_APART - set(_WAYS)))
                raise _refusal(
                    name, f"has sh:{feature}, which the fast engine does not know; it knows {known}"
                )
            if feature in _ONE_ONLY and len(values) > 1:
                raise _refusal(name, f"has {len(values)} values of sh:{feature} where one is expected")
        for kind in self.shapes.by(TYPE).get(node, ()):
            if kind not in (_sh("NodeShape"), _sh("PropertyShape")):
                raise _refusal(name, f"is a {kind} too; only sh:NodeShape and sh:PropertyShape are known")

    def _constraints(self, node: str, name: str) -> Iterable[Constraint]:
        for feature, make in _FEATURES.items():
            for value in sorted(self._all(node, feature)):
                place = _Place(self, node, name, feature)
                if (check := make(place, value)) is not None:
                    component = f"{_SH[1:]}{feature[0].upper()}{feature[1:]}ConstraintComponent"
                    yield Constraint(component, check, tuple(place.inner), tuple(place.beside))

    def _property(self, node: str, name: str, reports: bool) -> Shape:
        if not self._all(node, "path"):
            raise _refusal(name, "has an sh:property without sh:path")
        return self.shape(node, name, reports)

    def _severity(self, node: str) -> str:
        return _local(next(iter(self._all(node, "severity")), _sh("Violation")))

    def _messages(self, node: str, name: str, needed: bool) -> tuple[str, str]:
        said = {language(text): lexical(text) for text in self._all(node, "message") if is_literal(text)}
        if needed and not (len(said) == 1 or {"sv", "en"} <= set(said)):
            raise _refusal(name, "can find something but has no sh:message in Swedish and English")
        plain_one = next(iter(said.values()), "")
        return said.get("sv", plain_one), said.get("en", plain_one)

    def _path(self, node: str, name: str) -> Path | None:
        for path in self._all(node, "path"):
            if is_iri(path):
                return Path("one", (path,))
            found = self._way(path, name)
            if not all(is_iri(each) for each in found.properties):
                raise _refusal(name, "has an sh:path within an sh:path, which the fast engine does not know")
            return found
        return None

    def _way(self, path: str, name: str) -> Path:
        self.seen.add(path)
        if self.shapes.by(_FIRST).get(path):
            return Path("row", self.listed(path, name, "path"))
        for predicate in self.shapes.predicates():
            for value in self.shapes.by(predicate).get(path, ()):
                if (way := _WAYS.get(_local(predicate))) is None:
                    raise _refusal(name, f"has an sh:path by sh:{_local(predicate)}, which is not known")
                return Path(
                    way, (value,) if way == "inverse" else self.listed(value, name, _local(predicate))
                )
        raise _refusal(name, "has an sh:path that is neither a property nor a way of properties")

    def listed(self, node: str, name: str, feature: str) -> tuple[str, ...]:
        """Return the members of an RDF list."""
        found: list[str] = []
        while node != _NIL:
            first, rest = self.shapes.by(_FIRST).get(node, ()), self.shapes.by(_REST).get(node, ())
            if len(first) != 1 or len(rest) != 1 or len(found) > 10_000:
                raise _refusal(name, f"has an sh:{feature} whose value is no list")
            found.append(first[0])
            node = rest[0]
        return tuple(found)


@dataclass(frozen=True)
class _Place:
    """Where a constraint stands: what its value may need to be understood, and what it will look at."""

    compiler: _Compiler
    node: str
    name: str
    feature: str
    inner: list[Shape] = field(default_factory=list)  # shapes that values are held against
    beside: list[str] = field(default_factory=list)  # other properties of the focus

    def refusal(self, value: str, expected: str) -> GraphError:
        return _refusal(self.name, f"has sh:{self.feature} {plain(value)!r} where {expected} is expected")

    def number(self, value: str) -> int:
        if not is_literal(value) or not re.fullmatch("[0-9]+", lexical(value)):
            raise self.refusal(value, "a whole number from 0")
        return int(lexical(value))

    def conforming(self, node: str) -> Test:
        self.inner.append(self.compiler.shape(node, self.name, False))
        return self.inner[-1].conforms

    def listed(self, value: str) -> tuple[str, ...]:
        return self.compiler.listed(value, self.name, self.feature)

    def single(self, feature: str) -> str | None:
        return next(iter(self.compiler.shapes.by(_sh(feature)).get(self.node, ())), None)


def _node_kind(place: _Place, value: str) -> Check:
    if _local(value) not in checks.NODE_KINDS:
        raise place.refusal(value, "one of SHACL's kinds of node")
    return checks.each(checks.of_kind(_local(value)))


def _datatype(place: _Place, value: str) -> Check:
    if not is_iri(value) or plain(value) in _UNLIKE_OTHERS:
        raise place.refusal(value, "the IRI of a datatype of XSD, or rdf:langString,")
    return checks.each(checks.of_datatype(plain(value)))


def _pattern(place: _Place, value: str) -> Check:
    try:
        return checks.each(checks.matching(lexical(value)))
    except re.error as error:
        raise place.refusal(value, f"an expression ({error})") from error


def _bound(allowed: Callable[[int], bool]) -> Callable[[_Place, str], Check]:
    def make(place: _Place, value: str) -> Check:
        if not is_literal(value):
            raise place.refusal(value, "a literal")
        return checks.each(checks.within(value, allowed))

    return make


def _or(place: _Place, value: str) -> Check:
    tests = [place.conforming(each) for each in place.listed(value)]
    return checks.each(lambda data, node: any(test(data, node) for test in tests))


def _not(place: _Place, value: str) -> Check:
    test = place.conforming(value)
    return checks.each(lambda data, node: not test(data, node))


def _not_after(place: _Place, value: str) -> Check:
    place.beside.append(value)
    return checks.not_after(value)


def _unique(place: _Place, value: str) -> Check | None:
    if lexical(value) not in ("true", "false"):
        raise place.refusal(value, "true or false")
    return checks.one_per_language if lexical(value) == "true" else None


def _qualified(least: bool) -> Callable[[_Place, str], Check]:
    def make(place: _Place, value: str) -> Check:
        limit, shape = place.number(value), place.single("qualifiedValueShape")
        if shape is None:
            raise place.refusal(value, "sh:qualifiedValueShape beside it")
        allowed = limit.__le__ if least else limit.__ge__
        return checks.counted_where(place.conforming(shape), allowed)

    return make


def _qualified_shape(place: _Place, value: str) -> None:
    if not any(place.single(feature) for feature in _COUNTS):
        raise place.refusal(value, "sh:qualifiedMinCount or sh:qualifiedMaxCount beside it")


_FEATURES: dict[str, Callable[[_Place, str], Check | None]] = {
    "class": lambda _, value: checks.each(checks.of_class(value)),
    "datatype": _datatype,
    "hasValue": lambda _, value: checks.holding(value),
    "in": lambda place, value: checks.each(checks.among(place.listed(value))),
    "languageIn": lambda place, value: checks.each(checks.in_languages(map(lexical, place.listed(value)))),
    "lessThanOrEquals": _not_after,
    "maxCount": lambda place, value: checks.counted(place.number(value).__ge__),
    "maxInclusive": _bound(lambda order: order <= 0),
    "minCount": lambda place, value: checks.counted(place.number(value).__le__),
    "minInclusive": _bound(lambda order: order >= 0),
    "minLength": lambda place, value: checks.each(checks.long_enough(place.number(value))),
    "node": lambda place, value: checks.each(place.conforming(value)),
    "nodeKind": _node_kind,
    "not": _not,
    "or": _or,
    "pattern": _pattern,
    "qualifiedMaxCount": _qualified(least=False),
    "qualifiedMinCount": _qualified(least=True),
    "qualifiedValueShape": _qualified_shape,
    "uniqueLang": _unique,
}


def _refusal(shape: str, reason: str) -> GraphError:
    return GraphError(f"The shapes cannot be used: {shape} {reason}.")


def _sh(name: str) -> str:
    return f"{_SH}{name}>"


def _local(iri: str) -> str:
    return plain(iri).rpartition("#")[2]
