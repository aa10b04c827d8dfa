"""Building from the command line: figures per source, totals, and a second build that changes nothing."""

import json
import sys
from pathlib import Path

import pytest

from api import build as building
from api import cli
from api.build import build, count_classes, outdated
from graph import kept
from graph.errors import CheckFailed
from graph.findings import Finding, Report
from graph.generations import Home
from graph.iris import Iris
from graph.store import Store
from loaders import run
from ontology.names import BASE
from queries import network_reading, search_build
from queries.answer import ask
from queries.catalogue import networks, query
from queries.search import Index

SOURCES = ["actors", "mappings", "s3_areas", "seeds", "sweden"]
TOTALS = {
    "Territory": 323,
    "County": 21,
    "Municipality": 290,
    "ProgrammeArea": 2,
    "RegionAuthority": 21,
    "Project": 4,
    "KnowledgeArea": 5,
    "PriorityArea": 108,
    "Need": 3,
    "Activity": 3,
    "Fund": 2,
}
PROVENANCE = Iris().graph("provenance")[1:-1]
COLUMNS = ["source", "graph", "read", "loaded", "rejected", "quads", "seconds", "rejects_file", "things"]


def samspel(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *args: str | Path
) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "argv", ["samspel", *map(str, args)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return int(ended.value.code or 0), *capsys.readouterr()


def test_building_tells_each_source_and_the_totals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], store: Store
) -> None:
    code, out, err = samspel(monkeypatch, capsys, "build", "--store", tmp_path, "--json")
    assert (code, err) == (0, "")
    told = json.loads(out)
    assert (told["generation"], told["changed"]) == (1, True)
    assert [line["source"] for line in told["sources"]] == SOURCES
    for line in told["sources"]:
        assert list(line) == COLUMNS
        assert line["graph"] == f"https://w3id.org/samspel/graph/{line['source']}"
        assert line["read"] == line["loaded"] + line["rejected"] and line["rejected"] == 0
        assert line["quads"] > line["loaded"] > 0
        assert line["seconds"] >= 0 and line["rejects_file"] is None
        assert sum(line["things"].values()) > 0
    assert {name: told["totals"].get(name) for name in TOTALS} == TOTALS
    assert told["totals"] == count_classes(store)

    again, out, err = samspel(monkeypatch, capsys, "build", "--store", tmp_path)
    assert (again, err) == (0, "")
    assert out.splitlines()[0].split() == ["source", "read", "loaded", "rejected", "triples", "seconds"]
    assert out.splitlines()[-1] == f"Generation 1 is unchanged and stays in service in {tmp_path}"

    code, out, _ = samspel(monkeypatch, capsys, "load", "sweden", "--store", tmp_path, "--json")
    assert code == 0 and [line["source"] for line in json.loads(out)["sources"]] == ["sweden"]
    assert not json.loads(out)["changed"]


def test_each_graph_holds_what_its_source_gave(built: Home) -> None:
    manifest = built.manifest()
    iris = Iris()
    for name in SOURCES:
        assert manifest.graphs[iris.graph(name)[1:-1]].count == len(set(run.read(name, iris).lines))
    assert set(manifest.graphs) == {
        iris.graph(name)[1:-1] for name in (*SOURCES, "ontology", "queries", "provenance", "inferred")
    }


def test_what_is_not_read_anew_stays_described_as_it_was(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    before = home.open().lines(PROVENANCE)
    monkeypatch.delattr(run, "read")
    assert not build(home, Iris(), []).changed
    assert home.open().lines(PROVENANCE) == before


def test_a_store_of_one_source_describes_all_of_them_each_time(tmp_path: Path, built: Home) -> None:
    build(Home(tmp_path), Iris(), ["sweden"])
    assert Home(tmp_path).open().lines(PROVENANCE) == built.open().lines(PROVENANCE)
    assert not build(Home(tmp_path), Iris(), ["sweden"]).changed


def test_building_tells_how_it_goes(tmp_path: Path) -> None:
    told: list[str] = []
    report = build(Home(tmp_path), Iris(), ["sweden"], told.append)
    steps = ["Loading graphs", "Naming organisations", "Matching needs and strengths", "Validating"]
    assert told == ["Reading sweden", *steps]
    assert [line.source for line in report.lines] == ["sweden"]
    assert report.totals["County"] == 21


def test_what_does_not_conform_never_comes_into_service(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    finding = Finding(f"{BASE}shapes#Name", f"{BASE}id/county/05", None, None, "Violation", "sv", "en", "c")
    monkeypatch.setattr("api.derive.validate", lambda *_, **__: Report((finding,)))
    with pytest.raises(CheckFailed, match="does not conform to the shapes; the old one stays in service"):
        build(Home(tmp_path), Iris(), ["sweden"])
    assert Home(tmp_path).current() is None
    code, out, err = samspel(monkeypatch, capsys, "load", "sweden", "--store", tmp_path)
    assert (code, out) == (1, "")
    assert err.startswith("samspel: The new generation does not conform to the shapes")


def test_another_base_gives_the_same_answers(tmp_path: Path, store: Store) -> None:
    build(Home(tmp_path), Iris("https://example.org/"))
    other = Home(tmp_path).open().in_memory()
    for name in ("cq05", "cq12", "cq17", "cq18", "cq20", "cq21"):
        assert ask(other, query(name)).write("csv") == ask(store, query(name)).write("csv")


def test_a_store_of_older_facts_is_told(tmp_path: Path, built: Home) -> None:
    assert outdated(built, Iris()) == []
    with (home := Home(tmp_path)).draft() as draft:
        draft.replace(Iris().graph("sweden")[1:-1], ["<http://e.org/a> <http://e.org/b> <http://e.org/c>"])
    assert outdated(home, Iris()) == sorted(run.sources())


def test_of_a_large_store_the_networks_are_read_when_it_is_built(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "LARGE", 1)
    monkeypatch.setattr(kept, "LEAST", 1)
    home = Home(tmp_path / "store")
    build(home, Iris())
    opened, known = home.open(), list(networks().values())
    with monkeypatch.context() as patched:
        patched.delattr(Store, "run")
        found = [network_reading.read(opened, each).ties for each in known]
        names = search_build.read(opened, home.columns(1))
    assert found == [network_reading.read(store, each).ties for each in known]
    assert Index(names).search("energi") == Index(search_build.build(store)).search("energi")
