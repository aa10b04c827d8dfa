"""CSV of the edges: one line each, with what the ends are called, how often they met, in what and when."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from queries.attributes import clean_text, edge_blocks, edge_columns
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


def files(export: Export) -> Mapping[str, Text]:
    """Write one line an edge; lists (events, roles) are joined by `|`, what is not known is empty."""
    return {FORMAT.ending: marked(export, _text(export))}


def _text(export: Export) -> Text:
    network = export.network
    labels = {clean_text("id", node.id): clean_text("label", node.label) for node in network.nodes}
    columns = edge_columns(network).kinds
    yield lines([("source", "target", "source_label", "target_label", *columns)])
    for block in edge_blocks(network):
        named = [[labels[str(key)] for key in block[end]] for end in ("source", "target")]
        values = [block[name] for name in columns]
        yield lines(zip(block["source"], block["target"], *named, *values, strict=True))


def lines(rows: Iterable[Sequence[object]]) -> str:
    """Return rows as lines of CSV; None is empty."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
