"""What validation finds, and how it is told: as sentences, as JSON, as a sh:ValidationReport."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

from rdflib import RDF, SH, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node


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
    focus_is_literal: bool = False

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


def in_order(finding: Finding) -> tuple[str, ...]:
    """Return the key that findings are sorted by: shape, focus, path, value."""
    return tuple(str(part or "") for part in asdict(finding).values())


def _result(finding: Finding) -> Iterator[tuple[Node, Node]]:
    yield RDF.type, SH.ValidationResult
    yield SH.focusNode, Literal(finding.focus) if finding.focus_is_literal else _node(finding.focus)
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
