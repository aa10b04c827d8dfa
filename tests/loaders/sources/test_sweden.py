"""The territories of Sweden: all there, in one chain, and never the same as who governs them."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from loaders.source import SNAPSHOTS, Intake, Loaded
from loaders.sources.sweden import SOURCE, load
from ontology import names as n

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not here")
ID = "<https://w3id.org/samspel/id/"


@pytest.fixture(scope="module")
def sweden() -> Loaded:
    return _read(SNAPSHOTS / "sweden")


def _read(folder: Path) -> Loaded:
    intake = Intake(SOURCE, folder)
    load(intake)
    return intake.result()


def _pairs(loaded: Loaded, predicate: str) -> list[tuple[str, str]]:
    """Return subject and object of every triple with a predicate, without our base."""
    found = (line.split(" ", 2) for line in loaded.lines)
    return [(s.removeprefix(ID)[:-1], o.removeprefix(ID)) for s, p, o in found if p == f"<{predicate}>"]


def _of_class(loaded: Loaded, name: str) -> set[str]:
    return {subject for subject, kind in _pairs(loaded, n.type_) if kind == f"<{n.SAMSPEL}{name}>"}


def test_every_record_is_kept_and_counts_are_exact(sweden: Loaded) -> None:
    assert sweden.rejects == ()
    assert dict(sweden.counts) == dict(SOURCE.at_least)


def test_323_territories_are_told_apart_by_kind(sweden: Loaded) -> None:
    kinds = [_of_class(sweden, name) for name in ("StatisticalRegion", "County", "Municipality")]
    assert [len(kind) for kind in kinds] == [12, 21, 290]
    assert set.union(*kinds) == _of_class(sweden, "Territory")


def test_chain_leads_from_each_municipality_to_the_country(sweden: Loaded) -> None:
    steps = [(subject, value[:-1]) for subject, value in _pairs(sweden, n.within)]
    up = dict(steps)
    assert len(up) == len(steps) == 322
    for municipality in _of_class(sweden, "Municipality"):
        chain = [municipality]
        while chain[-1] in up:
            chain.append(up[chain[-1]])
        kinds = [part.partition("/")[0] for part in chain]
        assert kinds == ["municipality", "county", "nuts", "nuts", "nuts"]
        assert chain[-1] == "nuts/SE"


def test_smallest_and_largest_county_hold_their_municipalities(sweden: Loaded) -> None:
    held = [value[:-1] for subject, value in _pairs(sweden, n.within) if subject.startswith("municipality/")]
    assert (held.count("county/09"), held.count("county/14"), held.count("county/05")) == (1, 49, 13)


def test_codes_of_ostergotland(sweden: Loaded) -> None:
    of_county = {line.split(" ", 1)[1] for line in sweden.lines if line.startswith(f"{ID}county/05> ")}
    assert of_county == {
        f"<{n.type_}> <{n.Territory}>",
        f"<{n.type_}> <{n.County}>",
        f'<{n.scbCode}> "05"',
        f'<{n.nutsCode}> "SE123"',
        f'<{n.isoCode}> "SE-E"',
        f"<{n.within}> {ID}nuts/SE12>",
        f"<{n.exactMatch}> <http://data.europa.eu/nuts/code/SE123>",
        f'<{n.prefLabel}> "Östergötlands län"@sv',
        f'<{n.prefLabel}> "Östergötland County"@en',
        f'<{n.altLabel}> "Östergötland"@sv',
    }


def test_every_thing_has_one_label_in_each_language(sweden: Loaded) -> None:
    labels = _pairs(sweden, n.prefLabel)
    for language, classes in (
        ("sv", ("Territory", "Organisation", "SourceDocument")),
        ("en", ("Territory",)),
    ):
        for thing in set.union(*(_of_class(sweden, name) for name in classes)):
            assert len([o for s, o in labels if s == thing and o.endswith(f"@{language}")]) == 1, thing


def test_21_authorities_govern_21_counties_and_are_no_territories(sweden: Loaded) -> None:
    authorities = _of_class(sweden, "RegionAuthority")
    governed = [(subject, value[:-1]) for subject, value in _pairs(sweden, n.governs)]
    counties = [(who, what) for who, what in governed if what.startswith("county/")]
    assert {who for who, _ in counties} == authorities
    assert {what for _, what in counties} == _of_class(sweden, "County")
    assert len(counties) == 21
    assert not authorities & _of_class(sweden, "Territory")
    assert not any("sameAs" in line for line in sweden.lines)


def test_gotland_alone_governs_a_municipality_too(sweden: Loaded) -> None:
    assert _of_class(sweden, "MunicipalityAuthority") == {"organisation/region-gotland"}
    assert ("organisation/region-gotland", "municipality/0980>") in _pairs(sweden, n.governs)


def test_every_document_is_used(sweden: Loaded) -> None:
    used = {value[:-1] for _, value in _pairs(sweden, n.fromDocument)}
    assert used == _of_class(sweden, "SourceDocument")


@pytest.mark.parametrize(
    ("file", "old", "new", "reject"),
    [
        pytest.param(
            "municipalities.csv",
            "0114,01,",
            "0114,03,",
            "municipalities.csv:2: county is '03': the code 0114 begins with its county, which is 01",
            id="municipality in a wrong county",
        ),
        pytest.param(
            "municipalities.csv",
            "0114,01,",
            "114,01,",
            "municipalities.csv:2: scb_code is '114': expected four digits, such as '0580'",
            id="leading zero lost",
        ),
        pytest.param(
            "counties.csv",
            "SE-AB",
            "AB",
            "counties.csv:2: iso_code is 'AB': expected a code such as 'SE-E'",
            id="ISO code without country",
        ),
        pytest.param(
            "counties.csv",
            "01,SE110",
            "01,SE11",
            "counties.csv:2: nuts_code is 'SE11': expected a code of NUTS level 3, such as 'SE123'",
            id="NUTS code too short",
        ),
    ],
)
def test_bad_row_is_set_aside_with_its_line(
    spoilt: Callable[[str, str, str, str], tuple[list[str], str]], file: str, old: str, new: str, reject: str
) -> None:
    rejects, bounds = spoilt(SOURCE.name, file, old, new)
    assert rejects == [reject]
    assert "322 Territory, at least 323 expected" in bounds


@pytest.mark.shared_data
@needs_shared
def test_counties_equal_the_shared_table(sweden: Loaded) -> None:
    with (SHARED / "regions" / "swedish_counties.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    labels, codes, iso = (_pairs(sweden, p) for p in (n.prefLabel, n.nutsCode, n.isoCode))
    assert len(rows) == 21
    for row in rows:
        county = f"county/{row['lan_kod']}"
        assert (county, f'"{row["lan"]}"@sv') in labels
        assert (county, f'"{row["nuts3"]}"') in codes
        assert (county, f'"{row["iso3166_2"]}"') in iso
        assert (county, f"nuts/{row['nuts2']}>") in _pairs(sweden, n.within)
        assert (f"nuts/{row['nuts2']}", f'"{row["nuts2_name"]}"@sv') in labels
        assert (f"nuts/{row['nuts1']}", f'"{row["nuts1_name"]}"@sv') in labels


@pytest.mark.shared_data
@needs_shared
def test_municipalities_equal_the_shared_table(sweden: Loaded) -> None:
    with (SHARED / "nuts" / "lau_2019_SE.csv").open(encoding="utf-8", newline="") as file:
        wanted = {
            (f"municipality/{row['lau_code']}", f'"{row["lau_name_national"]}"@sv')
            for row in csv.DictReader(file)
        }
    assert len(wanted) == 290
    assert wanted == {
        pair
        for pair in _pairs(sweden, n.prefLabel)
        if pair[0].startswith("municipality/") and pair[1].endswith("@sv")
    }
