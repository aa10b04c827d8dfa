"""JSON of our own: nodes, links, events, and how the measures were taken."""

from collections.abc import Iterator, Mapping

from queries.attributes import Clean, about, clean_attributes, edges, nodes
from queries.format import Export, Format, Text, as_json, listed
from queries.measure import MeasureResult
from queries.network import Network

FORMAT = Format(
    name="json",
    ending="json",
    media_type="application/json",
    title_sv="JSON",
    title_en="JSON",
    opens_in="Python, JavaScript, R, d3",
    takes=("measures",),
)
_LISTS = ("events", "roles")


def files(export: Export) -> Mapping[str, Text]:
    """Write `{"name", "mode", "measures": [...], "nodes": [...], "links": [...], "events": [...]}`.

    Where they are known, `snapshot` and `filters` stand beside the name. A node has id, label, side and,
    where known, kind, territory and a key a measure. A link has source and target (ids of nodes) and the
    columns of the csv; its events and roles are lists. An event has id, label and, where known, kind,
    from and to. A measure has its name, parameters, engine and notes. What is not known is left out.
    """
    return {FORMAT.ending: _text(export)}


def _text(export: Export) -> Text:
    network = export.network
    said = "".join(f"{as_json(name)}: {as_json(value)},\n" for name, value in about(network).items())
    yield f'{{{said}"measures": '
    yield from listed(map(_measure, export.measures))
    yield ',\n"nodes": '
    yield from listed(nodes(network, export.measures))
    yield ',\n"links": '
    yield from listed(map(_link, edges(network)))
    yield ',\n"events": '
    yield from listed(_events(network))
    yield "\n}\n"


def _link(edge: Clean) -> dict[str, object]:
    return {key: str(value).split("|") if key in _LISTS else value for key, value in edge.items()}


def _events(network: Network) -> Iterator[Clean]:
    for it in network.events:
        dates = {"from": it.since, "to": it.until}
        yield clean_attributes({"id": it.id, "label": it.label, "kind": it.kind, **dates})


def _measure(found: MeasureResult) -> dict[str, object]:
    return {
        "name": found.measure.name,
        "parameters": dict(found.parameters),
        "engine": f"{found.engine} {found.engine_version}",
        "facts": {fact.name: fact.value for fact in found.facts},
        "notes": [{"sv": note.sv, "en": note.en} for note in found.notes],
    }
