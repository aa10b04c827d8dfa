"""A region's own kit: written, checked, loaded beside the bundled data, kept over builds, shown on pages."""

import csv
import json
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api import cli
from api.app import create_app
from api.settings import Settings
from graph.generations import Home
from loaders import region_kit
from loaders.region_cells import slug

Samspel = Callable[..., tuple[int, str, str]]
HTML = {"Accept": "text/html"}
GRAPH = "https://w3id.org/samspel/graph/"
EXAMPLES = region_kit.KIT / "examples"


@pytest.fixture
def samspel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Samspel]:
    """Run the command on a store of its own."""

    def run(*args: str | Path) -> tuple[int, str, str]:
        monkeypatch.setenv("SAMSPEL_STORE", str(tmp_path / "store"))
        monkeypatch.setattr(sys, "argv", ["samspel", *map(str, args)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return int(ended.value.code or 0), *capsys.readouterr()

    yield run


def test_a_new_region_is_written_once(samspel: Samspel, tmp_path: Path) -> None:
    code, out, err = samspel("new-region", tmp_path / "mine")
    assert (code, out) == (0, "") and err.startswith(f"Wrote {tmp_path / 'mine'}.")
    code, out, err = samspel("new-region", tmp_path / "mine")
    assert (code, out) == (2, "")
    assert err == f"samspel: {tmp_path / 'mine'}: the folder holds something already; name a new one.\n"
    assert samspel("load", tmp_path / "mine" / "examples", "--dry-run")[0] == 0


def test_a_dry_run_changes_nothing(samspel: Samspel, tmp_path: Path) -> None:
    code, out, err = samspel("load", EXAMPLES, "--dry-run")
    assert (code, err) == (0, "") and out.startswith("region-exempel can be loaded: 10 rows")
    assert samspel("load", "sweden", "--dry-run")[1].startswith("sweden can be loaded")
    told = json.loads(samspel("load", EXAMPLES, "--dry-run", "--json")[1])
    assert (told["source"], told["graph"]) == ("region-exempel", GRAPH + "region-exempel")
    assert (told["loaded"], told["rejected"], told["mistakes"]) == (10, 0, [])
    assert not (tmp_path / "store").exists()


@pytest.mark.parametrize("flags", [(), ("--dry-run",)], ids=["load", "dry-run"])
def test_mistakes_are_told_line_by_line_and_nothing_is_loaded(
    samspel: Samspel, home: Home, tmp_path: Path, flags: tuple[str, ...]
) -> None:
    folder = Path(shutil.copytree(EXAMPLES, tmp_path / "region"))
    for file, old, new in (("areas.csv", ",strength,", ",strenth,"), ("needs.csv", ",skiss,", ",skis,")):
        (folder / file).write_text((folder / file).read_text("utf-8").replace(old, new), "utf-8")
    before = home.manifest()
    code, out, err = samspel("load", folder, *flags)
    assert (code, out) == (1, "")
    first, second = err.splitlines()
    assert first == (
        "areas.csv:2: kind is 'strenth'; expected a kind of the vocabulary. Did you mean 'strength'?"
    )
    assert second == "needs.csv:2: project is 'skis'; expected a key of projects.csv. Did you mean 'skiss'?"
    assert home.manifest() == before
    code, out, err = samspel("load", folder, "--json", *flags)
    assert code == 1 and json.loads(out)["mistakes"] == [first, second] == err.splitlines()


def test_neither_source_nor_folder_is_told(samspel: Samspel) -> None:
    code, out, err = samspel("load", "nowhere")
    assert (code, out) == (2, "")
    assert err.startswith("samspel: There is no source 'nowhere'; there are actors,")
    assert err.endswith("Nor is there a folder of that name.\n")


def test_a_region_comes_beside_the_bundled_data_also_into_an_empty_store(
    samspel: Samspel, tmp_path: Path
) -> None:
    code, out, err = samspel("load", EXAMPLES)
    assert (code, err) == (0, "") and out.splitlines()[-1].startswith("Generation 1 is in service")
    held = Home(tmp_path / "store").manifest().graphs
    assert {GRAPH + "region-exempel", GRAPH + "sweden", GRAPH + "seeds"} <= set(held)


def test_a_region_stays_with_its_origin_when_the_bundled_sources_are_built_again(
    samspel: Samspel, home: Home
) -> None:
    graph, told = GRAPH + "region-exempel", GRAPH + "provenance"
    bundled = home.open().lines(told)
    assert samspel("load", EXAMPLES)[0] == 0
    loaded, origins = home.manifest().graphs[graph], home.open().lines(told)
    assert set(bundled) < set(origins) and any(line.startswith(f"<{graph}> ") for line in origins)

    code, out, _ = samspel("build")
    assert code == 0 and "is unchanged" in out
    code, out, _ = samspel("load", "sweden")
    assert code == 0 and "is unchanged" in out
    with home.draft() as draft:  # a bundled source has changed since
        draft.replace(GRAPH + "sweden", ())
    code, out, _ = samspel("build")
    assert code == 0 and "Generation 4 is in service" in out
    assert home.manifest().graphs[graph] == loaded
    assert home.open().lines(told) == origins
    assert home.verify() == []

    shown = json.loads(samspel("sources", "--json")[1])
    (row,) = (row for row in shown if row["source"] == "region-exempel")
    assert (row["publisher"], row["triples"], row["loaded"]) == ("samspel", loaded.count, loaded.loaded)
    assert samspel("validate")[0] == 0


def test_loading_a_folder_again_replaces_what_it_said(samspel: Samspel, home: Home, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(EXAMPLES, tmp_path / "region"))
    assert samspel("load", folder)[0] == 0
    before = home.open().lines(GRAPH + "provenance")
    (folder / "needs.csv").write_text(
        (folder / "needs.csv").read_text("utf-8").splitlines()[0] + "\n", "utf-8"
    )
    assert samspel("load", folder)[0] == 0
    need = "need/region-exempel.bygglogistik"
    assert not [line for line in home.open().lines() if need in line]
    after = home.open().lines(GRAPH + "provenance")
    files = [line for line in after if "#sha256" in line or "/sha256>" in line]
    assert len(after) == len(before) and after != before and files


@pytest.fixture
def varmland(shared: Path, tmp_path: Path) -> Path:
    """A region's folder filled with the areas that are known of Värmland."""
    folder = tmp_path / "varmland"
    region_kit.write(folder)
    shutil.rmtree(folder / "examples")
    with (shared / "data" / "s3" / "s3_areas_sweden.csv").open(encoding="utf-8") as file:
        found = [row for row in csv.DictReader(file) if row["region_code"] == "17"]
    pages = {row["source"]: slug(row["kind"]) for row in found}
    _append(
        folder / "region.csv",
        [
            *("varmland", "Värmlands områden", "The areas of Värmland", "17", "samspel"),
            *("https://creativecommons.org/publicdomain/zero/1.0/", found[0]["source"], "2026-11-21"),
        ],
    )
    for page, key in pages.items():
        _append(folder / "evidence" / "documents.csv", [key, f"Områden i Värmland ({key})", page, "", ""])
        _append(folder / "sets.csv", [key, f"Värmlands områden ({key})", "", key, "", "derived", ""])
    for row in found:
        key, name = pages[row["source"]], row["area_sv"]
        _append(
            folder / "areas.csv",
            [
                *(f"{slug(name)}-{key}", name, "", "strength", "17", key, row["as_of"], "", "", ""),
                *(key, "", "literal", name),
            ],
        )
    return folder


def _append(path: Path, row: list[str]) -> None:
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow(row)


@pytest.mark.shared_data
def test_a_real_county_loads_conforms_and_shows_on_its_pages(
    samspel: Samspel, home: Home, varmland: Path
) -> None:
    before = set(home.open().lines(GRAPH + "s3_areas"))
    assert samspel("load", varmland, "--dry-run")[0] == 0
    code, _, err = samspel("load", varmland)
    assert (code, err) == (0, "")
    assert samspel("validate")[0] == 0
    store = home.open()
    assert set(store.lines(GRAPH + "s3_areas")) == before
    mine = {line.partition(" ")[0] for line in store.lines(GRAPH + "region-varmland")}
    assert not mine & {line.partition(" ")[0] for line in before}, "no key collides with the bundled areas"
    areas = [thing for thing in mine if "/area/region-varmland." in thing]
    assert len(areas) == 13

    with TestClient(create_app(Settings(store=home.folder))) as client:
        page = client.get("/page/area/region-varmland.skoglig-bioekonomi-strength", headers=HTML)
        assert page.status_code == 200 and "<h1>Skoglig bioekonomi" in page.text
        assert "/page/document/region-varmland.strength" in page.text
        assert client.get("/page/area/varmland-skoglig-bioekonomi", headers=HTML).status_code == 200
        county = client.get("/page/county/17", headers=HTML).text
        assert "/page/area/region-varmland.dataspel-och-spelifiering-strength" in county
        assert 'id="region-varmland"' in client.get("/sources", headers=HTML).text
        found = client.get("/search", params={"q": "Dataspel och spelifiering"}, headers=HTML).text
        assert "/page/area/region-varmland.dataspel-och-spelifiering-strength" in found
