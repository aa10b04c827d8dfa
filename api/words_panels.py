"""Interface words about the panels of pages, in Swedish and English."""

from typing import Final

PANEL_WORDS: Final[dict[str, tuple[str, str]]] = {
    "panel_all": ("alla {n}", "all {n}"),
    "panel_first": ("de {shown} första av {n}", "the first {shown} of {n}"),
    "panel_network": ("Nätverket och dess mått", "The network and its measures"),
    "panel_nothing": ("Grafen säger ingenting om", "The graph says nothing about"),
    "panel_query": ("Visa frågan", "Show the query"),
    "panel_rows": ("{n} rader", "{n} rows"),
    "panel_row": ("1 rad", "1 row"),
    "panel_unstated": ("okänt för alla: {columns}", "unknown for all: {columns}"),
    "panel_unknown": ("okänt", "unknown"),
    "versions_bars": (
        "Heldraget: känt. Streckat: början eller slut är okänt.",
        "Solid: known. Dashed: the beginning or the end is unknown.",
    ),
}
