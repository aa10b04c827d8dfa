"""The explorer where there is no WebGL and where there are no scripts, and where its names stand."""

import pytest
from playwright.sync_api import Browser, expect

PATH = "/networks/organisations"
NO_WEBGL = """
  const own = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
    return kind.startsWith("webgl") ? null : own.call(this, kind, ...more);
  };
"""
NAMES = """async () => {
  const { placer } = await import("/static/explorer/names.js");
  const all = [[150, 50, 5], [60, 200, 5], [140, 200, 9], [285, 100, 5]];
  const points = () => all.map(([x, y, radius]) => ({ x, y, radius }));
  const place = () => placer(300, 300, points), named = (n, forced = false) => place()(80, ...all[n], forced);
  const twice = place(), first = twice(80, ...all[0], false), second = twice(80, 150, 52, 5, false);
  const asked = place()(280, ...all[1], true);
  return { free: named(0), beside: named(1), edge: named(3), asked, first, second };
}"""
pytestmark = pytest.mark.browser


def test_without_webgl_it_is_drawn_on_a_canvas(browser: Browser, address: str) -> None:
    with browser.new_context(base_url=address, locale="sv-SE", reduced_motion="reduce") as context:
        context.add_init_script(NO_WEBGL)
        page, wrong = context.new_page(), list[str]()
        page.on("pageerror", lambda error: wrong.append(f"{error}"))
        page.goto(PATH)
        page.locator("#explorer[data-ready]").wait_for()
        assert page.locator("#ex-box").get_attribute("data-drawn") == "canvas"
        assert "saknar WebGL" in page.locator("#ex-said").inner_text()
        page.locator("#ex-search").fill("gotland")
        page.keyboard.press("Enter")
        name = page.locator("#ex-panel h3").inner_text()
        page.locator("#ex-let-go").click()
        box = page.locator("#ex-box canvas")
        box.scroll_into_view_if_needed()
        frame = box.bounding_box()
        assert frame is not None
        page.mouse.click(frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] / 2)
        expect(page.locator("#ex-panel h3")).to_have_text(name)
        page.locator("[data-act=all]").click()
        page.mouse.click(frame["x"] + 2, frame["y"] + 2)
        expect(page.locator("#ex-panel h3")).to_have_count(0)
        with page.expect_download() as waited:
            page.locator("#ex-png").click()
        assert waited.value.path().read_bytes().startswith(b"\x89PNG")
        assert wrong == []


def test_two_fingers_zoom_the_canvas_where_they_are(browser: Browser, address: str) -> None:
    with browser.new_context(base_url=address, has_touch=True, bypass_csp=True) as context:
        context.add_init_script(NO_WEBGL)
        page = context.new_page()
        page.goto(PATH)
        page.locator("#explorer[data-ready]").wait_for()
        box = page.locator("#ex-box canvas")
        box.scroll_into_view_if_needed()
        frame = box.bounding_box()
        assert frame is not None
        x, y = frame["x"] + frame["width"] / 4, frame["y"] + frame["height"] / 2
        fingers = context.new_cdp_session(page)
        for kind, apart in (("touchStart", 20), ("touchMove", 40), ("touchMove", 60)):
            points = [{"x": x - apart, "y": y, "id": 0}, {"x": x + apart, "y": y, "id": 1}]
            fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        view = "(new URLSearchParams(location.hash.slice(1)).get('view') ?? '').split(',').map(Number)"
        page.wait_for_function(f"{view}[2] === 0.333")  # three times as far apart, a third of the ratio
        u, v, _ = page.evaluate(view)
        assert u < 0.45 and abs(v - 0.5) < 0.02
        expect(page.locator("#ex-panel h3")).to_have_count(0)


def test_without_scripts_there_are_tables_links_and_files(browser: Browser, address: str) -> None:
    with browser.new_context(base_url=address, locale="sv-SE", java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(PATH)
        assert page.locator("#explorer-parts").is_hidden()
        assert page.locator("iframe.picture").is_visible()
        nodes, edges = page.locator("main > .scroll table").all()
        assert nodes.locator("tbody tr").count() == 17 and edges.locator("tbody tr").count() == 52
        nodes.locator("thead a").nth(3).click()
        assert page.locator("main > .scroll table").first.locator("[aria-sort]").count() == 1
        assert page.locator("p.downloads:visible a").first.get_attribute("href") == f"{PATH}/csv"


def test_names_stand_where_they_hide_no_node_and_no_name(browser: Browser, address: str) -> None:
    with browser.new_context(base_url=address) as context:
        page = context.new_page()
        page.goto(PATH)
        found = page.evaluate(NAMES)
    assert found["free"] == found["first"] == [158, 54]  # right of its node
    assert found["beside"] == [20, 219]  # to the right stands a large node, to the left is no room: below
    assert found["edge"] == [197, 104]  # to the left
    assert found["second"] == [62, 56]  # the other name stands to the right
    assert found["asked"] is not None  # whatever it hides
