"""Outside sources on the command line: loaded whole or not at all, told in full, compared, and killed."""

import csv
import io
import json
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import pytest

from api import cli, commands_outside
from graph.generations import Home
from graph.iris import Iris
from loaders.sources import erdf_se
from ontology import names as n

GRAPH = Iris().graph("erdf_se")[1:-1]
RECORD = {
    "ärende-id": "1",
    "stödmottagare": "Exempelbolaget AB",
    "beviljat_belopp_sek": 100,
    "projektnamn": "Ett projekt",
    "län": "Skåne",
    "kommuner": "ÖstraGöinge",
    "område": "Skåne-Blekinge",
    "tematiskt_mål": "Tekniskt stöd",
}


class Said(NamedTuple):
    """What a command answered."""

    code: int
    out: str
    err: str


Samspel = Callable[..., Said]


@pytest.fixture
def samspel(
    home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Said]:
    """Run the command line on the copy."""

    def run(*arguments: object) -> Said:
        monkeypatch.setattr(sys, "argv", ["samspel", *map(str, arguments), "--store", str(home.folder)])
        capsys.readouterr()
        try:
            cli.main()
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
        return Said(code, *capsys.readouterr())

    return run


@pytest.fixture
def operations(tmp_path: Path) -> Callable[..., Path]:
    """Write a file of operations: the example with changes, numbered."""

    def write(*changes: dict[str, object], name: str = "operations.json") -> Path:
        records = [{**RECORD, "ärende-id": str(at), **change} for at, change in enumerate(changes, 1)]
        (tmp_path / name).write_text(json.dumps(records, ensure_ascii=False, indent=1), "utf-8")
        return tmp_path / name

    return write


Operations = Callable[..., Path]


def test_a_load_tells_what_became_of_every_record(
    samspel: Samspel, operations: Operations, home: Home
) -> None:
    told = json.loads(samspel("load", "erdf_se", operations({}, {"län": "Ingenland"}), "--json").out)
    assert list(told)[:8] == [
        "source", "graph", "read", "loaded", "rejected", "quads", "seconds", "rejects_file"
    ]  # fmt: skip
    assert (told["source"], told["graph"]) == ("erdf_se", GRAPH)
    assert (told["read"], told["loaded"], told["rejected"], told["duplicates"]) == (2, 1, 1, 0)
    assert told["quads"] == home.manifest().graphs[GRAPH].count
    rejects = Path(told["rejects_file"]).read_text("utf-8").splitlines()
    assert rejects[0] == "file,line,field,value,reason,record"
    assert rejects[1].startswith("operations.json,12,län,Ingenland,no county has this name,")


def test_without_files_all_official_ones_are_fetched_and_loaded_together(
    samspel: Samspel, operations: Operations, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [operations({}, name="a.json"), operations({"ärende-id": "2"}, name="b.json")]
    files = {f"https://example.org/{path.name}": path for path in paths}
    monkeypatch.setattr(erdf_se, "SOURCE", replace(erdf_se.SOURCE, download=tuple(files)))
    monkeypatch.setattr(commands_outside, "fetch_into", lambda _, url: SimpleNamespace(path=files[url]))
    told = json.loads(samspel("load", "erdf_se", "--json").out)
    assert (told["read"], told["loaded"], list(told["files"])) == (2, 2, ["a.json", "b.json"])


def test_the_same_file_again_changes_nothing(samspel: Samspel, operations: Operations, home: Home) -> None:
    assert samspel("load", "erdf_se", operations({})).code == 0
    generation, dump = home.current(), home.open().lines()
    again = samspel("load", "erdf_se", operations({}))
    assert "is unchanged and stays in service" in again.out
    assert (home.current(), home.open().lines()) == (generation, dump)


def test_what_is_loaded_survives_a_build_and_is_valid(
    samspel: Samspel, operations: Operations, home: Home
) -> None:
    samspel("load", "erdf_se", operations({}, {}))
    lines = home.open().lines(GRAPH)
    assert samspel("build").code == 0 and samspel("validate").code == 0
    assert home.open().lines(GRAPH) == lines
    listed = {each["source"]: each for each in json.loads(samspel("sources", "--json").out)}
    assert (listed["erdf_se"]["read"], listed["erdf_se"]["rejected"]) == (2, 0)


REAL = {
    "erdf_se": "tillvaxtverket_erdf_2014_2020/projektbanken_eruf_2014-2020_2016-10-14.json",
    "cordis": "cordis_h2020/h2020_organizations_out_formatted_latest.csv",
    "swecris": "swecris/swecris_export_kth_vinnova.csv",
    "ror": "ror/ror_se_v2.json",
}


@pytest.mark.shared_data
def test_the_order_of_sources_and_a_second_load_are_irrelevant(
    samspel: Samspel, home: Home, shared: Path, tmp_path: Path
) -> None:
    files = {name: _some(shared / "data" / path, tmp_path) for name, path in REAL.items()}
    dumps = []
    bundled = Path(shutil.copytree(home.folder, tmp_path / "bundled"))
    for number, names in enumerate((list(REAL), [*reversed(REAL), "ror"])):
        shutil.rmtree(home.folder)
        shutil.copytree(bundled, home.folder)
        for name in names:
            assert samspel("load", name, files[name]).code == 0
        assert samspel("dump", tmp_path / f"{number}.nq").code == 0
        dumps.append((tmp_path / f"{number}.nq").read_bytes())
    assert dumps[0] == dumps[1]
    for registered, key in (
        ("202100-3096", "linkopings-universitet"),
        ("232100-0040", "region-ostergotland"),
    ):
        told = f'SELECT DISTINCT ?o {{ ?o <{n.organisationNumber}> "{registered}" }}'
        (row,) = home.open().rows(told).dicts()
        assert str(row["o"]).endswith(f"/organisation/{key}")


def _some(path: Path, folder: Path) -> Path:
    """Return a file with the first 40 records of another, and those that name who is in several."""
    told = re.compile("linköping|östergötland", re.IGNORECASE)
    text, found = path.read_text("utf-8-sig"), folder / path.name
    if path.suffix == ".json":
        records = json.loads(text)
        named = [each for each in records[40:] if told.search(json.dumps(each, ensure_ascii=False))]
        found.write_text(json.dumps([*records[:40], *named], ensure_ascii=False), "utf-8")
    else:
        mark = ";" if ";" in text.partition("\n")[0] else ","
        rows = list(csv.reader(io.StringIO(text), delimiter=mark))
        named = [row for row in rows[41:] if told.search(" ".join(row))]
        with found.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out, delimiter=mark, quoting=csv.QUOTE_ALL).writerows([*rows[:41], *named])
    return found


def test_more_refusals_than_allowed_change_nothing(
    samspel: Samspel, operations: Operations, home: Home
) -> None:
    before = home.current()
    said = samspel("load", "erdf_se", operations({}, {"län": "X"}, {"län": "Y"}), "--max-errors", "1")
    assert (said.code, said.out, home.current()) == (1, "", before)
    assert "2 of 3 records were refused, more than the 1 that are allowed" in said.err
    assert samspel("load", "erdf_se", operations({}, {"län": "X"}), "--max-errors", "1").code == 0


def test_a_dry_run_changes_nothing(samspel: Samspel, operations: Operations, home: Home) -> None:
    before = home.current()
    said = samspel("load", "erdf_se", operations({}), "--dry-run")
    assert said.code == 0 and "this was a dry run" in said.out and home.current() == before


def test_what_a_reload_changed_is_told(samspel: Samspel, operations: Operations) -> None:
    samspel("load", "erdf_se", operations({}, {}, {}))
    samspel("load", "erdf_se", operations({}, {"projektnamn": "Nytt namn"}, {"ärende-id": "4"}))
    told = json.loads(samspel("diff", "erdf_se", "--json").out)
    project = f"{Iris().base}id/project/erdf-se."
    assert f"{project}4" in told["added"] and f"{project}3" in told["removed"]
    assert told["changed"] == [f"{project}2"]
    assert told["counts"]["same"] > 0
    assert "1 say something else" in samspel("diff", "erdf_se").out


def test_candidates_are_written_to_be_reviewed_and_merge_nothing(
    samspel: Samspel, operations: Operations, home: Home, tmp_path: Path
) -> None:
    samspel("load", "erdf_se", operations({"stödmottagare": "Linköping Science Park AB"}, {}))
    before = home.open().lines()
    (found,) = json.loads(samspel("candidates", "erdf_se", "--json").out)
    assert (found["name"], found["candidate"]) == ("Linköping Science Park AB", "linkopings-science-park")
    assert "linkopings-science-park" in samspel("candidates", "erdf_se").out
    samspel("candidates", "erdf_se", "-o", tmp_path / "review.csv")
    assert "linkopings-science-park" in (tmp_path / "review.csv").read_text("utf-8")
    assert home.open().lines() == before


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["load", "erdf_se"], 2, "erdf_se has no official file that samspel knows of"),
        (["load", "erdf_se", "/no/file.json"], 2, "/no/file.json: there is no such file."),
        (["load", "sweden", "x.csv"], 2, "sweden is bundled or a folder and takes no files"),
        (["diff", "erdf_se"], 2, "The store holds no graph of a source 'erdf_se'"),
        (["candidates", "erdf_se"], 2, "erdf_se is not loaded; load it first"),
    ],
)
def test_what_was_asked_wrongly_is_told(
    samspel: Samspel, arguments: list[str], code: int, message: str
) -> None:
    said = samspel(*arguments)
    assert (said.code, said.out) == (code, "") and message in said.err


def test_a_load_killed_at_any_moment_leaves_the_old_or_the_new_and_nothing_else(
    operations: Operations, home: Home, samspel: Samspel
) -> None:
    versions = [operations(*[{"projektnamn": name}] * 300, name=f"{name}.json") for name in ("old", "new")]
    assert samspel("load", "erdf_se", versions[0]).code == 0
    said = [set(home.open().lines(GRAPH))]
    assert samspel("load", "erdf_se", versions[1]).code == 0
    said.append(set(home.open().lines(GRAPH)))
    at, moments = 1, random.Random(4)  # noqa: S311  # a seeded choice of moments
    for _ in range(6):  # test_leftovers kills 20 times below the command line
        command = [
            sys.executable,
            "-c",
            "from api.cli import main; main()",
            "load",
            "erdf_se",
            str(versions[1 - at]),
        ]
        with subprocess.Popen(
            [*command, "--store", str(home.folder)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            try:
                process.wait(moments.uniform(0.2, 1.6))
            except subprocess.TimeoutExpired:
                process.kill()
        lines = set(home.open().lines(GRAPH))
        assert lines in said
        at = said.index(lines)
        assert home.verify() == []
        places = {path.name for path in (home.folder / "generations").iterdir()}
        assert len(places) <= 3 and all(
            (home.folder / "generations" / name / "manifest.json").exists() for name in places
        )
        assert {path.name for path in home.folder.iterdir()} <= {"CURRENT", "lock", "generations", "rejects"}
