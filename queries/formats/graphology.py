"""Graphology JSON: what sigma.js and Gephi Lite take without a reader of XML."""

from collections.abc import Iterator, Mapping

from queries.attributes import about, edges, nodes
from queries.format import Export, Format, Text, as_json, listed

# keys: https://graphology.github.io/serialization (read 2026-11-28); Gephi Lite reads any .json that is
# no workspace of its own by Graph.from (gephi/gephi-lite, core/file/utils.ts)
FORMAT = Format(
    name="graphology",
    ending="graphology.json",
    media_type="application/json",
    title_sv="Graphology JSON",
    title_en="Graphology JSON",
    opens_in="Gephi Lite, sigma.js, graphology",
    takes=("measures", "positions"),
)


def files(export: Export) -> Mapping[str, Text]:
    """Write `{"attributes", "options", "nodes": [{key, attributes}], "edges": [{key, source, target, …}]}`.

    Attributes are plain texts and numbers: lists are joined by `|`. `weight` of an edge is its count.
    """
    return {FORMAT.ending: _text(export)}


def _text(export: Export) -> Text:
    said = about(export.network, export.measures)
    options = {"type": "undirected", "multi": False, "allowSelfLoops": False}
    yield f'{{"attributes": {as_json(said)},\n"options": {as_json(options)},\n"nodes": '
    yield from listed(_nodes(export))
    yield ',\n"edges": '
    yield from listed(_edges(export))
    yield "\n}\n"


def _nodes(export: Export) -> Iterator[dict[str, object]]:
    for at, node in enumerate(nodes(export.network, export.measures)):
        key = node.pop("id")
        if export.positions is not None:
            x, y = export.positions[at]
            node |= {"x": float(x), "y": 0 - float(y)}  # sigma's y grows upwards
        yield {"key": key, "attributes": node}


def _edges(export: Export) -> Iterator[dict[str, object]]:
    for at, edge in enumerate(edges(export.network)):
        source, target = edge.pop("source"), edge.pop("target")
        own = {"weight": edge["count"], **edge}
        yield {
            "key": str(at),
            "source": source,
            "target": target,
            "undirected": True,
            "attributes": own,
        }
