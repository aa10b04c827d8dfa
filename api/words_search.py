"""The words of the search page, and what kinds of things are called, in Swedish and English."""

from typing import Final

KINDS: Final[dict[str, tuple[str, str]]] = {
    "organisation": ("Organisationer", "Organisations"),
    "area": ("Områden", "Areas"),
    "project": ("Projekt och aktiviteter", "Projects and activities"),
    "place": ("Platser", "Places"),
    "need": ("Behov", "Needs"),
    "strategy": ("Strategier och mål", "Strategies and goals"),
    "money": ("Pengar", "Money"),
    "document": ("Dokument", "Documents"),
    "term": ("Ord och begrepp", "Terms and concepts"),
    "other": ("Annat", "Other"),
}
SEARCH_WORDS: Final[dict[str, tuple[str, str]]] = {
    "empty_search": ("Skriv ett namn, en plats eller ett ämne.", "Write a name, a place or a subject."),
    "search": ("Sök", "Search"),
    "search_all": ("Alla", "All"),
    "search_counties": ("{n} län", "{n} counties"),
    "search_for": ("Sök i grafen", "Search all"),
    "search_inside": (
        "Inget namn har ord som börjar så; här står bokstäverna inne i ord.",
        "No name has words that begin so; here the letters stand inside words.",
    ),
    "search_narrow": ("Avgränsa träffarna", "Narrow the hits"),
    "search_near": (
        "Inget namn har orden stavade så; här är de som är stavade nästan så.",
        "No name has the words spelled so; here are those that are spelled nearly so.",
    ),
    "search_next": ("Nästa träffar", "Next hits"),
    "search_none": ("Inget namn liknar ”{q}”.", "No name resembles “{q}”."),
    "search_none_here": (
        "Inget av det valda slaget i det valda länet heter så.",
        "Nothing of the kind chosen in the county chosen is called so.",
    ),
    "search_past": ("Så många träffar finns inte.", "There are not that many hits."),
    "search_prev": ("Föregående träffar", "Previous hits"),
    "search_results": ("Träffar på ”{q}”", "Hits for “{q}”"),
    "search_shown": ("Träff {first}–{last} av {all}", "Hits {first}–{last} of {all}"),
    "search_try": ("Pröva i stället", "Try instead"),
}
