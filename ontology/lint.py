"""Lint a vocabulary: labels, definitions, languages, names, cycles, use, domains, inverses, headers."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from rdflib import DCTERMS, OWL, PROV, RDF, RDFS, SKOS, VANN, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from ontology.names import SAMSPEL

LANGUAGES = ("sv", "en")
_SCHEMA = Namespace("https://schema.org/")
_PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty)
_KINDS = {OWL.Class, *_PROPERTIES}
_TEXTS = (RDFS.label, SKOS.definition, SKOS.scopeNote, DCTERMS.title, DCTERMS.description)
_AXIOMS = (
    RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.equivalentClass, OWL.equivalentProperty,
    OWL.inverseOf, _SCHEMA.domainIncludes, _SCHEMA.rangeIncludes,
)  # fmt: skip
_BUILT_IN = (str(RDF), str(RDFS), str(OWL), "http://www.w3.org/2001/XMLSchema#")
_SEMVER = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)\Z")
_CLASS_NAME = re.compile(r"([A-Z][a-z0-9]+)+\Z")
_PROPERTY_NAME = re.compile(r"[a-z][a-z0-9]*([A-Z][a-z0-9]*)*\Z")
_FEWEST_WORDS = 4


@dataclass(frozen=True)
class Finding:
    """One fault: the rule it breaks, the term it is about, and a sentence."""

    rule: str
    subject: str
    says: str


@dataclass(frozen=True)
class Words:
    """A vocabulary to lint: its triples, the namespace of its terms, and the terms at work elsewhere."""

    graph: Graph
    used: frozenset[str] = field(default_factory=frozenset)
    namespace: str = SAMSPEL

    def terms(self, *kinds: Node) -> list[URIRef]:
        """Return the declared terms of the namespace, of some kinds or of all."""
        found = {term for kind in kinds or _KINDS for term in self.graph.subjects(RDF.type, kind)}
        return sorted(term for term in found if isinstance(term, URIRef) and self.own(term))

    def own(self, node: Node) -> bool:
        """Tell whether a node is a name in the vocabulary's own namespace."""
        return isinstance(node, URIRef) and node.startswith(self.namespace) and node != self.namespace

    def local(self, term: Node) -> str:
        """Return the name of a term without its namespace."""
        return str(term).removeprefix(self.namespace)

    def texts(self, term: Node, predicate: Node, language: str) -> list[str]:
        """Return the texts of a term in one language."""
        values = self.graph.objects(term, predicate)
        return [str(value) for value in values if isinstance(value, Literal) and value.language == language]


Rule = Callable[[Words], Iterator[tuple[Node, str]]]


def lint(words: Words, rules: Iterable[Rule] | None = None) -> list[Finding]:
    """Return what is wrong with a vocabulary, in order of rule and term; nothing is the aim."""
    chosen = RULES if rules is None else rules
    found = {Finding(name(rule), str(node), says) for rule in chosen for node, says in rule(words)}
    return sorted(found, key=lambda one: (one.rule, one.subject, one.says))


def name(rule: Rule) -> str:
    """Return what a rule is called in its findings."""
    return rule.__name__.rstrip("_")


def label(words: Words) -> Iterator[tuple[Node, str]]:
    """A term has one label in each language."""
    for term in words.terms():
        for language in LANGUAGES:
            if (count := len(words.texts(term, RDFS.label, language))) != 1:
                yield term, f"It has {count} labels in {language}; give it exactly one."


def definition(words: Words) -> Iterator[tuple[Node, str]]:
    """A term has one definition in each language, a sentence that is more than the label again."""
    for term in words.terms():
        for language in LANGUAGES:
            found = words.texts(term, SKOS.definition, language)
            if len(found) != 1:
                yield term, f"It has {len(found)} definitions in {language}; give it exactly one."
            yield from ((term, says) for text in found for says in _told(words, term, text, language))


def _told(words: Words, term: Node, text: str, language: str) -> Iterator[str]:
    names = [found.casefold() for found in words.texts(term, RDFS.label, language)]
    if len(text.split()) < _FEWEST_WORDS:
        yield f"Its definition {text!r} has under four words; tell genus and difference."
    if any(text.rstrip(".").casefold() == name or text.casefold().startswith(f"{name} ") for name in names):
        yield f"Its definition {text!r} says its label again; tell genus and difference."
    if not text.endswith("."):
        yield f"Its definition {text!r} is no sentence; end it with a full stop."


def languages(words: Words) -> Iterator[tuple[Node, str]]:
    """A text that comes in one language comes in the other too, as often."""
    for predicate in _TEXTS:
        for subject in set(words.graph.subjects(predicate)):
            values = words.graph.objects(subject, predicate)
            tags = Counter(value.language for value in values if isinstance(value, Literal))
            if set(tags) != set(LANGUAGES) or len(set(tags.values())) != 1:
                yield subject, f"{predicate} comes as {dict(tags)}; give it once in sv and once in en."


def naming(words: Words) -> Iterator[tuple[Node, str]]:
    """A class is named in UpperCamel, a property in lowerCamel."""
    for kinds, pattern, style in (
        ((OWL.Class,), _CLASS_NAME, "UpperCamel"),
        (_PROPERTIES, _PROPERTY_NAME, "lowerCamel"),
    ):
        for term in words.terms(*kinds):
            if not pattern.match(words.local(term)):
                yield term, f"{words.local(term)!r} is not written in {style}."


def cycle(words: Words) -> Iterator[tuple[Node, str]]:
    """No term lies under itself."""
    for predicate in (RDFS.subClassOf, RDFS.subPropertyOf):
        for child, parent in words.graph.subject_objects(predicate):
            if child in set(words.graph.transitive_objects(parent, predicate)):
                yield child, f"It lies under itself by {predicate}; take out one step."


def unused(words: Words) -> Iterator[tuple[Node, str]]:
    """A term is at work somewhere outside the vocabulary."""
    for term in words.terms():
        if str(term) not in words.used:
            yield term, "Nothing uses it; take it out, or use it in data, a shape and a query."


def undeclared(words: Words) -> Iterator[tuple[Node, str]]:
    """What is used as a term is declared: ours anywhere, those of others where an axiom names them."""
    graph, ours = words.graph, set(words.terms())
    for node in {node for triple in graph for node in triple if words.own(node)} - ours:
        yield node, "It is used and nowhere declared; declare it or mend the spelling."
    named = {o for p in _AXIOMS for o in graph.objects(None, p)} | set(_members(graph))
    for node in named - ours:
        built_in = str(node).startswith(_BUILT_IN)
        if isinstance(node, URIRef) and not built_in and (node, RDF.type, None) not in graph:
            yield node, "An axiom names it and nothing declares it; say what kind of term it is."


def _members(graph: Graph) -> Iterator[Node]:
    for group in graph.objects(None, OWL.members):
        yield from Collection(graph, group)


def domain(words: Words) -> Iterator[tuple[Node, str]]:
    """A property tells what has it."""
    yield from _untold(words, RDFS.domain, _SCHEMA.domainIncludes)


def range_(words: Words) -> Iterator[tuple[Node, str]]:
    """A property tells what it leads to."""
    yield from _untold(words, RDFS.range, _SCHEMA.rangeIncludes)


def _untold(words: Words, strict: URIRef, loose: URIRef) -> Iterator[tuple[Node, str]]:
    for term in words.terms(*_PROPERTIES):
        if not {strict, loose} & set(words.graph.predicates(term)):
            yield term, f"It has neither {strict} nor {loose}; say one of them."


def inverse(words: Words) -> Iterator[tuple[Node, str]]:
    """Inverses fit: domain to range, kinds alike, and the names read backwards are free and unlike."""
    graph = words.graph
    for one, other in graph.subject_objects(OWL.inverseOf):
        for mine, theirs in ((RDFS.domain, RDFS.range), (RDFS.range, RDFS.domain)):
            left, right = graph.value(one, mine), graph.value(other, theirs)
            if left is not None and right is not None and left != right:
                yield one, f"Its {mine} is {left}, but {theirs} of its inverse {other} is {right}."
    names = [(term, str(value)) for term, value in graph.subject_objects(PROV.inverse)]
    taken = Counter(value for _, value in names) + Counter(words.local(term) for term in words.terms())
    for term, value in names:
        if taken[value] > 1 or not _PROPERTY_NAME.match(value):
            yield term, f"Its name backwards, {value!r}, is taken or not in lowerCamel; choose another."
        if (term, RDF.type, OWL.ObjectProperty) not in graph:
            yield term, "It has a name backwards, but is no object property."


def header(words: Words) -> Iterator[tuple[Node, str]]:
    """A module has licence, version, title, description and preferred prefix."""
    graph = words.graph
    needed = (
        DCTERMS.license, DCTERMS.title, DCTERMS.description, OWL.versionIRI, OWL.versionInfo,
        VANN.preferredNamespacePrefix, VANN.preferredNamespaceUri,
    )  # fmt: skip
    modules = set(graph.subjects(RDF.type, OWL.Ontology))
    if not modules:
        yield URIRef(words.namespace), "No owl:Ontology is declared; give the module a header."
    for module in modules:
        yield from ((module, f"Its header lacks {p}.") for p in needed if (module, p, None) not in graph)
        version = graph.value(module, OWL.versionInfo)
        if version is not None and not _SEMVER.match(str(version)):
            yield module, f"Its version {str(version)!r} is not of the form 1.2.3."
        if version is not None and f"/{version}" not in str(graph.value(module, OWL.versionIRI)):
            yield module, f"Its versionIRI does not name its version {str(version)!r}."


def defined_by(words: Words) -> Iterator[tuple[Node, str]]:
    """A term leads to the module that defines it, and to that alone."""
    for term in words.terms():
        found = set(words.graph.objects(term, RDFS.isDefinedBy))
        if len(found) != 1 or (next(iter(found)), RDF.type, OWL.Ontology) not in words.graph:
            yield term, "rdfs:isDefinedBy does not lead to exactly one module."


def example(words: Words) -> Iterator[tuple[Node, str]]:
    """A term has an example."""
    for term in words.terms():
        if (term, SKOS.example, None) not in words.graph:
            yield term, "It has no skos:example; give one from the data."


def disjoint(words: Words) -> Iterator[tuple[Node, str]]:
    """A class on top, with none of ours above, is said to be disjoint from the other ones."""
    apart = set(_members(words.graph))
    for term in words.terms(OWL.Class):
        if term not in apart and not any(words.own(up) for up in words.graph.objects(term, RDFS.subClassOf)):
            yield term, "It is a class on top and disjoint from nothing; put it in owl:AllDisjointClasses."


def foreign(words: Words) -> Iterator[tuple[Node, str]]:
    """Nothing is said of a term of others, save what kind of term it is."""
    modules = set(words.graph.subjects(RDF.type, OWL.Ontology))
    for subject, predicate in set(words.graph.subject_predicates()):
        theirs = isinstance(subject, URIRef) and not words.own(subject) and subject not in modules
        if theirs and predicate != RDF.type:
            yield subject, f"It is a term of others, and {predicate} is said of it; leave that to them."


RULES: tuple[Rule, ...] = (
    label, definition, languages, naming, cycle, unused, undeclared, domain, range_, inverse, header,
    defined_by, example, disjoint, foreign,
)  # fmt: skip
