"""The page about the data: dates, what was refused and why, what is missing, what is not loaded."""

import csv
import re
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api import source_facts
from api.app import create_app
from api.settings import Settings
from graph.generations import Home
from loaders import run

HTML = {"Accept": "text/html"}


def page(client: TestClient, language: str) -> str:
    found = client.get("/sources", headers=HTML | {"Accept-Language": language})
    assert found.status_code == 200
    return unescape(found.text)


def card(text: str, key: str) -> str:
    return text.split(f'<section id="{key}"')[1].split("</section>")[0]


@pytest.mark.parametrize(("language", "day"), [("sv", "Granskad eller läst"), ("en", "Reviewed or read")])
def test_each_source_tells_its_licence_and_its_dates(client: TestClient, language: str, day: str) -> None:
    text = page(client, language)
    for name, module in run.sources().items():
        found = card(text, name)
        assert module.SOURCE.licence in found and module.SOURCE.publisher in found
        assert f'{day}</dt><dd><time datetime="{module.SOURCE.as_of}">' in found
        assert re.search(r'<time datetime="20\d\d-[^"]+T', found), "when it was loaded"
    seeds = card(text, "seeds")
    assert "<dd>2017 – 2029-03-29</dd>" in seeds
    assert '<time datetime="2018-06-20">2018-06-20</time> <span class="unknown">' in seeds, "it is stale"


@pytest.mark.parametrize(("language", "said"), [("sv", "title_sv"), ("en", "title_en")])
def test_what_is_not_loaded_is_told(client: TestClient, language: str, said: str) -> None:
    found = card(page(client, language), "waiting")
    for source in (module.SOURCE for module in run.outside().values()):
        assert getattr(source, said) in found and source.licence in found
    assert not any(f"<code>{name}</code>" in found for name in run.sources())


def test_the_gaps_are_those_of_missing(client: TestClient) -> None:
    found = card(page(client, "en"), "gaps")
    figures = client.get("/missing.json").json()
    assert figures
    for each in figures:
        (row,) = re.findall(rf'<a href="/missing#{each["class"]}">.*?</tr>', found, re.DOTALL)
        assert f'<td class="number">{each["of"]:,}</td>' in row
        assert f": {each['nothing']:,}" in row
        if each["unknown"]:
            assert f"(said to be unknown: {each['unknown']:,})" in row


def test_reasons_of_refusal_are_counted_the_commonest_first(home: Home) -> None:
    rejects = home.folder / "rejects" / "seeds.csv"
    rejects.parent.mkdir()
    with rejects.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("file", "line", "field", "value", "reason", "record"))
        writer.writerow(("a.csv", 2, "day", "secret", "this is no day", "secret"))
        for line in (3, 4):
            writer.writerow(("a.csv", line, "name", "secret", "<b>no</b> name", "secret"))
    assert source_facts.refused(home.folder, "seeds") == (
        source_facts.Why("name", "<b>no</b> name", 2),
        source_facts.Why("day", "this is no day", 1),
    )
    with TestClient(create_app(Settings(store=home.folder))) as client:
        assert "secret" not in client.get("/sources", headers=HTML).text


@pytest.mark.parametrize(
    "text", ["", "no,such\ncolumns,here\n", "field,reason\n\x00"], ids=["none", "other", "nul"]
)
def test_a_file_that_is_none_gives_no_reasons(tmp_path: Path, text: str) -> None:
    assert source_facts.refused(tmp_path, "x") == ()
    (tmp_path / "rejects").mkdir()
    (tmp_path / "rejects" / "x.csv").write_text(text, "utf-8")
    assert len(source_facts.refused(tmp_path, "x")) <= 1


@pytest.mark.parametrize(
    ("day", "made", "days"),
    [
        ("2025-11-28", "2026-11-28T00:00:00Z", 365),
        ("2025-11-27", "2026-11-28", 366),
        (None, "2026-11-28", None),
        ("2026-11-28", "", None),
    ],
)
def test_age_is_counted_to_the_edition(day: str | None, made: str, days: int | None) -> None:
    assert source_facts.days_between(day, made) == days
