"""RDF Data Cube: each value of a measure as a `qb:Observation` that says how it was taken, in Turtle."""

import inspect
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from graph.errors import TermError
from graph.iris import Iris
from graph.terms import Term, integer, iri, text, typed
from queries.attributes import measured
from queries.format import Export, Format, Text
from queries.measure import Cell, MeasureResult, function_of
from queries.network import Network

FORMAT = Format(
    name="rdf",
    ending="ttl",
    media_type="text/turtle; charset=utf-8",
    title_sv="RDF, måttens värden",
    title_en="RDF, values of measures",
    opens_in="Apache Jena, GraphDB, Virtuoso, Oxigraph, rdflib",
    takes=("measures",),
)
_PREFIXES: Final = """\
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix qb: <http://purl.org/linked-data/cube#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix samspel: <https://w3id.org/samspel/ontology#> .
"""
DIMENSIONS: Final = {"node": "dcterms:subject", "measure": "qb:measureType"}
ATTRIBUTES: Final = {
    "method": "dcterms:conformsTo",
    "parameters": "dcterms:description",
    "engine": "prov:wasAttributedTo",
    "version": "owl:versionInfo",
    "snapshot": "prov:wasDerivedFrom",
    "status": "samspel:status",
}
_DECLARED: Final = """
dcterms:subject a rdf:Property , qb:DimensionProperty ; rdfs:range rdfs:Resource .
dcterms:conformsTo a rdf:Property , qb:AttributeProperty .
dcterms:description a rdf:Property , qb:AttributeProperty .
prov:wasAttributedTo a rdf:Property , qb:AttributeProperty .
owl:versionInfo a rdf:Property , qb:AttributeProperty .
prov:wasDerivedFrom a rdf:Property , qb:AttributeProperty .
samspel:status a rdf:Property , qb:AttributeProperty .
"""
_REFERENCE: Final = re.compile(r"^Reference:\s*(.*?)(?:\n\s*\n|\Z)", re.DOTALL | re.MULTILINE)
_NO_KEY: Final = re.compile(r"[^A-Za-z0-9]+")


@dataclass(frozen=True)
class _Series:
    """The values of one measure, of one of its further columns, or one number of the whole network."""

    name: str
    title_sv: str
    title_en: str
    values: tuple[tuple[Term, Cell], ...]


def files(export: Export) -> Mapping[str, Text]:
    """Write one `qb:DataSet` with its structure for each measure, each further column and each fact.

    The dimensions are the node (`dcterms:subject`; of a fact the network) and the measure
    (`qb:measureType`); the attributes are method, parameters, engine, its version, snapshot and status,
    which is always inferred. A value that is undefined makes no observation. Tables of other things than
    nodes are left out: they have other dimensions.
    """
    return {FORMAT.ending: _text(export)}


def refusal(export: Export) -> str | None:
    """Refuse to write without measures: nothing else is written."""
    if export.measures:
        return None
    return (
        "Format 'rdf' holds the values of measures, and none is given; name some, as in "
        "`samspel network NAME --format rdf --measures degree,strength`."
    )


def _text(export: Export) -> Text:
    yield _PREFIXES + _DECLARED
    for found in export.measures:
        yield _method(found, export.iris)
        yield _engine(found, export.iris)
        for series in _series(export, found):
            yield from _cube(series, found, export.iris)


def _series(export: Export, found: MeasureResult) -> Iterator[_Series]:
    network, it = export.network, found.measure
    columns = measured(network, [found])
    titles = {f"{it.name}_{each.name}": (each.title_sv, each.title_en) for each in found.columns}
    subjects = [_node(network, key, export.iris) for key in network.ids]
    for name, cells in columns.items():
        sv, en = titles.get(name, (it.title_sv, it.title_en))
        known = ((s, cell) for s, cell in zip(subjects, cells, strict=True) if cell is not None)
        yield _Series(name, sv, en, tuple(known))
    whole = export.iris.digest("network", network.name, network.snapshot, _filters(found))
    for fact in found.facts:
        yield _Series(f"{it.name}_{fact.name}", fact.title_sv, fact.title_en, ((whole, fact.value),))


def _cube(series: _Series, found: MeasureResult, iris: Iris) -> Iterator[str]:
    settings = json.dumps(dict(found.parameters), sort_keys=True)
    of_what = (found.network, _filters(found), found.snapshot, series.name)
    taken = (*of_what, settings, found.engine, found.engine_version)
    cube, structure = iris.digest("measure-values", *taken), iris.digest("measure-structure", *taken)
    prop = iris.thing("measure", _key(series.name))
    yield _said(
        prop,
        [
            ("a", "rdf:Property , qb:MeasureProperty"),
            ("rdfs:label", f"{text(series.title_sv, 'sv')} , {text(series.title_en, 'en')}"),
        ],
    )
    yield from _structure(structure, prop, iris)
    notes = " , ".join(f"{text(note.sv, 'sv')} , {text(note.en, 'en')}" for note in found.notes)
    of = f"{found.network}: {found.nodes} nodes, {found.edges} edges, {found.components} components"
    yield _said(
        cube,
        [
            ("a", "qb:DataSet"),
            ("qb:structure", structure),
            ("dcterms:title", f"{text(series.title_sv, 'sv')} , {text(series.title_en, 'en')}"),
            ("dcterms:description", text(of)),
            *([("rdfs:comment", notes)] if notes else []),
        ],
    )
    attributes = _attributes(found, iris)
    for subject, value in series.values:
        yield _said(
            iris.digest("observation", cube, subject),
            [
                ("a", "qb:Observation"),
                ("qb:dataSet", cube),
                (DIMENSIONS["node"], subject),
                (DIMENSIONS["measure"], prop),
                (prop, _literal(value)),
                *attributes,
            ],
        )


def _structure(structure: Term, prop: Term, iris: Iris) -> Iterator[str]:
    components = [("qb:dimension", name) for name in DIMENSIONS.values()]
    components += [("qb:measure", prop), *(("qb:attribute", name) for name in ATTRIBUTES.values())]
    parts = {iris.digest("component", structure, name): (kind, name) for kind, name in components}
    yield _said(structure, [("a", "qb:DataStructureDefinition"), ("qb:component", " , ".join(parts))])
    for part, (kind, name) in parts.items():
        required = [("qb:componentRequired", "true")] if kind == "qb:attribute" else []
        yield _said(part, [("a", "qb:ComponentSpecification"), (kind, name), *required])


def _attributes(found: MeasureResult, iris: Iris) -> list[tuple[str, str]]:
    settings = ", ".join(f"{name}={value}" for name, value in found.parameters) or "no parameters"
    if part := _filters(found):
        settings = f"{settings}; of the part: {part}"
    snapshot = iris.digest("snapshot", found.snapshot) if found.snapshot else iris.dataset()
    values = {
        "method": iris.thing("method", _key(found.measure.name)),
        "parameters": text(settings),
        "engine": _agent(found, iris),
        "version": text(found.engine_version),
        "snapshot": snapshot,
        "status": iris.thing("status", "inferred"),
    }
    return [(ATTRIBUTES[name], value) for name, value in values.items()]


def _filters(found: MeasureResult) -> str:
    """Return what part of the network was measured; nothing for all of it."""
    asked: Sequence[tuple[str, str]] = getattr(found, "filters", ())
    return ", ".join(f"{name}={value}" for name, value in asked)


def _method(found: MeasureResult, iris: Iris) -> str:
    it, told = found.measure, inspect.getdoc(function_of(found.measure.name)) or ""
    source = _REFERENCE.search(told)
    cited = [("dcterms:bibliographicCitation", text(" ".join(source.group(1).split())))] if source else []
    titles = f"{text(it.title_sv, 'sv')} , {text(it.title_en, 'en')}"
    abouts = f"{text(it.summary_sv, 'sv')} , {text(it.summary_en, 'en')}"
    told_of = [("dcterms:title", titles), ("dcterms:description", abouts), *cited]
    return _said(iris.thing("method", _key(it.name)), told_of)


def _engine(found: MeasureResult, iris: Iris) -> str:
    engine = _said(
        _agent(found, iris),
        [
            ("a", "prov:SoftwareAgent"),
            ("dcterms:title", text(f"{found.engine} {found.engine_version}")),
            ("owl:versionInfo", text(found.engine_version)),
        ],
    )
    if not found.snapshot:
        return engine
    known = [("a", "prov:Entity"), ("dcterms:identifier", text(found.snapshot))]
    return engine + _said(
        iris.digest("snapshot", found.snapshot), [*known, ("prov:specializationOf", iris.dataset())]
    )


def _agent(found: MeasureResult, iris: Iris) -> Term:
    return iris.thing("engine", _key(f"{found.engine}-{found.engine_version}"))


def _node(network: Network, key: str, iris: Iris) -> Term:
    """Return the IRI of a node; one whose id is none gets one of its network's."""
    try:
        return iri(key)
    except TermError:
        return iris.digest("node", network.name, key)


def _literal(value: Cell) -> Term:
    if isinstance(value, int):
        return integer(value)
    return typed(repr(value), "double") if isinstance(value, float) else text(str(value))


def _key(name: str) -> str:
    return _NO_KEY.sub("-", name).strip("-")


def _said(subject: Term, facts: Iterable[tuple[str, str]]) -> str:
    told = " ;\n    ".join(f"{name} {value}" for name, value in facts)
    return f"\n{subject} {told} .\n"
