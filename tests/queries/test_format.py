"""The formats as a whole: found by name, told of, the same each time, and written in pieces."""

from dataclasses import replace
from pathlib import Path

import pytest

from queries import attributes
from queries.errors import HeaderError, MeaninglessError, ParameterError, UnknownName
from queries.format import Export, files, format_of, formats, write
from queries.measure import run
from queries.network import MODES, Mode, Network, Row

ROOT = Path(__file__).parent.parent.parent
NAMES = sorted(path.stem for path in (ROOT / "queries" / "formats").glob("[!_]*.py"))
ROWS: list[Row] = [
    {"actor": actor, "actorLabel": f"Å {actor}", "event": event, "from": "2020-01-01"}
    for actor, event in ("ap", "bp", "cp", "aq", "bq", "dr")
]


def export(rows: list[Row], mode: Mode) -> Export:
    network = Network.from_rows("x", rows, mode)
    return Export(network, [run("degree", network), run("communities", network)] if rows else [])


def test_every_file_is_a_format_of_its_name() -> None:
    assert list(formats()) == NAMES
    assert {"csv", "nodes", "json", "graphml", "gexf", "gexf_dynamic", "pajek", "vosviewer"} <= set(NAMES)
    assert {"graphology", "cytoscape", "rdf"} <= set(NAMES)


def test_every_format_is_titled_and_no_two_share_an_ending() -> None:
    for form in formats().values():
        assert all((form.title("sv"), form.title("en"), form.opens_in, form.media_type))
    assert len({form.ending for form in formats().values()}) == len(formats())


@pytest.mark.parametrize("name", NAMES)
def test_every_format_is_told_of_with_the_programs_that_open_it(name: str) -> None:
    told = (ROOT / "docs" / "exports.md").read_text("utf-8")
    (line,) = (line for line in told.splitlines() if line.startswith(f"| `{name}` |"))
    assert f"`.{format_of(name).ending}`" in line
    assert format_of(name).opens_in in line


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("mode", MODES)
def test_a_format_is_the_same_however_the_rows_came(name: str, mode: Mode) -> None:
    assert write(name, export(ROWS, mode)) == write(name, export(ROWS[::-1], mode))


@pytest.mark.parametrize("name", sorted(set(NAMES) - {"rdf", "gexf_dynamic"}))
@pytest.mark.parametrize("mode", MODES)
def test_a_format_takes_an_empty_network(name: str, mode: Mode) -> None:
    assert write(name, export([], mode))


@pytest.mark.parametrize("name", ["rdf", "gexf_dynamic"])
def test_what_has_nothing_to_hold_is_refused(name: str) -> None:
    with pytest.raises(MeaninglessError):
        write(name, export([], "one-mode"))


@pytest.mark.parametrize("name", NAMES)
def test_a_file_comes_in_pieces(name: str) -> None:
    assert all(len(list(text)) > 1 for text in files(name, export(ROWS, "one-mode")).values())


def test_edges_come_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[Row] = [{"actor": f"a{at}", "event": "p"} for at in range(12)]
    whole = write("csv", export(rows, "one-mode"))
    monkeypatch.setattr(attributes, "EDGES_AT_ONCE", 30)
    pieces = list(files("csv", export(rows, "one-mode"))["csv"])
    assert [piece.count("\n") for piece in pieces] == [1, 30, 30, 6]
    assert "".join(pieces) == whole


@pytest.mark.parametrize("name", sorted(name for name in NAMES if "bom" not in format_of(name).takes))
def test_a_byte_order_mark_is_refused_where_it_would_harm(name: str) -> None:
    with pytest.raises(ParameterError, match=f"'{name}' takes no byte order mark.* csv, nodes, pajek"):
        write(name, replace(export(ROWS, "one-mode"), bom=True))


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(UnknownName, match="graphml"):
        write("graphlm", export(ROWS, "one-mode"))


def test_positions_of_other_nodes_are_refused() -> None:
    with pytest.raises(ParameterError, match="There are 1 positions for the 4 nodes of 'x'"):
        Export(Network.from_rows("x", ROWS, "one-mode"), positions=[(0.0, 0.0)])


def test_a_file_that_calls_itself_something_else_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from queries.formats import csv

    monkeypatch.setattr(csv, "FORMAT", replace(csv.FORMAT, name="tsv"))
    with pytest.raises(HeaderError, match=r"csv\.py calls itself 'tsv'"):
        formats()
