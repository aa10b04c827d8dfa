"""Backup and restore as commands: what they say, and the exit codes of their refusals."""

import json
import sys
from pathlib import Path

import pytest

from api import cli
from graph.generations import Home


@pytest.fixture
def samspel(built: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> "Samspel":
    """Run a command on the built store unless --store names another."""
    monkeypatch.setenv("SAMSPEL_STORE", str(built.folder))
    return Samspel(monkeypatch, capsys)


class Samspel:
    """Runs a command as its entry point does."""

    def __init__(self, patch: pytest.MonkeyPatch, capture: pytest.CaptureFixture[str]) -> None:
        self._patch, self._capture = patch, capture

    def __call__(self, *args: object) -> tuple[int, str, str]:
        self._patch.setattr(sys, "argv", ["samspel", *map(str, args)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        shown = self._capture.readouterr()
        return int(ended.value.code or 0), shown.out, shown.err


def test_a_backup_is_made_checked_and_restored(samspel: Samspel, built: Home, tmp_path: Path) -> None:
    file, there = tmp_path / "samspel.tar", Home(tmp_path / "there")
    code, out, err = samspel("backup", file)
    assert (code, out) == (0, "") and err.startswith(f"Wrote {file}: generation 1, ")
    assert samspel("restore", file, "--dry-run", "--store", there.folder)[0] == 0
    assert there.current() is None
    code, out, err = samspel("restore", file, "--json", "--store", there.folder)
    assert (code, json.loads(out)["in_service"]) == (0, 1)
    assert err.startswith(f"Generation 1 is in service in {there.folder}: ")
    assert there.manifest() == built.manifest()
    assert samspel("verify", "--store", there.folder)[0] == 0


def test_what_is_there_is_kept_unless_told(samspel: Samspel, tmp_path: Path) -> None:
    file, there = tmp_path / "samspel.tar", tmp_path / "there"
    assert samspel("backup", file, "-q") == (0, "", "")
    code, _, err = samspel("backup", file)
    assert code == 2 and "say --force" in err
    assert samspel("backup", file, "--force", "-q")[0] == 0
    assert samspel("restore", file, "-q", "--store", there) == (0, "", "")
    code, _, err = samspel("restore", file, "--store", there)
    assert code == 2 and "there is a store already" in err
    assert samspel("restore", file, "--force", "-q", "--store", there)[0] == 0
    assert Home(there).current() == 2


def test_refusals_say_what_to_do_and_end_with_3(samspel: Samspel, tmp_path: Path) -> None:
    file = tmp_path / "cut.tar"
    assert samspel("backup", file, "-q")[0] == 0
    file.write_bytes(file.read_bytes()[:-1])
    code, _, err = samspel("restore", file, "--store", tmp_path / "there")
    assert code == 3 and "it was cut or changed" in err and "take another copy" in err
    code, _, err = samspel("backup", tmp_path / "new.tar", "--store", tmp_path / "none")
    assert code == 3 and "Make one: samspel build" in err
    code, _, err = samspel("restore", file, "--store", "http://127.0.0.1:9/query")
    assert code == 2 and "a backup is restored into a folder" in err
