"""What pages are made of is kept beside a generation of some size, and is the same from there."""

import pytest

from api import ahead
from api.settings import Settings
from api.snapshot import Snapshot, open_snapshot
from graph.asked import Asked
from graph.generations import Home
from ontology.names import BASE
from queries.territories import Table

NAMES = (*ahead.COUNTED, *ahead.ANSWERED)
SPACE = {"void-counts": {"space": f"{BASE}id/"}}


def opened(home: Home) -> Snapshot:
    return open_snapshot(Settings(store=home.folder)).get()


def kept_files(home: Home) -> int:
    return len(list(home.columns(1).glob("*.zip")))


def tables(snapshot: Snapshot) -> dict[str, Table]:
    return {name: ahead.table(snapshot, name, SPACE.get(name)) for name in NAMES}


def test_all_is_read_from_beside_the_generation(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    before = kept_files(home)
    asked = tables(opened(home))
    assert kept_files(home) == before, "of a small store nothing is kept"
    monkeypatch.setattr(ahead, "SMALL", 0)
    snapshot = opened(home)
    assert snapshot.beside is not None
    ahead.make_ready(snapshot.store, snapshot.beside, f"{BASE}id/")
    with monkeypatch.context() as patched:
        for each in (Asked, type(snapshot.store)):
            patched.delattr(each, "run", raising=False)
        assert tables(opened(home)) == asked


def test_what_nobody_has_made_is_made_and_kept(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    before, asked = kept_files(home), ahead.table(opened(home), "without-place")
    monkeypatch.setattr(ahead, "SMALL", 0)
    assert ahead.table(opened(home), "without-place") == asked
    assert kept_files(home) == before + len(ahead.COUNTED)


def test_each_space_has_counts_of_its_own(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "SMALL", 0)
    snapshot = opened(home)
    (ours,) = ahead.table(snapshot, "void-counts", SPACE["void-counts"])
    (theirs,) = ahead.table(snapshot, "void-counts", {"space": "https://example.org/"})
    assert int(ours["entities"]) > int(theirs["entities"]) == 0
