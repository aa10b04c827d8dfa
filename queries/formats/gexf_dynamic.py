"""GEXF 1.3 with time: nodes and edges are there in the years of their events."""

from collections.abc import Mapping

from queries.errors import MeaninglessError
from queries.format import Export, Format, Text
from queries.formats.gexf import Time, document

FORMAT = Format(
    name="gexf_dynamic",
    ending="dynamic.gexf",
    media_type="application/gexf+xml",
    title_sv="GEXF med tid",
    title_en="GEXF with time",
    opens_in="Gephi (timeline), networkx",
    takes=("measures", "positions"),
)


def files(export: Export) -> Mapping[str, Text]:
    """Write the graph with spells of whole years, both ends included.

    A node or edge is there while any of its events lasts. An event without a last year lasts to the last
    year of the network, one without a first year from its first. What takes part in an event without any
    year has no spells: it is always there. A network without any year is refused.
    """
    time = Time.of(export)
    if time is None:
        raise MeaninglessError(
            f"No event of the network {export.network.name!r} has a year, so nothing can be shown over time; "
            "take the format gexf."
        )
    return {FORMAT.ending: document(export, time)}
