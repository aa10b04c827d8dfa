"""CSV of the nodes: one line each, isolates too, with a column a measure."""

from collections.abc import Mapping

from queries.attributes import node_columns, nodes
from queries.format import Export, Format, Text, marked
from queries.formats.csv import lines

FORMAT = Format(
    name="nodes",
    ending="nodes.csv",
    media_type="text/csv; charset=utf-8",
    title_sv="CSV, noder",
    title_en="CSV, nodes",
    opens_in="Excel, R, pandas, Gephi, Cytoscape",
    takes=("bom", "measures"),
)


def files(export: Export) -> Mapping[str, Text]:
    """Write one line a node; what is not known or not defined is empty."""
    return {FORMAT.ending: marked(export, _text(export))}


def _text(export: Export) -> Text:
    columns = ("id", *node_columns(export.network, export.measures).kinds)
    yield lines([columns])
    for node in nodes(export.network, export.measures):
        yield lines([[node.get(name) for name in columns]])
