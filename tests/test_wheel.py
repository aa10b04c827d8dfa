"""The wheel holds every file that the rooms need, and runs alone, unpacked anywhere."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("ontology", "graph", "loaders", "queries", "api")


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the wheel of this checkout installs."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True, timeout=120)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as file:
        file.extractall(folder / "site")
    return folder / "site"


def _files(root: Path) -> dict[str, bytes]:
    paths = [path for room in ROOMS for path in (root / room).rglob("*") if path.is_file()]
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in paths
        if "__pycache__" not in path.parts and not path.name.startswith(".")
    }


def test_the_wheel_holds_every_file_of_the_rooms_and_no_other(unpacked: Path) -> None:
    assert _files(unpacked) == _files(ROOT)
    kinds = {path.suffix for path in unpacked.rglob("*")}
    assert {".rq", ".ttl", ".csv", ".html", ".css", ".js", ".jsonld", ".md"} <= kinds


PROGRAM = """
import sys
from pathlib import Path
import api, graph, loaders, ontology, queries
rooms = (api, graph, loaders, ontology, queries)
assert all(Path(room.__file__).is_relative_to(sys.argv[1]) for room in rooms)
from starlette.testclient import TestClient
from api.app import create_app
from api.build import build
from api.installed import differing
from api.settings import Settings
from graph.generations import Home
from graph.iris import Iris
build(Home(Path("store")), Iris())
with TestClient(create_app(Settings(store=Path("store")))) as client:
    for page in ("/", "/queries/cq03", "/page/county/05"):
        answer = client.get(page, headers={"Accept": "text/html"})
        assert answer.status_code == 200 and "<title>" in answer.text, page
assert not list(differing())
changed = Path(sys.argv[1], "loaders/snapshots/seeds")
path = sorted(changed.glob("*.csv"))[0]
path.write_bytes(path.read_bytes() + b"x")
(told,) = differing()
assert str(path) in told and "install samspel again" in told, told
print("done")
"""


def test_what_the_wheel_installs_builds_and_serves_alone_and_tells_a_changed_file(
    unpacked: Path, tmp_path: Path
) -> None:
    told = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(unpacked)],
        cwd=tmp_path,
        env={"PYTHONPATH": str(unpacked), "HOME": str(Path.home())},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert (told.returncode, told.stdout) == (0, "done\n"), told.stderr
