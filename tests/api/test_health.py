"""/ready is red when the store is not what its manifest says; /health stays green whatever happens."""

import shutil

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from graph.generations import Home
from graph.manifest import FILE


def _cut(home: Home) -> None:
    """Cut the largest data file, through a copy: the files of a store may be linked to another's."""
    path = max(home.data(1).glob("*.sst"), key=lambda each: each.stat().st_size)
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content[: len(content) // 2])


def _changed(home: Home) -> None:
    path = home.data(1).parent / FILE
    path.write_text(path.read_text("utf-8").replace('"merged": ', '"merged": 1'), "utf-8")


def _nowhere(home: Home) -> None:
    (home.folder / "CURRENT").write_text("99\n", "ascii")


def _gone(home: Home) -> None:
    shutil.rmtree(home.folder)


DAMAGES = {
    "a data file cut": (_cut, "bytes, written at"),
    "the manifest changed": (_changed, "was changed since"),
    "CURRENT leads nowhere": (_nowhere, "000099"),
    "all is gone": (_gone, "no store here"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_while_serving_is_told(home: Home, damage: str) -> None:
    do, sentence = DAMAGES[damage]
    with TestClient(create_app(Settings(store=home.folder))) as client:
        ready = client.get("/ready")
        assert (ready.status_code, ready.json()["ready"]) == (200, True)
        do(home)
        for _ in range(2):
            ready = client.get("/ready")
            assert (ready.status_code, ready.json()["ready"]) == (503, False)
            assert sentence in ready.json()["reason"]
        assert client.get("/health").json() == {"alive": True}
        assert client.get("/data/county/05.ttl").status_code == 200


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_store_is_never_ready(home: Home, damage: str) -> None:
    DAMAGES[damage][0](home)
    with TestClient(create_app(Settings(store=home.folder))) as client:
        ready = client.get("/ready")
        assert (ready.status_code, client.get("/health").status_code) == (503, 200)
        assert len(ready.json()["reason"]) > 20


def test_a_store_put_right_again_is_ready_again(home: Home) -> None:
    with TestClient(create_app(Settings(store=home.folder))) as client:
        assert client.get("/ready").status_code == 200
        kept = (home.folder / "CURRENT").read_bytes()
        _nowhere(home)
        assert client.get("/ready").status_code == 503
        pointer = home.folder / "CURRENT.new"
        pointer.write_bytes(kept)
        pointer.replace(home.folder / "CURRENT")
        assert client.get("/ready").status_code == 200
