"""The Nu HTML checker finds no error in any page: both languages, errors, a thing of each class."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings

ROOT = Path(__file__).parents[2]
JAR = ROOT / ".venv" / "vnu" / "vnu.jar"
LANGUAGES = ("sv", "en")
pytestmark = pytest.mark.vnu


def java() -> list[str]:
    found = JAR.exists()
    if found and shutil.which("java"):
        return ["java", "-Xss4m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", str(JAR)]
    missing = "java" if found else f"{JAR.relative_to(ROOT)}"
    why = f"{missing} cannot be found: run `make test`, which installs what the checker of HTML needs"
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(why)
    pytest.skip(why)


def errors(folder: Path) -> list[str]:
    """Return what one run of the checker says of all pages in a folder."""
    command = [*java(), "--errors-only", "--format", "json", "--exit-zero-always", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    found = json.loads(done.stderr)["messages"]
    return [f"{Path(each['url']).name}: {each['message']} {each.get('extract', '')!r}" for each in found]


def test_the_checker_finds_no_error(published: Settings, addresses: tuple[str, ...], tmp_path: Path) -> None:
    java()
    client = TestClient(create_app(published), follow_redirects=False)
    assert len(addresses) > 60
    for address in addresses:
        for language in LANGUAGES:
            found = client.get(address, headers={"Accept": "text/html", "Accept-Language": language})
            while found.is_redirect:
                found = client.get(found.headers["location"], headers={"Accept": "text/html"})
            assert found.headers["content-type"].startswith("text/html"), address
            name = re.sub(r"\W+", "_", address)
            (tmp_path / f"{found.status_code}{name}.{language}.html").write_bytes(found.content)
    assert errors(tmp_path) == []


def test_an_error_is_found(tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text("<!doctype html><title>x</title><p id=a><p id=a><img src=x>", "utf-8")
    found = errors(tmp_path)
    assert {each.split(": ")[0] for each in found} == {"bad.html"}
    assert len(found) >= 2
