"""The commands of large networks: export, and measure by an engine over Parquet files."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from graph.generations import Home
from queries.errors import ParameterError


def asked(built: Home, *args: str) -> str:
    ended = CliRunner().invoke(app, [*args, "--store", str(built.folder)], catch_exceptions=False)
    assert ended.exit_code == 0
    return ended.stdout


def values(told: str) -> dict[str, object]:
    found = json.loads(told)
    return {name: found[name] for name in found if name not in ("engine", "snapshot")}


def test_an_export_is_measured_as_the_store_is(built: Home, tmp_path: Path) -> None:
    folder = str(tmp_path / "net")
    asked(built, "export", "parquet", folder, "--network", "counties")
    told = asked(built, "measure", "degree", "--engine", "duckdb", "--parquet", folder, "--format", "json")
    assert json.loads(told)["engine"].startswith("duckdb ")
    expected = asked(built, "measure", "degree", "--network", "counties", "--format", "json")
    assert values(told) == values(expected)
    assert json.loads(told)["snapshot"] == json.loads(expected)["snapshot"]


def test_a_part_of_the_store_is_measured_without_an_export(built: Home) -> None:
    part = ("--network", "organisations", "--kind", "company", "--format", "csv")
    told = asked(built, "measure", "components", "engine=duckdb", *part)
    assert told == asked(built, "measure", "components", *part)
    assert told.count("\n") > 1


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("degree", "--parquet", "net"), "add --engine duckdb or --engine spark"),
        (
            ("degree", "--parquet", "net", "--engine", "duckdb", "--from", "2014"),
            "give its part .* to `samspel",
        ),
        (("degree", "--parquet", "net", "--engine", "duckdb"), "net has no manifest.json of an export"),
        (
            ("betweenness", "--engine", "duckdb", "--network", "counties"),
            "is not computed by duckdb; it computes",
        ),
        (
            ("pagerank", "engine=spark", "--engine", "duckdb", "--network", "counties"),
            "leave out engine=spark",
        ),
    ],
)
def test_what_cannot_be_measured_is_said(
    built: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ParameterError, match=message):
        asked(built, "measure", *args)
