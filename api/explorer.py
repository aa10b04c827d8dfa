"""What the network explorer reads: a network as columns, where its nodes stand, its events and measures."""

import json
from collections.abc import Iterable, Sequence
from typing import Final

from api import asking, layout, network_names
from api.force_atlas import Settings
from api.snapshot import Snapshot
from graph import kept_bytes
from ontology.names import BASE
from queries import measure
from queries.measure import MeasureResult
from queries.network import Network

FORM: Final = 1  # to be raised when what is written changes
_DIGITS: Final = 6  # of the value of a measure: more than a picture or a table shows

Json = dict[str, object]


def data(snapshot: Snapshot, name: str, base: str, language: str = "sv") -> bytes:
    """Return the network as JSON: from the file beside the generation, else made and kept there.

    Nodes and events are called as in the language; kinds and territories are what filters take.
    """

    def make() -> bytes:
        network = asking.network(snapshot, name)
        results = (asking.measured(snapshot, key, name) for key in measure.measures())
        found = [each for each in results if isinstance(each, MeasureResult)]
        placed = layout.layout(snapshot, network)
        return packed(network_names.named(snapshot, network, language), placed, found, base)

    def read() -> bytes:
        if snapshot.beside is None:
            return make()
        made_by = f"{FORM} {layout.FORM} {Settings()} {' '.join(measure.measures())}"
        return kept_bytes.kept(snapshot.beside, f"explorer {made_by} {name} {base} {language}", make)

    return snapshot.kept(("explorer", name, language), read)


def packed(network: Network, placed: layout.Layout, found: Sequence[MeasureResult], base: str) -> bytes:
    """Return the columns as JSON; see docs/explorer.md for what each holds."""
    written = {
        "name": network.name,
        "mode": network.mode,
        "snapshot": network.snapshot,
        "bases": list(dict.fromkeys((base, BASE))),
        "layout": placed.told(),
        "nodes": _nodes(network, placed, base),
        "events": _events(network, base),
        "ties": {"actor": network.tie_actor.tolist(), "event": network.tie_event.tolist()},
        "edges": {
            "source": network.sources.tolist(),
            "target": network.targets.tolist(),
            "weight": [_number(value) for value in network.counts.tolist()],
        },
        "measures": {each.measure.name: [_value(value) for _, _, value in each.values] for each in found},
    }
    return json.dumps(written, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def _nodes(network: Network, placed: layout.Layout, base: str) -> Json:
    nodes = network.nodes
    return {
        "id": [_short(node.id, base) for node in nodes],
        "label": [node.label for node in nodes],
        "kind": _coded(node.kind for node in nodes),
        "territory": _coded(node.territory for node in nodes),
        "side": "".join(node.side[0] for node in nodes),
        "x": placed.points[:, 0].tolist(),
        "y": placed.points[:, 1].tolist(),
    }


def _events(network: Network, base: str) -> Json:
    events = network.events
    return {
        "id": [_short(event.id, base) for event in events],
        "label": [event.label for event in events],
        "kind": _coded(event.kind for event in events),
        "since": [_year(event.since) for event in events],
        "until": [_year(event.until) for event in events],
        "fund": _coded(event.fund for event in events),
        "area": _coded(event.area for event in events),
    }


def _short(iri: str, base: str) -> str:
    """Write the beginning of our own things as ~."""
    start = f"{base}id/"
    return "~" + iri.removeprefix(start) if iri.startswith(start) else iri


def _coded(texts: Iterable[str | None]) -> Json:
    """Return the texts that come, and for each its place among them; -1 where there is none."""
    held = list(texts)
    known = sorted({text for text in held if text})
    place = {text: at for at, text in enumerate(known)}
    return {"texts": known, "of": [place[text] if text else -1 for text in held]}


def _year(moment: str | None) -> int | None:
    return int(moment[:4]) if moment and moment[:4].isdigit() else None


def _value(value: str | float | int | None) -> str | float | int | None:
    return _number(float(f"{value:.{_DIGITS}g}")) if isinstance(value, float) else value


def _number(value: float) -> float | int:
    return int(value) if value.is_integer() else value
