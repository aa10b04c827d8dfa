"""Generations: readers never see half of one, one process writes, and what is damaged is told."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from graph.errors import CheckFailed, StoreBusy, StoreDamaged, StoreError, StoreMissing
from graph.generations import KEEP, Home
from graph.manifest import FILE, read
from graph.store import Store

G, H = "https://example.org/g", "https://example.org/h"


def _line(name: object) -> str:
    return f"<https://example.org/{name}> <https://example.org/p> <https://example.org/o>"


def _publish(home: Home, *names: object, graph: str = G) -> None:
    """Make a generation in which a graph says something of each name."""
    with home.draft() as draft:
        draft.replace(graph, [_line(name) for name in names])


def _folders(home: Home) -> list[str]:
    return sorted(path.name for path in (home.folder / "generations").iterdir())


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A store with one generation."""
    home = Home(tmp_path / "store")
    _publish(home, "first")
    return home


def test_the_manifests_of_the_kept_generations_are_told_oldest_first(home: Home) -> None:
    for name in range(KEEP + 1):
        _publish(home, name)
    assert [one.generation for one in home.kept()] == list(range(3, KEEP + 3))
    assert home.kept()[-1] == home.manifest()
    (home.folder / "CURRENT").write_text("4\n", "ascii")
    assert [one.generation for one in home.kept()] == [3, 4]


WRITER = """
import sys
from pathlib import Path
from graph.generations import Home
home = Home(Path(sys.argv[1]))
with home.draft() as draft:
    draft.replace("https://example.org/h", ["<a:s> <a:p> <a:o>"])
    print("half way", flush=True)
    sys.stdin.readline()
"""


@contextmanager
def _other_writer(home: Home) -> Iterator[subprocess.Popen[str]]:
    """Start a second process that stands in the middle of its draft."""
    command = [sys.executable, "-c", WRITER, str(home.folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "half way\n"
            yield process
        finally:
            process.kill()


def test_where_nothing_was_built_there_is_no_store(tmp_path: Path) -> None:
    home = Home(tmp_path / "none")
    assert home.current() is None
    for ask in (home.open, home.manifest, home.verify):
        with pytest.raises(StoreMissing, match=r"there is no store here yet\. Make one: samspel build"):
            ask()
    assert not home.folder.exists()


def test_a_generation_holds_what_was_put_into_it(home: Home) -> None:
    assert home.current() == 1
    assert home.open().lines(G) == home.open().lines() == [_line("first")]
    assert home.manifest().graphs[G].count == 1
    assert home.verify() == []


def test_readers_keep_the_old_generation_while_a_new_one_is_made(home: Home) -> None:
    reader = home.open()
    with home.draft() as draft:
        draft.replace(G, [_line("second")])
        assert home.current() == 1
        assert home.open().lines() == reader.lines() == [_line("first")]
    assert home.current() == 2
    assert reader.lines() == [_line("first")]
    assert home.open().lines() == [_line("second")]


def test_a_reader_keeps_its_generation_after_it_was_cleaned_away(home: Home) -> None:
    reader = home.open()
    for name in range(KEEP + 1):
        _publish(home, name)
    assert "000001" not in _folders(home)
    assert reader.lines() == [_line("first")]


def test_graphs_that_are_not_replaced_stay(home: Home) -> None:
    _publish(home, "other", graph=H)
    assert set(home.manifest().graphs) == {G, H}
    assert home.open().lines() == [_line("first"), _line("other")]


def test_an_identical_reload_is_no_new_generation(home: Home) -> None:
    before = home.manifest()
    with home.draft() as draft:
        assert draft.replace(G, [_line("first")]) is False
        assert draft.changed is False
    assert home.manifest() == before
    assert _folders(home) == ["000001"]


def test_the_order_of_lines_makes_no_new_generation(home: Home) -> None:
    _publish(home, "a", "b")
    _publish(home, "b", "a")
    assert home.current() == 2


def _refuse(store: Store) -> None:
    assert store.lines() == [_line("second")]  # checks see the new generation
    raise CheckFailed("not good enough")


def test_a_failed_check_leaves_the_old_generation_in_service(home: Home) -> None:
    with pytest.raises(CheckFailed, match="not good enough"), home.draft(_refuse) as draft:
        draft.replace(G, [_line("second")])
    assert home.current() == 1
    assert home.open().lines() == [_line("first")]
    assert _folders(home) == ["000001"]


def test_checks_are_not_run_when_nothing_changed(home: Home) -> None:
    with home.draft(_refuse) as draft:
        draft.replace(G, [_line("first")])
    assert home.current() == 1


@pytest.mark.parametrize(
    "error", [RuntimeError("in the draft"), KeyboardInterrupt()], ids=["error", "ctrl-c"]
)
def test_an_exception_in_the_draft_leaves_no_trace(home: Home, error: BaseException) -> None:
    with pytest.raises(type(error)), home.draft() as draft:
        draft.replace(G, [_line("second")])
        raise error
    assert (home.current(), _folders(home)) == (1, ["000001"])
    assert home.open().lines() == [_line("first")]
    assert home.verify() == []


def test_lines_that_are_no_triples_leave_no_trace(home: Home) -> None:
    with pytest.raises(StoreError, match="no N-Triples"):
        _publish(home, "a b")
    assert (home.current(), _folders(home)) == (1, ["000001"])


def test_ctrl_c_while_old_generations_are_cleaned_keeps_the_new_one(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_home: Home, _newest: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Home, "_clean", interrupted)
    with pytest.raises(KeyboardInterrupt):
        _publish(home, "second")
    assert home.current() == 2
    assert home.open().lines() == [_line("second")]


def test_as_many_generations_are_kept_as_promised(home: Home) -> None:
    for name in range(KEEP + 2):
        _publish(home, name)
    newest = KEEP + 3
    assert _folders(home) == [f"{number:06d}" for number in range(newest - KEEP + 1, newest + 1)]


def test_pointing_to_an_older_generation_goes_back(home: Home) -> None:
    _publish(home, "second")
    (home.folder / "CURRENT").write_text("1\n", "ascii")
    assert home.open().lines() == [_line("first")]
    assert home.verify() == []
    _publish(home, "third")
    assert home.open().lines() == [_line("third")]


def test_a_second_writer_is_told_which_process_writes(home: Home) -> None:
    with _other_writer(home) as other:
        with pytest.raises(StoreBusy, match=rf"process {other.pid} is writing to this store\. Wait until it"):
            _publish(home, "second")
        assert home.open().lines() == [_line("first")]
        other.communicate("go on\n", timeout=30)
    assert other.returncode == 0
    assert home.open().lines() == ["<a:s> <a:p> <a:o>", _line("first")]
    _publish(home, "second")
    assert home.current() == 3


def test_a_second_writer_in_the_same_process_is_told_too(home: Home) -> None:
    with home.draft(), pytest.raises(StoreBusy, match=f"process {os.getpid()} is writing"):
        _publish(home, "second")


def test_a_process_killed_in_mid_draft_leaves_the_store_usable(home: Home) -> None:
    with _other_writer(home) as other:
        other.send_signal(signal.SIGKILL)
    assert other.returncode == -signal.SIGKILL
    assert _folders(home) == ["000001", "000002"]  # what the killed process had begun
    assert home.open().lines() == [_line("first")]
    _publish(home, "second")
    assert home.open().lines() == [_line("second")]
    assert home.verify() == []


def test_a_process_killed_in_the_first_draft_leaves_a_place_to_build_in(tmp_path: Path) -> None:
    home = Home(tmp_path / "store")
    with _other_writer(home) as other:
        other.send_signal(signal.SIGKILL)
    with pytest.raises(StoreMissing):
        home.open()
    _publish(home, "first")
    assert home.open().lines() == [_line("first")]


def _biggest(place: Path) -> Path:
    return max((place / "data").glob("*.sst"), key=lambda path: path.stat().st_size)


def _truncate(place: Path) -> None:
    os.truncate(_biggest(place), 100)


def _remove(place: Path) -> None:
    _biggest(place).unlink()


def _remove_all(place: Path) -> None:
    shutil.rmtree(place / "data")


def _empty(place: Path) -> None:
    """Put an empty store in the place of the data, as a mistyped path once did."""
    shutil.rmtree(place / "data")
    Store.create(place / "data").close()


def _miscount(place: Path) -> None:
    path = place / FILE
    path.write_text(path.read_text("utf-8").replace('"merged": 1', '"merged": 2'), "utf-8")


@pytest.mark.parametrize(
    "damage", [_truncate, _remove, _remove_all, _empty, _miscount], ids=lambda damage: damage.__name__[1:]
)
def test_damage_is_told_with_the_place_and_what_to_do(home: Home, damage: Callable[[Path], None]) -> None:
    place = home.folder / "generations" / "000001"
    damage(place)
    with pytest.raises(StoreDamaged) as told:
        home.open()
    assert str(place) in str(told.value)
    assert "Point CURRENT to an older generation, or remove the store's folder and build again" in str(
        told.value
    )
    with pytest.raises(StoreDamaged):
        _publish(home, "second")
    assert _folders(home) == ["000001"]


def test_what_the_damage_sentence_advises_helps(home: Home) -> None:
    _remove_all(home.folder / "generations" / "000001")
    shutil.rmtree(home.folder)
    _publish(home, "first")
    assert home.open().lines() == [_line("first")]


def test_a_wrong_count_is_told_in_figures(home: Home) -> None:
    _miscount(home.folder / "generations" / "000001")
    with pytest.raises(StoreDamaged, match="3 quads were expected by the manifest, 2 found"):
        home.open()


@pytest.mark.parametrize("said", [b"", b"two\n", b"-1\n", b"1 2\n", b"\xff\xfe", "²".encode()], ids=repr)
def test_garbage_in_current_is_told(home: Home, said: bytes) -> None:
    (home.folder / "CURRENT").write_bytes(said)
    with pytest.raises(StoreDamaged, match=f"{home.folder / 'CURRENT'}: a number was expected, found "):
        home.open()


def test_current_may_not_name_a_generation_that_is_not_there(home: Home) -> None:
    (home.folder / "CURRENT").write_text("7\n", "ascii")
    with pytest.raises(StoreDamaged, match=r"000007/manifest\.json: a manifest was expected"):
        home.open()


def test_verify_names_the_graph_that_holds_something_else(home: Home) -> None:
    _publish(home, "other", graph=H)
    place = home.folder / "generations" / "000002"
    inner = Store.create(place / "data")
    inner.replace(H, [_line("changed")])
    inner.close()
    assert len(home.open()) == read(place).quads()  # counting alone does not see it
    (sentence,) = home.verify()
    assert sentence.startswith(f"{H}: the stored triples hash to ")


def test_verify_names_a_graph_that_the_manifest_does_not_know(home: Home) -> None:
    _publish(home, "first", graph=H)
    place = home.folder / "generations" / "000002"
    inner = Store.create(place / "data")
    inner.replace(H, [])
    inner.replace("https://example.org/stranger", [_line("first")])
    inner.close()
    wrong = home.verify()
    assert f"{H}: the stored triples hash to" in wrong[0]
    assert wrong[1:] == ["https://example.org/stranger: the manifest knows no such graph"]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    with pytest.raises(StoreError, match="cannot be written: "):
        _publish(Home(tmp_path / "file"), "first")
