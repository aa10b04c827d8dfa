"""The shapes on what outside registers give: names in either language, shared amounts, kinds of money."""

import pytest

from graph.validate import validate
from ontology import names as n

ID = n.BASE + "id/"
PROJECT, GRANT, PART = f"<{ID}project/cordis.1>", f"<{ID}grant/cordis.1>", f"<{ID}participation/cordis.1.a.b>"
WHO, SUM, LAND = f"<{ID}organisation/pic-1>", f"<{ID}amount/EUR-103437.5>", f"<{ID}nuts/SE>"
FIELD = f"<{ID}euroscivoc/225>"
DECIMAL, DATE = f"^^<{n.XSD}decimal>", f"^^<{n.XSD}date>"
WHOLE = {
    PROJECT: {
        n.type_: [f"<{n.Project}>"],
        n.prefLabel: ['"A project"@en'],
        n.identifier: ['"101117736"'],
        n.coversTerritory: [LAND],
        n.topic: [FIELD],
        n.startDate: [f'"2024-09-01"{DATE}'],
        n.endDate: [f'"2024-09-01"{DATE}'],
        n.totalBudget: [SUM],
        n.euContribution: [SUM],
        n.fundedBy: [GRANT],
        n.hasParticipation: [PART],
    },
    GRANT: {
        n.type_: [f"<{n.Grant}>"],
        n.prefLabel: ['"A grant"@en'],
        n.underScheme: [f"<{ID}programme/p>"],
        n.schemaAmount: [SUM],
    },
    f"<{ID}programme/p>": {n.type_: [f"<{n.Programme}>"], n.prefLabel: ['"Programme"@en']},
    SUM: {n.type_: [f"<{n.MonetaryAmount}>"], n.amount: [f'"103437.5"{DECIMAL}'], n.currency: ['"EUR"']},
    PART: {
        n.type_: [f"<{n.Participation}>"],
        n.byOrganisation: [WHO],
        n.inRole: [f"<{ID}role/coordinator>"],
        n.totalBudget: [SUM],
        n.euContribution: [SUM],
    },
    WHO: {
        n.type_: [f"<{n.Organisation}>"],
        n.prefLabel: ['"Linköpings universitet"@sv'],
        n.altLabel: ['"LINKOPINGS UNIVERSITET"'],
        n.identifier: ['"PIC 999852236"', '"VAT SE202100309601"', '"ROR 05ynxx418"', '"GRID grid.5640.7"'],
        n.organisationNumber: ['"202100-3096"'],
        n.actorKind: [f"<{ID}actor-kind/education-establishment>"],
    },
    LAND: {
        n.type_: [f"<{n.Territory}>", f"<{n.StatisticalRegion}>"],
        n.prefLabel: ['"Sverige"@sv'],
        n.nutsCode: ['"SE"'],
    },
    FIELD: {n.type_: [f"<{n.Concept}>"], n.prefLabel: ['"oncology"@en']},
}


def lines(thing: str = "", predicate: str = "", values: list[str] | None = None) -> list[str]:
    """The whole, with other values of one property of one thing."""
    said = {key: dict(facts) for key, facts in WHOLE.items()}
    if values is not None:
        said[thing][predicate] = values
    return [f"{s} <{p}> {o} ." for s, facts in said.items() for p, objects in facts.items() for o in objects]


def test_what_registers_give_meets_the_shapes() -> None:
    assert validate(lines()).findings == ()


@pytest.mark.parametrize(
    ("thing", "predicate", "values", "shape", "severity"),
    [
        pytest.param(PROJECT, n.prefLabel, [], "Name", "Violation", id="no-name"),
        pytest.param(PROJECT, n.prefLabel, ['"Projekt"@fi'], "Name", "Violation", id="finnish-only"),
        pytest.param(WHO, n.prefLabel, ['"A"@en', '"B"@en'], "Name", "Violation", id="two-in-english"),
        pytest.param(LAND, n.prefLabel, ['"Sweden"@en'], "SwedishName", "Violation", id="curated-in-english"),
        pytest.param(PROJECT, n.endDate, [f'"2023-01-01"{DATE}'], "Project", "Violation", id="ends-first"),
        pytest.param(PROJECT, n.topic, [WHO], "Project", "Warning", id="subject-no-concept"),
        pytest.param(PROJECT, n.identifier, ['""'], "Project", "Violation", id="empty-identifier"),
        pytest.param(PROJECT, n.coversTerritory, [WHO], "Project", "Violation", id="covers-organisation"),
        pytest.param(WHO, n.identifier, ['"999852236"'], "Organisation", "Violation", id="no-register"),
        pytest.param(WHO, n.identifier, ['"PIC "'], "Organisation", "Violation", id="no-number"),
        pytest.param(
            WHO, n.organisationNumber, ['"202100-3096"', '"232100-0040"'], "OrganisationNumber", "Violation",
            id="two-numbers",
        ),
        pytest.param(GRANT, n.schemaAmount, [LAND], "Grant", "Violation", id="granted-a-country"),
        pytest.param(PART, n.totalBudget, [LAND], "Participation", "Violation", id="costs-a-country"),
        pytest.param(PART, n.euContribution, ['"5"'], "Participation", "Violation", id="share-in-text"),
        pytest.param(SUM, n.amount, [f'"-1"{DECIMAL}'], "MonetaryAmount", "Violation", id="negative"),
        pytest.param(SUM, n.currency, ['"eur"'], "MonetaryAmount", "Violation", id="small-letters"),
        pytest.param(SUM, n.currency, ['"EUR"', '"SEK"'], "MonetaryAmount", "Violation", id="two-currencies"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_found_by_its_shape(
    thing: str, predicate: str, values: list[str], shape: str, severity: str
) -> None:
    findings = validate(lines(thing, predicate, values)).findings
    assert {(found.shape, found.focus, found.severity) for found in findings} == {
        (f"{n.BASE}shapes#{shape}", thing[1:-1], severity)
    }
