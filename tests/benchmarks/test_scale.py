"""Exponents are those of made-up points, the shapes find what the file says, and what is too slow is told."""

import csv
import json
import sys
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

import pytest

from benchmarks import cordis_like, scale, scale_way
from benchmarks.networks_data import made
from benchmarks.networks_way import REPORT
from benchmarks.scale import Size, exponent
from graph.generations import Home
from graph.iris import Iris
from graph.store import Store
from loaders.run import read_outside
from ontology import names as n
from ontology.names import BASE

SIZES = (1e5, 1e6, 1e7)
BUSY = "import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 9))\nwhile True: pass"


@pytest.mark.parametrize("known", [0.0, 0.5, 1.0, 1.37, 2.0])
def test_the_exponent_of_points_on_a_line_is_its_slope(known: float) -> None:
    assert exponent([(x, 3e-4 * x**known) for x in SIZES]) == pytest.approx(known, abs=1e-9)


def test_the_exponent_of_points_beside_a_line_is_that_of_least_squares() -> None:
    assert exponent([(1, 1), (10, 100), (100, 100)]) == pytest.approx(1.0)  # slopes 2 and 0


@pytest.mark.parametrize("points", [[], [(1e5, 2.0)], [(1e5, 2.0), (1e6, 0.0)], [(1e5, 2.0), (1e5, 3.0)]])
def test_too_few_points_have_no_exponent(points: list[tuple[float, float]]) -> None:
    assert exponent(points) is None


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of 300 records."""
    file = tmp_path_factory.mktemp("scale") / "organization.csv"
    cordis_like.write(file, 300, faults=0, duplicates=0)
    return file


@pytest.fixture(scope="module")
def loaded(records: Path) -> Store:
    """The records as triples, and the two roles that coordinators and participants are in."""
    target = records.with_suffix(".nt")
    read_outside("cordis", [records], Iris(), target)
    store = Store.memory()
    store.load(Iris().graph("cordis")[1:-1], [target.read_bytes()])
    roles = [f"{BASE}id/role/{name}" for name in ("coordinator", "participant")]
    lines = [f"<{role}> <{n.type_}> <{n.Role}>" for role in roles]
    store.replace("urn:roles", lines + [f'<{role}> <{n.prefLabel}> "{role[-5:]}"@sv' for role in roles])
    return store


def test_every_shape_finds_what_the_file_says(records: Path, loaded: Store) -> None:
    with records.open(newline="", encoding="utf-8") as source:
        rows = list(csv.DictReader(source, delimiter=";"))
    teams = defaultdict(list)
    for row in rows:
        teams[row["projectID"]].append(row["organisationID"])
    pairs = sum(len(list(combinations(team, 2))) for team in teams.values())
    met = Counter(each for team in teams.values() if "910000000" in team for each in set(team))
    found = {shape: scale_way.ask(loaded, shape) for shape in scale_way.SHAPES}
    assert len(found) >= 12
    assert found["self-join"] == pairs
    assert found["star"] == sum(bool(row["ecContribution"]) for row in rows)
    assert found["a hub's partners"] == len(met) - 1
    assert found["group-by, two patterns"] == 2
    assert found["OPTIONAL"] == len({row["organisationID"] for row in rows})
    assert found["ORDER BY LIMIT"] == 20
    assert found["CONSTRUCT"] == 1_000
    assert found["text filter"] == len({row["name"] for row in rows if "rin" in row["name"].lower()})
    assert min(found.values()) > 0


def test_the_network_is_read_and_measured_as_by_the_other_bench(tmp_path: Path) -> None:
    few, home = made(60), Home(tmp_path / "store")
    few.write(tmp_path / "data.nt")
    with home.draft() as draft:
        draft.replace_file(Iris().graph("bench")[1:-1], tmp_path / "data.nt", "bench")
    found = {name: work() for name, work in scale_way.tasks("network", home.folder)}
    assert list(found) == ["network by its queries", "network by kept columns", *REPORT]
    assert found["degree"] == found["network by its queries"] > 0


def test_what_takes_too_long_is_told_and_what_was_measured_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    step = scale._step(tmp_path, "busy", (sys.executable, "-c", BUSY))
    assert step.code == scale._OVER and 0.5 < step.cpu < 5
    assert scale._step(tmp_path, "busy", ("no such command",)) == step
    few = Size(100, 100, seconds={"load": 0.5, "self-join": 1.0}, disk={"a release": 3.0})
    many = Size(10_000, 10_000, seconds={"load": 50.0}, over={"self-join"}, disk={"a release": 30.0})
    scale.print_sizes([few, many], 60)
    told = {
        line.split("  ")[1].strip(): line.split()
        for line in capsys.readouterr().out.splitlines()
        if "  " in line
    }
    assert told["load"][-2:] == ["1.00", "1.00"]
    assert told["a release"][-2:] == ["0.50", "0.50"]
    assert told["self-join"][-5:] == ["over", "60", "s", "-", "-"]


def test_a_part_that_fails_says_so_and_is_not_kept(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match=r"'broken' in .* ended with 3"):
        scale._step(tmp_path, "broken", (sys.executable, "-c", "raise SystemExit(3)"))
    assert not list(tmp_path.glob("*.json"))


def test_a_query_is_measured_in_a_process_of_its_own(tmp_path: Path, records: Path, loaded: Store) -> None:
    home = Home(tmp_path / "store")
    with home.draft() as draft:
        draft.replace_file(Iris().graph("cordis")[1:-1], records.with_suffix(".nt"), "bench")
    step = scale._step(tmp_path, "query", scale._way("query", home.folder, 30, "self-join"))
    name, cpu, clock, held, found = json.loads(step.out)
    assert (name, found) == ("self-join", scale_way.ask(loaded, "self-join"))
    assert 0 < cpu < 30 and clock > 0 and 10e6 < held <= step.peak * 1.5
