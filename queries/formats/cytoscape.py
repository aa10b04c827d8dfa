"""Cytoscape JSON: elements as Cytoscape, Cytoscape.js and networkx read them."""

from collections.abc import Iterator, Mapping

from queries.attributes import about, edges, nodes
from queries.format import Export, Format, Text, as_json, listed

# keys: https://js.cytoscape.org/#notation/elements-json and networkx.cytoscape_graph, which wants `value`
FORMAT = Format(
    name="cytoscape",
    ending="cyjs",
    media_type="application/json",
    title_sv="Cytoscape JSON",
    title_en="Cytoscape JSON",
    opens_in="Cytoscape, Cytoscape.js, networkx",
    takes=("measures", "positions"),
)


def files(export: Export) -> Mapping[str, Text]:
    """Write `{"data", "directed", "multigraph", "elements": {"nodes", "edges"}}`.

    `name` of a node is its label, which Cytoscape shows; `weight` of an edge is its count.
    """
    return {FORMAT.ending: _text(export)}


def _text(export: Export) -> Text:
    said = about(export.network, export.measures)
    yield f'{{"data": {as_json(said)},\n"directed": false,\n"multigraph": false,\n"elements": {{\n"nodes": '
    yield from listed(_nodes(export))
    yield ',\n"edges": '
    yield from listed(_edges(export))
    yield "\n}}\n"


def _nodes(export: Export) -> Iterator[dict[str, object]]:
    for at, node in enumerate(nodes(export.network, export.measures)):
        found: dict[str, object] = {"data": {"value": node["id"], "name": node["label"], **node}}
        if export.positions is not None:
            x, y = export.positions[at]
            found["position"] = {"x": float(x), "y": float(y)}
        yield found


def _edges(export: Export) -> Iterator[dict[str, object]]:
    for at, edge in enumerate(edges(export.network)):
        yield {"data": {"id": f"e{at}", "weight": edge["count"], **edge}}
