"""GraphML: what yEd, igraph, networkx, Gephi and Cytoscape read, attributes and all."""

from collections.abc import Iterator, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from queries.attributes import (
    Clean,
    Columns,
    Kind,
    Listed,
    about,
    edge_blocks,
    edge_columns,
    node_columns,
    nodes,
)
from queries.format import Export, Format, Text

FORMAT = Format(
    name="graphml",
    ending="graphml",
    media_type="application/graphml+xml",
    title_sv="GraphML",
    title_en="GraphML",
    opens_in="igraph (R, Python), networkx, Gephi, Gephi Lite, yEd, Cytoscape",
    takes=("measures", "positions"),
)
_TYPES = {"text": "string", "whole": "long", "number": "double"}
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""


def files(export: Export) -> Mapping[str, Text]:
    """Write the graph, undirected; `weight` of an edge is its count, `x` and `y` of a node its position.

    The id of a node stands again in `name`: igraph names vertices by it, and reads `&` in an id amiss.
    """
    return {FORMAT.ending: _text(export)}


def _text(export: Export) -> Text:
    network = export.network
    of_nodes, of_edges = node_columns(network, export.measures), edge_columns(network)
    places: dict[str, Kind] = {} if export.positions is None else {"x": "number", "y": "number"}
    of_nodes = Columns({"name": "text", **of_nodes.kinds, **places})
    of_edges = Columns({"weight": of_edges.kinds["count"], **of_edges.kinds})
    yield _HEAD
    said = about(network, export.measures)
    for at, name in enumerate(said):
        yield f'<key id="g{at}" for="graph" attr.name="{name}" attr.type="string"/>\n'
    for what, columns in (("node", of_nodes), ("edge", of_edges)):
        for at, (name, kind) in enumerate(columns.kinds.items()):
            shown = f'attr.name={quoteattr(name)} attr.type="{_TYPES[kind]}"'
            yield f'<key id="{what[0]}{at}" for="{what}" {shown}/>\n'
    yield '<graph edgedefault="undirected">\n'
    yield from (f"{_datum(f'g{at}', value)}\n" for at, value in enumerate(said.values()))
    for at, node in enumerate(nodes(network, export.measures)):
        node["name"] = node["id"]
        if export.positions is not None:
            node["x"], node["y"] = map(float, export.positions[at])
        yield f"<node id={_quoted(node['id'])}>{''.join(_data('n', of_nodes, node))}</node>\n"
    for block in edge_blocks(network):
        yield from _edges({"weight": block["count"], **block}, list(of_edges.kinds))
    yield "</graph>\n</graphml>\n"


def _edges(block: Mapping[str, Listed], names: Sequence[str]) -> Iterator[str]:
    """Yield the edges of a block: each attribute is made ready for all of them, then joined."""
    ready = [
        ["" if value is None else _datum(f"e{at}", value) for value in block[name]]
        for at, name in enumerate(names)
    ]
    for source, target, *data in zip(block["source"], block["target"], *ready, strict=True):
        yield f"<edge source={_quoted(source)} target={_quoted(target)}>{''.join(map(str, data))}</edge>\n"


def _data(letter: str, columns: Columns, clean: Clean) -> Iterator[str]:
    return (_datum(f"{letter}{at}", value) for at, _, value in columns.of(clean))


def _datum(key: str, value: str | int | float) -> str:
    return f'<data key="{key}">{escape(value) if isinstance(value, str) else value}</data>'


def _quoted(value: object) -> str:
    return quoteattr(str(value))
