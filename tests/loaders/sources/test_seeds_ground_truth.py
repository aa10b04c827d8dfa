"""What the five documents must give: every row of field.md's table.

A row is a list of `subject predicate document value`; a document `-` asks for the plain triple alone.
"""

import re
from pathlib import Path

import pytest

Statements = list[dict[str, str]]
Triples = set[tuple[str, str, str]]
SKISS, OMS, ECS, S3 = (
    "project/skiss",
    "project/oms",
    "project/east-central-sweden",
    "project/s3-plattform-smaland-oarna",
)
FIVE = {"ostergotland": "05", "vastmanland": "19", "sormland": "04", "orebro-lan": "18", "uppsala": "03"}
FOUR = {"kalmar-lan": "08", "kronoberg": "07", "jonkopings-lan": "06", "gotland": "09"}
STRATEGIES = "strategier för smart specialisering"
LONG_NAME = "SKISS - Strukturbyggande och kapacitetshöjande inom smart specialisering"
CHALLENGES = {
    "hallbar-livsmedelsforsorjning": "Hållbar livsmedelsförsörjning",
    "valfardsteknik-och-e-halsa": "Välfärdsteknik och e-hälsa",
    "morgondagens-energilosningar": "Morgondagens energilösningar",
    "smart-industri": "Smart industri",
}
ENVIRONMENTS = (
    "university",
    "incubator",
    "science-park",
    "research-institute",
    "cluster",
    "funding-platform",
)


def _part(project: str, organisation: str, role: str, document: str) -> str:
    key = f"{project.removeprefix('project/')}.{organisation}.{role}"
    return f"{project} hasParticipation {document} participation/{key}"


def _strength(key: str, name: str) -> list[str]:
    area = f"area/sormland-{key}"
    return [
        f"{area} prefLabel 002 {name}",
        f"{area} type - StrengthArea",
        f"{area} inScheme 002 area-set/sormland",
        f"{area} coversTerritory 002 county/04",
        f"strategy/sormland-smart-specialisering prioritises 002 {area}",
        f"{area} ledBy 002 ?not-stated",
    ]


def _knowledge(key: str, name: str, lead: str, lead_name: str) -> list[str]:
    area = f"area/smaland-oarna-{key}"
    return [
        f"{area} prefLabel 004 {name}",
        f"{area} type - KnowledgeArea",
        f"{area} inScheme 004 area-set/smaland-oarna",
        f"{area} coversTerritory 004 nuts/SE21",
        f"{S3} covers 004 {area}",
        f"{area} ledBy 004 organisation/{lead}",
        f"organisation/{lead} prefLabel 004 {lead_name}",
        _part(S3, lead, "partner", "004"),
    ]


GROUND_TRUTH: dict[str, list[str]] = {
    "R1": [
        "organisation/region-ostergotland prefLabel 000 Region Östergötland",
        _part(SKISS, "region-ostergotland", "owner", "000"),
        _part(SKISS, "region-ostergotland", "financier", "000"),
        "document/000 publisher - organisation/region-ostergotland",
        "document/001 publisher - organisation/region-ostergotland",
    ],
    "R2": [
        "organisation/region-vastmanland prefLabel 003 Region Västmanland",
        "document/003 publisher - organisation/region-vastmanland",
    ],
    "R3-R5": [
        "organisation/region-sormland prefLabel 003 Region Sörmland",
        "organisation/region-orebro-lan prefLabel 003 Region Örebro län",
        "organisation/region-uppsala prefLabel 003 Region Uppsala",
        "strategy/sormland-smart-specialisering decidedBy 002 organisation/region-sormland",
    ],
    "R6": [
        "organisation/region-kalmar-lan legalName 004 Region Kalmar",
        "organisation/region-kalmar-lan legalName campusljungby-25-miljoner Region Kalmar län",
    ],
    "R7, R8, R9": [
        "organisation/region-kronoberg prefLabel 004 Region Kronoberg",
        "organisation/region-jonkopings-lan prefLabel 004 Region Jönköpings län",
        "organisation/region-gotland prefLabel 004 Region Gotland",
    ],
    "T1": [
        "nuts/SE12 type 002 ProgrammeArea",
        "nuts/SE12 prefLabel 003 Östra Mellansverige",
        "nuts/SE12 altLabel 000 Östra Mellansverige (ÖMS)",
        "nuts/SE12 altLabel 002 Östra Mellansverige(ÖMS)",
        "nuts/SE12 altLabel 000 ÖMS",
        "nuts/SE12 altLabel 002 ÖMS-regionen",
        "nuts/SE12 altLabel 003 East Central Sweden",
    ],
    "T2": ["nuts/SE21 type 004 ProgrammeArea", "nuts/SE21 altLabel 004 Småland och Öarna"],
    "T3": [f"county/{code} within 002 nuts/SE12" for code in FIVE.values()],
    "T4": [f"county/{code} within 004 nuts/SE21" for code in FOUR.values()],
    "T5": [
        "group/foretag-linkoping-norrkoping prefLabel 001 Företagen i Linköping och Norrköping",
        "group/foretag-linkoping-norrkoping coversTerritory 001 municipality/0580",
        "group/foretag-linkoping-norrkoping coversTerritory 001 municipality/0581",
    ],
    "M1": [
        "group/ostergotlands-kommuner prefLabel 001 Kommunerna i Östergötland",
        "group/ostergotlands-kommuner coversTerritory 001 county/05",
    ],
    "S0": [
        "area-set/ostergotland coversTerritory 001 county/05",
        "area-set/ostergotland statedSize 001 5",
        "area-set/ostergotland hasTopConcept 001 ?not-named",
    ],
    "S1": _strength("avancerad-tillverkning", "Avancerad tillverkning för krävande miljöer"),
    "S2": _strength(
        "biobaserade-naringar", "Biobaserade näringar - hållbar produktion och effektiv distribution"
    ),
    "S3": _strength("verksamhetsnara-digitala-tjanster", "Verksamhetsnära digitala tjänster"),
    "C1-C4": [
        fact
        for key, name in CHALLENGES.items()
        for fact in (
            f"area/oms-{key} prefLabel 003 {name}",
            f"area/oms-{key} type - ChallengeArea",
            f"area/oms-{key} inScheme 003 area-set/oms",
            f"area/oms-{key} coversTerritory 003 nuts/SE12",
            f"{ECS} addresses 003 area/oms-{key}",
        )
    ],
    "C0": [f"{ECS} references 003 concept/{key}" for key in ("miljo", "energi", "klimat", "demografi")],
    "CR": [
        "area-set/ostergotland contributesTo 000 area-set/oms",
        "area-set/oms-lanens-styrkor contributesTo 003 area-set/oms",
    ],
    "K1": _knowledge(
        "tra-och-skog", "Trä och skog", "trakompetenscentrum-nassjo", "Träcentrum Nässjö Kompetenscentrum AB"
    ),
    "K2": _knowledge("livsmedel", "Livsmedel", "iuc-i-kalmar-lan", "IUC i Kalmar Län AB"),
    "K3": _knowledge(
        "besoksnaring", "Besöksnäring", "gotlands-forenade-besoksnaring", "Gotlands Förenade Besöksnäring"
    ),
    "K4": [
        *_knowledge(
            "industriell-utveckling", "Industriell utveckling", "campus-ljungby", "Campus Ljungby AB"
        ),
        "organisation/campus-ljungby responsibleFor 004 area/smaland-oarna-industriell-utveckling",
    ],
    "K5": _knowledge(
        "digital-tjansteutveckling",
        "Digital tjänsteutveckling",
        "science-park-jonkoping",
        "Science Park Jönköping AB",
    ),
    "P1": [
        f"{SKISS} prefLabel 000 {LONG_NAME}",
        f"{SKISS} altLabel 001 SKISS",
        *(f"{SKISS} hasGoal 000 goal/skiss-{number}" for number in range(1, 9)),
    ],
    "P2": [
        f"{OMS} prefLabel 002 ÖMS-projektet",
        *(_part(OMS, f"region-{key}", "partner", "002") for key in FIVE),
        *(f"{OMS} hasGoal 002 goal/oms-{number}" for number in range(1, 13)),
    ],
    "P3": [
        f"{ECS} prefLabel 003 East Central Sweden – den smarta innovativa regionen",
        *(_part(ECS, f"region-{key}", "partner", "003") for key in FIVE),
    ],
    "P4": [
        f"{S3} prefLabel 004 S3-plattform Småland och Öarna",
        f"{S3} description 004 låg innovationsgrad",
        *(_part(S3, f"region-{key}", "partner", "004") for key in FOUR),
    ],
    "A1": [
        "activity/kommunturnen isPartOf 001 project/skiss",
        "activity/kommunturnen statedTime 001 hösten (före 2023-01-25)",
    ],
    "A2, A3": [
        "activity/webbinarieserie-digitalisering relation 001 activity/kommunturnen",
        "activity/webbinarieserie-digitalisering isPartOf 001 ?not-stated",
        "activity/workshopar wasInformedBy 001 activity/kommunturnen",
        "activity/workshopar isPartOf 001 ?not-stated",
    ],
    "O1-O3": [
        _part(SKISS, key, "collaboration-party", "000")
        for key in ("linkopings-science-park", "norrkopings-science-park", "sankt-kors-fastighets")
    ],
    "O4": [
        _part(SKISS, "tillvaxtverket", "financier", "000"),
        _part(S3, "tillvaxtverket", "co-financier", "004"),
        "organisation/tillvaxtverket type - Agency",
    ],
    "O5": ["concept/smart-specialisering wasAttributedTo 004 organisation/eu-kommissionen"],
    "O6": [
        _part(S3, "s3-plattform-projektgrupp", "project-lead-group", "004"),
        *(f"organisation/s3-plattform-projektgrupp hasMember 004 organisation/region-{key}" for key in FOUR),
    ],
    "F1": [
        "fund/eruf prefLabel 000 Europeiska regionalfonden",
        "fund/eruf altLabel 001 europeiska regionalutvecklingsfonden",
        "fund/eruf altLabel 002 EU:s regionalfond",
        "fund/eruf altLabel 003 ?not-named",
        "fund/eruf altLabel 004 ERUF",
    ],
    "F2": [
        f"{SKISS} fundedBy 000 grant/skiss-eruf",
        f"{SKISS} fundedBy 001 grant/skiss-eruf",
        "grant/skiss-eruf underScheme 000 fund/eruf",
        f"{OMS} fundedBy 002 grant/oms-eruf",
        "grant/oms-eruf underScheme 002 fund/eruf",
        f"{ECS} fundedBy 003 grant/east-central-sweden-eu",
        "grant/east-central-sweden-eu underScheme 003 ?not-named",
        _part(ECS, "europeiska-unionen", "financier", "003"),
        *(_part(S3, f"region-{key}", "co-financier", "004") for key in FOUR),
        f"{S3} fundedBy 004 grant/s3-plattform-eruf",
    ],
    "F3": [
        f"{OMS} references 002 programme/horizon-2020",
        f"{OMS} references 002 fund/eruf",
        f"{OMS} references 002 fund/socialfonden",
    ],
    "D1": [f"{S3} startDate 004 2024-04-01", f"{S3} endDate 004 2029-03-29", f"{S3} statedDuration 004 P5Y"],
    "D2": [f"{SKISS} {field} 000 ?field-empty" for field in ("startDate", "endDate", "totalBudget")],
    "D3": [
        "strategy/sormland-smart-specialisering decidedOn 002 2017-02-02",
        "document/002 modified 002 2018-06-20",
    ],
    "B1": [
        f"{SKISS} totalBudget 000 ?field-empty",
        f"{OMS} totalBudget 002 ?not-stated",
        f"{ECS} totalBudget 003 ?not-stated",
        f"{S3} totalBudget 004 ?not-stated",
    ],
    "G1": [
        "strategy/ostergotland-utvecklingsstrategi prefLabel 000 Utvecklingsstrategin för Östergötland",
        "strategy/sormland-smart-specialisering prefLabel 002 Sörmlands strategi för smart specialisering",
        "strategy/sormland-innovationsstrategi prefLabel 002 Innovationsstrategin (Sörmland)",
        f"strategy/smaland-oarna-lansstrategier prefLabel 004 De fyra länens {STRATEGIES}",
        "strategy/smaland-oarna-gemensam-analys prefLabel 004 Gemensam analys (Småland och Öarna)",
    ],
    "N1-N3": [
        "need/visualisering-samhallsbyggnad prefLabel 001 Visualisering i samhällsbyggnadsprocessen",
        "need/digitala-tjanster-omsorg prefLabel 001 Digitala tjänster i omsorgen",
        "need/bygglogistik prefLabel 001 Bygglogistik i samband med stora byggnationer",
        "need/bygglogistik raisedBy 001 group/ostergotlands-kommuner",
        "need/bygglogistik raisedIn 001 activity/kommunturnen",
    ],
    "N4": [
        f"activity/kommunturnen targets 001 group/{key}"
        for key in (
            *("kommunchefer", "digitaliseringschefer", "naringslivsansvariga"),
            *("politisk-ledning", "enskilda-forvaltningar"),
        )
    ],
    "E1": [
        f"{SKISS} targets 000 group/{key}"
        for key in (
            *("regionala-organisationer", "kluster-och-innovationsmiljoer", "myndigheter"),
            *("offentliga-behovsagare", "smf-skiss", "utvecklingsansvariga-oms"),
        )
    ],
    "E2": [
        f"{S3} openTo 004 group/innovationsstodjande-aktorer",
        f"{S3} targets 004 group/smf-programomradet",
    ],
    "E3": [f"group/oms-ekosystem actorKind 003 actor-kind/{kind}" for kind in ENVIRONMENTS],
    "H1": [
        "post/ostergotland-strateg-innovation postIn 000 organisation/region-ostergotland",
        "post/ostergotland-strateg-innovation responsibleFor 001 concept/smart-specialisering",
        "post/ostergotland-strateg-innovation unitName 000 Enheten för näringslivsutveckling",
        "post/ostergotland-strateg-innovation unitName 001 Enheten för tillväxt och marknadsföring",
    ],
    "H2, H3": [
        "post/sormland-strateg responsibleFor 002 strategy/sormland-innovationsstrategi",
        f"post/east-central-sweden-projektkoordinator responsibleFor 003 {ECS}",
    ],
}


def _missing(facts: list[str], statements: Statements, triples: Triples) -> list[str]:
    said = {(s["subject"], s["predicate"], s["fromDocument"], s["object"]) for s in statements}
    plain = {(subject, predicate, "-", value) for subject, predicate, value in triples}
    return [fact for fact in facts if tuple(fact.split(" ", 3)) not in said | plain]


@pytest.mark.parametrize("row", GROUND_TRUTH)
def test_a_row_of_the_ground_truth_is_in_the_graph(
    row: str, seed_statements: Statements, seed_triples: Triples
) -> None:
    assert GROUND_TRUTH[row]
    assert _missing(GROUND_TRUTH[row], seed_statements, seed_triples) == []


@pytest.mark.shared_data
def test_no_row_of_the_ground_truth_is_left_out(shared: Path) -> None:
    text = (shared / "field.md").read_text("utf-8")
    table = text.partition("### Entities and relations in the seeds")[2].partition("###")[0]
    rows = re.findall(r"^\| ([^|]+?) \|", table, re.MULTILINE)
    assert rows[0] == "Id"
    assert set(rows[1:]) == set(GROUND_TRUTH)


@pytest.mark.parametrize(
    ("project", "overall", "own", "expected"), [("skiss", 1, 1, 6), ("oms", 1, 5, 6)], ids=["SKISS", "ÖMS"]
)
def test_goals_are_of_the_kinds_that_the_documents_tell(
    project: str, overall: int, own: int, expected: int, seed_triples: Triples
) -> None:
    goals = {
        value
        for subject, predicate, value in seed_triples
        if (subject, predicate) == (f"project/{project}", "hasGoal")
    }
    kinds = [
        value for subject, predicate, value in seed_triples if predicate == "goalKind" and subject in goals
    ]
    counts = [kinds.count(f"goal-kind/{kind}") for kind in ("overall", "project", "expected-result")]
    assert counts == [overall, own, expected]
