"""The words of a drawing in Swedish and English."""

from collections.abc import Mapping
from typing import Final

Words = Mapping[str, str]

WORDS: Final[Mapping[str, Words]] = {
    "sv": {
        "size": "Punktens storlek",
        "partners": "antal partner",
        "width": "Linjens bredd: antal gemensamma.",
        "width_two": "En linje binder en aktör till det den deltar i.",
        "counted": "Nätverket har {nodes} noder, {edges} kanter och {parts} sammanhängande delar.",
        "left_out": "Ritningen visar de starkaste; {nodes} noder och {edges} kanter är utelämnade.",
        "empty": "Nätverket är tomt.",
        "group": "Grupp {}",
        "no_kind": "slag ej angivet",
        "shared": "Gemensamt ({}): {}",
        "weight": "Vikt: {}",
        "more": "och {} till",
        "undefined": "inte definierat",
        "drawing": "Ritning av nätverket. Samma uppgifter står i tabellen under den.",
        "hint": "Välj en punkt för att läsa om den. Dra för att flytta, rulla eller nyp för att zooma.",
        "table": "Visa som tabell",
        "name": "Namn",
        "kind": "Slag",
        "territory": "Område",
        "degree": "Partner",
        "in": "Zooma in",
        "out": "Zooma ut",
        "all": "Visa allt",
    },
    "en": {
        "size": "Size of the point",
        "partners": "number of partners",
        "width": "Width of the line: how many in common.",
        "width_two": "A line ties an actor to what it takes part in.",
        "counted": "The network has {nodes} nodes, {edges} edges and {parts} components.",
        "left_out": "The drawing shows the strongest; {nodes} nodes and {edges} edges are left out.",
        "empty": "The network is empty.",
        "group": "Community {}",
        "no_kind": "kind not stated",
        "shared": "In common ({}): {}",
        "weight": "Weight: {}",
        "more": "and {} more",
        "undefined": "undefined",
        "drawing": "Drawing of the network. The same data stand in the table below it.",
        "hint": "Select a point to read about it. Drag to move, scroll or pinch to zoom.",
        "table": "Show as a table",
        "name": "Name",
        "kind": "Kind",
        "territory": "Territory",
        "degree": "Partners",
        "in": "Zoom in",
        "out": "Zoom out",
        "all": "Show all",
    },
}


def number(value: float | None, language: str) -> str:
    """Return a number for reading: three digits that count, a decimal comma in Swedish.

    >>> number(0.10049, "sv"), number(12, "sv"), number(1234.5, "en")
    ('0,1', '12', '1230')
    """
    if value is None:
        return WORDS[language]["undefined"]
    rounded = float(f"{value:.3g}")
    shown = str(int(rounded)) if rounded == int(rounded) else f"{rounded:.12f}".rstrip("0")
    whole = str(value) if isinstance(value, int) else shown
    return whole.replace(".", ",") if language == "sv" else whole
