"""What is missing, on the page and on the command line: the same figures, linked, and over time."""

import json
import re
import shutil
import sys
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api import cli
from api.app import create_app
from api.build import build
from api.pages import missing as missing_page
from api.pages.missing import series
from api.settings import Settings
from graph.generations import Home
from graph.iris import Iris
from graph.store import Store
from loaders import region_kit
from loaders.region import read_folder
from queries import missing

HTML = {"Accept": "text/html"}


def samspel(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *args: str | Path
) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "argv", ["samspel", *map(str, args)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return int(ended.value.code or 0), *capsys.readouterr()


@pytest.mark.parametrize(("language", "of"), [("sv", "{} av {}"), ("en", "{} of {}")])
def test_the_page_tells_every_figure_and_of_how_many(
    client: TestClient, store: Store, language: str, of: str
) -> None:
    page = client.get("/missing", params={"lang": language}, headers=HTML)
    client.cookies.clear()
    assert page.status_code == 200
    for each in missing.missing(store):
        part = page.text.split(f'<section id="{each.name}">')[1].split("</section>")[0]
        told = [of.format(len(x), each.of) for lack in each.lacks for x in (lack.nothing, lack.unknown)]
        assert re.findall(r"<td>(\d+ \w+ \d+)", part) == told
        for lack in each.lacks:
            for thing in (*lack.nothing, *lack.unknown):
                assert f'href="/page/{thing.partition("/id/")[2]}"' in part


def test_the_page_lists_what_sources_state_as_unknown(client: TestClient, store: Store) -> None:
    page = client.get("/missing", headers=HTML).text
    part = page.split('<section id="unknowns">')[1].split("</section>")[0]
    assert part.count("<tr>") == 1 + len(missing.unknowns(store).rows)
    assert 'href="/page/project/skiss"' in part and 'href="/page/document/000"' in part


@pytest.mark.parametrize("path", ["/", "/sources"])
def test_the_page_is_linked(client: TestClient, path: str) -> None:
    assert 'href="/missing"' in client.get(path, headers=HTML).text


def test_the_figures_are_there_as_json(client: TestClient, store: Store) -> None:
    assert client.get("/missing.json").json() == missing.figures(missing.missing(store))


def test_the_command_tells_the_figures(
    built: Home, store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = samspel(monkeypatch, capsys, "check", "data", "--store", built.folder, "--json")
    told, found = json.loads(out), missing.missing(store)
    assert (code, err) == (0, "")
    assert told["figures"] == missing.figures(found)
    assert len(told["stated_unknown"]) == len(missing.unknowns(store).rows)
    assert told["generations"][-1]["counts"] == missing.counts(found)

    code, out, err = samspel(monkeypatch, capsys, "check", "data", "--store", built.folder)
    assert (code, err) == (0, "")
    assert out.split("\n")[0].split() == ["class", "lacks", "nothing", "unknown", "of"]
    rows = [line.split() for line in out.splitlines()[2:-1]]
    assert rows == [[str(value) for value in row.values()] for row in missing.figures(found)]


def test_only_data_can_be_checked_beside_the_settings(
    built: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert samspel(monkeypatch, capsys, "check", "dates", "--store", built.folder)[0] == 2
    assert "SAMSPEL_STORE" in samspel(monkeypatch, capsys, "check", "--store", built.folder)[1]


def test_the_figures_of_each_kept_generation_are_compared(
    built: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = Path(shutil.copytree(built.folder, tmp_path / "store"))
    home = Home(folder)
    before = home.manifest().counts
    build(home, Iris(), [], beside=[read_folder(region_kit.KIT / "examples", Iris())])
    first, second = home.kept()
    assert dict(first.counts) == dict(before) != dict(second.counts)
    assert second.counts["areas"] == first.counts["areas"] + 1
    assert second.counts["projects.budget.nothing"] == first.counts["projects.budget.nothing"] + 1

    found = missing.missing(home.open())
    by_key = {(each.name, each.column): each.values for each in series(found, home.kept())}
    assert by_key["projects", "lacksBudget"] == (
        first.counts["projects.budget.nothing"],
        second.counts["projects.budget.nothing"],
    )
    with TestClient(create_app(Settings(store=folder))) as client:
        page = client.get("/missing", params={"lang": "en"}, headers=HTML).text
    part = page.split('<section id="over-time">')[1].split("</section>")[0]
    assert part.count("<tr>") == 1 + len(by_key)
    assert re.findall(r'class="number">(\d+) <span', part) == ["1", "2"]
    out = samspel(monkeypatch, capsys, "check", "data", "--store", folder)[1]
    assert "nothing in 1" in out.splitlines()[0]


def test_of_many_things_the_first_are_named(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = client.get("/missing", headers={"Accept-Language": "en"}).text
    monkeypatch.setattr(missing_page, "MOST", 2)
    cut = client.get("/missing", headers={"Accept-Language": "en"}).text
    assert "in the answer of the query" not in whole
    assert '<a href="/queries/missing-areas">and 89 more, in the answer of the query</a>' in cut
    assert len(cut) < len(whole)
