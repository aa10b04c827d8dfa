"""The catalogue: headers held to the rules, and every file found by convention."""

import re
from pathlib import Path

import pytest

from graph.store import Rows, Store, shown
from queries import catalogue
from queries.answer import ask, bind
from queries.catalogue import Query
from queries.errors import HeaderError, UnknownName

HEADER = """\
# title-sv: Vad?
# title-en: What?
# about-sv: Det.
# about-en: It.
# returns: a
"""
ALL = {**catalogue.queries(), **catalogue.networks()}
EVERY = pytest.mark.parametrize("found", ALL.values(), ids=ALL)


def write(folder: Path, header: str, text: str = "SELECT ?a WHERE { BIND(1 AS ?a) }") -> Path:
    path = folder / "some.rq"
    path.write_text(f"{header}\n{text}\n", "utf-8")
    return path


def test_the_25_competency_questions_are_there() -> None:
    named = [name for name, found in catalogue.queries().items() if found.category == "competency"]
    assert named == [f"cq{number:02}" for number in range(1, 26)]


def test_the_networks_are_there() -> None:
    assert {"counties", "organisations", "organisations-areas"} <= set(catalogue.networks())


@EVERY
def test_a_query_answers_with_the_columns_it_names(found: Query, store: Store) -> None:
    rows = ask(store, found).rows
    assert rows.columns == found.returns
    assert {column.removeprefix("-") for column in found.order} <= set(found.returns)
    assert set(found.lists) <= set(found.returns)


@EVERY
def test_a_query_is_told_in_both_languages(found: Query) -> None:
    assert found.title("sv") == found.title_sv != found.title_en == found.title("en")
    assert found.about("sv") == found.about_sv != found.about_en == found.about("en")
    assert all("\n" not in told for told in (found.title_sv, found.title_en, found.about_sv, found.about_en))


@EVERY
def test_parameters_have_labels_and_defaults_that_fit(found: Query) -> None:
    given, _ = bind(found, {})
    assert list(given) == [parameter.name for parameter in found.parameters]
    for parameter in found.parameters:
        assert parameter.label
        assert (parameter.default in parameter.choices) == bool(parameter.choices)
        assert parameter.choices or parameter.type != "choice"


def texts(found: Query, rows: Rows) -> list[list[str]]:
    """Return rows as texts, sorted; so are the parts of lists, which the engine joins in any order."""
    lists = [name in found.lists for name in rows.columns]
    return sorted(
        [
            " | ".join(sorted(shown(cell).split(" | "))) if parted and cell is not None else str(cell)
            for parted, cell in zip(lists, row, strict=True)
        ]
        for row in rows.rows
    )


@EVERY
def test_the_file_runs_as_it_stands(found: Query, store: Store) -> None:
    plain, bound = store.rows(found.text), store.rows(bind(found, {})[1])
    assert plain.columns == bound.columns
    assert texts(found, plain) == texts(found, bound)


@EVERY
def test_no_file_holds_what_the_engine_gets_wrong(found: Query) -> None:
    """HAVING over an alias gives no rows, silently (findings of the engine)."""
    aliases = re.findall(r"AS \?(\w+)\)", found.text)
    having = "".join(re.findall(r"HAVING.*", found.text))
    assert not [alias for alias in aliases if re.search(rf"\?{alias}\b", having)]


@pytest.mark.parametrize("found", catalogue.networks().values(), ids=catalogue.networks())
def test_a_network_says_how_its_rows_are_read(found: Query) -> None:
    assert found.network_mode() in ("one-mode", "two-mode")


def test_a_query_that_is_no_network_has_no_mode() -> None:
    with pytest.raises(HeaderError, match=r"cq01\.rq:1: mode is ''; expected one-mode or two-mode"):
        catalogue.query("cq01").network_mode()


def test_reading_a_file(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        HEADER + "# param: x | choice one,two | two | Which: one or two?\n# order: -a\n",
        'SELECT ?a WHERE { VALUES ?x { "two" } BIND(?x AS ?a) }',
    )
    found = catalogue.read(path)
    assert (found.name, found.title_en, found.returns, found.order) == ("some", "What?", ("a",), ("-a",))
    parameter = found.parameters[0]
    assert (parameter.name, parameter.type, parameter.choices) == ("x", "choice", ("one", "two"))
    assert (parameter.default, parameter.label) == ("two", "Which: one or two?")
    assert catalogue.has_header(found.text)


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("SELECT", r"some\.rq:1: '# key: value' was expected, found 'SELECT'"),
        ("# no colon here", r"some\.rq:1: '# key: value' was expected"),
        ("", r"some\.rq:1: the header lacks title-sv, title-en, about-sv, about-en, returns"),
        (HEADER.replace("# returns: a\n", ""), r"the header lacks returns"),
        (HEADER.replace("# title-en: What?", "# title-en:"), r"the header lacks title-en"),
        (HEADER + "# colour: red", r"some\.rq:6: header line 'colour' is unknown or stands twice"),
        (HEADER + "# returns: b", r"some\.rq:6: header line 'returns' is unknown or stands twice"),
        (HEADER + "# param: x | text | y", r"some\.rq:6: 'name \| type \| default \| label' was expected"),
        (HEADER + "# param: x | colour | y | z", r"some\.rq:6: type 'colour' is none of text, choice"),
        (HEADER + "# param: x | text | y | z", r"some\.rq:6: exactly one 'VALUES \?x \{ … \}' was expected"),
    ],
    ids=lambda value: value.splitlines()[-1] if value else "empty",
)
def test_a_bad_header_is_refused_with_file_and_line(tmp_path: Path, header: str, message: str) -> None:
    with pytest.raises(HeaderError, match=message):
        catalogue.read(write(tmp_path, header))


def test_two_blocks_for_one_parameter_are_refused(tmp_path: Path) -> None:
    text = "SELECT ?a WHERE { VALUES ?x { 1 } VALUES ?x { 2 } BIND(?x AS ?a) }"
    with pytest.raises(HeaderError, match="exactly one"):
        catalogue.read(write(tmp_path, HEADER + "# param: x | integer | 1 | a number", text))


def test_a_file_without_a_header_is_known(tmp_path: Path) -> None:
    assert not catalogue.has_header("SELECT ?a WHERE { ?a ?b ?c }")
    assert not catalogue.has_header("# a remark of somebody\nSELECT ?a WHERE { ?a ?b ?c }")


@pytest.mark.parametrize(
    ("name", "near"),
    [("cq1", "cq"), ("cq26", "cq"), ("class-count", "class-counts"), ("matchareas", "match-areas")],
)
def test_a_wrong_name_meets_the_nearest(name: str, near: str) -> None:
    with pytest.raises(UnknownName, match=rf"There is no query '{name}'\. Did you mean '{near}"):
        catalogue.query(name)


def test_a_wrong_name_of_a_network_lists_the_networks() -> None:
    with pytest.raises(UnknownName, match=r"There is no network 'xyz'\. There are: counties, organisations,"):
        catalogue.network("xyz")
