"""Pages that are timed exist; of each class the most linked comes first; without a store nothing is timed."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from benchmarks import pages
from benchmarks.pages import PAGES, Kind, Took
from graph.generations import Home
from graph.store import Store
from scripts import notebooks


def test_every_page_that_is_timed_is_there(built: Home) -> None:
    client = TestClient(create_app(Settings(store=built.folder)))
    for kind in PAGES:
        assert client.get(kind.first, headers={"Accept": "text/html"}).status_code == 200, kind.first


def test_each_class_has_its_most_linked_thing_first(store: Store) -> None:
    found = {kind.name.split()[0]: kind for kind in pages.things(store)}
    assert {"County", "Project", "Organisation", "StrengthArea"} <= set(found)
    links = [line for line in store.lines() if line.endswith("/id/county/14>") and "#type>" not in line]
    assert found["County"].first == "/page/county/14" and f"({len(links)} links in)" in found["County"].name


def test_what_is_above_the_goal_is_marked() -> None:
    assert Took(Kind("home", "/"), 151.0, (2.0, 3.0)).line.startswith("!  ")
    assert Took(Kind("home", "/"), 149.0, (2.0, 3.0, 200.0)).line.startswith(" !")


def test_without_a_store_and_the_files_for_one_nothing_is_timed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.delenv("SAMSPEL_BENCH_STORE", raising=False)
    monkeypatch.setattr(notebooks, "SHARED", tmp_path)
    pages.main()
    said = capsys.readouterr().out
    assert f"{tmp_path} lacks {', '.join(pages.FILES.values())}; name a store" in said
