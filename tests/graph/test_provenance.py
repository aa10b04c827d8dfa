"""The provenance graph: which files gave which graph, without a clock."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from graph.errors import TermError
from graph.generations import Home
from graph.iris import Iris
from graph.provenance import Origin, lines, of_graphs
from loaders.run import sources
from loaders.source import SNAPSHOTS
from ontology import names as n

ORIGIN = Origin(
    graph="s3_areas",
    title_sv="Områden",
    title_en="Areas",
    publisher="samspel",
    licence="https://creativecommons.org/publicdomain/zero/1.0/",
    url="https://example.org/areas",
    as_of="2026-11-21",
    files={"areas.csv": "ab" * 32, "sets.csv": "cd" * 32},
    read=12,
    rejected=1,
    triples=99,
)


def _objects(found: list[str], subject: str, predicate: str) -> set[str]:
    start = f"{subject} <{predicate}> "
    return {line.removeprefix(start) for line in found if line.startswith(start)}


def test_the_same_origins_give_the_same_lines() -> None:
    other = replace(ORIGIN, graph="seeds")
    assert lines([ORIGIN, other], Iris()) == lines([other, ORIGIN], Iris())
    assert lines([ORIGIN], Iris()) == sorted(set(lines([ORIGIN], Iris())))


def test_the_lines_of_one_graph_are_found_among_those_of_all() -> None:
    iris = Iris()
    own, seeds = (
        replace(ORIGIN, graph="region-x", url=iris.graph("seeds")[1:-1]),
        replace(ORIGIN, graph="seeds"),
    )
    together = lines([ORIGIN, own, seeds], iris)
    assert of_graphs(together, [iris.graph("region-x")[1:-1]]) == lines([own], iris)
    assert of_graphs(together, [iris.graph(name)[1:-1] for name in ("seeds", "s3_areas")]) == lines(
        [ORIGIN, seeds], iris
    )
    assert of_graphs(together, []) == of_graphs([], [iris.graph("seeds")[1:-1]]) == []


def test_lines_are_triples_without_blank_nodes() -> None:
    data = "".join(f"{line} .\n" for line in lines([ORIGIN], Iris())).encode()
    found = list(parse(data, format=RdfFormat.N_TRIPLES))
    assert all(isinstance(quad.subject, NamedNode) for quad in found)
    assert all(isinstance(quad.object, NamedNode | Literal) for quad in found)


def test_no_line_tells_the_time() -> None:
    assert not [line for line in lines([ORIGIN], Iris()) if "dateTime" in line]


def test_names_rights_and_counts_are_told() -> None:
    found, graph, load = lines([ORIGIN], Iris()), Iris().graph("s3_areas"), Iris().thing("load", "s3-areas")
    assert _objects(found, graph, n.title) == {'"Områden"@sv', '"Areas"@en'}
    assert _objects(found, graph, n.licence) == {f"<{ORIGIN.licence}>"}
    assert _objects(found, graph, n.source) == {f"<{ORIGIN.url}>"}
    assert _objects(found, graph, n.modified) == {f'"2026-11-21"^^<{n.XSD}date>'}
    assert _objects(found, graph, "http://rdfs.org/ns/void#triples") == {f'"99"^^<{n.XSD}integer>'}
    assert _objects(found, graph, f"{n.PROV}wasGeneratedBy") == {load}
    assert _objects(found, load, n.recordsRead) == {f'"12"^^<{n.XSD}integer>'}
    assert _objects(found, load, n.recordsRejected) == {f'"1"^^<{n.XSD}integer>'}


def test_each_file_is_told_with_its_sha256() -> None:
    found = lines([ORIGIN], Iris())
    files = _objects(found, Iris().thing("load", "s3-areas"), f"{n.PROV}used")
    told = {(*_objects(found, file, n.title), *_objects(found, file, n.sha256)) for file in files}
    assert told == {(f'"{name}"', f'"{digest}"') for name, digest in ORIGIN.files.items()}


def test_a_licence_must_be_an_iri() -> None:
    with pytest.raises(TermError, match="'CC0' is not an absolute IRI"):
        lines([replace(ORIGIN, licence="CC0")], Iris())


@pytest.mark.parametrize("name", sorted(sources()))
def test_the_store_tells_the_sha256_of_every_snapshot_file(built: Home, name: str) -> None:
    found = built.open().lines(f"{n.BASE}graph/provenance")
    files = _objects(found, Iris().thing("load", name.replace("_", "-")), f"{n.PROV}used")
    told = {_objects(found, file, n.title).pop(): _objects(found, file, n.sha256).pop() for file in files}
    assert told == {f'"{path.name}"': f'"{_sha256(path)}"' for path in (SNAPSHOTS / name).iterdir()}


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
