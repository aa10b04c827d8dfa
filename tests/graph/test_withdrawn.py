"""The list of withdrawn things: found by halving, whatever their names; merged line by line; damage told."""

import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import withdrawn
from graph.errors import StoreDamaged, StoreError
from graph.thing_lists import ADDED, CHANGED, REMOVED, Change
from graph.withdrawn import Withdrawn

BASE = "https://e.org/"
NAMES = st.text(st.sampled_from("ab,;-/~.åö日"), min_size=1, max_size=9)


def listed(path: Path, names: set[str]) -> Path:
    """Write a list of things, each with a version of its own."""
    withdrawn.write(path, (Withdrawn(name, f"v{len(name)}", "2026-01-02") for name in sorted(names)))
    return path


@given(st.sets(NAMES, max_size=40), NAMES)
def test_what_is_listed_is_found_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, names: set[str], other: str
) -> None:
    path = listed(tmp_path_factory.mktemp("list") / "x.csv", names)
    for name in (*names, other):
        expected = Withdrawn(name, f"v{len(name)}", "2026-01-02") if name in names else None
        assert withdrawn.find(path, name) == expected
    assert {each.iri for each in withdrawn.read(path)} == names
    assert withdrawn.count(path) == len(names)


def test_a_long_list_is_not_read_to_find_one(tmp_path: Path) -> None:
    path = listed(tmp_path / "x.csv", {f"{BASE}id/thing/{number}" for number in range(60_000)})
    assert path.stat().st_size > 2_000_000
    tracemalloc.start()
    try:
        found = withdrawn.find(path, f"{BASE}id/thing/31415")
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found is not None and most < 100_000


def test_nothing_is_withdrawn_where_there_is_no_list(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    assert withdrawn.find(path, "a") is None and withdrawn.count(path) == 0
    assert list(withdrawn.read(path)) == []


def test_a_list_after_a_release(tmp_path: Path) -> None:
    before = tmp_path / "2026-01-01"
    before.mkdir()
    listed(before / withdrawn.FILE, {f"{BASE}id/{key}" for key in ("a", "back", "x,y")})
    changes = [
        Change("samspel", f"{BASE}id/back", ADDED),
        Change("samspel", f"{BASE}id/other", CHANGED),
        Change("samspel", f"{BASE}id/m", REMOVED),
        Change("samspel", f"{BASE}id/0", REMOVED),
        Change("samspel", f"{BASE}else/z", REMOVED),
        Change("seeds", f"{BASE}id/in-one-graph-only", REMOVED),
    ]
    found = list(withdrawn.after(before, changes, (BASE,), "2026-02-03.2"))
    assert [(each.iri.removeprefix(BASE), each.last_version, each.withdrawn) for each in found] == [
        ("id/0", "2026-01-01", "2026-02-03"),
        ("id/a", "v18", "2026-01-02"),
        ("id/m", "2026-01-01", "2026-02-03"),
        ("id/x,y", "v20", "2026-01-02"),
    ]
    assert list(withdrawn.after(None, changes, (BASE,), "2026-02-03")) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ":1: the columns iri,last_version,withdrawn were expected, found ''; publish again"),
        ("iri,when\n", "found 'iri,when'; publish again"),
        ("iri,last_version,withdrawn\nb,1\n", "was expected, found 'b,1'; publish again"),
        ("iri,last_version,withdrawn\n\n", "was expected, found ''; publish again"),
    ],
)
def test_damage_is_told(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "x.csv"
    path.write_text(text, "utf-8")
    for ask in (lambda: withdrawn.find(path, "b"), lambda: list(withdrawn.read(path))):
        with pytest.raises(StoreDamaged) as error:
            ask()
        assert str(error.value).startswith(f"{path}:") and f"{told}; if that says the same" in str(
            error.value
        )


def test_half_a_character_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"iri,last_version,withdrawn\n\xc3,1,2\n")
    with pytest.raises(StoreDamaged, match="publish again"):
        withdrawn.find(path, "a")


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be read: Is a directory"):
        withdrawn.find(tmp_path, "a")
