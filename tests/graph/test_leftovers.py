"""Large files into a generation: what is killed, refused or without room leaves the old one and no trace."""

import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from select import select
from time import perf_counter

import pytest

from graph import generations
from graph.errors import StoreDamaged, StoreError
from graph.generations import Home
from graph.manifest import FILE, HASHED

G, H = "https://example.org/g", "https://example.org/h"
LOADER = """
import sys
from pathlib import Path
from graph.generations import Home
home, version = Home(Path(sys.argv[1])), sys.argv[2]
print("begun", flush=True)
with home.workspace() as place:
    path = place / "lines.nt"
    path.write_text("".join(f"<a:{n}> <a:p> \\"{version}\\" .\\n" for n in range(6_000)))
    with home.draft() as draft:
        draft.replace_file("https://example.org/g", path, version)
"""
LIMITED = """
import resource, sys
from pathlib import Path
from graph.errors import StoreError
from graph.generations import Home
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
try:
    with Home(Path(sys.argv[1])).draft() as draft:
        draft.replace_file("https://example.org/g", Path(sys.argv[2]), "more than fits")
except StoreError as error:
    print(error)
"""


def _file(folder: Path, version: object, count: int = 300) -> Path:
    path = folder / f"{version}.nt"
    lines = [f'<a:{number}> <a:p> "{version}" .\n' for number in range(count)]
    path.write_text("".join([*lines, *lines[:20]]), "utf-8")
    return path


def _put(home: Home, path: Path, graph: str = G) -> bool:
    with home.draft() as draft:
        return draft.replace_file(graph, path, path.stem)


def _listing(home: Home) -> list[str]:
    return sorted(
        path.name for folder in (home.folder, home.folder / "generations") for path in folder.iterdir()
    )


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A store in which a graph was loaded from a file, and another one says a part of the same."""
    home = Home(tmp_path / "store")
    with home.draft() as draft:
        draft.replace_file(G, _file(tmp_path, "old"), "old")
        draft.replace_file(H, _file(tmp_path, "old", 10), "a part")
    return home


@pytest.mark.parametrize("removed", [0, 1000], ids=["made afresh", "removed one by one"])
def test_a_file_takes_the_place_of_a_graph_and_of_what_only_it_said(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, removed: int
) -> None:
    monkeypatch.setattr(generations, "REMOVED", removed)
    assert _put(home, _file(tmp_path, "new"))
    store = home.open()
    new = sorted(f'<a:{number}> <a:p> "new"' for number in range(300))
    kept = sorted(f'<a:{number}> <a:p> "old"' for number in range(10))
    assert (store.lines(G), store.lines(H), store.lines()) == (new, kept, sorted(new + kept))
    assert (home.verify(), home.current()) == ([], 2)
    assert _listing(home) == ["000001", "000002", "CURRENT", "generations", "lock"]


def test_the_same_fingerprint_is_no_new_generation(home: Home, tmp_path: Path) -> None:
    assert not _put(home, tmp_path / "old.nt")
    assert home.current() == 1


def test_a_file_that_is_no_n_triples_is_refused_and_the_draft_with_it(home: Home, tmp_path: Path) -> None:
    path = _file(tmp_path, "bad")
    path.write_bytes(path.read_bytes() + b"<a:s> <a:p> oops .\n")
    with pytest.raises(StoreError, match="no N-Triples"):
        _put(home, path)
    with pytest.raises(StoreError, match="nothing of this draft can be kept"), home.draft() as draft:
        with pytest.raises(StoreError, match="no N-Triples"):
            draft.replace_file(G, path, "bad")
        with pytest.raises(StoreError, match="nothing of this draft can be kept"):
            draft.replace_file(H, _file(tmp_path, "new"), "new")
    assert (home.current(), home.verify()) == (1, [])
    assert _listing(home) == ["000001", "CURRENT", "generations", "lock"]


def test_a_full_disk_is_told_and_the_old_generation_stays(home: Home, tmp_path: Path) -> None:
    path = _file(tmp_path, "large", 100_000)
    command = [sys.executable, "-c", LIMITED, str(home.folder), str(path)]
    told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    assert "cannot be stored: " in told.stdout and "make room" in told.stdout
    assert _listing(home) == ["000001", "CURRENT", "generations", "lock"]
    assert home.verify() == []


def _killed(home: Home, version: str, after: float) -> None:
    """Start a load and kill it that many seconds after it has begun, unless it ended by itself."""
    command = [sys.executable, "-c", LOADER, str(home.folder), version]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        select([process.stdout], [], [], after)  # readable only when the loader has ended
        process.send_signal(signal.SIGKILL)


def _times(home: Home) -> Iterator[float]:
    """Yield 20 moments of a load, seeded, as long as a whole load takes on this machine."""
    begin = perf_counter()
    _killed(home, "version -1", 60)
    whole = perf_counter() - begin
    chance = random.Random(48)  # noqa: S311  (no secrets here)
    for _ in range(20):
        yield chance.random() * whole


def test_a_load_killed_at_20_moments_leaves_the_old_or_the_new_and_nothing_else(home: Home) -> None:
    before, met = "version -1", set[str]()
    for number, after in enumerate(_times(home)):
        new = f"version {number}"
        served = home.current()
        _killed(home, new, after)
        begin = perf_counter()
        store = home.open()
        assert perf_counter() - begin < 1
        held = {line.split(" ", 2)[2] for line in store.lines(G)}
        assert held in ({f'"{before}"'}, {f'"{new}"'})
        assert home.verify() == []
        kept = [f"{one.generation:06d}" for one in home.kept()]
        assert _listing(home) == sorted([*kept, "CURRENT", "generations", "lock"])
        met.add("old" if home.current() == served else "new")
        before = held.pop().strip('"')
    assert "old" in met


def test_opening_clears_nothing_while_a_writer_or_a_loader_lives(home: Home, tmp_path: Path) -> None:
    with home.workspace() as place, home.draft() as draft:
        (place / "lines.nt").write_text("half", "utf-8")
        draft.replace_file(G, _file(tmp_path, "new"), "new")
        home.open()
        assert (place / "lines.nt").read_text("utf-8") == "half"
        assert draft.place.is_dir()
    assert home.current() == 2
    assert not place.exists()


def test_a_generation_that_was_whole_but_not_yet_in_service_is_cleared(home: Home, tmp_path: Path) -> None:
    _put(home, _file(tmp_path, "new"))
    (home.folder / "CURRENT").rename(home.folder / "CURRENT.new")
    (home.folder / "CURRENT").write_text("1\n", "ascii")
    assert len(home.open().lines(G)) == 300
    assert _listing(home) == ["000001", "CURRENT", "generations", "lock"]


def test_a_generation_that_was_gone_back_from_stays(home: Home, tmp_path: Path) -> None:
    _put(home, _file(tmp_path, "new"))
    (home.folder / "CURRENT").write_text("1\n", "ascii")
    home.open()
    assert "000002" in _listing(home)


def test_of_a_large_store_the_sizes_of_files_are_compared(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generations, "COUNTED", 0)
    home.open().close()
    (log,) = (home.folder / "generations" / "000001" / "data").glob("MANIFEST-*")
    log.write_bytes(log.read_bytes()[:-20])
    with pytest.raises(
        StoreDamaged, match=r"MANIFEST-\d+: \d+ bytes were expected by the manifest, \d+ found"
    ):
        home.open()


def test_hashes_of_an_older_kind_are_told_and_renewed_by_the_next_draft(home: Home) -> None:
    path = home.folder / "generations" / "000001" / FILE
    path.write_text(path.read_text("utf-8").replace(HASHED, "sorted lines"), "utf-8")
    (told,) = home.verify()
    assert told.endswith("the hashes are of an older kind; renew them: samspel build")
    content = path.read_text("utf-8")
    path.write_text(content.replace(home.manifest().graphs[G].sha256, "0" * 64), "utf-8")
    with home.draft():
        pass
    assert (home.current(), home.verify()) == (2, [])
