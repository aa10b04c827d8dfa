"""The search by name: what is found, in which order, how it is counted, and that no text disturbs it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.iris import Iris
from graph.store import Store
from ontology import names as n
from queries.search import WAYS, Found, Index
from queries.search_build import build

COUNTIES = {"05": "Östergötlands län", "12": "Skåne län"}
THINGS = {  # key: class, county, names
    "malmo": (n.Organisation, "12", ("Malmö", "Malmoe")),
    "malmo-sailing": (n.Organisation, "12", ("Malmo",)),
    "malmo-museum": (n.Organisation, "12", ("Malmö museum",)),
    "museum": (n.Organisation, "05", ("Museum i Malmö och Lund",)),
    "rening": (n.Project, "05", ("Rening av vatten",)),
    "vattenrening": (n.Project, "05", ("Vattenrening",)),
    "dricksvatten": (n.Project, "12", ("Dricksvatten åt alla",)),
    "hallbar": (n.StrengthArea, "05", ("Hållbara transporter", "Sustainable transport")),
    "lank": (n.Organisation, "05", ("Linköpings universitet", "Linköping University")),
}


@pytest.fixture(scope="module")
def small() -> Index:
    """An index of a few things."""
    return Index(build(stored()))


@pytest.fixture(scope="module")
def bundled(store: Store) -> Index:
    """The index of the bundled sources."""
    return Index(build(store))


def stored() -> Store:
    lines = []
    for code, name in COUNTIES.items():
        lines += [f"<{iri('county', code)}> <{n.type_}> <{n.County}>"]
        lines += [f'<{iri("county", code)}> <{n.prefLabel}> "{name}"@sv']
        lines += [f'<{iri("county", code)}> <{n.scbCode}> "{code}"']
    for key, (class_, county, names) in THINGS.items():
        lines += [f"<{iri('thing', key)}> <{n.type_}> <{class_}>"]
        lines += [f"<{iri('thing', key)}> <{n.locatedIn}> <{iri('county', county)}>"]
        for name, naming, language in zip(names, (n.prefLabel, n.altLabel), ("sv", "en"), strict=False):
            lines += [f'<{iri("thing", key)}> <{naming}> "{name}"@{language}']
    lines += [f'<{iri("thing", "lank")}> <{n.organisationNumber}> "202100-3096"']
    made = Store.memory()
    made.replace(f"{n.BASE}graph/small", lines)
    return made


def iri(kind: str, key: str) -> str:
    return Iris().thing(kind, key)[1:-1]


def keys(found: Found) -> list[str]:
    return [hit.iri.rpartition("/")[2] for hit in found.hits]


def ways(found: Found) -> list[str]:
    return [hit.way for hit in found.hits]


def test_the_exact_name_comes_first_then_beginnings_and_words(small: Index) -> None:
    found = small.search("Malmö")
    assert keys(found) == ["malmo", "malmo-sailing", "malmo-museum", "museum"]
    assert ways(found) == ["name", "name", "beginning", "words"]


def test_accents_need_not_be_written_but_count_when_they_are(small: Index) -> None:
    assert keys(small.search("malmo"))[:2] == ["malmo-sailing", "malmo"]
    assert keys(small.search("MALMÖ"))[:2] == ["malmo", "malmo-sailing"]
    assert keys(small.search("Malmo\u0308"))[:2] == ["malmo", "malmo-sailing"]  # an accent of its own


def test_compounds_are_found_by_their_parts_after_the_word_itself(small: Index) -> None:
    found = small.search("vattenrening")
    assert list(zip(keys(found), ways(found), strict=True)) == [("vattenrening", "name"), ("rening", "stems")]
    assert keys(small.search("rening vatten")) == ["rening", "vattenrening"]


def test_the_end_of_a_compound_is_a_word_too(small: Index) -> None:
    found = small.search("vatten")
    assert list(zip(keys(found), ways(found), strict=True)) == [
        ("vattenrening", "beginning"),
        ("rening", "words"),
        ("dricksvatten", "stems"),
    ]


@pytest.mark.parametrize("text", ["hållbart transport", "hallbar transporten", "Hållb tran", "sustain"])
def test_words_are_found_by_stems_and_beginnings(small: Index, text: str) -> None:
    assert keys(small.search(text)) == ["hallbar"]


@pytest.mark.parametrize("text", ["linkping", "linköpign universitet", "likopings univrsitet", "Lnköping"])
def test_slips_are_borne_with_where_nothing_else_fits(small: Index, text: str) -> None:
    found = small.search(text)
    assert (keys(found), ways(found)) == (["lank"], ["near"])


def test_fewer_slips_come_first(bundled: Index) -> None:
    found = bundled.search("linkpoing")
    assert {hit.way for hit in found.hits} == {"near"} and found.hits[0].label == "Linköping"
    assert "Lidköping" in {hit.label for hit in found.hits[1:]}


def test_short_words_and_numbers_bear_no_slip(small: Index) -> None:
    assert small.search("lnd").total == 0
    assert small.search("202100-3095").total == 0


@pytest.mark.parametrize("text", ["202100-3096", "2021003096", "202100 3096", "2021"])
def test_numbers_are_found_with_and_without_hyphen(small: Index, text: str) -> None:
    assert keys(small.search(text)) == ["lank"]


def test_codes_of_counties_are_found(small: Index) -> None:
    assert keys(small.search("05"))[0] == "05"


def test_letters_inside_words_are_found_where_nothing_begins_so(small: Index) -> None:
    found = small.search("köpi")
    assert (keys(found), ways(found)) == (["lank"], ["inside"])


def test_words_to_try_are_named_where_nothing_is_found(small: Index) -> None:
    assert small.search("malmö zzzzzz").near == ("malmö",)
    assert small.search("vattenförbrukning").near[0] == "vatten"
    assert "lund" in small.search("lnd museer").near + small.search("lindd").near
    for word in small.search("malmö vattenförbrukning").near:
        assert small.search(word).total, word


def test_hits_are_counted_by_kind_and_county_each_within_the_other(small: Index) -> None:
    found = small.search("malmo")
    assert (found.kinds, found.counties) == (
        (("organisation", 4),),
        ((iri("county", "05"), 1), (iri("county", "12"), 3)),
    )
    scania = small.search("malmo", county=iri("county", "12"))
    assert (scania.total, scania.kinds, scania.counties) == (3, (("organisation", 3),), found.counties)
    none = small.search("malmo", kind="project")
    assert (none.hits, none.total, none.kinds, none.counties) == ((), 0, found.kinds, ())


def test_pages_are_parts_of_one_order(bundled: Index) -> None:
    whole = bundled.search("a", limit=1_000)
    pages = [bundled.search("a", limit=7, offset=at) for at in range(0, whole.total, 7)]
    assert [hit for page in pages for hit in page.hits] == list(whole.hits)
    assert whole.total == len(whole.hits) == sum(count for _, count in whole.kinds) > 50
    assert bundled.search("a", offset=whole.total).hits == ()


def test_a_thing_is_one_hit_by_its_best_name(bundled: Index) -> None:
    found = bundled.search("linköping", limit=1_000)
    assert len(set(keys(found))) == found.total
    assert [WAYS.index(hit.way) for hit in found.hits] == sorted(WAYS.index(hit.way) for hit in found.hits)


def test_equal_hits_come_shorter_first_then_as_swedes_sort(bundled: Index) -> None:
    found = bundled.search("universitet")
    told = [hit for hit in found.hits if hit.way == "words" and hit.label.endswith(" universitet")]
    assert all(len(one.label) <= len(two.label) for one, two in pairwise(told)) and len(told) > 5
    equal = [hit.label for hit in told if len(hit.label) == len("Lunds universitet")]
    assert equal == sorted(equal)


def test_terms_and_concepts_are_found(bundled: Index) -> None:
    found = bundled.search("styrkeområde", kind="term")
    assert n.StrengthArea in {hit.iri for hit in found.hits}


def test_every_name_is_found_by_itself(small: Index) -> None:
    for key, (_, _, names) in THINGS.items():
        for name in names:
            first = small.search(name).hits[0]
            assert (first.iri, first.label, first.way) == (iri("thing", key), name, "name")


def test_an_empty_store_has_an_index_too() -> None:
    empty = Index(build(Store.memory()))
    assert empty.search("malmö") == Found() and empty.counties == ()


@given(st.text() | st.text('"*()^:+-\\{}\0 ANDORNEAmal', max_size=60))
def test_any_text_is_answered_the_same_each_time(small: Index, text: str) -> None:
    found = small.search(text)
    assert found == small.search(text)
    assert (found.total == 0) == (not found.hits)


@pytest.mark.parametrize("text", ["", " ", '"', "***", "-", "\0", "\ud800", "_"])
def test_what_holds_no_word_finds_nothing(small: Index, text: str) -> None:
    assert small.search(text) == Found()
