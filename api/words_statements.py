"""What the pages on accessibility, privacy and elements say, in Swedish and English."""

from typing import Final

# ruff: noqa: E501 — one text, one line: they are read and changed as sentences

STATEMENT_WORDS: Final[dict[str, tuple[str, str]]] = {
    "accessibility": ("Tillgänglighet", "Accessibility"),
    "accessibility_about": (
        "Sidorna ska kunna läsas och användas av alla: med tangentbord, med skärmläsare, på telefon och utan skript. Målet är WCAG 2.1, nivå AA.",
        "Everyone should be able to read and use the pages: with a keyboard, with a screen reader, on a phone and without scripts. The aim is WCAG 2.1, level AA.",
    ),
    "design": ("Sidornas delar", "Elements of the pages"),
    "design_about": (
        "Allt som sidorna byggs av, på ett ställe: färger, mått, text, tabeller och formulär i stilmallen samspel.css. Prova ljust och mörkt tema, telefonbredd och utskrift.",
        "All that pages are made of, in one place: colours, spaces, text, tables and forms of the stylesheet samspel.css. Try light and dark theme, the width of a phone, and print.",
    ),
    "design_colours": ("Färger", "Colours"),
    "design_example": ("Ett exempel, inga uppgifter ur grafen", "An example, no facts of the graph"),
    "design_forms": ("Formulär", "Forms"),
    "design_numbers": ("Siffror", "Numbers"),
    "design_remark": (
        "En anmärkning: så här står det som läsaren bör veta innan hen tror på en siffra.",
        "A remark: this is how it looks when a reader should know something before believing a number.",
    ),
    "design_space": ("Mått", "Spaces"),
    "design_tables": ("Tabeller", "Tables"),
    "design_text": ("Text", "Text"),
    "privacy": ("Personuppgifter", "Privacy"),
    "privacy_about": (
        "Grafen beskriver organisationer, områden och projekt, inte människor. Sidorna sparar så lite som möjligt om den som läser.",
        "The graph describes organisations, areas and projects, not people. The pages keep as little as possible of who reads them.",
    ),
    "statement_contact": (
        "Saknas något eller är något fel? Skriv till {name}: ",
        "Is something missing or wrong? Write to {name}: ",
    ),
    "statement_contact_unset": (
        "Den som driver den här servern har inte angett någon brevlåda (SAMSPEL_CONTACT).",
        "Whoever runs this server has not set a mailbox (SAMSPEL_CONTACT).",
    ),
}
Part = tuple[tuple[str, str], tuple[tuple[str, str], ...]]  # a heading, and its sentences
ACCESSIBILITY: Final[tuple[Part, ...]] = (
    (
        ("Så här är sidorna gjorda", "How the pages are made"),
        (
            (
                "Allt som visas i en bild finns också som text eller tabell på samma sida.",
                "All that a picture shows is on the same page as text or as a table too.",
            ),
            (
                "Sidorna är färdiga när de kommer från servern. Utan skript går allt att läsa, söka och hämta; bara frågeeditorns hjälp och nätverksbildens rörelse behöver skript.",
                "Pages are complete when they come from the server. Without scripts all can be read, searched and downloaded; only the help of the query editor and the movement of the network picture need scripts.",
            ),
            (
                "Färger och storlek följer läsarens inställningar: ljust eller mörkt tema, textstorlek, mindre rörelse.",
                "Colours and sizes follow the reader's settings: light or dark theme, size of text, less motion.",
            ),
            (
                "Språket är svenska eller engelska; en text på ett annat språk än sidans är märkt med sitt.",
                "The language is Swedish or English; a text in another language than the page's is marked with its own.",
            ),
        ),
    ),
    (
        ("Så här är de prövade", "How they are tested"),
        (
            (
                "Vid varje ändring öppnas alla slags sidor i en webbläsare och hålls mot de regler i WCAG 2.1 A och AA som ett program kan pröva (axe-core), på svenska och på engelska, i ljust och i mörkt tema. Inga brott är tillåtna.",
                "At every change all kinds of pages are opened in a browser and held against the rules of WCAG 2.1 A and AA that a program can test (axe-core), in Swedish and in English, in light and in dark theme. No breach is allowed.",
            ),
            (
                "De öppnas också 390 punkter breda, där inget får rulla i sidled, och med skript avstängda.",
                "They are opened 390 pixels wide too, where nothing may scroll sideways, and with scripts turned off.",
            ),
        ),
    ),
    (
        ("Kända brister", "Known gaps"),
        (
            (
                "Ingen användare av skärmläsare eller andra hjälpmedel har prövat sidorna ännu; ett program hittar bara en del av alla hinder.",
                "No user of a screen reader or of other aids has tested the pages yet; a program finds a part of all barriers only.",
            ),
            (
                "Bilden av ett nätverk är en rityta som tangentbordet inte når in i. Samma noder och kanter står i tabellerna under den.",
                "The picture of a network is a canvas that a keyboard does not reach into. The same nodes and edges stand in the tables below it.",
            ),
            (
                "Namn och texter ur källorna återges som de är skrivna, ibland på bara ett språk.",
                "Names and texts of the sources are given as they are written, sometimes in one language only.",
            ),
        ),
    ),
)
PRIVACY: Final[tuple[Part, ...]] = (
    (
        ("I grafen", "In the graph"),
        (
            (
                "Inga namn, telefonnummer eller adresser till människor läses in. Kontakt anges som en roll, till exempel en funktionsbrevlåda.",
                "No names, telephone numbers or addresses of people are loaded. Contact is given as a role, such as a mailbox of an office.",
            ),
            (
                "Rader i en källa som ser ut att gälla en människa, till exempel en enskild firma med personnummer, tas inte in, och det de säger skrivs inte heller ut i listan över avvisade rader.",
                "Rows of a source that seem to be of a person, such as a sole trader with a personal number, are not taken in, and what they say is not written to the list of refused rows either.",
            ),
        ),
    ),
    (
        ("Om den som läser", "Of who reads"),
        (
            (
                "En enda kaka sätts, och bara när ett språk väljs: den minns språket i ett år. Inget mäter eller följer läsare, och inga sidor hämtar något från andra servrar.",
                "One cookie is set, and only when a language is chosen: it remembers the language for a year. Nothing counts or follows readers, and no page fetches anything from other servers.",
            ),
            (
                "Servern kan föra en logg: tid, sida, svar och den första delen av avsändarens adress. Frågor, sökord och behov som skrivs in står inte i den.",
                "The server may keep a log: time, page, answer and the first part of the sender's address. Queries, search words and needs that are typed are not in it.",
            ),
            (
                "Sökord och behov står i sidans adress. De stannar i läsarens egen webbläsare och hos den som läsaren ger adressen till.",
                "Search words and needs stand in the page's address. They stay in the reader's own browser and with whoever the reader gives the address to.",
            ),
        ),
    ),
)
