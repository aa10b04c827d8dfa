"""Gather what the page of a term shows: its neighbours, examples, constraints, queries, uses and history."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode, RdfFormat, Triple, serialize
from rdflib.term import Node

from api import things
from api.pages.home import classes
from api.sparql_run import PREFIXES
from api.view import View
from graph.findings import Finding
from graph.validate import validate
from ontology import names as n
from ontology import reference, vocabulary
from ontology.names import SAMSPEL
from ontology.reference import Rule
from queries import catalogue
from queries.answer import ask
from queries.catalogue import Query

SHOWN: Final = 3  # examples on a page
_FACTS: Final = 12  # of a thing from the graph


@dataclass(frozen=True)
class Sample:
    """An example in Turtle: the name of its file (empty: taken from the graph) and its text."""

    file: str
    text: str


@dataclass(frozen=True)
class Refusal:
    """An invalid example, the shape that refuses it, and what the shape says."""

    sample: Sample
    shape: str
    messages: tuple[str, ...]


def samples(view: View, iri: str, users: Sequence[str]) -> list[Sample]:
    """Return examples of a term: the files that use it, else a thing of the graph."""
    found = reference.examples(iri)[:SHOWN]
    if found:
        return [Sample(path.name, path.read_text("utf-8").strip()) for path in found]
    return [_from_graph(view, iri, users[0])] if users else []


def refusal(view: View, iri: str, rules: Iterable[Rule]) -> Refusal | None:
    """Return an invalid example of a term with what is said against it."""
    labels = {rule.shape: rule.label for rule in rules}
    found = reference.refusal(iri, labels)
    if found is None:
        return None
    path, shape = found
    findings = _findings(path, shape)
    near = [finding for finding in findings if finding.path == iri] or findings
    said = [finding.message_en if view.language == "en" else finding.message_sv for finding in near]
    text = path.read_text("utf-8").partition("\n")[2].strip()
    return Refusal(Sample(path.name, text), labels[shape], tuple(dict.fromkeys(said)))


def users(view: View, iri: str) -> list[str]:
    """Return things that have a class, or in whose facts a property stands, at most 50."""
    rows = ask(view.snapshot.store, catalogue.query("term-uses"), {"term": iri}).rows.rows
    return view.by_name(cell.value for (cell,) in rows if isinstance(cell, NamedNode))


def count(view: View, iri: str) -> int:
    """Return how many things a class has, or how many facts a property."""
    return classes(view).get(iri, 0) or _properties(view).get(iri, 0)


@cache
def asked(iri: str) -> tuple[Query, ...]:
    """Return the queries and networks in whose text a term stands."""
    name = re.escape(iri.removeprefix(SAMSPEL))
    term = re.compile(rf"(?:\bsamspel:|{re.escape(SAMSPEL)}){name}\b")
    every = {**catalogue.queries(), **catalogue.networks()}
    return tuple(query for query in every.values() if term.search(query.body))


def queries(view: View, iri: str) -> list[tuple[str, str]]:
    """Return title and address of the queries that use a term."""
    return [
        (query.title(view.language), f"/{'networks' if query.mode else 'queries'}/{query.name}")
        for query in asked(iri)
    ]


def schemes(view: View) -> list[tuple[vocabulary.Entry, list[vocabulary.Entry]]]:
    """Return the concept schemes with their concepts."""
    found = []
    for key in n.SCHEMES:
        scheme = vocabulary.entry(f"{n.BASE}id/scheme/{key}", view.language)
        concepts = [vocabulary.entry(iri, view.language) for iri in vocabulary.concepts(key)]
        if scheme is not None:
            found.append((scheme, [concept for concept in concepts if concept is not None]))
    return found


def _properties(view: View) -> dict[str, int]:
    rows = view.snapshot.kept(
        ("property-counts",), lambda: ask(view.snapshot.store, catalogue.query("property-counts")).rows
    )
    return {str(row["property"]): int(str(row["n"])) for row in rows.dicts()}


def _from_graph(view: View, iri: str, thing: str) -> Sample:
    """Show the facts of a thing, those with the term first; the rest as far as there is room."""
    own = [each for each in things.triples(view.snapshot.store, thing) if _is(each.subject, thing)]
    own.sort(key=lambda each: (not (_is(each.predicate, iri) or _is(each.object, iri)), str(each)))
    return Sample("", _turtle(own[:_FACTS]))


def _is(term: object, iri: str) -> bool:
    return isinstance(term, NamedNode) and term.value == iri


def _turtle(triples: Iterable[Triple]) -> str:
    out = BytesIO()
    serialize(triples, out, format=RdfFormat.TURTLE, prefixes=PREFIXES)
    return out.getvalue().decode().strip()


@cache
def _findings(path: Path, shape: str) -> tuple[Finding, ...]:
    """Validate an invalid example among the valid ones, and return what its shape objects to in it."""
    data = vocabulary.read([path])
    told = {str(subject) for subject in data.subjects()}
    for triple in _valid():
        if str(triple[0]) not in told:
            data.add(triple)
    return tuple(finding for finding in validate(data).findings if finding.shape == shape)


@cache
def _valid() -> tuple[tuple[Node, Node, Node], ...]:
    return tuple(vocabulary.read(sorted(reference.EXAMPLES.glob("*.ttl"))))
