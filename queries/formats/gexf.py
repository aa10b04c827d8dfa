"""GEXF 1.3: the format of Gephi, with the position of each node where it is known."""

from collections.abc import Iterator, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from queries.attributes import Clean, Columns, about, edge_columns, edges, node_columns, nodes
from queries.format import Export, Format, Text
from queries.years import Meetings, Span, attended, meetings, spans, years

FORMAT = Format(
    name="gexf",
    ending="gexf",
    media_type="application/gexf+xml",
    title_sv="GEXF",
    title_en="GEXF",
    opens_in="Gephi, Gephi Lite, sigma.js, networkx, R (rgexf)",
    takes=("measures", "positions"),
)
_TYPES = {"text": "string", "whole": "long", "number": "double"}
# namespaces as Gephi and networkx write them; elements in the order of the schema (gephi/gexf, specs/1.3)
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
"""


def files(export: Export) -> Mapping[str, Text]:
    """Write the graph, undirected and without time; there is no clock in the file."""
    return {FORMAT.ending: document(export, None)}


def document(export: Export, time: "Time | None") -> Text:
    """Yield a GEXF document: static, or with the years of nodes and edges."""
    network = export.network
    of_nodes, of_edges = node_columns(network, export.measures), edge_columns(network)
    of_nodes = Columns({name: kind for name, kind in of_nodes.kinds.items() if name != "label"})
    said = about(network, export.measures)
    yield _HEAD
    yield "<meta>\n<creator>samspel</creator>\n"
    yield f"<description>{escape(_description(said))}</description>\n</meta>\n"
    mode, name = time.graph if time else STATIC, quoteattr(said["name"])
    yield f'<graph defaultedgetype="undirected" {mode} name={name}>\n'
    for what, columns in (("node", of_nodes), ("edge", of_edges)):
        yield f'<attributes class="{what}" mode="static">\n'
        for at, (title, kind) in enumerate(columns.kinds.items()):
            yield f'<attribute id="{what[0]}{at}" title={quoteattr(title)} type="{_TYPES[kind]}"/>\n'
        yield "</attributes>\n"
    yield f'<nodes count="{len(network.nodes)}">\n'
    yield from _nodes(export, of_nodes, time)
    yield f'</nodes>\n<edges count="{len(network.sources)}">\n'
    yield from _edges(export, of_edges, time)
    yield "</edges>\n</graph>\n</gexf>\n"


STATIC = 'mode="static"'


class Time:
    """When each node and edge was there, by the years of the events."""

    def __init__(self, export: Export, outermost: Span) -> None:
        """Take the outermost years of the events, which bound what has no first or last year."""
        self.network, self.outermost = export.network, outermost
        first, last = outermost
        self.graph = (
            f'mode="dynamic" timeformat="double" timerepresentation="interval" start="{first}" end="{last}"'
        )

    @classmethod
    def of(cls, export: Export) -> "Time | None":
        """Return the time of a network, None where no event has a year."""
        outermost = years(export.network).outermost
        return cls(export, outermost) if outermost else None

    def nodes(self) -> Iterator[str]:
        """Yield the spells of each node; nothing for what is always there."""
        return self._spells(attended(self.network))

    def edges(self) -> Iterator[str]:
        """Yield the spells of each edge; nothing for what is always there."""
        return self._spells(meetings(self.network))

    def _spells(self, met: Meetings) -> Iterator[str]:
        for places in met.lists():
            yield _spells(spans([self.network.events[at] for at in places], self.outermost))


def _spells(found: Sequence[Span]) -> str:
    each = "".join(f'<spell start="{first}" end="{last}"/>' for first, last in found)
    return f"<spells>{each}</spells>" if each else ""


def _nodes(export: Export, columns: Columns, time: Time | None) -> Iterator[str]:
    spells = time.nodes() if time else None
    for at, node in enumerate(nodes(export.network, export.measures)):
        inside = _attributes("n", columns, node) + (next(spells) if spells else "")
        if export.positions is not None:
            x, y = export.positions[at]
            inside += f'<viz:position x="{float(x)}" y="{0 - float(y)}" z="0.0"/>'  # Gephi's y grows upwards
        yield f"<node id={_quoted(node['id'])} label={_quoted(node['label'])}>{inside}</node>\n"


def _edges(export: Export, columns: Columns, time: Time | None) -> Iterator[str]:
    spells = time.edges() if time else None
    for at, edge in enumerate(edges(export.network)):
        inside = _attributes("e", columns, edge) + (next(spells) if spells else "")
        ends = f"source={_quoted(edge['source'])} target={_quoted(edge['target'])}"
        yield f'<edge id="{at}" {ends} weight="{float(edge["count"])}">{inside}</edge>\n'


def _attributes(letter: str, columns: Columns, clean: Clean) -> str:
    found = [f'<attvalue for="{letter}{at}" value={_quoted(value)}/>' for at, _, value in columns.of(clean)]
    return f"<attvalues>{''.join(found)}</attvalues>"


def _description(said: Mapping[str, str]) -> str:
    return ". ".join(value if name == "name" else f"{name}: {value}" for name, value in said.items())


def _quoted(value: object) -> str:
    return quoteattr(str(value))
