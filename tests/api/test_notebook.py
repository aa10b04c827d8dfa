"""What notebooks show, without a notebook."""

from pathlib import Path

import pytest

from api.notebook import asked, drawing, open_store, read_matrix, read_network, refused, rows, table, values
from graph.generations import Home
from graph.store import Store
from queries import measure
from queries.errors import MeaninglessError
from queries.matrix_measure import run
from queries.network import Network

QUESTION = Path(__file__).parents[2] / "docs" / "notebooks" / "questions" / "counties-by-operations.rq"


def test_the_store_of_the_environment_is_opened(built: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMSPEL_STORE", str(built.folder))
    assert len(open_store()) == len(built.open())


def test_rows_of_a_network_give_the_same_network(store: Store) -> None:
    read = read_network(store, "organisations")
    again = Network.from_rows(read.name, rows(read), "one-mode")
    assert again.ids == read.ids
    assert again.counts.tolist() == read.counts.tolist()
    assert again.nodes == read.nodes


def test_a_question_of_ones_own_is_read_from_its_file(store: Store) -> None:
    read = read_network(store, QUESTION)
    assert len(read.nodes) == 21
    assert len(rows(read)) == 21  # without the fund's file nobody meets


def test_a_table_says_what_it_leaves_out_and_keeps_its_columns_apart() -> None:
    shown = table(["a|b", "n"], [("x|y", 0.123456), (None, 2), ("z", 3)], most=2)
    assert shown.markdown == "| a\\|b | n |\n| --- | --- |\n| x\\|y | 0.1235 |\n|  | 2 |\n\nand 1 more\n"
    assert repr(shown) == shown._repr_markdown_()


def test_values_come_with_what_they_rest_on(store: Store) -> None:
    shown = values(measure.run("strength", read_network(store, "organisations"), weight="newman"), 2)
    assert "| label | strength | partners |" in shown.markdown
    assert "N = 17 nodes, 52 edges, 2 components; weight newman; scipy" in shown.markdown
    assert "https://" not in shown.markdown


def test_values_of_a_matrix_hide_the_ids(store: Store) -> None:
    shown = values(run("relatedness", read_matrix(store, "concepts-declared", wider="no")))
    assert shown.markdown.startswith("| areaLabel |")
    assert "N = 21 regions" in shown.markdown


def test_a_refusal_is_shown_and_its_lack_is_an_error(store: Store) -> None:
    shown = refused(lambda: run("eci", read_matrix(store, "declared-areas")))
    assert shown.markdown.startswith("Refused: The measure 'eci'")
    with pytest.raises(ValueError, match="no longer true"):
        refused(lambda: 1)
    with pytest.raises(MeaninglessError):
        run("eci", read_matrix(store, "declared-areas"))


def test_a_query_is_asked_with_its_parameters(store: Store) -> None:
    assert "| region | change |" in asked(store, "tq03", first="2016", last="2024").markdown


def test_a_drawing_stands_in_a_frame_that_may_only_run_its_script(store: Store) -> None:
    shown = drawing(read_network(store, "organisations"), 'Who & "whom"')
    page = shown._repr_html_()
    assert page.startswith(('<iframe srcdoc="&lt;!DOCTYPE html&gt;', '<iframe srcdoc="&lt;'))
    assert 'title="Who &amp; &#34;whom&#34;" sandbox="allow-scripts"' in page
    assert page.count("<") == 2
    assert repr(shown) == 'A drawing of Who & "whom"'
