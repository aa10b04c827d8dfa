"""Interface words of the map, in Swedish and English."""

from typing import Final

# ruff: noqa: E501 — one text, one line: they are read and changed as sentences

MAP_WORDS: Final[dict[str, tuple[str, str]]] = {
    "map": ("Karta", "Map"),
    "map_about": (
        "Områden, aktörer och projekt på kartan: per län, per kommun, och vad länen delar.",
        "Areas, actors and projects on the map: by county, by municipality, and what counties share.",
    ),
    "map_show": ("Visa", "Show"),
    "map_all": ("Hela landet", "The whole country"),
    "map_zoom": ("kommuner", "municipalities"),
    "map_zoom_in": ("i {name}", "of {name}"),
    "map_zoom_to": ("Visa kommunerna i {name}", "Show the municipalities of {name}"),
    "map_title": ("{what} per län", "{what} by county"),
    "map_title_in": ("{what} per kommun i {name}", "{what} by municipality in {name}"),
    "map_desc": (
        "Karta över {n} territorier. Varje yta är en länk till territoriets sida och bär sitt tal; samma tal står i tabellen.",
        "A map of {n} territories. Each leads to the page of its territory and bears its number; the same numbers stand in the table.",
    ),
    "map_desc_flows": (
        "Karta över länen med en linje mellan två län som delar något; ju bredare, desto mer. Samma tal står i tabellen.",
        "A map of the counties with a line between two that share something; the wider, the more. The same numbers stand in the table.",
    ),
    "map_shape": ("{name}: {n}", "{name}: {n}"),
    "map_line": (
        "{one} – {other}: {n} gemensamma (projekt {projects}, områden {areas})",
        "{one} – {other}: {n} shared (projects {projects}, areas {areas})",
    ),
    "map_point": ("{name}: {n} parker och kluster", "{name}: {n} parks and clusters"),
    "map_legend": ("Teckenförklaring", "Legend"),
    "map_class": ("{least}–{most}", "{least}–{most}"),
    "map_many": ("({n} st)", "({n})"),
    "map_point_legend": (
        "Parker och kluster vars kommun en källa säger, mitt i kommunen",
        "Parks and clusters whose municipality a source names, in the middle of it",
    ),
    "map_unknown": ("inget vet vi om", "nothing known of"),
    "map_hint": (
        "Dra för att flytta. Med tangentbordet: pilar flyttar, + och − zoomar, 0 visar allt. Nyp, eller håll Ctrl och rulla, för att zooma.",
        "Drag to move. With the keyboard: arrows move, + and − zoom, 0 shows all. Pinch, or hold Ctrl and scroll, to zoom.",
    ),
    "map_in": ("Zooma in", "Zoom in"),
    "map_out": ("Zooma ut", "Zoom out"),
    "map_reset": ("Visa allt", "Show all"),
    "map_to_table": ("Till tabellen", "To the table"),
    "map_parks": ("Parker och kluster", "Parks and clusters"),
    "map_flows": ("Flöden mellan län", "Flows between counties"),
    "map_shared": ("Gemensamt", "Shared"),
    "map_caption": ("Talen på kartan, och de andra", "The numbers on the map, and the others"),
    "map_caption_flows": ("Par av län som delar något", "Pairs of counties that share something"),
    "map_none": ("Inga län delar något i det här lagret.", "No counties share anything in this store."),
    "map_zero": (
        "Noll betyder att grafen inte känner något där, inte att där inget finns.",
        "Nought means that the graph knows of nothing there, not that nothing is there.",
    ),
    "map_unplaced": (
        "Utan plats, och därför inte på kartan: {organisations} av {all_organisations} organisationer, {areas} av {all_areas} områden, {projects} av {all_projects} projekt.",
        "Without a place, and therefore not on the map: {organisations} of {all_organisations} organisations, {areas} of {all_areas} areas, {projects} of {all_projects} projects.",
    ),
    "map_parks_note": (
        "Parker och kluster är här science parker, inkubatorer och klusterorganisationer. {unknown} har ingen känd plats, och {only} är bara kända till länet: de räknas i länet men har ingen punkt.",
        "Parks and clusters are here science parks, incubators and cluster organisations. {unknown} have no known place, and {only} are known by county only: they count in the county but have no point.",
    ),
    "map_county_only": (
        "Kommunernas tal är bara det som en källa har sagt kommunen för. {name} har {actors} aktörer och {projects} projekt när också det räknas som bara är känt för länet eller landsdelen.",
        "The numbers of municipalities are only what a source has named the municipality for. {name} has {actors} actors and {projects} projects when what is known for the county or the wider region alone counts too.",
    ),
    "map_flows_note": (
        "Räknat: projekt där organisationer från båda länen deltar, och områden som gäller båda länen tillsammans. Inte räknat: finansiärer, projekt som bara säger sig gälla ett territorium, ersatta områden. {n} par av län, {alone} län delar inget.",
        "Counted: projects in which organisations of both counties take part, and areas that hold for both together. Not counted: financiers, projects that merely say which territory they cover, replaced areas. {n} pairs of counties; {alone} counties share nothing.",
    ),
    "map_places": ("Parkerna och klustren", "The parks and clusters"),
    "map_places_caption": (
        "Science parker, inkubatorer och klusterorganisationer, och var de finns",
        "Science parks, incubators and cluster organisations, and where they are",
    ),
    "map_municipality": ("Kommun", "Municipality"),
    "map_place": ("Plats", "Place"),
    "map_place_unknown": ("okänd plats", "place unknown"),
    "map_place_county": ("{name}, kommunen okänd", "{name}, municipality unknown"),
    "map_no_outline": (
        "Utan kontur, och bara i tabellen: {names}.",
        "Without an outline, and in the table only: {names}.",
    ),
    "map_data": ("Frågorna bakom", "The queries behind"),
    "map_source": (
        "Konturer: bearbetade av samspel efter SCB:s öppna data (CC0).",
        "Outlines: reworked by samspel from open data of Statistics Sweden (CC0).",
    ),
}
