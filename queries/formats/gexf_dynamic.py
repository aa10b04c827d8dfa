"""GEXF 1.3 with time: nodes and edges are there in the years of their events."""

from collections.abc import Mapping

from queries.format import Export, Format, Text
from queries.formats.gexf import Time, document
from queries.years import years

FORMAT = Format(
    name="gexf_dynamic",
    ending="dynamic.gexf",
    media_type="application/gexf+xml",
    title_sv="GEXF med tid",
    title_en="GEXF with time",
    opens_in="Gephi, networkx",
    takes=("measures", "positions"),
)


def files(export: Export) -> Mapping[str, Text]:
    """Write the graph with spells of whole years, both ends included.

    A node or edge is there while any of its events lasts. An event without a last year lasts to the last
    year of the network, one without a first year from its first. What takes part in an event without any
    year has no spells: it is always there. A network without any year is refused.
    """
    return {FORMAT.ending: document(export, Time.of(export))}


def refusal(export: Export) -> str | None:
    """Refuse a network without any year."""
    if years(export.network).outermost:
        return None
    return (
        f"No event of the network {export.network.name!r} has a year, so nothing can be shown over time; "
        "take the format gexf."
    )
