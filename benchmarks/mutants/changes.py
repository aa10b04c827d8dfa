"""Change a module's source in one small place: a comparison, a sign, a condition, a constant, a statement.

What is only told to people is left alone: texts with blanks, f-strings, the words of `raise`, types,
and what is declared by a call at the top of a module (titles, patterns).
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.BitXor: ast.BitAnd,
}
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_GONE = (ast.Raise, ast.AugAssign, ast.Delete, ast.Continue)


@dataclass(frozen=True)
class Change:
    """One way to change a tree: the function it lies in ("" at the top), its line, what to show, the deed."""

    function: str
    line: int
    shown: ast.AST
    make: Callable[[], ast.AST]


@dataclass(frozen=True)
class Mutant:
    """A changed module: the function, the line, what stood there and what stands there now."""

    function: str
    line: int
    before: str
    after: str
    tree: ast.Module


def count(source: str) -> int:
    """Return how many mutants a source has."""
    return sum(1 for _ in _changes(ast.parse(source)))


def mutant(source: str, number: int) -> Mutant:
    """Return one mutant of a source, by its number.

    >>> found = mutant("def least(a, b):\\n    return a if a < b else b\\n", 1)
    >>> found.function, found.line, found.before, found.after
    ('least', 2, 'a if a < b else b', 'a if not a < b else b')
    """
    tree = ast.parse(source)
    change = list(_changes(tree))[number]
    before = ast.unparse(change.shown)
    after = ast.unparse(ast.fix_missing_locations(change.make()))
    ast.fix_missing_locations(tree)
    return Mutant(change.function, change.line, before, after, tree)


def _changes(tree: ast.Module) -> Iterator[Change]:
    for statement in tree.body:
        if isinstance(statement, ast.Assign):
            yield from _declared(statement.value)
    yield from _inside(tree, "")


def _declared(value: ast.expr) -> Iterator[Change]:
    """Yield the changes of a constant at the top of a module: numbers and words, also in tuples and dicts."""
    if isinstance(value, ast.Constant):
        yield from _constant(value, "", False)
    elif not isinstance(value, ast.Call | ast.Subscript | ast.BinOp):  # aliases of types among them
        for child in ast.iter_child_nodes(value):
            if isinstance(child, ast.expr):
                yield from _declared(child)


def _inside(node: ast.AST, within: str) -> Iterator[Change]:
    """Yield the changes of all functions below a node, each by the outermost function it lies in."""
    for child in ast.iter_child_nodes(node):
        name = f"{within}.{child.name}" if within and isinstance(child, (*_FUNCTIONS, ast.ClassDef)) else ""
        if isinstance(child, ast.ClassDef):
            yield from _inside(child, name or child.name)
        elif isinstance(child, _FUNCTIONS):
            for statement in child.body:
                yield from _found(statement, name or child.name, False)
            yield from _statements(child.body, name or child.name)


def _found(node: ast.AST, function: str, told: bool) -> Iterator[Change]:
    """Yield the changes of a node and of all below it; `told`: it stands in words to a reader."""
    yield from _here(node, function, told)
    told = told or isinstance(node, ast.Raise)
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "args") and not isinstance(node, ast.Call):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not isinstance(child, ast.JoinedStr):
                yield from _found(child, function, told)
        if isinstance(value, list):
            yield from _statements(value, function)


def _here(node: ast.AST, function: str, told: bool) -> Iterator[Change]:
    line = getattr(node, "lineno", 0)
    match node:
        case ast.Compare(ops=ops):
            for at, sign in enumerate(ops):
                yield Change(function, line, node, _put(ops, at, _COMPARED[type(sign)](), node))
        case ast.BoolOp(op=joint):
            other = ast.Or() if isinstance(joint, ast.And) else ast.And()
            yield Change(function, line, node, _set(node, "op", other))
        case ast.BinOp(op=sign) | ast.AugAssign(op=sign) if type(sign) in _COUNTED:
            yield Change(function, line, node, _set(node, "op", _COUNTED[type(sign)]()))
        case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test):
            shown = node if isinstance(node, ast.IfExp) else test
            yield Change(function, test.lineno, shown, _negate(node, shown))
        case ast.comprehension(ifs=tests):
            for at, test in enumerate(tests):
                yield Change(function, test.lineno, test, _put(tests, at, ast.UnaryOp(ast.Not(), test)))
        case ast.UnaryOp(op=ast.Not() | ast.USub() as sign, operand=operand):
            yield Change(function, line, node, _set(node, "operand", ast.UnaryOp(sign, operand)))  # undone
        case ast.Return(value=ast.expr() as value) if not (
            isinstance(value, ast.Constant) and not value.value
        ):
            yield Change(function, line, node, _set(node, "value", ast.Constant(None)))
        case ast.Constant():
            yield from _constant(node, function, told)


def _constant(node: ast.Constant, function: str, told: bool) -> Iterator[Change]:
    value = node.value
    if isinstance(value, bool):
        yield Change(function, node.lineno, node, _set(node, "value", not value))
    elif isinstance(value, int | float):
        yield Change(function, node.lineno, node, _set(node, "value", value + 1))
    elif isinstance(value, str) and not told and not set(value.strip()) & set(" \n"):
        yield Change(function, node.lineno, node, _set(node, "value", f"{value}X"))


def _statements(body: list[Any], function: str) -> Iterator[Change]:
    """Yield the changes that take a statement away."""
    for at, node in enumerate(body):
        called = isinstance(node, ast.Expr) and isinstance(node.value, ast.Call | ast.YieldFrom | ast.Yield)
        if called or isinstance(node, _GONE):
            yield Change(function, node.lineno, node, _put(body, at, ast.Pass()))


def _set(node: ast.AST, name: str, value: object) -> Callable[[], ast.AST]:
    def make() -> ast.AST:
        setattr(node, name, value)
        return node

    return make


def _put(items: list[Any], at: int, new: ast.AST, shown: ast.AST | None = None) -> Callable[[], ast.AST]:
    def make() -> ast.AST:
        items[at] = new
        return shown or new

    return make


def _negate(node: ast.If | ast.While | ast.IfExp, shown: ast.expr) -> Callable[[], ast.AST]:
    def make() -> ast.AST:
        node.test = ast.UnaryOp(ast.Not(), node.test)
        return node if shown is node else node.test

    return make
