"""The words of the query editor and of the pages of queries, in Swedish and English."""

from typing import Final

EDITOR_WORDS: Final[dict[str, tuple[str, str]]] = {
    "editor": ("Frågeredigerare", "Query editor"),
    "editor_answer": ("Svar", "Answer"),
    "editor_asking": ("Frågar …", "Asking …"),
    "editor_cells": ("{n} rader på {s} s", "{n} rows in {s} s"),
    "editor_choose": ("Fråga ur katalogen", "Query of the catalogue"),
    "editor_failed": ("Frågan gick inte att ställa.", "The query could not be asked."),
    "editor_hint": (
        "Ctrl+Enter ställer frågan, Ctrl+Blanksteg föreslår klasser och egenskaper.",
        "Ctrl+Enter asks the query, Ctrl+Space offers classes and properties.",
    ),
    "editor_more": ("Visa {n} rader till", "Show {n} more rows"),
    "editor_no": ("Nej", "No"),
    "editor_none": ("Inga svar.", "No answers."),
    "editor_open": ("Öppna i en flik", "Open in a tab"),
    "editor_raw": ("Svaret som det kom", "The answer as it came"),
    "editor_stop": ("Avbryt", "Stop"),
    "editor_tab": ("Fråga", "Query"),
    "editor_table": ("Tabell", "Table"),
    "editor_yes": ("Ja", "Yes"),
    "editor_yours": ("Din fråga", "Your query"),
    "rows_next": ("Nästa rader", "Next rows"),
    "rows_prev": ("Föregående rader", "Previous rows"),
    "rows_shown": ("Rad {first}–{last} av {all}", "Rows {first}–{last} of {all}"),
}
ORIGINALS: Final[dict[str, str]] = {
    "Add a new tab": "Lägg till en flik",
    "Add tab": "Lägg till en flik",
    "Close Tab": "Stäng fliken",
    "Close other tabs": "Stäng övriga flikar",
    "Close tab": "Stäng fliken",
    "Copy Tab": "Kopiera fliken",
    "Download Results": "Hämta svaret",
    "Download result": "Hämta svaret",
    "New Tab": "Ny flik",
    "Rename Tab": "Byt namn på fliken",
    "Share query": "Dela frågan",
    "Undo close Tab": "Öppna den stängda fliken",
}
