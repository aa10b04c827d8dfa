"""No page breaks a rule of WCAG 2.1 A or AA that a machine can find: Swedish and light, English and dark.

A theme changes colours and nothing else, a language words and nothing else: the two pairs see all of both.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from api.settings import Settings

AXE = Path(__file__).parents[1] / "vendor" / "axe-core" / "axe.min.js"
RULES = """async () => {
  // Rows alike tell nothing new and cost the most: nine of them are enough.
  for (const each of document.querySelectorAll("main, main *"))
    while (each.children.length > 9 && each.children[8].tagName === each.lastElementChild.tagName)
      each.lastElementChild.remove();
  const runOnly = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];
  const options = { runOnly, resultTypes: ["violations"], preload: false };
  const found = await axe.run(document, options);
  const shown = rule => rule.nodes.slice(0, 3).map(node => node.html).join(" | ");
  return found.violations.map(rule => rule.id + ": " + shown(rule));
}"""
Scheme = Literal["light", "dark"]
PAIRS: tuple[tuple[str, Scheme], ...] = (("sv", "light"), ("en", "dark"))
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def windows(
    browser: Browser, serve: Callable[[Settings], AbstractContextManager[str]], published: Settings
) -> Iterator[dict[str, Page]]:
    """A window of each pair, by its language; the rules are ours to run, whatever the page's policy says."""
    with ExitStack() as stack:
        address = stack.enter_context(serve(published))
        found = {}
        for language, theme in PAIRS:
            window = browser.new_context(
                base_url=address, locale=language, color_scheme=theme, bypass_csp=True
            )
            context = stack.enter_context(window)
            context.add_init_script(AXE.read_text("utf-8"))
            found[language] = context.new_page()
        yield found


def broken(page: Page, address: str) -> list[str]:
    """Return which rules a page breaks, and where first."""
    page.goto(address)
    if page.locator("script[src]").count():  # a script makes what is to be read
        page.wait_for_load_state("networkidle")
    return list(page.evaluate(RULES))


def test_every_route_was_reached(routes: dict[str, object]) -> None:
    """A page that no page leads to would not be looked at: link to it, or say here that it is none."""
    assert {path for path, reached in routes.items() if reached is None} == {
        *("/id/{kind}/{key}", "/regions/{key}", "/dumps/{version}"),  # lead on
        *("/ontology.{ending}", "/sitemap/{number:int}.xml"),  # are for programs
    }


def test_no_rule_is_broken(windows: dict[str, Page], addresses: tuple[str, ...]) -> None:
    """No part of a page is left out, what others have made (the query editor) neither."""
    found = {
        f"{address} ({language})": rules
        for address in addresses
        for language, page in windows.items()
        if (rules := broken(page, address))
    }
    assert found == {}


def test_a_broken_rule_is_found(windows: dict[str, Page]) -> None:
    page = windows["sv"]
    page.goto("/sources")
    page.evaluate("document.querySelector('h1').innerHTML = '<img src=/static/icon.svg>'")
    (found,) = page.evaluate(RULES)
    assert found.startswith("image-alt: ")


def test_the_file_of_rules_is_the_one_that_is_told_of() -> None:
    told = (AXE.parent / "SOURCE.md").read_text("utf-8")
    assert hashlib.sha256(AXE.read_bytes()).hexdigest() in told
    assert "Mozilla Public License" in (AXE.parent / "LICENSE").read_text("utf-8")
