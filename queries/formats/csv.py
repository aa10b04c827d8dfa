"""CSV of the edges: one line each, with what the ends are called, how often they met, in what and when."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

from queries.attributes import clean_text, edge_columns, edges
from queries.format import Export, Format, Text, marked

FORMAT = Format(
    name="csv",
    ending="csv",
    media_type="text/csv; charset=utf-8",
    title_sv="CSV, kanter",
    title_en="CSV, edges",
    opens_in="Excel, R, pandas, Gephi, Cytoscape",
    takes=("bom",),
)
_LINES_AT_ONCE = 1_000


def files(export: Export) -> Mapping[str, Text]:
    """Write one line an edge; lists (events, roles) are joined by `|`, what is not known is empty."""
    network = export.network
    labels = {clean_text("id", node.id): clean_text("label", node.label) for node in network.nodes}
    columns = ["source", "target", "source_label", "target_label", *edge_columns(network).kinds]
    rows = (
        {
            **edge,
            "source_label": labels[str(edge["source"])],
            "target_label": labels[str(edge["target"])],
        }
        for edge in edges(network)
    )
    return {FORMAT.ending: marked(export, lines(columns, rows))}


def lines(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> Iterator[str]:
    """Yield a header and rows as CSV, some lines at a time."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for at, row in enumerate(rows, start=1):
        writer.writerow([row.get(name, "") for name in columns])
        if at % _LINES_AT_ONCE == 0:
            yield text.getvalue()
            text.seek(0)
            text.truncate()
    yield text.getvalue()
