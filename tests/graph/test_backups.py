"""A backup comes back byte by byte, and is restored whole or not at all."""

import hashlib
import io
import json
import tarfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph import backups
from graph.errors import BackupDamaged, Occupied, StoreDamaged, StoreError
from graph.generations import Home
from graph.releases import Releases

G = "https://example.org/graph/g"
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


def _publish(home: Home, *names: str) -> None:
    with home.draft() as draft:
        draft.replace(
            G,
            [
                f"<https://example.org/{name}> <https://example.org/p> <https://example.org/o>"
                for name in names
            ],
        )


def _release(home: Home) -> None:
    Releases(home.folder).publish(home, NOW, lambda _: {}, ["https://example.org/"], {})


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A store with two generations and a release."""
    home = Home(tmp_path / "store")
    _publish(home, "first")
    _publish(home, "first", "second")
    _release(home)
    return home


@pytest.fixture
def backup(home: Home, tmp_path: Path) -> Path:
    """A backup of it."""
    backups.write(home.folder, tmp_path / "backup.tar")
    return tmp_path / "backup.tar"


def _files(home: Home) -> dict[str, bytes]:
    """Return what a backup keeps of a store, file by file."""
    place = home.data(home.manifest().generation).parent
    kept = [*place.glob("manifest.json"), *place.glob("data/[!L]*"), *home.folder.glob("releases/**/*")]
    return {str(path.relative_to(home.folder)): path.read_bytes() for path in kept if path.is_file()}


def test_what_is_restored_is_the_same_byte_by_byte(home: Home, backup: Path, tmp_path: Path) -> None:
    there = Home(tmp_path / "there")
    found, number = backups.restore(there.folder, backup)
    assert (found.generation, number, found.releases) == (2, 2, ("2026-11-28",))
    assert _files(there) == _files(home)
    assert there.verify() == Releases(there.folder).verify() == []
    backups.write(there.folder, tmp_path / "again.tar")
    assert (tmp_path / "again.tar").read_bytes() == backup.read_bytes()
    assert sorted(path.name for path in there.folder.iterdir()) == [
        "CURRENT",
        "generations",
        "lock",
        "releases",
    ]


def test_the_file_can_be_checked_without_samspel(backup: Path) -> None:
    content = backup.read_bytes()
    said = content.rsplit(b"\n", 2)[1].decode()
    assert said == f"sha256 {hashlib.sha256(content[:-73]).hexdigest()}"
    with tarfile.open(backup) as tar:
        names = tar.getnames()
        assert {member.mtime for member in tar} == {0}
    assert names[:2] == ["backup.json", "generation/manifest.json"]
    assert names[2:] == sorted(names[2:])


def test_a_file_that_is_there_is_not_written_over(home: Home, backup: Path) -> None:
    before = backup.stat().st_ino
    with pytest.raises(Occupied, match="there is a file of this name already"):
        backups.write(home.folder, backup)
    backups.write(home.folder, backup, replacing=True)
    assert backup.stat().st_ino != before


def test_a_store_that_is_there_is_replaced_only_when_told_and_stays_to_go_back_to(
    home: Home, backup: Path
) -> None:
    _publish(home, "third")
    with pytest.raises(Occupied, match="there is a store already"):
        backups.restore(home.folder, backup)
    assert home.current() == 3
    _, number = backups.restore(home.folder, backup, replacing=True)
    assert (number, home.current(), home.verify()) == (4, 4, [])
    assert len(home.open().lines(G)) == 2
    assert [one.generation for one in home.kept()] == [2, 3, 4]


def test_a_broken_pointer_is_put_right(home: Home, backup: Path) -> None:
    (home.folder / "CURRENT").write_text("rubbish", "ascii")
    with pytest.raises(Occupied):
        backups.restore(home.folder, backup)
    assert backups.restore(home.folder, backup, replacing=True)[1] == home.current() == 3


def test_releases_are_added_and_never_changed(home: Home, backup: Path) -> None:
    _publish(home, "third")
    _release(home)
    backups.restore(home.folder, backup, replacing=True)
    assert Releases(home.folder).versions() == ["2026-11-28.2", "2026-11-28"]
    (home.folder / "releases" / "2026-11-28" / "withdrawn.csv").write_text("else", "utf-8")
    with pytest.raises(Occupied, match="is another one"):
        backups.restore(home.folder, backup, replacing=True)
    assert home.current() == 4


def _cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _flipped(content: bytes) -> bytes:
    at = len(content) // 3
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def _longer(content: bytes) -> bytes:
    return content + b"\n"


def _sealed(content: bytes) -> bytes:
    return content + f"\nsha256 {hashlib.sha256(content).hexdigest()}\n".encode()


def _archive(**members: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return _sealed(out.getvalue())


HEAD = json.dumps({"form": 1, "generation": 1, "made": "", "quads": 1, "releases": []}).encode()
DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut": _cut,
    "flipped": _flipped,
    "longer": _longer,
    "empty": lambda _: b"",
    "another file": lambda _: _sealed(b"no archive"),
    "another archive": lambda _: _archive(**{"a.txt": b"x"}),
    "a newer form": lambda _: _archive(**{"backup.json": b'{"form": 2}'}),
    "a way out": lambda _: _archive(**{"backup.json": HEAD, "generation/../../../out": b"x"}),
    "an absolute name": lambda _: _archive(**{"backup.json": HEAD, "/absolute": b"x"}),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_backup_is_refused_and_nothing_is_there(backup: Path, tmp_path: Path, damage: str) -> None:
    backup.write_bytes(DAMAGES[damage](backup.read_bytes()))
    there = Home(tmp_path / "there")
    with pytest.raises(BackupDamaged, match="Nothing was restored"):
        backups.restore(there.folder, backup)
    assert there.current() is None
    assert not there.folder.exists() or list(there.folder.iterdir()) == []
    assert not (tmp_path / "out").exists()


def test_a_damaged_store_is_not_backed_up(home: Home, tmp_path: Path) -> None:
    path = max(home.data(2).glob("*.sst"), key=lambda each: each.stat().st_size)
    content = _flipped(path.read_bytes())
    path.unlink()
    path.write_bytes(content)
    with pytest.raises(StoreDamaged):
        backups.write(home.folder, tmp_path / "backup.tar")
    assert not (tmp_path / "backup.tar").exists()


def test_a_place_that_cannot_be_written_is_told(home: Home, backup: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"cannot be written: .* No backup was made"):
        backups.write(home.folder, tmp_path / "none" / "backup.tar")
    with pytest.raises(StoreError, match="cannot be read as a store: "):
        backups.restore(backup, backup)
    with pytest.raises(StoreError, match="cannot be read: No such file"):
        backups.read(tmp_path / "none.tar")
