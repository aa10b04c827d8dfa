"""Interface words of the page of sources, in Swedish and English."""

from typing import Final

# ruff: noqa: E501 — one text, one line: they are read and changed as sentences

SOURCE_WORDS: Final[dict[str, tuple[str, str]]] = {
    "sources_on_page": ("På sidan", "On this page"),
    "sources_day": ("Granskad eller läst", "Reviewed or read"),
    "sources_changed": ("Källans senaste ändring", "Last change in the source"),
    "sources_no_changes": ("sägs inte i källan", "not said in the source"),
    "sources_stale": (
        "äldre än ett år: {n} dagar före utgåvan",
        "older than a year: {n} days before the edition",
    ),
    "sources_times": ("Talar om tiden", "Speaks of the time"),
    "sources_no_times": ("inga dagar eller år i källan", "no days or years in the source"),
    "sources_rests_on": ("Läsningen vilar på", "The reading rests on"),
    "sources_rejects_file": (
        "Raderna med skäl finns hos den som driver tjänsten, i rejects/{name}.csv; de visas inte här, för de kan röra personer.",
        "The lines with reasons are with whoever runs the service, in rejects/{name}.csv; they are not shown here, since they may concern persons.",
    ),
    "sources_gaps": ("Kända luckor", "Known gaps"),
    "sources_gaps_about": (
        "Det som borde finnas och inte gör det, räknat över alla källor. Källorna säger själva {n} gånger att något är okänt.",
        "What should be there and is not, counted over all sources. The sources themselves say {n} times that something is unknown.",
    ),
    "sources_unknowns": ("Vad källorna säger är okänt", "What the sources say is unknown"),
    "sources_gaps_caption": (
        "Hur många saker som saknar en uppgift, och hur många där en källa säger att den är okänd",
        "How many things lack a fact, and for how many a source says that it is unknown",
    ),
    "sources_lacks": ("Saknar", "Lacks"),
    "sources_said_unknown": ("sägs okänt: {n}", "said to be unknown: {n}"),
    "sources_waiting": ("Inte inlästa här", "Not loaded here"),
    "sources_waiting_about": (
        "Källor som samspel kan läsa men som inte är inlästa: det de säger saknas i grafen.",
        "Sources that samspel can read and that are not loaded: what they say is missing from the graph.",
    ),
    "sources_none_waiting": (
        "Alla källor som samspel kan läsa är inlästa.",
        "All sources that samspel can read are loaded.",
    ),
}
