"""What shapes look at beside their nodes: what a part of a graph must hold to be checked alone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph.shapes import Path, Rule, Shape
from graph.triples import SUBCLASS, TYPE

_BACK = "^"
Step = tuple[str, bool]  # a predicate, with ^ when walked backwards, and whether away from the focus


@dataclass(frozen=True)
class Reach:
    """The predicates that shapes read anywhere but forwards from their nodes.

    `towards` are walked backwards from a node. `objects` make their objects nodes to be checked. `far`
    are read, in either direction, of things that a node leads to. The types of such things are not
    among them: they are read so often that they are always at hand.
    """

    towards: frozenset[str]
    objects: frozenset[str]
    far: frozenset[str]

    @property
    def in_parts(self) -> bool:
        """Tell whether parts are enough: not where a shape asks, of a thing away, what has it as class."""
        return TYPE not in self.far


def reach(rules: Iterable[Rule]) -> Reach:
    """Return what rules look at; the classes below a class are read wherever a type is."""
    known = tuple(rules)
    steps = {step for rule in known for step in _steps(rule.shape, False)}
    far = {predicate for predicate, away in steps if away and predicate != TYPE}
    return Reach(
        towards=frozenset(predicate[1:] for predicate, away in steps if not away and predicate[0] == _BACK),
        objects=frozenset(predicate for rule in known for predicate in rule.objects_of),
        far=frozenset({predicate.removeprefix(_BACK) for predicate in far} | {SUBCLASS}),
    )


def _steps(shape: Shape, away: bool) -> Iterator[Step]:
    """Yield what a shape reads when its focus is a node to be checked, or away from one."""
    if shape.path is not None:
        yield from _walked(shape.path, away)
    beyond = away or shape.path is not None
    for constraint in shape.constraints:
        yield from ((predicate, away) for predicate in constraint.beside)
        for inner in constraint.inner:
            yield from _steps(inner, beyond)
    for inner in shape.properties:
        yield from _steps(inner, beyond)


def _walked(path: Path, away: bool) -> Iterator[Step]:
    for number, predicate in enumerate(path.properties):
        mark = _BACK if path.way == "inverse" else ""
        yield mark + predicate, away or (path.way == "row" and number > 0)
