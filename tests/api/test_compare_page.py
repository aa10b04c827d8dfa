"""Regions side by side: the numbers are those that stand in the seeds, and what is not known is said."""

import re
from html import unescape
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser
from pyoxigraph import Literal
from starlette.testclient import TestClient

from api import county_money, side_by_side
from api.county_money import Sum
from api.settings import Settings
from api.snapshot import Snapshot, open_snapshot
from graph.asked import Rows
from graph.generations import Home
from ontology.names import BASE

OSTERGOTLAND, SORMLAND, KRONOBERG = (f"{BASE}id/county/{code}" for code in ("05", "04", "07"))
HOSTILE = "\"'></title><script>alert(1)</script>"


@pytest.fixture(scope="module")
def snapshot(built: Home) -> Snapshot:
    """The built store as pages see it."""
    return open_snapshot(Settings(store=built.folder)).get()


def page(client: TestClient, query: str, language: str = "sv", status: int = 200) -> str:
    found = client.get(f"/compare?{query}", headers={"Accept": "text/html", "Accept-Language": language})
    assert found.status_code == status, found.text
    client.cookies.clear()
    return found.text


def rows(text: str, part: str) -> list[list[str]]:
    """Return the cells of the tables of a part as plain text."""
    section = text.split(f'<section id="{part}">')[1].split("</section>")[0]
    return [
        [" ".join(unescape(re.sub(r"<[^>]+>", " ", cell)).split()) for cell in re.findall(_CELL, row)]
        for row in re.findall(r"<tr>(.*?)</tr>", section, re.DOTALL)
    ]


_CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.DOTALL)


def test_the_money_is_that_of_the_seeds(client: TestClient) -> None:
    """ERUF gave the S3 platform of four counties 10 million (field.md, P4); the others tell no sum."""
    found = rows(page(client, "county=05&county=07"), "money")
    assert found[0] == ["Vad", "Östergötlands län", "Kronobergs län"]
    assert found[1:4] == [
        ["Projekt", "3", "1"],
        ["varav med känt belopp", "0", "1"],
        ["varav utan belopp", "3", "0"],
    ]
    assert ["Summa SEK", "–", "2 500 000 1 projekt"] in found
    assert ["Minst – högst", "–", "0 – 10 000 000"] in found
    assert ["Europeiska regionalfonden , 2024", "–", "2 500 000 1 projekt"] in found


def test_a_county_without_money_is_told_of(client: TestClient) -> None:
    text = unescape(page(client, "county=05&county=04", "en"))
    assert "The graph has no project money for Östergötland County: 3 projects, none with an amount." in text
    assert "Granted in" not in text


def test_the_priorities_are_those_of_the_seeds(client: TestClient) -> None:
    """Sörmland's three strength areas and the four challenges of Östra Mellansverige (field.md, S1-S3, 2)."""
    own, shared = rows(page(client, "county=04&county=05"), "priorities")[1:]
    assert own[1] == (
        "Avancerad tillverkning för krävande miljöer Biobaserade näringar - hållbar produktion och effektiv "
        "distribution Verksamhetsnära digitala tjänster"
    )
    assert own[2].startswith("Avancerade material Effektiv logistik Miljönytta som affär Smarta, säkra")
    assert (
        shared[1]
        == shared[2]
        == (
            "Hållbar livsmedelsförsörjning Life science, välfärdsteknik och e-hälsa "
            "Morgondagens energilösningar Smart industri"
        )
    )


def test_overlap_is_the_measure_and_says_how_many(client: TestClient) -> None:
    asked = {"matrix": "concepts-declared", "vocabulary": "nace2.1", "wider": "no"}
    said = {
        (row["region"], row["other"]): row
        for row in client.get("/api/measures/priority_overlap", params=asked).json()["rows"]
    }[SORMLAND, OSTERGOTLAND]
    value, common = said["priority_overlap"], said["common"]
    both = said["declared"] + said["otherDeclared"] - common
    assert value == common / both
    cells = rows(page(client, "county=05&county=04"), "overlap")[1]
    assert cells[2] == f"{value:.2f} {common} av {both} begrepp".replace(".", ",")
    assert cells[3] == "Inget värde: Östergötlands län har inget mappat område här."


def test_complementarity_is_the_measure_and_has_a_direction(client: TestClient) -> None:
    asked = {"matrix": "concepts-declared", "wider": "no"}
    said = {
        (row["partner"], row["region"]): row["complementarity"]
        for row in client.get("/api/measures/complementarity", params=asked).json()["rows"]
    }
    cells = rows(page(client, "county=05&county=04", "en"), "complement")
    assert [row[0] for row in cells[1:]] == [
        "Östergötland County → Södermanland County",
        "Södermanland County → Östergötland County",
    ]
    for row, way in zip(cells[1:], [(OSTERGOTLAND, SORMLAND), (SORMLAND, OSTERGOTLAND)], strict=True):
        assert row[1].startswith(f"{said[way]:.2f} most: ")


def test_refusals_are_sentences_that_say_what_is_missing(client: TestClient) -> None:
    text = unescape(page(client, "county=05&county=07"))
    assert text.count("Går inte att räkna ut.") >= 3
    assert "matrisen 'county-sciences' har 21 regioner och 0 områden" in text
    assert "Kronobergs län: det har" in text and "är det minsta att jämföra." in text
    assert 'lang="en"' not in text.partition("<main")[2]
    english = unescape(page(client, "county=05&county=07", "en"))
    assert "the matrix 'county-sciences' has 21 regions and 0 areas" in english
    assert "Kronobergs län: it has" in english and "are the least to compare." in english
    assert "Länen delar inget projekt och inget område i grafen." in text


def test_the_network_is_that_of_counties(client: TestClient, snapshot: Snapshot) -> None:
    """Two projects of Östra Mellansverige and its four challenges join Östergötland and Sörmland."""
    assert rows(page(client, "county=05&county=04"), "networks")[1] == [
        "Östergötlands län – Södermanlands län",
        "6",
        "2",
        "4",
    ]
    (flow,) = side_by_side.flows(snapshot, [SORMLAND, OSTERGOTLAND]).values()
    assert flow is not None and (flow.projects, flow.areas) == (2, 4)


def test_each_part_leads_to_where_it_comes_from(client: TestClient) -> None:
    text = page(client, "county=05&county=04&county=07&wider=yes")
    links = {unescape(link) for link in re.findall(r'href="(/(?:api|queries|networks)[^"]*)"', text)}
    part = [link for link in links if re.search(r"county-|declared|complement|degree|counties", link)]
    assert len(part) >= 14
    for link in part:
        answer = client.get(link)
        refused = answer.status_code == 409 and re.search("complementarity|compare", link)
        assert answer.status_code == 200 or refused, (link, answer.text[:200])


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(
    ("query", "sv", "en"),
    [
        ("county=05", "Bara ett län är valt, Östergötlands län.", "Only one county is chosen"),
        ("county=05&county=05", "Bara ett län är valt", "Only one county is chosen"),
        (
            "&".join(f"county={code}" for code in ("01", "03", "04", "05", "06", "07")),
            "6 län är valda.",
            "6 counties are chosen.",
        ),
        ("county=05&county=02", "Inget län har SCB-koden '02'", "No county has the SCB code '02'"),
        ("county=05&county=04&wider=x", "Parametern 'wider' är 'x'", "Parameter 'wider' is 'x'"),
    ],
    ids=["one", "one-twice", "six", "unknown", "wider"],
)
def test_a_wrong_choice_is_told_with_the_form(
    client: TestClient, query: str, sv: str, en: str, language: str
) -> None:
    text = unescape(page(client, query, language, 400))
    assert {"sv": sv, "en": en}[language] in text.split('role="alert">')[1].split("</p>")[0]
    assert text.count('type="checkbox"') == 22 and '<details class="facets" open>' in text
    assert 'value="05" checked' in text or "county=01" in query


@pytest.mark.parametrize("place", ["county={0}", "county=05&county={0}", "county=05&county=04&wider={0}"])
@pytest.mark.parametrize("value", [HOSTILE, "0" * 5000, "5\x00", "٠٥"], ids=["html", "long", "nul", "digits"])
def test_hostile_parameters_stay_text(client: TestClient, place: str, value: str) -> None:
    found = client.get(f"/compare?{place.format(quote(value))}", headers={"Accept": "text/html"})
    assert found.status_code == 400
    assert "<script" not in found.text.split("</head>")[1]
    assert len(found.text.split('role="alert">')[1].split("</p>")[0]) < 400


def test_without_a_choice_the_form_stands_alone(client: TestClient) -> None:
    text = page(client, "")
    assert text.count('name="county"') == 21 and "<table" not in text and 'role="alert"' not in text
    assert "<script" not in text


def test_the_permalink_and_the_other_language_keep_all_counties(client: TestClient) -> None:
    text = unescape(page(client, "county=05&county=04&county=07"))
    assert 'href="/compare?county=05&county=04&county=07&wider=no"' in text
    assert 'href="/compare?county=05&county=04&county=07&lang=en"' in text
    assert page(client, "county=05&county=04&wider=yes") != page(client, "county=05&county=04")


def _row(county: str, project: str, fund: str, holder: str, basis: str, amount: str, currency: str) -> Rows:
    cells = (county, project, fund, "2020", holder, basis, amount, currency)
    names = ("county", "project", "fund", "year", "holder", "basis", "amount", "currency")
    return Rows(names, (tuple(Literal(cell) if cell else None for cell in cells),))


def test_amounts_are_parted_bounded_and_never_mixed() -> None:
    """By hand: 90 of two counties, 10 of one; parts leave the whole of their project unsaid; in euro."""
    given = [
        _row("a", "p", "f", "g", "whole", "90", "SEK"),
        _row("b", "p", "f", "g", "whole", "90", "SEK"),
        _row("a", "q", "f", "h", "whole", "10", "SEK"),
        _row("a", "r", "", "i", "whole", "1000", "EUR"),
        _row("a", "r", "", "part", "part", "7", "EUR"),
        _row("a", "s", "f", "", "", "", ""),
    ]
    found = county_money.gather(Rows(given[0].columns, tuple(row for each in given for row in each.rows)))
    assert found.totals == {
        "SEK": {"a": Sum(55.0, 10.0, 100.0, 2), "b": Sum(45.0, 0.0, 90.0, 1)},
        "EUR": {"a": Sum(7.0, 7.0, 7.0, 1)},
    }
    assert (found.projects, found.priced) == ({"a": 4, "b": 1}, {"a": 3, "b": 1})
    assert found.currencies(["b"]) == ["SEK"] and found.of("EUR", ["b"]) == []


@pytest.mark.browser
def test_two_regions_are_one_page_on_paper_and_stay_within_a_phone(browser: Browser, address: str) -> None:
    window = browser.new_context(base_url=address, locale="sv", java_script_enabled=False)
    sheet = window.new_page()
    sheet.goto("/compare?county=05&county=07")
    made = sheet.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", made)) == 1
    (box,) = set(re.findall(rb"/MediaBox\s*\[([^\]]*)\]", made))
    assert [round(float(side)) for side in box.split()] == pytest.approx([0, 0, 595, 842], abs=1)
    sheet.set_viewport_size({"width": 390, "height": 800})
    table = sheet.locator("#money .scroll").first
    assert table.evaluate("table => table.scrollWidth - table.clientWidth") == 0  # two fit on a phone
    sheet.goto("/compare?county=05&county=07&county=04")
    content = sheet.locator("main").bounding_box()
    assert content and content["width"] == 390
    heading, value = (sheet.locator(f"#money tbody {cell}").first for cell in ("th", "td"))
    before = [cell.bounding_box() for cell in (heading, value)]
    table.evaluate("table => { table.scrollLeft = 100 }")
    after = [cell.bounding_box() for cell in (heading, value)]
    (stays, moves), (stayed, moved) = before, after
    assert stays and moves and stayed and moved
    assert (stayed["x"], moved["x"] < moves["x"]) == (stays["x"], True)
    window.close()
