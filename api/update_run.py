"""Run a SPARQL update on an edit: the engine parses and answers, the quads come and go through the edit.

The engine's own update knows nothing of a default graph that is a merge. So each template is parsed by
the engine as data, with a marked IRI for each variable, and filled from the answer to the pattern.
"""

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, QuerySolution, Triple

from api.guard import Refused, check_update
from api.sparql_run import sentence
from api.update_text import ALL, DEFAULT, NAMED, Data, Manage, Modify, Operation, one_prologue, operations
from graph.edit import Edit, within
from graph.errors import QueryError
from graph.store import Store

Node = NamedNode | BlankNode | Literal | Triple | DefaultGraph
_MARK = f"urn:samspel:variable:{secrets.token_hex(16)}:"
_INSERT_DATA = "INSERT DATA "


@dataclass(frozen=True)
class Dataset:
    """The graphs that the patterns of a request read, by the parameters of the protocol."""

    using: tuple[str, ...] = ()
    using_named: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.using or self.using_named)


def run(edit: Edit, text: str, base: str, dataset: Dataset | None = None) -> None:
    """Run all operations of an update; raise Refused when one cannot be run."""
    text = text.removeprefix("\ufeff")
    tokens = check_update(text)
    if one_prologue(tokens):
        _parse(text, text, base)
    found = operations(text, tokens)
    given = dataset or Dataset()
    if given and any(isinstance(one, Modify) and one.names_graphs for one in found):
        raise Refused(
            400,
            "The request names graphs by using-graph-uri or using-named-graph-uri, and the update by USING "
            "or WITH; name them in one place.",
        )
    for one in found:
        _run(_Run(edit, base, given), one)


def _parse(update: str, text: str, base: str) -> None:
    """Let the engine parse an update; only what it says of the syntax counts, for it runs on nothing."""
    try:
        Store.memory().change(update, base)
    except QueryError as error:
        if isinstance(error.__cause__, SyntaxError):
            raise Refused(400, sentence(text, str(error), "update")) from error


@dataclass(frozen=True)
class _Run:
    """What an operation works with."""

    edit: Edit
    base: str
    dataset: Dataset

    def parsed(self, prologue: str, block: str) -> list[Quad]:
        """Return the quads of a block of data."""
        update = f"{prologue}{_INSERT_DATA}{block}"
        scratch = Store.memory()
        try:
            scratch.change(update, self.base)
        except QueryError as error:
            raise Refused(400, sentence(update, str(error), "update")) from error
        return scratch.every_quad()

    def iri(self, prologue: str, text: str) -> str:
        """Return the IRI that a text (`<g>`, `ex:g`) stands for."""
        (quad,) = self.parsed(prologue, f"{{ {text} {text} {text} }}")
        return quad.predicate.value


def _run(run: _Run, one: Operation) -> None:
    if isinstance(one, Data):
        quads = run.parsed(one.prologue, one.block)
        run.edit.apply(() if one.insert else quads, quads if one.insert else ())
    elif isinstance(one, Modify):
        _modify(run, one)
    else:
        _manage(run, one)


def _modify(run: _Run, one: Modify) -> None:
    graph = None if one.graph is None else run.iri(one.prologue, one.graph)
    gone = _within(run.parsed(one.prologue, one.gone.marked(_MARK)), graph)
    come = _within(run.parsed(one.prologue, one.come.marked(_MARK)), graph)
    lost, won = set[Quad](), set[Quad]()
    for solution in _solutions(run, one, graph):
        lost.update(_filled(gone, solution))
        won.update(_filled(come, solution))
    run.edit.apply(lost, won)


def _solutions(run: _Run, one: Modify, graph: str | None) -> Iterator[QuerySolution]:
    names = sorted({token.text[1:] for token in (*one.gone.variables, *one.come.variables)})
    variables = " ".join(f"?{name}" for name in names)
    query = f"{one.prologue}SELECT {variables} (1 AS ?{_column()}) WHERE {one.where}"
    using = [run.iri(one.prologue, each) for each in one.using] or list(run.dataset.using)
    named = [run.iri(one.prologue, each) for each in one.using_named] or list(run.dataset.using_named)
    try:
        if using or named:
            found = run.edit.solutions(query, using, named, run.base)
        else:
            found = run.edit.solutions(query, None if graph is None else [graph], None, run.base)
        yield from found
    except (ValueError, OSError) as error:
        raise Refused(400, f"The update cannot be run: {error}.") from error


def _column() -> str:
    return f"once{secrets.token_hex(8)}"


def _within(template: Iterable[Quad], graph: str | None) -> list[Quad]:
    """Return a template whose default graph is the one that WITH names."""
    if graph is None:
        return list(template)
    return [within(quad, graph) if isinstance(quad.graph_name, DefaultGraph) else quad for quad in template]


def _filled(template: Iterable[Quad], solution: QuerySolution) -> Iterator[Quad]:
    """Yield the quads of a template for one solution; one that would be no RDF is left out."""
    blank: dict[str, BlankNode] = {}
    for quad in template:
        parts = [
            _value(part, solution, blank)
            for part in (quad.subject, quad.predicate, quad.object, quad.graph_name)
        ]
        subject, predicate, value, graph = parts
        if (
            isinstance(subject, NamedNode | BlankNode)
            and isinstance(predicate, NamedNode)
            and isinstance(value, NamedNode | BlankNode | Literal | Triple)
            and isinstance(graph, NamedNode | DefaultGraph)
        ):
            yield Quad(subject, predicate, value, graph)


def _value(part: Node, solution: QuerySolution, blank: dict[str, BlankNode]) -> Node | None:
    if isinstance(part, NamedNode) and part.value.startswith(_MARK):
        found: Node | None = solution[part.value.removeprefix(_MARK)]
        return found
    if isinstance(part, BlankNode):
        return blank.setdefault(part.value, BlankNode())
    if isinstance(part, Triple):
        subject, predicate, value = (_value(each, solution, blank) for each in part)
        if (
            isinstance(subject, NamedNode | BlankNode)
            and isinstance(predicate, NamedNode)
            and isinstance(value, NamedNode | BlankNode | Literal | Triple)
        ):
            return Triple(subject, predicate, value)
        return None
    return part


def _manage(run: _Run, one: Manage) -> None:
    if one.target is not None:
        _transfer(run, one, _named(run, one, one.graph), _named(run, one, one.target))
    elif one.verb == "CREATE":
        graph = _named(run, one, one.graph)
        if run.edit.exists(graph) and not one.silent:
            raise Refused(409, f"Graph {graph} is there already, so it cannot be created.")
    else:
        run.edit.apply(list(_cleared(run, one)), ())


def _cleared(run: _Run, one: Manage) -> Iterator[Quad]:
    """Yield what CLEAR or DROP takes away; DEFAULT is the graph of edits, NAMED are all others."""
    if one.graph == ALL:
        return run.edit.quads()
    if one.graph == NAMED:
        own = NamedNode(run.edit.edits)
        return (quad for quad in run.edit.quads() if quad.graph_name != own)
    return run.edit.quads(_named(run, one, one.graph))


def _transfer(run: _Run, one: Manage, source: str, target: str) -> None:
    """Add, copy or move all that one graph says to another."""
    if not run.edit.exists(source):
        if one.silent:
            return
        raise Refused(409, f"{one.verb}: graph {source} is not there, so nothing can be taken from it.")
    if source == target:
        return
    held = list(run.edit.quads(source))
    gone = [] if one.verb == "ADD" else list(run.edit.quads(target))
    come = [within(quad, target) for quad in held]
    run.edit.apply([*gone, *(held if one.verb == "MOVE" else ())], come)


def _named(run: _Run, one: Manage, graph: str) -> str:
    return run.edit.edits if graph == DEFAULT else run.iri(one.prologue, graph)
