"""The network explorer in a real browser: filtered, searched, followed, kept, taken along."""

import io
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx2
import networkx as nx
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, Request, expect

from api.settings import Settings
from benchmarks.networks_data import made
from graph.generations import Home
from ontology import names as n
from ontology.names import BASE

HOSTILE = '\\"><img src=x onerror=alert(1)></script>'  # as N-Triples write it
PATH = "/networks/organisations"
SHOWN = re.compile(r"Visar ([\d\s]+) av ([\d\s]+) noder och ([\d\s]+) kanter")
FOCUSED = """() => {
  const { id, dataset } = document.activeElement;
  return id || dataset.act || dataset.form || dataset.sort || "";
}"""
SEEN = re.compile(r"#.*view=")
Serve = Callable[[Settings], AbstractContextManager[str]]
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> Iterator[str]:
    """A server over made-up projects of 27 years, in which one organisation's name tries to break out."""
    folder = tmp_path_factory.mktemp("town")
    made(160).write(folder / "data.nt")
    lines = (folder / "data.nt").read_text("utf-8").replace('"Organisation 3"', f'"{HOSTILE}"').splitlines()
    for code, name in (("08", "Kalmar län"), ("05", "Östergötlands län")):
        county = f"<{BASE}id/county/{code}>"
        lines += [f"{county} <{n.type_}> <{n.County}>", f'{county} <{n.prefLabel}> "{name}"@sv']
    with Home(folder / "store").draft() as draft:
        draft.replace(f"{BASE}graph/test", sorted({line.removesuffix(" .") for line in lines}))
    with serve(Settings(store=folder / "store")) as address:
        yield address


@pytest.fixture(scope="module")
def window(browser: Browser, town: str) -> Iterator[BrowserContext]:
    """A desktop window in Swedish, with as little motion as can be."""
    with browser.new_context(
        viewport={"width": 1280, "height": 900},
        locale="sv-SE",
        base_url=town,
        reduced_motion="reduce",
        accept_downloads=True,
    ) as context:
        yield context


@pytest.fixture(scope="module")
def wrong() -> list[str]:
    """What went wrong in any page."""
    return []


def opened(context: BrowserContext, town: str, wrong: list[str], path: str = PATH) -> Page:
    page = context.new_page()
    stalled = "GPU stall due to ReadPixels"  # of the software that stands in for a graphics card

    def told(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and stalled not in message.text:
            wrong.append(message.text)

    def asked_for(request: Request) -> None:
        if not request.url.startswith((town, "data:", "blob:")):
            wrong.append(request.url)

    def spoken(dialog: Dialog) -> None:
        wrong.append(dialog.message)
        dialog.dismiss()

    page.on("console", told)
    page.on("pageerror", lambda error: wrong.append(f"{error}"))
    page.on("dialog", spoken)
    page.on("request", asked_for)
    page.goto(path)
    page.locator("#explorer[data-ready]").wait_for()
    return page


@pytest.fixture(scope="module")
def held(window: BrowserContext, town: str, wrong: list[str]) -> Page:
    """The explorer, opened once for all tests."""
    return opened(window, town, wrong)


@pytest.fixture
def page(held: Page) -> Page:
    """The explorer as it first is."""
    held.locator("#ex-reset").click()
    held.evaluate("location.hash = '#size=partners'")
    expect(held.locator("#ex-panel h3")).to_have_count(0)
    held.locator("#ex-reset").click()
    return held


def counts(page: Page) -> tuple[int, int]:
    """Return how many nodes and edges the page says that it shows."""
    found = SHOWN.search(page.locator("#ex-said").inner_text())
    assert found, page.locator("#ex-said").inner_text()
    nodes, _, edges = (int(re.sub(r"\s", "", part)) for part in found.groups())
    return nodes, edges


def asked(page: Page, town: str, form: str = "json") -> httpx2.Response:
    """Return what the server gives at the address of a link below the picture."""
    link = page.locator(f"#ex-files [data-form={form}]").get_attribute("href") or ""
    return httpx2.get(link if link.startswith("http") else f"{town}{link}", timeout=60).raise_for_status()


def find(page: Page, box: str, text: str) -> None:
    """Choose by keyboard what a search box offers first."""
    page.locator(box).focus()
    page.keyboard.press("Control+A")
    page.keyboard.type(text)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


def slide(page: Page, which: str, year: int) -> None:
    page.locator(f"#ex-{which}").evaluate(
        "(field, year) => { field.value = year; field.dispatchEvent(new Event('input')); }", year
    )


def test_it_is_drawn_by_webgl_with_all_that_the_network_has(page: Page, town: str) -> None:
    whole = httpx2.get(f"{town}/api/networks/organisations?format=json", timeout=60).json()
    assert page.locator("#ex-box").get_attribute("data-drawn") == "webgl"
    assert counts(page) == (len(whole["nodes"]), len(whole["links"]))
    legend = page.locator("#ex-legend li").all_inner_texts()
    assert sum(int(re.findall(r"\((\d+)\)", each)[0]) for each in legend) == len(whole["nodes"])
    forms = page.locator("#ex-legend svg > *").evaluate_all(
        "all => all.map(each => each.tagName + each.getAttribute('points') + each.getAttribute('fill'))"
    )
    assert len(set(forms)) == len(forms), "each kind has a look of its own"


@pytest.mark.parametrize(
    "filters",
    [
        {"from": 2010, "to": 2012},
        {"kind": "company", "territory": "Kalmar län"},
        {"min_weight": 2},
        {"from": 2005, "to": 2020, "kind": "cluster", "min_weight": 2},
    ],
    ids=["period", "actors", "weight", "all"],
)
def test_what_is_shown_is_what_the_server_gives_for_the_same_filters(
    page: Page, town: str, filters: dict[str, str | int]
) -> None:
    before = counts(page)
    for name, value in filters.items():
        if name in ("from", "to"):
            slide(page, name, int(value))
        elif name == "min_weight":
            page.locator("#ex-min_weight").fill(str(value))
            page.locator("#ex-min_weight").blur()
        else:
            page.locator(f"#ex-{name}").select_option(str(value))
    given = asked(page, town).json()
    assert counts(page) == (len(given["nodes"]), len(given["links"])) != before
    rows = page.locator("#ex-table tbody th").all_inner_texts()
    assert set(rows) <= {node["label"] for node in given["nodes"]} and rows
    told = parse_qs(urlsplit(page.url).fragment)
    assert {name: str(value) for name, value in filters.items()}.items() <= {
        name: values[0] for name, values in told.items()
    }.items()


def test_a_search_by_keys_focuses_and_tells_of_neighbours_with_evidence(page: Page, town: str) -> None:
    find(page, "#ex-search", "organisation 1")
    panel = page.locator("#ex-panel")
    name = panel.locator("h3").inner_text()
    given = httpx2.get(f"{town}/api/networks/organisations?format=json", timeout=60).json()
    node = next(each for each in given["nodes"] if each["label"] == name)
    links = [each for each in given["links"] if node["id"] in (each["source"], each["target"])]
    assert panel.locator("h4").inner_text() == f"Grannar ({len(links)})"
    expect(page).to_have_url(SEEN)
    strongest = max(link["count"] for link in links)
    first = panel.locator(".ex-neighbours li").first
    expected = "1 gemensam" if strongest == 1 else f"{strongest} gemensamma"
    assert first.locator("summary").inner_text() == expected
    first.locator("summary").focus()
    page.keyboard.press("Enter")
    proofs = first.locator("details li a")
    expect(proofs).to_have_count(strongest)
    partner = next(each for each in given["nodes"] if each["label"] == first.locator("button").inner_text())
    link = next(each for each in links if partner["id"] in (each["source"], each["target"]))
    pages = {proof.get_attribute("href") for proof in proofs.all()}
    assert pages == {event.replace(f"{BASE}id/", "/page/") for event in link["events"]}
    assert httpx2.get(f"{town}{pages.pop()}", headers={"Accept": "text/html"}).status_code == 200


def test_the_shortest_path_is_as_short_as_another_program_finds_it(page: Page, town: str) -> None:
    given = httpx2.get(f"{town}/api/networks/organisations?format=json", timeout=60).json()
    graph = nx.Graph((link["source"], link["target"]) for link in given["links"])
    label = {node["id"]: node["label"] for node in given["nodes"]}
    plain = {key for key in graph if label[key].startswith("Organisation")}
    part = graph.subgraph(max(nx.connected_components(graph), key=len))
    reach = dict(nx.all_pairs_shortest_path_length(part))
    one, other = max(
        ((a, b) for a in sorted(plain & set(part)) for b in sorted(plain & set(part))),
        key=lambda it: reach[it[0]][it[1]],
    )
    steps = reach[one][other]
    assert steps >= 3
    find(page, "#ex-search", label[one])
    find(page, "#ex-path", label[other])
    told = page.locator("#ex-panel h3").first.inner_text()
    assert told == f"Väg från {label[one]} till {label[other]}: {steps} steg"
    expect(page.locator("#ex-path-told > li")).to_have_count(steps)
    page.locator("#ex-min_weight").fill("99")  # leaves no edge
    page.locator("#ex-min_weight").blur()
    assert "Ingen väg leder från" in page.locator("#ex-path-told").inner_text()


def test_an_ego_view_and_its_files_hold_the_same(page: Page, town: str) -> None:
    find(page, "#ex-search", "organisation 12")
    page.get_by_label("Visa bara närheten").check()
    near = counts(page)
    given = asked(page, town).json()
    assert near == (len(given["nodes"]), len(given["links"])) and near[0] < 60
    page.locator("#ex-panel select").select_option("2")
    given = asked(page, town, "graphml")
    read = nx.read_graphml(io.BytesIO(given.content))
    assert counts(page) == (len(read), read.number_of_edges()) > near


def test_a_link_restores_the_whole_state_in_a_new_page(
    page: Page, window: BrowserContext, town: str, wrong: list[str]
) -> None:
    slide(page, "from", 2004)
    slide(page, "to", 2019)
    page.locator("#ex-colour").select_option("communities")
    page.locator("#ex-size").select_option("betweenness")
    page.locator("#ex-table [data-sort=weight]").click()
    find(page, "#ex-search", "organisation 20")
    find(page, "#ex-path", "organisation 30")
    page.get_by_role("button", name="Zooma in").click()
    expect(page).to_have_url(SEEN)
    page.wait_for_timeout(400)  # the address follows the picture

    def state(each: Page) -> list[object]:
        chosen = [each.locator(f"#ex-{name}").input_value() for name in ("from", "to", "colour", "size")]
        texts = [
            each.locator(name).inner_text() for name in ("#ex-said", "#ex-panel", "#ex-table", "#ex-legend")
        ]
        return [*chosen, *texts, urlsplit(each.url).fragment]

    other = opened(window, town, wrong, page.url)
    other.wait_for_timeout(400)
    assert state(other) == state(page)
    other.close()


def test_what_is_shown_can_be_taken_along(page: Page, town: str, tmp_path: Path) -> None:
    page.locator("#ex-kind").select_option("cluster")
    nodes, edges = counts(page)

    def saved(what: str) -> bytes:
        with page.expect_download() as waited:
            page.locator(what).click()
        path = tmp_path / waited.value.suggested_filename
        waited.value.save_as(path)
        return path.read_bytes()

    png = saved("#ex-png")
    assert png.startswith(b"\x89PNG")
    colours = page.evaluate(
        """async (bytes) => {
          const image = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
          const canvas = new OffscreenCanvas(image.width, image.height), context = canvas.getContext("2d");
          context.drawImage(image, 0, 0);
          const { data } = context.getImageData(0, 0, image.width, image.height);
          const found = new Set();
          for (const colour of new Uint32Array(data.buffer)) found.add(colour);
          return [image.width, found.size];
        }""",
        list(png),
    )
    assert colours[0] > 500 and colours[1] > 20
    svg = ET.fromstring(saved("#ex-svg"))  # noqa: S314  # it was made here
    space = "{http://www.w3.org/2000/svg}"
    assert len(svg.findall(f".//{space}title")) == nodes and len(svg.findall(f".//{space}line")) == edges
    read = nx.read_gexf(io.BytesIO(saved("#ex-files [data-form=gexf]")))
    assert (len(read), read.number_of_edges()) == (nodes, edges)
    assert len(saved("#ex-files [data-form=csv]").decode().splitlines()) == edges + 1
    items = json.loads(saved("#ex-files [data-form=vosviewer]"))["network"]["items"]
    assert len(items) == nodes and {"x", "y"} <= set(items[0])
    drawn = asked(page, town, "html").text
    assert f"Nätverket har {nodes} noder, {edges} kanter" in drawn


def test_all_is_reached_by_keyboard_and_seen_when_it_is(page: Page) -> None:
    page.locator("#ex-search").focus()
    reached = []
    for _ in range(60):
        reached.append(page.evaluate(FOCUSED))
        page.keyboard.press("Tab")
    wanted = ["ex-search", "ex-path", "ex-box", "in", "out", "all", "ex-link"]
    wanted += ["ex-from", "ex-to", "ex-next", "ex-kind", "ex-min_weight", "ex-colour", "ex-size", "ex-reset"]
    wanted += ["ex-png", "ex-svg", "gexf", "html", "name"]
    assert [each for each in reached if each in wanted] == wanted
    page.locator("#ex-box").focus()
    assert page.locator("#ex-box").evaluate("box => getComputedStyle(box).outlineStyle") == "solid"
    for key in ("+", "ArrowRight", "ArrowUp"):
        page.keyboard.press(key)
    expect(page).to_have_url(SEEN)
    page.keyboard.press("0")
    expect(page).not_to_have_url(SEEN)
    page.locator("#ex-table tbody button").nth(3).press("Enter")
    assert (
        page.locator("#ex-panel h3").inner_text()
        == page.locator("#ex-table tr.picked").inner_text().split("\t")[0].strip()
    )
    page.locator("#ex-box").focus()
    page.keyboard.press("Escape")
    expect(page.locator("#ex-panel h3")).to_have_count(0)


def test_a_press_on_the_picture_chooses_a_point_or_a_line(page: Page) -> None:
    page.locator("#ex-box").scroll_into_view_if_needed()
    page.locator("#ex-min_weight").fill("3")
    page.locator("#ex-min_weight").blur()
    find(page, "#ex-search", "organisation 1")
    expect(page).to_have_url(SEEN)
    name = page.locator("#ex-panel h3").inner_text()
    page.locator("#ex-let-go").click()
    middle = page.locator("#ex-box").bounding_box()
    assert middle is not None
    page.mouse.click(middle["x"] + middle["width"] / 2, middle["y"] + middle["height"] / 2)
    expect(page.locator("#ex-panel h3")).to_have_text(name)
    page.wait_for_timeout(400)  # or the two would be a double press, which zooms
    page.mouse.click(middle["x"] + 3, middle["y"] + 3)
    expect(page.locator("#ex-panel h3")).to_have_count(0)


def test_time_is_stepped_and_played_only_to_who_wants_motion(page: Page) -> None:
    assert page.locator("#ex-play").is_hidden()
    slide(page, "from", 2010)
    slide(page, "to", 2011)
    page.locator("#ex-next").click()
    assert page.locator("#ex-period").inner_text() == "2011–2012"
    page.emulate_media(reduced_motion="no-preference")
    play = page.locator("#ex-play")
    play.click()
    expect(page.locator("#ex-period")).to_have_text("2013–2014", timeout=5000)
    play.click()
    assert (play.inner_text(), play.get_attribute("aria-pressed")) == ("Spela upp", "false")
    page.emulate_media(reduced_motion="reduce")
    expect(play).to_be_hidden()


def test_a_hostile_name_is_text_everywhere(page: Page) -> None:
    find(page, "#ex-search", "onerror")
    assert page.locator("#ex-panel h3").inner_text() == '"><img src=x onerror=alert(1)></script>'
    assert page.locator("img").count() == 0 and page.locator("script").count() == 1


@pytest.mark.parametrize("width", [390, 320])
def test_it_fits_a_phone(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    find(page, "#ex-search", "organisation 4")
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    page.set_viewport_size({"width": 1280, "height": 900})
    assert wider <= 0


def test_nothing_went_wrong_and_nobody_else_was_asked(wrong: list[str], held: Page) -> None:
    assert held.locator("#explorer[data-ready]").count() == 1
    assert wrong == []
