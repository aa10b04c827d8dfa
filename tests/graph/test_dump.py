"""Dumps: the same bytes for the same facts, sorted, whole, and without blank nodes."""

from pathlib import Path

import pytest
from pyoxigraph import BlankNode, RdfFormat, parse

from api.build import build
from graph.dump import dump
from graph.errors import StoreError
from graph.generations import Home
from graph.iris import Iris
from graph.store import Store

G, H = "https://example.org/g", "https://example.org/h"


@pytest.fixture(scope="module")
def dumped(built: Home, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All graphs of the built store as a file."""
    (path,) = dump(built.open(), tmp_path_factory.mktemp("dump"))
    return path


def test_two_builds_from_nothing_give_identical_bytes(dumped: Path, tmp_path: Path) -> None:
    again = Home(tmp_path / "store")
    build(again, Iris())
    (path,) = dump(again.open(), tmp_path / "again.nq")
    assert path.read_bytes() == dumped.read_bytes()


def test_lines_are_sorted_within_each_graph_and_graphs_by_name(dumped: Path) -> None:
    keys = [
        (line.rsplit(" ", 2)[1], line.rsplit(" ", 2)[0])
        for line in dumped.read_text("utf-8").removesuffix("\n").split("\n")
    ]
    assert keys == sorted(set(keys))


def test_the_dump_is_the_store_again(dumped: Path, built: Home) -> None:
    store, found = built.open(), dict[str, list[str]]()
    for quad in parse(path=str(dumped), format=RdfFormat.N_QUADS):
        found.setdefault(quad.graph_name.value, []).append(str(quad.triple))
    assert {graph: sorted(lines) for graph, lines in found.items()} == {
        graph: store.lines(graph) for graph in store.graphs()
    }


def test_the_dump_holds_no_blank_nodes(dumped: Path) -> None:
    for quad in parse(path=str(dumped), format=RdfFormat.N_QUADS):
        assert not isinstance(quad.subject, BlankNode)
        assert not isinstance(quad.object, BlankNode)


def _store() -> Store:
    store = Store.memory()
    store.replace(H, ["<a:s> <a:p> <a:o>"])
    store.replace(G, ["<a:s> <a:p> <a:o>", '<a:s> <a:p> "å\u2028\\n"@sv'])
    return store


def test_a_triple_stands_once_for_each_graph_that_says_it(tmp_path: Path) -> None:
    (path,) = dump(_store(), tmp_path / "all.nq")
    assert path.read_text("utf-8").split("\n")[:-1] == [
        f'<a:s> <a:p> "å\u2028\\n"@sv <{G}> .',
        f"<a:s> <a:p> <a:o> <{G}> .",
        f"<a:s> <a:p> <a:o> <{H}> .",
    ]


def test_a_folder_is_made_and_gets_a_file(tmp_path: Path) -> None:
    assert dump(_store(), tmp_path / "new" / "folder") == [tmp_path / "new" / "folder" / "samspel.nq"]
    assert (tmp_path / "new" / "folder" / "samspel.nq").read_bytes().count(b"\n") == 3


def test_a_file_is_named_by_its_ending(tmp_path: Path) -> None:
    assert dump(_store(), tmp_path / "all.nq") == [tmp_path / "all.nq"]
    assert [path.name for path in tmp_path.iterdir()] == ["all.nq"]


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    with pytest.raises(StoreError, match=r"samspel\.nq: cannot be written: .+\."):
        dump(_store(), tmp_path / "file")
