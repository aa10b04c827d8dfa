"""The 108 declared areas: one set and one territory each, their kinds, their versions and their evidence."""

import csv
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from loaders.source import SNAPSHOTS, Intake, Loaded
from loaders.sources.s3_areas import SOURCE, load
from ontology import names as n

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not here")
ID = "<https://w3id.org/samspel/id/"
IN_SEEDS = {
    "sormland-avancerad-tillverkning",
    "sormland-biobaserade-naringar",
    "sormland-verksamhetsnara-digitala-tjanster",
    "oms-hallbar-livsmedelsforsorjning",
    "oms-valfardsteknik-och-e-halsa",
    "oms-morgondagens-energilosningar",
    "oms-smart-industri",
    "smaland-oarna-tra-och-skog",
    "smaland-oarna-livsmedel",
    "smaland-oarna-besoksnaring",
    "smaland-oarna-industriell-utveckling",
    "smaland-oarna-digital-tjansteutveckling",
}


@pytest.fixture(scope="module")
def s3_areas() -> Loaded:
    intake = Intake(SOURCE, SNAPSHOTS / "s3_areas")
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


def _rows(name: str) -> list[dict[str, str]]:
    with (SNAPSHOTS / "s3_areas" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_record_is_kept_and_counts_are_exact(s3_areas: Loaded) -> None:
    assert s3_areas.rejects == ()
    assert dict(s3_areas.counts) == dict(SOURCE.at_least)


def test_twelve_areas_of_the_seeds_carry_no_label_set_or_statement(s3_areas: Loaded) -> None:
    shared = {f"area/{key}" for key in IN_SEEDS}
    assert shared <= _of_class(s3_areas, "PriorityArea")
    for predicate in (n.prefLabel, n.altLabel, n.inScheme):
        assert not shared & {subject for subject, _ in _pairs(s3_areas, predicate)}
    about = {
        statement
        for statement, predicate in _pairs(s3_areas, n.predicate)
        if predicate not in (f"<{n.replaces}>", f"<{n.isReplacedBy}>")
    }
    assert not shared & {o for s, o in _pairs(s3_areas, n.subject) if s in about}


def test_every_area_has_one_kind_and_one_territory(s3_areas: Loaded) -> None:
    areas = _of_class(s3_areas, "PriorityArea")
    for predicate in (n.areaKind, n.coversTerritory):
        found = Counter(s for s, _ in _pairs(s3_areas, predicate) if s.startswith("area/"))
        assert found == dict.fromkeys(areas, 1)


def test_every_area_of_ours_has_one_set_of_its_own_territory(s3_areas: Loaded) -> None:
    ours = _of_class(s3_areas, "PriorityArea") - {f"area/{key}" for key in IN_SEEDS}
    sets = _pairs(s3_areas, n.inScheme)
    territory = dict(_pairs(s3_areas, n.coversTerritory))
    assert Counter(area for area, _ in sets) == dict.fromkeys(ours, 1)
    assert {area_set for _, area_set in sets} == _of_class(s3_areas, "AreaSet")
    for area, area_set in sets:
        assert territory[area] == territory[area_set]


def test_class_follows_kind(s3_areas: Loaded) -> None:
    kinds = dict(_pairs(s3_areas, n.areaKind))
    assert Counter(kinds.values()) == {
        "area-kind/strength": 80,
        "area-kind/challenge": 8,
        "area-kind/development": 8,
        "area-kind/precondition": 7,
        "area-kind/knowledge": 5,
    }
    for name, kind in (
        ("StrengthArea", "strength"),
        ("ChallengeArea", "challenge"),
        ("KnowledgeArea", "knowledge"),
    ):
        assert _of_class(s3_areas, name) == {a for a, k in kinds.items() if k == f"area-kind/{kind}"}


def test_norrbotten_suffix_marks_development_areas(s3_areas: Loaded) -> None:
    kinds = {a: k for a, k in _pairs(s3_areas, n.areaKind) if a.startswith("area/norrbotten-")}
    assert kinds.pop("area/norrbotten-naturbaserad-ekonomi") == "area-kind/strength"
    assert set(kinds.values()) == {"area-kind/development"}
    assert len(kinds) == 5
    assert ("area/norrbotten-rymden", '"Rymden"@sv') in _pairs(s3_areas, n.prefLabel)
    assert ("area/norrbotten-rymden", '"Rymden - utv"@sv') in _pairs(s3_areas, n.altLabel)
    assert '"Rymden - utv"' in {value for _, value in _pairs(s3_areas, n.asPrinted)}


def test_every_area_of_ours_has_one_label_in_each_language(s3_areas: Loaded) -> None:
    labels = Counter(
        (s, o.rpartition("@")[2])
        for s, o in _pairs(s3_areas, n.prefLabel)
        if s.startswith(("area/", "area-set/"))
    )
    named = _of_class(s3_areas, "PriorityArea") - {f"area/{key}" for key in IN_SEEDS}
    named |= _of_class(s3_areas, "AreaSet")
    assert labels == {(thing, language): 1 for thing in named for language in ("sv", "en")}


def test_other_name_never_repeats_a_label(s3_areas: Loaded) -> None:
    assert not set(_pairs(s3_areas, n.altLabel)) & set(_pairs(s3_areas, n.prefLabel))


def test_declaration_and_kind_lead_to_a_document(s3_areas: Loaded) -> None:
    about = dict(_pairs(s3_areas, n.subject))
    for predicate in (n.coversTerritory, n.areaKind):
        stated = [about[s] for s, p in _pairs(s3_areas, n.predicate) if p == f"<{predicate}>"]
        assert len([area for area in stated if area.startswith("area/")]) == 96
    own = {s for s, p in _pairs(s3_areas, n.predicate) if p != f"<{n.retrievedOn}>"}
    assert {d for s, d in _pairs(s3_areas, n.fromDocument) if s in own} == _of_class(
        s3_areas, "SourceDocument"
    )


def test_a_bound_that_no_source_tells_is_said_to_be_unknown(s3_areas: Loaded) -> None:
    about = dict(_pairs(s3_areas, n.subject))
    silent = {s for s, kind in _pairs(s3_areas, n.unknownKind) if kind == "unknown/not-stated"}
    ours = _of_class(s3_areas, "PriorityArea") - {f"area/{key}" for key in IN_SEEDS}
    for predicate in (n.validFrom, n.validUntil):
        told = {area for area, _ in _pairs(s3_areas, predicate)}
        unknown = [
            about[s] for s, p in _pairs(s3_areas, n.predicate) if p == f"<{predicate}>" and s in silent
        ]
        assert set(unknown) == ours - told and len(unknown) == len(set(unknown))


def test_years_stand_only_where_the_source_tells_them(s3_areas: Loaded) -> None:
    as_of = dict(_pairs(s3_areas, n.asOf))
    first = dict(_pairs(s3_areas, n.validFrom))
    last = dict(_pairs(s3_areas, n.validUntil))
    for area, value in first.items():
        assert as_of[area].startswith(value[:5])
        assert area not in last or value < last[area]
    of_seeds = {f"area/{key}" for key in IN_SEEDS}  # their years stand in `seeds`, with evidence
    silent = {as_of[area] for area in as_of if area not in first and area not in of_seeds}
    assert silent == {'"c. 2019-2020"', '"2030 plan"', '"after 2021"', '"2023-02-10"', '"2017-04-04"'}
    assert (len(first), len(last)) == (21, 19)


def test_replacements_are_symmetrical_and_acyclic(s3_areas: Loaded) -> None:
    replaces = _pairs(s3_areas, n.replaces)
    assert len(replaces) == 16
    assert {(older, newer) for newer, older in replaces} == set(_pairs(s3_areas, n.isReplacedBy))
    assert {area for pair in replaces for area in pair} <= _of_class(s3_areas, "PriorityArea")
    older_of = dict(replaces)
    for start in older_of:
        seen, area = {start}, start
        while area in older_of:
            area = older_of[area]
            assert area not in seen
            seen.add(area)


def test_replacements_join_sets_of_one_region(s3_areas: Loaded) -> None:
    territory = dict(_pairs(s3_areas, n.coversTerritory))
    replaces = _pairs(s3_areas, n.replaces)
    assert all(territory[newer] == territory[older] for newer, older in replaces)
    assert Counter(territory[newer] for newer, _ in replaces) == {
        "nuts/SE12": 4,
        "county/05": 5,
        "county/17": 3,
        "county/20": 4,
    }


@pytest.mark.parametrize(
    ("file", "old", "new", "reject"),
    [
        pytest.param(
            "areas.csv",
            "blekinge-ict,strength",
            "blekinge-ict,strong",
            "areas.csv:2: kind is 'strong': expected one of strength, challenge, knowledge, "
            "development, precondition",
            id="unknown kind",
        ),
        pytest.param(
            "areas.csv",
            "ICT,ICT,,c. 2019-2020,,",
            "ICT,ICT,,c. 2019-2020,2020,2019",
            "areas.csv:2: valid_until is '2019': it lies before valid_from, which is 2020",
            id="ends before it begins",
        ),
        pytest.param(
            "areas.csv",
            "ICT,ICT,",
            "ICT,,",
            "areas.csv:2: name_en is '': a value is required here",
            id="no English name",
        ),
        pytest.param(
            "areas.csv",
            ",derived,Står bland regionens prioriterade områden; läses som ett styrkeområde,"
            "Listed among the prioritised areas of the region; read as a strength area\n"
            "blekinge-digitalisering",
            ",derived,,\nblekinge-digitalisering",
            "areas.csv:2: kind_note_sv is '': a value is required here",
            id="no reason for the kind",
        ),
    ],
)
def test_bad_row_is_set_aside_with_its_line(
    spoilt: Callable[[str, str, str, str], tuple[list[str], str]], file: str, old: str, new: str, reject: str
) -> None:
    rejects, bounds = spoilt(SOURCE.name, file, old, new)
    assert rejects == [reject]
    assert "107 PriorityArea, at least 108 expected" in bounds


@pytest.mark.shared_data
@needs_shared
def test_names_and_regions_equal_the_shared_list() -> None:
    with (SHARED / "s3" / "s3_areas_sweden.csv").open(encoding="utf-8", newline="") as file:
        wanted = Counter((row["region_code"], row["area_sv"]) for row in csv.DictReader(file))
    found = Counter((row["territory"].partition("/")[2], row["name"]) for row in _rows("areas_in_seeds.csv"))
    for row in _rows("areas.csv"):
        listed = [name for name in row["also_sv"].split("|") if name.endswith(" - utv")] or [row["name_sv"]]
        found[row["territory"].partition("/")[2], listed[0]] += 1
    assert found.total() == 108
    assert found == wanted


@pytest.mark.shared_data
@needs_shared
def test_times_and_pages_equal_the_shared_list() -> None:
    pages = {row["document"]: row["url"] for row in _rows("documents.csv")}
    with (SHARED / "s3" / "s3_areas_sweden.csv").open(encoding="utf-8", newline="") as file:
        wanted = Counter(
            (row["region_code"], row["as_of"], row["source"])
            for row in csv.DictReader(file)
            if row["source"].startswith("http")
        )
    assert wanted == Counter(
        (row["territory"].partition("/")[2], row["as_of"], pages[row["document"]])
        for row in _rows("areas.csv")
    )
