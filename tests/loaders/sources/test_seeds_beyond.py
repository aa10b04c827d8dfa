"""What further pages add to the five documents: flagged as pages, and kept beside what the seeds say."""

import pytest

Statements = list[dict[str, str]]
Triples = set[tuple[str, str, str]]
ECS, S3 = "project/east-central-sweden", "project/s3-plattform-smaland-oarna"
CAMPUS, COORDINATORS = "campusljungby-25-miljoner", "linkopingsciencepark-smart-specialization"
CONNECTED, IMAGES = "uppkopplade-produkter-och-system", "visualisering-simulering-och-bildanalys"

NAMES = {
    ("ostergotland-avancerade-material", "eastsweden-styrkeomraden"): "Avancerade material",
    ("ostergotland-effektiv-logistik", "eastsweden-styrkeomraden"): "Effektiv logistik",
    ("ostergotland-miljonytta-som-affar", "eastsweden-styrkeomraden"): "Miljönytta som affär",
    (
        f"ostergotland-{CONNECTED}",
        "eastsweden-styrkeomraden",
    ): "Smarta, säkra och robusta uppkopplade produkter och system",
    (f"ostergotland-{IMAGES}", "eastsweden-styrkeomraden"): "Visualisering, simulering och bildanalys",
    (
        "ostergotland-affarsmodeller-och-arenor-2014",
        "eastsweden-regionens-styrkeomraden",
    ): "Affärsmodeller och arenor för hållbara systemlösningar",
    (
        f"ostergotland-{CONNECTED}-2014",
        "eastsweden-regionens-styrkeomraden",
    ): "Smarta, robusta och säkra uppkopplade produkter och system",
    (
        "ostergotland-simulering-och-visualisering-2014",
        "eastsweden-regionens-styrkeomraden",
    ): "Simulering och visualisering",
    (
        "oms-life-science-valfardsteknik-och-e-halsa-2023",
        "regionvastmanland-oms",
    ): "Life science, välfärdsteknik och e-hälsa",
    ("vastmanland-automation", "regionvastmanland-affarsplan"): "Automation",
    ("vastmanland-energi", "regionvastmanland-affarsplan"): "Energi",
    ("vastmanland-jarnvag", "regionvastmanland-affarsplan"): "Järnväg",
    ("vastmanland-valfard-och-halsa", "regionvastmanland-affarsplan"): "Välfärd och hälsa",
    ("jonkoping-tjanstedesign", "tillvaxtverket-region-for-region"): "Tjänstedesign",
    ("gotland-besoksnaring", "tillvaxtverket-region-for-region"): "Besöksnäring",
    ("kalmar-bioinnovation", "tillvaxtverket-region-for-region"): "Bioinnovation",
    ("kronoberg-hallbart-boende", "tillvaxtverket-region-for-region"): "Hållbart boende",
    (
        "kronoberg-konkurrenskraftig-produktion",
        "tillvaxtverket-region-for-region",
    ): "Konkurrenskraftig produktion",
}

FACTS = [
    (f"area/ostergotland-{IMAGES}", "altLabel", "Visualisering och simulering", "regionostergotland-older"),
    (
        f"area/ostergotland-{CONNECTED}",
        "altLabel",
        "Uppkopplade system och produkter",
        "regionostergotland-older",
    ),
    (f"area/ostergotland-{CONNECTED}", "ledBy", "organisation/linkopings-science-park", COORDINATORS),
    (f"area/ostergotland-{IMAGES}", "ledBy", "organisation/norrkopings-science-park", COORDINATORS),
    ("area/ostergotland-avancerade-material", "ledBy", "organisation/sankt-kors-fastighets", COORDINATORS),
    (
        "area/ostergotland-effektiv-logistik",
        "ledBy",
        "organisation/norrkopings-kommun",
        "regionostergotland-effektiv-logistik",
    ),
    ("strategy/oms-fardplaner-2023", "validFrom", "2023", "regionvastmanland-oms"),
    ("strategy/oms-fardplaner-2023", "validUntil", "2027", "regionvastmanland-oms"),
    ("strategy/oms-fardplaner-2023", "addresses", "area/oms-smart-industri-2023", "regionvastmanland-oms"),
    ("area/oms-smart-industri-2023", "altLabel", "smart industri", "utvecklasormland-2022"),
    (ECS, "altLabel", "ECS3", "utvecklasormland-2023"),
    (ECS, "statedTime", "avslutas hösten 2023", "utvecklasormland-2023"),
    (S3, "totalBudget", "amount/s3-plattform-total", CAMPUS),
    ("amount/s3-plattform-total", "amount", "25000000", CAMPUS),
    (S3, "euContribution", "amount/s3-plattform-eruf", CAMPUS),
    ("amount/s3-plattform-eruf", "amount", "10000000", CAMPUS),
    (S3, "euContribution", "amount/s3-plattform-eruf", "gotland-2024"),
    (S3, "altLabel", "S3-plattform i Sydost", CAMPUS),
    ("organisation/region-kalmar-lan", "legalName", "Region Kalmar län", CAMPUS),
    (
        "organisation/gotlands-forenade-besoksnaring",
        "altLabel",
        "Föreningen Gotlands Förenade Besöksnäring",
        "gotlandsbesoksnaring-s3",
    ),
    (
        "organisation/iuc-i-kalmar-lan",
        "altLabel",
        "Industriellt Utvecklingscentrum i Kalmar län AB",
        CAMPUS,
    ),
    ("organisation/trakompetenscentrum-nassjo", "legalName", "Träcentrum Nässjö Kompetensutveckling", CAMPUS),
    ("project/oms", "seeAlso", "https://linkedopendata.eu/entity/Q3990657", "kohesio-q3990657"),
]

CONFLICTS = {
    ("post/ostergotland-strateg-innovation", "unitName"): {"000", "001"},
    ("organisation/region-kalmar-lan", "legalName"): {"004", CAMPUS},
    ("organisation/trakompetenscentrum-nassjo", "legalName"): {"004", CAMPUS},
    (S3, "totalBudget"): {"004", CAMPUS},
}


def _is_page(document: str, triples: Triples) -> bool:
    levels = {v for s, p, v in triples if (s, p) == (f"document/{document}", "evidenceLevel")}
    return levels == {"evidence-level/page"}


@pytest.mark.parametrize(("area", "page"), NAMES)
def test_an_area_named_by_a_page_stands_with_the_level_of_a_page(
    area: str, page: str, all_statements: Statements, all_triples: Triples
) -> None:
    assert (f"area/{area}", "prefLabel", NAMES[area, page]) in all_triples
    places = {
        s["fromDocument"]
        for s in all_statements
        if (s["subject"], s["predicate"]) == (f"area/{area}", "coversTerritory")
    }
    assert page in places
    assert all(_is_page(place, all_triples) for place in places)


@pytest.mark.parametrize(
    ("subject", "predicate", "value", "page"),
    FACTS,
    ids=[f"{s.rpartition('/')[2]}-{p}-{d}" for s, p, _, d in FACTS],
)
def test_what_a_page_adds_stands_with_the_level_of_a_page(
    subject: str, predicate: str, value: str, page: str, all_statements: Statements, all_triples: Triples
) -> None:
    said = [
        s
        for s in all_statements
        if (s["subject"], s["predicate"], s["object"]) == (subject, predicate, value)
    ]
    assert page in {s["fromDocument"] for s in said}
    assert _is_page(page, all_triples)


def test_the_coordinators_of_three_areas_are_the_collaboration_parties_of_skiss(all_triples: Triples) -> None:
    leads = {v for s, p, v in all_triples if p == "ledBy" and s.startswith("area/ostergotland-")}
    parties = {v for s, p, v in all_triples if p == "byOrganisation" and s.endswith(".collaboration-party")}
    assert leads - parties == {"organisation/norrkopings-kommun"}
    assert parties < leads


@pytest.mark.parametrize(("subject", "predicate"), CONFLICTS)
def test_where_sources_disagree_both_values_stay(
    subject: str, predicate: str, all_statements: Statements
) -> None:
    said = [s for s in all_statements if (s["subject"], s["predicate"]) == (subject, predicate)]
    assert {s["fromDocument"] for s in said} == CONFLICTS[subject, predicate]
    assert len({s["object"] for s in said}) == 2


def test_one_page_leaves_one_region_out_and_the_seed_keeps_it(all_statements: Statements) -> None:
    def partners(document: str) -> set[str]:
        said = {s["object"] for s in all_statements if (s["subject"], s["fromDocument"]) == (S3, document)}
        return {part.split(".")[1] for part in said if part.endswith(".partner") and ".region-" in part}

    assert partners("004") - partners("gotlandsbesoksnaring-s3") == {"region-kalmar-lan"}
    assert len(partners("gotlandsbesoksnaring-s3")) == 3


def test_what_no_page_tells_is_not_made_up(all_triples: Triples) -> None:
    assert not [
        v for s, p, v in all_triples if s == "area/ostergotland-miljonytta-som-affar" and p == "ledBy"
    ]
    assert not [
        s for s, p, v in all_triples if p == "coversTerritory" and v == "county/03" and s.startswith("area/")
    ]
