"""Shapes as compiled: what they are about, how values are reached, what is asked, and what is then found."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from graph.checks import Check
from graph.findings import Finding
from graph.triples import Rows, Triples, is_iri, is_literal, plain

Reader = Callable[[str], Sequence[str]]


@dataclass(frozen=True)
class Path:
    """How values are reached: `one` property, its `inverse`, `any` of several, or several in a `row`."""

    way: str
    properties: tuple[str, ...]

    def __str__(self) -> str:
        if self.way == "one":
            return plain(self.properties[0])
        if self.way == "inverse":
            return f"^{self.properties[0]}"
        return ("|" if self.way == "any" else "/").join(self.properties)

    def reader(self, data: Triples) -> Reader:
        """Return what gives the values of a node."""
        if self.way == "inverse":
            return _values_of(data.towards(self.properties[0]))
        rows = [data.by(name) for name in self.properties]
        if self.way == "one":
            return _values_of(rows[0])
        return partial(_any_of if self.way == "any" else _in_a_row, rows)


@dataclass(frozen=True)
class Constraint:
    """One demand of a shape, under the name that results give it, and what it looks at beside the values.

    These are the shapes that it holds values against and other properties of the focus.
    """

    component: str
    check: Check
    inner: tuple["Shape", ...] = ()
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shape:
    """A node shape (without path) or a property shape, with all that it asks."""

    name: str
    path: Path | None
    severity: str
    message_sv: str
    message_en: str
    constraints: tuple[Constraint, ...]
    properties: tuple["Shape", ...]

    def findings(self, data: Triples, nodes: Iterable[str]) -> Iterator[Finding]:
        """Yield what the shape objects to in nodes."""
        reader = self._reader(data)
        reached = [(node, reader(node)) for node in nodes]
        for constraint in self.constraints:
            for focus, values in reached:
                for value in constraint.check(data, focus, values):
                    yield self._finding(constraint, focus, value)
        if self.properties:
            below = {value for _, values in reached for value in values}
            for each in self.properties:
                yield from each.findings(data, below)

    def conforms(self, data: Triples, node: str) -> bool:
        """Tell whether a node has all that the shape asks."""
        values = self._reader(data)(node)
        if any(any(True for _ in each.check(data, node, values)) for each in self.constraints):
            return False
        return all(each.conforms(data, value) for each in self.properties for value in values)

    def _reader(self, data: Triples) -> Reader:
        return (lambda node: (node,)) if self.path is None else self.path.reader(data)

    def _finding(self, constraint: Constraint, focus: str, value: str | None) -> Finding:
        return Finding(
            shape=self.name,
            focus=plain(focus),
            path=None if self.path is None else str(self.path),
            value=None if value is None else plain(value),
            severity=self.severity,
            message_sv=self.message_sv,
            message_en=self.message_en,
            component=constraint.component,
            value_is_iri=value is not None and is_iri(value),
            focus_is_literal=is_literal(focus),
        )


@dataclass(frozen=True)
class Rule:
    """A shape and the nodes that it is about: instances of classes, subjects and objects of properties."""

    shape: Shape
    classes: tuple[str, ...]
    subjects_of: tuple[str, ...]
    objects_of: tuple[str, ...]

    def findings(self, data: Triples, here: Callable[[str], bool] | None = None) -> Iterator[Finding]:
        """Yield what the shape objects to in its nodes, or in those of them that are `here`."""
        nodes = self._nodes(data)
        return self.shape.findings(data, nodes if here is None else set(filter(here, nodes)))

    def _nodes(self, data: Triples) -> set[str]:
        typed = (data.instances(name) for name in self.classes)
        sources = (data.by(name) for name in self.subjects_of)
        ends = (data.towards(name) for name in self.objects_of)
        return set().union(*typed, *sources, *ends)


def _values_of(rows: Rows) -> Reader:
    return lambda node: rows.get(node, ())


def _any_of(rows: Sequence[Rows], node: str) -> Sequence[str]:
    return list(dict.fromkeys(value for each in rows for value in each.get(node, ())))


def _in_a_row(rows: Sequence[Rows], node: str) -> Sequence[str]:
    found: Sequence[str] = (node,)
    for each in rows:
        found = list(dict.fromkeys(value for reached in found for value in each.get(reached, ())))
    return found
