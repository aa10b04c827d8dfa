"""Lists of things: two are compared as streams, as a comparison in memory would do it."""

import gzip
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from graph import thing_lists
from graph.thing_lists import ADDED, CHANGED, REMOVED, SAME, Change, Counts

KEYS = st.tuples(st.sampled_from([b"a", b"b"]), st.sampled_from([b"<x>", b"<y>", b"<xy>", b"<z>"]))
LISTS = st.dictionaries(KEYS, st.sampled_from([b"1", b"2"]))


def _kind(old: bytes | None, new: bytes | None) -> str:
    if old is None:
        return ADDED
    return REMOVED if new is None else SAME if old == new else CHANGED


@given(LISTS, LISTS)
def test_comparing_streams_is_comparing_dictionaries(
    old: dict[tuple[bytes, bytes], bytes], new: dict[tuple[bytes, bytes], bytes]
) -> None:
    rows = [sorted((part, iri, mark) for (part, iri), mark in each.items()) for each in (old, new)]
    expected = {
        Change(part.decode(), iri.decode()[1:-1], _kind(old.get((part, iri)), new.get((part, iri))))
        for part, iri in old.keys() | new.keys()
    }
    found = list(thing_lists.compare(*rows))
    assert set(found) == expected
    assert len(found) == len(expected)


def test_a_thing_has_one_hash_over_all_its_lines() -> None:
    lines = [b"<a> <p> <b> .\n", b"<a> <p> <c> .\n", b"<b> <p> <a> .\n"]
    (a, mark), (b, _) = thing_lists.listed(lines)
    assert (a, b) == (b"<a>", b"<b>")
    ((_, other),) = thing_lists.listed(lines[:1])
    assert mark != other


def test_changes_are_noted_and_read_again(tmp_path: Path) -> None:
    changes = [Change("seeds", "https://a/å", ADDED), Change("seeds", "https://a/b", SAME)]
    with gzip.open(tmp_path / "changes.gz", "wb") as file:
        counted = thing_lists.counted(thing_lists.noted(changes, file))
    assert counted == {"seeds": Counts(added=1, same=1)}
    assert list(thing_lists.read_changes(tmp_path / "changes.gz")) == changes[:1]
