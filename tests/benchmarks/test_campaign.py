"""The fault campaign itself: a small sample of it, and that what is not as stated is told."""

import shutil
from pathlib import Path
from random import Random

import pytest

from benchmarks.campaign import damage, disks, kills, remotes, rivals, traffic
from benchmarks.campaign.cases import Case, Seen, played, table
from benchmarks.campaign.lab import Lab
from graph import backups
from graph.generations import Home

PARTS = (kills, damage, disks, rivals, traffic, remotes)
CASES = {case.name: case for part in PARTS for case in part.cases()}
SAMPLE = (
    "restore: kill -9 or SIGTERM",
    "CURRENT: cut",
    "a backup: a bit flipped",
    "remote store breaks off: query",
)


@pytest.fixture(scope="module")
def lab(built: Home, tmp_path_factory: pytest.TempPathFactory) -> Lab:
    """A lab over the built store."""
    folder = tmp_path_factory.mktemp("lab")
    found = Lab(folder, folder / "shared")
    shutil.copytree(built.folder, found.built)
    backups.write(built.folder, found.backup)
    return found


def test_every_case_states_an_outcome_and_has_a_name_of_its_own() -> None:
    assert len(CASES) == sum(1 for part in PARTS for _ in part.cases()) > 30
    assert [name for name, case in CASES.items() if not case.stated] == []


@pytest.mark.parametrize("name", SAMPLE)
def test_what_comes_is_what_is_stated(lab: Lab, name: str) -> None:
    (row,) = played([CASES[name]], lab, seed=1, times=1)
    assert row.wrong == []
    assert row.times == 1


def test_what_is_not_stated_is_told_and_so_is_a_case_that_breaks(lab: Lab) -> None:
    def fail(_: Lab, chance: Random) -> Seen:
        raise ValueError(f"a | {chance.random() < 2}")

    rows = played(
        [Case("bad", ("good",), lambda *_: Seen("worse", "why")), Case("odd", ("good",), fail)], lab, 1, 2
    )
    assert [len(row.wrong) for row in rows] == [2, 2]
    assert "| bad | 2 | worse (2) | why |" in table(rows)
    assert "| odd | 2 | the run broke off: ValueError (2) | a \\| True |" in table(rows)
    assert list(lab.folder.glob("run-*")) == []


def test_the_same_seed_throws_the_same_dice(lab: Lab) -> None:
    thrown: list[float] = []

    def note(_: Lab, chance: Random) -> Seen:
        thrown.append(chance.random())
        return Seen("done")

    for _ in range(2):
        played([Case("dice", ("done",), note)], lab, seed=3, times=3)
    assert thrown[:3] == thrown[3:]
    assert len(set(thrown)) == 3


def test_every_case_is_told_of_in_the_documents() -> None:
    text = (Path(__file__).parents[2] / "docs" / "faults.md").read_text("utf-8")
    assert [name for name in CASES if f"| {name} |" not in text] == []
