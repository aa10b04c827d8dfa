"""The same pages, queries and commands over a remote store; few round trips; and what an outage shows."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import httpx2
import pytest
from starlette.testclient import TestClient

from api import prefetch, settings, things
from api.app import create_app
from api.cli import main
from api.gathering import Wanted
from api.service import service
from api.settings import Settings, SettingsError
from api.snapshot import RemoteSnapshots, Snapshot, outage, version_of
from graph.delivery import Delivery
from graph.endpoint import Endpoint
from graph.generations import Home
from graph.manifest import Manifest
from graph.mirror import Mirror
from graph.remote import Remote
from graph.store import Store

PAGES = (
    "/",
    "/regions",
    "/map?show=parks",
    "/map?show=flows",
    "/map?county=05",
    "/page/county/05",
    "/page/area/oms-smart-industri",
    "/page/project/east-central-sweden",
    "/page/document/004",
    "/queries/cq03",
    "/networks/organisations",
    "/needs",
    "/ontology/Need",
    "/search?q=energi",
)
MOST = 20  # round trips for a page, with nothing known before but the version of the data
PANELS = 9  # of a page at most: each is a question of its own, and so a round trip more
_ORIGIN = re.compile(r"Data från ett fjärrlager|Generation 1, byggd [0-9-]+")
NOWHERE = "http://127.0.0.1:9/sparql"


def there(endpoint: Endpoint) -> Settings:
    return Settings(Path("/nowhere"), endpoint=endpoint.url, default_graph=endpoint.default_graph)


@contextmanager
def served(endpoint: Endpoint) -> Iterator[TestClient]:
    with TestClient(create_app(there(endpoint)), follow_redirects=False) as client:
        yield client


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_the_same_and_takes_few_round_trips(
    oxigraph: Endpoint, client: TestClient, page: str
) -> None:
    headers = {"Accept": "text/html", "Accept-Language": "sv"}
    with served(oxigraph) as far:
        before = far.get("/ready").json()
        found = far.get(page, headers=headers)
        trips = far.get("/ready").json()["round_trips"] - before["round_trips"] - 1
    assert before["generation"] == "remote"
    near = client.get(page, headers=headers)
    assert (found.status_code, near.status_code) == (200, 200)
    assert _ORIGIN.sub("", found.text) == _ORIGIN.sub("", near.text)
    asked = near.text.count('class="panel"') + near.text.partition('nothing">')[2].partition("</p>")[0].count(
        "<a "
    )
    assert asked <= PANELS
    assert trips <= MOST + asked


def test_virtuoso_serves_the_same(virtuoso: Endpoint, client: TestClient) -> None:
    with served(virtuoso) as far:
        for page in ("/page/county/05", "/api/queries/cq03", "/sparql?query=ASK%20%7B%7D"):
            found, near = (one.get(page, headers={"Accept": "*/*"}) for one in (far, client))
            assert (page, found.status_code) == (page, 200)
            assert _ORIGIN.sub("", found.text) == _ORIGIN.sub("", near.text)


def test_what_nameless_things_tie_together_comes_in_one_query(oxigraph: Endpoint, store: Store) -> None:
    nameless = [
        row["p"]
        for row in store.rows(
            "SELECT DISTINCT ?p { ?s <https://w3id.org/samspel/ontology#hasParticipation> ?p }"
        ).dicts()
        if row["p"]
    ]
    remote = Remote(oxigraph)
    snapshot = Snapshot(remote, Manifest(0, "", 0))
    wanted = Wanted(parts=set(nameless))
    prefetch.fetch(snapshot, wanted)
    assert remote.sent == 1 and len(nameless) > 10
    assert all(prefetch.parts(snapshot, iri) == things.parts(store, [iri])[iri] for iri in nameless)
    assert remote.sent == 1
    remote.close()


def test_caches_are_renewed_when_the_data_change(oxigraph: Endpoint) -> None:
    remote = Remote(oxigraph)
    snapshots = RemoteSnapshots(remote, every=0)
    first = snapshots.current()
    assert snapshots.current() is first and first.version.startswith("remote-")
    snapshots._mark = "another"  # as it would be if the data had been others when it was opened
    assert snapshots.current() is not first
    assert snapshots.current().version == first.version
    remote.close()


def test_an_outage_is_told_by_ready_and_by_pages() -> None:
    with TestClient(create_app(Settings(Path("/nowhere"), endpoint=NOWHERE))) as client:
        ready = client.get("/ready")
        assert (ready.status_code, ready.json()["ready"]) == (503, False)
        sentence = ready.json()["reason"]
        assert sentence.startswith(f"{NOWHERE}: cannot be reached: ")
        page = client.get("/page/county/05", headers={"Accept": "text/html"})
        assert (page.status_code, page.text) == (503, f"{sentence}\n")
        assert client.get("/api/queries/cq03").json() == {"error": sentence}
        assert client.get("/health").json() == {"alive": True}


def test_ready_of_a_server_asks_the_endpoint_each_time(
    oxigraph: Endpoint,
    serve: Callable[[Settings], AbstractContextManager[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = outage(Settings(Path("/nowhere"), endpoint=NOWHERE))
    assert told is not None and told.startswith(f"{NOWHERE}: cannot be reached: ")
    with serve(there(oxigraph)) as address:
        green = httpx2.get(f"{address}/ready", timeout=60)
        assert (green.status_code, green.json()["generation"]) == (200, "remote")
        assert green.json()["version"].startswith("remote-")
        monkeypatch.setattr(service, "outage", lambda _: told)
        red = httpx2.get(f"{address}/ready", timeout=60)
        assert (red.status_code, red.json()) == (503, {"ready": False, "reason": told})


def run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *words: str
) -> tuple[int, str, str]:
    monkeypatch.setattr("sys.argv", ["samspel", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    out, err = capsys.readouterr()
    return int(str(ended.value.code or 0)), out, err


@pytest.mark.parametrize(
    "words",
    [
        ("query", "cq03", "--format", "csv"),
        ("network", "organisations"),
        ("measure", "degree", "--format", "csv"),
        ("match", "--format", "csv"),
        ("check", "data", "--json"),
    ],
    ids=lambda words: words[0],
)
def test_commands_that_ask_answer_alike(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    oxigraph: Endpoint,
    built: Home,
    words: tuple[str, ...],
) -> None:
    far = run(capsys, monkeypatch, *words, "--store", oxigraph.url)
    near = run(capsys, monkeypatch, *words, "--store", str(built.folder))
    assert (far[0], near[0]) == (0, 0)
    if words[0] == "check":
        assert far[1].partition('"generations"')[0] == near[1].partition('"generations"')[0] != far[1]
    else:
        assert far[1] == near[1]


def test_a_load_goes_to_the_endpoint_and_commands_about_generations_ask_the_working_copy(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    empty_oxigraph: Endpoint,
    built: Home,
    tmp_path: Path,
) -> None:
    delivery = Delivery(empty_oxigraph)
    delivery.update(["CLEAR ALL"])
    delivery.close()
    url = empty_oxigraph.url
    monkeypatch.setenv("SAMSPEL_MIRROR", str(tmp_path))
    copy = Mirror(tmp_path, settings.endpoint(there(empty_oxigraph)), version_of)
    shutil.copytree(built.folder, copy.home.folder)
    code, _, err = run(capsys, monkeypatch, "diff", "seeds", "--store", url)
    assert (code, err) == (3, f"samspel: {url}: it holds nothing yet. Fill it: samspel build --store {url}\n")
    code, out, err = run(capsys, monkeypatch, "load", "seeds", "--json", "--store", url)
    graphs, merged = len(built.manifest().graphs), built.manifest().merged
    assert (code, json.loads(out)["changed"]) == (0, False)
    assert "The endpoint is empty: all that the working copy holds goes there." in err
    assert f"Sent {graphs} graphs with " in err and f"to {url}; {merged} triples came into its merge" in err
    for command in (("validate",), ("verify",), ("diff", "seeds"), ("sources", "--json")):
        code, out, err = run(capsys, monkeypatch, *command, "--store", url)
        assert code == 0, (command, err)
    loaded = {row["source"] for row in json.loads(out) if row["loaded"]}
    assert "seeds" in loaded
    monkeypatch.setenv("SAMSPEL_MIRROR", str(tmp_path / "another"))
    code, out, _ = run(capsys, monkeypatch, "sources", "--json", "--store", url)
    (seeds,) = (row for row in json.loads(out) if row["source"] == "seeds")
    assert (seeds["loaded"], seeds["triples"] > 0) == (None, True)  # when, only a working copy knows
    assert not (tmp_path / "another").exists() or not list((tmp_path / "another").glob("*/store"))


def test_a_release_is_made_of_a_folder(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, err = run(capsys, monkeypatch, "publish", "--store", NOWHERE)
    assert (code, out) == (2, "")
    assert err == (
        f"samspel: The store is {NOWHERE}, a remote endpoint: releases are made of a folder with "
        "generations. Name one: --store DIR\n"
    )


@pytest.mark.parametrize("words", [("build",), ("load", "seeds"), ("verify",), ("validate",)])
def test_commands_that_reach_nobody_say_so(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    words: tuple[str, ...],
) -> None:
    monkeypatch.setenv("SAMSPEL_MIRROR", str(tmp_path))
    monkeypatch.setenv("SAMSPEL_STORE_TRIES", "1")
    code, out, err = run(capsys, monkeypatch, *words, "--store", NOWHERE)
    assert (code, out) == (3, "")
    assert err.startswith(f"samspel: {NOWHERE}: cannot be reached: ")


def test_an_address_is_taken_for_the_store_and_a_password_in_it_is_not() -> None:
    found = settings.read({"store": NOWHERE}, {"SAMSPEL_STORE": "/somewhere"})
    assert found.endpoint == NOWHERE
    assert settings.read({"store": "/somewhere"}, {"SAMSPEL_ENDPOINT": NOWHERE}).endpoint == ""
    with pytest.raises(SettingsError, match="leave them out and set SAMSPEL_STORE_USER") as caught:
        settings.read({"store": "https://me:secret@example.org/sparql"}, {})
    assert "secret" not in str(caught.value)


def test_what_lets_us_in_comes_from_the_environment_and_is_not_listed() -> None:
    env = {"SAMSPEL_STORE_USER": "me", "SAMSPEL_STORE_PASSWORD": "secret", "SAMSPEL_ENDPOINT": NOWHERE}
    found = settings.read({}, env)
    assert settings.endpoint(found, env).user == ("me", "secret")
    assert settings.endpoint(found, {"SAMSPEL_STORE_AUTHORIZATION": "Bearer x"}).headers == {
        "Authorization": "Bearer x"
    }
    assert "secret" not in f"{found} {found.items()} {settings.endpoint(found, env)}"
