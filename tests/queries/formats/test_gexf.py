"""GEXF: networkx reads back every attribute, label and position."""

import io
from collections.abc import Callable
from xml.etree import ElementTree

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from queries.attributes import Clean
from queries.format import Export, write
from queries.network import Network

NS = "{http://gexf.net/1.3}"
XML_TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), min_size=1
)
# elements and attributes by gephi/gexf, specs/1.3 (gexf.xsd, data.xsd, dynamics.xsd, viz.xsd), in their order
INSIDE = {
    "gexf": ["meta", "graph"],
    "meta": ["creator", "description"],
    "graph": ["attributes", "attributes", "nodes", "edges"],
    "node": ["attvalues", "spells", "position"],
    "edge": ["attvalues", "spells"],
}
HAS = {
    "gexf": {"version"},
    "graph": {"defaultedgetype", "mode", "name", "timeformat", "timerepresentation", "start", "end"},
    "attributes": {"class", "mode"},
    "attribute": {"id", "title", "type"},
    "nodes": {"count"},
    "edges": {"count"},
    "node": {"id", "label"},
    "edge": {"id", "source", "target", "weight"},
    "attvalue": {"for", "value"},
    "spell": {"start", "end"},
    "position": {"x", "y", "z"},
}


def local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def follows_the_schema(text: str) -> bool:
    """Tell whether elements stand where the schema has them, with no attribute that it does not know."""
    root = ElementTree.fromstring(text)  # noqa: S314 - our own text
    for element in root.iter():
        assert set(element.attrib) <= HAS.get(local(element), set())
        inside = [local(child) for child in element]
        if local(element) in ("node", "edge"):
            assert inside == [each for each in INSIDE[local(element)] if each in inside]
        elif local(element) in INSIDE:
            assert inside == INSIDE[local(element)]
    types = {each.get("type") for each in root.iter(f"{NS}attribute")}
    return types <= {"string", "long", "double"}


def test_networkx_reads_back_every_attribute(
    text: Callable[[str], str],
    told_nodes: dict[str, Clean],
    told_edges: dict[tuple[str, str], Clean],
    export: Export,
) -> None:
    graph = nx.read_gexf(io.BytesIO(text("gexf").encode()), version="1.3")
    for at, (key, node) in enumerate(told_nodes.items()):
        found = dict(graph.nodes[key])
        x, y = (export.positions or ())[at]
        assert found.pop("viz") == {"position": {"x": x, "y": -y, "z": 0.0}}
        assert found == node
    for at, ((source, target), edge) in enumerate(told_edges.items()):
        found = dict(graph.edges[source, target])
        assert found.pop("id") == str(at)
        assert found.pop("weight") == edge["count"]
        assert found == edge
    assert (len(graph), graph.size()) == (len(told_nodes), len(told_edges))


def test_it_is_static_and_without_a_clock(text: Callable[[str], str]) -> None:
    assert 'mode="static"' in text("gexf")
    assert "lastmodifieddate" not in text("gexf")
    assert "spell" not in text("gexf")
    assert follows_the_schema(text("gexf"))


def test_the_description_says_how_the_measures_were_taken(text: Callable[[str], str], export: Export) -> None:
    root = ElementTree.fromstring(text("gexf"))  # noqa: S314 - our own text
    said = root.findtext(f"{NS}meta/{NS}description") or ""
    assert said.startswith(f"{export.network.name}. mode: {export.network.mode}. snapshot: 2026-11-28. ")
    assert "measures: degree: scipy 1." in said


@given(XML_TEXT)
def test_any_label_survives(label: str) -> None:
    network = Network.from_rows("x", [{"actor": "a", "actorLabel": label}], "one-mode")
    root = ElementTree.fromstring(write("gexf", Export(network)))  # noqa: S314 - our own text
    assert [node.get("label") for node in root.iter(f"{NS}node")] == [label]
