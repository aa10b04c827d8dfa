"""Damage in any file of the data is found, also where no graph shows it."""

from pathlib import Path

import pytest

from graph import data_files
from graph.data_files import parts
from graph.errors import StoreDamaged
from graph.generations import Home
from graph.manifest import FILE

G = "https://example.org/graph/g"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A store with one generation of a thousand triples."""
    home = Home(tmp_path / "store")
    with home.draft() as draft:
        draft.replace(G, [f'<https://example.org/{n}> <https://example.org/p> "{n}"' for n in range(1000)])
    return home


def test_a_flipped_byte_in_any_file_is_found(home: Home) -> None:
    files = parts(home.data(1))
    assert len(files) > 5
    for path in files:
        content = path.read_bytes()
        for at in {0, len(content) // 2, len(content) - 1} if content else ():
            path.write_bytes(content[:at] + bytes([content[at] ^ 0x10]) + content[at + 1 :])
            try:
                assert home.verify() != [], path.name
            except StoreDamaged as error:
                assert len(str(error)) > 20
        path.write_bytes(content)
    assert home.verify() == []


def test_a_file_that_came_or_went_is_found(home: Home) -> None:
    (home.data(1) / "999999.sst").write_bytes(b"stranger")
    (told,) = home.verify()
    assert "999999.sst: the file hashes to" in told and "the manifest says nothing" in told


@pytest.mark.parametrize("field", ["made", "loaded", "input_sha256"])
def test_what_of_the_manifest_nothing_else_tells_is_sealed(home: Home, field: str) -> None:
    path = home.data(1).parent / FILE
    content = path.read_text("utf-8")
    at = content.index(f'"{field}": "') + len(field) + 6
    path.write_text(content[:at] + ("8" if content[at] != "8" else "9") + content[at + 1 :], "utf-8")
    home.open().close()
    assert home.verify() == [f"{path}: it was changed since it was written"]


def test_a_linked_file_is_not_hashed_again(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed: list[str] = []

    def measure(path: Path) -> str:
        hashed.append(path.name)
        return "0"

    monkeypatch.setattr(data_files, "measured", measure)
    with home.draft() as draft:
        draft.replace("https://example.org/graph/h", ['<https://example.org/a> <https://example.org/p> "b"'])
    first, second = (each.sums for each in home.kept())
    linked = {name for name in first.keys() & second.keys() if name.endswith(".sst")}
    assert linked and not linked & set(hashed)
    assert {name: first[name] for name in linked} == {name: second[name] for name in linked}
