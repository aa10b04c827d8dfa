"""What is counted from plain rows is what the queries of the same names count."""

import pytest

from graph.store import Store
from ontology.names import BASE, DCTERMS, RDF, SAMSPEL
from queries.answer import ask
from queries.catalogue import query
from queries.territories import Ties, ties

COUNTS = {
    "municipality-counts": Ties.municipality_counts,
    "without-place": Ties.without_place,
}
ODD = """
region a StatisticalRegion
one a County | one scbCode "01" | one within region
two a County | two scbCode "02"
nameless a County
town a Municipality | town scbCode "0101" | town within one
own a PriorityArea | own coversTerritory one
both a PriorityArea | both coversTerritory one | both coversTerritory region
old a PriorityArea | old coversTerritory one | old isReplacedBy own
lost a PriorityArea
here a Organisation | here locatedIn one | here governs one | here locatedIn town
gone a Organisation | gone locatedIn one | gone isReplacedBy here
nowhere a Organisation
thing locatedIn two
wide a Project | wide coversTerritory region
acted a Project | acted hasParticipation part | part byOrganisation here | acted coversTerritory two
past a Project | past hasParticipation role | role byOrganisation gone
adrift a Project | adrift hasParticipation void | void byOrganisation nowhere
replaced a Project | replaced isReplacedBy acted | replaced coversTerritory town
"""


def _odd() -> Store:
    """Return a store in which things are replaced, twice placed, without a code, or in no class."""
    lines = []
    for fact in ODD.replace("\n", "|").split("|"):
        if not fact.strip():
            continue
        thing, predicate, value = fact.split()
        if predicate == "a":
            property_, other = f"{RDF}type", f"<{SAMSPEL}{value}>"
        else:
            space = DCTERMS if predicate == "isReplacedBy" else SAMSPEL
            property_, other = space + predicate, value if value[0] == '"' else f"<{BASE}id/thing/{value}>"
        lines.append(f"<{BASE}id/thing/{thing}> <{property_}> {other}")
    made = Store.memory()
    made.replace(f"{BASE}graph/odd", sorted(lines))
    return made


@pytest.mark.parametrize("name", COUNTS)
@pytest.mark.parametrize("kind", ["odd", "built"])
def test_the_counts_are_those_of_the_query(store: Store, name: str, kind: str) -> None:
    asked = _odd() if kind == "odd" else store
    rows = [dict(row) for row in ask(asked, query(name)).rows.dicts()]
    assert rows and COUNTS[name](ties(asked)) == sorted(
        rows, key=lambda row: str(row.get("code") or row["class"])
    )
