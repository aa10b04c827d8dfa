"""Say the catalogue in RDF: each query as a `sh:SPARQLExecutable`, so that it can itself be asked for."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from graph.iris import Iris
from graph.terms import Term, Triple, iri, text, typed
from ontology import names as n
from queries.catalogue import Parameter, Query, queries
from queries.errors import HeaderError

SCHEMA = "https://schema.org/"
SERVICE = "http://www.w3.org/ns/sparql-service-description#Service"
_PREFIX = re.compile(r"^\s*PREFIX\s+([\w-]*):\s*<([^>]*)>", re.MULTILINE | re.IGNORECASE)
_DATATYPES = {"integer": "integer", "date": "date", "iri": "anyURI"}


@cache
def lines(iris: Iris) -> tuple[str, ...]:
    """Return the graph of the catalogue as sorted N-Triples lines."""
    triples = [*_service(iris), *_prefixes(iris)]
    for query in queries().values():
        triples += _query(query, iris)
    return tuple(sorted({f"{subject} {predicate} {value}" for subject, predicate, value in triples}))


@cache
def prefixes() -> dict[str, str]:
    """Return every prefix that the catalogue's queries declare; each must mean one thing everywhere."""
    found: dict[str, str] = {}
    for query in queries().values():
        for prefix, namespace in declared(query.body):
            if found.setdefault(prefix, namespace) != namespace:
                raise HeaderError(
                    f"{query.path.name}: prefix {prefix!r} is <{namespace}> here and <{found[prefix]}> in "
                    "another query; one prefix shall mean one namespace."
                )
    return dict(sorted(found.items()))


def declared(sparql: str) -> list[tuple[str, str]]:
    """Return the prefixes that a query declares.

    >>> declared("PREFIX org: <http://www.w3.org/ns/org#>")
    [('org', 'http://www.w3.org/ns/org#')]
    """
    return _PREFIX.findall(sparql)


def _service(iris: Iris) -> Iterator[Triple]:
    endpoint = iris.endpoint()
    yield _say(endpoint, n.type_, iri(SERVICE))
    yield from _texts(endpoint, n.RDFS + "label", "SPARQL-tjänsten", "The SPARQL service")


def _prefixes(iris: Iris) -> Iterator[Triple]:
    every = iris.thing("prefixes", "queries")
    yield from _texts(every, n.RDFS + "label", "Frågornas prefix", "The prefixes of the queries")
    for prefix, namespace in prefixes().items():
        declaration = iris.thing("prefix", prefix)
        yield _say(every, n.SH + "declare", declaration)
        yield _say(declaration, n.type_, iri(n.SH + "PrefixDeclaration"))
        yield _say(declaration, n.RDFS + "label", text(prefix))
        yield _say(declaration, n.SH + "prefix", text(prefix))
        yield _say(declaration, n.SH + "namespace", typed(namespace, "anyURI"))


def _query(query: Query, iris: Iris) -> Iterator[Triple]:
    this = iris.thing("query", query.name)
    yield _say(this, n.type_, iri(n.SH + "SPARQLExecutable"))
    yield _say(this, n.type_, iri(n.SH + "SPARQLSelectExecutable"))
    yield _say(this, n.identifier, text(query.name))
    yield from _texts(this, n.RDFS + "label", query.title_sv, query.title_en)
    yield from _texts(this, n.comment, query.about_sv, query.about_en)
    yield _say(this, SCHEMA + "keywords", text(query.category))
    yield _say(this, SCHEMA + "target", iris.endpoint())
    yield _say(this, n.SH + "prefixes", iris.thing("prefixes", "queries"))
    yield _say(this, n.SH + "select", text(query.text))
    for parameter in query.parameters:
        yield from _parameter(this, query, parameter, iris)


def _parameter(query: Term, of: Query, parameter: Parameter, iris: Iris) -> Iterator[Triple]:
    """Describe a parameter; it is the variable of the query's block `VALUES ?name { default }`."""
    this = iris.thing("query-parameter", f"{of.name}.{parameter.name}")
    yield _say(query, n.SH + "parameter", this)
    yield _say(this, n.type_, iri(n.SH + "Parameter"))
    path = iris.thing("query-variable", parameter.name)  # its local name is the variable's, as SHACL wants
    yield _say(this, n.SH + "path", path)
    yield _say(path, n.type_, iri(n.RDF + "Property"))
    yield _say(path, n.RDFS + "label", text(parameter.name))
    yield _say(this, n.SH + "name", text(parameter.name))
    yield _say(this, n.RDFS + "label", text(f"{of.name}: {parameter.name}"))
    yield from _texts(this, n.SH + "description", parameter.told("sv"), parameter.told("en"))
    datatype = _DATATYPES.get(parameter.type, "string")
    yield _say(this, n.SH + "datatype", iri(n.XSD + datatype))
    default = text(parameter.default) if datatype == "string" else typed(parameter.default, datatype)
    yield _say(this, n.SH + "defaultValue", default)
    yield _say(this, n.SH + "optional", typed("true", "boolean"))
    if parameter.type == "choice":
        yield _say(this, n.SH + "pattern", text(f"^({'|'.join(map(re.escape, parameter.choices))})$"))


def _texts(subject: Term, predicate: str, sv: str, en: str) -> Iterable[Triple]:
    return _say(subject, predicate, text(sv, "sv")), _say(subject, predicate, text(en, "en"))


def _say(subject: Term, predicate: str, value: Term) -> Triple:
    return subject, iri(predicate), value
