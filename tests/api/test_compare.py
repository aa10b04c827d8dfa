"""Comparisons from outside: the command, the API and the picture."""

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from api import plot
from api.cli import app
from api.compare_api import FORMS
from graph.generations import Home
from queries.compare import HEADER, Comparison, compare
from queries.measure import measures
from queries.network import Network, Row

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def compared() -> Comparison:
    random = np.random.default_rng(7)
    names = ("Örebro <län> & $x$", "Kalmar")
    rows: list[Row] = [
        {"actor": f"a{a:02}", "event": f"e{event:02}", "actorTerritory": names[a % 2]}
        for event in range(40)
        for a in random.choice(16, size=3, replace=False)
    ]
    return compare("constraint", Network.from_rows("x", rows, "one-mode"), "territory", runs=20, null=True)


def texts(drawn: str) -> str:
    return " | ".join("".join(each.itertext()) for each in ET.fromstring(drawn).iter(f"{SVG}text"))  # noqa: S314


def test_the_api_compares_with_chance(client: TestClient) -> None:
    found = client.get("/api/compare/constraint?by=null&runs=20").json()
    assert [row["group"] for row in found["rows"]] == ["all", "chance"]
    assert (found["network"], found["by"], found["fact"]) == ("organisations", "null", "mean")
    assert (found["runs"], found["seed"]) == (20, 0)
    assert found["snapshot"]
    assert "Strona" in found["method"]
    assert client.get("/api/compare/constraint?by=null&runs=20").json() == found


def test_the_api_answers_as_csv_and_svg(client: TestClient) -> None:
    query = "/api/compare/constraint?by=null&runs=20"
    rows = client.get(f"{query}&format=csv")
    assert rows.headers["content-type"] == "text/csv; charset=utf-8"
    assert rows.text.splitlines()[0] == ",".join(HEADER)
    drawn = client.get(query, headers={"Accept": "image/svg+xml"})
    assert drawn.headers["content-type"].startswith("image/svg+xml")
    assert drawn.text == client.get(f"{query}&format=svg").text
    assert "mot slumpen" in drawn.text
    assert "against chance" in client.get(f"{query}&format=svg&lang=en").text


@pytest.mark.parametrize(
    ("asked", "status", "sentence"),
    [
        ("degree?by=territory&runs=20", 409, "is large enough to compare"),
        ("degree?by=planet", 400, "Parameter 'by' is 'planet'; expected one of territory"),
        ("degree?runs=9999", 400, "expected a whole number from 20 to 200"),
        (
            "degree?by=null&fact=meen&runs=20",
            404,
            "There is no fact of degree 'meen'. Did you mean 'mean' or",
        ),
        ("degree?format=pdf", 400, f"expected one of {', '.join(FORMS)}"),
        ("degree?runs=20&extra=1", 400, "Parameter 'extra' is not known"),
        ("degre", 404, "Did you mean 'degree'?"),
        ("degree?network=nope", 404, "There is no network 'nope'"),
    ],
)
def test_refusals_are_sentences(client: TestClient, asked: str, status: int, sentence: str) -> None:
    found = client.get(f"/api/compare/{asked}")
    assert (found.status_code, sentence in found.json()["error"]) == (status, True), found.text


def test_a_part_of_the_network_is_compared(client: TestClient) -> None:
    whole = client.get("/api/compare/constraint?by=null&runs=20").json()
    part = client.get("/api/compare/constraint?by=null&runs=20&max_size=8").json()
    assert part["rows"][0]["events"] < whole["rows"][0]["events"]
    assert any("max_size=8" in note["en"] for note in part["notes"])


def test_every_measure_has_an_address_to_compare_it(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert {path for path in paths if path.startswith("/api/compare/")} == {
        f"/api/compare/{name}" for name in measures()
    }


@pytest.mark.parametrize("form", ["table", "csv", "json", "svg"])
def test_the_command_writes_every_form(built: Home, tmp_path: Path, form: str) -> None:
    asked = ["compare", "constraint", "--by", "null", "--runs", "20", "--store", str(built.folder)]
    target = tmp_path / f"found.{form}"
    to = [] if form == "table" else ["-o", str(target)]
    found = CliRunner().invoke(app, [*asked, "--format", form, "--quiet", *to])
    assert found.exit_code == 0, found.output
    text = found.stdout if form == "table" else target.read_text("utf-8")
    expected = {"table": "20 runs, seed 0", "csv": ",".join(HEADER), "json": '"rows"', "svg": "<svg"}[form]
    assert expected in text
    if form == "json":
        assert json.loads(text)["snapshot"]


def test_a_picture_is_the_same_bytes_each_time_and_well_formed(compared: Comparison) -> None:
    one = plot.svg(compared)
    assert one == plot.svg(compared)
    root = ET.fromstring(one)  # noqa: S314 (our own text)
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "title desc"
    assert "style" not in one  # a page's policy forbids it
    assert 'font-family="' in one
    assert not re.search(r"https?://(?!www\.w3\.org)", one)
    assert not re.search(r"20\d\d-\d\d-\d\d", one)


def test_texts_stay_texts_and_markup_stays_text(compared: Comparison) -> None:
    told = texts(plot.svg(compared))
    assert "Örebro <län> & $x$ · 8/" in told
    assert "Alla · 16/40" in told
    assert "95 %-intervall ur 20 dragningar" in told
    assert "All · 16/40" in texts(plot.svg(compared, "en"))


def test_the_description_says_the_numbers(compared: Comparison) -> None:
    said = plot.description(compared, "en")
    for row in compared.rows:
        assert row.value is not None
        assert f"{row.value:.3g} [" in said
    assert "Burt" in plot.title(compared, "en")


def test_odd_names_and_missing_numbers_are_drawn(compared: Comparison) -> None:
    odd = replace(compared.rows[1], group="\x00日本" + "x" * 60, value=None, low=None, high=None)
    drawn = plot.svg(replace(compared, rows=(odd,), snapshot=""))
    assert "…" in texts(drawn)
