"""Interface words about needs and what meets them, in Swedish and English."""

from typing import Final

# ruff: noqa: E501 — one text, one line: they are read and changed as sentences

NEED_WORDS: Final[dict[str, tuple[str, str]]] = {
    "answers_about": (
        "Svaren sparas inte här. Filen är din: granska den och skicka den till den som sköter grafen, till exempel som ett ärende i kodförrådet.",
        "Your answers are not kept here. The file is yours: review it and send it to whoever tends the graph, as an issue in the repository for instance.",
    ),
    "answers_clear": ("Rensa svaren", "Clear the answers"),
    "answers_file": ("svar", "answers"),
    "answers_take": ("Hämta svaren som CSV", "Download the answers as CSV"),
    "areas_first": (
        "de {shown} första av {all}; listan som CSV har alla",
        "the first {shown} of {all}; the list as CSV has all",
    ),
    "by_concept": ("genom begreppet", "by the concept"),
    "contact": ("Kontakt", "Contact"),
    "in_county": ("ja", "yes"),
    "inside_county": ("I det egna länet", "Inside the own county"),
    "like_projects": ("Projekt som liknar", "Projects like it"),
    "match_about": (
        "Behov som kommuner har rest, och de områden som bäst kan möta dem: det egna länets först. Matchningen är härledd av samspel ur ord, orddelar, teman och begrepp; den är ett förslag att pröva, inte ett beslut.",
        "Needs that municipalities have raised, and the areas that can best meet them: the own county's first. The match is inferred by samspel from words, parts of words, themes and concepts; a proposal to test, not a decision.",
    ),
    "match_any": ("alla som gäller platsen", "all that concern the place"),
    "match_lines": ("ett på varje rad, på svenska", "one a line, in Swedish"),
    "match_no_place": ("hela landet", "the whole country"),
    "match_none": ("Inget område når lägsta poängen.", "No area reaches the lowest score."),
    "match_own": ("Egna behov", "Needs of your own"),
    "match_place": ("Län eller kommun", "County or municipality"),
    "match_place_note": ("vars områden ska stå först", "whose areas are to stand first"),
    "match_placeholder": (
        "t.ex. digitala tjänster i omsorgen",
        "e.g. digitala tjänster i omsorgen (in Swedish)",
    ),
    "match_stated": ("Uttalat behov", "Stated need"),
    "match_submit": ("Matcha", "Match"),
    "matching_words": ("Ord som gav träffen", "Matching words"),
    "method": ("Metod", "Method"),
    "needs_file": ("behov", "needs"),
    "needs_list": ("Behov och vad som kan möta dem", "Needs and what can meet them"),
    "needs_list_about": (
        "Härlett av samspel ur grafens utgåva {version}; förslag att pröva, inte beslut.",
        "Inferred by samspel from edition {version} of the graph; proposals to test, not decisions.",
    ),
    "needs_none": (
        "Inget behov är känt för {place}. Skriv ett eget.",
        "No need is known for {place}. Write one of your own.",
    ),
    "needs_print": ("dokument att skriva ut", "document to print"),
    "needs_take": ("Ta med listan", "Take the list along"),
    "none_inside": (
        "Inget område i det egna länet når lägsta poängen.",
        "No area inside the own county reaches the lowest score.",
    ),
    "not_in_county": ("nej", "no"),
    "outside_county": ("Utanför länet", "Outside the county"),
    "right": ("rätt", "right"),
    "unknown_contact": ("ingen känd tjänst", "no post known"),
    "unknown_projects": ("inga kända", "none known"),
    "wrong": ("fel", "wrong"),
    "your_answer": ("Ditt svar", "Your answer"),
}
