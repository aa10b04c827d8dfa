"""The panels on the pages of things: what they show, where they lead, what they leave out, their limits."""

import re
import shutil
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from api import versions
from api.app import create_app
from api.panels import SHOWN
from api.settings import Settings
from api.versions import Version
from graph.generations import Home
from ontology import names as n
from ontology.names import BASE, XSD

AREA = "/page/area/smaland-oarna-digital-tjansteutveckling"
KINDS = {
    "/page/county/05": ("region-areas", "region-needs", "region-missing"),
    "/page/nuts/SE21": ("region-areas", "region-documents"),
    AREA: ("area-leads", "area-similar", "area-projects", "area-needs", "area-missing"),
    "/page/organisation/science-park-jonkoping": ("organisation-projects", "organisation-areas"),
    "/page/project/skiss": ("project-partners", "project-places", "project-documents"),
    "/page/fund/eruf": ("fund-years", "fund-projects"),
}
HOSTILE = '"><script>alert(1)</script>'


def page(client: TestClient, path: str, language: str = "sv") -> str:
    found = client.get(path, params={"lang": language}, headers={"Accept": "text/html"})
    assert found.status_code == 200
    return found.text


def panel(text: str, name: str) -> str:
    return text.split(f'id="{name}"')[1].split("</section>")[0]


@pytest.mark.parametrize("path", KINDS)
def test_a_page_of_each_kind_has_its_panels_above_the_facts(client: TestClient, path: str) -> None:
    text = page(client, path)
    shown = re.findall(r'<section class="panel" id="([\w-]+)">', text)
    assert set(KINDS[path]) <= set(shown)
    assert text.rindex('class="panel"') < text.index('id="facts"')
    assert "<tbody>\n</tbody>" not in text and "style=" not in text


def test_a_panel_leads_to_its_query_its_rows_and_the_editor(client: TestClient) -> None:
    text = panel(page(client, AREA), "area-leads")
    links = [unescape(found) for found in re.findall('href="([^"]+)"', text)]
    (file,) = (each for each in links if each.startswith("/api/"))
    (editor,) = (each for each in links if each.startswith("/sparql"))
    (query,) = (each for each in links if each.startswith("/queries/"))
    assert "004:24 literal" in client.get(file).text
    assert f"<{BASE}id/{AREA.removeprefix('/page/')}>" in parse_qs(urlsplit(editor).query)["query"][0]
    assert "Science Park J" in client.get(editor, headers={"Accept": "text/html"}).text
    assert "Science Park J" in client.get(query).text
    assert "&lt;https://w3id.org/samspel/id/area/" in text.split("<pre")[1]


@pytest.mark.parametrize(
    ("language", "title", "name", "column"),
    [
        ("sv", "Vilka områden på annat håll liknar det?", "Tjänstedesign", "Territorium"),
        ("en", "Which areas elsewhere are similar?", "Service design", "Territory"),
    ],
)
def test_a_panel_speaks_the_readers_language(
    client: TestClient, language: str, title: str, name: str, column: str
) -> None:
    text = panel(page(client, AREA, language), "area-similar")
    assert f"<h2>{title}</h2>" in text and f">{name}</a>" in text and f">{column}</th>" in text
    assert "areaLabel" not in text.split("</table>")[0]


@pytest.mark.parametrize(("language", "word"), [("sv", "okänt"), ("en", "unknown")])
def test_what_is_not_known_is_said_and_not_left_empty(client: TestClient, language: str, word: str) -> None:
    money = panel(page(client, "/page/fund/eruf", language), "fund-years")
    assert f"{word} {'för alla' if language == 'sv' else 'for all'}: " in money
    lead = panel(page(client, "/page/area/ostergotland-miljonytta-som-affar", language), "area-leads")
    assert ("anges inte" if language == "sv" else "not stated") in lead.lower()


def test_panels_without_rows_stand_in_one_line(client: TestClient) -> None:
    text = page(client, "/page/county/01")
    assert 'id="region-needs"' not in text
    line = text.split('class="small nothing"')[1].split("</p>")[0]
    assert "Vilka behov har rests här" in line and "/queries/region-needs?thing=" in line


def test_nobody_expects_a_company_to_pay_projects(client: TestClient) -> None:
    text = page(client, "/page/organisation/science-park-jonkoping")
    assert "fund-years" not in text and 'href="/networks/organisations"' in text


def test_one_propertys_page_has_no_panels(client: TestClient) -> None:
    asked = {"in": n.coversTerritory, "page": "1"}
    found = client.get("/page/county/05", params=asked, headers={"Accept": "text/html"})
    assert found.status_code == 200 and 'class="panel"' not in found.text


@pytest.fixture(scope="module")
def crowd(built: Home, tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """A store with an organisation in many projects, one of them named by somebody hostile."""
    home = Home(shutil.copytree(built.folder, tmp_path_factory.mktemp("crowd") / "store"))
    x, lines = f"{BASE}id/", []
    lines.append(f"<{x}organisation/crowd> <{n.type_}> <{n.Organisation}>")
    for number in range(SHOWN + 8):
        project, part = f"<{x}project/crowd-{number}>", f"<{x}participation/crowd-{number}>"
        label = HOSTILE if number == 0 else f"Projekt {number}"
        lines += [
            f"{project} <{n.type_}> <{n.Project}>",
            f'{project} <{n.prefLabel}> "{label.replace(chr(34), chr(92) + chr(34))}"@sv',
            f'{project} <{n.startDate}> "{2000 + number if number else 2099}-01-01"^^<{XSD}date>',
            f"{project} <{n.hasParticipation}> {part}",
            f"{part} <{n.byOrganisation}> <{x}organisation/crowd>",
            f"{part} <{n.inRole}> <{x}role/partner>",
        ]
    with home.draft() as draft:
        draft.replace(f"{BASE}graph/crowd", lines)
    return TestClient(create_app(Settings(store=home.folder)), headers={"Accept": "text/html"})


def test_a_panel_is_cut_and_says_of_how_many(crowd: TestClient) -> None:
    found = panel(page(crowd, "/page/organisation/crowd"), "organisation-projects")
    assert found.count("<tr>") == SHOWN + 1
    assert f"de {SHOWN} första av {SHOWN + 8}" in found
    file = unescape(re.findall('href="(/api/[^"]+)"', found)[0])
    assert len(crowd.get(file).text.splitlines()) == SHOWN + 8 + 1


def test_a_hostile_name_does_nothing(crowd: TestClient) -> None:
    found = panel(page(crowd, "/page/organisation/crowd"), "organisation-projects")
    assert "<script" not in found and "&lt;script&gt;" in found


@pytest.mark.parametrize(
    ("key", "where"),
    [("05", "/page/county/05"), ("SE21", "/page/nuts/SE21"), ("05?lang=en", "/page/county/05?lang=en")],
)
def test_the_address_of_a_region_leads_to_its_page(client: TestClient, key: str, where: str) -> None:
    found = client.get(f"/regions/{key}")
    assert (found.status_code, found.headers["location"]) == (303, where)
    assert client.get("/regions/99").status_code == 404


def test_bars_are_as_long_as_their_numbers(client: TestClient) -> None:
    found = panel(page(client, "/page/project/s3-plattform-smaland-oarna"), "project-partners")
    assert "<rect" not in found
    found = panel(page(client, "/page/county/05"), "region-money")
    numbers = [int(each) for each in re.findall(r'class="number">(\d+)</td><td class="bars">', found)]
    widths = [float(each) for each in re.findall(r'<rect width="([\d.]+)"', found)]
    assert widths == [round(100 * each / max(numbers), 1) for each in numbers] and widths


def test_the_time_line_runs_over_all_years_and_shows_what_is_open() -> None:
    chain = (Version("a", None, "2022", ()), Version("b", "2023", "2027", ()))
    line = versions.line(chain)
    assert line is not None
    assert (line.first, line.last) == (2021, 2027)
    old, new = line.spans
    assert (old.start, old.known) == (0.0, False) and new.known
    assert old.length == round(200 / 7, 1) == new.start and new.length == round(500 / 7, 1)
    assert versions.line((Version("a", None, None, ()),)) is None
    (open_ended,) = (versions.line((Version("a", "2020", None, ()),)) or line).spans
    assert (open_ended.start, open_ended.length, open_ended.known) == (0.0, 100.0, False)


def test_the_page_draws_the_time_line_for_the_eye_and_lists_it_for_the_ear(client: TestClient) -> None:
    text = page(client, "/page/area/oms-valfardsteknik-och-e-halsa")
    drawn = text.split('class="plain versions"')[1].split("</ol>")[0]
    assert drawn.count('class="span"') == drawn.count('aria-hidden="true"') == 2
    assert 'class="open"' in drawn and 'class="known"' in drawn
    assert '<p class="axis" aria-hidden="true"><span>2021</span><span>2027</span></p>' in text
