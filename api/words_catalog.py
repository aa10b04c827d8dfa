"""The words of the catalogue, of the releases and their feed, and of the site of files, in Swedish and English."""

from typing import Final

# ruff: noqa: E501 — one text, one line: they are read and changed as sentences

CATALOG_WORDS: Final[dict[str, tuple[str, str]]] = {
    "catalog": ("Katalog", "Catalogue"),
    "catalog_about": (
        "Vad samspel publicerar, beskrivet enligt DCAT-AP-SE 3.0.1 så att dataportaler kan hämta det. Beskrivningen är CC0; varje källas data har källans egen licens.",
        "What samspel publishes, described by DCAT-AP-SE 3.0.1 so that data portals can harvest it. The description is CC0; the data of each source have that source's own licence.",
    ),
    "catalog_access": ("Åtkomst", "Access"),
    "catalog_api_about": (
        "Frågor, nätverk, mått, matchning och sökning som JSON över HTTP.",
        "Queries, networks, measures, matching and search as JSON over HTTP.",
    ),
    "catalog_contact": ("Kontakt", "Contact"),
    "catalog_contact_unset": (
        "ingen är angiven (SAMSPEL_CONTACT)",
        "none is set (SAMSPEL_CONTACT)",
    ),
    "catalog_contact_role": ("Öppna data, {publisher}", "Open data, {publisher}"),
    "catalog_datasets": ("Datamängder", "Datasets"),
    "catalog_description": (
        "Öppna, länkade data om regionala innovationssystem i Sverige: områden, aktörer, projekt, finansiering och behov, med belägg för varje uppgift.",
        "Open linked data on regional innovation ecosystems in Sweden: areas, actors, projects, funding and needs, with evidence for every fact.",
    ),
    "catalog_frequency": ("Ges ut", "Published"),
    "catalog_irregular": ("oregelbundet, när data har ändrats", "irregularly, when the data have changed"),
    "catalog_listed": (
        "Uppgiften skos:inScheme om EU:s lista över organisationer står här därför att DCAT-AP:s form för kodlistor kräver den av varje utgivare. Den säger inte att utgivaren står på listan.",
        "The statement skos:inScheme on the EU list of corporate bodies stands here because DCAT-AP's shape for code lists requires it of every publisher. It does not say that the publisher is on that list.",
    ),
    "catalog_live": ("samspel – grafen i tjänst", "samspel – the graph in service"),
    "catalog_live_about": (
        "Hela grafen som den är just nu, att fråga med SPARQL.",
        "The whole graph as it is now, to be asked with SPARQL.",
    ),
    "catalog_mixed": ("Varje källas egen licens", "Each source's own licence"),
    "catalog_none": ("Ännu har ingen utgåva gjorts.", "No release has been made yet."),
    "catalog_period": ("Tid", "Period"),
    "catalog_provenance": (
        "Inläst av samspel ur {address} ({publisher}), granskat {day}.",
        "Read by samspel from {address} ({publisher}), reviewed {day}.",
    ),
    "catalog_provenance_whole": (
        "Sammanställt av samspel ur de källor som katalogen beskriver.",
        "Put together by samspel from the sources that the catalogue describes.",
    ),
    "catalog_release": ("samspel, utgåva {version}", "samspel, release {version}"),
    "catalog_release_about": (
        "Hela grafen som den var i utgåva {version}: {triples} tripplar ur {sources} källor.",
        "The whole graph as it was in release {version}: {triples} triples from {sources} sources.",
    ),
    "catalog_series": ("samspels utgåvor", "The releases of samspel"),
    "catalog_series_about": (
        "Daterade utgåvor av hela grafen. En utgåva ändras aldrig; en ny görs när data har ändrats.",
        "Dated releases of the whole graph. A release never changes; a new one is made when the data have changed.",
    ),
    "catalog_services": ("Tjänster", "Services"),
    "catalog_source_about": (
        "Källan {name} som samspel har läst den, i samspels ordförråd. Utgivare av källan: {publisher}.",
        "The source {name} as samspel has read it, in the vocabulary of samspel. Publisher of the source: {publisher}.",
    ),
    "catalog_sparql_about": (
        "Fråga grafen med SPARQL 1.1; adressen beskriver sig själv.",
        "Ask the graph with SPARQL 1.1; the address describes itself.",
    ),
    "catalog_title": (
        "samspel: kunskapsgraf över regional innovation",
        "samspel: knowledge graph of regional innovation",
    ),
    "dumps": ("Utgåvor", "Releases"),
    "dumps_about": (
        "Varje utgåva är hela grafen en viss dag, som filer att hämta. Utgåvor ändras aldrig.",
        "Each release is the whole graph on a given day, as files to download. Releases never change.",
    ),
    "dumps_added": ("Nya", "Added"),
    "dumps_bytes": ("Storlek", "Size"),
    "dumps_changed": ("Ändrade", "Changed"),
    "dumps_changes": ("Ändringar sedan {version}", "Changes since {version}"),
    "dumps_changes_about": (
        "Antal saker per graf. Vilka de är står i {file}.",
        "Number of things in each graph. Which they are stands in {file}.",
    ),
    "dumps_checksums": ("Kontrollsummor", "Checksums"),
    "dumps_checksums_about": (
        "Pröva det hämtade med: sha256sum -c --ignore-missing SHA256SUMS",
        "Check what you have downloaded with: sha256sum -c --ignore-missing SHA256SUMS",
    ),
    "dumps_cite": ("Så hänvisar du", "How to cite"),
    "dumps_cite_text": (
        "{publisher}: samspel, utgåva {version}. {address}",
        "{publisher}: samspel, release {version}. {address}",
    ),
    "dumps_feed": ("Flöde (Atom)", "Feed (Atom)"),
    "dumps_files": ("Filer", "Files"),
    "dumps_first": ("Den första utgåvan.", "The first release."),
    "dumps_more": ("Övriga filer", "Other files"),
    "dumps_no_file": (
        "Det finns ingen fil {file} i en utgåva {version}.",
        "There is no file {file} of a release {version}.",
    ),
    "dumps_no_release": ("Det finns ingen utgåva {version}.", "There is no release {version}."),
    "dumps_newest": ("Senaste utgåvan", "The newest release"),
    "dumps_older": ("Tidigare utgåvor", "Earlier releases"),
    "dumps_part": ("Graf", "Graph"),
    "dumps_removed": ("Borttagna", "Removed"),
    "dumps_same": ("Oförändrade", "Unchanged"),
    "dumps_sentence": (
        "{triples} tripplar. Saker i hela grafen: {added} nya, {removed} borttagna, {changed} ändrade, {same} oförändrade.",
        "{triples} triples. Things in the whole graph: {added} added, {removed} removed, {changed} changed, {same} unchanged.",
    ),
    "dumps_sentence_first": (
        "{triples} tripplar. Den första utgåvan.",
        "{triples} triples. The first release.",
    ),
    "dumps_sentence_part": (
        "{part}: {added} nya, {removed} borttagna, {changed} ändrade.",
        "{part}: {added} added, {removed} removed, {changed} changed.",
    ),
    "dumps_whole": ("Hela grafen", "The whole graph"),
    "dumps_withdrawn": (
        "Saker som funnits i tidigare utgåvor men inte finns i denna: {n}",
        "Things that earlier releases held and this one does not: {n}",
    ),
    "feed_title": ("samspel: nya utgåvor", "samspel: new releases"),
    "static_form": (
        "Det här formuläret behöver en server. Kör samspel själv ({command}) eller gå till {address}.",
        "This form needs a server. Run samspel yourself ({command}) or go to {address}.",
    ),
    "static_form_here": (
        "Det här formuläret behöver en server. Kör samspel själv: {command}",
        "This form needs a server. Run samspel yourself: {command}",
    ),
    "offline": ("Behöver en server", "Needs a server"),
    "offline_about": (
        "De här sidorna är filer. Sökning, egna SPARQL-frågor, frågor med egna värden och matchning av fritext räknas ut av en server och finns inte här. Svaren på frågorna i katalogen finns som sidor och filer.",
        "These pages are files. Search, SPARQL queries of your own, queries with values of your own and matching of free text are worked out by a server and are not here. The answers to the catalogued queries are here, as pages and files.",
    ),
    "offline_run": (
        "Kör en egen server på datorn:",
        "Run a server of your own on this computer:",
    ),
}
