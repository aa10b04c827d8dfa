"""No page breaks a rule of WCAG 2.1 A or AA that a machine can find: Swedish and light, English and dark."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

AXE = Path(__file__).parents[1] / "vendor" / "axe-core" / "axe.min.js"
RULES = """async () => {
  const rules = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] };
  const found = await axe.run({ exclude: [".yasgui"] }, rules);
  const shown = rule => rule.nodes.slice(0, 3).map(node => node.html).join(" | ");
  return found.violations.map(rule => rule.id + ": " + shown(rule));
}"""
PATHS = (
    *("/", "/regions", "/needs?text=renare+vatten", "/networks", "/networks/counties", "/queries/cq03"),
    *("/compare", "/compare?county=05&county=07"),
    *("/sources", "/search?q=ostergotland", "/sparql", "/catalog", "/dumps/", "/accessibility", "/privacy"),
    *("/design", "/ontology/StrengthArea", "/page/county/05", "/nope"),
    *("/page/area/smaland-oarna-digital-tjansteutveckling", "/page/project/s3-plattform-smaland-oarna"),
    *("/page/area/oms-valfardsteknik-och-e-halsa", "/page/fund/eruf"),
)
SCRIPTED = ("/networks/", "/sparql")  # pages whose scripts make what is to be read
DARK = ("/", "/compare?county=05&county=07", "/needs?text=cleaner+water", "/design", "/page/county/05")
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def windows(browser: Browser, address: str) -> Iterator[dict[str, BrowserContext]]:
    """Windows in a language and a theme; the rules are ours to run, whatever the page's policy says."""
    with (
        browser.new_context(base_url=address, locale="sv", color_scheme="light", bypass_csp=True) as light,
        browser.new_context(base_url=address, locale="en", color_scheme="dark", bypass_csp=True) as dark,
    ):
        for each in (light, dark):
            each.add_init_script(AXE.read_text("utf-8"))
        yield {"light": light, "dark": dark}


@pytest.mark.parametrize(
    ("theme", "path"), [*(("light", path) for path in PATHS), *(("dark", path) for path in DARK)]
)
def test_no_rule_is_broken(windows: dict[str, BrowserContext], theme: str, path: str) -> None:
    """Of the query editor only what is ours: the rest is told of as a gap at /accessibility."""
    page = windows[theme].new_page()
    page.goto(path)
    if path.startswith(SCRIPTED):
        page.wait_for_load_state("networkidle")
    assert page.evaluate(RULES) == []
    page.close()


def test_a_broken_rule_is_found(windows: dict[str, BrowserContext]) -> None:
    page = windows["light"].new_page()
    page.goto("/sources")
    page.evaluate("document.querySelector('h1').innerHTML = '<img src=/static/icon.svg>'")
    (found,) = page.evaluate(RULES)
    assert found.startswith("image-alt: ")
    page.close()


def test_the_file_of_rules_is_the_one_that_is_told_of() -> None:
    told = (AXE.parent / "SOURCE.md").read_text("utf-8")
    assert hashlib.sha256(AXE.read_bytes()).hexdigest() in told
    assert "Mozilla Public License" in (AXE.parent / "LICENSE").read_text("utf-8")
