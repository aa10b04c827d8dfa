"""The words of linked data in Swedish and English: forms, withdrawn things, incoming links, the dataset."""

from typing import Final

# ruff: noqa: E501 — one text, one line: they are read and changed as sentences

LINKED_WORDS: Final[dict[str, tuple[str, str]]] = {
    "gone": ("Borttagen", "Withdrawn"),
    "gone_thing": (
        "{iri} finns inte längre i grafen. Den var senast med i utgåva {version} och drogs tillbaka {day}.",
        "{iri} is no longer in the graph. It was last in release {version} and was withdrawn on {day}.",
    ),
    "incoming_none": (
        "Ingenting pekar hit som {predicate} på sidan {number}; tag bort in och page ur adressen för att se allt.",
        "Nothing points here as {predicate} on page {number}; take in and page out of the address to see all.",
    ),
    "incoming_page": ("{first}–{last} av {n}", "{first}–{last} of {n}"),
    "incoming_pages": ("Sidor: {predicate}", "Pages: {predicate}"),
    "incoming_back": ("Allt som pekar hit", "All that points here"),
    "incoming_more": ("Visa alla {n}", "Show all {n}"),
    "next": ("Nästa", "Next"),
    "previous": ("Föregående", "Previous"),
    "unfit": ("Ingen form passar", "No form fits"),
    "unfit_forms": (
        "Ingen av formerna här ryms i begärans Accept. Det som finns: {offers}.",
        "None of the forms here is accepted by the request. On offer: {offers}.",
    ),
    "void": ("Datamängden", "The dataset"),
    "void_about": (
        "Vad grafen innehåller, räknat ur grafen själv med VoID: slag, egenskaper, källor och länkar till andras data.",
        "What the graph holds, counted from the graph itself in VoID: classes, properties, sources and links to others' data.",
    ),
    "void_classes": ("Saker per klass", "Things by class"),
    "void_entities": ("Saker", "Things"),
    "void_links": ("Länkar till andras data", "Links to others' data"),
    "void_objects": ("Olika värden", "Distinct objects"),
    "void_properties": ("Tripplar per egenskap", "Triples by property"),
    "void_property": ("Egenskap", "Property"),
    "void_subjects": ("Olika subjekt", "Distinct subjects"),
    "void_target": ("Mål", "Target"),
    "void_triples": ("Tripplar", "Triples"),
}
