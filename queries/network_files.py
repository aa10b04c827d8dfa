"""Write a network as csv, json, GraphML or GEXF: pure functions from a network to text."""

import csv
import io
import json
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final
from xml.etree import ElementTree

import networkx as nx
from networkx.readwrite.gexf import GEXFWriter
from networkx.readwrite.graphml import GraphMLWriter

from queries.errors import UnknownName
from queries.measure import Cell, MeasureResult
from queries.network import Network, NetworkError

FORMATS: Final = ("csv", "json", "graphml", "gexf")

Attribute = str | int | float | bool | Sequence[str] | None

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LABELS = ("source_label", "target_label")  # only in csv, where there is no list of nodes beside the edges
_TAKES_OVER = {"start", "end"}  # GEXF reads these names as time and makes the whole graph dynamic


def write(network: Network, format: str, measures: Sequence[MeasureResult] = ()) -> str:
    """Write a network in one of FORMATS; csv gives the edges (`nodes_csv` the nodes)."""
    writers: dict[str, Callable[[], str]] = {
        "csv": lambda: edges_csv(network),
        "json": lambda: as_json(network, measures),
        "graphml": lambda: as_graphml(network, measures),
        "gexf": lambda: as_gexf(network, measures),
    }
    if format not in writers:
        raise UnknownName("format of a network", format, FORMATS)
    return writers[format]()


def edges_csv(network: Network) -> str:
    """Write one line an edge; lists (events, roles) are joined by `|`."""
    columns = ["source", "target", "source_label", "target_label", *_edge_columns(network)]
    return _csv(columns, _edges(network))


def nodes_csv(network: Network, measures: Sequence[MeasureResult] = ()) -> str:
    """Write one line a node, isolates too, with a column a measure."""
    columns = ["id", "label", "kind", "territory", "side", *_measure_columns(network, measures)]
    return _csv(columns, _nodes(network, measures))


def as_json(network: Network, measures: Sequence[MeasureResult] = ()) -> str:
    """Write `{"name", "mode", "nodes": [...], "links": [...], "events": [...]}`.

    A node has id, label, side and, where known, kind, territory and a key a measure. A link has source
    and target (ids of nodes) and the columns of the csv, its events as a list of ids. An event has id,
    label and, where known, kind, from and to. What is not known is left out.
    """
    events = [
        {"id": it.id, "label": it.label, "kind": it.kind, "from": it.since, "to": it.until}
        for it in network.events
    ]
    links = ({key: link[key] for key in link if key not in _LABELS} for link in _edges(network))
    whole = {
        "name": network.name,
        "mode": network.mode,
        "nodes": [_known(node) for node in _nodes(network, measures)],
        "links": [_known(link) for link in links],
        "events": [_known(event) for event in events],
    }
    return json.dumps(whole, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def as_graphml(network: Network, measures: Sequence[MeasureResult] = ()) -> str:
    """Write GraphML (yEd, igraph, Gephi); `weight` is the count."""
    return _xml(GraphMLWriter(_graph(network, measures)).xml)


def as_gexf(network: Network, measures: Sequence[MeasureResult] = ()) -> str:
    """Write GEXF 1.3 (Gephi, Gephi Lite); `weight` is the count, and there is no clock in the file."""
    tree = GEXFWriter(_graph(network, measures), version="1.3").xml
    for meta in tree.iter("meta"):
        meta.attrib.pop("lastmodifieddate")
    return _xml(tree)


def clean_attributes(attributes: Mapping[str, Attribute]) -> dict[str, str | int | float]:
    """Return attributes as every format can hold them.

    None is dropped, a list joined by `|`, a bool made 0 or 1, an end of line made \\n. Refused: control
    characters that XML cannot hold, numbers that are not finite, a `|` inside a list, the names start
    and end.

    >>> clean_attributes({"kind": None, "roles": ("owner", "financier"), "open": True})
    {'roles': 'owner|financier', 'open': 1}
    """
    return {
        name: _clean(name, value) for name, value in attributes.items() if value is not None and value != ()
    }


def _clean(name: str, value: str | int | float | bool | Sequence[str]) -> str | int | float:
    if name in _TAKES_OVER:
        raise NetworkError(f"An attribute called {name!r} turns a GEXF graph into a dynamic one; rename it.")
    if isinstance(value, str):
        if bad := _NOT_XML.search(value):
            raise NetworkError(
                f"Attribute {name!r}: {value!r} holds {bad.group()!r}, which XML cannot; mend the source."
            )
        return value.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, int | float):
        if not math.isfinite(value):
            raise NetworkError(f"Attribute {name!r} is {value}; leave it out where it is not known.")
        return int(value) if isinstance(value, bool) else value
    if any("|" in item for item in value):
        raise NetworkError(
            f"Attribute {name!r}: an item of {list(value)!r} holds '|', which parts the items."
        )
    return str(_clean(name, "|".join(value)))


def _measure_columns(network: Network, measures: Sequence[MeasureResult]) -> dict[str, tuple[Cell, ...]]:
    columns: dict[str, tuple[Cell, ...]] = {}
    for found in measures:
        if tuple(key for key, _, _ in found.values) != network.ids:
            raise NetworkError(
                f"The measure {found.measure.name!r} was taken of other nodes than those of the network "
                f"{network.name!r} (it says {found.network!r}); measure this network."
            )
        columns[found.measure.name] = tuple(value for _, _, value in found.values)
        columns |= {f"{found.measure.name}_{column.name}": column.values for column in found.columns}
    return columns


def _nodes(network: Network, measures: Sequence[MeasureResult]) -> Iterator[dict[str, Attribute]]:
    columns = _measure_columns(network, measures)
    for at, node in enumerate(network.nodes):
        own = {"id": node.id, "label": node.label, "kind": node.kind, "territory": node.territory}
        yield {**own, "side": node.side, **{name: values[at] for name, values in columns.items()}}


def _edge_columns(network: Network) -> tuple[str, ...]:
    if network.mode == "two-mode":
        return ("count", "roles", "amount")
    return ("count", *(() if network.newman is None else ("newman",)), "events", "first_from", "last_to")


def _edges(network: Network) -> Iterator[dict[str, Attribute]]:
    counts = network.counts.tolist()
    whole = all(value == int(value) for value in counts)  # one type a column, or the formats make two of it
    for at, (i, j) in enumerate(zip(network.sources.tolist(), network.targets.tolist(), strict=True)):
        yield {
            "source": network.ids[i],
            "target": network.ids[j],
            "source_label": network.nodes[i].label,
            "target_label": network.nodes[j].label,
            "count": int(counts[at]) if whole else counts[at],
            "newman": None if network.newman is None else float(network.newman[at]),
            **(_tie(network, at) if network.mode == "two-mode" else _meetings(network, i, j)),
        }


def _tie(network: Network, at: int) -> dict[str, Attribute]:
    return {"roles": network.ties[at].roles, "amount": network.ties[at].amount}


def _meetings(network: Network, i: int, j: int) -> dict[str, Attribute]:
    events = network.edge_events(i, j)
    return {
        "events": tuple(event.id for event in events),
        "first_from": min((event.since for event in events if event.since), default=None),
        "last_to": max((event.until for event in events if event.until), default=None),
    }


def _known(attributes: Mapping[str, Attribute]) -> dict[str, Attribute]:
    clean = clean_attributes(attributes)
    return {
        key: value if isinstance(value, tuple) else clean[key]
        for key, value in attributes.items()
        if key in clean
    }


def _csv(columns: Sequence[str], rows: Iterator[dict[str, Attribute]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(clean_attributes(row) for row in rows)
    return text.getvalue()


def _graph(network: Network, measures: Sequence[MeasureResult]) -> "nx.Graph[str]":
    graph: nx.Graph[str] = nx.Graph(name=str(_clean("name", network.name)))
    for node in _nodes(network, measures):
        own = clean_attributes(node)
        graph.add_node(str(own.pop("id")), **own)
    for edge in _edges(network):
        own = clean_attributes(edge)
        source, target = str(own["source"]), str(own["target"])
        shown = {key: value for key, value in own.items() if key not in ("source", "target", *_LABELS)}
        graph.add_edges_from([(source, target, {"weight": own["count"], **shown})])
    return graph


def _xml(tree: ElementTree.Element) -> str:
    ElementTree.indent(tree)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(tree, encoding="unicode") + "\n"
