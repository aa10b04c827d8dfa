"""The words of the pages on the vocabulary, in Swedish and English."""

from typing import Final

# ruff: noqa: E501 — one text, one line: they are read and changed as sentences

TERM_WORDS: Final[dict[str, tuple[str, str]]] = {
    "term_above": ("Slag av", "Kind of"),
    "term_alignments": ("Motsvarigheter", "Alignments"),
    "term_below": ("Har slagen", "Has the kinds"),
    "term_changes": ("Ändringar", "Changes"),
    "term_changes_none": ("Inga ändringar sedan {version}.", "No changes since {version}."),
    "term_concept": ("Begrepp", "Concept"),
    "term_count": ("I grafen", "In the graph"),
    "term_diagram": ("Översikt i bild", "The vocabulary in a picture"),
    "term_diagram_about": (
        "Klasserna i sex grupper. Raderna i en ruta är slag av klassen; en pil är en egenskap från en sak till en annan. Samma uppgifter står i tabellerna nedan.",
        "The classes in six groups. The lines in a box are kinds of the class; an arrow is a property from one thing to another. The same facts stand in the tables below.",
    ),
    "term_example_graph": ("Ur grafen", "From the graph"),
    "term_examples": ("Exempel", "Example"),
    "term_examples_more": ("Ännu ett exempel: {file}", "Another example: {file}"),
    "term_fields": ("Egenskaper", "Properties"),
    "term_fields_to": ("Leder hit", "Lead here"),
    "term_gone": (
        "Ordet {term} finns inte längre i ontologin. Vad som hände står under Ändringar på ontologins sida.",
        "The term {term} is no longer in the ontology. What happened stands under Changes on the ontology's page.",
    ),
    "term_group_actors": ("Aktörer", "Actors"),
    "term_group_evidence": ("Belägg", "Evidence"),
    "term_group_needs": ("Behov", "Needs"),
    "term_group_projects": ("Projekt och pengar", "Projects and money"),
    "term_group_strategy": ("Strategi och områden", "Strategy and areas"),
    "term_group_territory": ("Territorium", "Territory"),
    "term_instance": ("Till exempel", "For instance"),
    "term_invalid": ("Exempel som avvisas", "An example that is refused"),
    "term_invalid_by": ("Avvisas av formen {shape}:", "Refused by the shape {shape}:"),
    "term_inverse": ("Namn på motsatt riktning", "Name of the inverse"),
    "term_iri": ("Permanent adress", "Permanent address"),
    "term_kind": ("Art", "Type"),
    "term_message": ("Vad som krävs", "What is required"),
    "term_prefix": ("Prefix", "Prefix"),
    "term_queries": ("Frågor som använder ordet", "Queries that use the term"),
    "term_schemes": ("Begreppsordningar", "Concept schemes"),
    "term_severity": ("Tyngd", "Severity"),
    "term_severity_violation": ("fel", "violation"),
    "term_severity_warning": ("varning", "warning"),
    "term_shape": ("Form", "Shape"),
    "term_shapes": ("Krav på data", "Constraints on the data"),
    "term_since": ("Sedan version", "Since version"),
    "term_things": ("{n} saker", "{n} things"),
    "term_uses": ("{n} uppgifter", "{n} facts"),
    "term_version": ("Version", "Version"),
}
