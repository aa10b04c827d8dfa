"""Questions as of a day: what is in force, what it was called, what changed, and what of it is unknown.

What the sources allow to be said stands in the tests, apart from the goldens, so that neither can be renewed
without the other being looked at. A golden is what `samspel query NAME k=v --format csv` prints.
"""

from collections import Counter
from pathlib import Path

import pytest

from graph.store import Store
from graph.terms import iri, text, year
from ontology import names as n
from queries import catalogue
from queries.answer import ask
from queries.errors import ParameterError

Row = dict[str, str | None]
GOLDEN = Path(__file__).parent.parent / "golden" / "queries"
GOLDENS: dict[str, tuple[str, dict[str, str]]] = {
    **{f"tq{number:02}": (f"tq{number:02}", {}) for number in range(1, 7)},
    "tq01-2015": ("tq01", {"as_of": "2015"}),
    "tq02-2023": ("tq02", {"area": "Simulering och visualisering", "as_of": "2023"}),
    "tq03-2022-2024": ("tq03", {"first": "2022", "last": "2024"}),
    "tq04-2016": ("tq04", {"as_of": "2016-12-31"}),
    "tq05-mdh": ("tq05", {"name": "MDH"}),
    "tq05-mjardevi": ("tq05", {"name": "Mjärdevi Science Park"}),
}
_SECOND = ("<https://example.org/s2>", "<https://example.org/a>")
OLD, NEW = "Välfärdsteknik och e-hälsa", "Life science, välfärdsteknik och e-hälsa"
OLD_MODELS, NEW_MODELS = "Affärsmodeller och arenor för hållbara systemlösningar", "Miljönytta som affär"


def answered(store: Store, question: str, /, **given: str) -> list[Row]:
    return list(ask(store, catalogue.query(question), given).rows.dicts())


@pytest.mark.parametrize("golden", GOLDENS)
def test_the_answer_is_the_golden(store: Store, golden: str) -> None:
    name, given = GOLDENS[golden]
    found = ask(store, catalogue.query(name), given).write("csv")
    assert found == (GOLDEN / f"{golden}.csv").read_text("utf-8")


def test_there_is_no_golden_of_time_that_nothing_reads() -> None:
    assert {path.stem for path in GOLDEN.glob("tq*")} == set(GOLDENS)


def test_in_2023_only_areas_with_both_bounds_are_certain(store: Store) -> None:
    rows = answered(store, "tq01", as_of="2023")
    sure = {row["area"] for row in rows if row["certain"] == "yes"}
    assert sure == {NEW, "Hållbar livsmedelsförsörjning", "Morgondagens energilösningar", "Smart industri"}
    assert all(
        "not-stated" in (row["validFrom"], row["validUntil"]) for row in rows if row["certain"] != "yes"
    )
    assert not {OLD, OLD_MODELS, "Trä och skog"} & {row["area"] for row in rows}


def test_an_unknown_beginning_does_not_outdo_a_version_that_surely_holds(store: Store) -> None:
    rows = answered(store, "tq01", as_of="2015", territory="05")
    assert {row["certain"] for row in rows} == {"yes"} and len(rows) == 5
    assert OLD_MODELS in {row["area"] for row in rows}
    assert [row["area"] for row in answered(store, "tq01", as_of="2013", territory="05")] == []


@pytest.mark.parametrize("as_of", ["2014", "2016-06-30", "2019", "2022", "2023-01-01", "2027", "2030"])
def test_of_two_versions_one_is_surely_in_force_at_most(store: Store, as_of: str) -> None:
    rows = answered(store, "tq01", as_of=as_of)
    replaced = {
        (row["a"], row["b"])
        for row in store.rows(
            f"SELECT ?a ?b WHERE {{ ?x <{n.replaces}> ?y ; <{n.prefLabel}> ?a . ?y <{n.prefLabel}> ?b }}"
        ).dicts()
    }
    told = Counter((row["region"], row["area"]) for row in rows if row["certain"] == "yes")
    assert set(told.values()) <= {1}
    sure = {area for _, area in told}
    assert not [pair for pair in replaced if set(pair) <= sure and pair[0] != pair[1]]


def test_a_day_of_2022_and_one_of_2023_lie_on_both_sides_of_the_change(store: Store) -> None:
    before = {row["area"]: row for row in answered(store, "tq01", as_of="2022-12-31", territory="SE12")}
    after = {row["area"]: row for row in answered(store, "tq01", as_of="2023-01-01", territory="SE12")}
    assert (before[OLD]["certain"], before[OLD]["validFrom"], before[OLD]["validUntil"]) == (
        "possible",
        "not-stated",
        "2022",
    )
    assert NEW not in before and OLD not in after
    assert (after[NEW]["certain"], after[NEW]["validFrom"], after[NEW]["validUntil"]) == (
        "yes",
        "2023",
        "2027",
    )


@pytest.mark.parametrize(
    ("known", "as_of", "called"),
    [
        (NEW_MODELS, "2015", OLD_MODELS),
        (OLD_MODELS, "2023", NEW_MODELS),
        (OLD, "2025", NEW),
        (NEW, "2020", OLD),
    ],
)
def test_a_chain_is_followed_both_ways(store: Store, known: str, as_of: str, called: str) -> None:
    assert [row["called"] for row in answered(store, "tq02", area=known, as_of=as_of)] == [called]
    assert answered(store, "tq02", area=known.upper(), as_of=as_of) == answered(
        store, "tq02", area=known, as_of=as_of
    )


def test_what_changed_between_2016_and_2023(store: Store) -> None:
    rows = answered(store, "tq03")
    changes = Counter((row["region"], row["change"]) for row in rows)
    assert changes == {
        ("Dalarnas län", "renamed"): 3,
        ("Södermanlands län", "new"): 3,
        ("Värmlands län", "ended"): 3,
        ("Värmlands län", "renamed"): 1,
        ("Örebro län", "new"): 2,
        ("Östergötlands län", "renamed"): 3,
        ("Östra Mellansverige", "renamed"): 1,
    }
    assert {(row["before"], row["after"]) for row in rows} >= {(OLD_MODELS, NEW_MODELS), (OLD, NEW)}


def test_nothing_changes_within_one_year(store: Store) -> None:
    assert answered(store, "tq03", first="2018", last="2018") == []


def test_the_roadmaps_are_certain_and_a_strategy_without_an_end_is_possible(store: Store) -> None:
    rows = {row["strategy"]: row for row in answered(store, "tq04", as_of="2024-05-01")}
    assert rows["ÖMS färdplaner 2023–2027"]["certain"] == "yes"
    assert rows["ÖMS färdplaner 2023–2027"]["kind"] == "roadmap"
    own = rows["Sörmlands strategi för smart specialisering"]
    assert (own["certain"], own["decided"], own["validFrom"]) == ("possible", "2017-02-02", "2017")
    assert "Sörmlands strategi för smart specialisering" not in {
        row["strategy"] for row in answered(store, "tq04", as_of="2016")
    }


def test_organisations_are_chains_too(store: Store) -> None:
    assert [
        (row["version"], row["validFrom"], row["validUntil"]) for row in answered(store, "tq05", name="MDH")
    ] == [
        ("Mälardalens högskola", "not-stated", "2021"),
        ("Mälardalens universitet", "2022", "not-stated"),
    ]
    parks = answered(store, "tq05", name="Science Park Mjärdevi")
    assert [row["version"] for row in parks] == ["Science Park Mjärdevi", "Linköping Science Park"]
    assert all("linkopingsciencepark-namnbyte derived" in str(row["evidence"]) for row in parks)


def test_a_strategy_decided_before_its_authority_was_formed_is_reported(store: Store) -> None:
    (row,) = answered(store, "tq06")
    assert (row["clash"], row["value"], row["otherValue"]) == ("decision", "2017-02-02", "2019")


def test_planted_clashes_are_reported() -> None:
    """Two documents give a bound twice, and a version outlasts the beginning of the next."""
    thing, newer = iri("https://example.org/a"), iri("https://example.org/b")
    triples = [
        (thing, n.prefLabel, text("A", "sv")),
        (newer, n.prefLabel, text("B", "sv")),
        (newer, n.replaces, thing),
        (thing, n.validUntil, year("2020")),
        (thing, n.validUntil, year("2021")),
        (newer, n.validFrom, year("2021")),
        (iri("https://example.org/literal"), n.notation, text("literal")),
    ]
    for key, about, predicate, value in (
        ("1", thing, n.validUntil, "2020"),
        ("2", thing, n.validUntil, "2021"),
        ("3", newer, n.validFrom, "2021"),
    ):
        statement, document = iri(f"https://example.org/s{key}"), iri(f"https://example.org/d{key}")
        triples += [
            (statement, n.subject, about),
            (statement, n.predicate, iri(predicate)),
            (statement, n.object_, year(value)),
            (statement, n.fromDocument, document),
            (statement, n.status, iri("https://example.org/literal")),
            (document, n.identifier, text(f"d{key}")),
        ]
    lines = [f"{s} {iri(p)} {o}" for s, p, o in triples]
    store = Store.memory()
    store.replace("https://example.org/graph", lines)
    rows = answered(store, "tq06")
    assert [(row["clash"], row["value"], row["otherValue"]) for row in rows] == [("bounds", "2020", "2021")]
    later = [line.replace('"2021"^^', '"2022"^^') if line.startswith(_SECOND) else line for line in lines]
    store.replace("https://example.org/graph", later)
    found = {(row["clash"], row["value"], row["otherValue"]) for row in answered(store, "tq06")}
    assert found == {("bounds", "2020", "2022"), ("overlap", "2022", "2021")}


@pytest.mark.parametrize("name", ["cq01", "cq04"])
def test_a_competency_question_can_be_asked_as_of_a_year(store: Store, name: str) -> None:
    everything = answered(store, name)
    assert answered(store, name, as_of="all") == everything
    early = {row["area"] for row in answered(store, name, as_of="2016")}
    assert "Verksamhetsnära digitala tjänster" in {row["area"] for row in everything} - early
    assert "Verksamhetsnära digitala tjänster" in {row["area"] for row in answered(store, name, as_of="2017")}


@pytest.mark.parametrize("wrong", ["soon", "20233", "2023-13-01", "23", "all", "20a3"])
def test_what_is_no_year_and_no_day_is_refused(store: Store, wrong: str) -> None:
    with pytest.raises(ParameterError, match=r"expected a year such as 2017 or a day such as 2024-04-01"):
        answered(store, "tq01", as_of=wrong)
