"""What runs samspel elsewhere holds to what samspel is: container, units, dashboard, rules."""

import json
import re
import shutil
import subprocess
from dataclasses import fields
from pathlib import Path

import httpx2
import pytest

from api.settings import Settings, variable

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "docs" / "operations"
CONTAINER = (ROOT / "Containerfile").read_text("utf-8")
UNITS = sorted(FOLDER.glob("*.service"))
VARIABLES = {variable(field.name) for field in fields(Settings)}
_METRIC = re.compile(r"\bsamspel_[a-z_]+")
_SERIES = re.compile(r"^# TYPE (\S+) (\S+)$", re.MULTILINE)


def _series(text: str) -> set[str]:
    """Return the names that a query may use, by the types that /metrics tells."""
    found = set()
    for name, kind in _SERIES.findall(text):
        found |= {f"{name}_bucket", f"{name}_sum", f"{name}_count"} if kind == "histogram" else {name}
    return found


@pytest.mark.parametrize("file", ["dashboard.json", "alerts.yml"])
def test_every_figure_that_is_drawn_or_watched_is_told_by_the_server(live: httpx2.Client, file: str) -> None:
    live.get("/sparql", params={"query": "ASK {}"}).raise_for_status()
    text = live.get("/metrics").text
    used = set(_METRIC.findall((FOLDER / file).read_text("utf-8")))
    assert len(used) >= 4
    assert used <= _series(text)


def test_every_figure_of_the_server_is_drawn(live: httpx2.Client) -> None:
    drawn = (FOLDER / "dashboard.json").read_text("utf-8")
    told = {name for name, _ in _SERIES.findall(live.get("/metrics").text)}
    assert {name for name in told if name not in drawn} == set()


def test_labels_of_the_rules_are_those_of_the_server(live: httpx2.Client) -> None:
    live.get("/sparql", params={"query": "ASK {}"}).raise_for_status()
    panels = json.loads((FOLDER / "dashboard.json").read_text("utf-8"))["panels"]
    queries = [target["expr"] for panel in panels for target in panel["targets"]]
    queries += re.findall(r"expr: (.*)", (FOLDER / "alerts.yml").read_text("utf-8"))
    known = set(re.findall(r"[{,]([a-z_]+)=", live.get("/metrics").text)) | {"why", "job", "status", "lane"}
    used = {name for query in queries for name in re.findall(r"[{,]\s*([a-z_]+)=", query)}
    used |= {
        name for query in queries for by in re.findall(r"by \(([^)]*)\)", query) for name in by.split(", ")
    }
    assert used <= known


@pytest.mark.parametrize("path", [ROOT / "Containerfile", *UNITS], ids=lambda path: path.name)
def test_settings_are_settings_of_ours(path: Path) -> None:
    used = set(re.findall(r"\bSAMSPEL_[A-Z_]+", path.read_text("utf-8")))
    assert used and used <= VARIABLES


def test_the_container_runs_as_nobody_and_is_watched() -> None:
    steps = re.findall(r"^([A-Z]+) (.*)", CONTAINER, re.MULTILINE)
    last = steps[max(n for n, (word, _) in enumerate(steps) if word == "FROM") :]
    assert [value for word, value in last if word == "USER"] == ["10001"]
    assert any(word == "HEALTHCHECK" for word, _ in last) and "/health" in CONTAINER
    assert ("STOPSIGNAL", "SIGTERM") in last and ("VOLUME", "/data") in last


def test_what_the_container_copies_is_there_and_not_ignored() -> None:
    copied = [
        name
        for line in re.findall(r"^COPY (?!--from)(.*)", CONTAINER, re.MULTILINE)
        for name in line.split()[:-1]
    ]
    let_in = {line[1:] for line in (ROOT / ".containerignore").read_text("utf-8").split() if line[0] == "!"}
    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert set(copied) == let_in


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not here")
@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_the_units_are_hardened(path: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(path, tmp_path))
    asked = ["systemd-analyze", "security", "--offline=true", "--threshold=15", str(copy)]
    told = subprocess.run(asked, capture_output=True, text=True, timeout=60)
    if "Unknown" in told.stderr or "unrecognized" in told.stderr:
        pytest.skip(f"this systemd is too old for that: {told.stderr.strip()}")
    assert told.returncode == 0, told.stdout[-2000:]
