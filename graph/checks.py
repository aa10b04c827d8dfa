"""What each constraint of SHACL Core asks of value nodes: a check yields the values that fail.

A check that is about no single value (a count) yields None. Texts of literals are compared by
rdflib's own literals, so that "ill-typed" and "before" mean here what they mean to pyshacl.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache

from rdflib import XSD, Literal, URIRef

from graph.errors import GraphError
from graph.triples import Triples, datatype, is_iri, is_literal, language, lexical, plain
from ontology import names as n

Check = Callable[[Triples, str, Sequence[str]], Iterable[str | None]]
Test = Callable[[Triples, str], bool]

NODE_KINDS = {
    "IRI": "<",
    "BlankNode": "_",
    "Literal": '"',
    "BlankNodeOrIRI": "_<",
    "BlankNodeOrLiteral": '_"',
    "IRIOrLiteral": '<"',
}
_PYTHON: dict[str, type | tuple[type, ...]] = {
    f"{n.XSD}string": (str, bytes),
    f"{n.RDF}langString": (str, bytes),
    f"{n.XSD}integer": int,
    f"{n.XSD}float": float,
    f"{n.XSD}decimal": Decimal,
    f"{n.XSD}boolean": bool,
    f"{n.XSD}date": date,
    f"{n.XSD}time": time,
    f"{n.XSD}dateTime": datetime,
}


def each(test: Test) -> Check:
    """Make a check that every value passes a test."""
    return lambda data, _, values: [value for value in values if not test(data, value)]


def counted(allowed: Callable[[int], bool]) -> Check:
    """Make a check of how many values there are."""
    return lambda _data, _focus, values: () if allowed(len(values)) else (None,)


def counted_where(test: Test, allowed: Callable[[int], bool]) -> Check:
    """Make a check of how many values pass a test."""
    return lambda data, _, values: () if allowed(sum(test(data, value) for value in values)) else (None,)


def holding(wanted: str) -> Check:
    """Make a check that a value is among those there are."""
    return lambda _data, _focus, values: () if wanted in values else (None,)


def of_class(name: str) -> Test:
    """Make a test that a thing has a class."""
    return lambda data, value: value in data.instances(name)


def of_kind(name: str) -> Test:
    """Make a test that a term is an IRI, a blank node, a literal, or one of two of these."""
    marks = NODE_KINDS[name]
    return lambda _, value: value[0] in marks


def among(allowed: Iterable[str]) -> Test:
    """Make a test that a term is one of those listed."""
    known = frozenset(allowed)
    return lambda _, value: value in known


def matching(pattern: str) -> Test:
    """Make a test that an expression is found in an IRI or a literal's text."""
    found = re.compile(pattern).search
    return lambda _, value: value[0] != "_" and found(plain(value)) is not None


def long_enough(least: int) -> Test:
    """Make a test of the length of an IRI or a literal's text."""
    return lambda _, value: value[0] != "_" and len(plain(value)) >= least


def in_languages(allowed: Iterable[str]) -> Test:
    """Make a test that a literal's language, or what it is a variant of, is one of those listed."""
    known = frozenset(tag.lower() for tag in allowed)

    def test(_: Triples, value: str) -> bool:
        tag = language(value) if is_literal(value) else None
        return tag is not None and ("*" in known or tag in known or tag.partition("-")[0] in known)

    return test


def of_datatype(wanted: str) -> Test:
    """Make a test that a literal has a datatype and a text that the datatype allows."""
    kind = _PYTHON.get(wanted)

    def test(_: Triples, value: str) -> bool:
        if not is_literal(value) or datatype(value) != wanted:
            return False
        read = _read(value)
        return read.ill_typed is not True and (kind is None or isinstance(read.value, kind))

    return test


def within(bound: str, allowed: Callable[[int], bool]) -> Test:
    """Make a test that a literal compares with a bound (-1, 0 or 1) as it should."""
    limit = _read(bound)

    def test(_: Triples, value: str) -> bool:
        if not is_literal(value):
            return False
        read = _read(value)
        if isinstance(read.value, str) != isinstance(limit.value, str):
            return False
        try:
            return allowed(_compared(read, limit))
        except (TypeError, NotImplementedError, ArithmeticError):  # of NaN, too
            return False

    return test


def one_per_language(_data: Triples, _focus: str, values: Sequence[str]) -> Iterable[str | None]:
    """Check that no two values have the same language."""
    tags = Counter(tag for value in values if is_literal(value) and (tag := language(value)))
    return (None,) if any(count > 1 for count in tags.values()) else ()


def not_after(predicate: str) -> Check:
    """Make a check that no value is greater than a value of another property."""

    def check(data: Triples, focus: str, values: Sequence[str]) -> Iterator[str]:
        others = data.by(predicate).get(focus, ())
        for value in values:
            if not all(_at_most(value, other) for other in others):
                yield value

    return check


@lru_cache(maxsize=20_000)
def _read(literal: str) -> Literal:
    text, tag, kind = lexical(literal), language(literal), datatype(literal)
    if tag is not None:
        return Literal(text, lang=tag)
    if kind == str(XSD.string):
        return Literal(text)
    return Literal(text, datatype=URIRef(kind), normalize=False)


def _compared(one: Literal, other: Literal) -> int:
    if one.eq(other):
        return 0
    if type(one.value) in (datetime, time):  # rdflib orders these by their text
        return 0 if one.value == other.value else 1 if one.value > other.value else -1
    return 1 if one > other else -1


def _at_most(one: str, other: str) -> bool:
    (a, a_is_text), (b, b_is_text) = _comparable(one), _comparable(other)
    if a_is_text != b_is_text:
        return False
    try:
        return bool(a <= b)
    except TypeError:
        return False


def _comparable(term: str) -> tuple[str | Literal, bool]:
    """Return what a term is compared as, and whether that is plain text."""
    if is_iri(term):
        return plain(term), True
    if not is_literal(term):
        raise GraphError(f"{term} is a blank node, which is neither before nor after anything.")
    read = _read(term)
    return (str(read.value), True) if isinstance(read.value, str) else (read, False)
