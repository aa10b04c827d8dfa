"""A seal: what is done to a store after it was opened is told, and what is done well is not."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.generations import Home
from graph.manifest import FILE
from graph.seal import Seal, broken, seal

G = "https://example.org/g"


def _publish(home: Home, name: str) -> None:
    with home.draft() as draft:
        draft.replace(G, [f"<https://example.org/{name}> <https://example.org/p> <https://example.org/o>"])


@pytest.fixture
def sealed(tmp_path: Path) -> tuple[Home, Seal]:
    """A store of one generation, opened and sealed."""
    home = Home(tmp_path / "store")
    _publish(home, "first")
    _, manifest = home.open_with_manifest()
    return home, seal(home, manifest.generation)


def _data_file(home: Home) -> Path:
    return max(home.data(1).glob("*.sst"), key=lambda path: path.stat().st_size)


def _cut(home: Home) -> None:
    path = _data_file(home)
    os.truncate(path, path.stat().st_size // 2)


def _rewrite(home: Home) -> None:
    path = _data_file(home)
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    os.utime(path, ns=(1, 1))


def _another_count(home: Home) -> None:
    path = home.data(1).parent / FILE
    said = json.loads(path.read_text("utf-8"))
    said["merged"] += 1
    path.write_text(json.dumps(said), "utf-8")


def _current(text: str) -> Callable[[Home], None]:
    def write(home: Home) -> None:
        (home.folder / "CURRENT").write_text(text, "ascii")

    return write


DAMAGES: dict[str, tuple[Callable[[Home], object], str]] = {
    "a file cut": (_cut, "bytes, written at"),
    "a file rewritten": (_rewrite, "written at 0"),
    "a file gone": (lambda home: _data_file(home).unlink(), "is not there"),
    "a file more": (lambda home: (home.data(1) / "9.sst").write_bytes(b"x"), "it was not there"),
    "data gone": (lambda home: shutil.rmtree(home.data(1)), "is not there"),
    "another count": (_another_count, "was changed since this generation was opened"),
    "no manifest": (lambda home: (home.data(1).parent / FILE).unlink(), FILE),
    "no JSON": (lambda home: (home.data(1).parent / FILE).write_text("{"), FILE),
    "CURRENT to nowhere": (_current("99\n"), "000099"),
    "CURRENT is no number": (_current("x\n"), "a number was expected, found 'x'"),
    "CURRENT gone": (lambda home: (home.folder / "CURRENT").unlink(), "there is no store here yet"),
    "all gone": (lambda home: shutil.rmtree(home.folder), "there is no store here yet"),
}


def test_what_nobody_touched_is_whole_and_reading_touches_nothing(sealed: tuple[Home, Seal]) -> None:
    home, kept = sealed
    assert broken(home, kept) is None
    assert len(home.open().in_memory()) == len(home.open())
    assert broken(home, kept) is None


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_told(sealed: tuple[Home, Seal], damage: str) -> None:
    home, kept = sealed
    do, sentence = DAMAGES[damage]
    do(home)
    assert sentence in (broken(home, kept) or "")


def test_a_newer_generation_leaves_the_one_in_service_whole(sealed: tuple[Home, Seal]) -> None:
    home, kept = sealed
    _publish(home, "second")
    assert home.current() == 2
    assert broken(home, kept) is None
