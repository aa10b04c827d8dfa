"""Pages used in a real browser: the picture, the editor, the map, the keyboard, and all without scripts.

That no page scrolls sideways, complains or asks elsewhere is looked at with the rules of accessibility.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.api.watching import watched

pytestmark = pytest.mark.browser


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """A window as wide as a phone, in Swedish."""
    with browser.new_context(
        viewport={"width": 390, "height": 844}, locale="sv-SE", base_url=address
    ) as context:
        yield context


def test_the_picture_is_drawn_by_itself(phone: BrowserContext, address: str) -> None:
    page, wrong = watched(phone, address)
    page.goto("/networks/organisations/picture")
    canvas = page.locator("canvas").first
    canvas.wait_for()
    assert (canvas.bounding_box() or {"width": 0})["width"] > 200
    assert wrong == []


def test_the_editor_completes_from_our_data_and_shows_names(phone: BrowserContext, address: str) -> None:
    page, wrong = watched(phone, address)
    page.goto("/sparql?query=SELECT%20*%20%7B%7D")
    page.locator(".CodeMirror").first.click()
    page.keyboard.press("Control+A")
    page.keyboard.type("SELECT * {\n ?x a samspel:Sci")
    hint = page.locator(".CodeMirror-hints li")
    typing = expect(page.locator(".CodeMirror textarea"))
    hint.filter(has_text="samspel:SciencePark  science park").click()
    typing.to_be_focused()  # a click takes the keyboard away for a moment
    page.keyboard.type(" ; samspel:loc")
    hint.filter(has_text="samspel:locatedIn").click()
    typing.to_be_focused()
    page.keyboard.type(" ?y }")
    page.get_by_role("button", name="Ställ frågan").and_(page.locator("#run")).click()
    page.locator(".yasr tbody a[href='/page/organisation/kalmar-science-park']").wait_for()
    assert page.locator(".yasr tbody tr").count() == 18
    assert (
        page.locator(".yasr tbody tr", has_text="Kalmar Science Park").inner_text().split("\t")[1]
        == "Kalmar län"
    )
    page.keyboard.press("Control+Home")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert wrong == []


def test_the_editor_opens_our_queries_in_tabs_and_lets_the_keyboard_go(
    phone: BrowserContext, address: str
) -> None:
    page, wrong = watched(phone, address)
    page.goto("/sparql")
    tabs = page.locator(".tabsList [role=tab]")
    tabs.nth(2).wait_for()
    page.get_by_label("Fråga ur katalogen").select_option("cq05")
    page.get_by_role("button", name="Öppna i en flik").click()
    tabs.nth(3).wait_for()
    assert "Vilka utmaningsområden delar aktörer" in tabs.nth(3).inner_text()
    page.locator(".tabPanel.active .CodeMirror").click()
    page.keyboard.press("Control+Enter")
    page.locator(".yasr tbody tr").first.wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "run"
    assert wrong == []


def test_the_editor_asks_nobody_that_a_link_names(phone: BrowserContext, address: str) -> None:
    page, wrong = watched(phone, address)
    page.goto("/sparql#query=ASK%20%7B%7D&endpoint=https%3A%2F%2Fexample.org%2Fsparql&requestMethod=GET")
    page.locator(".yasr").get_by_text("Ja", exact=True).wait_for()
    assert wrong == []


def seen(page: Page) -> list[float]:
    """Return what of the map is in the picture: left, top, width, height."""
    return [float(part) for part in str(page.locator("svg.map").get_attribute("viewBox")).split()]


def test_the_map_zooms_by_buttons_and_keys_and_is_dragged(phone: BrowserContext, address: str) -> None:
    page, wrong = watched(phone, address)
    page.emulate_media(reduced_motion="reduce")
    page.goto("/map")
    whole = seen(page)
    page.get_by_role("button", name="Zooma in").click()
    near = seen(page)
    assert near[2] == pytest.approx(whole[2] / 1.5, rel=0.01) and near[3] / near[2] == pytest.approx(
        whole[3] / whole[2], rel=0.01
    )
    page.locator("svg.map a").first.focus()
    at = seen(page)
    page.keyboard.press("ArrowDown" if at[1] < near[1] + 1 else "ArrowUp")
    assert seen(page)[1] != at[1] and seen(page)[2:] == at[2:]
    page.keyboard.press("+")
    assert seen(page)[2] < near[2]
    page.keyboard.press("0")
    assert seen(page) == whole
    page.get_by_role("button", name="Zooma in").click()
    box = page.locator("svg.map").bounding_box() or {"x": 0, "y": 0, "width": 0, "height": 0}
    middle = box["x"] + box["width"] / 2, max(box["y"], 0) + 150
    before = seen(page)
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] + 60, middle[1] + 40, steps=4)
    page.mouse.up()
    assert seen(page)[0] < before[0] and page.url.endswith("/map"), "a drag opens no county"
    page.get_by_role("button", name="Visa allt").click()
    assert seen(page) == whole
    assert wrong == []


def test_the_map_never_leaves_its_edges(phone: BrowserContext) -> None:
    page = phone.new_page()
    page.emulate_media(reduced_motion="reduce")
    page.goto("/map?county=05")
    whole = seen(page)
    page.get_by_role("button", name="Zooma in").click()
    page.locator("svg.map .areas a").first.focus()
    for key in ("ArrowLeft",) * 12 + ("ArrowUp",) * 12:
        page.keyboard.press(key)
    assert seen(page)[:2] == whole[:2]
    for _ in range(12):
        page.keyboard.press("+")
    assert seen(page)[2] == pytest.approx(whole[2] / 12, rel=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_classes_of_the_map_can_be_told_apart(
    browser: Browser, address: str, scheme: Literal["light", "dark"]
) -> None:
    with browser.new_context(color_scheme=scheme, base_url=address) as context:
        page = context.new_page()
        page.goto("/map")
        tokens = [
            str(page.evaluate(f"getComputedStyle(document.documentElement).getPropertyValue('--m{step}')"))
            for step in range(6)
        ]
        bright = [
            luminance(f"rgb({', '.join(str(int(each.strip()[at : at + 2], 16)) for at in (1, 3, 5))})")
            for each in tokens
        ]
        ordered = sorted(bright, reverse=scheme == "light")
        assert bright == ordered, "lightness alone tells the order"
        steps = [(max(pair) + 0.05) / (min(pair) + 0.05) for pair in pairwise(bright)]
        assert min(steps) >= 1.2, steps
        border = luminance(
            str(page.locator(".areas path").first.evaluate("path => getComputedStyle(path).stroke"))
        )
        around = luminance(
            str(page.locator("svg.map").evaluate("map => getComputedStyle(map).backgroundColor"))
        )
        bright_one, dim_one = sorted((border, around), reverse=True)
        assert (bright_one + 0.05) / (dim_one + 0.05) >= 3, "a county stands out from what is around"


def test_everything_works_without_scripts(browser: Browser, address: str) -> None:
    with browser.new_context(java_script_enabled=False, locale="sv-SE", base_url=address) as context:
        page = context.new_page()
        page.goto("/")
        page.get_by_role("searchbox").fill("science park jonkoping")
        page.get_by_role("button", name="Sök").click()
        page.get_by_role("main").get_by_role("link").first.click()
        assert page.get_by_role("heading", level=1).inner_text() == "Science Park Jönköping AB"
        page.get_by_role("link", name="English").click()
        assert page.locator("html").get_attribute("lang") == "en"
        page.goto("/map")
        assert page.get_by_role("button", name="Zoom in").count() == 0
        page.get_by_role("link", name="municipalities of Östergötland County", exact=True).click()
        assert page.locator("svg.map .areas a").count() == 13
        page.locator("svg.map").get_by_role("link", name="Linköping: 0").click()
        assert page.get_by_role("heading", level=1).inner_text() == "Linköping"
        page.goto("/queries/cq03")
        page.get_by_role("combobox").select_option("all")
        page.get_by_role("button", name="Ask").click()
        assert "level=all" in page.url
        page.get_by_role("button", name="Change the query").click()
        page.get_by_role("button", name="Ask").click()
        assert page.get_by_role("table").locator("tbody tr").count() == 5


def test_the_keyboard_reaches_the_content_first(phone: BrowserContext) -> None:
    page = phone.new_page()
    page.goto("/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Hoppa till innehållet")
    assert skip.evaluate("element => element === document.activeElement")
    assert (skip.bounding_box() or {"x": -1})["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def luminance(colour: str) -> float:
    """Return the relative luminance of an `rgb(…)` colour, as WCAG defines it."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_paper(
    browser: Browser, address: str, scheme: Literal["light", "dark"]
) -> None:
    with browser.new_context(color_scheme=scheme, base_url=address) as context:
        page = context.new_page()
        page.goto("/page/project/s3-plattform-smaland-oarna")
        paper = luminance(str(page.evaluate("getComputedStyle(document.body).backgroundColor")))
        for part in ("body", "main a", ".evidence", ".facts dt", ".unknown", ".graph"):
            colour = page.locator(part).first.evaluate("element => getComputedStyle(element).color")
            bright, dim = sorted((paper, luminance(str(colour))), reverse=True)
            assert (bright + 0.05) / (dim + 0.05) >= 4.5, f"{part} in {scheme}"
        assert (paper > 0.5) == (scheme == "light")
