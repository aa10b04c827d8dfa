"""VOSviewer JSON: items with clusters, weights and scores, and links with their strength."""

from collections import Counter
from collections.abc import Iterator, Mapping
from html import escape

import numpy as np

from queries.attributes import about, measured, nodes, weights
from queries.format import Export, Format, Text, as_json, listed
from queries.network import Floats

# keys and bounds: https://app.vosviewer.com/docs/file-types/json-file-type/ (read 2026-11-28)
FORMAT = Format(
    name="vosviewer",
    ending="vosviewer.json",
    media_type="application/json",
    title_sv="VOSviewer",
    title_en="VOSviewer",
    opens_in="VOSviewer, VOSviewer Online",
    takes=("measures", "positions"),
)
CLUSTERS = 1_000  # VOSviewer knows the clusters 1 to 1,000


def files(export: Export) -> Mapping[str, Text]:
    """Write `{"network": {"items", "links", "clusters"}, "info"}`.

    The weights of an item are its links, their total strength, and each measure that has a value of at
    least 0 for every node; the scores are the measures where they are defined. The cluster is the group
    by the first measure that groups: numbered by size, the largest first; groups after the thousandth
    have no cluster. The strength of a link is its count.
    """
    return {FORMAT.ending: _text(export)}


def _text(export: Export) -> Text:
    clusters = _clusters(export)
    yield f'{{"info": {as_json(_info(export, clusters))},\n"network": {{\n"items": '
    yield from listed(_items(export, clusters))
    yield ',\n"links": '
    yield from listed(
        {"source_id": i + 1, "target_id": j + 1, "strength": float(count)}
        for i, j, count in weights(export.network)
    )
    numbers = sorted(set(clusters) - {None}, key=lambda number: number or 0)
    yield ',\n"clusters": '
    yield from listed({"cluster": number, "label": f"{number}"} for number in numbers)
    yield "\n}}\n"


def _items(export: Export, clusters: list[int | None]) -> Iterator[dict[str, object]]:
    network = export.network
    columns = _numbers(export)
    sizes = {name for name, cells in columns.items() if all(cell is not None and cell >= 0 for cell in cells)}
    links, strengths = _strengths(export)
    for at, node in enumerate(nodes(network)):
        item: dict[str, object] = {"id": at + 1, "label": node["label"], "description": _described(node)}
        if str(node["id"]).startswith(("https://", "http://")):
            item["url"] = node["id"]
        if export.positions is not None:
            x, y = export.positions[at]
            item |= {"x": float(x), "y": 0 - float(y)}  # VOSviewer's y grows upwards
        if clusters[at] is not None:
            item["cluster"] = clusters[at]
        own = {name: cells[at] for name, cells in columns.items() if cells[at] is not None}
        item["weights"] = {
            "Links": int(links[at]),
            "Total link strength": float(strengths[at]),
            **{name: value for name, value in own.items() if name in sizes},
        }
        if own:
            item["scores"] = own
        yield item


def _numbers(export: Export) -> dict[str, tuple[float | int | None, ...]]:
    """Return the measures whose values are numbers, not names of groups."""
    groups = {each.measure.name for each in export.measures if each.measure.groups}
    found = measured(export.network, export.measures)
    return {
        name: tuple(cell if isinstance(cell, int | float) else None for cell in cells)
        for name, cells in found.items()
        if name not in groups
    }


def _clusters(export: Export) -> list[int | None]:
    grouping = next((each for each in export.measures if each.measure.groups), None)
    if grouping is None:
        return [None] * len(export.network.nodes)
    cells = measured(export.network, [grouping])[grouping.measure.name]
    sizes = Counter(cell for cell in cells if cell is not None)
    order = sorted(sizes, key=lambda cell: (-sizes[cell], str(type(cell)), cell))
    number = {cell: at for at, cell in enumerate(order[:CLUSTERS], start=1)}
    return [None if cell is None else number.get(cell) for cell in cells]


def _strengths(export: Export) -> tuple[Floats, Floats]:
    network = export.network
    ends = np.concatenate([network.sources, network.targets])
    counts = np.concatenate([network.counts, network.counts])
    many = len(network.nodes)
    return np.bincount(ends, minlength=many).astype(np.float64), np.bincount(
        ends, counts, minlength=many
    ).astype(np.float64)


def _described(node: Mapping[str, object]) -> str:
    """Return the kind and the territory; a description is read as HTML."""
    parts = (str(node[name]).replace("|", ", ") for name in ("kind", "territory") if name in node)
    return "<br>".join(escape(part) for part in parts)


def _info(export: Export, clusters: list[int | None]) -> dict[str, str]:
    said = about(export.network, export.measures)
    title = said.pop("name")
    lines = [f"{name}: {value}" for name, value in said.items()]
    if any(each is not None for each in clusters) and None in clusters:
        lines.append(
            f"{clusters.count(None)} items have no cluster: undefined, or beyond {CLUSTERS} clusters"
        )
    return {"title": title, "description": "<br>".join(escape(line) for line in lines)}
