"""Changes by hand keep one law: the default graph is the merge of the named graphs, each triple once."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad

from graph import edit as editing
from graph.edit import Edit
from graph.errors import EditRefused
from graph.generations import Home
from graph.store import Store

EDITS = "x:edits"
GRAPHS: list[NamedNode | DefaultGraph] = [
    DefaultGraph(),
    NamedNode("x:g"),
    NamedNode("x:h"),
    NamedNode(EDITS),
]
NODES: list[NamedNode | BlankNode] = [NamedNode("x:a"), NamedNode("x:b"), BlankNode("c")]
P = NamedNode("x:p")
QUADS = st.builds(Quad, st.sampled_from(NODES), st.just(P), st.sampled_from(NODES), st.sampled_from(GRAPHS))
SETS = st.frozensets(QUADS, max_size=12)


def _merge_is_right(store: Store) -> None:
    named = [line for graph in store.graphs() for line in store.lines(graph)]
    assert store.lines() == sorted(set(named))


@pytest.mark.parametrize("many", [1, 2000])
@settings(max_examples=40)
@given(steps=st.lists(st.tuples(SETS, SETS), min_size=1, max_size=4))
def test_the_merge_follows_whatever_comes_and_goes(
    many: int, steps: list[tuple[frozenset[Quad], frozenset[Quad]]]
) -> None:
    store = Store.memory()
    before, editing._MANY = editing._MANY, many
    try:
        for gone, come in steps:
            Edit(store, EDITS).apply(gone, come)
            _merge_is_right(store)
            said = {quad.triple for quad in store.quads()}
            assert {quad.triple for quad in come} <= said
            assert not {q.triple for q in gone if q.graph_name == GRAPHS[0]} - {q.triple for q in come} & said
    finally:
        editing._MANY = before


def test_the_manifest_knows_the_graphs_that_say_something(tmp_path: Path) -> None:
    home = Home(tmp_path / "store")
    quad = Quad(NODES[0], P, NODES[2], GRAPHS[0])
    for gone, come, graphs in (((), (quad,), {EDITS}), ((quad,), (), set())):
        with home.draft() as draft:
            edit = Edit(draft.store, EDITS)
            edit.apply(gone, come)
            draft.edited(edit.touched)
        assert set(home.manifest().graphs) == graphs
        assert home.verify() == []


def test_what_follows_from_others_is_not_written() -> None:
    store = Store.memory()
    store.replace("x:g", ["<x:a> <x:p> <x:b>"])
    edit = Edit(store, EDITS, ["x:g"])
    edit.apply(list(edit.quads()), ())
    assert (edit.went, edit.left, edit.touched) == (0, 1, frozenset())
    with pytest.raises(EditRefused, match="Graph x:g follows from the others"):
        edit.apply((), [Quad(NODES[1], P, NODES[1], NamedNode("x:g"))])
    _merge_is_right(store)


def test_a_large_store_is_changed_by_loading() -> None:
    store = Store.memory()
    quads = [Quad(NODES[0], P, NamedNode(f"x:{n}"), GRAPHS[1]) for n in range(4)]
    edit = Edit(store, EDITS, most=7)
    edit.apply((), quads[:3])
    with pytest.raises(EditRefused, match=r"holds 8 quads; .* up to 7\. .*samspel load"):
        edit.apply((), quads)


def test_blank_nodes_stay_one_when_a_graph_is_loaded_and_made_afresh(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.generations.REMOVED", 0)
    with Home(tmp_path / "store").draft() as draft:
        draft.replace("x:g", ["_:a <x:p> _:b", "_:b <x:p> <x:a>"])
        draft.replace("x:h", ["<x:a> <x:p> <x:b>"])
        draft.replace("x:h", ["<x:a> <x:p> <x:c>"])
        _merge_is_right(draft.store)
        assert len(draft.store) == 6
