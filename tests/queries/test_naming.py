"""naming: one main name for each organisation without, whatever the order of the sources."""

import random
from itertools import permutations

import pytest

from graph.iris import Iris
from graph.store import Store
from graph.terms import text
from graph.validate import validate
from ontology import names as n
from queries.answer import ask
from queries.catalogue import query
from queries.naming import PREFERENCE, names

IRIS = Iris()
ORGANISATION = f"<{n.BASE}id/organisation/orgnr-2021003096>"
Printed = dict[str, list[tuple[str, str | None]]]
LIU: Printed = {
    "cordis": [("LINKOPINGS UNIVERSITET", None), ("LIU", None)],
    "swecris": [("Linköpings universitet", "sv"), ("Linköping University", "en")],
    "ror": [
        ("LiU", None),
        ("Linköping University", "en"),
        ("Linköpingin Yliopisto", "fi"),
        ("Linköpings Universitet", "sv"),
    ],
}


def graph(name: str) -> str:
    return IRIS.graph(name)[1:-1]


def said(printed: list[tuple[str, str | None]], organisation: str = ORGANISATION) -> list[str]:
    labels = [f"{organisation} <{n.altLabel}> {text(name, language)}" for name, language in printed]
    return [f"{organisation} <{n.type_}> <{n.Organisation}>", *labels]


def stored(printed: Printed, *more: str) -> Store:
    store = Store.memory()
    for source, found in printed.items():
        store.replace(graph(source), said(found))
    if more:
        store.replace(graph("numbers"), more)
    return store


def named(name: str, language: str) -> list[str]:
    """Return the lines of a name; one in English serves in Swedish too."""
    return [f"{ORGANISATION} <{n.prefLabel}> {text(name, each)}" for each in dict.fromkeys((language, "sv"))]


def test_all_in_the_bundled_data_have_names_already(store: Store) -> None:
    assert names(store, IRIS) == []


@pytest.mark.parametrize("order", list(permutations(LIU)), ids="-".join)
def test_the_choice_is_the_same_in_every_order_of_the_sources(order: tuple[str, ...]) -> None:
    store = stored({source: LIU[source] for source in order})
    assert names(store, IRIS) == named("Linköpings Universitet", "sv")


@pytest.mark.parametrize(
    ("printed", "name", "language"),
    [
        pytest.param({"cordis": [("AB VOLVO", None), ("Volvo AB", None)]}, "Volvo AB", "en", id="small"),
        pytest.param({"ror": [("NSC", "sv"), ("Super Centre", "en")]}, "Super Centre", "en", id="acronym"),
        pytest.param({"cordis": [("ABC", None), ("XY LTD", None)]}, "XY LTD", "en", id="capitals"),
        pytest.param({"ror": [("A", "fi"), ("Zeta", "en")]}, "Zeta", "en", id="english-before-finnish"),
        pytest.param({"ror": [("Alfa", None), ("Zeta", "en")]}, "Zeta", "en", id="label-before-alias"),
        pytest.param({"ror": [("Ö", "sv-SE"), ("A", "en")]}, "Ö", "sv", id="swedish-of-sweden"),
        pytest.param({"erdf_se": [("Örsta", None), ("Åmål", None)]}, "Åmål", "sv", id="alphabet"),
        pytest.param({"kohesio": [("Zeta", None)], "esf": [("Alfa", None)]}, "Zeta", "en", id="source"),
        pytest.param({"cordis": [("KTH", None)], "zzz": [("Alfa", None)]}, "KTH", "en", id="known-source"),
        pytest.param({"bbb": [("Alfa", None)], "aaa": [("Zeta", None)]}, "Zeta", "en", id="unknown-sources"),
        pytest.param({"cordis": [('A "B"\nC\\', None)]}, 'A "B"\nC\\', "en", id="escapes"),
    ],
)  # fmt: skip
def test_the_name_chosen(printed: Printed, name: str, language: str) -> None:
    assert names(stored(printed), IRIS) == named(name, language)


def test_a_swedish_number_makes_the_name_swedish() -> None:
    number = f'{ORGANISATION} <{n.organisationNumber}> "202100-3096"'
    assert names(stored({"cordis": [("RISE", None)]}, number), IRIS) == named("RISE", "sv")


@pytest.mark.parametrize("source", PREFERENCE)
def test_a_source_of_sweden_names_in_swedish(source: str) -> None:
    language = "en" if source in ("ror", "kohesio", "cordis") else "sv"
    assert names(stored({source: [("Alfa", None)]}), IRIS) == named("Alfa", language)


def test_who_has_a_main_name_gets_no_other() -> None:
    store = stored(LIU, f"{ORGANISATION} <{n.prefLabel}> {text('Linköpings universitet', 'sv')}")
    assert names(store, IRIS) == []


def test_what_is_no_organisation_gets_no_name() -> None:
    store = Store.memory()
    store.replace(graph("ror"), [f"<{n.BASE}id/project/p> <{n.altLabel}> {text('Acronym')}"])
    assert names(store, IRIS) == []


def test_names_chosen_before_are_chosen_anew() -> None:
    store = stored({"cordis": LIU["cordis"]})
    store.replace(graph("names"), names(store, IRIS))
    assert names(store, IRIS) == named("LINKOPINGS UNIVERSITET", "en")
    store.replace(graph("ror"), said(LIU["ror"]))
    assert names(store, IRIS) == named("Linköpings Universitet", "sv")


def test_with_its_name_the_organisation_meets_its_shapes() -> None:
    store = stored({"ror": LIU["ror"]}, f"{ORGANISATION} <{n.actorKind}> <{n.BASE}id/actor-kind/university>")
    assert not validate(store).conforms
    store.replace(graph("names"), names(store, IRIS))
    assert validate(store).findings == ()


def test_a_base_of_ones_own_has_its_own_graph_of_names() -> None:
    own = Iris("https://example.org/")
    store = stored({"cordis": LIU["cordis"]})
    store.replace(own.graph("names")[1:-1], names(store, own))
    assert names(store, own) == named("LINKOPINGS UNIVERSITET", "en")


def test_many_organisations_come_in_order_each_once() -> None:
    chance, store = random.Random(4), Store.memory()  # noqa: S311  (no secrets here)
    things = [f"<{n.BASE}id/organisation/orgnr-55{number:08}>" for number in range(2_000)]
    for source in ("cordis", "swecris"):
        chance.shuffle(things)
        store.replace(graph(source), [line for t in things for line in said([(t[-9:-1], None)], t)])
    assert [line.split(" ")[0] for line in names(store, IRIS)] == sorted(things)


def test_the_query_lists_the_names_that_there_are_to_choose_from() -> None:
    rows = ask(stored(LIU), query("unnamed-organisations")).rows
    assert [(row["name"], row["graph"]) for row in rows.dicts()] == [
        (name, graph(source))
        for source, printed in (
            ("cordis", ["LINKOPINGS UNIVERSITET", "LIU"]),
            ("ror", ["Linköping University", "Linköpingin Yliopisto", "Linköpings Universitet", "LiU"]),
            ("swecris", ["Linköping University", "Linköpings universitet"]),
        )
        for name in printed
    ]
