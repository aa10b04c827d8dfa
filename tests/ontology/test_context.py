"""context.jsonld: equal to its generator, and true to the examples."""

import json
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import XSD, Graph, Literal
from rdflib.compare import isomorphic

from ontology import context, vocabulary

EXAMPLES = sorted((vocabulary.ROOM / "examples").glob("*.ttl"))
COMMITTED = json.loads(context.FILE.read_text(encoding="utf-8"))


def test_the_committed_file_equals_the_generator() -> None:
    mend = "run: python -c 'from ontology import context; context.write()'"
    assert context.FILE.read_text(encoding="utf-8") == context.text(), mend
    assert context.context() == COMMITTED


def test_every_term_has_its_local_name() -> None:
    entries = COMMITTED["@context"]
    for term in vocabulary.terms():
        local = term.rpartition("#")[2]
        entry = entries[local]
        assert f"samspel:{local}" in (entry, entry["@id"] if isinstance(entry, dict) else None)


def read_back(document: str) -> Graph:
    """Read JSON-LD with another engine than the one that wrote it."""
    graph = Graph()
    quads = [str(quad) for quad in parse(document.encode(), format=RdfFormat.JSON_LD)]
    return graph.parse(data="".join(f"{quad} .\n" for quad in quads), format="nt")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_comes_back_the_same(path: Path) -> None:
    graph = Graph().parse(path, format="turtle")
    written = graph.serialize(format="json-ld", context=COMMITTED["@context"])
    assert isomorphic(graph, read_back(written))


def test_a_document_written_by_hand_means_the_example() -> None:
    thing = {
        "@context": COMMITTED["@context"],
        "@id": "id:area/smaland-oarna-industriell-utveckling",
        "@type": ["PriorityArea", "KnowledgeArea"],
        "prefLabel": {"sv": "Industriell utveckling", "en": "Industrial development"},
        "areaKind": "id:area-kind/knowledge",
        "coversTerritory": "id:nuts/SE21",
        "inScheme": "id:area-set/smaland-oarna",
        "ledBy": "id:organisation/campus-ljungby",
    }
    example = vocabulary.ROOM / "examples" / "knowledge-area.ttl"
    assert isomorphic(read_back(json.dumps(thing)), Graph().parse(example, format="turtle"))


@pytest.mark.parametrize(
    ("key", "value", "datatype"),
    [
        ("startDate", "2024-04-01", "date"),
        ("statedDuration", "P5Y", "duration"),
        ("amount", "10.5", "decimal"),
    ],
)
def test_a_value_gets_its_datatype(key: str, value: str, datatype: str) -> None:
    thing = {"@context": COMMITTED["@context"], "@id": "id:project/p", key: value}
    (found,) = read_back(json.dumps(thing)).objects()
    assert found == Literal(value, datatype=XSD[datatype])
