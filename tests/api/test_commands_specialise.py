"""Matrices on the command line, on the bundled sources and on real files."""

import csv
import io
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from api import cli
from graph.generations import Home
from queries import catalogue

Said = tuple[int, str, str]
Samspel = Callable[..., Said]
OBJECTIVES = "tillvaxtverket_erdf_2014_2020/projektbanken_eruf_2014-2020_2016-10-14.json"
SUBJECTS = "swecris/swecris_export_kth_vinnova.csv"


@pytest.fixture
def samspel(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], built: Home) -> Samspel:
    """Run the command on a store, the built one unless another is named; return code, stdout and stderr."""

    def run(*args: str | Path, store: Path = built.folder) -> Said:
        monkeypatch.setenv("SAMSPEL_STORE", str(store))
        monkeypatch.setattr(sys, "argv", ["samspel", *map(str, args)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        shown = capsys.readouterr()
        return int(ended.value.code or 0), shown.out, shown.err

    return run


def test_matrices_are_listed(samspel: Samspel) -> None:
    listed = json.loads(samspel("matrices", "--json")[1])
    assert [each["name"] for each in listed] == list(catalogue.matrices())
    assert all(name in samspel("matrices")[1] for name in catalogue.matrices())


def test_a_measure_of_a_matrix_in_every_format(samspel: Samspel) -> None:
    asked = ("measure", "priority_overlap", "--matrix", "concepts-declared", "vocabulary=sdg")
    code, text, notes = samspel(*asked, "--format", "csv")
    told = json.loads(samspel(*asked, "--format", "json")[1])
    rows = list(csv.reader(io.StringIO(text)))
    assert code == 0 and rows[0] == told["columns"]
    assert [list(map(str, row.values())) for row in told["rows"]] == rows[1:]
    assert told["parameters"] == {"vocabulary": "sdg"} and told["unit"] == "declarations"
    assert notes == "".join(f"Note: {note}\n" for note in told["notes"])
    shown = samspel(*asked)[1].splitlines()[-1]
    assert shown.startswith("Overlap of priorities of concepts-declared: 21 regions, ")


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("eci", "--matrix", "declared-areas"), 1, "is named by one region only"),
        (("eci",), 2, "is of a matrix of regions and areas; name one: --matrix MATRIX"),
        (("degree", "--matrix", "declared-areas"), 2, "is of networks, not of matrices"),
        (("nope", "--matrix", "declared-areas"), 2, "There is no measure of matrices 'nope'"),
        (("eci", "--matrix", "nope"), 2, "There is no matrix 'nope'"),
        (("eci", "--matrix", "declared-areas", "x=1"), 2, "The measure 'eci' has no parameter 'x'"),
    ],
)
def test_what_is_refused(samspel: Samspel, args: tuple[str, ...], code: int, said: str) -> None:
    found = samspel("measure", *args)
    assert (found[0], found[1]) == (code, "") and said in found[2]


@pytest.mark.shared_data
def test_counties_by_the_real_operations_and_subjects(
    samspel: Samspel, built: Home, shared: Path, tmp_path: Path
) -> None:
    store = Path(shutil.copytree(built.folder, tmp_path / "store"))
    for source, file in (("erdf_se", OBJECTIVES), ("swecris", SUBJECTS)):
        assert samspel("load", source, shared / "data" / file, "--quiet", store=store)[0] == 0

    def measured(name: str, *args: str) -> Any:
        code, out, err = samspel("measure", name, "--matrix", *args, "--format", "json", store=store)
        assert code == 0, err
        return json.loads(out)

    profile = measured("lq", "county-objectives")
    assert (profile["regions"], profile["areas"], profile["cells"]) == (21, 6, 97)
    first = profile["rows"][0]
    assert (first["regionLabel"], first["value"]) == ("Uppsala län", 14)
    assert first["lq"] == pytest.approx(2.5968, abs=5e-5)  # 14 of 27 projects, against 122 of 611
    assert any("49 of 97 cells have fewer than 5 projects" in str(note) for note in profile["notes"])
    complexity = measured("eci", "county-objectives", "min_cell=1")
    assert (complexity["rows"][0]["regionLabel"], len(complexity["rows"])) == ("Jämtlands län", 21)
    money = measured("herfindahl", "county-objectives", "of=amount")
    assert (money["unit"], money["counting"]) == ("SEK", "fractional")
    code, out, err = samspel("measure", "eci", "--matrix", "county-subjects", store=store)
    assert (code, out) == (1, "")
    assert "share nothing" in err or "named by one region only" in err
