"""The store: named graphs, their merge in which a triple counts once, and questions of the wrong kind."""

import random
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, QueryTriples

from graph.errors import QueryError, StoreDamaged, StoreError
from graph.store import Rows, Store, as_term, joined, pieces, shown
from graph.terms import text

G, H = "https://example.org/g", "https://example.org/h"
A, B, C = (f"<https://example.org/{name}> <https://example.org/p> <https://example.org/o>" for name in "abc")
ALL = "SELECT ?s WHERE { ?s ?p ?o }"


def _store(**graphs: list[str]) -> Store:
    store = Store.memory()
    for name, lines in graphs.items():
        store.replace(f"https://example.org/{name}", lines)
    return store


def test_a_triple_in_two_graphs_counts_once_in_the_merge() -> None:
    store = _store(g=[A, B], h=[B, C])
    assert len(store.rows(ALL).rows) == 3
    assert store.lines() == [A, B, C]
    assert (store.lines(G), store.lines(H)) == ([A, B], [B, C])
    assert len(store) == 3 + 2 + 2


def test_replacing_a_graph_forgets_only_what_no_other_graph_says() -> None:
    store = _store(g=[A, B], h=[B, C])
    store.replace(G, [])
    assert store.lines() == [B, C]
    assert store.graphs() == (H,)


def test_replacing_a_graph_keeps_what_it_says_again() -> None:
    store = _store(g=[A, B])
    store.replace(G, [B, C])
    assert store.lines() == store.lines(G) == [B, C]


def _lines(names: set[str]) -> list[str]:
    return sorted(f"<https://example.org/{name}> <https://example.org/p> {text('å')}" for name in names)


STEPS = st.lists(st.tuples(st.sampled_from("gh"), st.sets(st.sampled_from("abcd"))), max_size=8)


@given(STEPS)
def test_the_merge_is_the_union_of_the_graphs_after_any_replacements(
    steps: list[tuple[str, set[str]]],
) -> None:
    store, last = Store.memory(), dict[str, set[str]]()
    for graph, names in steps:
        store.replace(f"https://example.org/{graph}", _lines(names))
        last[graph] = names
    assert store.lines() == _lines(set().union(*last.values()))
    assert store.graphs() == tuple(f"https://example.org/{graph}" for graph in sorted(last) if last[graph])


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from('\n\r\t\\"\u2028\u2029')))
def test_a_line_is_one_triple_whatever_it_holds(value: str) -> None:
    store = _store(g=[f"<a:s> <a:p> {text(value, 'sv')}"])
    (line,) = store.lines(G)
    again = _store(g=[line])
    assert again.rows("SELECT ?o WHERE { ?s ?p ?o }").rows == (
        (Literal(unicodedata.normalize("NFC", value), language="sv"),),
    )
    assert again.digest(G) == store.digest(G)


def test_a_digest_counts_and_does_not_depend_on_the_order_of_loading() -> None:
    assert _store(g=[A, B]).digest(G) == _store(g=[B, A, A]).digest(G)
    assert _store(g=[A, B]).digest(G) != _store(g=[A, C]).digest(G)
    assert _store(g=[A, B]).digest(G)[0] == 2


@pytest.mark.parametrize("line", ["no triple", "<a:s> <a:p>", '<a:s> <a:p> "open', "<a:s> <a:p> <b c>"])
def test_lines_that_are_no_triples_are_refused_with_the_graph(line: str) -> None:
    with pytest.raises(StoreError, match=f"Graph {G}: what was to be loaded is no N-Triples: "):
        _store(g=[A, line])


@pytest.mark.parametrize(
    ("method", "query", "wanted"),
    [
        ("rows", "ASK { ?s ?p ?o }", "A SELECT query was expected here."),
        ("rows", "CONSTRUCT WHERE { ?s ?p ?o }", "A SELECT query was expected here."),
        ("ask", ALL, "An ASK query was expected here."),
        ("construct", ALL, "A CONSTRUCT or DESCRIBE query was expected here."),
        ("construct", "ASK { ?s ?p ?o }", "A CONSTRUCT or DESCRIBE query was expected here."),
    ],
)
def test_a_query_of_the_wrong_kind_is_refused(method: str, query: str, wanted: str) -> None:
    with pytest.raises(QueryError) as refusal:
        getattr(_store(g=[A]), method)(query)
    assert str(refusal.value) == wanted
    held = [value for frame in refusal.traceback for value in frame.frame.f_locals.values()]
    answers = [each for each in held if isinstance(each, QueryBoolean | QuerySolutions | QueryTriples)]
    assert not answers, "one that lives on is dropped by whichever thread collects garbage"


@pytest.mark.parametrize(
    "query", ["", "SELECT", "SELECT ?s { ?s ?p }", "DROP ALL", "INSERT DATA { <a:a> <a:b> <a:c> }"]
)
def test_what_is_no_query_cannot_be_parsed(query: str) -> None:
    with pytest.raises(QueryError, match=r"The query cannot be parsed: "):
        _store(g=[A]).run(query)


def test_what_fails_while_rows_are_read_is_told_too() -> None:
    port_of_no_web_server = "SELECT ?s WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"
    with pytest.raises(QueryError, match="The query cannot be run: The port 9 is not allowed"):
        _store(g=[A]).rows(port_of_no_web_server)


def test_answers_of_every_kind() -> None:
    store = _store(g=[A])
    assert store.ask("ASK { <https://example.org/a> ?p ?o }") is True
    assert store.ask("ASK { <https://example.org/b> ?p ?o }") is False
    assert [str(triple) for triple in store.construct("CONSTRUCT WHERE { ?s ?p ?o }")] == [A]
    assert store.rows(ALL) == Rows(("s",), ((NamedNode("https://example.org/a"),),))


def test_rows_as_texts_leave_unbound_cells_open() -> None:
    rows = _store(g=[f"<a:s> <a:p> {text('ö', 'sv')}"]).rows("SELECT ?o ?none WHERE { ?s ?p ?o }")
    assert list(rows.dicts()) == [{"o": "ö", "none": None}]


def test_a_term_of_an_answer_can_be_said_again() -> None:
    ((cell,),) = _store(g=[f"<a:s> <a:p> {text('ö', 'sv')}"]).rows("SELECT ?o WHERE { ?s ?p ?o }").rows
    assert isinstance(cell, Literal)
    assert as_term(cell) == text("ö", "sv")
    assert shown(cell) == "ö"


def test_a_copy_in_memory_says_the_same_and_goes_its_own_way() -> None:
    store = _store(g=[A], h=[B])
    copy = store.in_memory()
    copy.replace(G, [C])
    assert (store.lines(), copy.lines()) == ([A, B], [B, C])


def test_merge_and_whole_are_copied_in_one_reading(tmp_path: Path) -> None:
    blank, dotted = '_:b <urn:p> "ends so: . \\n . "', '<urn:s> <urn:p> " .\\n"@sv'
    store = Store.create(tmp_path / "data")
    store.load("urn:å", [f"{blank} .\n{dotted} .\n<urn:s> <urn:p> _:b .\n".encode()])
    store.load("urn:h", [f"{dotted} .\n".encode()])
    merge, whole = store.both_in_memory()
    assert (merge.graphs(), whole.graphs()) == ((), ("urn:h", "urn:å"))
    assert merge.lines()[0] == whole.lines()[0] == dotted
    assert (len(merge), len(whole)) == (3, 7)
    assert whole.lines("urn:h") == [dotted]
    joined = "SELECT * { ?s <urn:p> ?b . ?b <urn:p> ?o } "
    assert len(merge.rows(joined).rows) == len(whole.rows(joined).rows) == 1
    assert whole.ask("ASK { GRAPH <urn:å> { ?b ?p ?o } { ?b <urn:p> ?o } FILTER ISBLANK(?b) }")


def test_a_store_on_disk_says_the_same_when_opened_again(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "data")
    store.replace(G, [A, B])
    store.flush()
    store.backup(tmp_path / "copy")
    store.close()
    assert Store.open(tmp_path / "data").lines(G) == Store.open(tmp_path / "copy").lines(G) == [A, B]


def test_a_folder_that_is_not_there_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=f"{tmp_path / 'none'}: the store cannot be opened: .+"):
        Store.open(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_a_place_where_nothing_can_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    with pytest.raises(StoreError, match="the store cannot be opened for writing"):
        Store.create(tmp_path / "file" / "data")


def test_a_broken_block_shows_when_it_is_read_and_is_told(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "data")
    store.replace(G, [f"<a:{number}> <a:p> <a:o{number}>" for number in range(500)])
    store.close()
    for path in (tmp_path / "data").glob("*.sst"):
        content = bytearray(path.read_bytes())
        if len(content) > 4000:  # the others hold no triples, only what is needed to open
            content[200:250] = bytes(byte ^ 0xFF for byte in content[200:250])
            path.write_bytes(content)
    opened = Store.open(tmp_path / "data")
    for read in (opened.lines, opened.in_memory, lambda: opened.digest(G)):
        with pytest.raises(
            StoreDamaged, match=r"The stored data cannot be read: Corruption.+: samspel build"
        ):
            read()
    with pytest.raises(QueryError, match="The query cannot be run: Corruption"):
        opened.rows(ALL)


def test_a_digest_on_disk_is_that_in_memory_however_the_lines_were_loaded(tmp_path: Path) -> None:
    lines = [f'<a:s{number % 97}> <a:p> "{number}å" .\n'.encode() for number in range(400)]
    found = set()
    for seed, size in ((1, 1000), (2, 5000), (3, 1 << 20)):
        random.Random(seed).shuffle(lines)  # noqa: S311  (no secrets here)
        for store in (Store.memory(), Store.create(tmp_path / f"{seed}")):
            store.load(G, joined([*lines, *lines[:50]], size))
            store.flush()
            found.add(store.digest(G))
    assert [count for count, _ in found] == [400]


def test_lines_are_streamed_as_often_as_asked_and_may_be_left_unread() -> None:
    store = Store.memory()
    store.replace(G, [f"<a:{number}> <a:p> <a:o>" for number in range(30_000)])
    told = store.stream()
    ahead = iter(told)
    assert next(ahead).endswith("<a:o>")
    del ahead
    assert sorted(told) == sorted(told) == store.lines()


def test_a_file_is_read_in_pieces_of_whole_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.nt"
    path.write_bytes(b"one\ntwo\nthree\nfour")
    assert list(pieces(path, 2)) == [b"one\n", b"two\n", b"three\n", b"four"]
    assert list(joined([b"one\n", b"two\n", b"three\n"], 5)) == [b"one\ntwo\n", b"three\n"]
    with pytest.raises(StoreError, match=r"none\.nt: cannot be read: No such file"):
        list(pieces(tmp_path / "none.nt"))
