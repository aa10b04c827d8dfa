"""The modules: each has IRI, version, licence, prefix and words in two languages; imports are files here."""

from pathlib import Path

import pytest
from rdflib import DCTERMS, OWL, RDF, VANN, Graph, Literal, URIRef
from rdflib.term import Node

from ontology import names as n
from ontology import vocabulary

VERSION = "0.3.0"
RELEASE = f"{n.BASE}ontology/{VERSION}"
CC0 = URIRef("https://creativecommons.org/publicdomain/zero/1.0/")
MODULES = vocabulary.files()
FIRST = {
    "core": (f"{n.BASE}ontology", RELEASE, "samspel", n.SAMSPEL),
    "alignments": (f"{n.BASE}ontology/alignments", f"{RELEASE}/alignments", "samspel", n.SAMSPEL),
    "shapes": (f"{n.BASE}shapes", f"{RELEASE}/shapes", "shape", f"{n.BASE}shapes#"),
}


def header(path: Path) -> tuple[Graph, Node]:
    graph = vocabulary.read([path])
    (module,) = graph.subjects(RDF.type, OWL.Ontology)
    return graph, module


def expected(key: str) -> tuple[str, str, str, str]:
    scheme = (f"{n.BASE}id/scheme/{key}", f"{RELEASE}/schemes/{key}", key, f"{n.BASE}id/{key}/")
    return FIRST.get(key, scheme)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_has_its_iri_version_licence_and_prefix(path: Path) -> None:
    graph, module = header(path)
    iri, version, prefix, space = expected(path.stem)
    assert str(module) == iri
    assert list(graph.objects(module, OWL.versionIRI)) == [URIRef(version)]
    assert list(graph.objects(module, OWL.versionInfo)) == [Literal(VERSION)]
    assert list(graph.objects(module, DCTERMS.license)) == [CC0]
    assert list(graph.objects(module, VANN.preferredNamespacePrefix)) == [Literal(prefix)]
    assert list(graph.objects(module, VANN.preferredNamespaceUri)) == [Literal(space)]


@pytest.mark.parametrize("predicate", [DCTERMS.title, DCTERMS.description], ids=["title", "description"])
@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_is_told_in_both_languages(path: Path, predicate: URIRef) -> None:
    graph, module = header(path)
    texts = {o.language: str(o) for o in graph.objects(module, predicate) if isinstance(o, Literal)}
    assert sorted(str(language) for language in texts) == ["en", "sv"]
    assert texts["sv"] != texts["en"]


def imports() -> dict[str, set[str]]:
    """Return which modules each module imports."""
    found = {str(module): (graph, module) for graph, module in map(header, MODULES)}
    return {
        iri: {str(other) for other in graph.objects(module, OWL.imports)}
        for iri, (graph, module) in found.items()
    }


def test_imports_are_files_of_the_room() -> None:
    found = imports()
    assert {iri for others in found.values() for iri in others} <= set(found)
    assert found[f"{n.BASE}ontology/alignments"] == {f"{n.BASE}ontology"}
    assert found[f"{n.BASE}ontology"] == set()


def test_imports_go_round_nowhere() -> None:
    left = imports()
    while free := {iri for iri, others in left.items() if not others & set(left)}:
        left = {iri: others for iri, others in left.items() if iri not in free}
    assert left == {}


def test_modules_have_unlike_iris() -> None:
    assert len(imports()) == len(MODULES)
