"""The named actors: who they are, where they are, and their part in the areas, each with its evidence."""

import csv
import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from loaders.source import SNAPSHOTS, Intake, Loaded
from loaders.sources.actors import SOURCE, load
from ontology import names as n

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not here")
ID = "<https://w3id.org/samspel/id/"
NAMED_IN_SEEDS = {
    "organisation/linkopings-science-park",
    "organisation/norrkopings-science-park",
    "organisation/sankt-kors-fastighets",
    "organisation/science-park-jonkoping",
}
PERSONAL = {
    "an e-mail address": re.compile(r"[\w.]+@[\w-]+\.\w"),
    "a telephone number": re.compile(r"\+46|\b0\d{1,3}[ -]\d{2,3}[ -]?\d{2}"),
    "a number of a person or a company": re.compile(r"\b\d{6}-?\d{4}\b"),
}


@pytest.fixture(scope="module")
def actors() -> Loaded:
    intake = Intake(SOURCE, SNAPSHOTS / "actors")
    load(intake)
    return intake.result()


def _pairs(loaded: Loaded, predicate: str) -> list[tuple[str, str]]:
    """Return subject and object of every triple with a predicate, without our base."""
    found = (line.split(" ", 2) for line in loaded.lines)
    return [
        (s.removeprefix(ID)[:-1], o.removeprefix(ID).removesuffix(">") if o.startswith(ID) else o)
        for s, p, o in found
        if p == f"<{predicate}>"
    ]


def _of_class(loaded: Loaded, name: str) -> set[str]:
    return {subject for subject, kind in _pairs(loaded, n.type_) if kind == f"<{n.SAMSPEL}{name}>"}


def _shared_rows(path: str) -> list[dict[str, str]]:
    with (SHARED / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_record_is_kept_and_counts_are_exact(actors: Loaded) -> None:
    assert actors.rejects == ()
    assert dict(actors.counts) == dict(SOURCE.at_least)


def test_every_organisation_has_a_class_and_a_kind_of_its_own(actors: Loaded) -> None:
    organisations = _of_class(actors, "Organisation")
    classes = Counter(s for s, _ in _pairs(actors, n.type_) if s in organisations)
    assert set(classes.values()) == {2, 3}
    assert Counter(s for s, _ in _pairs(actors, n.actorKind)) == dict.fromkeys(organisations, 1)


def test_science_parks_that_run_incubators_are_both(actors: Loaded) -> None:
    both = _of_class(actors, "SciencePark") & _of_class(actors, "Incubator")
    assert both == {
        f"organisation/{key}"
        for key in (
            "dalarna-science-park",
            "innovatum-science-park",
            "kalmar-science-park",
            "karlstad-innovation-park",
            "sahlgrenska-science-park",
            "science-park-gotland",
            "science-park-jonkoping",
            "science-park-skovde",
        )
    }


def test_all_but_those_that_the_seeds_name_have_one_swedish_name(actors: Loaded) -> None:
    named = Counter(
        s for s, o in _pairs(actors, n.prefLabel) if s.startswith("organisation/") and o.endswith("@sv")
    )
    assert named == dict.fromkeys(_of_class(actors, "Organisation") - NAMED_IN_SEEDS, 1)


def test_other_name_never_repeats_a_swedish_label(actors: Loaded) -> None:
    assert not set(_pairs(actors, n.altLabel)) & set(_pairs(actors, n.prefLabel))


def test_all_but_the_national_centre_have_a_county(actors: Loaded) -> None:
    located = _pairs(actors, n.locatedIn)
    assert {s for s, _ in located} == _of_class(actors, "Organisation") - {"organisation/ai-sweden"}
    assert all(re.fullmatch(r"county/\d\d", county) for _, county in located)
    several = {s: c for s, c in Counter(s for s, _ in located).items() if c > 1}
    assert several == {
        f"organisation/{key}": 2 for key in ("create-incubator", "linneuniversitetet", "mittuniversitetet")
    }
    assert ("organisation/create-incubator", "county/04") in located
    assert ("organisation/create-incubator", "county/19") in located


def test_every_county_has_an_actor(actors: Loaded) -> None:
    assert len({county for _, county in _pairs(actors, n.locatedIn)}) == 21


def test_leads_of_ostergotland(actors: Loaded) -> None:
    assert set(_pairs(actors, n.ledBy)) == {
        ("area/ostergotland-uppkopplade-produkter-och-system", "organisation/linkopings-science-park"),
        (
            "area/ostergotland-visualisering-simulering-och-bildanalys",
            "organisation/norrkopings-science-park",
        ),
        ("area/ostergotland-avancerade-material", "organisation/sankt-kors-fastighets"),
        ("area/ostergotland-effektiv-logistik", "organisation/norrkopings-kommun"),
    }


def test_participations_join_an_area_an_organisation_and_a_role(actors: Loaded) -> None:
    by, role = dict(_pairs(actors, n.byOrganisation)), dict(_pairs(actors, n.inRole))
    hung = _pairs(actors, n.hasParticipation)
    assert {participation for _, participation in hung} == _of_class(actors, "Participation")
    assert Counter(role[p].removeprefix("role/") for _, p in hung) == {
        "area-platform": 3,
        "area-node": 1,
        "area-research": 1,
    }
    assert set(by.values()) <= _of_class(actors, "Organisation")


def test_areas_named_here_stand_in_s3_areas(actors: Loaded) -> None:
    with (SNAPSHOTS / "s3_areas" / "areas.csv").open(encoding="utf-8", newline="") as file:
        known = {f"area/{row['area']}" for row in csv.DictReader(file)}
    assert {area for area, _ in _pairs(actors, n.ledBy) + _pairs(actors, n.hasParticipation)} <= known


def test_every_document_is_used(actors: Loaded) -> None:
    own = {s for s, p in _pairs(actors, n.predicate) if p != f"<{n.retrievedOn}>"}
    used = {document for statement, document in _pairs(actors, n.fromDocument) if statement in own}
    assert used == _of_class(actors, "SourceDocument")


def test_mjardevi_is_an_older_name_of_linkoping_science_park(actors: Loaded) -> None:
    other = _pairs(actors, n.altLabel)
    assert ("organisation/linkopings-science-park", '"Mjärdevi Science Park"@sv') in other
    assert ("organisation/iot-world", '"Mjärdevi Science Park"@sv') not in other


def test_two_organisations_have_an_older_version(actors: Loaded) -> None:
    park, university = "organisation/linkopings-science-park", "organisation/malardalens-universitet"
    older = {
        park: "organisation/mjardevi-science-park",
        university: "organisation/malardalens-hogskola",
    }
    assert dict(_pairs(actors, n.replaces)) == older
    assert dict(_pairs(actors, n.isReplacedBy)) == {old: new for new, old in older.items()}
    assert _pairs(actors, n.validFrom) == [(university, f'"2022"^^<{n.XSD}gYear>')]
    assert _pairs(actors, n.validUntil) == [(older[university], f'"2021"^^<{n.XSD}gYear>')]


def test_the_only_day_of_retrieval_is_that_of_the_copied_register(actors: Loaded) -> None:
    assert _pairs(actors, n.retrievedOn) == [
        ("document/tillvaxtverket-eruf-2016", f'"2016-10-14"^^<{n.XSD}date>')
    ]
    silent = {s for s, p in _pairs(actors, n.predicate) if p == f"<{n.retrievedOn}>"}
    said = dict(_pairs(actors, n.fromDocument))
    about = dict(_pairs(actors, n.subject))
    assert {about[s] for s in silent} == _of_class(actors, "SourceDocument") - {
        "document/tillvaxtverket-eruf-2016"
    }
    assert all(about[s] == said[s] for s in silent)


@pytest.mark.parametrize("source", ["sweden", "s3_areas", "actors"])
@pytest.mark.parametrize("what", PERSONAL)
def test_snapshots_hold_no_personal_data(source: str, what: str) -> None:
    files = sorted((SNAPSHOTS / source).glob("*.csv"))
    assert files
    for path in files:
        assert PERSONAL[what].findall(path.read_text(encoding="utf-8")) == [], path.name


@pytest.mark.parametrize("planted", ["a.b@c.se", "010-123 45 67", "+46 10 1", "556677-8899"])
def test_patterns_find_planted_personal_data(planted: str) -> None:
    assert any(pattern.search(f"x,{planted},y") for pattern in PERSONAL.values())


@pytest.mark.parametrize(
    ("file", "old", "new", "reject"),
    [
        pytest.param(
            "actors.csv",
            "mobile-heights,ClusterOrganisation,",
            "mobile-heights,Klusterorganisation,",
            "actors.csv:2: classes is 'Klusterorganisation': no class of ontology/names.py has this name",
            id="unknown class",
        ),
        pytest.param(
            "actors.csv",
            "http://www.mobileheights.org/",
            "www.mobileheights.org",
            "actors.csv:2: homepage is 'www.mobileheights.org': a web address begins with http:// or https://",
            id="address without scheme",
        ),
        pytest.param(
            "actors.csv",
            "mobile-heights,ClusterOrganisation,cluster,Mobile Heights,,http://www.mobileheights.org/,",
            "mobile-heights,ClusterOrganisation,cluster,Mobile Heights,,http://www.mobileheights.org/,05ynx",
            "actors.csv:2: ror is '05ynx': a ROR id is a 0, six letters or digits, and two digits",
            id="broken ROR id",
        ),
    ],
)
def test_bad_row_is_set_aside_with_its_line(
    spoilt: Callable[[str, str, str, str], tuple[list[str], str]], file: str, old: str, new: str, reject: str
) -> None:
    rejects, bounds = spoilt(SOURCE.name, file, old, new)
    assert rejects == [reject]
    assert "21 ClusterOrganisation, at least 22 expected" in bounds


@pytest.mark.shared_data
@needs_shared
def test_clusters_and_incubators_equal_the_shared_lists(actors: Loaded) -> None:
    clusters = _shared_rows("clusters/s3_piloten_2018.csv")
    incubators = _shared_rows("incubators/incubators_2021.csv")
    assert (len(clusters), len(incubators)) == (22, 36)
    printed = Counter(value for _, value in _pairs(actors, n.asPrinted))
    for name in [row["cluster"].partition(" (")[0] for row in clusters] + [row["name"] for row in incubators]:
        assert printed[f'"{name}"'] >= 1, name
    homepages = {value[1:-1].rstrip("/") for _, value in _pairs(actors, n.homepage)}
    for row in clusters + incubators:
        assert not row["website"] or row["website"].removeprefix("www.") in {
            page.removeprefix("http://www.") for page in homepages
        }


@pytest.mark.shared_data
@needs_shared
def test_universities_equal_the_register(actors: Loaded) -> None:
    records = {
        r["id"]: r for r in json.loads((SHARED / "ror" / "ror_se_v2.json").read_text(encoding="utf-8"))
    }
    english = {s: o for s, o in _pairs(actors, n.prefLabel) if o.endswith("@en")}
    matched = _pairs(actors, n.exactMatch)
    assert {s for s, _ in matched} == _of_class(actors, "University") - {"organisation/malardalens-hogskola"}
    for university, found in matched:
        record = records[found[1:-1]]
        names = {name["value"] for name in record["names"]}
        assert record["status"] == "active" and "education" in record["types"]
        assert english[university].removesuffix("@en").strip('"') in names
