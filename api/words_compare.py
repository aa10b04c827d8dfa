"""Interface words of the comparison of regions, in Swedish and English."""

from typing import Final

# ruff: noqa: E501 — one text, one line: they are read and changed as sentences

COMPARE_WORDS: Final[dict[str, tuple[str, str]]] = {
    "compare": ("Jämför", "Compare"),
    "compare_title": ("Jämför regioner", "Compare regions"),
    "compare_about": (
        "Två till fem län sida vid sida: prioriteringar, projekt, pengar, nätverk, vad de delar och vad de kan ge varandra. Det som inte går att säga sägs med skäl.",
        "Two to five counties side by side: priorities, projects, money, networks, what they share and what they could give each other. What cannot be told is told with the reason.",
    ),
    "compare_choose": ("Välj två till fem län", "Choose two to five counties"),
    "compare_wider": (
        "Räkna även områden som landsdelen runt länet har pekat ut",
        "Count areas that the region around the county has declared too",
    ),
    "compare_go": ("Jämför länen", "Compare the counties"),
    "compare_permalink": ("Länk till jämförelsen", "Link to this comparison"),
    "compare_too_few": (
        "Bara ett län är valt, {name}. Välj minst två och högst fem.",
        "Only one county is chosen, {name}. Choose at least two and at most five.",
    ),
    "compare_too_many": (
        "{n} län är valda. Välj minst två och högst fem.",
        "{n} counties are chosen. Choose at least two and at most five.",
    ),
    "compare_unknown": (
        "Inget län har SCB-koden {found}; koderna går från 01 till 25, så som 05 för Östergötland. Välj bland länen nedan.",
        "No county has the SCB code {found}; codes are 01 to 25, such as 05 for Östergötland. Choose among the counties below.",
    ),
    "compare_wrong_wider": (
        "Parametern 'wider' är {found}; den ska vara yes eller no.",
        "Parameter 'wider' is {found}; expected yes or no.",
    ),
    "compare_refused": ("Går inte att räkna ut.", "Cannot be computed."),
    "compare_what": ("Vad", "What"),
    "compare_pair": ("Län", "Counties"),
    "compare_glance": ("I korthet", "At a glance"),
    "compare_glance_caption": (
        "Antal områden, aktörer och projekt i grafen",
        "Number of areas, actors and projects in the graph",
    ),
    "compare_zero": (
        "0 betyder att grafen inte har något, inte att länet saknar det.",
        "0 means that the graph has none, not that the county has none.",
    ),
    "compare_priorities": ("Prioriteringar", "Priorities"),
    "compare_priorities_caption": (
        "Utpekade områden av alla slag; ersatta är inte med",
        "Declared areas of any kind; replaced ones are left out",
    ),
    "compare_no_own": (
        "Grafen har inget eget område för länet.",
        "The graph has no own area of the county.",
    ),
    "compare_no_shared": (
        "Grafen har inget område för landsdelen.",
        "The graph has no area of the region around it.",
    ),
    "compare_concepts": ("Gemensamma begrepp", "Shared concepts"),
    "compare_concepts_caption": (
        "Begrepp som minst två av länen har områden mappade till, med antalet områden",
        "Concepts that at least two of the counties have areas mapped to, with the number of areas",
    ),
    "compare_no_concepts": (
        "Inget begrepp delas av två av länen i {vocabularies}.",
        "No concept is shared by two of the counties in {vocabularies}.",
    ),
    "compare_mapped": ("Mappade begrepp, {vocabulary}", "Mapped concepts, {vocabulary}"),
    "compare_overlap": ("Överlapp mellan prioriteringar", "Overlap of priorities"),
    "compare_overlap_caption": (
        "Gemensamma begrepp av alla som något av de två länen har (Jaccard; 1 är lika)",
        "Concepts in common of all that either county has (Jaccard; 1 is alike)",
    ),
    "compare_of": ("{common} av {all} begrepp", "{common} of {all} concepts"),
    "compare_nothing_mapped": (
        "Inget värde: {names} har inget mappat område här.",
        "No value: {names} has no mapped area here.",
    ),
    "compare_overlap_note": (
        "Överlappet är mappningens lika mycket som strategiernas: vida begrepp överlappar mer. Några få begrepp ger grova tal; läs dem med antalet.",
        "The overlap is of the mapping as much as of the strategies: wide concepts overlap more. A few concepts give coarse numbers; read them with the count.",
    ),
    "compare_complement": ("Vad länen kan ge varandra", "What the counties could give each other"),
    "compare_complement_caption": (
        "Täthet av släktskap som det första länet tillför det andra, i procent; området som vinner mest; skillnad i profil",
        "Relatedness density that the first county adds to the second, in per cent; the area that gains most; difference of profile",
    ),
    "compare_way": ("{one} → {other}", "{one} → {other}"),
    "compare_best": ("mest: {area}", "most: {area}"),
    "compare_difference": ("skillnad {value}", "difference {value}"),
    "compare_no_way": (
        "Inget värde: {name} har inget som räknas som närvaro här, eller saknar inget.",
        "No value: {name} has nothing that counts as present here, or lacks nothing.",
    ),
    "compare_rests": (
        "{matrix}: {regions} län, {areas} områden, {cells} celler, {projects} projekt.",
        "{matrix}: {regions} counties, {areas} areas, {cells} cells, {projects} projects.",
    ),
    "compare_rests_declared": (
        "{matrix}: {regions} län, {areas} begrepp, {cells} celler, {projects} utpekade områden.",
        "{matrix}: {regions} counties, {areas} concepts, {cells} cells, {projects} declared areas.",
    ),
    "compare_money": ("Projekt och pengar", "Projects and money"),
    "compare_money_caption": ("Beviljat i {currency}", "Granted in {currency}"),
    "compare_with_projects": ("Projekt", "Projects"),
    "compare_priced": ("varav med känt belopp", "of which with a known amount"),
    "compare_unpriced": ("varav utan belopp", "of which without an amount"),
    "compare_total": ("Summa {currency}", "Total {currency}"),
    "compare_range": ("Minst – högst", "At least – at most"),
    "compare_n_projects": ("{n} projekt", "{n} projects"),
    "compare_no_fund": ("fond anges inte", "fund not stated"),
    "compare_no_money_one": (
        "Grafen har inget projektbelopp för {name}: {n} projekt, inget med belopp.",
        "The graph has no project money for {name}: {n} projects, none with an amount.",
    ),
    "compare_money_note": (
        "Valutor läggs aldrig ihop. Ett belopp som gäller flera län delas lika; minst är det som säkert gäller länet ensamt, högst är alla belopp hela. Län där bara en finansiär finns är inte med här. År är det då projektet börjar.",
        "Currencies are never added. An amount of several counties is parted equally; at least is what is surely of the county alone, at most is all amounts whole. Counties that have only a financier are left out here. The year is that in which the project begins.",
    ),
    "compare_networks": ("Nätverk", "Networks"),
    "compare_networks_caption": ("Vad länen delar två och två", "What each two counties share"),
    "compare_shared_all": ("Gemensamt", "Shared"),
    "compare_nothing_shared": (
        "Länen delar inget projekt och inget område i grafen.",
        "The counties share no project and no area in the graph.",
    ),
    "compare_partners": (
        "Samarbetspartner inom länet: medel per organisation",
        "Partners within the county: mean per organisation",
    ),
    "compare_mean": ("Medel", "Mean"),
    "compare_interval": ("95 % intervall", "95 % interval"),
    "compare_n": ("N", "N"),
    "compare_n_told": (
        "{nodes} organisationer, {events} projekt",
        "{nodes} organisations, {events} projects",
    ),
    "compare_drawn": (
        "Händelserna dras på nytt med återläggning, centrerat percentilintervall (Efron 1979); {runs} dragningar, frö {seed}; {engine}.",
        "Events are drawn again with replacement, centred percentile interval (Efron 1979); {runs} runs, seed {seed}; {engine}.",
    ),
    "compare_not_in_network": (
        "Ingen organisation i nätverket finns i länet.",
        "No organisation of the network is in the county.",
    ),
    "compare_rests_on": (
        "Data: version {version}, utgåva {generation} ({made}). Varifrån allt kommer:",
        "Data: version {version}, edition {generation} ({made}). Where everything comes from:",
    ),
    "compare_from": ("Fråga och data", "Query and data"),
    "compare_method": ("Så räknas det", "How it is counted"),
}
VOCABULARY_NAMES: Final = {  # of side_by_side.VOCABULARIES
    "euroscivoc": ("EuroSciVoc", "EuroSciVoc"),
    "nace2.1": ("NACE 2.1", "NACE 2.1"),
    "sdg": ("FN:s mål", "the SDGs"),
}
