"""samspel validate: both engines say the same, counts per shape, and links that lead nowhere."""

import json
import sys
from pathlib import Path

import pytest

from api import cli
from api.build import build
from graph.errors import CheckFailed
from graph.generations import Home
from graph.iris import Iris
from ontology import names as n
from ontology import vocabulary

INVALID = vocabulary.ROOM / "examples" / "invalid" / "county-short-code.ttl"
WITHOUT_TERM = f"""
<{n.BASE}id/fund/f> a <{n.SAMSPEL}Fund> ; <{n.SAMSPEL}colour> <{n.BASE}id/nuts/SE99> ;
    <{n.prefLabel}> "Fonden"@sv , "The fund"@en .
"""


def samspel(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *args: str | Path
) -> tuple[int, str]:
    monkeypatch.setattr(sys, "argv", ["samspel", "validate", *map(str, args)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return int(ended.value.code or 0), capsys.readouterr().out


@pytest.mark.parametrize("form", ["table", "json", "ttl"])
def test_both_engines_write_the_same(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    ours = samspel(monkeypatch, capsys, INVALID, "--format", form)
    reference = samspel(monkeypatch, capsys, INVALID, "--format", form, "--engine", "pyshacl")
    assert ours == reference
    assert ours[0] == 1 and "County" in ours[1]


def test_the_table_ends_with_counts_per_shape(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out = samspel(monkeypatch, capsys, INVALID)
    assert out.splitlines()[-1] == (
        "The data do not conform: 3 violations, 0 warnings (County 2, Territory 1)"
    )


def test_a_file_may_lead_to_things_elsewhere_but_not_beyond_the_vocabulary(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "fund.ttl"
    path.write_text(WITHOUT_TERM, encoding="utf-8")
    code, out = samspel(monkeypatch, capsys, path, "--format", "json")
    report = json.loads(out)
    assert (code, report["counts"]) == (1, {f"{n.BASE}shapes#Link": 1})
    assert report["findings"][0]["path"] == f"{n.SAMSPEL}colour"


def test_the_built_store_has_no_link_that_leads_nowhere(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], built: Home
) -> None:
    code, out = samspel(monkeypatch, capsys, "--store", built.folder, "--format", "json")
    assert code == 0
    assert f"{n.BASE}shapes#Link" not in json.loads(out)["counts"]


def test_a_build_with_a_link_that_leads_nowhere_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = f"<{n.BASE}graph/inferred> <{n.source}> <{n.BASE}id/document/nowhere>"
    monkeypatch.setattr("api.derive.match.infer", lambda *_: [lost])
    with pytest.raises(CheckFailed, match=r"The link leads to \S+document/nowhere, which nothing describes"):
        build(Home(tmp_path), Iris(), ["sweden"])
    assert Home(tmp_path).current() is None
