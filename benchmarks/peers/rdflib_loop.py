"""The participation table by a plain loop over rdflib: what one writes first; run on a small file."""

import csv
import re
import sys
from decimal import Decimal
from pathlib import Path

from rdflib import RDF, XSD, Graph, Literal, Namespace
from rdflib.namespace import DCTERMS, SKOS

SAMSPEL = Namespace("https://w3id.org/samspel/ontology#")
THING = Namespace("https://w3id.org/samspel/id/")


def main(source: Path, target: Path) -> None:
    """Read the CSV file and write N-Triples."""
    graph = Graph()
    with source.open(newline="", encoding="utf-8") as rows:
        for row in csv.DictReader(rows, delimiter=";"):
            _row(graph, row)
    graph.serialize(target, format="nt", encoding="utf-8")


def _row(graph: Graph, row: dict[str, str]) -> None:
    project = THING[f"project/cordis.{row['projectID']}"]
    key = ".".join((row["projectID"], row["organisationID"], row["role"], row["order"]))
    part = THING[f"participation/cordis.{key}"]
    graph.add((project, RDF.type, SAMSPEL.Project))
    graph.add((project, DCTERMS.identifier, Literal(row["projectID"])))
    graph.add((project, SAMSPEL.hasParticipation, part))
    graph.add((part, RDF.type, SAMSPEL.Participation))
    role = re.sub("([A-Z])", r"-\1", row["role"]).lower()
    graph.add((part, SAMSPEL.inRole, THING[f"role/{role}"]))
    for term, column in ((SAMSPEL.euContribution, "ecContribution"), (SAMSPEL.totalBudget, "totalCost")):
        if row[column]:
            value = f"{Decimal(row[column].replace(',', '.')):f}"
            value = value.rstrip("0").rstrip(".") if "." in value else value
            amount = THING[f"amount/EUR-{value}"]
            graph.add((part, term, amount))
            graph.add((amount, RDF.type, SAMSPEL.MonetaryAmount))
            graph.add((amount, SAMSPEL.amount, Literal(value, datatype=XSD.decimal)))
            graph.add((amount, SAMSPEL.currency, Literal("EUR")))
    swedish = re.fullmatch(r"SE(\d{6})(\d{4})01", row["vatNumber"])
    key = f"orgnr-{swedish[1]}{swedish[2]}" if swedish else f"pic-{row['organisationID']}"
    who = THING[f"organisation/{key}"]
    graph.add((part, SAMSPEL.byOrganisation, who))
    graph.add((who, RDF.type, SAMSPEL.Organisation))
    graph.add((who, SKOS.altLabel, Literal(row["name"])))
    graph.add((who, DCTERMS.identifier, Literal(f"PIC {row['organisationID']}")))
    if row["vatNumber"]:
        graph.add((who, DCTERMS.identifier, Literal(f"VAT {row['vatNumber']}")))
    if swedish:
        graph.add((who, SAMSPEL.organisationNumber, Literal(f"{swedish[1]}-{swedish[2]}")))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
