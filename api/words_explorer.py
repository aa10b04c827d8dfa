"""Interface words of the network explorer, in Swedish and English."""

from typing import Final

# ruff: noqa: E501 — one text, one line: they are read and changed as sentences

EXPLORER_WORDS: Final[dict[str, tuple[str, str]]] = {
    "ex_whole": ("Hela nätverket som filer", "The whole network as files"),
    "ex_title": ("Utforska nätverket", "Explore the network"),
    "ex_wait": ("Hämtar nätverket …", "Fetching the network …"),
    "ex_search": ("Sök i nätverket", "Search the network"),
    "ex_path": ("Kortaste väg till", "Shortest path to"),
    "ex_path_hint": ("Vägen går från den nod som är vald.", "The path begins at the chosen node."),
    "ex_filters": ("Urval och utseende", "Filters and looks"),
    "ex_period": ("Period:", "Period:"),
    "ex_from": ("Från", "From"),
    "ex_to": ("Till", "To"),
    "ex_play": ("Spela upp", "Play"),
    "ex_next": ("Nästa år", "Next year"),
    "ex_area": ("Ämne", "Subject"),
    "ex_fund": ("Fond eller program", "Fund or programme"),
    "ex_all": ("alla", "all"),
    "ex_least": ("Minst så många gemensamma", "At least so many in common"),
    "ex_colour": ("Färg och form", "Colour and shape"),
    "ex_size": ("Storlek", "Size"),
    "ex_reset": ("Visa hela nätverket", "Show the whole network"),
    "ex_box": ("Bild av nätverket", "Picture of the network"),
    "ex_link": ("Kopiera länk till det som visas", "Copy a link to what is shown"),
    "ex_hint": (
        "Dra för att flytta. Välj en punkt eller en linje för att läsa om den. Med tangentbordet: pilar flyttar, + och − zoomar, 0 visar allt; noder väljs i sökrutan och tabellen. Håll Ctrl och rulla, eller nyp, för att zooma.",
        "Drag to move. Choose a point or a line to read about it. With the keyboard: arrows move, + and − zoom, 0 shows all; nodes are chosen in the search box and the table. Hold Ctrl and scroll, or pinch, to zoom.",
    ),
    "ex_panel": ("Om det som är valt", "About what is chosen"),
    "ex_download": ("Ladda ned det som visas", "Download what is shown"),
    "ex_table": ("Det som visas, som tabell", "What is shown, as a table"),
    "nodes_shown": (
        "Tabellen visar de {shown} första av {all} noder i den ordning som är vald; alla finns i filen.",
        "The table shows the first {shown} of {all} nodes in the order chosen; the file has them all.",
    ),
    "ex_before": ("Föregående", "Previous"),
    "ex_after": ("Nästa", "Next"),
}

# what the script says, filled in by it; see api/static/explorer
SCRIPT_WORDS: Final[dict[str, tuple[str, str]]] = {
    "shown": (
        "Visar {nodes} av {all} noder och {edges} kanter.",
        "Shows {nodes} of {all} nodes and {edges} edges.",
    ),
    "empty": ("Inget i nätverket passar urvalet.", "Nothing in the network fits the filters."),
    "flat": (
        "Webbläsaren saknar WebGL, så nätverket ritas enklare och långsammare.",
        "The browser has no WebGL, so the network is drawn more simply and slowly.",
    ),
    "failed": (
        "Nätverket kunde inte hämtas: {why}. Tabellerna nedan visar samma uppgifter.",
        "The network could not be fetched: {why}. The tables below show the same data.",
    ),
    "all_years": ("alla år", "all years"),
    "partners": ("Partner", "Partners"),
    "weight": ("Gemensamma", "In common"),
    "none": ("ej angivet", "not stated"),
    "no_kind": ("slag ej angivet", "kind not stated"),
    "undefined": ("inte definierat", "undefined"),
    "others": ("övriga", "others"),
    "group": ("Grupp {name}", "Group {name}"),
    "name": ("Namn", "Name"),
    "kind": ("Slag", "Kind"),
    "territory": ("Område", "Territory"),
    "nothing": (
        "Ingen nod är vald. Sök, eller välj en punkt i bilden eller ett namn i tabellen.",
        "No node is chosen. Search, or choose a point in the picture or a name in the table.",
    ),
    "page": ("Till sidan om {name}", "To the page of {name}"),
    "close": ("Släpp valet", "Let go"),
    "ego": ("Visa bara närheten", "Show only what is near"),
    "steps": ("Antal steg", "Number of steps"),
    "gone": ("{name} finns inte i urvalet.", "{name} is not among what is shown."),
    "values": ("Värden i hela nätverket", "Values in the whole network"),
    "neighbours": ("Grannar ({n})", "Neighbours ({n})"),
    "more": ("Visa fler ({n} till)", "Show more ({n} more)"),
    "events": ("{n} gemensamma", "{n} in common"),
    "event": ("1 gemensam", "1 in common"),
    "taking_part": ("deltar", "takes part"),
    "path": ("Väg från {one} till {other}: {n} steg", "Path from {one} to {other}: {n} steps"),
    "no_path": (
        "Ingen väg leder från {one} till {other} i det som visas.",
        "No path leads from {one} to {other} in what is shown.",
    ),
    "edge": ("Mellan {one} och {other}", "Between {one} and {other}"),
    "rows": ("Rad {first}–{last} av {all}", "Row {first}–{last} of {all}"),
    "no_hits": ("Ingen nod heter så.", "No node is called that."),
    "pause": ("Pausa", "Pause"),
    "play": ("Spela upp", "Play"),
    "copied": ("Länken är kopierad.", "The link is copied."),
    "address": ("Länken står i adressfältet.", "The link stands in the address bar."),
    "size_of": (
        "Punktens storlek: {name}. Linjens bredd: antal gemensamma.",
        "Size of the point: {name}. Width of the line: how many in common.",
    ),
    "laid_out": (
        "Var noder står säger inget i sig: ForceAtlas2 på stommen, frö {seed}, {iterations} varv; små delar är packade bredvid.",
        "Where nodes stand says nothing in itself: ForceAtlas2 on the backbone, seed {seed}, {iterations} iterations; small parts are packed beside.",
    ),
}
