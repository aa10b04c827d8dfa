"""The words of the query editor and of the pages of queries, in Swedish and English."""

from typing import Final

EDITOR_WORDS: Final[dict[str, tuple[str, str]]] = {
    "editor": ("Frågeredigerare", "Query editor"),
    "editor_choose": ("Fråga ur katalogen", "Query of the catalogue"),
    "editor_open": ("Öppna i en flik", "Open in a tab"),
    "rows_next": ("Nästa rader", "Next rows"),
    "rows_prev": ("Föregående rader", "Previous rows"),
    "rows_shown": ("Rad {first}–{last} av {all}", "Rows {first}–{last} of {all}"),
}
SCRIPT_WORDS: Final[dict[str, tuple[str, str]]] = {
    "answer": ("Svar", "Answer"),
    "asking": ("Frågar …", "Asking …"),
    "cells": ("{n} rader på {s} s", "{n} rows in {s} s"),
    "editor": ("Frågeredigerare", "Query editor"),
    "failed": ("Frågan gick inte att ställa.", "The query could not be asked."),
    "hint": (
        "Ctrl+Enter ställer frågan, Ctrl+Blanksteg föreslår klasser och egenskaper.",
        "Ctrl+Enter asks the query, Ctrl+Space offers classes and properties.",
    ),
    "more": ("Visa {n} rader till", "Show {n} more rows"),
    "no": ("Nej", "No"),
    "none": ("Inga svar.", "No answers."),
    "raw": ("Svaret som det kom", "The answer as it came"),
    "stop": ("Avbryt", "Stop"),
    "tab": ("Fråga", "Query"),
    "table": ("Tabell", "Table"),
    "tabs": ("Flikar med frågor", "Tabs of queries"),
    "yes": ("Ja", "Yes"),
    "yours": ("Din fråga", "Your query"),
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
