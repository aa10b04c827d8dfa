"""The releases over HTTP: page, files, feed, no way out of their folder; and the command."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from api import publishing
from api.app import create_app
from api.cli import app
from api.settings import Settings
from graph.generations import Home
from graph.releases import Releases

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def published(built: Home, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A store with one release, whose generation is that of the built store."""
    folder = tmp_path_factory.mktemp("published")
    (folder / "generations").symlink_to(built.folder / "generations")
    (folder / "CURRENT").symlink_to(built.folder / "CURRENT")
    settings = Settings(store=folder)
    publishing.publish(settings)
    return settings


@pytest.fixture(scope="module")
def served(published: Settings) -> Iterator[TestClient]:
    with TestClient(create_app(published), follow_redirects=False) as client:
        yield client


def _version(published: Settings) -> str:
    return Releases(published.store).versions()[0]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_page_lists_every_file(served: TestClient, published: Settings, language: str) -> None:
    version = _version(published)
    page = served.get(f"/dumps/?lang={language}").text
    release = Releases(published.store).read(version)
    missing = [file.name for file in release.files if f"/dumps/{version}/{file.name}" not in page]
    assert missing == []
    assert [file.sha256 for file in release.files if file.sha256 not in page] == []
    assert served.get(f"/dumps/{version}/").status_code == 200


def test_before_the_first_release_the_pages_say_so(client: TestClient) -> None:
    assert "Ännu har ingen utgåva gjorts." in client.get("/dumps/?lang=sv").text
    assert client.get("/dumps/withdrawn.csv").status_code == 404
    assert ElementTree.fromstring(client.get("/feed.atom").content).findall(f"{ATOM}entry") == []  # noqa: S314
    client.cookies.clear()


def test_a_file_comes_as_it_is(served: TestClient, published: Settings) -> None:
    release = Releases(published.store).newest()
    assert release is not None
    for file in release.dumps("seeds"):
        answer = served.get(f"/dumps/{release.version}/{file.name}", headers={"Accept-Encoding": "identity"})
        assert answer.headers["content-type"] == "application/gzip"
        assert hashlib.sha256(answer.content).hexdigest() == file.sha256


@pytest.mark.parametrize(
    "path", ["..%2FCURRENT", "%2e%2e", "%2e%2e%2f%2e%2e%2fCURRENT", "nothing", "%2Fetc%2Fpasswd"]
)
def test_nothing_else_is_served(served: TestClient, published: Settings, path: str) -> None:
    assert served.get(f"/dumps/{_version(published)}/{path}").status_code in (
        308,
        404,
    )  # the client itself takes .. away
    assert served.get(f"/dumps/%2e%2e/{path}").status_code == 404


def test_the_views_are_still_there(served: TestClient) -> None:
    assert served.get("/dumps/view/org.nt").status_code == 200


@pytest.mark.parametrize(("language", "title"), [("sv", "samspel, utgåva"), ("en", "samspel, release")])
def test_the_feed_has_lasting_names(
    served: TestClient, published: Settings, language: str, title: str
) -> None:
    feed = ElementTree.fromstring(served.get(f"/feed.atom?lang={language}").content)  # noqa: S314  # our own
    (entry,) = feed.findall(f"{ATOM}entry")
    version = _version(published)
    assert entry.findtext(f"{ATOM}id") == f"https://w3id.org/samspel/dumps/{version}"
    assert entry.findtext(f"{ATOM}title") == f"{title} {version}"
    assert {link.get("href") for link in entry.findall(f"{ATOM}link")} == {
        f"http://testserver/dumps/{version}/",
        f"http://testserver/dumps/{version}/samspel.nq.gz",
    }


def test_changes_come_as_json(served: TestClient, published: Settings) -> None:
    (told,) = served.get("/dumps/changes.json").json()
    assert (told["version"], told["previous"], told["changes"]) == (_version(published), None, None)


def test_the_command_makes_a_release_once(published: Settings, tmp_path: Path) -> None:
    for name in ("generations", "CURRENT"):
        (tmp_path / name).symlink_to(published.store / name)
    first = CliRunner().invoke(app, ["publish", "--store", str(tmp_path), "--json"])
    again = CliRunner().invoke(app, ["publish", "--store", str(tmp_path)])
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert json.loads(first.stdout)["new"] is True
    assert "Nothing has changed since release" in again.stderr
    assert "which reaches nobody" in again.stderr
    assert len(Releases(tmp_path).versions()) == 1
