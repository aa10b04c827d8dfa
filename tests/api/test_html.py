"""The Nu HTML checker finds no error in any page: both languages, errors, a thing of each class."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from runpy import run_path

import pytest
from starlette.testclient import TestClient

from graph.store import Store
from ontology.names import BASE
from queries.answer import ask
from queries.catalogue import query

ROOT = Path(__file__).parents[2]
JAR = ROOT / ".venv" / "vnu" / "vnu.jar"
PATHS = (
    *run_path(str(Path(__file__).with_name("test_accessibility.py")))["PATHS"],
    *(
        "/map",
        "/map?show=flows",
        "/map?show=parks",
        "/map?county=05",
        "/missing",
        "/queries",
        "/queries/county-counts",
    ),
    *("/needs", "/search", "/search?q=", "/search?q=zzzz", "/docs", "/void", "/ontology", "/networks/areas"),
    *(
        "/page/county/99",
        "/networks/nope",
        "/queries/nope",
        "/map?show=nope",
        "/queries/cq24?level=nope",
        "/sparql?query=x",
    ),
)
LANGUAGES = ("sv", "en")
pytestmark = pytest.mark.vnu


def java() -> list[str]:
    found = JAR.exists()
    if found and shutil.which("java"):
        return ["java", "-Xss4m", "-jar", str(JAR)]
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


def things(store: Store) -> list[str]:
    """Return the address of a page of a thing of each class that has things of ours."""
    found = []
    for row in ask(store, query("class-counts")).rows.dicts():
        rows = ask(store, query("term-uses"), {"term": str(row["class"])}).rows.dicts()
        ours = [str(each["thing"]) for each in rows if str(each["thing"]).startswith(f"{BASE}id/")]
        found += [f"/page/{iri.removeprefix(f'{BASE}id/')}" for iri in sorted(ours)[:1]]
    return list(dict.fromkeys(found))


def test_the_checker_finds_no_error(client: TestClient, store: Store, tmp_path: Path) -> None:
    java()
    addresses = [*PATHS, *things(store)]
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
    assert {each.split(": ")[0] for each in errors(tmp_path)} == {"bad.html"}
    assert len(errors(tmp_path)) >= 2
