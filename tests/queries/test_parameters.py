"""Any text and any IRI as a parameter: it means itself, in every catalogued query, and never more."""

import string
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from graph.asked import Cell
from graph.store import Store
from queries import catalogue
from queries.answer import ask
from queries.catalogue import Parameter, Query
from queries.errors import ParameterError

NOBODY = "https://nobody.example/of/this/name"
CUTS = (
    '"',
    "\\",
    "> ",
    "}",
    "{",
    "#",
    "\n",
    "VALUES ?x { ",
    "UNDEF",
    "?s ?p ?o",
    "'''",
    "<",
    "$x",
    "_:b",
    "Å",
)
TEXTS = st.lists(st.sampled_from(CUTS) | st.text(max_size=3), max_size=6).map("".join)
IRIS = st.text(string.ascii_letters + string.digits + "/#:?&=._-~%åÅé<> \"{}|\\^`'", max_size=20).map(
    "https://nobody.example/".__add__
)
ECHO = """\
# title-sv: Vem säger det?
# title-en: Who says so?
# about-sv: De som säger något.
# about-en: Those that say something.
# returns: s
# param: x | {type} | {default} | vad som sägs / what is said
"""
ASKING = [
    (query, parameter)
    for query in catalogue.queries().values()
    for parameter in query.parameters
    if parameter.type in ("text", "iri", "iris")
]


def asked(folder: Path, type_: str, default: str, block: str) -> Query:
    path = folder / f"{type_}.rq"
    head = ECHO.format(type=type_, default=default)
    path.write_text(f"{head}\nSELECT DISTINCT ?s {{ VALUES ?x {{ {block} }} ?s ?p ?x }}\n", "utf-8")
    return catalogue.read(path)


@pytest.fixture(scope="module")
def said(store: Store) -> dict[Cell, set[Cell]]:
    """Who says what, as Python reads the store."""
    found: dict[Cell, set[Cell]] = defaultdict(set)
    for quad in store.every_quad():
        found[quad.object].add(quad.subject)
    return found


@pytest.fixture(scope="module")
def plain(said: dict[Cell, set[Cell]]) -> list[str]:
    """Some of the texts without a language that the data hold."""
    return sorted(each.value for each in said if isinstance(each, Literal) and each == Literal(each.value))[
        ::7
    ]


@pytest.fixture(scope="module")
def by_text(tmp_path_factory: pytest.TempPathFactory) -> Query:
    return asked(tmp_path_factory.mktemp("text"), "text", "a", '"a"')


@pytest.fixture(scope="module")
def by_iri(tmp_path_factory: pytest.TempPathFactory) -> Query:
    return asked(tmp_path_factory.mktemp("iri"), "iri", NOBODY, f"<{NOBODY}>")


def answered(store: Store, query: Query, value: str) -> set[Cell]:
    return {row[0] for row in ask(store, query, {"x": value}).rows.rows}


@given(TEXTS)
@example('" } ?s ?p ?y . VALUES ?x { "')
def test_a_text_finds_what_a_filter_finds(
    store: Store, said: dict[Cell, set[Cell]], by_text: Query, value: str
) -> None:
    try:
        found = answered(store, by_text, value)
    except ParameterError:
        assert any(not each.isprintable() for each in value), "only control characters are refused"
        return
    assert found == said.get(Literal(value), set())


def test_texts_of_the_data_find_what_a_filter_finds(
    store: Store, said: dict[Cell, set[Cell]], by_text: Query, plain: list[str]
) -> None:
    assert len(plain) > 50
    for value in plain:
        assert answered(store, by_text, value) == said[Literal(value)] != set()


@given(IRIS)
@example("https://nobody.example/> } ?s ?p ?y . VALUES ?x { <https://nobody.example/")
def test_an_iri_finds_what_a_filter_finds(
    store: Store, said: dict[Cell, set[Cell]], by_iri: Query, value: str
) -> None:
    try:
        found = answered(store, by_iri, value)
    except ParameterError:
        return
    assert not set(value) & set('<> "{}|\\^`'), "what breaks out of an IRI is refused"
    assert found == said.get(NamedNode(value), set())


def test_iris_of_the_data_find_what_a_filter_finds(
    store: Store, said: dict[Cell, set[Cell]], by_iri: Query
) -> None:
    iris = sorted(each.value for each in said if isinstance(each, NamedNode))[::20]
    assert len(iris) > 50
    for value in iris:
        assert answered(store, by_iri, value) == said[NamedNode(value)]


@pytest.mark.parametrize(("query", "parameter"), ASKING, ids=lambda each: str(each.name))
def test_what_the_data_do_not_hold_is_answered_as_nothing_else(
    store: Store, query: Query, parameter: Parameter
) -> None:
    """Two values that nothing in the data has have one answer: a value that broke out would show."""
    as_text = parameter.type == "text"
    nothing = ask(store, query, {parameter.name: NOBODY}).rows

    @settings(max_examples=8)
    @given(TEXTS.map("¤ingen¤".__add__) if as_text else IRIS)
    def alike(value: str) -> None:
        try:
            found = ask(store, query, {parameter.name: value})
        except ParameterError as error:
            assert parameter.name in str(error)
            return
        assert found.rows == nothing

    alike()
