"""Hold a graph against the SHACL shapes and tell what was found, shape by shape, in Swedish and English."""

import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox
from rdflib import RDF, SH, XSD, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from graph.errors import GraphError, TermError
from ontology import vocabulary

Data = Graph | Path | str | Iterable[str]


@dataclass(frozen=True)
class Finding:
    """One thing that a shape objects to."""

    shape: str
    focus: str
    path: str | None
    value: str | None
    severity: str
    message_sv: str
    message_en: str
    component: str
    value_is_iri: bool = False

    def __str__(self) -> str:
        where = f"{self.focus} ({self.path})" if self.path else self.focus
        return f"{self.severity} of {self.shape}: {where}: {self.message_en}"


@dataclass(frozen=True)
class Report:
    """What validation came to; it conforms when no finding is a violation."""

    findings: tuple[Finding, ...]

    @property
    def conforms(self) -> bool:
        """Tell whether nothing was found that breaks queries (warnings may be there)."""
        return not self.violations

    @property
    def violations(self) -> tuple[Finding, ...]:
        """Return the findings that are violations."""
        return tuple(finding for finding in self.findings if finding.severity == "Violation")

    def counts(self) -> Mapping[str, int]:
        """Return how many findings each shape has, in order of shape."""
        return dict(sorted(Counter(finding.shape for finding in self.findings).items()))

    def to_json(self) -> str:
        """Return the report as JSON: conforms, counts, findings."""
        content = {
            "conforms": self.conforms,
            "counts": self.counts(),
            "findings": [asdict(finding) for finding in self.findings],
        }
        return json.dumps(content, ensure_ascii=False, indent=2) + "\n"

    def to_turtle(self) -> str:
        """Return the report as a sh:ValidationReport; the source shape is the named node shape."""
        graph = Graph()
        report = BNode("report")
        graph.add((report, RDF.type, SH.ValidationReport))
        graph.add((report, SH.conforms, Literal(self.conforms, datatype=XSD.boolean)))
        for number, finding in enumerate(self.findings):
            result = BNode(f"result{number:06d}")
            graph.add((report, SH.result, result))
            for predicate, value in _result(finding):
                graph.add((result, predicate, value))
        return graph.serialize(format="turtle")


def validate(data: Data, shapes: Graph | None = None, context: Graph | None = None) -> Report:
    """Validate a graph, a file, N-Quads text or lines of it (graph names are passed over).

    Without `shapes` the shapes of the ontology room are used. `context` is added to the data before
    it is looked at: without one, the concept schemes, so that a source can be validated on its own.
    """
    rules = _own_shapes() if shapes is None else shapes
    union = Graph()
    for part in (_own_schemes() if context is None else context, _graph(data)):
        for triple in part:
            union.add(triple)
    return Report(tuple(sorted(set(_findings(_run(union, rules), rules)), key=_order)))


def _run(data: Graph, shapes: Graph) -> Graph:
    import pyshacl  # slow to import, and most commands never validate

    try:
        _, results, text = pyshacl.validate(
            data, shacl_graph=shapes, inference="none", inplace=True, do_owl_imports=False, meta_shacl=False
        )
    except pyshacl.errors.ReportableRuntimeError as error:
        raise GraphError(f"The shapes cannot be used: {error}") from error
    if not isinstance(results, Graph):
        raise GraphError(f"The shapes cannot be used: {text}")
    return results


@cache
def _own_shapes() -> Graph:
    return vocabulary.read([vocabulary.SHAPES])


@cache
def _own_schemes() -> Graph:
    return vocabulary.read(vocabulary.schemes())


def _graph(data: Data) -> Graph:
    if isinstance(data, Graph):
        return data
    if isinstance(data, Path):
        return _file(data)
    return _quads(data if isinstance(data, str) else "\n".join(data), "data")


def _file(path: Path) -> Graph:
    try:
        content = path.read_text(encoding="utf-8")
    except OSError as error:
        raise GraphError(f"{path}: cannot be read: {error.strerror}.") from error
    form = ox.RdfFormat.from_extension(path.suffix.removeprefix("."))
    if form is None:
        raise GraphError(
            f"{path}: the ending {path.suffix!r} is no RDF format; expected .nq, .nt, .ttl or .trig."
        )
    return _quads(content, str(path), form)


def _quads(content: str, name: str, form: ox.RdfFormat = ox.RdfFormat.N_QUADS) -> Graph:
    graph = Graph()
    try:
        for quad in ox.parse(io.BytesIO(content.encode()), format=form):
            graph.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    except SyntaxError as error:
        raise TermError(f"{name}:{error.lineno}: this is not {form.name}: {error.msg}.") from error
    return graph


def _term(term: object) -> Node:
    match term:
        case ox.NamedNode():
            return URIRef(term.value)
        case ox.BlankNode():
            return BNode(term.value)
        case ox.Literal() if term.language:
            return Literal(term.value, lang=term.language)
        case ox.Literal() if term.datatype.value == str(XSD.string):
            return Literal(term.value)
        case ox.Literal():
            return Literal(term.value, datatype=URIRef(term.datatype.value), normalize=False)
    raise TermError(f"{term} is a triple within a triple; the shapes know nothing of those.")


def _findings(results: Graph, shapes: Graph) -> Iterator[Finding]:
    for result in results.objects(None, SH.result):
        messages = {
            message.language: str(message)
            for message in results.objects(result, SH.resultMessage)
            if isinstance(message, Literal)
        }
        source, value = results.value(result, SH.sourceShape), results.value(result, SH.value)
        plain = next(iter(messages.values()), "")
        yield Finding(
            shape=_owner(source, shapes),
            focus=_text(results.value(result, SH.focusNode)) or "",
            path=_path(results.value(result, SH.resultPath), results),
            value=_text(value),
            severity=_local(results.value(result, SH.resultSeverity)),
            message_sv=messages.get("sv", plain),
            message_en=messages.get("en", plain),
            component=str(results.value(result, SH.sourceConstraintComponent)),
            value_is_iri=isinstance(value, URIRef),
        )


def _owner(shape: Node | None, shapes: Graph) -> str:
    """Return the named node shape that a (blank) property shape belongs to."""
    while isinstance(shape, BNode):
        shape = next(iter(shapes.subjects(SH.property, shape)), None)
    return str(shape)


def _path(node: Node | None, graph: Graph) -> str | None:
    """Write a property path as SPARQL does, with full IRIs in angle brackets where it is not one property."""
    if node is None or isinstance(node, URIRef):
        return _text(node)
    if (inverse := graph.value(node, SH.inversePath)) is not None:
        return f"^<{inverse}>"
    if (parts := graph.value(node, SH.alternativePath)) is not None:
        return "|".join(f"<{part}>" for part in Collection(graph, parts))
    return "/".join(f"<{part}>" for part in Collection(graph, node))


def _text(node: Node | None) -> str | None:
    """Return a node as plain text; a blank node keeps its mark `_:`."""
    if node is None:
        return None
    return f"_:{node}" if isinstance(node, BNode) else str(node)


def _local(node: Node | None) -> str:
    return str(node).rpartition("#")[2]


def _order(finding: Finding) -> tuple[str, ...]:
    return tuple(str(part or "") for part in asdict(finding).values())


def _result(finding: Finding) -> Iterator[tuple[Node, Node]]:
    yield RDF.type, SH.ValidationResult
    yield SH.focusNode, _node(finding.focus)
    yield SH.sourceShape, URIRef(finding.shape)
    yield SH.resultSeverity, SH[finding.severity]
    yield SH.sourceConstraintComponent, URIRef(finding.component)
    yield SH.resultMessage, Literal(finding.message_sv, lang="sv")
    yield SH.resultMessage, Literal(finding.message_en, lang="en")
    if finding.path is not None and not finding.path.startswith(("^", "<")):
        yield SH.resultPath, URIRef(finding.path)
    if finding.value is not None:
        yield SH.value, _node(finding.value) if finding.value_is_iri else Literal(finding.value)


def _node(text: str) -> Node:
    return BNode(text.removeprefix("_:")) if text.startswith("_:") else URIRef(text)
