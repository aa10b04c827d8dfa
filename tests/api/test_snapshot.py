"""The generation in service: a newer one is taken up between requests, a broken one is not."""

from pathlib import Path

from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from api.snapshot import Snapshots
from graph.generations import Home

GRAPH = "https://w3id.org/samspel/graph/test"


def put(home: Home, label: str) -> None:
    """Publish a generation that holds one label."""
    thing, says = "<https://w3id.org/samspel/id/county/05>", "<http://www.w3.org/2004/02/skos/core#prefLabel>"
    with home.draft() as draft:
        draft.replace(GRAPH, [f'{thing} {says} "{label}"@sv'])


def test_each_request_gets_the_newest_generation(tmp_path: Path) -> None:
    home = Home(tmp_path)
    put(home, "Östergötland")
    snapshots = Snapshots(home)
    first = snapshots.current()
    assert snapshots.current() is first
    put(home, "Östergötlands län")
    second = snapshots.current()
    assert (first.manifest.generation, second.manifest.generation) == (1, 2)
    assert first.store.ask('ASK { ?s ?p "Östergötland"@sv }'), "a request in flight keeps its generation"
    assert second.store.ask('ASK { ?s ?p "Östergötlands län"@sv }')


def test_a_broken_generation_is_not_taken_up(tmp_path: Path) -> None:
    home = Home(tmp_path)
    put(home, "Östergötland")
    snapshots = Snapshots(home)
    held = snapshots.current()
    (tmp_path / "CURRENT.new").write_text("99\n")
    (tmp_path / "CURRENT.new").replace(tmp_path / "CURRENT")
    assert snapshots.current() is held
    assert snapshots.trouble
    (tmp_path / "CURRENT.new").write_text("1\n")
    (tmp_path / "CURRENT.new").replace(tmp_path / "CURRENT")
    assert snapshots.current().manifest.generation == 1
    assert snapshots.trouble is None


def test_what_is_kept_is_made_once(tmp_path: Path) -> None:
    put(Home(tmp_path), "Östergötland")
    snapshot, made = Snapshots(Home(tmp_path)).current(), list[int]()

    def make() -> int:
        made.append(1)
        return len(made)

    assert [snapshot.kept(("x",), make) for _ in range(3)] == [1, 1, 1]


def test_the_server_changes_without_a_dropped_request(tmp_path: Path) -> None:
    with TestClient(create_app(Settings(store=tmp_path))) as client:
        assert client.get("/health").json() == {"alive": True}
        empty = client.get("/ready")
        assert empty.status_code == 503 and "samspel build" in empty.json()["reason"]
        assert client.get("/", headers={"Accept": "text/html"}).status_code == 503
        for number, label in enumerate(("ett", "två", "tre"), start=1):
            put(Home(tmp_path), label)
            assert client.get("/ready").json()["generation"] == number
            assert label in client.get("/data/county/05.ttl").text
